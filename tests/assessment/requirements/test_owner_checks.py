"""Owners and control: what the result tells of them, and what a person must say."""

from dataclasses import replace
from typing import Any

import pytest

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.case_facts import CaseFacts
from cases.assessment.requirements.statement import StatementKind
from tests.assessment.requirements.made import (
    changed_ownership,
    facts,
    not_concluded,
    stated,
    states,
    statuses,
    words,
)
from tests.assessment.risk.assessing import HARMLESS, changed, plain
from tests.findings.reading import CONTRACT, payload, result

UNANSWERED = {name: answer for name, answer in HARMLESS.items() if name != "complex"}
WITHOUT_BENEFICIALS = tuple(word for word in CONTRACT.expands if "beneficial" not in word.casefold())


def not_ordered(**changes: Any) -> CaseFacts:
    """Facts of a case whose beneficial owners were not ordered, so that none came."""
    document = payload("no_full")
    del document["ownership"]["beneficials"]
    return facts(of_document(document), **changes)


def of_document(document: dict[str, Any]) -> Any:
    return result(document, expands=WITHOUT_BENEFICIALS)


def at_normal(document: Any, **changes: Any) -> CaseFacts:
    return facts(document, risk_class=RiskClass.NORMAL, **changes)


def of_firm(**elements: Any) -> CaseFacts:
    document = plain()
    document["ownership"] |= elements
    return at_normal(document, answers=UNANSWERED)


def held(*shares: float) -> list[dict[str, Any]]:
    return [
        {"name": name, "dateOfBirth": "1980-01-02", "percentage": share, "type": "PERSON"}
        for name, share in zip(("Anne Dal", "Berit Eng", "Carl Foss", "Dag Gran"), shares, strict=False)
    ]


def test_a_plain_structure_is_met_by_evidence() -> None:
    assert states(of_firm(), "R06") == {"R06": "met_by_evidence"}


@pytest.mark.parametrize(
    ("elements", "part"),
    [
        ({"shareholders": held(60, 34)}, "6 % of the shares is not explained"),
        ({"shareholders": held(60, 46)}, "The shares of named owners are 6 % more than there is"),
        ({"shareholders": []}, "No shareholder is listed"),
        ({"shareholders": None}, "Shareholders did not come"),
        ({"indicators": {"ownershipLevels": 3}}, "3 levels of owners"),
        ({"indicators": {}}, "How many levels of owners there are is not told"),
        (
            {"shareholders": [{"name": "EIER AS", "percentage": 100, "type": "ORGANIZATION"}]},
            "EIER AS: who owns it is not in the result",
        ),
    ],
)
def test_a_structure_that_is_not_plain_is_open_and_says_why(elements: dict[str, Any], part: str) -> None:
    of_case = of_firm(**elements)
    assert states(of_case, "R06") == {"R06": "open"}
    assert part in words(of_case, "R06").replace("−", "-")


def test_as_much_as_the_policy_lets_be_unexplained_is_no_gap() -> None:
    assert "not explained" not in words(of_firm(shareholders=held(60, 35)), "R06")


def test_a_structure_of_which_nothing_looks_complex_needs_no_decision() -> None:
    assert states(of_firm(), "R07") == {"R07": "not_applicable"}


@pytest.mark.parametrize(
    ("place", "value", "part"),
    [
        ("ownership.indicators.ownershipLevels", 3, "3 levels of owners"),
        ("ownership.indicators.ownershipLevels", None, "How many levels of owners there are is not told"),
        ("keyInformation.organizationType", "FOUNDATION", "A foundation"),
        ("keyInformation.organizationType", None, "The legal form is not known"),
        ("ownership.beneficials", [], "Liv Strand: country not told"),
    ],
)
def test_a_sign_of_complexity_is_open_until_a_person_answers(place: str, value: Any, part: str) -> None:
    document = changed(place, value)
    of_case = at_normal(document, answers=UNANSWERED)
    assert states(of_case, "R07") == {"R07": "open"}
    assert part in words(of_case, "R07")
    status = statuses(at_normal(document))["R07"]
    assert (status.state.value, status.by) == ("met_by_person", "Kari Nord")


def test_an_owner_outside_the_area_is_a_sign_of_complexity() -> None:
    document = plain()
    document["ownership"]["beneficials"][0]["address"] = {"city": "London", "country": "GB"}
    assert words(at_normal(document, answers=UNANSWERED), "R07") == "Liv Strand: outside the EEA."


def test_without_a_list_of_the_area_no_structure_is_plain() -> None:
    of_case = at_normal(plain(), answers=UNANSWERED, country_lists={})
    assert words(of_case, "R07") == "No list of the countries of the EEA is in the risk model."


def concluded(document: Any = "no_full", **changes: Any) -> CaseFacts:
    """Facts of a case in which everybody is concluded on."""
    before = facts(document)
    known = not_concluded(before.result, **{"open_names": (), "by": ("Kari Nord",), "refs": (4,), **changes})
    return replace(before, owners=known)


def test_candidates_are_open_until_a_person_concludes_on_them() -> None:
    of_case = facts()
    assert states(of_case, "R08", "R12") == {"R08": "open", "R12": "not_applicable"}
    assert "candidates are not concluded on:" in words(of_case, "R08")
    assert "Ingrid Solvang" in words(of_case, "R08")


@pytest.mark.parametrize(
    ("changes", "part", "nobody_found"),
    [
        (
            {"owners": ("Ingrid Solvang",)},
            "Beneficial owners: Ingrid Solvang.",
            "not_applicable",
        ),
        (
            {"managers": ("Jonas Eikeland",)},
            "Senior managers: Jonas Eikeland.",
            "open",
        ),
    ],
)
def test_owners_are_met_by_who_concluded_on_them(
    changes: dict[str, Any], part: str, nobody_found: str
) -> None:
    of_case = concluded(**changes)
    status = statuses(of_case)["R08"]
    # What may hide further candidates is said beside them.
    whole = f"{part} 0.1 % of the shares is not explained."
    assert (status.state.value, status.by, words(of_case, "R08")) == ("met_by_person", "Kari Nord", whole)
    assert [(ref.kind, ref.id) for ref in status.evidence] == [("conclusion", "4")]
    assert states(of_case, "R12") == {"R12": nobody_found}


def test_where_everybody_is_concluded_to_be_nobody_owners_are_open() -> None:
    assert states(concluded(), "R08", "R12") == {"R08": "open", "R12": "open"}


def test_where_no_beneficial_owner_is_named_the_search_is_to_be_described() -> None:
    of_case = facts(changed_ownership(beneficials=[]))
    assert states(of_case, "R08", "R12") == {"R08": "open", "R12": "open"}
    assert words(of_case, "R12").startswith("The provider names no beneficial owner.")


def test_of_owners_that_were_not_ordered_nothing_is_known() -> None:
    of_case = not_ordered()
    names = ("R09", "R10", "R12")
    assert states(of_case, *names) == dict.fromkeys(names, "open")
    assert words(of_case, "R10") == "It is not known whom the provider names as beneficial owners."


def test_without_anything_read_of_owners_it_is_not_known_who_owns() -> None:
    of_case = facts(owners=None)
    assert states(of_case, "R08", "R12") == {"R08": "open", "R12": "open"}
    assert words(of_case, "R12").startswith("It is not known whom the provider names")


@pytest.mark.parametrize(
    ("kind", "state"), [(StatementKind.MET, "not_applicable"), (StatementKind.TAKEN_BACK, "open")]
)
def test_an_exemption_that_a_person_showed_needs_no_owner(kind: StatementKind, state: str) -> None:
    of_case = at_normal(changed("keyInformation.organizationType", "MUNICIPALITY"))
    assert states(of_case, "R08", R13=stated("R13", of_case, kind)) == {"R08": state}


def test_what_a_result_never_tells_of_owners_cannot_be_known() -> None:
    of_case = facts()
    assert states(of_case, "R09") == {"R09": "cannot_be_known"}
    assert words(of_case, "R09") == "Nationality and place of birth are not in the result."


@pytest.mark.parametrize(
    ("name", "part"),
    [("dateOfBirth", "no whole date of birth or number"), ("address", "Ingrid Solvang: no address")],
)
def test_what_is_lacking_of_an_owner_is_named(name: str, part: str) -> None:
    document = payload("no_full")
    document["ownership"]["shareholders"] = []
    del document["ownership"]["beneficials"][0][name]
    of_case = facts(document)
    assert states(of_case, "R09") == {"R09": "open"}
    assert part in words(of_case, "R09")


def test_the_data_of_nobody_need_not_be_complete() -> None:
    assert states(facts(changed_ownership(beneficials=[])), "R09") == {"R09": "not_applicable"}


def test_where_owners_come_from_is_said() -> None:
    assert words(facts(), "R10") == "Source: Bisnode. Nobody looked them up in the register."


FORMS = [("MUNICIPALITY", "open"), ("LIMITED_COMPANY", "not_applicable"), (None, "not_applicable")]


@pytest.mark.parametrize(("form", "state"), FORMS)
def test_an_exemption_is_shown_where_the_form_is_exempt(form: str | None, state: str) -> None:
    of_case = at_normal(changed("keyInformation.organizationType", form))
    assert states(of_case, "R13") == {"R13": state}


def test_a_listed_customer_shows_the_market() -> None:
    of_case = at_normal(plain(), answers={**HARMLESS, "listed": "EEA regulated market"})
    assert states(of_case, "R13") == {"R13": "open"}
    assert words(of_case, "R13") == "Listed: EEA regulated market."


def test_a_new_director_is_named_where_a_search_was_about_others() -> None:
    before, document = facts(), payload("no_full")
    document["roles"]["boardMembers"].append({"name": "Nina Ny", "dateOfBirth": "1990-01-01"})
    searched = stated("R16", before)
    assert states(before, "R16", R16=searched) == {"R16": "met_by_person"}
    status = statuses(facts(document), R16=searched)["R16"]
    assert (status.state.value, str(status.why_not).replace("\xa0", " ")) == (
        "cannot_be_known",
        "It was about something else: new: Nina Ny · 1 Jan 1990",
    )


def test_an_owner_without_a_name_is_one_that_a_search_was_not_about() -> None:
    before, document = facts(), payload("no_full")
    document["roles"]["boardMembers"].append({"firstName": None, "name": None, "title": "x"})
    document["ownership"]["shareholders"].append({"percentage": 0.1, "type": "PERSON"})
    status = statuses(facts(document), R16=stated("R16", before))["R16"]
    assert (status.state.value, str(status.why_not)) == (
        "cannot_be_known",
        "It was about something else: new: ?",
    )


def test_an_owner_who_left_is_named() -> None:
    before = facts()
    document = payload("no_full")
    document["ownership"]["shareholders"] = document["ownership"]["shareholders"][:2]
    status = statuses(facts(document), R10=stated("R10", before))["R10"]
    assert str(status.why_not) == "It was about something else: no more: Storsjön Invest AB · 559657-0704"
