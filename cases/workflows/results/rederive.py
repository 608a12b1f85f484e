"""Derive a case anew from its stored captures, for those made before the portal derived as much as it does now."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from cases.models import Case, CaseSearch, Hit
from cases.workflows.locks.locking import locked_with_sessions
from cases.workflows.results import derived_anew, hits, identities, searching, unplaced
from cases.workflows.results.derived_anew import Read
from cases.workflows.results.parsed_result import Unread


@dataclass(frozen=True)
class Reread:
    """What was done to one case. `columns` names those that changed, `identities` and `search` among them."""

    reference: str
    captures: int
    new: int
    moved: int
    columns: tuple[str, ...]
    unread: tuple[Unread, ...]

    @property
    def is_changed(self) -> bool:
        return bool(self.new or self.moved or self.columns)

    @property
    def spoiled(self) -> tuple[Unread, ...]:
        return tuple(item for item in self.unread if item.is_spoiled)


def reread(reference: str | None = None) -> Iterator[Reread]:
    """Derive each case anew, or the one named; done again, it changes nothing."""
    cases = Case.objects.order_by("reference")
    if reference is not None:
        cases = cases.filter(reference=reference)
    for pk in list(cases.values_list("pk", flat=True)):
        yield _reread(pk)


def _reread(pk: int) -> Reread:
    """Read first, then write if no capture came meanwhile: no file is read while the case's row is locked."""
    while True:
        read = derived_anew.read(pk)
        with transaction.atomic():
            case = locked_with_sessions(pk)
            if read.is_of_now(case):
                return _write(case, read)


def _write(case: Case, read: Read) -> Reread:
    new, moved = hits.keep(case, _rows(case, read))
    for artefact in read.captures:
        first = [row for row in new if row.first_seen_id == artefact.pk]
        again = [row for row in moved if row.last_seen_id == artefact.pk]
        if first or again:
            hits.record_found(case, artefact, first, again)
    return Reread(
        reference=case.reference,
        captures=len(read.parsed_results),
        new=len(new),
        moved=len(moved),
        columns=(*_columns(case, read), *_identities(case, read), *_search(case, read), *_unplaced(read)),
        unread=read.unread,
    )


def _rows(case: Case, read: Read) -> list[Hit]:
    """Each hit once: where it was seen first, and as it was seen last."""
    rows: dict[str, Hit] = {}
    for artefact in read.captures:
        if artefact.pk in read.parsed_results:
            for row in hits.named(case, artefact, read.parsed_results[artefact.pk].organization):
                if row.fingerprint in rows:
                    row.first_seen = rows[row.fingerprint].first_seen
                rows[row.fingerprint] = row
    kept = set(
        Hit.objects.filter(case=case, last_seen__in=read.spoiled).values_list("fingerprint", flat=True)
    )
    return [row for fingerprint, row in rows.items() if fingerprint not in kept]


def _columns(case: Case, read: Read) -> tuple[str, ...]:
    """Derive the columns of a case anew from the result that is read; give the names of those that changed."""
    derived = derived_anew.columns_of_sessions(case) | derived_anew.columns(case, read)
    changed = {name: value for name, value in derived.items() if getattr(case, name) != value}
    if changed:
        Case.objects.filter(pk=case.pk).update(**changed)
    return tuple(changed)


def _unplaced(read: Read) -> tuple[str, ...]:
    """Save of every capture which paths there is no place for."""
    changed = [
        unplaced.take_in(artefact, found.document, found.organization)
        for artefact in read.captures
        if (found := read.parsed_results.get(artefact.pk))
    ]
    return ("unplaced",) if any(changed) else ()


def _identities(case: Case, read: Read) -> tuple[str, ...]:
    """Learn from every capture what the organisation is known by."""
    changed = {
        organisation
        for artefact in read.captures
        if artefact.pk in read.parsed_results
        for organisation in identities.learn(case, artefact, read.parsed_results[artefact.pk].key_information)
    }
    others = Case.objects.filter(organisation__in=changed).exclude(pk=case.pk)
    searching.refresh(others.select_related("organisation"))
    return ("identities",) if changed else ()


def _search(case: Case, read: Read) -> tuple[str, ...]:
    """Derive anew what the case is found by."""
    case = Case.objects.select_related("organisation").get(pk=case.pk)
    known = CaseSearch.objects.filter(case=case).first()
    row = derived_anew.search(case, read, known)
    if known and (known.words, known.stated, known.known_as) == (row.words, row.stated, row.known_as):
        return ()
    searching.save([row])
    return ("search",)
