"""`open_case`: what it orders, what it prints where, and the status it ends with."""

import json
from typing import Any

import pytest
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.evidence import evidence_files
from cases.management.commands import open_case as command
from cases.models import AmlSession, Case, CreateAttempt, SessionState, reasons
from cases.provider.contract import Contract
from cases.workflows import heartbeat
from tests import chains, factories
from tests.management.commands import Outcome, run

GOOD = "317835337"
PROVIDER_TEST_NUMBER = "123456789"  # fails modulus 11


AGAIN = ("--reason", "Tests order as they please")


def order(*words: str, number: str = GOOD, country: str = "no") -> Outcome:
    return run("open_case", "--country", country, "--identifier", number, *words)


def printed_json(outcome: Outcome) -> dict[str, Any]:
    """What it printed on stdout, which is JSON and nothing else."""
    return dict(json.loads(outcome.out))


# --- With a provider and somebody at the queue ---------------------------------------------------------------


def test_it_waits_until_everything_is_captured(worker: None) -> None:
    outcome = order("--wait", "30", "--json")
    assert outcome.status == 0
    answer = printed_json(outcome)
    case = Case.objects.get()
    assert set(answer) == {"reference", "session", "artefacts"}
    assert answer["reference"] == case.reference
    assert answer["session"] == {"state": "complete", "provider_id": case.sessions.get().provider_id}
    assert [one["kind"] for one in answer["artefacts"]] == ["json", "aml", "certificate_of_registration"]
    for one in answer["artefacts"]:
        assert set(one) == {"kind", "state", "sha256", "size", "seconds_to_capture"}
        assert one["state"] == "captured"
        data = evidence_files.read(evidence_files.name_for(one["sha256"], one["kind"]))
        assert len(data) == one["size"] > 0
        assert 0 <= one["seconds_to_capture"] < 30
    assert list(chains.breaks()) == [None]


def test_what_a_person_reads_says_the_same(worker: None) -> None:
    outcome = order("--wait", "30")
    assert outcome.status == 0
    assert f"{Case.objects.get().reference}  NO 317 835 337: Complete" in outcome.out
    assert outcome.out.count("Captured") == 3


def test_a_failed_order_says_why_and_ends_with_1(worker: None, sandbox: RunningSandbox) -> None:
    outcome = order("--wait", "30", "--json", number="899000001")
    assert outcome.status == 1
    answer = printed_json(outcome)
    assert answer["session"] == {"state": "failed", "provider_id": None}
    assert {one["state"] for one in answer["artefacts"]} == {"failed"}
    assert {one["sha256"] for one in answer["artefacts"]} == {None}


def test_a_number_whose_check_digit_is_wrong_is_a_warning_and_is_ordered(worker: None) -> None:
    outcome = order("--wait", "30", "--json", number=PROVIDER_TEST_NUMBER)
    assert outcome.status == 0
    assert "check digit" in outcome.err
    assert printed_json(outcome)["session"]["state"] == "complete"


@pytest.mark.parametrize(("words", "number"), [(["--duns"], "51-234-5678"), ([], "DUNS 51-234-5678")])
def test_a_duns_number_is_ordered_as_one(worker: None, words: list[str], number: str) -> None:
    outcome = order(*words, "--wait", "30", "--json", number=number)
    assert outcome.status == 0
    assert Case.objects.get().organisation.kind == "DUNS"


# --- Nobody at the queue -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_a_wait_it_is_not_yet(sandbox: RunningSandbox) -> None:
    heartbeat.beat_of_this_cluster()
    outcome = order("--json")
    assert outcome.status == 2
    answer = printed_json(outcome)
    assert answer["session"] == {"state": "requested", "provider_id": None}
    assert answer["artefacts"][0] == {
        "kind": "json",
        "state": "asked",
        "sha256": None,
        "size": None,
        "seconds_to_capture": None,
    }
    assert sandbox.stats()["sessions"] == 0
    assert "nothing works on the queue" not in outcome.err


@pytest.mark.django_db
def test_it_says_when_nobody_works_on_the_queue() -> None:
    outcome = order("--json", "--wait", "0.2")
    assert outcome.status == 2
    assert "nothing works on the queue" in outcome.err
    assert printed_json(outcome)["session"]["state"] == "requested"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "status"),
    [
        (SessionState.REQUESTED, 2),
        (SessionState.CREATING, 2),
        (SessionState.DOUBTFUL, 2),
        (SessionState.OPEN, 2),
        (SessionState.COMPLETE, 0),
        (SessionState.PARTIAL, 1),
        (SessionState.FAILED, 1),
        (SessionState.UNKNOWN, 1),
        (SessionState.QUARANTINED, 1),
    ],
)
def test_every_state_has_its_status_and_its_word(
    state: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = factories.session(state=state)
    monkeypatch.setattr(command, "open_case", lambda new, actor: session.case)
    outcome = order("--json")
    assert outcome.status == status
    assert printed_json(outcome)["session"]["state"] == state.lower()
    assert state.lower() in command.EPILOG
    for one in printed_json(outcome)["artefacts"]:
        assert one["state"] in command.EPILOG
    readable = order()
    assert readable.status == status
    if session.reason:
        assert reasons.sentence(session.reason) in readable.out


@pytest.mark.django_db
def test_ctrl_c_ends_the_wait_and_leaves_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command.time, "sleep", interrupted)
    outcome = order("--wait", "60", "--json")
    assert outcome.status == 2
    assert "The case goes on" in outcome.err
    session = AmlSession.objects.get()
    assert printed_json(outcome)["reference"] == session.case.reference
    assert session.is_active


@pytest.mark.django_db
def test_a_case_from_the_shell_is_in_the_trail_as_the_portals_own() -> None:
    order("--purpose", "Asked for by the bank's own systems")
    case = Case.objects.get()
    assert (case.opened_by, case.purpose) == (None, "Asked for by the bank's own systems")
    assert [event.verb for event in case.audit_chain.events.all()] == ["CASE_CREATED", "SESSION_REQUESTED"]
    assert CreateAttempt.objects.count() == 0


# --- What is asked for ---------------------------------------------------------------------------------------

CONTRACT = Contract()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ([], ["json", "aml", "certificate_of_registration"]),
        (["--reports", "aml,certificate_of_registration"], ["json", "aml", "certificate_of_registration"]),
        (["--reports", "aml"], ["json", "aml"]),
        (["--reports", " certificate_of_registration , "], ["json", "certificate_of_registration"]),
        (["--reports", ""], ["json"]),
        (["--reports", "", "--expands", "roles,sanction"], ["json"]),
        (["--reports", "", "--expands", "links.reports.aml"], ["json", "aml"]),
    ],
)
def test_only_the_reports_that_were_named_are_ordered(words: list[str], kinds: list[str]) -> None:
    """An element that implies a report is left out with it, unless it is named itself."""
    order(*words)
    assert list(AmlSession.objects.get().artefacts.values_list("kind", flat=True)) == kinds


@pytest.mark.django_db
def test_all_elements_are_ordered_by_default_and_else_those_named() -> None:
    order()
    order("--expands", "sanction,roles,sanction", *AGAIN)
    by_default, named = AmlSession.objects.order_by("pk").values_list("expands", flat=True)
    assert by_default == list(CONTRACT.expands)
    assert named == ["sanction", "roles"]


@pytest.mark.django_db
def test_the_language_is_the_one_named_else_that_of_the_settings(settings: Settings) -> None:
    settings.AML_LANGUAGE = "nb"
    order()
    order("--language", "NN", "--expands", "roles", *AGAIN)
    assert list(AmlSession.objects.order_by("pk").values_list("language", flat=True)) == ["nb", "nn"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--country", "no", "--identifier", "12345"], "has 9 digits; this has 5"),
        (["--country", "no", "--identifier", "31783533x"], "9 digits and nothing else"),
        (["--country", "no", "--identifier", ""], "has 9 digits"),
        (["--country", "is", "--identifier", GOOD], "must be Norway, Sweden, Finland or Denmark"),
        (
            ["--country", "no", "--identifier", GOOD, "--reports", "annual"],
            "--reports: annual is not among aml",
        ),
        (["--country", "no", "--identifier", GOOD, "--expands", "names"], "--expands: names is not among"),
        (["--country", "no", "--identifier", GOOD, "--language", "sv"], "'sv' is not among no, nb, nn, en"),
        (["--country", "no", "--identifier", GOOD, "--wait", "soon"], "give a number of seconds"),
        (["--country", "no", "--identifier", GOOD, "--wait", "-1"], "give a number of seconds"),
        (["--country", "no", "--identifier", GOOD, "--wait", "nan"], "give a number of seconds"),
        (["--country", "no"], "--identifier"),
        (["--identifier", GOOD], "--country"),
    ],
)
def test_bad_input_ends_with_1_and_a_clear_message_and_opens_nothing(words: list[str], message: str) -> None:
    """Not with 2, which a misused command usually ends with: 2 means 'not yet'."""
    outcome = run("open_case", *words)
    assert outcome.status == 1
    assert message in outcome.err
    assert outcome.out == ""
    assert Case.objects.count() == 0


@pytest.mark.django_db
def test_a_number_that_is_refused_is_not_repeated() -> None:
    """It may be somebody's birth number."""
    outcome = order(number="01019012345")
    assert outcome.status == 1
    assert "01019012345" not in outcome.err


@pytest.mark.django_db
def test_a_firm_that_was_captured_lately_is_ordered_again_with_a_reason_only() -> None:
    earlier = factories.session(factories.case(factories.organisation(GOOD)), SessionState.COMPLETE).case
    refused = order()
    assert refused.status == 1
    assert f"captured lately, in {earlier.reference}" in refused.err
    assert "--reason" in refused.err
    assert order("--reason", "  ").status == 1
    assert Case.objects.count() == 1
    assert order("--reason", "New owner").status == 2
    assert Case.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("second", [GOOD, "NO 317 835 337 MVA"])
def test_the_same_order_given_twice_in_a_row_is_one_order(second: str) -> None:
    assert order().status == 2
    refused = order(number=second)
    assert refused.status == 1
    assert f"under way, in {Case.objects.get().reference}" in refused.err
    assert AmlSession.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["000000000", "99 99 99 999"])
def test_a_number_that_stands_for_none_is_refused(number: str) -> None:
    refused = order(number=number)
    assert refused.status == 1
    assert "filled in where none is known" in refused.err
    assert not Case.objects.exists()
