"""Where nobody is a beneficial owner, one way leads over the search to a senior manager, and ends nowhere before."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement

from cases.assessment.policy.requirement_terms import Check
from cases.models import Case
from cases.workflows.casework.requirements import requirement_status
from tests import deciding, factories, judging
from tests.web.case_page.tabs.test_conclusions import (
    AARNE,
    INGRID,
    NOT_ONE,
    WHY,
    an_owner,
    document,
    requirement,
    send,
    signed_in,
)
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MANAGER = {"conclusion": "SENIOR_MANAGER", "words": WHY, "is_search_stated": "on"}


@pytest.fixture
def kari() -> Client:
    return signed_in(factories.kari())


def case_of(**ownership: Any) -> Case:
    made = factories.case(assignee=factories.kari())
    judging.result_of(made, document(made, **ownership))
    return made


def tab(client: Client, case: Case) -> HtmlElement:
    return page(client.get(reverse("case_tab", args=[case.reference, "ownership"])))


def steps(client: Client, case: Case) -> list[tuple[str, str]]:
    """Each step, with the word of its stage first, and where its link leads."""
    found = tab(client, case).xpath("//section[@id='no-owner']//li")
    return [(words(step), "".join(step.xpath("./a/@href"))) for step in found]


def test_the_steps_follow_what_is_done(kari: Client) -> None:
    case = case_of()
    assert [step.split(" ")[0] for step, _link in steps(kari, case)] == ["To", "After", "After"]
    assert steps(kari, case)[0] == (
        "To do 2 candidates are not concluded on yet. Conclude on them",
        "#conclusions",
    )
    send(kari, case, {INGRID: NOT_ONE, AARNE: NOT_ONE})
    first, search, manager = steps(kari, case)
    assert first == ("Done Every candidate is concluded on, and nobody is an owner.", "")
    assert search[0].endswith("Describe the search")
    assert (search[0][:5], manager[0][:5]) == ("To do", "To do")
    shown = page(kari.get(search[1]))
    assert words(shown.get_element_by_id("requirement-title")) == "Nobody found: search described"
    assert shown.xpath("//form[contains(@class, 'requirement-form')]")
    (open_fold,) = page(kari.get(manager[1])).xpath("//details[@id='managers']")
    assert open_fold.get("open") is not None
    today = timezone.localdate()
    found = requirement_status.of_case(case, today)
    (described,) = [status for status in found.open if status.required.check is Check.NOBODY_FOUND]
    deciding.state(case, described)
    assert steps(kari, case)[1][0].startswith("Done")
    send(kari, case, {"Jonas Eikeland": MANAGER})
    assert steps(kari, case)[2] == ("Done Senior managers: Jonas Eikeland.", "")
    assert requirement(case, "R08")["state"] == "met_by_person"
    assert requirement(case, "R12")["state"] == "met_by_person"


def test_the_form_leads_to_the_steps_as_long_as_nobody_is_an_owner(kari: Client) -> None:
    case = case_of()
    way = "//form[@id='conclusions']//a[@href='#no-owner']"
    assert words(tab(kari, case).xpath(way)[0]) == "No owner found: describe the search"
    send(kari, case, {INGRID: an_owner()})
    shown = tab(kari, case)
    assert not shown.xpath(way)
    assert not shown.xpath("//section[@id='no-owner']")


def test_where_the_result_names_nobody_at_all_the_way_goes_on(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    judging.result_of(made, {**document(made, beneficials=[], shareholders=[]), "roles": {}})
    first, search, manager = steps(kari, made)
    assert first[0] == "Done There is no candidate in the result."
    assert search[0].endswith("Describe the search")
    assert manager == (
        "To do Conclude who is a senior manager in the place of an owner; "
        "the result names nobody of the board. Add a person",
        "#add-person",
    )
    added = {"added-name": "Guro Leder", **{f"added-{k}": v for k, v in MANAGER.items()}}
    send(kari, made, {}, **added)
    assert steps(kari, made)[2] == ("Done Senior managers: Guro Leder.", "")


def test_where_it_is_not_known_who_may_be_an_owner_there_is_no_way_round_it(kari: Client) -> None:
    made = factories.case(assignee=factories.kari())
    found = document(made)
    del found["ownership"]
    judging.result_of(made, found)
    assert not steps(kari, made)
    assert "The owners did not come" in words(tab(kari, made))


def test_a_reader_sees_how_far_it_is(kari: Client) -> None:
    case = case_of()
    auditor = signed_in(factories.auditor())
    assert [step for step, _link in steps(auditor, case)] == [step for step, _link in steps(kari, case)]
