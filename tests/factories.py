"""The cast, and what they work on in every state. Keyword arguments are fields of the row."""

from __future__ import annotations

import datetime
import hashlib
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from cases.evidence import evidence_files
from cases.findings.names.collation import sort_key
from cases.models import (
    AmlSession,
    Artefact,
    ArtefactKind,
    ArtefactState,
    AttemptOutcome,
    Case,
    CaseReport,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    Hit,
    Note,
    Organisation,
    PendingSignatureCheck,
    ReferenceCounter,
    ReportState,
    SessionState,
    SignatureCheck,
    UnreadableAnswer,
    User,
    Verb,
    Verdict,
    reasons,
)
from cases.models.capture.session import ACTIVE, ENDED
from cases.provider.errors import ProviderError
from cases.workflows import capture_columns
from cases.workflows.audit import trail
from cases.workflows.ordering.session_requests import ResultRequest
from cases.workflows.results import derive, parsed_result, searching

PASSWORD = "correct horse battery staple"
PAYLOADS = Path(__file__).parent / "payloads"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_numbers = count(1)

# --- The cast ------------------------------------------------------------------------------------------------


def person(username: str, *roles: str, first_name: str = "", last_name: str = "", **fields: Any) -> User:
    """Somebody with these roles; the same username gives the same person."""
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User(username=username, first_name=first_name, last_name=last_name, **fields)
        user.set_password(PASSWORD)
        user.save()
        user.groups.set(Group.objects.filter(name__in=roles))
    return user


def kari() -> User:
    """Handles cases."""
    return person("kari", "analyst", first_name="Kari", last_name="Nordmann")


def maja() -> User:
    """Handles cases too."""
    return person("maja", "analyst", first_name="Maja", last_name="Berg")


def ola() -> User:
    """Reviews what others handled."""
    return person("ola", "reviewer", first_name="Ola", last_name="Hansen")


def lead() -> User:
    return person("lena", "lead", first_name="Lena", last_name="Lund")


def auditor() -> User:
    return person("aud", "auditor", first_name="Aud", last_name="Iversen")


def officer() -> User:
    """Reads cases, and notes of suspicion."""
    return person("siv", "suspicion_officer", first_name="Siv", last_name="Moen")


def admin() -> User:
    """Manages people and settings, and has no case role."""
    return person("adam", "administrator", first_name="Adam", last_name="Ask", is_staff=True)


def stranger() -> User:
    """Can sign in, and has no role at all."""
    return person("nemo")


CAST = {
    "analyst": kari,
    "reviewer": ola,
    "lead": lead,
    "auditor": auditor,
    "suspicion_officer": officer,
    "administrator": admin,
    "stranger": stranger,
}

# --- What they work on ---------------------------------------------------------------------------------------


def organisation(value: str = "", **fields: Any) -> Organisation:
    """One of its own, unless `value` names it."""
    value = value or f"{900_000_000 + next(_numbers)}"
    fields.setdefault("sort_key", sort_key(fields.get("name", "")) or None)
    return Organisation.objects.get_or_create(country="no", kind="ORG", value=value, defaults=fields)[0]


@transaction.atomic
def case(about: Organisation | None = None, *, name: str = "", **fields: Any) -> Case:
    """A case with its audit chain and no session."""
    now = timezone.now()
    about = about or organisation(name=name)
    fields = {"opened_by": None, "opened_at": now, "updated_at": now, **fields}
    fields.setdefault("reference", ReferenceCounter.next_reference(now.year))
    if fields.get("assignee"):
        fields.setdefault("state", Case.State.IN_REVIEW)
    made = Case.objects.create(organisation=about, **fields)
    searching.refresh([made])
    trail.start_chain(made)
    trail.record(made, Verb.CASE_CREATED, actor=made.opened_by, subject="case", now=made.get_state_display())
    return made


USUAL_RESULTS: dict[str, tuple[str, str, str]] = {
    SessionState.COMPLETE: (ArtefactState.CAPTURED,) * 3,
    SessionState.PARTIAL: (ArtefactState.CAPTURED, ArtefactState.FAILED, ArtefactState.EXPIRED),
    SessionState.FAILED: (ArtefactState.FAILED,) * 3,
}
USUAL_REASONS: dict[str, str] = {
    SessionState.PARTIAL: reasons.SOME_MISSING,
    SessionState.FAILED: reasons.NO_ANSWER_IN_TIME,
    SessionState.UNKNOWN: reasons.CREATE_OUTCOME_UNKNOWN,
    SessionState.QUARANTINED: reasons.TOO_MANY_DEATHS,
}


@transaction.atomic
def session(
    case_: Case | None = None,
    state: str = SessionState.OPEN,
    results: dict[str, str] | None = None,
    *,
    payload: str = "no_full",
    checked: bool = True,
    **fields: Any,
) -> AmlSession:
    """A session in that state; `results` are states of artefacts by kind, the usual three by default.

    A captured JSON holds the bytes of tests/payloads/<payload>.json, and the case's columns follow from it. Captured
    PDFs were looked at, and found to be as they should, unless they are not `checked`.
    """
    case_ = case_ or case()
    now = timezone.now()
    result_request = ResultRequest()
    opened = state in {SessionState.OPEN, SessionState.COMPLETE, SessionState.PARTIAL}
    row = AmlSession.objects.create(
        **{
            "case": case_,
            "number": case_.sessions.count() + 1,
            "state": state,
            "reason": USUAL_REASONS.get(state, ""),
            "ordered_reports": fields.pop("reports", list(result_request.reports)),
            "expands": list(result_request.expands),
            "language": "en",
            "granted_scopes": ["aml_organization/basic", "aml_organization/OFAC"],
            "requested_at": now - datetime.timedelta(minutes=5),
            "provider_id": f"session-{next(_numbers)}" if opened else "",
            "opened_at": now - datetime.timedelta(minutes=4) if opened else None,
            "ended_at": now if state in ENDED else None,
            "give_up_at": now + datetime.timedelta(hours=2),
            "next_step_at": now if state in ACTIVE else None,
            **fields,
        }
    )
    if results is None:
        usual = USUAL_RESULTS.get(state, (ArtefactState.ORDERED,) * 3)
        results = dict(zip(ArtefactKind.values, usual, strict=True))
    for kind, its_state in results.items():
        made = artefact(row, kind, its_state, payload=payload)
        if checked and made.is_captured and kind != ArtefactKind.JSON:
            _check(made, Verdict.VERIFIED, explanation="verified", about_us=True)
    _derive(row)
    return row


def _derive(session_: AmlSession) -> None:
    """Give the case the columns that the engine would have."""
    derive.follow(session_.case)
    keep_columns(session_.case)
    session_.case.refresh_from_db()


def keep_columns(case_: Case) -> None:
    """Give the case the columns of its sessions as they are now, for whoever changed one past the engine."""
    case_.refresh_from_db()
    capture_columns.keep(case_)


@transaction.atomic
def artefact(
    session_: AmlSession,
    kind: str = ArtefactKind.JSON,
    state: str = ArtefactState.ORDERED,
    *,
    payload: str = "no_full",
    data: bytes | None = None,
    **fields: Any,
) -> Artefact:
    """One result of a session in that state; `data` are its bytes if it is captured, instead of the payload's."""
    now = timezone.now()
    ready_at = now - datetime.timedelta(minutes=3)
    if state not in {ArtefactState.ORDERED, ArtefactState.FAILED}:
        fields = {"available_at": ready_at, "expires_at": ready_at + datetime.timedelta(hours=2), **fields}
    if state == ArtefactState.EXPIRED:
        fields.setdefault("reason", "gone")
    if state == ArtefactState.FAILED:
        fields.setdefault("reason", reasons.PROVIDER_FAILED)
    if state == ArtefactState.CAPTURED:
        bytes_ = _bytes(kind, payload) if data is None else data
        made = _captured(session_, kind, bytes_, {"captured_at": now, **fields})
    else:
        made = Artefact.objects.create(session=session_, kind=kind, state=state, **fields)
    keep_columns(session_.case)
    return made


def _bytes(kind: str, payload: str) -> bytes:
    return (PAYLOADS / f"{payload}.json").read_bytes() if kind == ArtefactKind.JSON else PDF + kind.encode()


def _captured(session_: AmlSession, kind: str, data: bytes, fields: dict[str, Any]) -> Artefact:
    sha256 = hashlib.sha256(data).hexdigest()
    name = evidence_files.name_for(sha256, kind)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    kept = {
        "file": name,
        "sha256": sha256,
        "size": len(data),
        "media_type": "application/json" if kind == ArtefactKind.JSON else "application/pdf",
        "about_us": True if kind == ArtefactKind.JSON else None,
    }
    parsed = None
    if kind == ArtefactKind.JSON:
        try:
            parsed = parsed_result.parse_bytes(data)
        except ProviderError as problem:
            kept["unreadable"], kept["about_us"] = problem.code, None
    row = Artefact.objects.create(
        session=session_, kind=kind, state=ArtefactState.CAPTURED, **{**kept, **fields}
    )
    PendingSignatureCheck.objects.add([row])
    if kind == ArtefactKind.JSON:
        derive.take_in(session_.case, row, parsed)
        session_.case.refresh_from_db()
        session_.case.organisation.refresh_from_db()
    return row


def hit(artefact_: Artefact | None = None, **fields: Any) -> Hit:
    """A possible match that this result, a captured JSON by default, named first."""
    artefact_ = artefact_ or artefact(session(results={}), state=ArtefactState.CAPTURED)
    fields = {"fingerprint": f"{next(_numbers):032x}", "name": "Fjellheim Energy Trading", **fields}
    return Hit.objects.create(
        **{"case": artefact_.session.case, "first_seen": artefact_, "last_seen": artefact_, **fields}
    )


def signature_check(
    artefact_: Artefact | None = None, verdict: str = Verdict.VERIFIED, **fields: Any
) -> SignatureCheck:
    """A look at the signature of this artefact, a captured report by default."""
    artefact_ = artefact_ or artefact(session(results={}), ArtefactKind.AML, ArtefactState.CAPTURED)
    check = _check(artefact_, verdict, **fields)
    derive.follow(artefact_.session.case)
    return check


def _check(artefact_: Artefact, verdict: str, **fields: Any) -> SignatureCheck:
    """The row alone, for whoever derives the case's columns once all of them are there."""
    PendingSignatureCheck.objects.filter(artefact=artefact_).delete()
    return SignatureCheck.objects.create(
        **{"artefact": artefact_, "at": timezone.now(), "verdict": verdict, **fields}
    )


def unreadable_answer(artefact_: Artefact, data: bytes = b"<html>", **fields: Any) -> UnreadableAnswer:
    """An answer that came in place of this result; the row alone, without a file."""
    sha256 = hashlib.sha256(data).hexdigest()
    kept = {"file": evidence_files.name_for(sha256, artefact_.kind), "sha256": sha256, "size": len(data)}
    return UnreadableAnswer.objects.create(
        **{"artefact": artefact_, "at": timezone.now(), "unreadable": "invalid_json", **kept, **fields}
    )


def report(case_: Case | None = None, state: str = ReportState.ORDERED, **fields: Any) -> CaseReport:
    """A report of the case in that state; made ones have the bytes of a small PDF."""
    case_, now = case_ or case(), timezone.now()
    if state == ReportState.MADE:
        sha256 = hashlib.sha256(PDF).hexdigest()
        name = f"reports/{sha256[:2]}/{sha256}.pdf"
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(PDF))
        fields = {"file": name, "sha256": sha256, "size": len(PDF), "pages": 1, "made_at": now, **fields}
    if state == ReportState.FAILED:
        fields.setdefault("reason", reasons.INTERNAL)
    fields = {"number": case_.reports.count() + 1, "ordered_at": now, **fields}
    fields.setdefault("ordered_by", kari())
    return CaseReport.objects.create(case=case_, state=state, **fields)


@transaction.atomic
def assessed() -> None:
    """Leave nothing to be done of how cases are assessed: the queue has other work."""
    Case.objects.update(assess_at=None)


def note(case_: Case | None = None, **fields: Any) -> Note:
    """A comment of Kari's in the case's timeline."""
    words = {"text": "Called the chair."}
    event = trail.record(case_ or case(), Verb.COMMENTED, actor=kari(), subject="case", detail=words)
    return Note.objects.create(event=event, **fields)


def attempt(session_: AmlSession, outcome: str = AttemptOutcome.OPENED, **fields: Any) -> CreateAttempt:
    """One sending of the order, with its webhook address."""
    number = session_.attempts.count() + 1
    return CreateAttempt.objects.create(
        **{
            "session": session_,
            "number": number,
            "token": CreateAttempt.new_token(),
            "sent_at": timezone.now(),
            "outcome": outcome,
            **fields,
        }
    )


def delivery(attempt_: CreateAttempt, verdict: str = DeliveryVerdict.WOKE, **fields: Any) -> Delivery:
    """A webhook at the address of that attempt."""
    body = b'{"sessionId": "s", "status": "JsonDataReady"}'
    return Delivery.objects.create(
        **{
            "attempt": attempt_,
            "received_at": timezone.now(),
            "media_type": "application/json",
            "body": body,
            "word": "JsonDataReady",
            "kind": "json",
            "verdict": verdict,
            **fields,
        }
    )
