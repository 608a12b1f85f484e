"""Verify the notes of suspicion: their streams, each note against its event, and what cases' own chains hold of them.

What is found is kept apart from the verification of everything else, for those entitled alone: a count there, or a
line, would tell everybody who sees it that there are notes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cases.models import AuditChain, AuditDetail, AuditEvent, Case, SuspicionNote, Verb, VerificationKind
from cases.models.audit.subject import EventSubject
from cases.workflows.audit import chain_walk, trail
from cases.workflows.audit.chain import seal
from cases.workflows.audit.recorded_columns import SUSPECTED
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import FIELDS, Event
from cases.workflows.verification.verify import Problem, Run, words_of

NOTE = "a note of suspicion"
# What stands in the text of a detail that carries a seal, and in no other: quotes inside of words are escaped.
CARRIES = f'"{trail.SEALED}":"'


class SuspicionRun(Run):
    """Walk the streams of suspicion, and hold notes, events and the hashes in cases' chains against each other."""

    kind = VerificationKind.SEALED

    def __init__(self, reference: str | None = None) -> None:
        super().__init__(reference)
        self.streams = self.events = self.broken = self.differ = 0

    def steps(self) -> int:
        return len(self._cases())

    def _check(self) -> Iterator[Problem]:
        for walked in chain_walk.walk_suspicion(self.reference):
            self.streams, self.events = self.streams + 1, self.events + walked.events
            self.broken += bool(walked.breaks)
            for place in walked.breaks:
                yield Problem(place.reference, f"suspicion: {words_of(place)}")
        for key, reference in self._cases().items():
            found = _held(key)
            self.on_progress(1)
            self.extent += found.rows
            self.differ += len(found.problems)
            for text in found.problems:
                yield Problem(reference, f"suspicion: {text}")

    def _cases(self) -> dict[int, str]:
        """The cases of which there is a note, or anything that tells of one: their references by their keys."""
        of_case = {"case__reference": self.reference} if self.reference else {}
        chains = AuditChain.objects.filter(**of_case).exclude(sealed="").values("case")
        noted = SuspicionNote.objects.filter(**of_case).values("case")
        carrying = _carrying(Case.objects.filter(reference=self.reference) if self.reference else None)
        keys = {row["case"] for row in (*chains, *noted)} | {
            *carrying.values_list("event__chain__case", flat=True)
        }
        streams = AuditChain.streams.filter(
            **({"suspicion_of__reference": self.reference} if self.reference else {})
        )
        keys |= {*streams.values_list("suspicion_of", flat=True)}
        return dict(Case.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "reference"))

    def summary(self) -> list[str]:
        if not self.streams and not self.found:
            return []
        chains = f"{self.broken} DO NOT HOLD" if self.broken else "every stream holds"
        rows = f"{self.differ} DIFFERENCES" if self.differ else "every note is as they say"
        return [
            f"{self.extent} notes of suspicion, {self.events} events in {self.streams} streams: {chains}; {rows}."
        ]

    def counts(self) -> dict[str, Any]:
        return {"notes": self.extent, "streams": self.streams, "events": self.events}


@dataclass(frozen=True)
class _Of:
    """What there is of suspicion in a case: its notes, the events that tell of them, and the hashes in its chain."""

    notes: list[SuspicionNote]
    events: list[Event]
    waiting: str
    carried: list[tuple[int, str]]


def _held(case: int) -> Findings:
    """Hold what there is of one case against each other; only if something differs while nobody can add to it."""
    found = _compared(_read(case))
    if not found.problems:
        return found
    with transaction.atomic():
        list(Case.objects.select_for_update().filter(pk=case).values_list("pk"))
        list(AuditChain.objects.select_for_update().filter(case=case).values_list("pk"))
        return _compared(_read(case))


def _read(case: int) -> _Of:
    fields = ("chain__suspicion_of", *FIELDS[1:])
    events = AuditEvent.of_suspicion.filter(chain__suspicion_of=case, verb=Verb.SUSPICION_NOTED)
    carrying = _carrying(Case.objects.filter(pk=case)).values_list("event__sequence", "body")
    return _Of(
        notes=list(SuspicionNote.objects.filter(case=case).select_related("event").order_by("number")),
        events=[Event._make(row) for row in events.order_by("sequence").values_list(*fields)],
        waiting=AuditChain.objects.filter(case=case).values_list("sealed", flat=True).first() or "",
        carried=[(number, _sealed_in(body)) for number, body in carrying.order_by("event__sequence")],
    )


def _carrying(cases: QuerySet | None) -> QuerySet:
    """The details that carry the hash of a note, of these cases or of all."""
    found = AuditDetail.objects.filter(body__contains=CARRIES, event__chain__case__isnull=False)
    return found if cases is None else found.filter(event__chain__case__in=cases)


def _sealed_in(body: str) -> str:
    """The hash that a detail carries; '' if it was altered so that it cannot be read (the chain tells of that)."""
    try:
        return trail.carried(body).get(trail.SEALED, "")
    except (TypeError, ValueError):
        return ""


def _compared(of_case: _Of) -> Findings:
    found = Findings()
    by_subject = {event.subject: event for event in of_case.events}
    for note in of_case.notes:
        _compare_note(note, by_subject.pop(str(EventSubject.suspicion(note.number)), None), found)
    for event in by_subject.values():
        found.differ(f"{event} tells of {NOTE}, and there is no such row")
    _compare_seals(of_case, found)
    return found


def _compare_note(note: SuspicionNote, event: Event | None, found: Findings) -> None:
    found.rows += 1
    what = f"the note in row {note.pk}"
    if event is None or event.pk != note.event_id:
        found.differ(f"no event tells of {what}")
        return
    found.compare(what, "by_id", note.by_id, event.actor, event)
    found.compare_row(what, NOTE, SUSPECTED, note, event)
    found.compare_detail(what, NOTE, "words", note.words, event)


def _compare_seals(of_case: _Of, found: Findings) -> None:
    """Every hash in the case's chain is that of a note; that of the newest is there, or waits for the next event."""
    sealed = [seal(note.salt, note.event.hash) for note in of_case.notes]
    for number, carried in of_case.carried:
        if carried not in sealed:
            found.differ(f"event {number} of the case carries the hash of {NOTE} that is gone or was altered")
    if of_case.waiting and of_case.waiting not in sealed:
        found.differ(
            f"the hash that waits for the case's next event is that of {NOTE} that is gone or was altered"
        )
    if sealed and sealed[-1] not in {of_case.waiting, *(carried for _number, carried in of_case.carried)}:
        found.differ(
            f"the chain of the case does not hold the hash of the newest note, {of_case.notes[-1].number}"
        )
