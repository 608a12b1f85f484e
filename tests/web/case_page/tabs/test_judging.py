"""Judging hits on the screening tab: the form, what it refuses, the second person, and what is shown afterwards."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement

from cases.models import AuditEvent, Case, Hit, Judgement, User, Verb
from cases.workflows.casework.judging import second
from tests import factories, judging
from tests.judging import BORN, case_with, draft, entry, judged, judged_by_two, reading_of
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
REFUSED, CONFLICT, FOUND, NOT_FOUND, FORBIDDEN = 422, 409, 302, 404, 403


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


@pytest.fixture
def ola() -> Client:
    return signed_in(factories.ola())


def tab(client: Client, case: Case, **query: str) -> HtmlElement:
    answer = client.get(reverse("case_tab", args=[case.reference, "screening"]), query)
    assert answer.status_code == 200
    return page(answer)


def send(client: Client, hit: Hit, **fields: Any) -> HttpResponse:
    usual = {
        "hit": hit.fingerprint,
        "newest": hit.judgements.count(),
        "submission": str(uuid.uuid4()),
        "verdict": "FALSE_POSITIVE",
        "reason-FALSE_POSITIVE": "FP01",
        "rationale": "The passport shows it.",
        "then": "next",
    }
    return client.post(reverse("judge_hit", args=[hit.case.reference]), {**usual, **fields})


def answer(client: Client, judgement: Judgement, **fields: str) -> HttpResponse:
    return client.post(reverse("answer_judgement", args=[judgement.hit.case.reference, judgement.pk]), fields)


def test_the_form_as_served_has_nothing_picked(kari: Client) -> None:
    shown = tab(kari, case_with())
    (form,) = shown.xpath("//form[@class='judge']")
    assert not form.xpath(".//input[@checked]")
    assert {box.get("value") for box in form.xpath(".//input[@name='verdict']")} == {
        "FALSE_POSITIVE",
        "TRUE_MATCH",
        "NOT_APPLICABLE",
        "CANNOT_TELL",
    }


def test_a_reason_that_a_line_contradicts_is_disabled_and_says_which_line(kari: Client) -> None:
    shown = tab(kari, case_with(entry(birthDate=BORN)))
    (label,) = shown.xpath("//label[input[@value='FP01']]")
    assert label.xpath("input/@disabled")
    assert "Date of birth is the same" in words(label)


def test_a_judgement_is_kept_and_the_next_open_hit_is_shown(kari: Client) -> None:
    case = case_with(entry(1, matchIndicator=200), entry(2, matchIndicator=100))
    first, following = case.hits.all()
    sent = send(kari, first)
    assert sent.status_code == FOUND
    assert f"hit={following.fingerprint}" in sent.url
    assert Judgement.objects.get().hit == first
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.HIT_JUDGED).count() == 1
    assert "judged a hit" in words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))


def test_the_same_form_sent_twice_makes_one_judgement(kari: Client) -> None:
    case = case_with()
    submission = str(uuid.uuid4())
    assert send(kari, case.hits.get(), submission=submission).status_code == FOUND
    assert send(kari, case.hits.get(), submission=submission, newest=0).status_code == FOUND
    assert Judgement.objects.count() == 1


def test_what_a_line_refuses_is_refused_by_the_server_with_the_line_and_what_was_typed(kari: Client) -> None:
    case = case_with(entry(birthDate=BORN))
    refused = send(kari, case.hits.get(), rationale="He is somebody else.")
    assert refused.status_code == REFUSED
    assert "Date of birth is the same" in words(page(refused).xpath("//form//div[@class='errors']")[0])
    assert (
        page(refused).xpath("//textarea[@name='rationale']")[0].text_content().strip()
        == "He is somebody else."
    )
    assert page(refused).xpath("//input[@value='FALSE_POSITIVE'][@checked]")
    assert not Judgement.objects.exists()


def test_slips_are_refused_and_keep_nothing(kari: Client) -> None:
    hit = case_with().hits.get()
    for slip in (
        {"rationale": " "},
        {"verdict": ""},
        {"verdict": "MAYBE"},
        {"reason-FALSE_POSITIVE": ""},
        {"newest": "x"},
        {"submission": "x"},
        {"verdict": "CANNOT_TELL", "reason-CANNOT_TELL": "CT01", "contacted": "", "wake_up": "tomorrow"},
        {"verdict": "TRUE_MATCH"},  # the reasons ticked are those of another verdict
    ):
        assert send(kari, hit, **slip).status_code == REFUSED, slip
    assert not Judgement.objects.exists()


def test_who_was_overtaken_sees_it_keeps_what_was_typed_and_may_send_again(kari: Client) -> None:
    case = case_with()
    hit = case.hits.get()
    judged(case, by=factories.maja())
    refused = send(kari, hit, newest=0, rationale="Seen too late.")
    assert refused.status_code == CONFLICT
    assert "Maja Berg judged this hit meanwhile" in words(refused)
    (form,) = page(refused).xpath("//form[@class='judge']")
    assert form.xpath(".//textarea[@name='rationale']")[0].text_content().strip() == "Seen too late."
    assert form.xpath(".//input[@name='newest']/@value") == ["1"]
    fields = {
        field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden'][@name]")
    }
    again = send(kari, hit, newest=fields["newest"], submission=fields["submission"])
    assert again.status_code == FOUND
    assert hit.judgements.count() == 2


def test_a_hit_of_another_case_is_not_judged_through_this_one(kari: Client) -> None:
    case, other = case_with(), case_with(entry(7))
    foreign = other.hits.get()
    refused = kari.post(
        reverse("judge_hit", args=[case.reference]),
        {
            "hit": foreign.fingerprint,
            "newest": 0,
            "submission": str(uuid.uuid4()),
            "verdict": "FALSE_POSITIVE",
            "reason-FALSE_POSITIVE": "FP01",
            "rationale": "Why",
        },
    )
    assert refused.status_code == CONFLICT
    waiting = judged(other, how=draft("TRUE_MATCH"))
    address = reverse("answer_judgement", args=[case.reference, waiting.pk])
    assert signed_in(factories.ola()).post(address, {"confirm": "1"}).status_code == NOT_FOUND
    assert Judgement.objects.get() == waiting


def test_who_may_not_judge_sees_no_form(kari: Client) -> None:
    case = case_with()
    auditor = signed_in(factories.auditor())
    assert not tab(auditor, case).xpath("//form[@class='judge']")
    assert send(auditor, case.hits.get()).status_code == FORBIDDEN
    case.withdraw("Opened in error", timezone.now())
    case.save()
    assert not tab(kari, case).xpath("//form[@class='judge']")
    assert send(kari, case.hits.get()).status_code == FOUND
    assert not Judgement.objects.exists()


def test_the_second_person_confirms_or_sends_back_and_never_the_first(ola: Client, kari: Client) -> None:
    case = case_with(entry(1), entry(2))
    first, other = (judged(case, hit, draft("TRUE_MATCH")) for hit in case.hits.all())
    assert not tab(kari, case).xpath("//form[@class='second-person']")
    assert answer(kari, first, confirm="1").status_code == FORBIDDEN
    assert tab(ola, case).xpath("//form[@class='second-person']")
    assert answer(ola, other, send_back="1", words=" ").status_code == REFUSED
    sent = answer(ola, first, confirm="1")
    assert (sent.status_code, other.hit.fingerprint in sent.url) == (FOUND, True)
    answer(ola, other, send_back="1", words="Look again.")
    shown = words(tab(kari, case, hit=other.hit.fingerprint))
    assert "Sent back" in shown
    assert "Look again." in shown
    assert answer(ola, other, confirm="1").status_code == CONFLICT


def test_a_reviewer_who_judged_is_not_the_second(ola: Client) -> None:
    case = case_with()
    own = judged(case, how=draft("TRUE_MATCH"), by=factories.ola())
    shown = tab(ola, case)
    assert not shown.xpath("//form[@class='second-person']")
    assert "another person must confirm it" in words(shown)
    assert answer(ola, own, confirm="1").status_code == CONFLICT
    own.refresh_from_db()
    assert own.awaits_second


def test_what_was_judged_is_shown_with_reasons_words_and_history(kari: Client) -> None:
    case = case_with()
    judged_by_two(case)
    judged(
        case,
        how=draft(
            "CANNOT_TELL", contacted="The customer", wake_up=timezone.localdate() + datetime.timedelta(days=3)
        ),
    )
    shown = words(tab(kari, case))
    assert "We lack a date of birth or number of our party" in shown
    assert "1 judgement before" in shown
    assert "Judged against 4 parties of ours, by Hit reasons 1." in shown
    assert "Another date of birth" in shown


def test_what_is_carried_forward_and_what_is_open_again_is_said(kari: Client) -> None:
    case = case_with(entry(1, matchIndicator=130), entry(2))
    for hit in case.hits.all():
        judged_by_two(case, hit)
    judging.capture(case, entry(1, matchIndicator=130), entry(2, aliasList=["A. Storholm", "Another"]))
    carried, reopened = case.hits.get(external_id="GB-1"), case.hits.get(external_id="GB-2")
    assert "carried forward" in words(tab(kari, case, hit=carried.fingerprint))
    shown = words(tab(kari, case, hit=reopened.fingerprint))
    assert "The entry changed: also known as." in shown
    assert "Open again" in shown
    assert not tab(kari, case, hit=reopened.fingerprint).xpath("//input[@checked][@name='verdict']")


def test_the_list_is_narrowed_and_the_counts_are_those_of_the_list(kari: Client) -> None:
    case = case_with(entry(1), entry(2), entry(3))
    judged(case, case.hits.get(external_id="GB-1"), draft("TRUE_MATCH"))
    judged_by_two(case, case.hits.get(external_id="GB-2"))
    shown = tab(kari, case)
    counts = [words(link) for link in shown.xpath("//ul[@class='subtabs']//a")]
    assert counts == ["All 3", "Open 1", "Second person 1", "Judged 1"]
    assert len(tab(kari, case, show="open").xpath("//a[contains(@class, 'hit-line')]")) == 1
    assert words(shown.get_element_by_id("hit-count")).startswith("2 open hits")


def test_what_was_judged_leaves_lists_and_overview(kari: Client) -> None:
    case = case_with(entry(birthDate=BORN, source="EU_GLOBAL"))
    assert "Likely sanctions hit" in words(kari.get(reverse("case", args=[case.reference])))
    found = judged(case, how=draft("FALSE_POSITIVE", "FP09", particulars="Passport", attachments=1))
    second.confirm(reading_of(case), found, factories.ola())
    overview = words(kari.get(reverse("case", args=[case.reference])))
    assert "Likely sanctions hit" not in overview
    assert "The hit is judged and cleared." in overview
    assert "all hits judged" in words(kari.get(reverse("cases")))


def test_the_number_of_judgements_costs_no_query(kari: Client) -> None:
    case = case_with(*(entry(number) for number in range(30)))
    counts = []
    for part in (slice(0, 1), slice(1, 20)):
        for hit in case.hits.all()[part]:
            judged(case, hit)
        tab(kari, case)
        with CaptureQueriesContext(connection) as taken:
            tab(kari, case)
        counts.append(len(taken))
    assert counts[0] == counts[1] <= 30


def test_my_work_shows_a_second_person_what_others_judged(ola: Client, kari: Client) -> None:
    case, own = case_with(), case_with()
    judged(case, how=draft("TRUE_MATCH"))
    judged(own, how=draft("TRUE_MATCH"), by=factories.ola())
    shown = page(ola.get(reverse("my_work")))
    (panel,) = shown.xpath("//section[@aria-labelledby='to-confirm-title']")
    assert [link.get("href") for link in panel.xpath(".//a[@class='org']")] == [
        reverse("case", args=[case.reference])
    ]
    (button,) = panel.xpath(".//a[contains(@class, 'ds-button')]/@href")
    assert page(ola.get(button)).xpath("//form[@class='second-person']")
    of_kari = words(kari.get(reverse("my_work")))
    assert "Waiting for my countersignature" not in of_kari
    assert "1 judged hit waits for a second person" in of_kari


def test_the_same_person_on_another_list_is_offered_and_judged_with_it_only_if_ticked(kari: Client) -> None:
    case = case_with(entry(1), entry(2, source="OFAC", matchIndicator=110), entry(3, birthDate="1950-01-01"))
    shown = tab(kari, case)
    assert "Same person on 1 other list" in words(shown.xpath("//form[@class='judge']")[0])
    (other,) = shown.xpath("//form[@class='judge']//input[@name='with']/@value")
    send(kari, case.hits.get(external_id="GB-3"), **{"with": other})
    assert Judgement.objects.count() == 1
    send(kari, case.hits.get(external_id="GB-1"), **{"with": other, "together": "1"})
    assert set(Judgement.objects.values_list("hit__external_id", flat=True)) == {"GB-1", "GB-2", "GB-3"}
