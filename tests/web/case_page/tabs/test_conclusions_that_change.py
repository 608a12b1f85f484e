"""Conclusions on owners who come and go: added, named no more, namesakes, managers in their place."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from cases.models import Case, OwnerConclusion
from cases.presentation.paper.case_report import html
from cases.workflows.background.reports import gather
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.verification import reconciling
from tests import factories, judging
from tests.findings.reading import payload
from tests.management.commands import run
from tests.web.case_page.tabs.test_conclusions import (
    AARNE,
    FOUND,
    INGRID,
    NOT_ONE,
    REFUSED,
    WHY,
    an_owner,
    document,
    of_command,
    panel,
    requirement,
    send,
    served,
    signed_in,
    tab,
)
from tests.web.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


@pytest.fixture
def case() -> Case:
    made = factories.case(assignee=factories.kari())
    judging.result_of(made, document(made))
    return made


def report_chapter(case: Case) -> str:
    session = case.sessions.order_by("-number").first()
    report = fromstring(html(gather(factories.report(case, session=session))))
    return words(report.get_element_by_id("chapter-conclusions"))


def test_the_report_names_the_manager_where_nobody_is_a_candidate(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    judging.result_of(made, document(made, beneficials=[], shareholders=[]))
    manager = {"conclusion": "SENIOR_MANAGER", "words": WHY, "is_search_stated": "on"}
    assert send(kari, made, {"Jonas Eikeland": manager}).status_code == FOUND
    assert "Jonas Eikeland" in report_chapter(made)
    assert "There is no candidate" not in report_chapter(made)


def test_the_fold_of_managers_is_open_where_one_of_them_is_refused(kari: Client, case: Case) -> None:
    refused = send(kari, case, {"Jonas Eikeland": {"conclusion": "SENIOR_MANAGER", "words": WHY}})
    assert panel(refused).xpath(".//details[@id='managers'][@open]")
    assert "Nothing was kept yet" in words(panel(refused))


def test_who_is_not_named_any_more_is_still_shown_with_the_conclusion(kari: Client, case: Case) -> None:
    send(kari, case, {INGRID: an_owner(), AARNE: NOT_ONE})
    beneficials = payload("no_full")["ownership"]["beneficials"][:1]
    judging.result_of(case, document(case, beneficials=beneficials))
    found = json.loads(run("owners", "--case", case.reference, "--json").out)
    assert [entry["name"] for entry in found["no_longer_named"]] == [AARNE]
    assert "not named any more (1)" in words(tab(kari, case))
    assert AARNE in report_chapter(case)


@pytest.mark.parametrize("name", [f"  {INGRID.upper()} ", "guro  STIFTER"])
def test_who_is_there_already_cannot_be_added(kari: Client, case: Case, name: str) -> None:
    first = {"added-name": "Guro Stifter", **{f"added-{k}": v for k, v in an_owner().items()}}
    assert send(kari, case, {}, **first).status_code == FOUND
    again = {"added-name": name, **{f"added-{k}": v for k, v in NOT_ONE.items()}}
    answer = send(kari, case, {}, **again)
    assert (answer.status_code, "is there already" in words(panel(answer))) == (REFUSED, True)
    assert OwnerConclusion.objects.count() == 1


def test_an_owner_whom_people_added_opens_the_searches_again(kari: Client, case: Case) -> None:
    before = requirement(case, "R16")
    added = {"added-name": "Guro Stifter", **{f"added-{k}": v for k, v in an_owner().items()}}
    send(kari, case, {}, **added)
    today = timezone.localdate()
    about = requirement_status.of_case(case, today).by_id["R16"].found.about
    assert before["state"] == "cannot_be_known"
    assert "Guro Stifter" in about


@pytest.mark.parametrize("percent", ["-0", "25", "33.333"])
def test_a_percentage_is_the_same_in_its_row_and_in_its_event(kari: Client, case: Case, percent: str) -> None:
    send(kari, case, {INGRID: an_owner(percent=percent)})
    (found,) = reconciling.reconcile(case.reference)
    assert not [problem for problem in found.problems if "conclusion" in problem]


def test_a_namesakes_conclusion_does_not_move_to_the_other(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    both = [
        {"name": "Ola Hansen", "percentageControl": share, "address": {"city": city, "country": "NO"}}
        for city, share in (("Oslo", 40.0), ("Bergen", 40.0))
    ]
    judging.result_of(made, document(made, beneficials=both, shareholders=[]))
    shown = tab(kari, made)
    keys = [row.get("id").removeprefix("person-") for row in shown.xpath(".//div[@class='candidate']")[:2]]
    sent = {f"{key}-{k}": v for key in keys for k, v in an_owner().items()}
    assert (
        kari.post(reverse("conclude_owners", args=[made.reference]), {**served(shown), **sent}).status_code
        == FOUND
    )
    judging.result_of(made, document(made, beneficials=both[1:], shareholders=[]))
    assert of_command(made)["Ola Hansen"]["conclusion"] is None
