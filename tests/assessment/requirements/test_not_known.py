"""What is unread, not delivered or doubtful meets nothing, and makes nothing not applicable."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.case_facts import CaseFacts, EvidenceRef
from cases.assessment.risk.assess import assess
from cases.assessment.risk.facts import Facts
from tests.assessment.requirements.made import TODAY, facts, statuses, words
from tests.assessment.risk.assessing import FILLED
from tests.findings.reading import of, payload

Change = Callable[[dict[str, Any]], Any]


def changed(change: Change, base: str = "no_full") -> CaseFacts:
    document = copy.deepcopy(payload(base))
    change(document)
    return facts(document)


def without(chapter: str) -> Change:
    return lambda document: document.pop(chapter)


def only_an_auditor(document: dict[str, Any]) -> None:
    document["roles"] = {"others": [{"role": "AUDITOR", "name": "REVISJON VEST AS"}]}


def repeated_status(document: dict[str, Any]) -> None:
    document["keyInformation"]["statusCodes"] = {"ACTIVE": True}


def an_owner_without_country(document: dict[str, Any]) -> None:
    document["ownership"]["beneficials"][1]["address"] = None


def few_levels_and_no_owners(document: dict[str, Any]) -> None:
    document["ownership"] = {"indicators": {"ownershipLevels": 1}}


@pytest.mark.parametrize(
    ("requirement", "of_case", "says"),
    [
        ("R02", changed(without("roles")), "Roles did not come"),
        ("R02", changed(without("address")), "Addresses did not come"),
        ("R02", changed(only_an_auditor), "Nobody is named who manages it"),
        ("R04", changed(without("keyInformation")), "did not come"),
        ("R04", changed(repeated_status), "status"),
        ("R07", changed(few_levels_and_no_owners), "The owners did not all come"),
        ("R08", changed(without("ownership")), "not known whom the provider names"),
        ("R12", changed(without("ownership")), "not known whom the provider names"),
        ("R15", changed(without("sanction")), "not known what came of a search"),
        ("R17", changed(without("sanction")), "not known which hits"),
        ("R18", changed(without("sanction")), "Follows from the hits"),
    ],
)
def test_what_did_not_come_or_cannot_be_relied_upon_is_open(
    requirement: str, of_case: CaseFacts, says: str
) -> None:
    found = statuses(replace(of_case, answers={}))[requirement]
    assert (found.state.value, says in words(replace(of_case, answers={}), requirement)) == ("open", True)


def test_an_owner_without_a_country_leaves_it_not_known_whether_measures_are_needed() -> None:
    of_case = replace(changed(an_owner_without_country), risk_class=RiskClass.HIGH)
    assert statuses(of_case)["R21"].state.value == "cannot_be_known"
    assert "country of a beneficial owner is not known" in words(of_case, "R21")


def test_judged_hits_of_a_screening_that_was_not_all_read_meet_nothing() -> None:
    found = of("no_clean")
    screening = replace(found.screening, not_read=("sanction.more",))
    result = replace(found, screening=screening)
    of_case = facts(result, assessment=assess(FILLED, Facts(result, TODAY)))
    assert statuses(of_case)["R17"].state.value == "open"
    assert "not all read" in words(of_case, "R17")


def test_nobody_is_said_to_hold_nothing_where_the_owners_did_not_come() -> None:
    of_case = changed(without("ownership"), "no_clean")
    assert statuses(of_case)["R17"].state.value == "met_by_evidence"
    assert statuses(of_case)["R18"].state.value == "open"
    assert "who holds it" in words(of_case, "R18")


def test_what_is_of_an_earlier_capture_rests_on_that_one() -> None:
    earlier = EvidenceRef("capture", "session 1 json", "e" * 64)
    of_case = replace(facts(), origins={"keyInformation": earlier})
    assert statuses(of_case)["R04"].evidence == (earlier,)
    assert earlier not in statuses(of_case)["R01"].evidence
