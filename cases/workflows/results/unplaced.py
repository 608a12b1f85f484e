"""Keep which paths of a result the portal has no place for, so that those who run it see what is new."""

from typing import Any

from amlportal.compiled import Compiled
from cases.findings.coverage.unplaced import unplaced
from cases.models import Artefact, Unplaced
from cases.provider.result.wire import Organization

KEPT = Compiled(
    lambda artefact: Unplaced.objects.filter(artefact=artefact).values_list("kind", "path", "pk"), int
)


def named(artefact: Artefact, document: dict[str, Any], read: Organization) -> list[Unplaced]:
    """Make a row, not saved, for each path of one result."""
    return [
        Unplaced(artefact=artefact, kind=str(place.kind), path=place.path)
        for place in unplaced(document, read)
    ]


def take_in(artefact: Artefact, document: dict[str, Any], read: Organization) -> bool:
    """Keep the paths of one result, inside the caller's transaction; say whether that changed anything."""
    found = {(row.kind, row.path): row for row in named(artefact, document, read)}
    kept = {(kind, path): pk for kind, path, pk in KEPT.all(artefact.pk)}
    gone = [pk for key, pk in kept.items() if key not in found]
    new = [row for key, row in found.items() if key not in kept]
    if gone:
        Unplaced.objects.filter(pk__in=gone).delete()
    Unplaced.objects.bulk_create(new)
    return bool(gone or new)
