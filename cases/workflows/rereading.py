"""Derive a case anew from its stored captures, for those made before the portal derived as much as it does now."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from cases.models import AmlSession, Artefact, ArtefactKind, Case, CaseSearch, Hit
from cases.models.artefact import ArtefactQuerySet
from cases.provider.errors import CannotUnderstand
from cases.workflows import evidence, hits, identities, results, searching, unplaced
from cases.workflows.captures_read import earlier_of, to_read
from cases.workflows.unforeseen import described

log = logging.getLogger(__name__)

NOT_READABLE = "not readable"


@dataclass(frozen=True)
class Unread:
    """A capture that was left out. `problem` is one of evidence.NotAsCaptured, or NOT_READABLE if it came so."""

    artefact: Artefact
    problem: str

    @property
    def is_spoiled(self) -> bool:
        return self.problem != NOT_READABLE


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
        return tuple(each for each in self.unread if each.is_spoiled)


@dataclass(frozen=True)
class _Read:
    """The captures of a case: each with what it says, or why it does not, the oldest first."""

    captures: tuple[Artefact, ...]
    readings: dict[int, results.Reading]
    unread: tuple[Unread, ...]

    def of(self, artefact: Artefact) -> results.Reading | None:
        return self.readings.get(artefact.pk)


def reread(reference: str | None = None) -> Iterator[Reread]:
    """Derive each case anew, or the one named; done again, it changes nothing."""
    cases = Case.objects.order_by("reference")
    if reference is not None:
        cases = cases.filter(reference=reference)
    for pk in list(cases.values_list("pk", flat=True)):
        yield _reread(pk)


def _captured() -> ArtefactQuerySet:
    return Artefact.objects.captured().filter(kind=ArtefactKind.JSON)


def _reread(pk: int) -> Reread:
    """Read first, then write if no capture came meanwhile: no file is read while the case's row is locked."""
    while True:
        read = _read(pk)
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=pk)
            if {each.pk for each in read.captures} == {
                *_captured().filter(session__case=case).values_list("pk", flat=True)
            }:
                return _write(case, read)


def _read(pk: int) -> _Read:
    captures = tuple(
        _captured().filter(session__case=pk).select_related("session").order_by("session__number", "pk")
    )
    readings: dict[int, results.Reading] = {}
    unread = []
    for artefact in captures:
        try:
            readings[artefact.pk] = results.read_bytes(
                evidence.read_as_captured(artefact.file, artefact.sha256)
            )
        except evidence.NotAsCaptured as spoiled:
            unread.append(Unread(artefact, spoiled.problem))
        except CannotUnderstand:
            unread.append(Unread(artefact, NOT_READABLE))
        except Exception as problem:  # no reader's fault may keep the other cases from being read
            log.error("a result could not be read: %s", described(problem))
            unread.append(Unread(artefact, NOT_READABLE))
    return _Read(captures, readings, tuple(unread))


def _write(case: Case, read: _Read) -> Reread:
    new, moved = hits.keep(case, _rows(case, read))
    for artefact in read.captures:
        first = [row for row in new if row.first_seen_id == artefact.pk]
        again = [row for row in moved if row.last_seen_id == artefact.pk]
        if first or again:
            hits.tell(case, artefact, first, again)
    return Reread(
        reference=case.reference,
        captures=len(read.readings),
        new=len(new),
        moved=len(moved),
        columns=(*_columns(case, read), *_identities(case, read), *_search(case, read), *_unplaced(read)),
        unread=read.unread,
    )


def _rows(case: Case, read: _Read) -> list[Hit]:
    """Each hit once: where it was seen first, and as it was seen last."""
    rows: dict[str, Hit] = {}
    for artefact in read.captures:
        if artefact.pk in read.readings:
            for row in hits.named(case, artefact, read.readings[artefact.pk].organization):
                if row.fingerprint in rows:
                    row.first_seen = rows[row.fingerprint].first_seen
                rows[row.fingerprint] = row
    spoiled = {each.artefact.pk for each in read.unread if each.is_spoiled}
    kept = set(Hit.objects.filter(case=case, last_seen__in=spoiled).values_list("fingerprint", flat=True))
    return [row for fingerprint, row in rows.items() if fingerprint not in kept]


def _result_read(case: Case) -> tuple[Artefact | None, list[AmlSession]]:
    """The result that is read of a case, as everywhere, None without a capture; and all of its sessions."""
    of_case = list(case.sessions.order_by("-number").prefetch_related("artefacts__signature_checks"))
    session = to_read(of_case)
    return results.result_in(session) if session else None, of_case


def _columns(case: Case, read: _Read) -> tuple[str, ...]:
    """Follow the result that is read; no change if a file of it cannot be had just now."""
    result, of_case = _result_read(case)
    if result is None or _is_spoiled(result, of_case, read):
        return ()
    derived = results.columns(result, read.readings.get(result.pk), of_case, read.of)
    changed = {name: value for name, value in derived.items() if getattr(case, name) != value}
    if changed:
        Case.objects.filter(pk=case.pk).update(**changed)
    return tuple(changed)


def _unplaced(read: _Read) -> tuple[str, ...]:
    """Keep of every capture what there is no place for."""
    changed = [
        unplaced.take_in(artefact, found.document, found.organization)
        for artefact in read.captures
        if (found := read.readings.get(artefact.pk))
    ]
    return ("unplaced",) if any(changed) else ()


def _identities(case: Case, read: _Read) -> tuple[str, ...]:
    """Learn from every capture what the organisation is known by."""
    changed = {
        organisation
        for artefact in read.captures
        if artefact.pk in read.readings
        for organisation in identities.learn(case, artefact, read.readings[artefact.pk].key_information)
    }
    others = Case.objects.filter(organisation__in=changed).exclude(pk=case.pk)
    searching.refresh(others.select_related("organisation"))
    return ("identities",) if changed else ()


def _search(case: Case, read: _Read) -> tuple[str, ...]:
    """The same for what the case is found by; what was known of a result that cannot be had just now stays."""
    case = Case.objects.select_related("organisation").get(pk=case.pk)
    known = CaseSearch.objects.filter(case=case).first()
    result, of_case = _result_read(case)
    if result is not None and _is_spoiled(result, of_case, read):
        told = known.told if known else []
    else:
        document = results.document(result, read.of(result), of_case, read.of) if result else {}
        told = searching.told_by(result, document) if result and document else []
    row = searching.row(case, told)
    if known and (known.words, known.told, known.known_as) == (row.words, row.told, row.known_as):
        return ()
    searching.save([row])
    return ("search",)


def _is_spoiled(result: Artefact, of_case: Sequence[AmlSession], read: _Read) -> bool:
    parts = {result, *earlier_of(result.session, of_case)}
    return any(each.artefact in parts and each.is_spoiled for each in read.unread)
