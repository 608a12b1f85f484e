"""Keep which paths of a result the portal has no place for, so that those who run it see what is new."""

from cases.findings.unplaced import unplaced
from cases.models import Artefact, Unplaced
from cases.provider.wire import Organization


def take_in(artefact: Artefact, document: dict[str, object], read: Organization) -> bool:
    """Keep the paths of one result, inside the caller's transaction; say whether that changed anything."""
    found = {(str(each.kind), each.path) for each in unplaced(document, read)}
    rows = Unplaced.objects.filter(artefact=artefact)
    kept = {(row.kind, row.path): row.pk for row in rows}
    gone = [pk for key, pk in kept.items() if key not in found]
    if gone:
        rows.filter(pk__in=gone).delete()
    new = [
        Unplaced(artefact=artefact, kind=kind, path=path)
        for kind, path in sorted(found)
        if (kind, path) not in kept
    ]
    Unplaced.objects.bulk_create(new)
    return bool(gone or new)
