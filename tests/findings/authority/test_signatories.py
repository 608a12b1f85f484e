"""Have the right people signed? More signatures never make it worse, and nothing suffices by accident."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.findings.authority.powers import Power
from cases.findings.authority.signatory_check import (
    MOST_NEAREST,
    Answer,
    Person,
    Verdict,
    check,
    keys,
    people,
)
from cases.findings.authority.signatory_sentences import answer_words
from cases.findings.authority.signing_rules import Doubt, Rule
from cases.findings.result import Result
from tests.findings.reading import of, result

unhurried = settings(deadline=None, max_examples=40)
ORDER = [Verdict.MISSING, Verdict.CANNOT_TELL, Verdict.SUFFICIENT]
NAMES = ["Eva", "Ola", "Kim", "Liv", "EVA"]
BIRTHS = [None, "1980-01-02", "1990-03-04", "unknown"]

signers = st.fixed_dictionaries({"name": st.sampled_from(NAMES), "dateOfBirth": st.sampled_from(BIRTHS)})
sets = st.lists(st.lists(signers, min_size=1, max_size=4), min_size=1, max_size=6)
odd_sets = st.lists(
    st.lists(signers | st.sampled_from([None, {}, "Eva"]), max_size=3) | st.none(), max_size=4
)
statuses = st.sampled_from(["CONCLUSIVE", "IN_CONCLUSIVE", "NOT_SET", None, "TOMORROW"])


def authorities(*options: Any, status: str | None = "CONCLUSIVE", **more: Any) -> Result:
    rule = {"status": status, "options": [{"required": option} for option in options], **more}
    return result({"authorities": {"signatureRights": rule}})


def rule(*options: Any, **more: Any) -> Rule:
    found = authorities(*options, **more).authorities.signature
    assert found is not None
    return found


def everybody(found: Result) -> tuple[Person, ...]:
    return people(found.roles, found.authorities, found.ownership)


def signer(name: str, born: str | None = None) -> dict[str, str | None]:
    return {"name": name, "dateOfBirth": born}


def by(found: Result, *names: str) -> frozenset[str]:
    return frozenset(person.key for person in everybody(found) if person.name in names)


# --- What always holds ---


@unhurried
@given(odd_sets | sets, statuses, st.data())
def test_more_signatures_never_make_it_worse(options: Any, status: str | None, data: st.DataObject) -> None:
    found = authorities(*options, status=status)
    known = [person.key for person in everybody(found)]
    more = data.draw(st.sets(st.sampled_from(known))) if known else set()
    fewer = data.draw(st.sets(st.sampled_from(sorted(more)))) if more else set()
    after, before = (check(found.authorities.signature, frozenset(item)) for item in (more, fewer))
    assert ORDER.index(after.verdict) >= ORDER.index(before.verdict)


@unhurried
@given(odd_sets | sets, statuses)
def test_nobodys_signature_never_suffices(options: Any, status: str | None) -> None:
    assert check(rule(*options, status=status), frozenset()).verdict != Verdict.SUFFICIENT


@unhurried
@given(sets)
def test_each_set_suffices_by_itself_and_what_is_missing_completes_it(options: Any) -> None:
    found = rule(*options)
    for option in found.options or ():
        assert check(found, frozenset(keys(option))).verdict == Verdict.SUFFICIENT
    for lack in check(found, frozenset()).nearest:
        assert check(found, frozenset(keys(lack.missing))).verdict == Verdict.SUFFICIENT


@unhurried
@given(sets, st.data())
def test_what_suffices_holds_one_of_the_sets_whole(options: Any, data: st.DataObject) -> None:
    found = authorities(*options)
    signed = data.draw(st.sets(st.sampled_from([person.key for person in everybody(found)])))
    suffices = check(found.authorities.signature, frozenset(signed)).verdict == Verdict.SUFFICIENT
    assert suffices == any(signed.issuperset(keys(option)) for option in rule(*options).options or ())


@unhurried
@given(odd_sets, statuses)
def test_only_a_rule_without_doubt_is_ever_answered(options: Any, status: str | None) -> None:
    found = authorities(*options, status=status)
    all_of_them = frozenset(person.key for person in everybody(found))
    assert found.authorities.signature is not None
    answer = check(found.authorities.signature, all_of_them)
    assert (answer.verdict == Verdict.CANNOT_TELL) == (found.authorities.signature.doubt is not None)


@unhurried
@given(sets)
def test_everybody_a_set_asks_for_can_be_ticked_once(options: Any) -> None:
    found = authorities(*options)
    ticks = [person.key for person in everybody(found)]
    assert len(ticks) == len(set(ticks))
    assert {key for option in rule(*options).options or () for key in keys(option)} == set(ticks)


# --- What it says ---


def test_the_set_that_is_fulfilled_is_named_the_smallest_first() -> None:
    found = of("no_full")
    both = check(found.authorities.signature, by(found, "Per Haugland", "Maja Lindqvist"))
    assert (both.verdict, [signer.name for signer in both.fulfilled]) == (
        Verdict.SUFFICIENT,
        ["Per Haugland", "Maja Lindqvist"],
    )
    three = check(found.authorities.signature, by(found, "Per Haugland", "Maja Lindqvist", "Ingrid Solvang"))
    assert [signer.name for signer in three.fulfilled] == ["Ingrid Solvang"]


def test_what_is_missing_is_named_the_nearest_first_and_each_once() -> None:
    liv, eva, ola, kim = (signer(name, "1980-01-02") for name in ("Liv", "Eva", "Ola", "Kim"))
    found = authorities([liv, eva, ola], [liv, kim], [kim, liv])
    answer = check(found.authorities.signature, by(found, "Liv"))
    assert answer.verdict == Verdict.MISSING
    assert [[signer.name for signer in lack.missing] for lack in answer.nearest] == [["Kim"], ["Eva", "Ola"]]


def test_of_many_ways_only_some_are_named_and_the_others_counted() -> None:
    answer = check(rule(*([signer(f"Signer {n}")] for n in range(30))), frozenset())
    assert (len(answer.nearest), answer.others) == (MOST_NEAREST, 30 - MOST_NEAREST)


def test_a_rule_that_is_not_there_is_not_answered() -> None:
    assert check(None, frozenset()) == check(None, frozenset({"x"}))
    assert check(None, frozenset()).doubt == Doubt.NOT_STATED


@pytest.mark.parametrize(
    ("category", "is_reservation"),
    [
        ("INCOMPLETE_DATA", True),
        ("EXCEPTIONS_POSSIBLE", True),
        ("exceptions_possible", True),
        ("SUPPLEMENTED", False),
        ("FROM_TOMORROW", True),
        (None, True),
    ],
)
def test_remarks_qualify_the_answer(category: str | None, is_reservation: bool) -> None:
    found = authorities([signer("Eva")], remarks=[{"category": category, "comment": "See the articles."}])
    answer = check(found.authorities.signature, by(found, "Eva"))
    assert answer.verdict == Verdict.SUFFICIENT
    assert bool(answer.reservations) is is_reservation


# --- Who is who ---


def test_two_of_one_name_in_one_set_both_have_to_sign() -> None:
    found = authorities([signer("Eva"), signer("Eva")])
    first, second = (person.key for person in everybody(found))
    assert check(found.authorities.signature, frozenset({first})).verdict == Verdict.MISSING
    assert check(found.authorities.signature, frozenset({first, second})).verdict == Verdict.SUFFICIENT


def test_somebody_with_a_role_is_the_signer_of_that_name_and_date_of_birth() -> None:
    found = of("no_full")
    names = [person.name for person in everybody(found)]
    assert names[:3] == ["Ingrid Solvang", "Per Haugland", "Maja Lindqvist"]
    assert sorted(names) == sorted({holder.name for holder in found.roles.holders})
    assert [person.is_named for person in everybody(found)] == [True] * 3 + [False] * 5


def test_a_namesake_is_another_and_said_to_be_one() -> None:
    eva = {"name": "Eva", "dateOfBirth": None}
    document = {
        "authorities": {"signatureRights": {"status": "CONCLUSIVE", "options": [{"required": [eva]}]}},
        "roles": {"ceo": {"name": "Eva", "dateOfBirth": "1980-01-02"}},
    }
    found = result(document)
    named, other = everybody(found)
    assert (named.is_named, other.is_named, named.namesake, other.namesake) == (True, False, True, True)
    assert check(found.authorities.signature, frozenset({other.key})).verdict == Verdict.MISSING


def test_holders_whom_numbers_tell_apart_are_never_one_person() -> None:
    eva = signer("Eva", "1980-01-02")
    one, other = ({**eva, "organizationNumber": number} for number in ("7077", "7088"))
    rights = {"status": "CONCLUSIVE", "options": [{"required": [eva]}]}
    table: list[tuple[Any, Any]] = [
        # Who has a role, and of each person: is it the signer, the number, and the roles.
        ((one, other, eva), [(True, None, 1), (False, "7077", 1), (False, "7088", 1)]),
        ((one, other), [(True, None, 0), (False, "7077", 1), (False, "7088", 1)]),
        ((one, eva), [(True, "7077", 1)]),
        ((eva, eva), [(True, None, 1)]),
    ]
    for holders, persons in table:
        found = result({"authorities": {"signatureRights": rights}, "roles": {"boardMembers": [*holders]}})
        came = [(person.is_named, person.number, len(person.roles)) for person in everybody(found)]
        assert came == persons, holders
        assert {person.namesake for person in everybody(found)} == {len(persons) > 1}, holders


def test_somebody_who_is_deceased_is_marked_where_they_are_ticked() -> None:
    eva = signer("Eva", "1930-01-02")
    option = {"status": "CONCLUSIVE", "options": [{"required": [eva]}]}
    found = result(
        {
            "authorities": {"signatureRights": option},
            "roles": {"chairman": eva},
            "ownership": {"beneficials": [{**eva, "otherInformation": {"deceased": True}}]},
        }
    )
    assert [person.is_deceased for person in everybody(found)] == [True]


# --- Somebody deceased ---

EVA = signer("Eva", "1930-01-02")
OLA, KIM = signer("Ola", "1980-01-02"), signer("Kim", "1990-01-02")


def without_eva(*options: Any) -> Result:
    """A rule with these sets, and an owner of her name and date of birth who is deceased."""
    rule = {"status": "CONCLUSIVE", "options": [{"required": option} for option in options]}
    gone = {**EVA, "otherInformation": {"deceased": True}}
    return result({"authorities": {"signatureRights": rule}, "ownership": {"beneficials": [EVA, gone]}})


def answered(found: Result, *names: str) -> Answer:
    deceased = frozenset(person.key for person in everybody(found) if person.is_deceased)
    return check(found.authorities.signature, by(found, *names), deceased)


def test_a_set_that_needs_somebody_deceased_suffices_with_a_reservation_alone() -> None:
    answer = answered(without_eva([EVA, OLA]), "Eva", "Ola")
    assert (answer.verdict, [signer.name for signer in answer.deceased]) == (Verdict.SUFFICIENT, ["Eva"])
    assert answer_words(answer) == (
        "Sufficient: Eva and Ola together. Reservation: registered as deceased: Eva, born 2\xa0Jan\xa01930."
    )


def test_a_set_without_the_deceased_goes_before_a_smaller_one_and_needs_no_reservation() -> None:
    answer = answered(without_eva([EVA], [OLA, KIM]), "Eva", "Ola", "Kim")
    assert ([signer.name for signer in answer.fulfilled], answer.deceased) == (["Ola", "Kim"], ())


def test_a_signature_that_is_missing_is_said_to_be_of_somebody_deceased() -> None:
    answer = answered(without_eva([EVA, OLA]), "Ola")
    assert (answer.verdict, [signer.name for signer in answer.deceased]) == (Verdict.MISSING, ["Eva"])


# --- In words, as it is kept ---


def said(found: Result, *names: str) -> str:
    return answer_words(check(found.authorities.signature, by(found, *names)))


def test_an_answer_is_kept_as_a_sentence() -> None:
    both = authorities(
        [signer("Eva", "1980-01-02"), signer("Ola", "1980-01-02")], [signer("Kim", "1980-01-02")]
    )
    assert said(both, "Kim", "Eva") == "Sufficient: Kim alone."
    assert said(both, "Eva", "Ola") == "Sufficient: Eva and Ola together."
    assert said(both, "Eva") == "Not sufficient. Missing, in one of these ways: Ola; or Kim."
    assert said(both) == "Not sufficient. Missing, in one of these ways: Kim; or Eva and Ola."
    assert said(authorities()).startswith("Cannot be concluded. The rule is called conclusive")


def test_that_no_procuration_is_set_is_said_and_not_that_nothing_can_be_concluded() -> None:
    rule = {"status": "NOT_SET"}
    found = result({"authorities": {"signatureRights": rule, "powerOfProcuration": rule}}).authorities
    none = check(found.procuration, frozenset())
    assert none.verdict is Verdict.NO_PROCURATION
    assert answer_words(none) == (
        "No procuration is set (by the provider’s status word): nobody is known to be able to sign by procuration."
    )
    assert answer_words(check(found.signature, frozenset())) == (
        "Cannot be concluded. By the provider’s status word no rule is set."
    )


def test_a_reservation_and_further_ways_are_kept_too() -> None:
    many = authorities(
        *([signer(f"Signer {n}")] for n in range(7)),
        remarks=[{"category": "INCOMPLETE_DATA", "comment": "See the articles."}],
    )
    assert said(many).endswith(
        "; or Signer 4. There are 2 further ways. Reservation: The data is incomplete: See the articles."
    )


def test_a_name_turns_nothing_around_it_and_is_cut_when_it_is_endless() -> None:
    hebrew = "\u05d3\u05d5\u05d3"
    assert said(authorities([signer(hebrew)]), hebrew) == f"Sufficient: \u2068{hebrew}\u2069 alone."
    assert said(authorities([signer("Åse Øverli-O’Hara 3.")]), "") == (
        "Not sufficient. Missing: Åse Øverli-O’Hara 3.."
    )
    assert len(said(authorities([signer("W" * 1_000_000)]), "")) < 300


def test_keys_are_the_same_each_time_a_result_is_read() -> None:
    assert [item.key for item in everybody(of("no_full"))] == [item.key for item in everybody(of("no_full"))]


@pytest.mark.parametrize("born", ["0001-01-01T00:00:00", "1900-01-01", "1968", "unknown", ""])
def test_two_of_one_name_whose_births_say_nothing_both_have_to_sign(born: str) -> None:
    found = authorities([signer("Ola Nordhagen", born), signer("Ola Nordhagen", born)])
    one, other = everybody(found)
    assert check(found.authorities.signature, frozenset({one.key})).verdict is Verdict.MISSING
    assert check(found.authorities.signature, frozenset({one.key, other.key})).verdict is Verdict.SUFFICIENT


@pytest.mark.parametrize("born", ["0001-01-01", "1968", "1900-01-01T00:00:00"])
def test_a_role_with_a_birth_that_says_nothing_makes_nobody_the_signer_of_that_name(born: str) -> None:
    ola = {"name": "Ola Nordhagen", "dateOfBirth": born}
    rights = {"status": "CONCLUSIVE", "options": [{"required": [ola]}]}
    found = result({"authorities": {"signatureRights": rights}, "roles": {"ceo": ola}})
    assert [person.namesake for person in everybody(found)] == [True, True]
    assert found.roles.holders[0].signature is Power.NAMESAKE


@pytest.mark.parametrize("name", ["N/A", "Ukjent", "unknown", "-", "okänd"])
def test_a_set_that_asks_for_a_placeholder_is_not_answered(name: str) -> None:
    found = authorities([signer(name, "1968-11-02")])
    assert found.authorities.signature is not None
    assert found.authorities.signature.doubt is Doubt.PART_NOT_READ
