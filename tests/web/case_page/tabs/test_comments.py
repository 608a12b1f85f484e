"""Comments in the timeline: kept once, shown as they were written, and part of the audit trail."""

import json
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases.models import AuditEvent, Case, Note, SessionState, Verb
from cases.web.case_page.tab_names import Tab
from cases.web.case_page.timeline.timeline_events import A_PAGE
from cases.workflows.audit import erasing, trail
from cases.workflows.casework import comments as notes
from tests import chains, factories
from tests.findings.reading import Page
from tests.web.case_page.test_case_page_live import OpenPage, parts
from tests.web.pages import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def send(client: Client, case: Case, text: str, submission: object = None, **more: str) -> HttpResponse:
    data = {"text": text, "submission": str(submission or uuid.uuid4()), **more}
    return client.post(reverse("comment", args=[case.reference]), data)


def refused(client: Client, answer: HttpResponse) -> HttpResponse:
    """The page that a comment which cannot be kept leads to."""
    assert answer.status_code == 302
    assert answer.url.endswith("#comment")
    return client.get(answer.url)


def timeline(client: Client, case: Case, **query: object) -> HttpResponse:
    return client.get(reverse("case_tab", args=[case.reference, Tab.TIMELINE]), query)


def comments(case: Case) -> list[str]:
    events = AuditEvent.objects.of_case(case).with_verbs(Verb.COMMENTED).select_related("detail")
    return [json.loads(event.detail.body)["text"] for event in events.order_by("sequence")]


def comment_texts(answer: HttpResponse) -> list[str]:
    """The comments of a page, as they are written in it."""
    return [quote.text_content() for quote in page(answer).xpath("//blockquote[@class='said']")]


@pytest.mark.parametrize("who", [factories.kari, factories.ola, factories.lead])
def test_who_works_on_cases_comments_and_is_led_to_the_comment(who: object, client: Client) -> None:
    case = factories.case()
    client.force_login(who())
    answer = send(client, case, "Called the chair.")
    event = AuditEvent.objects.of_case(case).with_verbs(Verb.COMMENTED).get()
    assert answer.url == f"/cases/{case.reference}/timeline/#event-{event.sequence}"
    shown = timeline(client, case)
    assert f"{who().name} commented Called the chair." in Page(shown.content.decode()).text
    assert page(shown).xpath(f"//li[@id='event-{event.sequence}']")


def test_the_auditor_reads_comments_and_writes_none(client: Client) -> None:
    case = factories.note().event.chain.case
    client.force_login(factories.auditor())
    answer = timeline(client, case)
    assert comment_texts(answer) == ["Called the chair."]
    assert not page(answer).xpath("//textarea")
    assert send(client, case, "I was here.").status_code == 403
    assert comments(case) == ["Called the chair."]


def test_to_whom_the_case_is_none_of_their_business_nothing_is_said(client: Client) -> None:
    case = factories.note().event.chain.case
    client.force_login(factories.stranger())
    assert timeline(client, case).status_code == 404
    assert send(client, case, "Hello").status_code == 403


def test_the_same_form_sent_twice_makes_one_comment(kari: Client) -> None:
    case, submission = factories.case(), uuid.uuid4()
    first = send(kari, case, "Once.", submission)
    again = send(kari, case, "Once, or twice.", submission)
    assert first.url == again.url
    assert comments(case) == ["Once."]
    assert Note.objects.count() == 1


def test_one_form_s_number_does_not_stop_another_person_or_another_case(kari: Client) -> None:
    case, other, submission = factories.case(), factories.case(), uuid.uuid4()
    send(kari, case, "Kari here.", submission)
    send(kari, other, "Kari there.", submission)
    kari.force_login(factories.ola())
    send(kari, case, "Ola here.", submission)
    assert (comments(case), comments(other)) == (["Kari here.", "Ola here."], ["Kari there."])


def test_the_other_of_two_tabs_that_was_faster_leaves_one_comment(monkeypatch: pytest.MonkeyPatch) -> None:
    case, submission = factories.case(), uuid.uuid4()
    faster = notes.comment(case, factories.kari(), "First.", submission)
    looked = iter([None, faster])
    monkeypatch.setattr(notes, "_kept", lambda _own: next(looked))
    assert notes.comment(case, factories.kari(), "Second.", submission) == faster
    assert comments(case) == ["First."]


@pytest.mark.parametrize("text", ["", "   ", " \r\n\t ", "\u200b\u200b"])
def test_an_empty_comment_is_refused_with_a_clear_word(text: str, kari: Client) -> None:
    case = factories.case()
    answer = refused(kari, send(kari, case, text))
    assert "Write something first." in words(answer)
    assert page(answer).xpath("//textarea[@aria-invalid='true']")
    assert comments(case) == []


def test_a_comment_that_is_too_long_is_refused_with_nothing_lost(kari: Client) -> None:
    case, text = factories.case(), "Øl & <b>\n" * 600
    answer = refused(kari, send(kari, case, text))
    assert "A comment may have 5000 characters, this has 5399." in words(answer)
    assert page(answer).xpath("//textarea")[0].text.strip() == text.strip()
    assert comments(case) == []


def test_a_form_that_lost_its_number_keeps_the_words_and_can_be_sent_again(kari: Client) -> None:
    case = factories.case()
    answer = refused(kari, send(kari, case, "Long thought.", "no number"))
    form = page(answer).xpath("//form[@id='comment']")[0]
    assert "Nothing was kept yet" in words(answer)
    send(
        kari,
        case,
        form.xpath(".//textarea")[0].text.strip(),
        form.xpath(".//input[@name='submission']/@value")[0],
    )
    assert comments(case) == ["Long thought."]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}",
        "😀" * 5000,
        "مرحبا بالعالم\u202e turned",
        "one\ntwo\n\n   three",
        "x" * 5000,
        "'; DROP TABLE cases_note; --",
    ],
)
def test_whatever_is_written_is_shown_as_it_was_written_and_becomes_no_markup(
    text: str, kari: Client
) -> None:
    case = factories.case()
    send(kari, case, text.replace("\n", "\r\n"))
    answer = timeline(kari, case)
    assert comments(case) == comment_texts(answer) == [text]
    assert not page(answer).xpath("//blockquote//*[not(self::bdi)]")
    assert len(page(answer).xpath("//blockquote[@class='said']/bdi")) == 1


def test_the_chain_still_holds_with_comments_in_it(kari: Client) -> None:
    case = factories.case()
    for text in ("One.", "😀 <b>", "Three."):
        send(kari, case, text)
    assert list(chains.breaks(case.reference)) == [None]


def test_an_erased_comment_says_so_and_its_words_and_author_are_gone(kari: Client) -> None:
    case = factories.case()
    send(kari, case, "Eva Lund is ill.")
    event = AuditEvent.objects.of_case(case).with_verbs(Verb.COMMENTED).get()
    erasing.erase(case, event.sequence, "asked for", factories.lead())
    shown = Page(timeline(kari, case, kind="comments").content.decode()).text
    assert "Somebody (erased under the law) commented The comment was erased under the law." in shown
    assert "Eva Lund" not in shown
    assert list(chains.breaks(case.reference)) == [None]


def test_a_comment_is_among_the_latest_on_the_overview_cut_if_it_is_long(kari: Client) -> None:
    case = factories.case()
    send(kari, case, "Called the chair. " * 50)
    latest = comment_texts(kari.get(reverse("case", args=[case.reference])))
    assert latest[0].startswith("Called the chair.")
    assert len(latest[0]) <= 160


def test_a_comment_moves_its_case_up_among_those_that_were_updated(kari: Client) -> None:
    case = factories.case()
    send(kari, case, "News.")
    before = case.updated_at
    case.refresh_from_db()
    assert case.updated_at > before


def test_who_sends_an_old_form_again_is_led_to_the_page_its_comment_is_on(kari: Client) -> None:
    case, submission = factories.case(), uuid.uuid4()
    send(kari, case, "Old.", submission)
    for _ in range(A_PAGE):
        trail.record(case, Verb.SESSION_TROUBLED, subject="session 1")
    where = send(kari, case, "Old.", submission).url
    assert "?page=2#event-" in where
    assert comment_texts(kari.get(where)) == ["Old."]


def test_what_stands_in_the_address_of_the_form_leads_back_to_the_timeline(kari: Client) -> None:
    case = factories.case()
    answer = kari.get(reverse("comment", args=[case.reference]), {"page": "2"})
    assert answer.url == f"/cases/{case.reference}/timeline/?page=2"


@pytest.mark.parametrize("state", [None, SessionState.OPEN, SessionState.COMPLETE])
def test_a_comment_of_another_person_is_announced_and_not_put_among_what_is_read(
    state: str | None, kari: Client
) -> None:
    case = factories.case()
    if state:
        factories.session(case, state)
    open_page = OpenPage(kari, case, Tab.TIMELINE)
    assert open_page.changes() == ""
    notes.comment(case, factories.ola(), "Look at this.", uuid.uuid4())
    html = open_page.changes()
    assert "New events" in html
    assert "Look at this." not in html
    assert parts(html) == {"news"}
    assert open_page.changes() == ""
