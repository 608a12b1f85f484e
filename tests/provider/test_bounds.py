"""No more of a result is taken up than fits: elements are counted, not bytes only."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.provider import bounds
from cases.provider.bounds import EVERYTHING_AFTER, MOST_OF_A_CHAPTER, bounded
from cases.provider.errors import CannotUnderstand
from cases.provider.reading import parse_json
from cases.provider.wire import cut_of

HITS = '"sanction": {"status": "NONE", "sanctionResults": [{"name": "Olav, [\\"{] Prøvesen"}]}'


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_OF_A_CHAPTER", 10)
    monkeypatch.setattr(bounds, "MOST_IN_ALL", 30)


def count(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(count, inside))


def test_a_result_within_the_limits_is_read_as_it_is() -> None:
    text = f'{{"x": {[[]] * 1000}, {HITS}}}'
    assert bounded(text) == (text, ())


def test_nine_megabytes_of_whatever_is_cut_and_what_follows_is_read() -> None:
    for unit in ("[]", '{"a":1}', '"a,[{"'):
        bulk = ",".join([unit] * (9_000_000 // (len(unit) + 1)))
        read = parse_json(f'{{"ownership": {{"shareholders": [{bulk}]}}, {HITS}}}'.encode())
        assert read.cut == ("ownership",), unit
        assert MOST_OF_A_CHAPTER // 2 < count(read["ownership"]) <= MOST_OF_A_CHAPTER + 10, unit
        assert read["sanction"]["sanctionResults"][0]["name"] == 'Olav, ["{] Prøvesen', unit


@pytest.mark.usefixtures("narrow")
def test_where_it_is_cut_is_told() -> None:
    many = "[1,2,3,4,5,6,7,8,9,10,11,12]"
    table = {
        f'{{"a": {many}, "b": 1}}': ({"a": [1, 2, 3, 4, 5, 6, 7, 8, 9], "b": 1}, ("a",)),
        f'{{"b": 1, "a": {{"c": {many}, "d": 2}}, "e": 3}}': (
            {"b": 1, "a": {"c": [1, 2, 3, 4, 5, 6, 7, 8, 9]}, "e": 3},
            ("a",),
        ),
        f'{{"a": {many}, "b": {many}, "c": {many}, "d": {many}, "e": 1}}': (
            None,
            ("a", "b", "c", EVERYTHING_AFTER),
        ),
        f'{{"a\\ud800\\n": {many}}}': (None, ("a\ud800\n",)),
        f'{{"a": "{"," * 50}", "b": 1}}': ({"a": "," * 50, "b": 1}, ()),
        f'{{"officialRoles": {many}}}': (None, ("officialRoles",)),
    }
    for text, (value, cut) in table.items():
        kept, where = bounded(text)
        assert where == cut, text
        assert value is None or json.loads(kept) == value, text
    assert cut_of(parse_json(f'{{"officialRoles": {many}}}'.encode())) == ("roles",)


@pytest.mark.usefixtures("narrow")
def test_what_is_no_json_is_not_made_json_by_cutting() -> None:
    many = "1," * 30
    for text in (
        f"[{many}",
        f'{{"a": [{many} "b}}',
        f'{{"a": [{many}1]}}]',
        f'{{"a": {many}}}',
        "[" * 200 + many,
    ):
        with pytest.raises(CannotUnderstand):
            parse_json(text.encode())


values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
    lambda below: st.lists(below, max_size=12) | st.dictionaries(st.text(max_size=3), below, max_size=6),
    max_leaves=60,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=3), values, max_size=6))
def test_what_is_kept_is_json_and_stands_at_the_same_place(document: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "MOST_OF_A_CHAPTER", 6)
        patch.setattr(bounds, "MOST_IN_ALL", 15)
        for text in (json.dumps(document), json.dumps(document, ensure_ascii=False)):
            kept, cut = bounded(text)
            read = json.loads(kept)
            assert is_beginning_of(read, document)
            assert cut or read == document
            assert all(name in read or name == EVERYTHING_AFTER for name in cut)


def is_beginning_of(part: Any, whole: Any) -> bool:
    if isinstance(part, dict) and isinstance(whole, dict):
        return [*part] == [*whole][: len(part)] and all(
            is_beginning_of(part[name], whole[name]) for name in part
        )
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(map(is_beginning_of, part, whole))
    return bool(part == whole)
