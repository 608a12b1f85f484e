"""The rows of one case as it is made and saved by the same code as any seeded case; nothing of it stays saved."""

import datetime
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model

from cases.models import (
    AmlSession,
    Artefact,
    AuditChain,
    AuditDetail,
    AuditEvent,
    Case,
    CaseSearch,
    CreateAttempt,
    Delivery,
    Hit,
    Organisation,
    OrganisationIdentity,
    PendingSignatureCheck,
    SignatureCheck,
    Unplaced,
    Verb,
    Verdict,
)
from cases.models.audit.event import PORTAL
from cases.models.audit.subject import EventSubject
from cases.presentation import document_status
from cases.workflows.audit import recorded_columns
from cases.workflows.audit.chain import canonical
from cases.workflows.demo_data import CaseGenerator, adding
from cases.workflows.demo_data.case_history import CaseHistory
from cases.workflows.demo_data.outcomes import DAY, Outcome

# The tables of which a case has rows, in the order in which they are written, and how those rows are found.
OF_CASE: dict[type[Model], str] = {
    Organisation: "cases",
    Case: "pk",
    AmlSession: "case",
    CreateAttempt: "session__case",
    Artefact: "session__case",
    SignatureCheck: "artefact__session__case",
    Delivery: "attempt__session__case",
    Hit: "case",
    Unplaced: "artefact__session__case",
    OrganisationIdentity: "learned_from__session__case",
    CaseSearch: "case",
    AuditChain: "case",
    AuditEvent: "chain__case",
    AuditDetail: "event__chain__case",
}
AGE = 200 * DAY  # seconds: longer than any case history takes
TRIES, TOGETHER = 50, 25
UNSIGNED = "unsigned"  # of signatures/signature_words.py: what the sample PDFs are


@dataclass(frozen=True)
class PatternRows:
    """A case with all that belongs to it, unsaved. Its events are in their order, their details in the same."""

    case: Case
    rows: dict[type[Model], list[Any]]

    @property
    def events(self) -> Iterator[tuple[AuditEvent, AuditDetail]]:
        return zip(self.rows[AuditEvent], self.rows[AuditDetail], strict=True)

    @property
    def everything(self) -> Iterator[Model]:
        return (row for rows in self.rows.values() for row in rows)


def made(
    generator: CaseGenerator, becoming: Sequence[tuple[Outcome, str]], dice: random.Random
) -> list[PatternRows]:
    """Make cases of which this becomes, in these hands. They are rolled back: on the database nothing changes."""
    found: list[PatternRows] = []
    for first in range(0, len(becoming), TOGETHER):
        names: set[str] = set()
        with transaction.atomic():
            histories = [
                generator.happened(_begun(generator, dice, names), outcome, hands)
                for outcome, hands in becoming[first : first + TOGETHER]
            ]
            adding.save(histories)
            _check_signatures(histories)
            found += [_read(history.case.pk) for history in histories]
            transaction.set_rollback(True)
    return found


def _begun(generator: CaseGenerator, dice: random.Random, names: set[str]) -> CaseHistory:
    """Begin one about an organisation that no other case is about: no number of another must be one of its own."""
    for _ in range(TRIES):
        subject = generator.organisation(dice)
        number = subject.identifier
        known = Organisation.objects.filter(country=number.country, kind=number.kind, value=number.value)
        if subject.name not in names and not known.exists():
            break
    names.add(subject.name)
    opened_at = generator.now - datetime.timedelta(seconds=AGE)
    return CaseHistory(
        subject, dice, uuid.UUID(int=dice.getrandbits(128), version=4), opened_at, generator.now
    )


def _check_signatures(histories: Sequence[CaseHistory]) -> None:
    """Check their PDFs, which the portal would do next and cannot without the files: none of them is signed."""
    cases = [history.case.pk for history in histories]
    pending = PendingSignatureCheck.objects.filter(artefact__session__case__in=cases)
    SignatureCheck.objects.bulk_create(
        SignatureCheck(
            artefact=artefact,
            at=artefact.captured_at or histories[0].at,
            verdict=Verdict.UNSIGNED,
            explanation=UNSIGNED,
            about_us=True,
            roots=document_status.roots_fingerprint(),
        )
        for artefact in Artefact.objects.filter(pending_signature_check__in=pending).order_by("pk")
    )
    pending.delete()
    adding.save_columns(histories)


def _read(case: int) -> PatternRows:
    rows: dict[type[Model], list[Any]] = {
        model: list(model._default_manager.filter(**{path: case}).order_by("pk"))
        for model, path in OF_CASE.items()
    }
    sessions = {session.pk: session for session in rows[AmlSession]}
    for artefact in rows[Artefact]:
        artefact.session = sessions[artefact.session_id]  # which nobody can look up later
    rows[Case][0].assess_at = None  # without files, nothing of a copy can be worked out anew
    found = PatternRows(rows[Case][0], rows)
    _tell_of_checks(found, rows[SignatureCheck])
    return found


def _tell_of_checks(of_case: PatternRows, checks: Iterable[SignatureCheck]) -> None:
    """Put the event of each check behind that of the capture; what follows moves on."""
    events = list(of_case.events)
    artefacts = {artefact.pk: artefact for artefact in of_case.rows[Artefact]}
    for check in checks:
        artefact = artefacts[check.artefact_id]
        subject = str(EventSubject.result(artefact.session.number, artefact.kind))
        captured = next(
            place
            for place, (event, _detail) in enumerate(events, 1)
            if (event.subject, event.verb) == (subject, Verb.ARTEFACT_CAPTURED)
        )
        chain = of_case.rows[AuditChain][0]
        event = AuditEvent(
            pk=-check.pk,
            chain_id=chain.pk,
            at=check.at,
            verb=str(Verb.SIGNATURE_CHECKED),
            subject=subject,
            rests_on=artefact.sha256,
        )
        detail = {
            "verdict": check.verdict,
            "explanation": check.explanation,
            **recorded_columns.of_check(check),
        }
        body = canonical({"actor": PORTAL, "was": "", "now": "", **detail})
        events.insert(captured, (event, AuditDetail(pk=-check.pk, event_id=event.pk, body=body)))
    for sequence, (event, _detail) in enumerate(events, 1):
        event.sequence = sequence
    of_case.rows[AuditEvent] = [event for event, _detail in events]
    of_case.rows[AuditDetail] = [detail for _event, detail in events]
    of_case.rows[AuditChain][0].length = len(events)
