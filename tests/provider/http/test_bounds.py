"""No more of a result is taken up than fits: elements are counted, not bytes only."""

import json
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.provider.errors import CannotUnderstand, Code
from cases.provider.result import bounds
from cases.provider.result.bounds import EVERYTHING_AFTER, MOST_OF_A_CHAPTER, MOST_OF_A_LIST, bounded
from cases.provider.result.parsing import parse_json
from cases.provider.result.wire import cut_of

HITS = '"sanction": {"status": "NONE", "sanctionResults": [{"name": "Olav, [\\"{] Prøvesen"}]}'


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_OF_A_LIST", 50)
    monkeypatch.setattr(bounds, "MOST_OF_A_CHAPTER", 10)
    monkeypatch.setattr(bounds, "MOST_IN_ALL", 30)


def count(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(count, inside))


def test_a_result_within_the_limits_is_read_as_it_is() -> None:
    text = f'{{"x": {[[]] * 1000}, {HITS}}}'
    assert bounded(text) == (text, {})


LIMIT = 9_000_000
# A small element, or several in turn, and how many are taken up where 9 MB of them stand in one list.
BULK: dict[str, int] = {
    "[]": MOST_OF_A_LIST,
    "{}": MOST_OF_A_LIST,
    '{"a":1}': MOST_OF_A_LIST,
    '"a,[{"': MOST_OF_A_LIST,
    "1": MOST_OF_A_LIST,
    "{},[]": MOST_OF_A_LIST,
    '{"name":"a"},{"name":"b"},{"c":[{}]}': MOST_OF_A_LIST,
    "[[[[[[]]]]]]": MOST_OF_A_LIST,
    f"[{'1,' * 500}1]": MOST_OF_A_CHAPTER // 502,
}


def test_nine_megabytes_of_whatever_are_cut_soon_and_what_follows_is_read() -> None:
    wrong = []
    for unit, most in BULK.items():
        times = LIMIT // (len(unit) + 1)
        bulk = ",".join([unit] * times)
        whole = len(json.loads(f"[{unit}]")) * times
        began = time.process_time()
        read = parse_json(f'{{"ownership": {{"shareholders": [{bulk}]}}, {HITS}}}'.encode())
        took = time.process_time() - began
        kept = len(read["ownership"]["shareholders"])
        name = read["sanction"]["sanctionResults"][0]["name"]
        left_out = read.cut["ownership"]
        if (
            took > 10
            or [*read.cut] != ["ownership"]
            or abs(kept - most) > 1
            or (most == MOST_OF_A_LIST and kept + left_out != whole)
            or name != 'Olav, ["{] Prøvesen'
        ):
            wrong.append((unit, took, kept, left_out, whole))
    assert wrong == []


@pytest.mark.parametrize(
    ("entries", "cut"),
    [
        ("1,1,1,12", 2),
        ('{"a":1},{"a":1},{"a":1},{"a":12}', 2),
        ("[],[],[],[1]", 2),
        ('"x","x","x","x,"', 2),
        (" [] , [] ,[], []", 2),
        ("1,1", 0),
        ("1,2,{},[[3],4],5", 3),
    ],
)
def test_what_is_left_out_of_a_list_is_counted(
    monkeypatch: pytest.MonkeyPatch, entries: str, cut: int
) -> None:
    monkeypatch.setattr(bounds, "MOST_OF_A_LIST", 2)
    kept, where = bounded(f'{{"a": [{entries}], "b": [3], "c": {{"d":1,"e":2,"f":3,"g":4}}}}')
    read = json.loads(kept)
    assert read["a"] == json.loads(f"[{entries}]")[:2]
    assert (read["b"], len(read["c"])) == ([3], 4)
    assert where == ({"a": cut} if cut else {})


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
        assert tuple(where) == cut, text
        assert value is None or json.loads(kept) == value, text
    assert cut_of(parse_json(f'{{"officialRoles": {many}}}'.encode())) == {"roles": 3}


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


def test_what_is_no_json_or_too_deep_is_refused_without_parsing_all_of_it() -> None:
    many, deep = ",".join(["[]"] * 200_000), "[" * 150 + "]" * 150
    mebibytes = {}
    for label, text in {
        "too deep": f'{{"a": {deep}, "b": [{many}]}}',
        "too deep at the end": f'{{"b": [{many}], "a": {deep}}}',
        "too deep in what is left out": f'{{"b": [{many}, {deep}]}}',
        "no end of the list": f'{{"b": [{many}',
        "no end of the object": f'{{"b": [{many}], "a": 1',
        "no end of a string": f'{{"b": [{many}], "a": "x}}',
        "no end of a string in what is left out": f'{{"b": [{many}, "]}}',
        "one end too many": f'{{"b": [{many}]}}}}',
    }.items():
        body = text.encode()
        tracemalloc.start()
        try:
            with pytest.raises(CannotUnderstand) as refused:
                parse_json(body)
            mebibytes[label] = tracemalloc.get_traced_memory()[1] / 2**20
        finally:
            tracemalloc.stop()
        assert refused.value.code == Code.INVALID_JSON, label
    assert {label: peak for label, peak in mebibytes.items() if peak > 4} == {}


values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
    lambda below: st.lists(below, max_size=12) | st.dictionaries(st.text(max_size=3), below, max_size=6),
    max_leaves=60,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=3), values, max_size=6))
def test_what_is_kept_is_json_and_stands_at_the_same_place(document: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "MOST_OF_A_LIST", 4)
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


def test_long_texts_are_shortened_and_what_follows_too_much_text_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "MOST_OF_A_STRING", 10)
    monkeypatch.setattr(bounds, "MOST_CHARACTERS", 60)
    long, ten = "0123456789ABC", "0123456789"
    table: dict[str, tuple[Any, dict[str, int]]] = {
        f'{{"a": "{long}", "b": [1]}}': ({"a": ten, "b": [1]}, {"a": 1}),
        f'{{"a": ["{long}", "{ten}", "{long}"]}}': ({"a": [ten] * 3}, {"a": 2}),
        f'{{"{long}": "x", "b": 1}}': ({ten: "x", "b": 1}, {ten: 1}),
        # Nothing is cut in the middle of a letter that is written out, and nothing behind it is taken for the end.
        '{"a": "01234567\\u00e5BC", "b": 1}': ({"a": "01234567", "b": 1}, {"a": 1}),
        '{"a": "0123\\u00e5\\"\\\\", "b": 1}': ({"a": "0123å", "b": 1}, {"a": 1}),
        '{"a": "012345678\\"B", "b": 1}': ({"a": "012345678", "b": 1}, {"a": 1}),
        f'{{"a": {json.dumps([ten] * 9)}, "b": 1}}': ({"a": [ten] * 4}, {"a": 5, EVERYTHING_AFTER: 1}),
        f'{{"a": "{ten}"}}': ({"a": ten}, {}),
    }
    for text, (value, cut) in table.items():
        read = parse_json(text.encode())
        assert (read, read.cut) == (value, cut), text
    for text in (f'{{"a": "{long}', f'["{long}"', f'{{"a": "{long}"]', f'{{"a": "\\x{long}"}}'):
        with pytest.raises(CannotUnderstand):
            parse_json(text.encode())
