"""The capture clock and what a person can do about captures."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import AmlSession, ArtefactState, AttemptOutcome, Case, SessionState, Verdict, reasons
from cases.models.reasons import UNKNOWN, sentence
from cases.presentation.capture_status import status_of
from cases.web.case_page import capture_progress
from cases.web.case_page.tab_names import Tab
from cases.web.ordering import stuck_choices
from tests import factories
from tests.findings.reading import Page
from tests.web.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def read(client: Client, session: AmlSession) -> str:
    answer = client.get(reverse("case_tab", args=[session.case.reference, Tab.OVERVIEW]))
    assert answer.status_code == 200
    return Page(answer.content.decode()).text


def decide(case: Case) -> str:
    return reverse("resolve_capture", args=[case.reference])


# --- What the clock says ---


@pytest.mark.parametrize("state", SessionState.values)
def test_every_state_of_a_capture_is_said_in_words(state: str, kari: Client) -> None:
    partly = {"json": "CAPTURED", "aml": "FAILED"} if state == SessionState.PARTIAL else None
    session = factories.session(state=state, results=partly)
    text = read(kari, session)
    assert str(status_of(session).words) in text
    if state in factories.USUAL_REASONS:
        assert sentence(factories.USUAL_REASONS[state]) in text
    assert state not in text


@pytest.mark.parametrize("state", ArtefactState.values)
def test_every_state_of_a_result_is_said_in_words(state: str, kari: Client) -> None:
    text = read(kari, factories.session(results={"json": state}))
    assert str(ArtefactState(state).label).partition(",")[0] in text
    assert state not in text


@pytest.mark.parametrize("word", [reasons.NEVER_READY, "http_503", "scope_missing"])
def test_every_reason_is_said_as_a_sentence(word: str, kari: Client) -> None:
    session = factories.session(state=SessionState.FAILED, reason=word, results={})
    factories.artefact(session, "aml", ArtefactState.FAILED, reason=word)
    text = read(kari, session)
    assert text.count(sentence(word)) >= 2


def test_a_reason_that_nobody_knows_is_said_to_be_unknown_and_its_word_is_kept_back(kari: Client) -> None:
    session = factories.session(state=SessionState.FAILED, reason="word_from_tomorrow")
    text = read(kari, session)
    assert str(UNKNOWN) in text
    assert "word_from_tomorrow" not in text


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("", "The provider has not been asked about it yet."),
        ("NOT_STARTED", "The provider has not started on it."),
        ("IN_PROGRESS", "The provider is making it."),
        ("ALMOST_THERE", "The provider says: ALMOST_THERE"),
    ],
)
def test_what_the_provider_says_of_a_result_is_told(word: str, words: str, kari: Client) -> None:
    session = factories.session(results={})
    factories.artefact(session, "json", provider_word=word)
    assert words in read(kari, session)


@pytest.mark.parametrize(
    ("minutes", "state", "words"),
    [
        (5, "", ""),
        (16, "amber", "Ready for 16 min and not fetched."),
        (61, "late", "Ready for 1 h 1 min and not"),
    ],
)
def test_a_ready_result_counts_down_and_warns_when_nobody_fetches_it(
    minutes: int, state: str, words: str, kari: Client
) -> None:
    at = timezone.now() - datetime.timedelta(minutes=minutes)
    session = factories.session(results={})
    factories.artefact(
        session, "aml", ArtefactState.READY, available_at=at, expires_at=at + datetime.timedelta(hours=2)
    )
    answer = kari.get(reverse("case_tab", args=[session.case.reference, Tab.OVERVIEW]))
    page = Page(answer.content.decode())
    assert "Gone from the provider in" in page.text
    assert any("data-expires" in attrs for _tag, attrs in page.tags)
    assert words.replace(" min", "\N{NO-BREAK SPACE}min").replace(" h", "\N{NO-BREAK SPACE}h") in "".join(
        page.pieces
    )
    assert (state in {attrs.get("class") for tag, attrs in page.tags if tag == "small"}) == bool(state)


def test_a_ready_result_whose_time_is_over_is_said_to_be_about_gone(kari: Client) -> None:
    session = factories.session(results={})
    past = timezone.now() - datetime.timedelta(seconds=1)
    factories.artefact(session, "aml", ArtefactState.READY, expires_at=past)
    assert "It should be gone from the provider by now; the portal still asks for it." in read(kari, session)


def test_a_captured_result_says_when_how_soon_how_large_and_its_whole_hash(kari: Client) -> None:
    session = factories.session(results={})
    at = timezone.now()
    artefact = factories.artefact(
        session,
        "aml",
        ArtefactState.CAPTURED,
        captured_at=at,
        available_at=at - datetime.timedelta(milliseconds=400),
    )
    text = read(kari, session)
    assert f"Captured {timezone.localtime(at):%H:%M:%S}" in text
    assert "0.4 s after it was ready" in text
    assert f"{artefact.size} bytes" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert artefact.sha256 in text


def test_what_holds_a_ready_result_up_is_said(kari: Client) -> None:
    session = factories.session(results={})
    factories.artefact(session, "aml", ArtefactState.READY, reason=reasons.STORAGE_FULL)
    assert sentence(reasons.STORAGE_FULL) in read(kari, session)


def test_what_ended_the_session_is_not_told_again_of_each_of_its_results(kari: Client) -> None:
    why = {"reason": reasons.PROVIDER_CANCELLED, "reason_text": "Out of order."}
    session = factories.session(state=SessionState.FAILED, results={}, **why)
    factories.artefact(session, "json", ArtefactState.FAILED, **why)
    factories.artefact(session, "aml", ArtefactState.FAILED, reason=reasons.NEVER_READY)
    answer = kari.get(reverse("case_tab", args=[session.case.reference, Tab.TIMELINE]))
    panel = " ".join(page(answer).get_element_by_id("capture").text_content().split())
    assert panel.count(sentence(reasons.PROVIDER_CANCELLED)) == 1
    assert panel.count("Out of order.") == 1
    assert panel.count(sentence(reasons.NEVER_READY)) == 1


def test_the_providers_own_words_are_quoted_and_escaped(kari: Client) -> None:
    session = factories.session(
        state=SessionState.FAILED, reason="bad_request", reason_text="<b>malformed</b>"
    )
    answer = kari.get(reverse("case_tab", args=[session.case.reference, Tab.OVERVIEW]))
    assert b"&lt;b&gt;malformed&lt;/b&gt;" in answer.content
    assert b"<b>malformed" not in answer.content


@pytest.mark.parametrize(
    ("state", "outcomes", "words"),
    [
        (
            SessionState.COMPLETE,
            [AttemptOutcome.ADOPTED],
            "The answer to the order was lost once; the session was found by its webhook.",
        ),
        (
            SessionState.COMPLETE,
            [AttemptOutcome.ABANDONED, AttemptOutcome.OPENED],
            "The answer to the order was lost once; it was ordered again, and a session that nobody uses",
        ),
        (
            SessionState.UNKNOWN,
            [AttemptOutcome.ABANDONED, AttemptOutcome.ABANDONED],
            "The answer to the order was lost 2 times; no session was found.",
        ),
        (SessionState.DOUBTFUL, [AttemptOutcome.SENT], "lost once; the portal is looking for the session."),
    ],
)
def test_doubts_about_the_order_are_counted_and_their_outcome_told(
    state: str, outcomes: list[str], words: str, kari: Client
) -> None:
    lost = sum(outcome != AttemptOutcome.OPENED for outcome in outcomes)
    session = factories.session(state=state, lost_answers=lost)
    for outcome in outcomes:
        factories.attempt(session, outcome)
    assert words in read(kari, session)


def test_a_capture_without_doubts_says_nothing_of_them(kari: Client) -> None:
    assert "The answer to the order" not in read(kari, factories.session())


def test_without_scripts_a_running_capture_has_a_link_to_refresh(kari: Client) -> None:
    running, ended = factories.session(), factories.session(state=SessionState.COMPLETE)
    assert "Refresh" in read(kari, running)
    assert "Refresh" not in read(kari, ended)


def test_a_page_looks_for_changes_only_while_the_capture_runs(kari: Client) -> None:
    for state in SessionState.values:
        session = factories.session(state=state)
        answer = kari.get(reverse("case_tab", args=[session.case.reference, Tab.OVERVIEW]))
        assert (b"hx-get" in answer.content) == session.is_active


@pytest.mark.parametrize(("minutes", "seconds"), [(0, 1), (2, 2), (10, 5), (200, 15)])
def test_a_page_looks_often_at_first_and_then_seldom(minutes: int, seconds: int) -> None:
    now = timezone.now()
    session = AmlSession(requested_at=now - datetime.timedelta(minutes=minutes))
    assert capture_progress.pace(session, now) == seconds


# --- Deciding ---


@pytest.mark.parametrize(
    ("state", "given", "offered"),
    [
        (SessionState.UNKNOWN, {}, ["order-again", "close"]),
        (SessionState.QUARANTINED, {"provider_id": "s-1"}, ["resume", "close"]),
        (SessionState.QUARANTINED, {}, ["resume-order", "close"]),
    ],
)
def test_a_stuck_capture_offers_its_choices_with_what_each_costs(
    state: str, given: dict[str, str], offered: list[str], kari: Client
) -> None:
    session = factories.session(state=state, **given)
    answer = kari.get(decide(session.case))
    page = Page(answer.content.decode())
    values = [attrs["value"] for _tag, attrs in page.tags if attrs.get("name") == "choice"]
    assert values == offered
    for word in offered:
        assert str(stuck_choices.CHOICES[word].costs) in page.text
    session.refresh_from_db()
    assert session.state == state


@pytest.mark.parametrize(
    ("state", "given", "choice", "now"),
    [
        (SessionState.UNKNOWN, {}, "order-again", SessionState.REQUESTED),
        (SessionState.UNKNOWN, {}, "close", SessionState.FAILED),
        (SessionState.QUARANTINED, {"provider_id": "s-1"}, "resume", SessionState.OPEN),
        (SessionState.QUARANTINED, {}, "resume-order", SessionState.REQUESTED),
        (SessionState.QUARANTINED, {}, "close", SessionState.FAILED),
    ],
)
def test_the_choice_that_is_sent_is_done(
    state: str, given: dict[str, str], choice: str, now: str, kari: Client
) -> None:
    session = factories.session(state=state, **given)
    sent = {"capture": 1, "choice": choice, "again_reason": "They have no session"}
    answer = kari.post(decide(session.case), sent, follow=True)
    session.refresh_from_db()
    assert session.state == now
    assert str(stuck_choices.CHOICES[choice].done) in answer.content.decode()


def test_an_order_is_sent_again_only_with_a_reason_which_is_kept(kari: Client) -> None:
    session = factories.session(state=SessionState.UNKNOWN)
    sent = {"capture": 1, "choice": "order-again"}
    for reason in ("", "   "):
        refused = kari.post(decide(session.case), {**sent, "again_reason": reason}, follow=True)
        assert "This field is required" in refused.content.decode()
    session.refresh_from_db()
    assert session.state == SessionState.UNKNOWN
    kari.post(decide(session.case), {**sent, "again_reason": "They <b>have no session"})
    timeline = kari.get(reverse("case_tab", args=[session.case.reference, Tab.TIMELINE])).content.decode()
    assert "Why another order: They &lt;b&gt;have no session" in timeline


@pytest.mark.parametrize(
    "sent",
    [
        {"capture": 1, "choice": "resume"},
        {"capture": 2, "choice": "close"},
        {"capture": 1, "choice": "delete"},
        {"capture": 1},
        {},
    ],
)
def test_a_choice_that_does_not_fit_any_more_does_nothing_and_says_so(
    sent: dict[str, object], kari: Client
) -> None:
    session = factories.session(state=SessionState.UNKNOWN)
    answer = kari.post(decide(session.case), sent, follow=True)
    assert "nothing was done" in answer.content.decode()
    session.refresh_from_db()
    assert session.state == SessionState.UNKNOWN


def test_what_somebody_else_resolved_already_is_left_as_it_is(kari: Client) -> None:
    """Whatever is sent from a page that is older: a choice without the reason that it needs, too."""
    for state in (SessionState.OPEN, SessionState.FAILED, SessionState.COMPLETE):
        session = factories.session(state=state)
        for choice in stuck_choices.CHOICES:
            for reason in ("", "They have no session"):
                sent = {"capture": 1, "choice": choice, "again_reason": reason}
                answer = kari.post(decide(session.case), sent, follow=True)
                assert "nothing was done" in answer.content.decode(), (state, choice, reason)
        session.refresh_from_db()
        assert session.state == state


def test_where_nothing_is_to_be_decided_the_way_leads_back_to_the_case(kari: Client) -> None:
    session = factories.session(state=SessionState.OPEN)
    answer = kari.get(decide(session.case))
    assert answer["Location"] == reverse("case_tab", args=[session.case.reference, Tab.OVERVIEW])
    assert kari.get(decide(factories.case())).status_code == 404


# --- What must not be used ---

CAPTURED = ArtefactState.CAPTURED


@pytest.mark.parametrize(
    ("kind", "fields", "checked_as", "sentence"),
    [
        ("json", {"about_us": False}, "", "About another organisation"),
        ("json", {"unreadable": "invalid_json"}, "", "Captured, not readable"),
        ("aml", {"unreadable": "invalid_pdf"}, "", "Captured, not readable"),
        ("aml", {}, Verdict.NOT_A_PDF, "Captured, not readable"),
        ("aml", {}, Verdict.ALTERED, "Altered document"),
    ],
)
@pytest.mark.parametrize("state", [SessionState.COMPLETE, SessionState.PARTIAL])
def test_a_capture_that_must_not_be_used_is_red_wherever_it_is_shown(
    kind: str, fields: dict[str, Any], checked_as: str, *, sentence: str, state: str, kari: Client
) -> None:
    session = factories.session(state=state, results={})
    made = factories.artefact(session, kind, CAPTURED, **fields)
    if checked_as:
        factories.signature_check(made, checked_as)
    for tab in (Tab.OVERVIEW, Tab.DOCUMENTS):
        shown = page(kari.get(reverse("case_tab", args=[session.case.reference, tab])))
        (tag,) = shown.xpath("//*[@id='capture-head']//*[contains(@class, 'ds-tag')]")
        assert (tag.get("data-color"), tag.text_content().strip()) == ("danger", sentence)
        (step,) = shown.xpath(f"//li[@id='capture-{kind}']")
        assert "unusable" in step.get("class")
        assert "circle-check" not in str(step.xpath(".//use/@href"))
        assert shown.xpath("//*[@id='capture-summary']//*[@class='late']")
    (row,) = shown.xpath(f"//*[@id='document-1-{kind}']")
    assert "file-warning" in str(row.xpath("./*[name()='svg']//@href"))


def test_a_capture_whose_documents_are_as_they_should_be_is_complete(kari: Client) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    shown = page(kari.get(reverse("case_tab", args=[session.case.reference, Tab.OVERVIEW])))
    (tag,) = shown.xpath("//*[@id='capture-head']//*[contains(@class, 'ds-tag')]")
    assert (tag.get("data-color"), tag.text_content().strip()) == ("success", "Complete")
    assert not shown.xpath("//*[contains(@class, 'unusable')]")


@pytest.mark.parametrize(
    ("state", "moves"),
    [("ASKED", 1), ("READY", 1), ("CAPTURED", 0), ("FAILED", 0), ("EXPIRED", 0)],
)
def test_a_result_moves_only_while_it_is_waited_for(state: str, moves: int, kari: Client) -> None:
    session = factories.session(state=SessionState.OPEN, results={"aml": state})
    page = kari.get(reverse("case", args=[session.case.reference])).content.decode()
    assert page.count('class="track"') == moves
