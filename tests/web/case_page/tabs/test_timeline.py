"""The timeline: every event as a sentence a person understands."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from cases.models import ArtefactKind, AuditEvent, Case, SessionState, Verb
from cases.models.reasons import sentence
from cases.presentation import timeline
from cases.presentation.event_kinds import KINDS
from cases.provider.numbers.identifiers import Identifier
from cases.web.case_page.tab_names import Tab
from cases.workflows.audit import erasing, trail
from cases.workflows.casework import cases as workflow
from cases.workflows.casework import comments
from cases.workflows.casework.cases import NewCase
from tests import factories
from tests.findings.reading import Page
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def read(client: Client, case: Case, **query: object) -> str:
    answer = client.get(reverse("case_tab", args=[case.reference, Tab.TIMELINE]), query)
    assert answer.status_code == 200
    return Page(answer.content.decode()).text


def sentence_of(verb: Verb, **words: Any) -> timeline.TimelineEntry:
    case = words.pop("case", None) or factories.case()
    trail.record(case, verb, **{"subject": "case", **words})
    return timeline.entry_of(AuditEvent.objects.of_case(case).newest_first()[0])


@pytest.mark.parametrize("verb", Verb)
def test_every_kind_of_event_is_told_and_belongs_to_one_filter(verb: Verb, kari: Client) -> None:
    assert sum(verb in verbs for verbs in KINDS.values()) == 1
    case = factories.case()
    trail.record(case, verb, actor=factories.ola(), subject="session 1 aml")
    assert f"Ola Hansen {verb.label}: AML report of capture 1" in read(kari, case)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("case", ""),
        ("session 2", "capture 2"),
        ("session 12 json", "JSON result of capture 12"),
        ("session 1 certificate_of_registration", "Certificate of registration of capture 1"),
        ("report 3", "report 3"),
        ("session 1 passport", "passport of capture 1"),
        ("something new", "something new"),
    ],
)
def test_what_an_event_is_about_is_said_in_words(subject: str, words: str) -> None:
    assert timeline.subject(subject) == words


@pytest.mark.parametrize(
    ("subject", "was", "now", "words"),
    [
        ("case", "NEW", "IN_REVIEW", ("New", "In review")),
        ("session 1", "OPEN", "COMPLETE", ("Results awaited", "Complete")),
        ("session 1 aml", "READY", "CAPTURED", ("Ready, being fetched", "Captured")),
        ("case", "New", "In review", ("New", "In review")),
        ("report 1", "ASKED", "MADE", ("Being made", "Made")),
        ("session 1", "OPEN", "OPEN", ("", "")),
        ("session 1", "", "REQUESTED", ("", "")),
        ("session 1", "FROM_TOMORROW", "OPEN", ("FROM_TOMORROW", "Results awaited")),
    ],
)
def test_a_change_is_told_from_what_to_what(subject: str, was: str, now: str, words: tuple[str, str]) -> None:
    sentence_ = sentence_of(Verb.SESSION_ENDED, subject=subject, was=was, now=now)
    assert (sentence_.was, sentence_.now) == words


@pytest.mark.parametrize(
    ("detail", "facts"),
    [
        ({"reason": "timeout"}, ("The provider did not answer in time.",)),
        ({"reason": "word_from_tomorrow"}, (str(sentence("word_from_tomorrow")),)),
        ({"unreadable": "invalid_pdf"}, ("The document is not a readable PDF.",)),
        ({"about": "another"}, ("about another organisation",)),
        ({"size": 84000, "seconds": 0.42}, ("0.4 s after it was ready", "82.0 KB")),
        ({"attempt": 2}, ("attempt 2",)),
        ({"results": ["json", "aml"]}, ("JSON result, AML report",)),
        ({"results": ["json"], "language": "nn"}, ("JSON result", "in Norwegian (Nynorsk)")),
        ({"language": "tlh"}, ("in tlh",)),
        ({"organisation": "NO 317 835 337", "assignee": "Kari"}, ("assigned to Kari", "NO 317 835 337")),
        ({"reason": "", "assignee": "", "size": None}, ()),
        ({"hits_new": 2, "hits_known": 1}, ("2 new", "1 known before")),
        ({"hits_known": 3, "hits_new": 0}, ("0 new", "3 known before")),
        ({"verdict": "NOT_TRUSTED", "explanation": "no_roots"}, ("Intact, signer not trusted",)),
        ({"verdict": "FROM_TOMORROW"}, ("FROM_TOMORROW",)),
        ({"pages": 1, "size": 84000}, ("1 page", "82.0 KB")),
        ({"pages": 12, "reason": "timeout"}, ("The provider did not answer in time.", "12 pages")),
        (
            {"signed": ["Eva", "Ola"], "procuration": "Sufficient."},
            ("Signed by: Eva; Ola", "Power of procuration: Sufficient."),
        ),
        ({"from_tomorrow": "x"}, ("from_tomorrow: x",)),
    ],
)
def test_what_is_known_of_an_event_is_told(detail: dict[str, Any], facts: tuple[str, ...]) -> None:
    facts_ = sentence_of(Verb.ARTEFACT_CAPTURED, detail=detail).facts
    assert tuple(fact.replace("\N{NO-BREAK SPACE}", " ") for fact in facts_) == facts


@pytest.mark.parametrize(
    ("verb", "detail", "is_loud"),
    [
        (Verb.SIGNATURE_CHECKED, {"verdict": "ALTERED"}, True),
        (Verb.SIGNATURE_CHECKED, {"verdict": "VERIFIED"}, False),
        (Verb.ARTEFACT_CAPTURED, {"unreadable": "", "about": None}, False),
        (Verb.ARTEFACT_CAPTURED, {"unreadable": "invalid_pdf", "about": None}, True),
        (Verb.ARTEFACT_CAPTURED, {"unreadable": "", "about": "another"}, True),
        (Verb.FAILURE_ANNOUNCED, {}, True),
        (Verb.REPORT_FAILED, {}, True),
        (Verb.COMMENTED, {"text": "ALTERED"}, False),
    ],
)
def test_what_is_wrong_is_told_loudly(verb: Verb, detail: dict[str, Any], is_loud: bool) -> None:
    assert sentence_of(verb, subject="session 1 aml", detail=detail).is_loud is is_loud


def test_a_real_case_reads_as_a_story_without_bare_words(kari: Client) -> None:
    case = workflow.open_case(NewCase(Identifier("no", "ORG", "317835337")), factories.kari())
    session = case.sessions.get()
    workflow.take(case, factories.kari())
    workflow.opened(case, factories.ola())
    text = read(kari, case)
    assert "Kari Nordmann opened a new case" in text
    assert "Kari Nordmann took the case New → In review" in text
    assert "Ola Hansen looked at the case" in text
    assert "ordered results from the provider: capture 1" in text
    for word in (
        *SessionState.values,
        *Case.State.values,
        *Verb.values,
        *ArtefactKind.values[1:],
        session.state,
    ):
        assert f" {word} " not in text


def test_the_newest_event_comes_first(kari: Client) -> None:
    case = factories.case()
    workflow.take(case, factories.kari())
    text = read(kari, case)
    assert text.index("took the case") < text.index("opened a new case")


def test_events_are_filtered_by_kind(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    trail.record(case, Verb.ARTEFACT_CAPTURED, subject="session 1 json")
    text = read(kari, case, kind="captures")
    assert "captured a result" in text
    assert "opened a new case" not in text
    assert "Nothing of this kind" in read(kari, case, kind="provider")
    assert "opened a new case" in read(kari, case, kind="nonsense")


def test_several_kinds_are_shown_together_and_each_is_taken_out_by_its_own_link(kari: Client) -> None:
    case = factories.case(assignee=factories.kari())
    for verb in (Verb.ARTEFACT_CAPTURED, Verb.SESSION_ENDED, Verb.COMMENTED):
        trail.record(case, verb, subject="session 1", detail={"text": "Words."})
    address = reverse("case_tab", args=[case.reference, Tab.TIMELINE])
    answer = kari.get(address, {"kind": ["comments", "captures"]})
    text = Page(answer.content.decode()).text
    assert "captured a result" in text
    assert "Words." in text
    assert "ended the session" not in text
    links = {link.get("href"): words(link) for link in page(answer).xpath("//nav[@class='kinds']/a")}
    assert links[f"{address}?kind=captures"] == "Do not show: Comments 1"
    assert links[f"{address}?kind=comments"] == "Do not show: Captures 1"
    assert links[f"{address}?kind=provider&kind=captures&kind=comments"] == "Provider 1"
    assert links[address] == "All"
    assert "Reports" not in " ".join(links.values())


def test_events_stand_under_their_day(kari: Client) -> None:
    first = datetime.datetime(2026, 11, 22, 22, 30, tzinfo=datetime.UTC)
    with travel(first, tick=False):
        case = factories.case()
    with travel(first + datetime.timedelta(hours=1), tick=False):
        trail.record(case, Verb.SESSION_ENDED, subject="session 1")
        answer = kari.get(
            reverse("case_tab", args=[case.reference, Tab.TIMELINE]), {"kind": ["case", "provider"]}
        )
    days = page(answer).xpath("//h3[@class='day']")
    assert [words(day) for day in days] == ["Mon 23 Nov 2026", "Sun 22 Nov 2026"]
    assert ["ended the session" in words(day.getnext()) for day in days] == [True, False]


def test_a_long_story_comes_in_pages_and_keeps_its_filter(kari: Client) -> None:
    case = factories.case()
    for _ in range(60):
        trail.record(case, Verb.SESSION_TROUBLED, subject="session 1", detail={"reason": "timeout"})
    first = kari.get(reverse("case_tab", args=[case.reference, Tab.TIMELINE]), {"kind": "provider"})
    assert first.content.count(b"met trouble") == 50
    assert b"kind=provider&amp;page=2" in first.content
    assert read(kari, case, kind="provider", page=2).count("met trouble") == 10
    assert read(kari, case, page="last").count("met trouble") > 0


def test_times_are_relative_with_the_exact_one_beside_and_on_hover(kari: Client) -> None:
    then = datetime.datetime(2026, 11, 22, 8, 30, 5, tzinfo=datetime.UTC)
    with travel(then, tick=False):
        case = factories.case()
        workflow.opened(case, factories.kari())
    with travel(then + datetime.timedelta(minutes=3), tick=False):
        answer = kari.get(reverse("case_tab", args=[case.reference, Tab.TIMELINE]))
    seen = Page(answer.content.decode())
    assert "Sun 22 Nov 2026 09:33:05 just now" in seen.text
    assert "09:30:05 3 minutes ago Kari Nordmann looked at the case" in seen.text
    assert "22 Nov 2026, 09:30:05 CET" in [attrs.get("title") for tag, attrs in seen.tags if tag == "time"]


def test_an_event_whose_details_the_law_erased_is_still_told_without_a_name(kari: Client) -> None:
    case = factories.case(opened_by=factories.ola())
    workflow.opened(case, factories.ola())
    for event in AuditEvent.objects.of_case(case):
        erasing.erase(case, event.sequence, "asked for", factories.lead())
    text = read(kari, case, kind="people")
    assert "Ola Hansen" not in text
    assert "Somebody (erased under the law) looked at the case" in text
    assert "The details were erased under the law." in text


def test_an_erasure_is_told_with_who_did_it_and_why(kari: Client) -> None:
    case = factories.case(opened_by=factories.ola())
    erasing.erase(case, 1, "request 17", factories.lead())
    sentence_ = "Lena Lund erased the details of an event under the law: event 1 Reason: request 17"
    assert sentence_ in read(kari, case, kind="case")


def test_names_and_words_in_events_cannot_become_markup(kari: Client) -> None:
    person = factories.person("evil", "analyst", first_name="<x-1>")
    case = factories.case()
    trail.record(
        case,
        Verb.CASE_TAKEN,
        actor=person,
        subject="<x-2>",
        was="<x-3>",
        now="<x-4>",
        detail={"<x-5>": "<x-6>"},
    )
    answer = kari.get(reverse("case_tab", args=[case.reference, Tab.TIMELINE]))
    assert b"<x-" not in answer.content
    assert answer.content.count(b"&lt;x-") >= 6


def test_the_overview_tells_the_latest_three_and_passes_over_mere_openings(kari: Client) -> None:
    case = factories.case()
    for verb in (Verb.CREATE_SENT, Verb.SESSION_OPENED, Verb.SESSION_ENDED):
        trail.record(case, verb, subject="session 1")
    for _ in range(5):
        workflow.opened(case, factories.kari())
    answer = kari.get(reverse("case", args=[case.reference]))
    text = Page(answer.content.decode()).text
    for verb in (Verb.CREATE_SENT, Verb.SESSION_OPENED, Verb.SESSION_ENDED):
        assert str(verb.label) in text
    assert "looked at the case" not in text
    assert "opened a new case" not in text


def test_the_words_of_every_detail_the_portal_writes_are_known(own_words: set[str]) -> None:
    assert own_words <= {*timeline.FACTS, *timeline.UNTOLD, "actor", "was", "now", "text"}


@pytest.fixture
def own_words() -> set[str]:
    """The names of details in every event that a factory-made and a real case leave."""
    case = workflow.open_case(NewCase(Identifier("no", "ORG", "317835337")), factories.kari())
    workflow.opened(case, factories.kari())
    comments.comment(case, factories.kari(), "Words.", uuid.uuid4())
    captured = factories.session(case, SessionState.COMPLETE).artefacts.get(kind=ArtefactKind.JSON)
    checked = comments.SignersChecked(captured, ("Eva",), "Sufficient.", "Alone.", "Missing.", "Both.")
    comments.signers_checked(case, factories.kari(), checked, uuid.uuid4())
    return {
        name
        for event in AuditEvent.objects.select_related("detail")
        for name in json.loads(event.detail.body)
    }
