"""Provider and queue: what is counted, who sees names, and what can be done from there."""

import datetime
import json
import time

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import (
    Artefact,
    ArtefactState,
    AttemptOutcome,
    Heartbeat,
    RefusedDeliveries,
    SessionState,
    reasons,
)
from cases.provider.client import KeptToken
from cases.queue import Job, enqueue
from cases.web.operations.provider_overview import percentile
from cases.workflows import provider
from tests import factories
from tests.web.pages import listed, page, words

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(factories.lead())
    return client


def facts(answer: HttpResponse) -> dict[str, str]:
    """Every term of the page with what is said of it."""
    return {
        words(term): words(term.getnext())
        for term in page(answer).xpath("//dt")
        if term.getnext() is not None
    }


def overview(client: Client) -> dict[str, str]:
    return facts(client.get("/provider/"))


def captured_after(minutes: float) -> None:
    at = timezone.now()
    session = factories.session(state=SessionState.COMPLETE, results={})
    factories.artefact(
        session, "aml", "CAPTURED", available_at=at - datetime.timedelta(minutes=minutes), captured_at=at
    )


# --- What is counted ---


def test_sessions_are_counted_by_state(lead: Client) -> None:
    for state in (SessionState.OPEN, SessionState.OPEN, SessionState.DOUBTFUL, SessionState.QUARANTINED):
        factories.session(state=state)
    factories.session(state=SessionState.COMPLETE)
    shown = overview(lead)
    assert shown["Results awaited"] == "2"
    assert shown["Answer lost, looking for it"] == "1"
    assert shown["Stopped"] == "1"
    assert shown["Complete"] == "1"
    assert shown["Failed"] == "0"


def test_what_ended_more_than_a_day_ago_is_not_counted(lead: Client) -> None:
    factories.session(state=SessionState.COMPLETE, ended_at=timezone.now() - 25 * HOUR)
    assert overview(lead)["Complete"] == "0"


def test_the_oldest_that_waits_is_named(lead: Client) -> None:
    factories.session(requested_at=timezone.now() - HOUR)
    old = factories.session(requested_at=timezone.now() - 2 * HOUR)
    shown = overview(lead)["Oldest awaited"]
    assert shown.startswith("2 h 0 min")
    assert old.case.reference in shown


def test_median_and_ninety_fifth_percentile_are_of_the_captures(lead: Client) -> None:
    for minutes in (1, 2, 3, 4, 20):
        captured_after(minutes)
    shown = overview(lead)
    assert (shown["Median"], shown["95 of 100 within"]) == ("3 min", "20 min")


def test_before_the_first_capture_there_is_no_number(lead: Client) -> None:
    answer = lead.get("/provider/")
    assert "No captures yet" in words(answer)
    assert "Median" not in facts(answer)


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([], 50, None),
        ([4.0], 50, 4.0),
        ([4.0], 95, 4.0),
        ([1.0, 2.0], 50, 1.0),
        (list(range(1, 101)), 95, 95),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(
    values: list[float], percent: int, expected: float | None
) -> None:
    assert percentile(values, percent) == expected


def test_doubts_and_how_they_ended_are_counted(lead: Client) -> None:
    factories.attempt(factories.session(lost_answers=2), AttemptOutcome.ADOPTED)
    factories.attempt(factories.session(state=SessionState.UNKNOWN, lost_answers=1), AttemptOutcome.ABANDONED)
    shown = overview(lead)
    assert shown["Answers lost"] == "3"
    assert shown["Answer lost, session found by its webhook"] == "1"
    assert shown["Answer lost, no session found"] == "1"


def test_webhooks_of_the_last_day_are_counted_by_what_became_of_them(lead: Client) -> None:
    attempt = factories.attempt(factories.session())
    for verdict in ("RANG", "RANG", "REJECTED"):
        factories.delivery(attempt, verdict)
    factories.delivery(attempt, "RANG", received_at=timezone.now() - 25 * HOUR)
    for hours, count in ((0, 7), (30, 99)):
        RefusedDeliveries.objects.create(hour=timezone.now() - hours * HOUR, count=count)
    shown = overview(lead)
    assert shown["Made the portal look"] == "2"
    assert shown["Names a session that is not ours"] == "1"
    assert shown["Refused unread"] == "7"


def test_the_queues_depth_and_what_is_due_are_shown(lead: Client) -> None:
    enqueue(Job.ADVANCE, 0)
    factories.session(state=SessionState.OPEN, next_step_at=timezone.now() - HOUR / 60)
    shown = overview(lead)
    assert (shown["Jobs in the queue"], shown["Sessions due for a step"]) == ("1", "1")


def test_silence_of_workers_and_dispatcher_is_told_apart(lead: Client) -> None:
    Heartbeat.objects.create(name="cluster a", beat_at=timezone.now())
    Heartbeat.objects.create(name="dispatcher", beat_at=timezone.now() - HOUR)
    shown = overview(lead)
    assert shown["Workers"].startswith("working")
    assert shown["Dispatcher"].startswith("silent")


def test_a_pause_that_the_provider_asked_for_is_shown_until_when(
    lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = provider.client()
    monkeypatch.setattr(type(client), "paused_until", lambda _self: time.time() + 60)
    assert overview(lead)["Provider’s rate limit"].startswith("pausing until")


@pytest.mark.parametrize(
    ("seconds", "says"), [(250, "valid until"), (-5, "run out renewed at the next call"), (None, "none yet")]
)
def test_the_token_is_told_from_what_is_kept(
    lead: Client, monkeypatch: pytest.MonkeyPatch, seconds: int | None, says: str
) -> None:
    expires_at = timezone.now() + datetime.timedelta(seconds=seconds or 0)
    kept = KeptToken(("aml_organization/basic",), ("aml_organization/OFAC",), expires_at)
    client = provider.client()
    monkeypatch.setattr(type(client), "kept_token", lambda _self: None if seconds is None else kept)
    assert overview(lead)["Access token"].startswith(says)
    assert ("aml_organization/OFAC" in words(lead.get("/provider/"))) == (seconds is not None)


def test_captures_at_risk_are_listed_the_most_urgent_first(lead: Client) -> None:
    for minutes in (25, 5, 90):
        session = factories.session(factories.case(name=f"In {minutes} AS"), results={})
        expires_at = timezone.now() + datetime.timedelta(minutes=minutes)
        factories.artefact(session, "aml", ArtefactState.READY, expires_at=expires_at)
    answer = lead.get("/provider/")
    assert facts(answer)["Cases with results about to expire or past their time"] == "2"
    assert [row[0].split(" AS")[0] for row in listed(answer)] == ["In 5", "In 25"]


def test_what_should_have_expired_is_said_in_words_now_and_when_the_countdown_ends(lead: Client) -> None:
    for seconds in (-90, 90):
        expires_at = timezone.now() + datetime.timedelta(seconds=seconds)
        factories.artefact(factories.session(results={}), "aml", ArtefactState.READY, expires_at=expires_at)
    answer = lead.get("/provider/")
    assert [row[2].startswith("1 min") for row in listed(answer)] == [False, True]
    assert listed(answer)[0][2] == "should have expired"
    gone = page(answer).xpath("//time[@data-expires]/@data-gone")
    assert gone == ["should have expired"] * 2


def test_what_was_ready_for_a_quarter_of_an_hour_without_being_fetched_is_counted(lead: Client) -> None:
    session = factories.session(results={})
    factories.artefact(session, "aml", ArtefactState.READY, available_at=timezone.now() - HOUR / 3)
    factories.artefact(session, "json", ArtefactState.READY, available_at=timezone.now())
    assert overview(lead)["Ready for over 15 min, not ours yet"] == "1"


# --- What went wrong ---


@pytest.mark.parametrize(
    ("state", "sentence", "button", "path"),
    [
        (SessionState.FAILED, "Failed", "Order new capture (a new search is charged)", "order/"),
        (SessionState.PARTIAL, "Lost before capture", "Look again, at no cost", "overview/#capture"),
        (SessionState.UNKNOWN, "Order not confirmed", "Resolve", "resolve/"),
        (SessionState.QUARANTINED, "Stopped", "Resolve", "resolve/"),
    ],
)
def test_a_failure_says_why_and_leads_to_what_can_be_done(
    lead: Client, state: str, sentence: str, button: str, path: str
) -> None:
    session = factories.session(state=state)
    answer = lead.get("/provider/")
    row = listed(answer)[0]
    assert row[1] == sentence
    assert row[2]
    link = page(answer).xpath("//table//a[contains(@class, 'ds-button')]")[0]
    assert words(link).startswith(button)
    assert link.get("href") == f"/cases/{session.case.reference}/{path}"
    assert lead.get(link.get("href").partition("#")[0]).status_code == 200


def test_a_part_that_is_missing_is_named_with_its_reason(lead: Client) -> None:
    factories.session(state=SessionState.PARTIAL)
    why = listed(lead.get("/provider/"))[0][2]
    assert "AML report: The provider reported that making it failed." in why


def test_the_providers_own_words_are_shown_as_text(lead: Client) -> None:
    factories.session(state=SessionState.FAILED, reason_text="<b>no</b>")
    assert "The provider says: <b>no</b>" in listed(lead.get("/provider/"))[0][2]


def test_a_failure_that_was_asked_for_anew_is_no_longer_listed(lead: Client) -> None:
    failed = factories.session(state=SessionState.FAILED)
    factories.session(failed.case, SessionState.OPEN)
    answer = lead.get("/provider/")
    assert listed(answer) == []
    assert "Nothing failed, and nothing waits for a person" in words(answer)
    assert "Of every ended order all has come" in words(answer)


@pytest.mark.parametrize("reason", reasons.CONFIGURATION)
def test_a_fault_of_the_settings_raises_the_alarm(lead: Client, reason: str) -> None:
    factories.session(state=SessionState.OPEN, reason=reason)
    factories.session(state=SessionState.FAILED, reason=reason)
    alarm = words(page(lead.get("/provider/")).xpath("//*[@role='alert']")[0])
    assert reasons.sentence(reason) in alarm
    assert "2 sessions in the last 24 hours" in alarm
    assert "manage.py doctor" in alarm


@pytest.mark.parametrize("fields", [{"reason": "http_503"}, {"ended_at": timezone.now() - 25 * HOUR}])
def test_other_faults_and_old_ones_raise_no_alarm(lead: Client, fields: dict[str, object]) -> None:
    factories.session(state=SessionState.FAILED, **{"reason": "token_refused", **fields})
    assert not page(lead.get("/provider/")).xpath("//*[@role='alert']")


@pytest.mark.parametrize("state", [SessionState.FAILED, SessionState.UNKNOWN])
def test_an_old_fault_of_the_settings_is_no_alarm_once_something_was_captured(
    lead: Client, state: str
) -> None:
    earlier = timezone.now() - HOUR
    ended = {"ended_at": earlier} if state == SessionState.FAILED else {}
    factories.session(state=state, reason="token_refused", requested_at=earlier, **ended)
    assert page(lead.get("/provider/")).xpath("//*[@role='alert']")
    captured_after(1)
    assert not page(lead.get("/provider/")).xpath("//*[@role='alert']")
    factories.session(state=SessionState.FAILED, reason="token_refused")
    assert "1 session in" in words(page(lead.get("/provider/")).xpath("//*[@role='alert']")[0])


def test_a_fault_of_the_settings_that_still_stands_is_an_alarm_whatever_was_captured(lead: Client) -> None:
    factories.session(reason="scope_missing", requested_at=timezone.now() - HOUR)
    captured_after(1)
    assert page(lead.get("/provider/")).xpath("//*[@role='alert']")


def test_a_scope_that_was_not_granted_is_named(lead: Client) -> None:
    factories.session(state=SessionState.OPEN, granted_scopes=["aml_organization/basic"])
    assert "Missing: aml_organization/OFAC" in words(lead.get("/provider/"))


# --- Who sees what ---


def test_who_has_no_case_role_sees_counts_and_no_case(client: Client) -> None:
    for state in SessionState.values:
        factories.session(factories.case(name="Nordlys AS"), state)
    at_risk = Artefact.objects.filter(session__state=SessionState.OPEN, kind="aml")
    at_risk.update(state="READY", available_at=timezone.now(), expires_at=timezone.now() + HOUR / 10)
    for artefact in at_risk.model.objects.filter(state="READY"):
        factories.keep_columns(artefact.session.case)
    client.force_login(factories.admin())
    for answer in (client.get("/provider/"), client.get("/provider/figures/")):
        assert facts(answer)["Results awaited"] == "1"
        assert facts(answer)["Cases with results about to expire or past their time"] == "1"
        assert "C-20" not in answer.content.decode()
        assert "FJELLHEIM" not in answer.content.decode()
        assert "Nordlys" not in answer.content.decode()
    shown = words(client.get("/provider/"))
    assert "Waiting for a person3" in shown
    assert "Partly captured1" in shown


def test_an_auditor_sees_failures_and_no_buttons(client: Client) -> None:
    session = factories.session(state=SessionState.UNKNOWN)
    client.force_login(factories.auditor())
    answer = client.get("/provider/")
    assert session.case.reference in listed(answer)[0][0]
    assert not page(answer).xpath("//table//a[contains(@class, 'ds-button')]")


def test_the_page_asks_nobody_outside(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def send(*_: object, **__: object) -> None:
        raise AssertionError("the provider was asked within a request")

    monkeypatch.setattr("requests.Session.send", send)
    factories.session(state=SessionState.OPEN)
    assert lead.get("/provider/").status_code == 200


def test_the_page_costs_the_same_however_much_went_wrong(lead: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            lead.get("/provider/")
        return len(queries)

    def all_states() -> None:
        for state in SessionState.values:
            factories.session(state=state)
        session = factories.session(results={})
        factories.artefact(session, "aml", ArtefactState.READY, expires_at=timezone.now() + HOUR / 10)

    all_states()
    cost()  # keeps when the sign-in began
    few = cost()
    for _ in range(3):
        all_states()
    assert cost() == few
    assert few <= 35


def test_the_figures_refresh_alone_and_more_often_while_something_is_under_way(lead: Client) -> None:
    def pace() -> str:
        block = page(lead.get("/provider/figures/"))
        assert not block.xpath("//table | //form | //button")
        trigger: str = block.get("hx-trigger") or block.xpath("//*[@id='figures']")[0].get("hx-trigger")
        return trigger

    assert pace() == "every 30s"
    factories.session(state=SessionState.OPEN)
    assert pace() == "every 5s"


def test_nothing_on_the_page_is_a_secret(lead: Client) -> None:
    attempt = factories.attempt(factories.session())
    shown = lead.get("/provider/").content.decode() + json.dumps(dict(lead.get("/provider/").headers))
    assert attempt.token not in shown
    assert "sandbox-secret" not in shown


def test_what_the_provider_sends_without_a_place_is_counted_by_path(lead: Client) -> None:
    assert "we have no place for" not in lead.get("/provider/").content.decode()
    for number, extra in enumerate(({"newField": 1}, {"newField": "Olav", "<b>odd\u202e</b>": 2})):
        session = factories.session(factories.case(), SessionState.COMPLETE, {})
        at = timezone.now() - datetime.timedelta(days=2 - number)
        factories.artefact(
            session, "json", "CAPTURED", data=json.dumps({"keyInformation": extra}).encode(), captured_at=at
        )
    answer = lead.get("/provider/")
    shown = words(page(answer).get_element_by_id("without-place"))
    assert shown == "The provider sends 2 things we have no place for"
    rows = [words(row) for row in page(answer).xpath("//section[@aria-labelledby='without-place']//tbody/tr")]
    assert [row.split()[0] for row in rows] == ["keyInformation.<b>odd\\u202e</b>", "keyInformation.newField"]
    assert " Field 2 " in rows[1]
    assert "Olav" not in answer.content.decode()


def test_the_provider_s_own_pages_are_linked(lead: Client) -> None:
    contract = provider.contract()
    links = page(lead.get("/provider/")).xpath("//section[@aria-labelledby='pages']//a")
    assert [link.get("href") for link in links] == [
        contract.guide_page,
        contract.reference_page,
        contract.changelog_page,
    ]
    assert all("noopener" in link.get("rel") for link in links)
    with pytest.raises(ValueError, match="web address"):
        contract.overridden({"guide_page": "javascript:alert(1)"})
