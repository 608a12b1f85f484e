"""The tab Risk: the class with everything it came from, what is not known, and the questions that people answer."""

import json
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement

from cases.models import AuditEvent, Case, RiskAnswers, User, Verb
from cases.workflows.casework import answers, answers_given
from cases.workflows.casework.answers import NotKept
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.verification import reconciling
from tests import chains, factories
from tests.assessment.risk.test_questions import ANSWERS
from tests.judging import case_with, draft, judged_by_two
from tests.management.commands import run
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FOUND, REFUSED, FORBIDDEN = 302, 422, 403


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


def tab(client: Client, case: Case) -> HtmlElement:
    return page(client.get(reverse("case_tab", args=[case.reference, "risk"])))


def send(client: Client, case: Case, seen: int = 0, **given: str) -> HttpResponse:
    fields = {f"answer-{name}": option for name, option in given.items()}
    address = reverse("answer_risk", args=[case.reference])
    return client.post(address, {"seen": seen, "submission": str(uuid.uuid4()), **fields})


def test_nothing_is_chosen_and_the_class_is_provisional_as_long_as_nobody_answered(kari: Client) -> None:
    shown = tab(kari, factories.session(state="COMPLETE").case)
    assert {box.get("value") for box in shown.xpath("//fieldset//input[@checked]")} == {""}
    text = words(shown)
    assert "Provisional." in text
    assert "8 questions are not answered." in text
    assert "2 hits are open." in text
    assert "a default to be reviewed" in text


def test_the_points_are_those_of_the_command(kari: Client) -> None:
    case = factories.session(state="COMPLETE").case
    assessment = json.loads(run("risk", "--case", case.reference).out)
    shown = tab(kari, case)
    assert words(shown.xpath("//tr[@class='total']/td")[0]) == str(assessment["points"])
    groups = [int(words(cell)) for cell in shown.xpath("//tr[@class='group']/td")]
    assert groups == [group["points"] for group in assessment["groups"].values()]


def test_answers_are_kept_shown_and_count(kari: Client) -> None:
    case = case_with()
    assert send(kari, case, **{**ANSWERS, "A6": "yes"}).status_code == FOUND
    shown = tab(kari, case)
    checked = {box.get("name"): box.get("value") for box in shown.xpath("//fieldset//input[@checked]")}
    assert checked["answer-A6"] == "yes"
    assert "question" not in words(shown.xpath("//p[contains(@class, 'side-note')]")[0])
    (gate,) = shown.xpath("//ul[contains(@class, 'gates')]/li[@class='shut']")
    assert "A politically exposed person" in words(gate)
    timeline = words(kari.get(reverse("case_tab", args=[case.reference, "timeline"])))
    assert "answered questions of the risk model" in timeline
    assert "Politically exposed persons: – → yes" in timeline
    assert list(chains.breaks(case.reference)) == [None]
    (reconciled,) = reconciling.reconcile(case.reference)
    assert not [problem for problem in reconciled.problems if "answers" in problem]


def test_with_everything_answered_and_judged_the_class_is_no_longer_provisional(kari: Client) -> None:
    case = case_with()
    judged_by_two(case, how=draft())
    send(kari, case, **ANSWERS)
    assert "Provisional." not in words(tab(kari, case))
    assert json.loads(run("risk", "--case", case.reference).out)["provisional"] is False


def test_what_the_model_does_not_have_is_refused_and_what_was_chosen_stays(kari: Client) -> None:
    case = case_with()
    refused = send(kari, case, A1="perhaps", A2="plain")
    assert refused.status_code == REFUSED
    assert "An answer is none of those" in words(refused)
    assert page(refused).xpath("//input[@name='answer-A2'][@value='plain'][@checked]")
    assert send(kari, case, A9="yes").status_code == REFUSED
    broken = kari.post(reverse("answer_risk", args=[case.reference]), {"seen": "x", "answer-A1": "no"})
    assert broken.status_code == REFUSED
    assert not RiskAnswers.objects.exists()


def test_of_two_who_answer_at_once_the_second_sees_it_and_may_send_again(kari: Client) -> None:
    case = case_with()
    answers.answer(case, 0, {"A1": "no"}, factories.maja(), uuid.uuid4())
    refused = send(kari, case, A1="yes")
    assert refused.status_code == REFUSED
    assert "Maja Berg answered meanwhile" in words(refused)
    form = page(refused).xpath("//form[contains(@class, 'questions')]")[0]
    assert form.xpath(".//input[@name='seen']/@value") == ["1"]
    assert form.xpath(".//input[@name='answer-A1'][@value='yes'][@checked]")
    assert send(kari, case, 1, A1="yes").status_code == FOUND
    assert answers_given.newest(case).answers == {"A1": "yes"}  # type: ignore[union-attr]


def test_the_same_answers_make_no_further_row() -> None:
    case, submission = case_with(), uuid.uuid4()
    first = answers.answer(case, 0, ANSWERS, factories.kari(), submission)
    assert answers.answer(case, 0, ANSWERS, factories.kari(), submission) == first
    assert answers.answer(case, 1, ANSWERS, factories.kari(), uuid.uuid4()) == first
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.QUESTIONS_ANSWERED).count() == 1


def test_who_may_not_assess_answers_nothing() -> None:
    case = case_with()
    auditor = signed_in(factories.auditor())
    assert tab(auditor, case).xpath("//fieldset[@disabled]")
    assert send(auditor, case, A1="no").status_code == FORBIDDEN
    with pytest.raises(NotKept):
        answers.answer(case, 0, {"A1": "no"}, factories.auditor(), uuid.uuid4())
    case.withdraw("Opened in error", timezone.now())
    case.save()
    with pytest.raises(CaseIsClosed):
        answers.answer(case, 0, {"A1": "no"}, factories.kari(), uuid.uuid4())


def test_of_a_result_about_another_no_class_is_shown(kari: Client) -> None:
    session = factories.session(state="COMPLETE", results={})
    factories.artefact(session, state="CAPTURED", about_us=False)
    answer = kari.get(reverse("case_tab", args=[session.case.reference, "risk"]), {"anyway": "1"})
    assert "No risk class" in words(answer)
