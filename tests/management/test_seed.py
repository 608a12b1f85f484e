"""What is seeded is as if it had come about: chains hold, files are there, and nothing is left to be ordered."""

import datetime
import random
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ
from pytest_django import Settings

from cases.evidence import evidence_files
from cases.management.sandbox_organisations import SandboxOrganisations
from cases.models import (
    AmlSession,
    Artefact,
    ArtefactKind,
    AuditEvent,
    Case,
    Delivery,
    Hit,
    SessionState,
    User,
    Verb,
)
from cases.models.capture.artefact import PENDING
from cases.models.capture.session import ACTIVE
from cases.models.casework.case import overdue
from cases.workflows import demo_data
from cases.workflows.audit import chain_walk
from cases.workflows.demo_data import people
from cases.workflows.demo_data.outcomes import OUTCOMES
from cases.workflows.demo_data.paper import sample_pdf
from cases.workflows.locks import leases
from cases.workflows.ordering import session_requests
from cases.workflows.results import derived_anew
from tests import chains, factories
from tests.management.commands import run

pytestmark = pytest.mark.django_db

MANY = 42  # in which every outcome is seen
NOW = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)
ORGANISATIONS = SandboxOrganisations()


def seeded(number: int = MANY, seed: int = 1) -> int:
    return sum(demo_data.cases(number, seed, ORGANISATIONS, NOW))


def snapshot() -> list[tuple[object, ...]]:
    """Everything about the cases that does not depend on salts and tokens."""
    rows: list[tuple[object, ...]] = list(
        Case.objects.order_by("reference").values_list(
            *("reference", "state", "opened_at", "updated_at", "due", "purpose", "customer_reference"),
            *("organisation__value", "organisation__name", "assignee__username", "hit_count", "read_at"),
        )
    )
    rows += AmlSession.objects.order_by("case__reference", "number").values_list(
        "case__reference", "number", "state", "reason", "provider_id", "opened_at", "ended_at"
    )
    rows += Artefact.objects.order_by("session__case__reference", "session__number", "kind").values_list(
        "session__case__reference", "kind", "state", "sha256", "captured_at"
    )
    rows += (
        AuditEvent.objects.exclude(chain__case=None)
        .order_by("chain__case__reference", "sequence")
        .values_list("chain__case__reference", "sequence", "verb", "at", "subject", "rests_on")
    )
    rows += Hit.objects.order_by("case__reference", "fingerprint").values_list(
        "case__reference", "fingerprint", "match", "first_seen__sha256", "last_seen__sha256"
    )
    return rows


# --- What there is -------------------------------------------------------------------------------------------


def test_every_audit_chain_holds() -> None:
    assert seeded() == MANY
    assert list(chains.breaks()) == [None] * (MANY + 1)  # the portal's, too, which tells of the people
    assert all(walked.events >= 3 for walked in chain_walk.walk())


def test_there_are_cases_of_every_country_and_state_and_sessions_at_every_end() -> None:
    seeded()
    assert set(Case.objects.values_list("organisation__country", flat=True)) == {"no", "se", "fi", "dk"}
    assert set(Case.objects.values_list("state", flat=True)) == {"NEW", "IN_REVIEW", "WITHDRAWN"}
    assert set(AmlSession.objects.values_list("state", flat=True)) == set(SessionState.values) - set(ACTIVE)
    assert set(Artefact.objects.values_list("state", flat=True)) == {
        "ASKED",
        "READY",
        "CAPTURED",
        "FAILED",
        "EXPIRED",
    }
    assert Case.objects.unassigned().exists()
    assert Case.objects.unread().exists()
    assert Case.objects.filter(overdue(NOW.date())).exists()
    assert Case.objects.filter(hit_count__gt=0).exists()
    assert Artefact.objects.at_risk(NOW).exists()
    assert Artefact.objects.exclude(unreadable="").exists()
    assert Artefact.objects.filter(session__number=2).captured().exists()


def test_nothing_is_left_that_the_engine_would_go_on_with() -> None:
    """An active session of an invented case would be a real order, and cost money."""
    seeded()
    assert not AmlSession.objects.active().exists()
    assert not leases.due().exists()
    assert not OrmQ.objects.exists()


@pytest.mark.one_database
def test_every_captured_file_is_there_as_its_row_says() -> None:
    seeded()
    captured = Artefact.objects.captured()
    assert captured.count() > 50
    for artefact in captured:
        assert artefact.file == evidence_files.name_for(artefact.sha256, artefact.kind)
        assert evidence_files.digest(artefact.file) == artefact.sha256
        assert default_storage.size(artefact.file) == artefact.size
        if artefact.kind != ArtefactKind.JSON:
            assert evidence_files.read(artefact.file).startswith(b"%PDF-")


@pytest.mark.one_database
def test_a_case_shows_what_its_newest_readable_result_says() -> None:
    seeded()
    seen = 0
    for case in Case.objects.select_related("organisation"):
        readable = Artefact.objects.captured().filter(session__case=case, kind="json", unreadable="")
        newest = readable.order_by("captured_at").last()
        if newest is None:
            assert case.screening in {Case.Screening.NOT_RUN, Case.Screening.UNCERTAIN}
            assert (case.hit_count, case.beneficial_owner_count) == (0, None)
            continue
        for column, value in derived_anew.columns(case, derived_anew.read(case.pk)).items():
            assert getattr(case, column) == value
        assert newest.about_us is not False
        assert case.organisation.name
        seen += 1
    assert seen > 15


def test_the_hits_of_seeded_cases_are_rows_as_if_they_had_been_captured() -> None:
    seeded()
    assert Hit.objects.exists()
    for case in Case.objects.exclude(result_at=None):
        newest = Artefact.objects.captured().get(session__case=case, kind="json", captured_at=case.result_at)
        assert Hit.objects.of_capture(newest).count() == case.hit_count
    found = AuditEvent.objects.filter(verb=Verb.HITS_FOUND).values_list("rests_on", flat=True)
    assert {row.first_seen.sha256 for row in Hit.objects.select_related("first_seen")} <= {*found}
    assert run("reread").out.endswith("0 cases changed: every result read is as captured.\n")


@pytest.mark.one_database
def test_time_runs_forwards_and_not_beyond_now() -> None:
    seeded()
    for case in Case.objects.all():
        times = list(case.audit_chain.events.order_by("sequence").values_list("at", flat=True))
        assert times[0] == case.opened_at
        assert all(earlier <= later for earlier, later in pairwise(times))
        assert times[-1] <= NOW
        assert case.updated_at <= NOW
    for session in AmlSession.objects.prefetch_related("artefacts"):
        moments = [session.requested_at, session.opened_at, session.ended_at]
        known = [moment for moment in moments if moment]
        assert known == sorted(known)
        for artefact in session.artefacts.all():
            if artefact.captured_at:
                assert session.opened_at <= artefact.available_at <= artefact.captured_at <= NOW
                assert artefact.captured_at <= artefact.expires_at


@pytest.mark.one_database
def test_no_ended_session_waits_for_anything() -> None:
    seeded()
    assert not Artefact.objects.filter(session__ended_at__isnull=False, state__in=PENDING).exists()


def test_every_captured_result_and_every_end_is_told() -> None:
    seeded()
    captured = Artefact.objects.captured().count()
    assert AuditEvent.objects.filter(verb=Verb.ARTEFACT_CAPTURED).exclude(rests_on="").count() == captured
    ended = AmlSession.objects.filter(ended_at__isnull=False).count()
    assert AuditEvent.objects.filter(verb=Verb.SESSION_ENDED).count() == ended
    assert Delivery.objects.filter(attempt__session__provider_id="").count() == 0


@pytest.mark.one_database
def test_the_older_a_case_the_lower_its_reference() -> None:
    seeded()
    opened = Case.objects.order_by("reference").values_list("opened_at", flat=True)
    assert list(opened) == sorted(opened)


@pytest.mark.one_database
@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.happens.__name__)
def test_every_outcome_can_happen_to_anybody(
    outcome: demo_data.outcomes.Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_data, "outcome_of", lambda place, dice: outcome)
    seeded(6, seed=7)
    assert Case.objects.count() == 6
    assert list(chains.breaks()) == [None] * (6 + 1)
    assert not AmlSession.objects.active().exists()


def test_people_can_go_on_from_where_a_seeded_session_stopped() -> None:
    seeded()
    kari = factories.kari()
    for session in AmlSession.objects.filter(state=SessionState.UNKNOWN)[:2]:
        assert session_requests.order_again(session.pk, kari, "asked them").state == SessionState.REQUESTED
    for session in AmlSession.objects.filter(state=SessionState.QUARANTINED)[:2]:
        assert session_requests.resume(session.pk, kari).state == SessionState.OPEN
    assert list(chains.breaks()) == [None] * (MANY + 1)


# --- Again, more, others -------------------------------------------------------------------------------------


@pytest.fixture
def again() -> Iterator[list[tuple[object, ...]]]:
    """What fifteen cases look like when they are seeded into an empty database; afterwards it is empty again."""
    with transaction.atomic():
        seeded(15)
        seen = snapshot()
        transaction.set_rollback(True)
    assert not Case.objects.exists()
    return seen


def test_the_same_seed_gives_the_same_cases(again: list[tuple[object, ...]]) -> None:
    seeded(15)
    assert snapshot() == again


def test_another_seed_gives_other_cases(again: list[tuple[object, ...]]) -> None:
    seeded(15, seed=2)
    assert snapshot() != again


def test_seeding_again_adds_nothing_and_more_adds_the_rest(again: list[tuple[object, ...]]) -> None:
    seeded(9)
    before = dict(Case.objects.values_list("submission", "reference"))
    assert seeded(9) == 0
    assert seeded(15) == 6
    after = dict(Case.objects.values_list("submission", "reference"))
    assert before.items() <= after.items()
    assert len(after) == 15


def test_seeded_cases_stand_beside_those_of_people() -> None:
    own = factories.case()
    seeded(10)
    assert Case.objects.count() == 11
    assert Case.objects.get(pk=own.pk).reference == own.reference


@pytest.mark.one_database
def test_a_hundred_cases_need_few_statements() -> None:
    seeded(1)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        seeded(101)
    assert len(queries) < 1300


# --- The command ---------------------------------------------------------------------------------------------


def test_the_command_adds_people_and_cases() -> None:
    outcome = run("seed", "--people", "--cases", "5", "--password", "a good long demo password")
    assert outcome.status == 0
    assert "5 cases added, 0 were there already" in outcome.out
    assert "a good long demo password" not in outcome.out
    again = run("seed", "--people", "--cases", "5", "--password", "a good long demo password")
    assert again.status == 0
    assert "0 cases added, 5 were there already" in again.out


def test_there_is_somebody_for_every_role_who_can_sign_in() -> None:
    run("seed", "--people", "--password", "a good long demo password")
    roles = {
        name: list(User.objects.get(username=name).groups.values_list("name", flat=True)) for name in LOGINS
    }
    assert roles == {name: [role] for name, role in LOGINS.items()}
    for name in LOGINS:
        assert authenticate(None, username=name, password="a good long demo password") is not None
    assert list(User.objects.filter(is_staff=True).values_list("username", flat=True)) == ["administrator"]
    assert not User.objects.filter(is_superuser=True).exists()


LOGINS = {
    "analyst": "analyst",
    "analyst2": "analyst",
    "reviewer": "reviewer",
    "lead": "lead",
    "auditor": "auditor",
    "suspicion": "suspicion_officer",
    "administrator": "administrator",
}


def test_passwords_that_are_made_up_are_printed_once() -> None:
    first = run("seed", "--people")
    printed = {line.split()[0]: line.split()[-1] for line in first.out.splitlines()}
    assert set(printed) == set(LOGINS)
    assert len(set(printed.values())) == len(LOGINS)
    for name, password in printed.items():
        assert authenticate(None, username=name, password=password) is not None
    assert "password" not in run("seed", "--people").out
    assert authenticate(None, username="lead", password=printed["lead"]) is not None


def test_without_people_nobody_can_sign_in() -> None:
    run("seed", "--cases", "3")
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_somebody_who_has_the_name_already_is_left_alone() -> None:
    real = factories.person("lead", first_name="Real")
    for words in (["--people"], ["--cases", "3"]):
        outcome = run("seed", *words)
        assert outcome.status == 1
        assert "lead" in outcome.err
    real.refresh_from_db()
    assert real.check_password(factories.PASSWORD)
    assert (User.objects.count(), Case.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Say what to add"),
        (["--cases", "0"], "Say what to add"),
        (["--cases", "-1"], "give a number up to"),
        (["--cases", "1000001"], "give a number up to"),
        (["--people", "--password", "short"], "too short"),
        (["--cases", "1", "--password", "a good long demo password"], "--password is that of --people"),
    ],
)
def test_bad_input_adds_nothing(words: list[str], message: str) -> None:
    outcome = run("seed", *words)
    assert outcome.status == 1
    assert message in outcome.err
    assert (User.objects.count(), Case.objects.count()) == (0, 0)


def test_a_portal_that_people_work_with_is_not_seeded_by_mistake(settings: Settings) -> None:
    settings.AML_ISSUER = "https://provider.example/auth"
    for words in (["--people"], ["--cases", "2"]):
        outcome = run("seed", *words)
        assert outcome.status == 1
        assert "--anyway" in outcome.err
    assert (User.objects.count(), Case.objects.count()) == (0, 0)
    assert run("seed", "--cases", "2", "--anyway").status == 0


# --- Parts ---------------------------------------------------------------------------------------------------


def test_a_sample_report_is_a_sound_pdf(tmp_path: Path) -> None:
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    file = tmp_path / "sample.pdf"
    file.write_bytes(sample_pdf(["AML report", r"Ærlig & <b>Sønn</b> (AS) \ 日本", ""]))
    checked = subprocess.run([qpdf, "--check", file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_same_words_make_the_same_report() -> None:
    assert sample_pdf(["a", "b"]) == sample_pdf(["a", "b"]) != sample_pdf(["a", "c"])


def test_invented_organisations_have_numbers_that_hold() -> None:
    dice = random.Random(3)
    kinds = [ORGANISATIONS(dice).identifier for _ in range(200)]
    assert {one.kind for one in kinds} == {"ORG", "DUNS"}


def test_nobody_invented_has_an_address_that_works() -> None:
    assert all(person.email.endswith(".example") for person in people.PEOPLE)


@pytest.mark.django_db
def test_asked_to_be_silent_it_tells_only_what_nobody_could_learn_later() -> None:
    given = ("--people", "--cases", "1", "--verbosity", "0")
    assert "password" in run("seed", *given).out
    assert run("seed", *given, "--password", "a long demonstration").out == ""
