"""The JSON result is read, whatever came (contract §7)."""

import json
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from cases.provider.result.coverage import Coverage, State, state
from cases.provider.result.scalars import NOT_SINGLE, Unfit, date, flag, number, text
from cases.provider.result.wire import Organization
from tests.findings.documents import anything, every_element, objects, spoiled
from tests.findings.reading import NAMES, payload

unhurried = settings(deadline=None, max_examples=60)


def read(document: dict[str, Any]) -> Organization:
    return Organization.read(document)


def state_of(document: dict[str, Any], path: str) -> State:
    return state(document, read(document), path)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("no_odd", "no_hostile")])
def test_an_ordinary_result_is_taken_up_whole(name: str) -> None:
    document = payload(name)
    strange = [path for path, value in Coverage(document, read(document)).left_over if value is not None]
    assert strange == [] or name == "no_general_roles"


@unhurried
@given(objects)
def test_no_json_object_makes_reading_raise(document: dict[str, Any]) -> None:
    list(Coverage(document, read(document)).left_over)


@unhurried
@given(spoiled())
def test_anything_in_any_place_of_a_result_does_not_make_reading_raise(document: dict[str, Any]) -> None:
    list(Coverage(document, read(document)).left_over)
    for path in ("keyInformation.leiNumber", "ownership.shareholders", "roles", "financials.accounting"):
        assert state_of(document, path) in State


@unhurried
@given(anything)
def test_no_json_value_makes_a_scalar_raise(value: Any) -> None:
    for reader in (text, number, date, flag):
        reader(value)


def test_one_bad_element_does_not_lose_the_others() -> None:
    document = {
        "ownership": {"shareholders": [{"name": "A"}, None, "B", 7, [], {"name": "C", "percentage": {}}]}
    }
    found = read(document)
    assert found.ownership is not None
    assert [shareholder and shareholder.name for shareholder in found.ownership.shareholders or []] == [
        "A",
        None,
        None,
        None,
        None,
        "C",
    ]
    assert [*Coverage(document, found).left_over] == [
        ("ownership.shareholders[1]", None),
        ("ownership.shareholders[2]", "B"),
        ("ownership.shareholders[3]", 7),
        ("ownership.shareholders[4]", []),
        ("ownership.shareholders[5].percentage", {}),
    ]


def test_a_chapter_of_another_form_does_not_lose_the_others() -> None:
    found = read({"keyInformation": "gone", "address": [1], "sanction": {"status": "NONE"}})
    assert (found.key_information, found.address) == (None, None)
    assert found.sanction is not None
    assert found.sanction.status == "NONE"


def test_unknown_elements_are_kept() -> None:
    found = read({"keyInformation": {"name": "A", "newField": {"x": 1}}, "more": [1]})
    assert found.extras == {"more": [1]}
    assert found.key_information is not None
    assert found.key_information.extras == {"newField": {"x": 1}}


def test_unknown_words_are_kept_as_they_came() -> None:
    found = read(payload("no_odd"))
    assert found.key_information is not None
    assert found.key_information.status_codes == ["UNDER_LIQUIDATION", "STATUS_FROM_TOMORROW"]
    assert found.key_information.organization_type == "SOMETHING_NEW_2026"


def test_old_names_are_read_as_the_new_ones() -> None:
    document = {
        "officialRoles": {"ceo": {"name": "A"}, "metaData": {"sources": ["BRREG"]}},
        "ownership": {"beneficial": [{"name": "B"}]},
        "keyInformation": {"lei": "5493"},
    }
    found = read(document)
    assert found.roles is not None
    assert found.roles.extras["ceo"][0].name == "A"
    assert found.roles.metadata is not None
    assert found.roles.metadata.sources == ["BRREG"]
    assert found.ownership is not None
    assert [beneficial and beneficial.name for beneficial in found.ownership.beneficials or []] == ["B"]
    assert found.key_information is not None
    assert found.key_information.lei_number == "5493"
    assert [*Coverage(document, found).left_over] == []


def test_what_differs_under_an_old_and_a_new_name_is_left_over_under_both() -> None:
    document = {"roles": {"ceo": {"name": "New"}}, "officialRoles": {"ceo": {"name": "Old"}}}
    assert [*Coverage(document, read(document)).left_over] == [
        ("roles.ceo.name", "New"),
        ("officialRoles.ceo.name", "Old"),
    ]


def test_an_old_name_counts_where_the_new_one_is_null() -> None:
    document = {"roles": None, "officialRoles": {"ceo": {"name": "Old"}}}
    found = read(document)
    assert found.roles is not None
    assert found.roles.extras["ceo"][0].name == "Old"


@pytest.mark.parametrize(
    ("document", "rest"),
    [
        ({"roles": None, "officialRoles": {"ceo": {"odd": {"x": 1}}}}, [("officialRoles.ceo[0].odd.x", 1)]),
        ({"roles": {"metadata": None, "metaData": {"odd": 1}}}, [("roles.metaData.odd", 1)]),
        (
            {"ownership": {"beneficials": None, "beneficial": [{"odd": 1}]}},
            [("ownership.beneficial[0].odd", 1)],
        ),
    ],
)
def test_of_an_old_name_beside_a_new_one_that_is_null_nothing_is_lost(document: Any, rest: Any) -> None:
    assert [*Coverage(document, read(document)).left_over] == rest


def test_a_role_is_read_as_one_holder_or_a_list_of_them() -> None:
    found = read({"roles": {"ceo": [{"name": "A"}, {"name": "B"}], "unheardOf": {"name": "C"}, "odd": "D"}})
    assert found.roles is not None
    assert [len(holders) for holders in found.roles.extras.values()] == [2, 1, 1]


def test_absent_null_empty_and_value_are_told_apart() -> None:
    document = {
        "address": {"metadata": {"sources": ["BRREG"]}},
        "roles": {"boardMembers": []},
        "authorities": None,
        "sanction": {"status": None},
        "ownership": {"shareholders": [], "beneficials": [None], "subsidiaries": 4},
        "financials": {},
    }
    places = {
        "address": State.EMPTY,
        "roles": State.EMPTY,
        "authorities": State.NULL,
        "sanction": State.VALUE,
        "links": State.ABSENT,
        "ownership.shareholders": State.EMPTY,
        "ownership.beneficials": State.VALUE,
        "ownership.subsidiaries": State.UNREADABLE,
        "ownership.indicators": State.ABSENT,
        "financials.auditor": State.EMPTY,
        "keyInformation.leiNumber": State.ABSENT,
    }
    assert {path: state_of(document, path) for path in places} == places


def test_an_absent_part_of_a_chapter_whose_other_parts_are_empty_is_absent() -> None:
    assert state_of({"financials": {"auditor": {}}}, "financials.accountant") is State.ABSENT


@pytest.mark.parametrize(
    ("came", "is_read"),
    [
        (33, Decimal(33)),
        (14.9, Decimal("14.9")),
        ("33.34", Decimal("33.34")),
        (" -5 ", Decimal(-5)),
        ("33,34", "33,34"),
        ("6 000", "6 000"),
        (True, "true"),
        (False, "false"),
        ("", ""),
        ("１２", "１２"),
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (1e308, "1e+308"),
        ("1e5", "1e5"),
        (10**40, str(10**40)),
        (None, None),
        ({}, NOT_SINGLE),
        ([1], NOT_SINGLE),
    ],
)
def test_a_number_is_a_number_and_anything_else_stays_as_it_came(came: object, is_read: object) -> None:
    found = number(came)
    kind = Unfit if type(is_read) is str else type(is_read)
    assert (found, type(found)) == (is_read, kind)


def test_an_integer_too_long_for_python_to_print_is_still_kept() -> None:
    assert number(10**4000) == "1" + "0" * 4000
    assert number(10**5000) == hex(10**5000)


@pytest.mark.parametrize(
    ("came", "day"),
    [
        ("2016-12-15", "2016-12-15"),
        ("2016-12-15T00:00:00", "2016-12-15"),
        ("2015-06-06T14:34:58.3179726+02:00", "2015-06-06"),
        ("2015-06-06T23:30:00Z", "2015-06-06"),
        ("31.12.2025", None),
        ("2026-02-30", None),
        ("2026-01-01T25:00:00", None),
        ("2026-W01-1", None),
        ("0000-00-00", None),
        ("not a date", None),
        ("", None),
    ],
)
def test_dates_in_three_forms_are_read_and_others_kept_as_text(came: str, day: str | None) -> None:
    found = date(came)
    assert found is not None
    assert found.raw == came
    assert (found.day and found.day.isoformat()) == day


def test_what_no_page_can_hold_is_written_out() -> None:
    assert text("a\x00b\ud800c\x07") == "a\\u0000b\\ud800c\\u0007"
    document = json.loads('{"bad\\ud800": 1, "keyInformation": {"name": "x\\udfff"}}')
    assert [*Coverage(document, read(document)).left_over] == [("bad\\ud800", 1)]


def test_two_names_that_look_alike_once_written_out_are_both_kept() -> None:
    document = {"\ud800": 1, "\\ud800": 2}
    assert sorted(value for _path, value in Coverage(document, read(document)).left_over) == [1, 2]


def test_nesting_as_deep_as_json_goes_is_read() -> None:
    document: dict[str, Any] = {}
    for _ in range(5000):
        document = {"a": document}
    found = read({"keyInformation": {"name": "A", "deep": document}, "sanction": document})
    assert len([*Coverage({"keyInformation": {"name": "A", "deep": document}}, found).left_over]) == 1
    assert state_of({"sanction": document}, "sanction") is State.VALUE


def test_only_what_nobody_declared_is_left_over_of_a_whole_result() -> None:
    document = every_element()
    assert {path.split(".unknown")[0] for path, _value in Coverage(document, read(document)).left_over}
    assert all("unknown" in path for path, _value in Coverage(document, read(document)).left_over)


def test_one_text_where_a_list_belongs_is_a_list_of_one() -> None:
    found = Organization.read({"keyInformation": {"statusCodes": "BANKRUPT"}})
    assert found.key_information is not None
    assert found.key_information.status_codes == ["BANKRUPT"]


def test_what_would_turn_a_name_around_is_written_out() -> None:
    found = Organization.read({"keyInformation": {"name": "Acme \u202elive\u2066 AS"}})
    assert found.key_information is not None
    assert found.key_information.name == "Acme \\u202elive\\u2066 AS"
