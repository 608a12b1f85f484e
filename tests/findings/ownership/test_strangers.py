"""Owners who stand in one list and not in the other: found without holding each against each."""

import datetime
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from cases.findings.identity.same_person import People
from cases.provider.result.parsing import parse_json
from cases.provider.result.scalars import Day
from tests.findings.reading import result
from tests.presentation.hostile_results import signers, strangers


def day_of(text: str) -> Day:
    return Day(text, datetime.date.fromisoformat(text))


def calls(work: Callable[[], object]) -> int:
    """How many functions are called meanwhile."""
    count = 0

    def heard(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(heard)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_twice_as_many_strangers_are_twice_the_work() -> None:
    documents: dict[str, Callable[[int], bytes]] = {
        "owners": strangers,
        "large owners": lambda owners: strangers(owners, share=30),
        "signers": lambda most: signers(most=most),
    }
    grown = {}
    for title, make in documents.items():
        few, many = (parse_json(make(times)) for times in (30, 60))
        result(many)  # what is remembered of names is so for both
        grown[title] = calls(partial(result, many)) / calls(partial(result, few))
    assert {title: times for title, times in grown.items() if times > 2.2} == {}


def test_who_may_be_one_shares_a_name_untold_apart_or_a_day_and_nearly_a_name() -> None:
    born, other = day_of("1961-03-07"), day_of("1970-01-12")
    people = People(
        [
            ("undated", ["Kari Nordmann"], []),
            ("dated", ["Nordmann, Kari"], [born]),
            ("otherwise", ["Kari Nordmann"], [other]),
            ("spelled", ["Kari Nordman"], [born]),
            ("stranger", ["Per Haugland"], [born]),
        ]
    )
    assert {
        "undated": [*people.may_be(["Kari Nordmann"], [])],
        "dated": [*people.may_be(["Kari Nordmann"], [born])],
        "nobody": [*people.may_be(["Ola Dal"], [other])],
        "twice": [*people.may_be(["Kari Nordmann", "Nordmann Kari"], [])],
    } == {
        "undated": ["undated", "dated", "otherwise"],
        "dated": ["undated", "dated", "spelled"],
        "nobody": [],
        "twice": ["undated", "dated", "otherwise"],
    }
    assert [people.is_anybody_called([name]) for name in ("Nordmann Kari", "Ola Dal")] == [True, False]


def test_of_very_many_born_on_one_day_those_of_the_most_alike_letters_are_compared() -> None:
    born = day_of("1961-03-07")
    crowd = [(name, [name], [born]) for name in (f"Person {chr(97 + n % 26) * 9}{n}" for n in range(500))]
    people = People([*crowd, ("Karl Nordmann", ["Karl Nordmann"], [born])])
    assert [*people.may_be(["Karl Nordman"], [born])] == ["Karl Nordmann"]
