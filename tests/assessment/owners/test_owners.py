"""Who is a candidate, in which order, by which key, and when nobody is found."""

import datetime

from cases.assessment.owners import owners
from cases.assessment.owners.rule_sets import RULE_SETS
from cases.findings.vocabulary.presence import Capture
from tests.assessment.owners.made import (
    TODAY,
    document,
    firm,
    names,
    owned_by,
    person,
    plain,
    reasons,
    reckoned,
)
from tests.findings.reading import of as read

BOARD = {
    "chairman": {"name": "Sunniva Torp", "dateOfBirth": "1970-01-12"},
    "boardMembers": [{"name": "Ragna Li", "dateOfBirth": "1981-05-02"}],
    "deputyBoardMembers": [{"name": "Tor Brekke", "dateOfBirth": "1963-12-01"}],
    "ceo": {"name": "Halvor Nesse", "dateOfBirth": "1966-04-04"},
}


def test_the_full_result_has_the_two_whom_the_provider_names() -> None:
    found = owners.reckon(read("no_full"), TODAY)
    assert reasons(found) == {
        "Ingrid Solvang": ["NAMED_BY_PROVIDER", "AT_LIMIT"],
        "Aarne Koskela": ["NAMED_BY_PROVIDER"],
    }
    assert (found.is_known, found.nobody_found, found.is_foundation) == (True, False, False)
    assert [plain(words) for words in found.incomplete_because] == ["0.1 % of the shares is not explained."]


def test_senior_managers_are_the_board_and_the_chief_executive_and_no_deputy() -> None:
    found = owners.reckon(read("no_full"), TODAY)
    assert names(found.senior_managers) == [
        "Ingrid Solvang", "Jonas Eikeland", "Per Haugland", "Maja Lindqvist",
    ]  # fmt: skip


def test_a_person_at_or_over_the_limit_is_a_candidate_and_one_below_is_none() -> None:
    found = owned_by(
        person("A Berg", 26), person("B Dal", 25), person("C Eng", "24.999"), firm("D AS", 24.001)
    )
    assert reasons(found) == {"A Berg": ["OVER_LIMIT"], "B Dal": ["AT_LIMIT"]}


def test_an_organisation_is_no_candidate_however_large() -> None:
    beneficial = {"name": "Topp AS", "organizationNumber": "316038360", "percentageControl": 40}
    assert owned_by(firm("Bunn AS", 100), beneficials=[beneficial]).candidates == ()


def test_a_holder_of_unknown_kind_is_a_candidate() -> None:
    assert reasons(owned_by({"name": "Trust X", "percentage": 60})) == {"Trust X": ["OVER_LIMIT"]}


def test_one_who_trades_alone_is_a_person() -> None:
    assert names(owned_by(firm("Ola Berg ENK", 60)).candidates) == ["Ola Berg ENK"]


def test_the_organisation_itself_is_no_candidate() -> None:
    itself = {"name": "HAVBRIS REDERI AS", "organizationNumber": "312904047", "percentage": 50}
    assert owned_by(itself, person("A Berg", 50)).candidates[0].name == "A Berg"


def test_an_owner_who_is_also_on_the_board_is_one_candidate() -> None:
    owner = person("Sunniva Torp", 60, "1970-01-12")
    beneficial = {"name": "Torp, Sunniva", "dateOfBirth": "1970-01-12", "percentageControl": 60}
    found = owned_by(owner, beneficials=[beneficial], roles=BOARD, form="FOUNDATION")
    torp = found.candidates[0]
    assert names(found.candidates) == ["Sunniva Torp", "Ragna Li", "Halvor Nesse"]
    assert torp.because == ("NAMED_BY_PROVIDER", "OVER_LIMIT", "LEGAL_FORM")
    assert [role.code for role in torp.roles] == ["CHAIRMAN"]


def test_board_and_chief_executive_of_a_foundation_are_candidates_in_every_nordic_word_for_it() -> None:
    wrong = {}
    for form in ("FOUNDATION", "STI", "Stiftelse", "SAATIO", "säätiö", "FOND"):
        found = owned_by(roles=BOARD, form=form)
        if set(names(found.candidates)) != {"Sunniva Torp", "Ragna Li", "Halvor Nesse"} or found.nobody_found:
            wrong[form] = names(found.candidates)
    assert wrong == {}


def test_board_and_chief_executive_of_a_company_are_only_proposed() -> None:
    found = owned_by(firm("Bunn AS", 100), roles=BOARD)
    assert (found.candidates, found.nobody_found) == ((), True)
    assert {*names(found.senior_managers)} == {"Sunniva Torp", "Ragna Li", "Halvor Nesse"}
    assert {manager.because for manager in found.senior_managers} == {("BOARD_OR_CHIEF",)}


def test_named_owners_come_first_then_the_largest() -> None:
    named = {"name": "Z Vik", "dateOfBirth": "1950-01-01", "reason": "ROLE"}
    found = owned_by(person("A Berg", 30), person("B Dal", 40), beneficials=[named])
    assert names(found.candidates) == ["Z Vik", "B Dal", "A Berg"]


def test_a_share_that_cannot_be_used_makes_a_candidate_and_one_not_stated_does_not() -> None:
    odd = {"A": "a third", "B": -30, "C": [30, 40], "D": 130, "E": None, "F": ""}
    found = owned_by(*(person(f"{letter} Berg{letter}", share) for letter, share in odd.items()))
    assert reasons(found) == {
        "D BergD": ["OVER_LIMIT"],
        "A BergA": ["SHARE_UNCLEAR"],
        "B BergB": ["SHARE_UNCLEAR"],
        "C BergC": ["SHARE_UNCLEAR"],
    }


def test_nobody_is_found_only_where_the_search_came_whole() -> None:
    small = [person("A Berg", 10), firm("Bunn AS", 90)]
    found = {
        "whole": owned_by(*small),
        "a share is not stated": owned_by(*small, person("B Dal")),
        "no shareholders came": reckoned(
            document(ownership={"beneficials": []}), expands=("ownership", "beneficials")
        ),
        "an owner is not read": owned_by(*small, beneficials=["A Berg"]),
        "somebody is over the limit": owned_by(person("A Berg", 100)),
        "a beneficial owner has no name": owned_by(*small, beneficials=[{"percentageControl": 30}]),
    }
    assert [name for name, reckoning in found.items() if reckoning.nobody_found] == ["whole"]


def test_an_entry_that_says_there_is_no_owner_is_no_candidate() -> None:
    assert owned_by(beneficials=[{"name": "No beneficial owner"}]).candidates == ()


def test_owners_that_did_not_come_are_not_known_and_say_why() -> None:
    found = {
        "not ordered": reckoned(document(ownership=None), expands=()),
        "not delivered": reckoned(document(ownership=None)),
        "awaited": reckoned(None, capture=Capture.WAITING),
        "no result": reckoned(None, capture=Capture.FAILED, reason="closed"),
    }
    assert {name: str(reckoning.not_known_because) for name, reckoning in found.items()} == {
        "not ordered": "The owners did not come: Not ordered.",
        "not delivered": "The owners did not come: Failed: not delivered by the provider.",
        "awaited": "The owners did not come: Awaited from the provider.",
        "no result": "The owners did not come: Failed: closed.",
    }
    assert {(it.is_known, it.nobody_found, it.candidates) for it in found.values()} == {(False, False, ())}


def test_a_foundation_whose_roles_did_not_come_says_so() -> None:
    found = owned_by(form="FOUNDATION", roles=None, **{"ownership": {"shareholders": [], "beneficials": []}})
    none = reckoned({**document(form="FOUNDATION"), "roles": None})
    assert found.incomplete_because == ()
    assert [str(words) for words in none.incomplete_because] == [
        "The roles of the foundation did not come: Failed: not delivered by the provider."
    ]


def test_the_key_stays_when_shares_roles_and_the_order_change_and_not_when_a_birth_does() -> None:
    one = owned_by(person("Sunniva Torp", 60, "1970-01-12"), person("A Berg", 40))
    other = owned_by(person("A Berg", 30), person("TORP, Sunniva", 70, "1970-01-12T00:00:00"), roles=BOARD)
    born = owned_by(person("Sunniva Torp", 60, "1970-01-13"))
    keys = [{it.name.casefold()[:4]: it.key for it in found.candidates} for found in (one, other, born)]
    assert (keys[1]["torp"], keys[1]["a be"]) == (keys[0]["sunn"], keys[0]["a be"])
    assert keys[2]["sunn"] != keys[0]["sunn"]


def test_namesakes_whom_nothing_tells_apart_are_two_candidates_with_two_keys() -> None:
    found = owned_by(person("Ola Berg", 50), person("Ola Berg", 30))
    one, other = found.candidates
    assert (other.key, one.is_unique, other.is_unique) == (f"{one.key}-2", False, False)


def test_the_rule_sets_are_in_force_from_their_days() -> None:
    before, since = datetime.date(2027, 7, 9), datetime.date(2027, 7, 10)
    assert [rule_set.is_in_force(before) for rule_set in RULE_SETS] == [True, False]
    assert [rule_set.is_in_force(since) for rule_set in RULE_SETS] == [True, True]
