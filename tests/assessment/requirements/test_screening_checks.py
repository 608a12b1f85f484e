"""Screening: which lists, which hits, and what the provider does not say."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.case_facts import CaseFacts, EvidenceRef, JudgedBy
from cases.assessment.requirements.statement import Outcome, StatementKind
from cases.assessment.risk.assess import assess
from cases.assessment.risk.facts import Facts, JudgedHits
from cases.findings.result import with_dispositions
from cases.findings.screening.chapter import Disposition
from tests.assessment.requirements.made import (
    CAPTURE,
    CAPTURED_ON,
    TODAY,
    evidence,
    facts,
    stated,
    states,
    statuses,
    words,
)
from tests.assessment.risk.assessing import FILLED, HARMLESS, plain
from tests.findings.reading import CONTRACT, of, payload, result

JUDGEMENT = EvidenceRef("judgement", "7/1")
BY_KARI = JudgedBy(JUDGEMENT, "Kari Nord")


def screened(
    *lists: str, hits: tuple[dict[str, Any], ...] = (), scopes: tuple[str, ...] | None = None
) -> Any:
    """The full result with a screening in these lists."""
    document = payload("no_full")
    document["sanction"] = {
        "status": "SANCTION" if hits else "NONE",
        "sanctionResults": [*hits],
        "metadata": {"sources": [*lists]},
    }
    return result(document, **({} if scopes is None else {"scopes": scopes}))


def judged(disposition: Disposition, found: Any = None, **changes: Any) -> CaseFacts:
    """Facts of a case whose hits were all judged alike, by one person."""
    read = found or of("no_full")
    read = with_dispositions(read, {hit.fingerprint: disposition for hit in read.screening.hits})
    of_hits = JudgedHits("FALSE_POSITIVE", "FP04", len(read.screening.hits))
    assessment = assess(FILLED, Facts(read, TODAY, answers=HARMLESS, judged=(of_hits,)))
    return facts(read, assessment=assessment, judged=(BY_KARI,), **changes)


def at_high(**changes: Any) -> CaseFacts:
    return facts(screened("EU_GLOBAL", "UN_CONSOLIDATED", "OFAC"), risk_class=RiskClass.HIGH, **changes)


def owner_hit(source: str) -> dict[str, Any]:
    return {"name": "Ingrid Solvang", "source": source, "externalId": "X-1", "matchIndicator": 450}


def test_every_list_of_the_policy_was_searched() -> None:
    assert words(facts(), "R15") == (
        "Searched on 1 Mar 2026: EU consolidated list, UN consolidated list, OFAC (US), HM Treasury (UK)."
    )


@pytest.mark.parametrize(
    ("lists", "scopes", "part"),
    [
        (("EU_GLOBAL", "UN_CONSOLIDATED"), (CONTRACT.scope_basic,), "OFAC (US): not searched"),
        (("EU_GLOBAL", "UN_CONSOLIDATED"), None, "OFAC (US): not searched"),
        (("OFAC", "UN_CONSOLIDATED"), None, "EU consolidated list: not searched, or not told"),
        ((), None, "UN consolidated list: not searched, or not told"),
    ],
)
def test_a_list_that_was_not_searched_is_named(
    lists: tuple[str, ...], scopes: tuple[str, ...] | None, part: str
) -> None:
    of_case = facts(screened(*lists, scopes=scopes))
    assert states(of_case, "R15") == {"R15": "open"}
    assert part in words(of_case, "R15")


def test_without_access_to_ofac_nothing_else_is_lacking() -> None:
    found = screened("EU_GLOBAL", "UN_CONSOLIDATED", scopes=(CONTRACT.scope_basic,))
    assert words(facts(found), "R15") == "OFAC (US): not searched."


def test_lists_that_are_named_without_an_outcome_were_not_searched() -> None:
    document = payload("no_full")
    document["sanction"] |= {"status": "UNKNOWN", "sanctionResults": []}
    of_case = facts(document)
    assert states(of_case, "R15", "R17") == {"R15": "open", "R17": "open"}
    assert "It is not known what came of a search in any list." in words(of_case, "R15")


def test_a_search_is_stale_after_the_months_of_the_policy() -> None:
    stale_on = datetime.date(2026, 6, 1)
    assert statuses(facts())["R15"].stale_on == stale_on
    for today, state in ((stale_on - datetime.timedelta(days=1), "met_by_evidence"), (stale_on, "open")):
        assert states(facts(today=today), "R15") == {"R15": state}


def test_a_search_too_long_ago_says_so() -> None:
    of_case = facts(today=CAPTURED_ON + datetime.timedelta(days=100))
    assert words(of_case, "R15") == "Searched on 1 Mar 2026: that is too long ago."


def test_a_search_of_no_capture_is_no_search() -> None:
    of_case = facts(screening=None, screened_on=None)
    assert states(of_case, "R15") == {"R15": "open"}


def test_that_the_customer_was_searched_says_nothing_of_anybody_else() -> None:
    found = statuses(facts())
    assert {name: found[name].state.value for name in ("R16", "R19")} == dict.fromkeys(
        ("R16", "R19"), "cannot_be_known"
    )
    assert {part.partition(" · ")[0] for part in found["R16"].found.about} == {
        *("Ingrid Solvang", "Aarne Koskela", "NORDLYS HOLDING AS", "Storsjön Invest AB"),
        *("Jonas Eikeland", "Per Haugland", "Maja Lindqvist", "Tor Brekke", "Silje Moen"),
        *("REVISJON VEST AS", "SEKRETARIATET AS"),
    }


def test_while_hits_are_open_what_follows_from_them_is_open() -> None:
    of_case = facts()
    assert states(of_case, "R17", "R18", "R22") == dict.fromkeys(("R17", "R18", "R22"), "open")
    assert words(of_case, "R17") == "2 hits are open."
    assert words(of_case, "R18") == "Follows from the hits: 2 hits are open."


def test_hits_that_were_judged_are_met_by_who_judged_them() -> None:
    status = statuses(judged(Disposition.CLEARED))["R17"]
    assert (status.state.value, status.by, status.evidence) == ("met_by_person", "Kari Nord", (JUDGEMENT,))


def test_where_no_holder_has_a_confirmed_hit_who_judged_is_named() -> None:
    of_case = judged(Disposition.CLEARED)
    status = statuses(of_case, R16=stated("R16", of_case, **SEARCH))["R18"]
    assert (status.state.value, status.by) == ("met_by_person", "Kari Nord")


def test_that_there_is_no_hit_rests_on_the_screening() -> None:
    of_case = facts(screened("EU_GLOBAL", "UN_CONSOLIDATED", "OFAC"))
    found = statuses(of_case, R16=stated("R16", of_case, **SEARCH))
    assert {name: found[name].evidence for name in ("R17", "R18")} == {
        "R17": (CAPTURE,),
        "R18": (CAPTURE,),
    }
    assert {found[name].state.value for name in ("R17", "R18")} == {"met_by_evidence"}


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"outcome": Outcome.FOUND}, "A search elsewhere found something."),
        ({"kind": StatementKind.WAIVED}, "It is not known yet whether holders were searched."),
        ({"kind": StatementKind.TAKEN_BACK}, "It is not known yet whether holders were searched."),
    ],
)
def test_what_listed_parties_hold_follows_from_a_search_of_holders(
    changes: dict[str, Any], part: str
) -> None:
    of_case = facts(screened("EU_GLOBAL", "UN_CONSOLIDATED", "OFAC"))
    status = statuses(of_case, R16=stated("R16", of_case, **{**SEARCH, **changes}))["R18"]
    assert (status.state.value, str(status.found.words)) == ("open", part)


def test_no_hit_that_cannot_be_relied_upon_is_open() -> None:
    document = payload("no_full")
    document["sanction"] |= {"status": "SANCTION", "sanctionResults": []}
    assert states(facts(document), "R17") == {"R17": "open"}


@pytest.mark.parametrize(
    ("share", "part"),
    [(25, "Ingrid Solvang, together 43 %."), (60, "Ingrid Solvang, together 60 %: more than half.")],
)
def test_what_listed_holders_have_is_open_and_says_how_much(share: int, part: str) -> None:
    document = payload("no_full")
    person = {**document["ownership"]["shareholders"][1], "percentage": share}
    document["ownership"]["shareholders"] = [person]
    document["sanction"]["sanctionResults"] = [owner_hit("EU_GLOBAL")]
    document["ownership"]["beneficials"][0]["percentageControl"] = share
    if share > 43:
        document["ownership"]["beneficials"][0]["integratedOwnership"] = share
    of_case = judged(Disposition.CONFIRMED, result(document))
    status = statuses(of_case, R16=stated("R16", of_case, **SEARCH))["R18"]
    assert status.state.value == "open"
    assert part in str(status.found.words).replace("\xa0", " ")


SEARCH: dict[str, Any] = {"outcome": Outcome.NOTHING_FOUND, "evidence_day": TODAY}


@pytest.mark.parametrize(
    ("outcome", "kind", "state", "part"),
    [
        (Outcome.NOTHING_FOUND, StatementKind.MET, "not_applicable", "Nobody was found"),
        (Outcome.FOUND, StatementKind.MET, "open", "Somebody is politically exposed, as was found."),
        (Outcome.NONE, StatementKind.MET, "open", "It is not known yet"),
        (Outcome.NONE, StatementKind.WAIVED, "open", "It is not known yet"),
        (Outcome.NOTHING_FOUND, StatementKind.TAKEN_BACK, "open", "It is not known yet"),
    ],
)
def test_measures_for_exposed_persons_follow_from_what_a_search_found(
    outcome: Outcome, kind: StatementKind, state: str, part: str
) -> None:
    of_case = at_high()
    searched = stated("R19", of_case, kind, outcome=outcome, evidence_day=TODAY)
    found = statuses(of_case, R19=searched)["R20"]
    assert (found.state.value, part in str(found.found.words)) == (state, True)


def test_before_any_search_measures_for_exposed_persons_are_open() -> None:
    assert states(at_high(), "R20") == {"R20": "open"}


def test_a_search_too_old_leaves_measures_for_exposed_persons_open() -> None:
    of_case = at_high()
    searched = stated("R19", of_case, **SEARCH)
    later = replace(of_case, today=datetime.date(2027, 3, 15))
    assert states(later, "R19", "R20", R19=searched) == {"R19": "cannot_be_known", "R20": "open"}


def test_a_confirmed_hit_of_a_list_of_exposed_persons_needs_measures_whatever_a_search_found() -> None:
    found = screened("EU_GLOBAL", "UN_CONSOLIDATED", "OFAC", "PEP_AC", hits=(owner_hit("PEP_AC"),))
    of_case = judged(Disposition.CONFIRMED, found, risk_class=RiskClass.HIGH)
    status = statuses(of_case, R19=stated("R19", of_case, **SEARCH))["R20"]
    assert (status.state.value, str(status.found.words)) == ("open", "Confirmed: Ingrid Solvang.")


def test_a_hit_of_a_list_of_exposed_persons_is_none_on_a_listed_holder() -> None:
    found = screened("EU_GLOBAL", "UN_CONSOLIDATED", "OFAC", "PEP_AC", hits=(owner_hit("PEP_AC"),))
    of_case = judged(Disposition.CONFIRMED, found)
    assert states(of_case, "R18", R16=stated("R16", of_case, **SEARCH)) == {"R18": "met_by_person"}


def test_a_confirmed_hit_of_nobody_known_leaves_it_open_who_holds_it() -> None:
    stranger = {**owner_hit("EU_GLOBAL"), "name": "Zoltan Qwerty", "birthDate": None}
    of_case = judged(
        Disposition.CONFIRMED, screened("EU_GLOBAL", "UN_CONSOLIDATED", "OFAC", hits=(stranger,))
    )
    status = statuses(of_case, R16=stated("R16", of_case, **SEARCH))["R18"]
    assert (status.state.value, "Zoltan Qwerty" in str(status.found.words)) == ("open", True)


def test_somebody_found_to_be_exposed_needs_measures_in_every_class() -> None:
    of_case = facts(plain(), risk_class=RiskClass.NORMAL)
    searched = stated("R19", of_case, **{**SEARCH, "outcome": Outcome.FOUND})
    assert states(of_case, "R20", R19=searched) == {"R20": "open"}


def test_a_warning_of_the_screening_keeps_the_lists_open() -> None:
    found = screened("EU_GLOBAL", "UN_CONSOLIDATED", "OFAC")
    document = payload("no_full")
    document["sanction"] |= {
        "message": "Something that nobody knows.",
        "status": "NONE",
        "sanctionResults": [],
    }
    assert states(facts(found, evidence()), "R15") == {"R15": "met_by_evidence"}
    assert states(facts(document), "R15") == {"R15": "open"}
