"""Identity and evidence: what a result and its documents show, and what they lack."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements import evidence_checks, screening_checks
from cases.assessment.requirements.case_facts import CaseFacts, EvidenceRef
from cases.assessment.requirements.found import Found
from cases.findings.captures.documents import Arrival, DocumentKind, Signed
from cases.findings.captures.evidence import Evidence
from cases.findings.result import read
from cases.findings.vocabulary.caution_codes import CODES
from tests.assessment.requirements.made import (
    ALL_FINE,
    CAPTURE,
    CAPTURED_ON,
    FILES,
    SET,
    document,
    evidence,
    facts,
    met_by_evidence,
    states,
    statuses,
    words,
)
from tests.findings.reading import ordered, payload

RESULT, REPORT, CERTIFICATE = ALL_FINE
WHOLE = facts()
ON_NO_RESULT = {"R03", "R25"}  # they rest on documents


def of_key_information(**elements: Any) -> dict[str, Any]:
    found = payload("no_full")
    found["keyInformation"] |= elements
    return found


def with_certificate(**changes: Any) -> CaseFacts:
    changed = document(DocumentKind.CERTIFICATE, **changes)
    return facts(known=evidence(documents=(RESULT, REPORT, changed)))


def old(days: int) -> CaseFacts:
    """Facts so many days after everything was captured."""
    today = CAPTURED_ON + datetime.timedelta(days=days)
    return facts(known=evidence(today=today), today=today)


def on_day(captured_on: datetime.date, days: int) -> Found:
    """What is known of a certificate so many days after it was captured."""
    certificate = document(DocumentKind.CERTIFICATE, captured_on=captured_on)
    of_case = replace(WHOLE, evidence=evidence(documents=(certificate,)))
    of_case = replace(of_case, today=captured_on + datetime.timedelta(days=days))
    return evidence_checks.of_register_evidence(SET, of_case)


def no_result(known: Evidence | None = None, **changes: Any) -> CaseFacts:
    """Facts of a case of which no result is read."""
    nothing: dict[str, Any] = {"capture": None, "screening": None, "screened_on": None, "assessment": None}
    nothing |= {"risk_class": RiskClass.HIGH, "answers": {}, "answered_by": ""}
    return facts(read(None, ordered(capture="waiting")), known, **{**nothing, **changes})


def test_a_whole_capture_shows_what_a_capture_can_show() -> None:
    assert met_by_evidence(facts()) == {"R01", "R02", "R03", "R04", "R15", "R25"}


def test_what_is_met_names_what_it_rests_on() -> None:
    found = statuses(facts())
    assert {name: found[name].evidence for name in ("R01", "R02", "R03", "R04", "R15", "R25")} == {
        **dict.fromkeys(("R01", "R02", "R04", "R15"), (CAPTURE,)),
        "R03": (FILES[DocumentKind.CERTIFICATE],),
        "R25": tuple(FILES.values()),
    }


def test_what_is_met_says_what_was_found() -> None:
    of_case = facts()
    assert {name: words(of_case, name) for name in ("R01", "R02", "R03", "R04", "R25")} == {
        "R01": "Number as ordered.",
        "R02": "Name, form, number, address and 8 holders of roles.",
        "R03": "Certificate of registration, captured on 1 Mar 2026, signature verified.",
        "R04": "Status: Active.",
        "R25": "3 of 3 captured, intact; every signature verified.",
    }


def test_a_certificate_is_stale_three_months_after_its_capture() -> None:
    assert statuses(facts())["R03"].stale_on == datetime.date(2026, 6, 1)


def test_a_certificate_is_good_for_three_months_whatever_day_it_was_captured() -> None:
    first = datetime.date(2027, 7, 1)  # the twenty-ninth of February is among the days
    days = [first + datetime.timedelta(days=number) for number in range(366)]
    found = {day: [on_day(day, after).state.value for after in (88, 92)] for day in days}
    assert {day: pair for day, pair in found.items() if pair != ["met_by_evidence", "open"]} == {}


def test_a_certificate_three_months_old_is_open_and_says_of_which_day_it_is() -> None:
    of_case = old(92)
    assert words(of_case, "R03") == (
        "The certificate of registration was captured on 1 Mar 2026: it is three months old."
    )


def test_how_old_a_certificate_is_bears_on_no_other_requirement() -> None:
    assert states(old(300), "R25", "R26") == states(facts(), "R25", "R26")


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"signed": Signed.NOT_TRUSTED}, "of 1 Mar 2026 is not verified"),
        ({"signed": Signed.ALTERED}, "of 1 Mar 2026 is not verified"),
        ({"signed": None}, "of 1 Mar 2026 is not verified"),
        ({"arrival": Arrival.FAILED, "captured_on": None}, "no certificate of registration"),
        ({"arrival": Arrival.AWAITED, "captured_on": None}, "no certificate of registration"),
        ({"about_us": False}, "of 1 Mar 2026 may be about another organisation"),
        ({"came_with_another": True}, "of 1 Mar 2026 may be about another organisation"),
    ],
)
def test_a_certificate_that_cannot_be_relied_upon_leaves_two_requirements_open(
    changes: dict[str, Any], part: str
) -> None:
    of_case = with_certificate(**changes)
    assert states(of_case, "R03", "R25") == {"R03": "open", "R25": "open"}
    assert part in words(of_case, "R03")


def test_a_certificate_whose_text_does_not_show_whom_it_is_about_is_open() -> None:
    of_case = with_certificate(about_us=None)
    assert states(of_case, "R03") == {"R03": "open"}
    assert "of 1 Mar 2026 is about, its text does not show" in words(of_case, "R03")


@pytest.mark.parametrize(
    ("documents", "part"),
    [
        ((RESULT, document(DocumentKind.AML, signed=Signed.UNSIGNED), CERTIFICATE), "Document not signed"),
        ((RESULT, document(DocumentKind.AML, signed=None), CERTIFICATE), "not checked"),
        ((RESULT, document(DocumentKind.AML, arrival=Arrival.AWAITED), CERTIFICATE), "aml: not captured"),
        ((RESULT,), "No signed document was ordered"),
        ((), "Nothing was captured"),
        (None, "Nothing was captured"),
    ],
)
def test_evidence_that_is_not_whole_is_open_and_says_what_is_not(documents: Any, part: str) -> None:
    of_case = facts(known=evidence(documents=documents))
    assert states(of_case, "R25") == {"R25": "open"}
    assert part.casefold() in words(of_case, "R25").casefold()


def test_evidence_of_a_spoiled_result_is_open_and_says_why() -> None:
    of_case = facts(known=evidence(spoiled="The stored result was altered."))
    assert states(of_case, "R25") == {"R25": "open"}
    assert "The stored result was altered." in words(of_case, "R25")


@pytest.mark.parametrize(
    ("elements", "part"),
    [
        ({"name": None}, "Name not stated"),
        ({"organizationType": None}, "Legal form not stated"),
        ({"organizationNumber": "317835338"}, "Number fails its check"),
        ({"country": None}, "Country not stated"),
    ],
)
def test_an_identity_with_a_gap_is_open_and_names_it(elements: dict[str, Any], part: str) -> None:
    of_case = facts(of_key_information(**elements))
    assert states(of_case, "R02") == {"R02": "open"}
    assert part in words(of_case, "R02")


def test_an_identity_without_its_chapters_names_everything_that_did_not_come() -> None:
    of_case = facts({})
    assert words(of_case, "R02") == "Company facts did not come. Addresses did not come. Roles did not come."


def test_a_chief_executive_who_is_not_named_is_a_gap() -> None:
    found = payload("no_full")
    found["roles"]["ceo"] = {}
    of_case = facts(found)
    assert states(of_case, "R02") == {"R02": "open"}
    assert "nobody is named" in words(of_case, "R02")


@pytest.mark.parametrize(
    ("statuses_of_firm", "part"),
    [
        (["BANKRUPT"], "Bankrupt"),
        (["UNDER_LIQUIDATION"], "liquidation"),
        ([], "status"),
        (["ACTIVE", "SOMETHING_NEW"], "status"),
    ],
)
def test_a_firm_that_may_not_be_there_is_open_and_says_why(statuses_of_firm: list[str], part: str) -> None:
    of_case = facts(of_key_information(statusCodes=statuses_of_firm))
    assert states(of_case, "R04") == {"R04": "open"}
    assert part.casefold() in words(of_case, "R04").casefold()


def test_of_a_result_about_another_organisation_nothing_counts() -> None:
    of_case = no_result(known=evidence(about_us=False))
    assert met_by_evidence(of_case) <= ON_NO_RESULT
    assert words(of_case, "R01") == "The result is about another organisation than the one ordered."


def test_without_a_result_nothing_is_shown_but_what_rests_on_documents() -> None:
    of_case = no_result()
    assert met_by_evidence(of_case) <= ON_NO_RESULT
    assert words(of_case, "R01") == "There is no result to read."


def test_without_a_result_nothing_but_what_the_class_leaves_out_is_not_applicable() -> None:
    found = states(no_result())
    # Of R13, that no exemption is used.
    assert {name for name, state in found.items() if state == "not_applicable"} == {"R13", "R23"}


def test_a_result_that_does_not_say_whom_it_is_about_is_open() -> None:
    of_case = facts(known=evidence(about_us=None))
    assert states(of_case, "R01") == {"R01": "open"}
    assert words(of_case, "R01") == "The result does not say which organisation it is about."


def test_every_code_that_a_check_names_is_one_that_findings_use() -> None:
    named = {
        *evidence_checks.GAPS,
        *evidence_checks.NOT_ACTING,
        *evidence_checks.NOT_COUNTED,
        *screening_checks.OF_OTHERS,
    }
    assert named - set(CODES) == set()


def test_a_piece_of_evidence_says_what_it_is() -> None:
    assert EvidenceRef("statement", "2").words == "Statement 2"
    assert EvidenceRef("capture", "session 2 json", "", "JSON result of capture 2").words == (
        "JSON result of capture 2"
    )
