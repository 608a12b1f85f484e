"""Nothing of a result is missing on the page."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.findings.vocabulary import code_words, formats
from cases.provider.result.coverage import leaves
from cases.provider.result.scalars import as_it_came, clean, date, number
from tests.findings.documents import anything, every_element, objects, spoiled
from tests.findings.reading import NAMES, Page, one_spaced, page, payload, result

TABLES = [table for table in vars(code_words).values() if isinstance(table, dict)]
unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def ways_to_show(value: Any) -> Iterator[str]:
    """Every text that shows a JSON value without losing anything of it."""
    yield as_it_came(value)
    if value is True:
        yield "deceased"
    if value is False:
        yield "not registered as deceased"
    if isinstance(value, bool):
        return
    read = number(value)
    if read is not None:
        yield from (formats.number_words(read), formats.plain_words(read), formats.percent_words(read))
    if isinstance(value, str):
        text = clean(value)
        day = date(value)
        yield formats.day_words(day) if day else text
        yield formats.duns_number(text)
        yield from (formats.organisation_number(text, country) for country in ("no", "se", "fi", "dk"))
        yield from (str(table[text.upper()]) for table in TABLES if text.upper() in table)


def missing(document: Any, seen: Page) -> list[tuple[str, Any]]:
    return [
        (path, value)
        for path, value in leaves(document, "")
        if value is not None
        and not isinstance(value, dict | list)
        and not any(one_spaced(way) in seen.text for way in ways_to_show(value))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_leaf_of_every_payload_is_on_the_page(name: str) -> None:
    document = payload(name)
    assert missing(document, page(result(document))) == []


def test_every_element_the_wire_declares_is_on_the_page_and_every_other_too() -> None:
    document = every_element()
    seen = page(result(document))
    assert len(list(leaves(document, ""))) > 500
    assert missing(document, seen) == []


def test_an_element_that_no_chapter_knows_is_listed_with_its_path() -> None:
    found = result({"keyInformation": {"name": "A", "newField": {"nested": [1, None]}}})
    assert [(leaf.path, leaf.text) for leaf in found.remainder] == [
        ("keyInformation.newField.nested[0]", "1"),
        ("keyInformation.newField.nested[1]", "null"),
    ]


def test_what_was_not_asked_for_but_came_is_on_the_page() -> None:
    document = every_element()
    assert missing(document, page(result(document, expands=()))) == []


@unhurried
@given(spoiled())
def test_no_leaf_is_lost_whatever_stands_in_whatever_place(document: dict[str, Any]) -> None:
    assert missing(document, page(result(document))) == []


@unhurried
@given(objects)
def test_no_leaf_of_an_arbitrary_object_is_lost(document: dict[str, Any]) -> None:
    assert missing(document, page(result(document))) == []


@unhurried
@given(anything, st.sampled_from(["captured", "unreadable", "failed", "expired", "waiting", "odd"]))
def test_no_json_value_and_no_capture_raises(document: Any, capture: str) -> None:
    assert missing(document, page(result(document, capture=capture), "_result")) == []
    assert page(result(document, capture=capture), "overview/_overview_facts").text


def test_the_test_itself_sees_what_is_missing() -> None:
    document = payload("no_full")
    seen = page(result({**document, "sanction": {}}))
    assert ("sanction.sanctionResults[0].externalId", "EU-7781") in missing(document, seen)
