"""What a draft would do is on its page, as loudly where it is not known, before anybody can put it in force."""

import copy

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.assessment.policy.defaults import default
from cases.models import ArtefactState, Case, PolicyImpact, PolicyKind, PolicyVersion
from cases.workflows import heartbeat
from cases.workflows.background import policy_impacts
from cases.workflows.policy import versions
from tests import factories
from tests.assessment.risk.assessing import filled
from tests.judging import case_with
from tests.web.pages import cells, page, words
from tests.web.policy.test_policy import signed_in
from tests.workflows.policy.test_versions import other_lead

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
RISK, SET = PolicyKind.RISK_MODEL, PolicyKind.REQUIREMENT_SET


def draft(to: int = 900) -> PolicyVersion:
    document = copy.deepcopy(filled())
    document["bands"][0]["to"] = to
    return versions.draft(RISK, document, "A higher bar", factories.lead())


def work() -> None:
    while policy_impacts.do(heartbeat.Beats()):
        pass


def show(client: Client, version: PolicyVersion) -> HttpResponse:
    return client.get(reverse("policy_version", args=[version.kind, version.number]))


def of_impact(answer: HttpResponse) -> str:
    return words(page(answer).get_element_by_id("impact"))


def test_what_is_not_worked_out_is_said_and_the_draft_waits_for_it() -> None:
    factories.session(state="COMPLETE", payload="no_clean")
    version = draft()
    lars = signed_in(other_lead())
    waits = show(lars, version)
    assert "Being worked out: it waits for the queue, or has just begun." in of_impact(waits)
    assert "not worked out yet. Have it worked out, and look at it first." in of_impact(waits)
    assert not page(waits).xpath("//form[contains(@action, 'activate')]")
    assert page(waits).get_element_by_id("impact").get("hx-get"), "it asks for itself"
    refused = lars.post(reverse("activate_policy", args=[RISK, 2]))
    assert (refused.status_code, "Have it worked out" in words(refused)) == (409, True)
    PolicyImpact.objects.all().delete()
    never = show(lars, version)
    assert "Not worked out yet." in of_impact(never)
    assert lars.post(reverse("order_policy_impact", args=[RISK, 2])).status_code == 302
    work()
    known = show(lars, version)
    assert page(known).get_element_by_id("impact").get("hx-get") is None
    (button,) = page(known).xpath("//button[@data-variant='primary']")
    assert words(button) == "Put in force"
    assert lars.post(reverse("activate_policy", args=[RISK, 2])).status_code == 302
    assert PolicyVersion.objects.in_force(RISK) == version


def test_what_would_change_is_told_in_numbers_and_case_by_case() -> None:
    cases = [factories.session(state="COMPLETE", payload="no_clean").case for _number in range(2)]
    session = factories.session(state="COMPLETE", results={})
    factories.artefact(session, state=ArtefactState.CAPTURED, about_us=False)
    version = draft()
    work()
    answer = show(signed_in(factories.auditor()), version)
    told_in_short = of_impact(answer)
    assert (
        "3 open cases were looked at. In 2 something would be different. Beside version 1." in told_in_short
    )
    assert "1 case could not be worked out" in told_in_short
    assert session.case.reference in told_in_short
    rows = cells(answer)
    assert ["Risk class", "High", "Normal", "2"] in rows
    assert [[case.reference, "Risk class", "High", "Normal"] for case in cases] == [
        row for row in rows if row[0].startswith("C-")
    ]
    assert page(answer).xpath("//table//a/@href") == [
        reverse("case_tab", args=[case.reference, "risk"]) for case in cases
    ]
    shown = page(answer).get_element_by_id("impact")
    assert shown.xpath(".//span[@class='src']/time/@datetime"), "as of when"


def test_of_requirements_it_is_told_how_many_would_be_open() -> None:
    case_with()
    document = default(SET)
    document["requirements"] = [one for one in document["requirements"] if one["id"] != "R29"]
    document["lists"].append("PEP_EDGE")
    version = versions.draft(SET, document, "Fewer", factories.lead())
    work()
    rows = cells(show(signed_in(factories.kari()), version))
    assert [
        "R15 The customer was searched in every list of our policy",
        "Met by evidence",
        "Open",
        "1",
    ] in rows
    assert ["R29 Customer informed about processing", "Open", "not required", "1"] in rows
    assert ["R15 The customer was searched in every list of our policy", "1", "0"] in rows
    assert ["R29 Customer informed about processing", "0", "1"] in rows


def test_what_failed_and_what_is_out_of_date_is_said_with_the_button_to_do_it_anew() -> None:
    factories.session(state="COMPLETE")
    version, other = draft(), draft(800)
    work()
    lars = signed_in(other_lead())
    versions.activate(other, other_lead())
    out_of_date = of_impact(show(lars, version))
    assert "Another version was put in force since it was worked out what it would do." in out_of_date
    assert "Work it out anew" in out_of_date
    PolicyImpact.objects.create(
        version=version,
        sha256=version.sha256,
        ordered_by=factories.lead(),
        ordered_at=timezone.now(),
        state="FAILED",
        reason="impact_broke_off",
    )
    failed = of_impact(show(lars, version))
    assert "It could not be worked out. The work on it broke off again and again" in failed


def test_without_an_open_case_there_is_nothing_to_work_out() -> None:
    version = draft()
    assert "There is no open case: it would change none." in of_impact(show(signed_in(other_lead()), version))


def test_whoever_reads_policy_sees_it_and_only_leads_order_it() -> None:
    factories.session(state="COMPLETE")
    version = draft()
    work()
    for person in (factories.kari(), factories.ola(), factories.auditor()):
        client = signed_in(person)
        assert "1 open case was looked at." in of_impact(show(client, version))
        assert "Work it out anew" not in of_impact(show(client, version))
    assert PolicyImpact.objects.count() == 1


def test_the_page_costs_the_same_however_many_cases_would_change(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(12):
        factories.session(state="COMPLETE", payload="no_clean")
    version = draft()
    work()
    assert Case.objects.count() == 12
    client = signed_in(factories.kari())
    with django_assert_max_num_queries(22):
        answer = show(client, version)
    assert len([row for row in cells(answer) if row[0].startswith("C-")]) == 12
