"""The class is set apart from the one worked out: with a reason, lowered by two, and every screen says so."""

import datetime
import json
import uuid

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement, fromstring

from cases.assessment.policy.risk_terms import RiskClass
from cases.models import Case, RiskOverride, SecondState, User
from cases.presentation.paper.case_report import html
from cases.workflows.background.reports import gather
from cases.workflows.casework import answers, overriding
from cases.workflows.casework.overriding import NotSet, WantedClass
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.verification import reconciling
from tests import chains, factories, judging
from tests.assessment.risk.assessing import plain
from tests.assessment.risk.test_questions import ANSWERS
from tests.judging import case_with, override_row
from tests.management.commands import run
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FOUND, REFUSED, FORBIDDEN, MISSING = 302, 422, 403, 404
WHY = "The group is known to us for years."


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


@pytest.fixture
def high() -> Case:
    """A case whose class is High by its points; no gate holds."""
    return case_with()


@pytest.fixture
def normal() -> Case:
    """A case whose class is Normal: everything is answered, and no list of countries has a day."""
    case = factories.case(assignee=factories.kari())
    document = plain()
    document["keyInformation"]["organizationNumber"] = case.organisation.value
    judging.result_of(case, document)
    answers.answer(case, 0, ANSWERS, factories.kari(), uuid.uuid4())
    return case


def tab(client: Client, case: Case) -> HtmlElement:
    return page(client.get(reverse("case_tab", args=[case.reference, "risk"])))


def panel(shown: HtmlElement) -> HtmlElement:
    return shown.get_element_by_id("override")


def class_shown(shown: HtmlElement) -> str:
    return words(shown.get_element_by_id("risk-class").getparent().getparent())


def send(client: Client, case: Case, to: str, **fields: str) -> HttpResponse:
    """Send the form as it is served, with what a person fills in."""
    (form,) = panel(tab(client, case)).xpath(".//form[contains(@action, '/risk/override/')]")
    served = {name: form.fields[name] for name in ("seen", "worked_out", "submission")}
    address = reverse("override_risk", args=[case.reference])
    return client.post(address, {**served, "to_class": to, "rationale": WHY, **fields})


def answer(client: Client, case: Case, number: int = 1, **fields: str) -> HttpResponse:
    return client.post(reverse("answer_override", args=[case.reference, number]), fields)


def of_command(case: Case) -> dict:
    return json.loads(run("risk", "--case", case.reference).out)


def wanted(to: RiskClass | None, case: Case, seen: int = 0) -> WantedClass:
    return WantedClass(to, WHY, seen, of_command(case)["worked_out"])


def test_nothing_is_chosen_in_the_form_and_the_class_worked_out_cannot_be_chosen(
    kari: Client, high: Case
) -> None:
    shown = panel(tab(kari, high))
    assert not shown.xpath(".//input[@checked]")
    assert [box.get("value") for box in shown.xpath(".//input[@type='radio']")] == ["low", "normal"]
    assert "nobody set another class" in words(shown)


def test_a_class_is_raised_by_one_and_every_screen_says_so(kari: Client, normal: Case) -> None:
    assert of_command(normal)["class"] == "normal"
    assert send(kari, normal, "high").status_code == FOUND
    shown = tab(kari, normal)
    assert words(shown.get_element_by_id("risk-tag")) == "Risk: High · raised from Normal"
    assert "High" in class_shown(shown)
    assert "Raised from Normal" in class_shown(shown)
    assert WHY in class_shown(shown)
    found = of_command(normal)
    assert (found["class"], found["worked_out"]) == ("high", "normal")
    assert found["override"]["holds"] is True
    assert found["override"]["second"]["state"] == "NOT_NEEDED"
    report = factories.report(normal, session=normal.sessions.get())
    assert "Risk class High raised from Normal ·" in words(fromstring(html(gather(report))))
    timeline = words(kari.get(reverse("case_tab", args=[normal.reference, "timeline"])))
    assert "set the risk class apart from the model" in timeline
    assert "Normal → High" in timeline
    assert list(chains.breaks(normal.reference)) == [None]


def test_a_class_is_lowered_by_two_and_stays_until_the_second_confirms(
    kari: Client, ola: Client, high: Case
) -> None:
    assert send(kari, high, "normal").status_code == FOUND
    assert "waits for a second person" in words(panel(tab(kari, high)))
    assert "You set this class" not in words(panel(tab(kari, high)))
    assert of_command(high)["class"] == "high"
    assert of_command(high)["override_awaited"]["class"] == "normal"
    my_work = words(ola.get(reverse("my_work")))
    assert "High → Normal" in my_work
    assert "Nothing waits for you" not in my_work
    assert answer(ola, high, confirm="1").status_code == FOUND
    assert "Lowered from High" in class_shown(tab(kari, high))
    assert of_command(high)["class"] == "normal"
    assert "Risk class: High → Normal" not in words(ola.get(reverse("my_work")))
    (reconciled,) = reconciling.reconcile(high.reference)
    assert not [problem for problem in reconciled.problems if "override" in problem]


def test_sent_back_the_class_stays_and_the_words_are_needed(kari: Client, ola: Client, high: Case) -> None:
    send(kari, high, "low")
    refused = answer(ola, high, send_back="1", words=" ")
    assert refused.status_code == REFUSED
    assert "Say why you send it back." in words(refused)
    assert answer(ola, high, send_back="1", words="Ask for the accounts.").status_code == FOUND
    shown = tab(kari, high)
    assert "Ask for the accounts." in words(panel(shown))
    assert of_command(high)["class"] == "high"
    assert answer(ola, high, confirm="1").status_code == REFUSED


def test_nobody_is_their_own_second_person(high: Case) -> None:
    ola = factories.ola()
    row = overriding.override(high, wanted(RiskClass.NORMAL, high), ola, uuid.uuid4())
    client = signed_in(ola)
    shown = panel(tab(client, high))
    assert "You set this class: another person must confirm it." in words(shown)
    assert not shown.xpath(".//button[@name='confirm']")
    assert "High → Normal" not in words(client.get(reverse("my_work")))
    assert answer(client, high, confirm="1").status_code == REFUSED
    with pytest.raises(DatabaseError):
        RiskOverride.objects.filter(pk=row.pk).update(
            second_state=SecondState.CONFIRMED, second_by=ola, second_at=timezone.now()
        )


def test_an_analyst_confirms_nothing_and_a_reader_sets_nothing(kari: Client, high: Case) -> None:
    send(kari, high, "normal")
    assert answer(signed_in(factories.maja()), high, confirm="1").status_code == FORBIDDEN
    auditor = signed_in(factories.auditor())
    assert not panel(tab(auditor, high)).xpath(".//form")
    assert kari.post(reverse("answer_override", args=[high.reference, 7])).status_code == FORBIDDEN
    assert answer(signed_in(factories.ola()), high, 7).status_code == MISSING
    assert auditor.post(reverse("override_risk", args=[high.reference])).status_code == FORBIDDEN
    with pytest.raises(NotSet):
        overriding.override(high, wanted(RiskClass.LOW, high), factories.auditor(), uuid.uuid4())
    assert RiskOverride.objects.count() == 1


@pytest.mark.parametrize(
    ("to", "fields", "why"),
    [
        ("normal", {"rationale": "  "}, "Say why the class is another than the one worked out."),
        ("", {}, "Choose a class."),
        ("high", {}, "This is the class as it is worked out."),
        ("prohibited", {}, "Select a valid choice"),
        ("worked_out", {}, "There is no override to take back."),
        ("normal", {"seen": "x"}, "The form was incomplete."),
        ("normal", {"seen": "5"}, "The class was set meanwhile."),
        ("normal", {"worked_out": "low"}, "The class is worked out as High now."),
    ],
)
def test_what_cannot_be_set_is_refused_in_words_and_nothing_is_lost(
    kari: Client, high: Case, to: str, fields: dict[str, str], why: str
) -> None:
    refused = send(kari, high, to, **fields)
    assert refused.status_code == REFUSED
    assert why in words(refused)
    if "rationale" not in fields:
        assert WHY in words(panel(page(refused)).xpath(".//textarea")[0])
    assert not RiskOverride.objects.exists()


def test_no_class_is_lower_than_a_gate_that_holds(kari: Client, high: Case) -> None:
    answers.answer(high, 0, {**ANSWERS, "A6": "yes"}, factories.kari(), uuid.uuid4())
    assert "A gate holds: the class cannot be set otherwise." in words(panel(tab(kari, high)))
    with pytest.raises(NotSet) as refused:
        overriding.override(high, wanted(RiskClass.NORMAL, high), factories.kari(), uuid.uuid4())
    assert "A politically exposed person" in str(refused.value.words)


def test_a_gate_that_comes_to_hold_ends_what_was_lowered_below_it(high: Case) -> None:
    row = overriding.override(high, wanted(RiskClass.NORMAL, high), factories.kari(), uuid.uuid4())
    overriding.confirm(row, factories.ola())
    assert of_command(high)["class"] == "normal"
    answers.answer(high, 0, {**ANSWERS, "A6": "yes"}, factories.kari(), uuid.uuid4())
    assert of_command(high)["class"] == "high"


def test_of_two_who_set_it_at_once_the_second_sees_the_first(kari: Client, normal: Case) -> None:
    (form,) = panel(tab(kari, normal)).xpath(".//form[contains(@action, '/risk/override/')]")
    overriding.override(normal, wanted(RiskClass.LOW, normal), factories.maja(), uuid.uuid4())
    refused = send(kari, normal, "high", seen=form.fields["seen"])
    assert refused.status_code == REFUSED
    assert "The class was set meanwhile." in words(refused)
    again = panel(page(refused))
    assert again.xpath(".//input[@name='seen']/@value") == ["1"]
    assert again.xpath(".//input[@name='to_class'][@value='high'][@checked]")


def test_the_same_sending_makes_one_override(normal: Case) -> None:
    submission, asked = uuid.uuid4(), wanted(RiskClass.HIGH, normal)
    first = overriding.override(normal, asked, factories.kari(), submission)
    assert overriding.override(normal, asked, factories.kari(), submission) == first
    assert RiskOverride.objects.count() == 1


def test_confirming_again_changes_nothing(high: Case) -> None:
    row = overriding.override(high, wanted(RiskClass.NORMAL, high), factories.kari(), uuid.uuid4())
    first = overriding.confirm(row, factories.ola())
    assert overriding.confirm(row, factories.ola()).second_at == first.second_at


def test_what_is_worked_out_otherwise_by_now_can_only_be_sent_back(ola: Client, normal: Case) -> None:
    overriding.override(normal, wanted(RiskClass.HIGH, normal), factories.kari(), uuid.uuid4())
    overriding.override(normal, wanted(RiskClass.LOW, normal, 1), factories.kari(), uuid.uuid4())
    answers.answer(normal, 1, {**ANSWERS, "A6": "yes"}, factories.kari(), uuid.uuid4())
    shown = panel(tab(ola, normal))
    assert "By now the class is worked out as High: it can only be sent back." in words(shown)
    assert not shown.xpath(".//button[@name='confirm']")
    assert answer(ola, normal, 2, confirm="1").status_code == REFUSED
    assert answer(ola, normal, 2, send_back="1", words="Look again.").status_code == FOUND


def test_taking_back_what_was_raised_lowers_the_class_and_needs_a_second_person(
    kari: Client, ola: Client, normal: Case
) -> None:
    send(kari, normal, "high")
    send(kari, normal, "worked_out")
    assert of_command(normal)["class"] == "high"
    assert answer(ola, normal, 2, confirm="1").status_code == FOUND
    found = of_command(normal)
    assert (found["class"], found["override"]) == ("normal", None)
    assert len(panel(tab(kari, normal)).xpath(".//ol/li")) == 2


def test_an_override_that_is_over_counts_no_more_and_says_so(kari: Client, normal: Case) -> None:
    override_row(normal, to_class="high", until=timezone.localdate() - datetime.timedelta(1))
    assert "The override is over" in words(panel(tab(kari, normal)))
    assert of_command(normal)["class"] == "normal"
    assert of_command(normal)["override"]["holds"] is False


def test_a_closed_case_keeps_its_class(high: Case) -> None:
    asked = wanted(RiskClass.NORMAL, high)
    high.withdraw("Opened in error", timezone.now())
    high.save()
    with pytest.raises(CaseIsClosed):
        overriding.override(high, asked, factories.kari(), uuid.uuid4())


def test_an_override_past_the_portal_is_found(high: Case) -> None:
    override_row(high)
    (reconciled,) = reconciling.reconcile(high.reference)
    assert [problem for problem in reconciled.problems if "no event tells of the override" in problem]
