"""Whole sessions whose evidence goes to a real bucket, also when the bucket is out of reach for a while."""

from collections import Counter
from collections.abc import Callable, Iterator
from os import getpid
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox, start
from cases.evidence import evidence_files
from cases.models import AmlSession, AuditEvent, Case, SessionState, Verb, reasons
from cases.workflows.capture import advancing
from tests import chains, factories, portal
from tests.bucket.server import Server

pytestmark = [pytest.mark.bucket, pytest.mark.timeout(180)]

NUMBER = "317835337"
CAPTURED = {"json": "CAPTURED", "aml": "CAPTURED", "certificate_of_registration": "CAPTURED"}


@pytest.fixture
def sandbox(own_database: str, bucket: str, settings: Settings, tmp_path: Path) -> Iterator[RunningSandbox]:
    settings.VAR_DIR = tmp_path / "var"
    settings.AML_WEBHOOKS = False
    settings.AML_POLL_SECONDS = 0.05
    settings.QUEUE_THREADS = 4
    with start(json_seconds=0.1, report_seconds=0.2, state_dir=tmp_path / "sandbox") as running:
        settings.AML_ISSUER = running.issuer
        yield running
    advancing._threads(getpid()).shutdown()
    advancing._threads.cache_clear()


def held_up(session: AmlSession) -> bool:
    return session.reason == reasons.STORAGE_TROUBLE


def assert_captured_once(case: Case, sandbox: RunningSandbox, s3: Server, bucket: str) -> None:
    session = portal.session_of(case)
    assert session.state == SessionState.COMPLETE
    assert portal.entities(session) == CAPTURED
    assert sandbox.stats()["creates"]["total"] == 1
    artefacts = session.artefacts.all()
    assert {artefact.file for artefact in artefacts} == {
        found["Key"] for found in s3.client().list_objects_v2(Bucket=bucket)["Contents"]
    }
    for artefact in artefacts:
        stored = s3.client().get_object(Bucket=bucket, Key=artefact.file)["Body"].read()
        assert stored == evidence_files.read_as_captured(artefact.file, artefact.sha256)
        assert len(stored) == artefact.size
    events = AuditEvent.objects.filter(verb=Verb.ARTEFACT_CAPTURED)
    assert set(Counter(events.values_list("subject", flat=True)).values()) == {1}
    assert events.count() == len(CAPTURED)
    assert set(chains.breaks()) == {None}


def test_a_session_is_captured_into_the_bucket_and_its_document_handed_out(
    sandbox: RunningSandbox, s3: Server, bucket: str, files_of_its_own: Path
) -> None:
    case = portal.order(NUMBER)
    portal.drive(case, seconds=60)
    assert_captured_once(case, sandbox, s3, bucket)
    assert not files_of_its_own.exists()
    reader = Client()
    reader.force_login(factories.kari())
    answer = reader.get(reverse("save_document", args=[case.reference, 1, "aml"]))
    assert answer.status_code == 200
    assert answer.getvalue() == evidence_files.read(portal.session_of(case).artefacts.get(kind="aml").file)


def test_a_server_that_is_down_holds_a_session_up_and_costs_nothing_when_it_is_back(
    sandbox: RunningSandbox, s3: Server, bucket: str
) -> None:
    s3.shut_door()
    try:
        case = portal.order(NUMBER)
        session = portal.drive(case, seconds=60, until=held_up)
        assert session.state == SessionState.OPEN
    finally:
        s3.open_door()
    portal.drive(case, seconds=60)
    assert_captured_once(case, sandbox, s3, bucket)


def test_a_wrong_secret_holds_a_session_up_until_it_is_put_right(
    sandbox: RunningSandbox, s3: Server, bucket: str, configure: Callable[..., None]
) -> None:
    configure(SECRET_KEY="wrong")
    case = portal.order(NUMBER)
    session = portal.drive(case, seconds=60, until=held_up)
    assert session.state == SessionState.OPEN
    configure(SECRET_KEY=s3.secret_key)
    portal.drive(case, seconds=60)
    assert_captured_once(case, sandbox, s3, bucket)
