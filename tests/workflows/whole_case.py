"""A case with a row of every kind that events tell of, made by the workflows alone, at the sandbox."""

import hashlib
import uuid
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from amlportal.sandbox.server import RunningSandbox
from cases.evidence import evidence_files
from cases.models import Artefact, Case
from cases.provider.numbers.identifiers import Identifier
from cases.workflows import heartbeat
from cases.workflows.background import signature_checks
from cases.workflows.capture import unreadable, webhooks
from cases.workflows.capture.record_download import Bytes
from cases.workflows.casework import changing, comments
from cases.workflows.casework.cases import NewCase, open_case
from cases.workflows.casework.changing import Details
from cases.workflows.casework.comments import SignersChecked
from cases.workflows.ordering import session_requests
from cases.workflows.ordering.session_requests import ResultRequest
from tests import factories
from tests.workflows import report_making
from tests.workflows.engine_steps import NUMBER, follow, in_state

BROKEN = b"{broken"


def whole_case(sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Opened, captured twice, once with webhooks and what cannot be read, checked, handed over, noted and printed."""
    kari, ola = factories.kari(), factories.ola()
    new = NewCase(Identifier("no", "ORG", NUMBER), purpose="New customer", customer_reference="KYC-1")
    case = open_case(new, kari, kari)
    session = follow(case, in_state("OPEN"))
    with transaction.atomic():
        unreadable.keep(session, session.artefacts.get(kind="json"), broken())
    for deliver in (b'{"status": "JsonDataReady"}', b"?"):
        webhooks.receive(session.attempts.get().token, deliver, "application/json")
    session = follow(case)
    again = session_requests.request(
        case, ResultRequest(language="nb"), ola, again_reason="The board changed"
    )
    follow(case)
    assert signature_checks.do(heartbeat.Beats())
    signature_checks.check_again(Artefact.objects.get(session=session, kind="aml"), ola)
    hand_over(case, purpose="Review", assignee=factories.maja().pk)
    comments.comment(case, kari, "Called the chair.", uuid.uuid4())
    rule = SignersChecked(again.artefacts.get(kind="json"), ("A", "B"), "yes", "Two jointly", "no", "")
    comments.signers_checked(case, kari, rule, uuid.uuid4())
    report_making.installed(monkeypatch)
    report_making.make(report_making.order(session))
    case.refresh_from_db()
    return case


def broken() -> Bytes:
    """An answer that is kept, and is no JSON."""
    sha256 = hashlib.sha256(BROKEN).hexdigest()
    name = evidence_files.name_for(sha256, "json")
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(BROKEN))
    return Bytes(name, sha256, len(BROKEN), "application/json", "invalid_json")


def hand_over(case: Case, **changes: object) -> None:
    case.refresh_from_db()
    seen = Details.of(case)
    changing.change(case, seen, replace(seen, **changes), factories.lead())  # type: ignore[arg-type]
