"""Risk, purpose and approval, and which class needs which requirement."""

from dataclasses import replace
from typing import Any

import pytest

from cases.assessment.policy.risk_terms import CountryList, RiskClass
from cases.assessment.requirements.case_facts import CaseFacts
from cases.findings.result import Result
from tests.assessment.requirements.made import CAPTURE, facts, states, statuses, words
from tests.assessment.risk.assessing import DEFAULT, FILLED, HARMLESS, changed, plain
from tests.findings.reading import CONTRACT, payload, result

NEEDED_BY_CLASS = {
    RiskClass.LOW: {"R07", "R20", "R21", "R24"},
    RiskClass.NORMAL: {"R20", "R21", "R23", "R24"},
    RiskClass.HIGH: {"R23"},
    RiskClass.PROHIBITED: {"R23"},
}


def at(risk_class: RiskClass, found: Any = "no_full", **changes: Any) -> CaseFacts:
    return facts(found, risk_class=risk_class, **changes)


def without_points() -> dict[str, Any]:
    """The plain result, with a rule to sign and a board, so that nothing is to be checked."""
    document = plain()
    person = {"name": "Liv Strand", "dateOfBirth": "1988-03-03"}
    document["roles"]["boardMembers"] = [{"name": "Per Berg", "dateOfBirth": "1970-01-01"}]
    option = {"required": [{**person, "role": "CHAIRMAN_OF_THE_BOARD"}]}
    document["authorities"] = {
        "signatureRights": {"status": "CONCLUSIVE", "options": [option]},
        "powerOfProcuration": {"status": "NOT_SET"},
    }
    return document


@pytest.mark.parametrize("risk_class", [*RiskClass])
def test_a_class_leaves_out_what_it_does_not_need(risk_class: RiskClass) -> None:
    found = statuses(at(risk_class))
    left_out = {
        name for name, status in found.items() if "Not needed for the class" in str(status.found.words)
    }
    assert left_out == NEEDED_BY_CLASS[risk_class]
    assert {found[name].state.value for name in left_out} == {"not_applicable"}


def test_what_a_class_leaves_out_names_the_class() -> None:
    assert words(at(RiskClass.LOW, plain()), "R24") == "Not needed for the class Low."
    assert words(at(RiskClass.LOW), "R24") == "Not needed for the class Low, which is provisional."


def test_nothing_to_check_about_owners_gives_rise_to_nothing_at_low() -> None:
    of_case = at(RiskClass.LOW, plain())
    names = ("R09", "R10", "R11")
    assert states(of_case, *names) == dict.fromkeys(names, "not_applicable")
    assert words(of_case, "R11") == "Nothing gives rise to it for the class Low."


def test_a_point_to_check_about_owners_gives_rise_to_a_comparison_at_low() -> None:
    names = ("R10", "R11")
    assert states(at(RiskClass.LOW), *names) == dict.fromkeys(names, "open")


def test_owners_that_did_not_come_give_rise_to_a_comparison_at_low() -> None:
    document = plain()
    del document["ownership"]
    names = ("R09", "R10", "R11", "R12")
    assert states(at(RiskClass.LOW, document), *names) == dict.fromkeys(names, "open")


def test_at_normal_owners_are_compared_whatever_is_to_be_checked() -> None:
    assert states(at(RiskClass.NORMAL, plain()), "R11") == {"R11": "open"}


def test_whether_the_rule_to_sign_is_conclusive_is_said_beside_who_acts() -> None:
    without = payload("no_full")
    del without["authorities"]
    found = [words(facts(document), "R05") for document in (payload("no_full"), plain(), without)]
    assert found == [
        "The rule to sign is conclusive. Choose who acts.",
        "The rule to sign is not conclusive. Choose who acts.",
        "The rule to sign did not come. Choose who acts.",
    ]


def test_purpose_and_industry_stand_beside_what_nobody_said() -> None:
    of_case = facts(plain(), case_purpose="Payment account")
    assert states(of_case, "R14") == {"R14": "open"}
    assert (
        words(of_case, "R14")
        == "Nobody said what the relation is for. Beside it: Payment account; Bokhandel."
    )


def test_what_is_not_stated_is_nothing_that_a_word_on_the_purpose_is_about() -> None:
    assert statuses(facts(plain()))["R14"].found.about == ("Bokhandel",)


def in_country(code: str, **changes: Any) -> CaseFacts:
    return at(RiskClass.HIGH, changed("keyInformation.country", code), **changes)


def test_a_country_of_a_list_needs_measures_at_high() -> None:
    of_case = in_country("AF")
    assert states(of_case, "R21") == {"R21": "open"}
    assert words(of_case, "R21") == "High-risk third countries: AF."


def test_no_country_of_a_list_needs_no_measures() -> None:
    assert states(in_country("SE"), "R21") == {"R21": "not_applicable"}


def test_a_list_that_is_not_filled_in_keeps_countries_from_being_known() -> None:
    empty: dict[str, CountryList] = {**FILLED.lists, "HIGH_RISK_THIRD": DEFAULT.lists["HIGH_RISK_THIRD"]}
    of_case = in_country("SE", country_lists=empty)
    assert states(of_case, "R21") == {"R21": "cannot_be_known"}
    assert words(of_case, "R21") == "The risk model lacks these lists of countries: HIGH_RISK_THIRD."


def test_without_any_country_it_cannot_be_known_whether_measures_are_needed() -> None:
    assert states(at(RiskClass.HIGH, {}), "R21") == {"R21": "cannot_be_known"}


def without_beneficials() -> Result:
    document = payload("no_full")
    del document["ownership"]["beneficials"]
    return result(document, expands=tuple(word for word in CONTRACT.expands if "enef" not in word))


def test_without_beneficial_owners_it_cannot_be_known_whether_measures_are_needed() -> None:
    assert states(at(RiskClass.HIGH, without_beneficials()), "R21") == {"R21": "cannot_be_known"}


def test_a_class_that_questions_or_hits_can_change_is_open() -> None:
    assert words(facts(answers={}), "R22") == "8 questions are not answered. 2 hits are open."
    assert states(facts(answers={}), "R22") == {"R22": "open"}


def test_a_class_is_met_by_who_answered_and_rests_on_the_model() -> None:
    status = statuses(facts(plain()))["R22"]
    assert (status.state.value, status.by) == ("met_by_person", "Kari Nord")
    assert [(ref.kind, ref.hash) for ref in status.evidence] == [("risk_model", "")]
    assert str(status.found.words) == "Low, 0 points. Not known of gates: X2."


def test_without_an_assessment_no_class_is_worked_out() -> None:
    of_case = facts(assessment=None)
    assert (states(of_case, "R22"), words(of_case, "R22")) == ({"R22": "open"}, "No class can be worked out.")


def test_that_low_is_earned_is_a_persons_to_confirm() -> None:
    of_case = facts(plain())
    assert of_case.risk_class is RiskClass.LOW
    assert (states(of_case, "R23"), words(of_case, "R23")) == ({"R23": "open"}, "Reasons: L3.")


def test_a_class_lowered_to_low_says_that_low_is_not_earned() -> None:
    of_case = at(RiskClass.LOW)
    assert words(of_case, "R23").startswith("The class was lowered, and low is not earned:")


def test_measures_name_the_gates_that_hold() -> None:
    of_case = facts(answers={**HARMLESS, "complex": "yes"})
    gates = of_case.assessment.gates if of_case.assessment else ()
    assert of_case.risk_class is RiskClass.HIGH
    assert [gate.words.rstrip(".") in words(of_case, "R24") for gate in gates] == [True]


def test_points_to_check_are_open_and_named() -> None:
    of_case = facts()
    assert states(of_case, "R26") == {"R26": "open"}
    assert words(of_case, "R26") == "0.1 % not explained. Procuration: not conclusive."


def test_without_points_to_check_there_is_nothing_to_deal_with() -> None:
    of_case = facts(without_points())
    status = statuses(replace(of_case, cautions=()))["R26"]
    assert (status.state.value, status.evidence) == ("met_by_evidence", (CAPTURE,))


def test_points_of_hits_lists_and_documents_are_dealt_with_elsewhere() -> None:
    of_case = facts()
    topics = {"sanctions", "pep", "documents"}
    elsewhere = tuple(caution for caution in of_case.cautions if caution.topic in topics)
    assert elsewhere
    assert states(replace(of_case, cautions=elsewhere), "R26") == {"R26": "met_by_evidence"}


def test_what_only_people_do_is_open() -> None:
    names = ("R05", "R08", "R14", "R28", "R29", "R30")
    assert states(facts(), *names) == dict.fromkeys(names, "open")
    assert words(facts(), "R28") == "Nobody proposed a decision."
