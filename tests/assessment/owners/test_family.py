"""Which shareholders may be one family, and what no question is made of."""

from decimal import Decimal
from typing import Any

from cases.assessment.owners.candidates import FamilyQuestion, Why
from tests.assessment.owners.made import (
    HOME,
    answers,
    document,
    firm,
    names,
    owned_by,
    person,
    reasons,
    reckoned,
)


def beneficial(name: str, born: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "dateOfBirth": born, "address": HOME, **more}


def questions_among(*shares: tuple[str, Any], **more: Any) -> list[tuple[tuple[str, ...], str, Decimal]]:
    """The questions on shareholders by name and share."""
    return [
        _plain(question)
        for question in owned_by(*(person(*held) for held in shares), **more).family_questions
    ]


def _plain(question: FamilyQuestion) -> tuple[tuple[str, ...], str, Decimal]:
    return question.names, str(question.why), question.together


def test_two_of_one_surname_and_address_who_reach_the_limit_together_are_one_question() -> None:
    born = {"Solveig Brandvoll": "1964-08-02", "Ingvild Brandvoll": "1993-01-30"}
    found = owned_by(
        *(person(name, 13, day) for name, day in born.items()),
        firm("Bunn AS", 74),
        beneficials=[beneficial(name, day) for name, day in born.items()],
    )
    assert [_plain(question) for question in found.family_questions] == [
        (("Solveig Brandvoll", "Ingvild Brandvoll"), "BOTH", Decimal(26))
    ]
    assert found.family_questions[0].members == tuple(candidate.key for candidate in found.candidates)
    assert reasons(found)["Ingvild Brandvoll"] == ["NAMED_BY_PROVIDER", "FAMILY_QUESTION"]


def test_members_of_a_question_are_candidates_and_alone_no() -> None:
    found = owned_by(person("Solveig Brandvoll", 13), person("Ingvild Brandvoll", 13), firm("Bunn AS", 74))
    assert reasons(found) == {
        "Solveig Brandvoll": ["FAMILY_QUESTION"],
        "Ingvild Brandvoll": ["FAMILY_QUESTION"],
    }
    assert answers(found.candidates[0]) == [
        ("no", Decimal(13), "13 % directly: not over 25 %"),
        ("no", Decimal(13), "13 % directly: under 25 %"),
    ]
    assert found.nobody_found
    assert found.questions_on(found.candidates[0]) == found.family_questions


def test_one_address_alone_is_a_question() -> None:
    found = owned_by(
        person("Liv Strand", 15, "1964-08-02"),
        person("Per Vik", 15, "1960-01-30"),
        beneficials=[beneficial("Liv Strand", "1964-08-02"), beneficial("Per Vik", "1960-01-30")],
    )
    assert [_plain(question) for question in found.family_questions] == [
        (("Liv Strand", "Per Vik"), "ADDRESS", Decimal(30))
    ]


def test_an_address_without_a_street_or_a_place_is_no_question() -> None:
    found = {}
    for part in ({"street": None}, {"postalCode": None, "city": None}, {"street": "unknown"}):
        homes = [
            beneficial(name, born, address={**HOME, **part})
            for name, born in (("Liv Strand", "1964-08-02"), ("Per Vik", "1960-01-30"))
        ]
        shares = [person("Liv Strand", 15, "1964-08-02"), person("Per Vik", 15, "1960-01-30")]
        found[str(part)] = owned_by(*shares, beneficials=homes).family_questions
    assert {*found.values()} == {()}


def test_shares_decide_whether_there_is_a_question() -> None:
    cases = {
        (13, 13): 26,
        (12.5, 12.5): 25,
        (25, 1): 26,
        (12, 12.9): 0,
        (26, 13): 0,
        (25, 0): 0,
        (25, None): 0,
    }
    wrong = {}
    for shares, together in cases.items():
        questions = questions_among(*zip(("Liv Strand", "Odd Strand"), shares, strict=True))
        if [question[2] for question in questions] != ([Decimal(together)] if together else []):
            wrong[shares] = questions
    assert wrong == {}


def test_surnames_are_one_whatever_their_case_accents_order_and_second_names() -> None:
    cases: dict[tuple[str, str], int] = {
        ("Liv STRÄND", "Odd Stränd"): 1,
        ("Liv Åsen", "Åsen, Odd"): 1,
        ("Liv Strand", "Odd Strandvik"): 0,
        ("Strand", "Odd Strand"): 0,
        ("Strand Liv", "Odd Strand"): 0,
        ("Ukjent", "Ukjent"): 0,
    }
    found = {pair: len(questions_among(*((name, 15) for name in pair))) for pair in cases}
    assert found == cases


def test_the_last_name_that_is_stated_is_used_with_all_its_words_but_particles() -> None:
    parts = [
        ("Solveig", "Brandvoll Hauge"),
        ("Ingvild", "Brandvoll"),
        ("Jan", "van Dijk"),
        ("Piet", "van Gogh"),
    ]
    found = owned_by(*(person("", 14, firstName=first, lastName=last) for first, last in parts))
    assert [_plain(question) for question in found.family_questions] == [
        (("Solveig Brandvoll Hauge", "Ingvild Brandvoll"), "SURNAME", Decimal(28))
    ]


def test_organisations_of_one_last_word_are_no_family() -> None:
    unknown = [{"name": f"{name} Invest AS", "percentage": 20} for name in ("Fjord", "Fjell")]
    assert (
        owned_by(firm("Strand Invest", 20), firm("Vik Invest", 20, "316038360"), *unknown).family_questions
        == ()
    )


def test_a_question_keeps_its_key_in_another_order() -> None:
    held = [person("Liv Strand", 15), person("Odd Strand", 15)]
    one, other = owned_by(*held), owned_by(*reversed(held))
    assert one.family_questions[0].key == other.family_questions[0].key


def test_a_larger_surname_and_a_smaller_address_are_two_questions() -> None:
    born = {"Liv Strand": "1964-08-02", "Odd Strand": "1960-01-30", "Ada Strand": "1990-02-02"}
    homes = [beneficial(name, born[name]) for name in ("Liv Strand", "Odd Strand")]
    found = reckoned(document([person(name, 14, day) for name, day in born.items()], homes))
    assert [(question.why, len(question.members)) for question in found.family_questions] == [
        (Why.ADDRESS, 2),
        (Why.SURNAME, 3),
    ]
    assert sorted(names(found.candidates)) == sorted(born)
