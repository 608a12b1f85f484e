"""What each rule set says of a person, by which per cent and in which words."""

from decimal import Decimal
from typing import Any

from cases.assessment.owners import owners
from cases.assessment.owners.answers import DIRECT_ALONE
from cases.provider.result.variants import Variants
from tests.assessment.owners.made import TODAY, answers, firm, owned_by, person
from tests.findings.reading import of as read

BORN = "1961-03-14"
REST = firm("Bunn AS", 75)
Answers = list[tuple[str, Decimal | None, str]]


def of_one(share: Any = None, **beneficial: Any) -> Answers:
    """The answers on one person with this share, whom the provider names if anything more is stated."""
    held = [person("Liv Strand", share, BORN)] if share is not None else []
    named = [{"name": "Liv Strand", "dateOfBirth": BORN, **beneficial}] if beneficial else []
    return answers(owned_by(*held, firm("Bunn AS", 100 - (share or 0)), beneficials=named).candidates[0])


def test_exactly_a_quarter_is_not_over_the_limit_today_and_is_enough_by_the_eu_rules() -> None:
    found = owned_by(person("Liv Strand", 25, BORN), REST).candidates[0]
    assert answers(found) == [
        ("no", Decimal(25), "25 % directly: not over 25 %"),
        ("yes", Decimal(25), "25 % directly: 25 % or more"),
    ]
    assert found.rule_sets_differ


def test_a_share_over_the_limit_is_yes_by_both() -> None:
    assert of_one(41) == [
        ("yes", Decimal(41), "41 % directly: over 25 %"),
        ("yes", Decimal(41), "41 % directly: 25 % or more"),
    ]


def test_control_decides_today_and_the_share_along_the_chain_by_the_eu_rules() -> None:
    assert of_one(percentageControl=41, integratedOwnership=28.7, reason="INDIRECT_OWNERSHIP") == [
        ("yes", Decimal(41), "41 % by the provider’s control: over 25 %"),
        ("yes", Decimal("28.7"), "28.7 % along the chain by the provider: 25 % or more"),
    ]
    assert of_one(percentageControl=41, integratedOwnership=20)[1] == (
        "no", Decimal(20), "20 % along the chain by the provider: under 25 %",
    )  # fmt: skip


def test_a_large_share_along_the_chain_leaves_the_law_of_today_open() -> None:
    found = owners.reckon(read("no_full"), TODAY)
    solvang, koskela = map(answers, found.candidates)
    steps = "along the chain: whether by half or more at each step is not in the result."
    assert solvang == [
        ("unknown", Decimal(25), f"25 % directly: not over 25 %. 43 % {steps}"),
        ("yes", Decimal(43), "43 % along the chain by the provider: 25 % or more"),
    ]
    assert koskela[0] == ("unknown", None, f"42 % {steps}")


def test_a_large_control_leaves_the_eu_rules_open_where_the_chain_is_not_stated() -> None:
    assert of_one(percentageControl=41)[1] == (
        "unknown",
        None,
        "41 % by the provider’s control: the share along the chain is not stated.",
    )


def test_one_whom_the_provider_names_is_never_no_by_a_direct_share_alone() -> None:
    without = "Named by the provider, without the percentage that these rules need."
    assert of_one(13, reason="INDIRECT_CONTROL") == [
        ("unknown", Decimal(13), f"13 % directly: not over 25 %. {without}"),
        ("unknown", Decimal(13), f"13 % directly: under 25 %. {without}"),
    ]


def test_what_cannot_be_used_is_not_known() -> None:
    outside, no_number = "What is stated is not between 0 and 100 %.", "What is stated is not a number."
    twice = Variants([30, 40])
    cases: list[tuple[Any, str]] = [
        (120, outside),
        (-30, outside),
        ("a third", no_number),
        ([30], no_number),
        (True, no_number),
        (twice, "What is stated contradicts itself."),
    ]
    wrong = []
    for share, words in cases:
        for found in (owned_by(person("Liv Strand", share, BORN)), owned_by(beneficials=[_named(share)])):
            by_both = answers(found.candidates[0]) if found.candidates else []
            if by_both != [("unknown", None, words)] * 2:
                wrong.append((share, by_both))
    assert wrong == []


def _named(share: Any) -> dict[str, Any]:
    return {"name": "Liv Strand", "percentageControl": share, "integratedOwnership": share}


def test_two_entries_of_one_owner_that_differ_in_control_are_not_known() -> None:
    twice = [{"name": "Liv Strand", "dateOfBirth": BORN, "percentageControl": share} for share in (30, 20)]
    assert answers(owned_by(beneficials=twice).candidates[0])[0] == (
        "unknown",
        None,
        "What is stated contradicts itself.",
    )


def test_shares_of_one_owner_listed_twice_are_added() -> None:
    twice = [person("Liv Strand", share, BORN) for share in ("12.5", "12.5")]
    assert [answer[:2] for answer in answers(owned_by(*twice, REST).candidates[0])] == [
        ("no", Decimal(25)),
        ("yes", Decimal(25)),
    ]


def test_one_share_of_two_that_is_not_stated_leaves_the_sum_open() -> None:
    twice = [person("Liv Strand", share, BORN) for share in (25, None)]
    assert answers(owned_by(*twice).candidates[0]) == [("unknown", None, "The share is not stated.")] * 2


def test_no_percentage_is_not_known() -> None:
    assert (
        of_one(name="Liv Strand")
        == [("unknown", None, "Named by the provider, without the percentage that these rules need.")] * 2
    )


def test_no_says_that_it_rests_on_direct_shares_where_the_owners_are_not_all_known() -> None:
    liv = person("Liv Strand", 25, BORN)
    found = {
        "all are explained": owned_by(liv, REST),
        "the rest is not explained": owned_by(liv),
        "more than there is": owned_by(liv, firm("Bunn AS", 90)),
        "an entry is not read": owned_by(liv, REST, beneficials=["somebody"]),
        "an entry came twice": owned_by(liv, {**REST, "name": Variants(["Bunn AS", "Topp AS"])}),
    }
    given = {name: answers(reckoning.candidates[0])[0] for name, reckoning in found.items()}
    assert {answer[:2] for answer in given.values()} == {("no", Decimal(25))}
    assert [name for name, answer in given.items() if not answer[2].endswith(str(DIRECT_ALONE))] == [
        "all are explained"
    ]


def test_board_and_chief_executive_of_a_foundation_are_yes_by_their_office() -> None:
    roles = {
        "chairman": {"name": "Sunniva Torp", "dateOfBirth": "1970-01-12"},
        "ceo": {"name": "Halvor Nesse", "dateOfBirth": "1966-04-04"},
    }
    found = owned_by(roles=roles, form="FOUNDATION")
    assert {candidate.name: answers(candidate) for candidate in found.candidates} == {
        "Sunniva Torp": [
            ("yes", None, "member of the board"),
            ("yes", None, "member of the management body"),
        ],
        "Halvor Nesse": [
            ("yes", None, "chief executive"),
            ("yes", None, "chief executive, member of the management body"),
        ],
    }


def test_a_representative_of_the_employees_in_a_foundation_may_be_on_the_board() -> None:
    roles = {"others": [{"name": "Silje Moen", "role": "EMPLOYEES_REPRESENTATIVE"}]}
    words = "Employees’ representative: whether a member of the board is not stated."
    assert answers(owned_by(roles=roles, form="FOUNDATION").candidates[0]) == [("unknown", None, words)] * 2


def test_a_senior_manager_who_owns_nothing_is_not_known_to_be_an_owner() -> None:
    found = owned_by(firm("Bunn AS", 100), roles={"ceo": {"name": "Halvor Nesse"}})
    assert answers(found.senior_managers[0]) == [("unknown", None, "Not listed as an owner.")] * 2
