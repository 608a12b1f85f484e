"""Searches of parties elsewhere: what R16 and R19 make of them, and what follows for R18 and R20."""

import datetime
from dataclasses import replace
from typing import Any

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.case_facts import CaseFacts
from cases.assessment.requirements.found import State
from cases.assessment.requirements.statement import Outcome
from cases.assessment.searches.coverage import RecordedSearch
from cases.assessment.searches.parties import SearchedParty, parties_of
from cases.assessment.searches.terms import PartyOutcome, SearchMeans, SearchTopic
from cases.findings.result import Result
from tests.assessment.requirements.made import TODAY, facts, stated, states, statuses, words
from tests.findings.reading import CONTRACT, of, payload, result

SANCTIONS, PEP = SearchTopic.SANCTIONS, SearchTopic.PEP
FULL = of("no_full")
PARTIES = parties_of(FULL)
EVERY = frozenset(party.key for party in PARTIES)
YESTERDAY = TODAY - datetime.timedelta(days=1)


def search(
    number: int = 1, topic: SearchTopic = SANCTIONS, keys: Any = EVERY, **changes: Any
) -> RecordedSearch:
    """A search of everybody yesterday that found nothing, unless something else is given."""
    usual = RecordedSearch(
        number=number,
        topic=topic,
        outcome=PartyOutcome.NOTHING_FOUND,
        by="Kari Nord",
        keys=frozenset(keys),
        means=SearchMeans.SEARCH,
        source="Nordlist",
        lists="EU, UN",
        day=YESTERDAY,
    )
    return replace(usual, **changes)


def searched(*searches: RecordedSearch, found: Result = FULL, **changes: Any) -> CaseFacts:
    """Facts of a case with these searches, the newest first."""
    parties = changes.pop("parties", parties_of(found))
    return facts(found, parties=parties, searches=searches, **changes)


def key_of(name: str) -> str:
    (found,) = (party.key for party in PARTIES if party.name == name)
    return found


def test_whom_a_result_names_is_each_once_and_says_why() -> None:
    named = {party.name: [str(words).replace("\xa0", " ") for words in party.ties] for party in PARTIES}
    assert named["Ingrid Solvang"] == ["Beneficial owner, 43 %", "Chair of the board"]
    assert named["NORDLYS HOLDING AS"] == ["Owner, 60 %"]
    assert named["REVISJON VEST AS"] == ["Auditor"]
    assert [party.name for party in PARTIES if not party.is_person] == [
        *("NORDLYS HOLDING AS", "Storsjön Invest AB", "SEKRETARIATET AS", "REVISJON VEST AS"),
        "Former names of the customer",
    ]
    assert len({party.key for party in PARTIES}) == len(PARTIES) == 12


def test_a_search_of_everybody_meets_the_requirement_of_its_topic_alone() -> None:
    of_sanctions = statuses(searched(search()))
    assert of_sanctions["R16"].state is State.MET_BY_PERSON
    assert of_sanctions["R16"].by == "Kari Nord"
    assert [(ref.kind, ref.id) for ref in of_sanctions["R16"].evidence] == [("search", "1")]
    assert of_sanctions["R16"].stale_on == datetime.date(2026, 6, 14)
    assert of_sanctions["R19"].state is State.CANNOT_BE_KNOWN
    assert states(searched(search(topic=PEP)), "R16", "R19") == {
        "R16": "cannot_be_known",
        "R19": "met_by_person",
    }


def test_a_search_of_exposed_persons_needs_no_organisation() -> None:
    people = {party.key for party in PARTIES if party.is_person}
    assert states(searched(search(topic=PEP, keys=people)), "R19") == {"R19": "met_by_person"}
    assert states(searched(search(keys=people)), "R16") == {"R16": "cannot_be_known"}


def test_who_is_left_is_named() -> None:
    left = searched(search(keys=EVERY - {key_of("Tor Brekke"), key_of("REVISJON VEST AS")}))
    assert states(left, "R16") == {"R16": "cannot_be_known"}
    assert words(left, "R16") == "10 of 12 are known; not Tor Brekke, REVISJON VEST AS."


def test_what_is_no_search_any_more_leaves_it_unknown() -> None:
    tor = {key_of("Tor Brekke")}
    old = YESTERDAY - datetime.timedelta(days=100)
    not_any_more = [
        (search(2, keys=tor, outcome=PartyOutcome.TAKEN_BACK, day=None, means=SearchMeans.NONE), search()),
        (search(1, keys=tor, day=old), search(2, keys=EVERY - tor)),
        (search(1, keys=tor, topic=PEP), search(2, keys=EVERY - tor)),
    ]
    for searches in not_any_more:
        assert words(searched(*searches), "R16") == "11 of 12 are known; not Tor Brekke."


def test_the_oldest_search_says_how_long_it_holds() -> None:
    tor, earlier = {key_of("Tor Brekke")}, TODAY - datetime.timedelta(days=20)
    found = statuses(searched(search(2, keys=tor, day=earlier), search(1, keys=EVERY - tor)))["R16"]
    assert found.stale_on == datetime.date(2026, 5, 23)
    assert {ref.id for ref in found.evidence} == {"1", "2"}


def test_nobody_is_known_to_be_all_where_owners_or_roles_did_not_come_whole() -> None:
    without_roles = payload("no_full")
    del without_roles["roles"]
    expands = tuple(word for word in CONTRACT.expands if word != "roles")
    for found in (result(without_roles, expands=expands), result({**payload("no_full"), "roles": "x"})):
        keys = {party.key for party in parties_of(found)}
        assert states(searched(search(keys=keys), found=found), "R16") == {"R16": "cannot_be_known"}
        assert "did not come whole" in words(searched(search(keys=keys), found=found), "R16")


def test_a_namesake_that_nothing_tells_apart_is_searched_anew_for_each_capture() -> None:
    twin = SearchedParty("k", "Liv Strand", is_unique=False)
    was_two = search(keys={"k"}, capture=7, namesakes=frozenset({"k"}))
    alone = replace(twin, is_unique=True)
    assert states(searched(was_two, parties=(alone,), capture_key=8), "R16")["R16"] == "cannot_be_known"
    of_capture = [
        states(searched(search(keys={"k"}, capture=7), parties=(twin,), capture_key=capture), "R16")["R16"]
        for capture in (7, 8)
    ]
    assert of_capture == ["met_by_person", "cannot_be_known"]


def test_nobody_without_a_name_counts_as_searched() -> None:
    unnamed = SearchedParty("k", "?")
    assert not unnamed.is_named
    assert states(searched(search(), parties=(*PARTIES, unnamed)), "R16") == {"R16": "cannot_be_known"}


def test_what_was_found_of_one_is_found_whoever_is_left_and_whatever_is_said_of_all() -> None:
    ingrid = {key_of("Ingrid Solvang")}
    found = search(2, PEP, ingrid, outcome=PartyOutcome.FOUND, words="A minister.", lists="")
    one = searched(found)
    assert "Something was found of Ingrid Solvang" in words(one, "R19")
    assert states(one, "R20") == {"R20": "open"}
    assert states(replace(one, risk_class=RiskClass.NORMAL), "R20") == {"R20": "open"}
    nothing = stated("R19", one, outcome=Outcome.NOTHING_FOUND, evidence_day=TODAY)
    assert states(one, "R19", "R20", R19=nothing) == {"R19": "met_by_person", "R20": "open"}


def test_nothing_found_of_everybody_leaves_no_measures_and_lets_holders_be_told() -> None:
    both = searched(search(2, PEP, lists=""), search(1))
    assert states(both, "R20") == {"R20": "not_applicable"}
    assert "not known yet whether holders were searched" not in words(both, "R18")
    found = searched(search(1, outcome=PartyOutcome.FOUND, words="On the EU list."))
    assert "R18" in statuses(found)
    assert statuses(found)["R18"].state is State.OPEN


def test_a_word_about_everybody_still_counts_beside_searches_of_some() -> None:
    some = searched(search(keys={key_of("Tor Brekke")}))
    before = stated("R16", searched(), outcome=Outcome.NOTHING_FOUND, evidence_day=TODAY)
    assert states(some, "R16", R16=before) == {"R16": "met_by_person"}


def test_what_was_found_stays_found_when_the_search_grows_too_old() -> None:
    old = TODAY - datetime.timedelta(days=400)
    found = search(
        2, PEP, {key_of("Ingrid Solvang")}, outcome=PartyOutcome.FOUND, words="A minister.", day=old, lists=""
    )
    one = searched(found)
    assert "Something was found of Ingrid Solvang" in words(one, "R19")
    assert states(one, "R19", "R20") == {"R19": "cannot_be_known", "R20": "open"}
    nothing = stated("R19", one, outcome=Outcome.NOTHING_FOUND, evidence_day=TODAY)
    assert states(one, "R20", R19=nothing) == {"R20": "open"}


def test_what_a_search_found_is_said_beside_what_is_said_of_everybody() -> None:
    ingrid = {key_of("Ingrid Solvang")}
    one = searched(search(2, keys=ingrid, outcome=PartyOutcome.FOUND, words="On a list."))
    nothing = stated("R16", one, outcome=Outcome.NOTHING_FOUND, evidence_day=TODAY)
    met = statuses(one, R16=nothing)["R16"]
    assert met.state is State.MET_BY_PERSON
    assert "Something was found of Ingrid Solvang" in str(met.words)
