import contextlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.provider.errors import CannotUnderstand
from cases.provider.result.parsing import looks_like_pdf, parse_json
from cases.provider.result.variants import Variants

PAYLOADS = sorted(Path("tests/payloads").glob("*.json"))


@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
def test_every_example_of_the_provider_is_read(path: Path) -> None:
    assert "keyInformation" in parse_json(path.read_bytes())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "invalid_json"),
        (b"<html></html>", "invalid_json"),
        (b'{"a": 1', "invalid_json"),
        (b'{"a": "\xff"}', "invalid_json"),
        ('{"a": 1}'.encode("utf-16"), "invalid_json"),
        (b'{"a": NaN}', "invalid_json"),
        (b'{"a": -Infinity}', "invalid_json"),
        (b'{"a":' * 100_000, "invalid_json"),
        (b'{"a":' + b"[" * 500 + b"]" * 500 + b"}", "invalid_json"),
        (b"[" * 100_000 + b"]" * 100_000, "invalid_json"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'"text"', "not_an_object"),
    ],
)
def test_what_is_not_a_json_object_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(CannotUnderstand) as refusal:
        parse_json(data)
    assert refusal.value.code == code


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with contextlib.suppress(CannotUnderstand):
        assert isinstance(parse_json(data), dict)


def test_nesting_up_to_the_limit_is_read() -> None:
    assert parse_json(b'{"a":' + b"[" * 98 + b"]" * 98 + b"}")


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_a_repeated_name_hides_nothing() -> None:
    for data, read in (
        (b'{"a": 1, "a": 2}', Variants([1, 2])),
        (b'{"a": 1, "a": 2, "a": 1}', Variants([1, 2, 1])),
        (b'{"a": 1, "a": null}', Variants([1, None])),
        (b'{"a": 1, "a": true}', Variants([1, True])),
        (b'{"a": {"b": [1]}, "a": {"b": [1, 2]}}', Variants([{"b": [1]}, {"b": [1, 2]}])),
        (b'{"a": [{"b": 1, "c": 2}], "a": [{"c": 2, "b": 1}]}', [{"b": 1, "c": 2}]),
        (b'{"a": 1, "a": 1}', 1),
    ):
        found = parse_json(data)["a"]
        assert (type(found), found) == (type(read), read), data


def test_what_is_below_a_repeated_name_is_read_like_the_rest() -> None:
    read = parse_json(rb'{"a": ["x\ud800"], "a": "\u0000", "b": 1, "b": 1}')
    assert read == {"a": Variants([["x\ufffd"], "\ufffd"]), "b": 1}
    with pytest.raises(CannotUnderstand):
        parse_json(b'{"a": 1, "a": ' + b"[" * 500 + b"]" * 500 + b"}")


def test_names_that_clean_to_the_same_one_all_stay() -> None:
    read = parse_json(
        rb'{"x\u0000": 1, "x\ud800": 2, "x\ufffd": 3, "x\ufffd (2)": 4, "y": {"\u0000": 5, "\ufffd": 6}}'
    )
    below = read.pop("y")
    assert sorted(read.values()) == [1, 2, 3, 4]
    assert all(name.startswith("x\ufffd") for name in read)
    assert sorted(below.values()) == [5, 6]


def test_many_repetitions_are_read_in_no_time() -> None:
    began = time.monotonic()
    repeated = parse_json(b"{" + b",".join(b'"a": %d' % n for n in range(100_000)) + b"}")
    surrogates = [rf"\u{n:04x}".encode() for n in range(0xD900, 0xDA00)]
    names = [b'"%s%s": 1' % (one, other) for one in surrogates for other in surrogates]
    assert (len(repeated["a"]), len(parse_json(b"{" + b",".join(names) + b"}"))) == (100_000, 256 * 256)
    assert time.monotonic() - began < 5


def test_a_number_of_a_million_digits_neither_hangs_nor_hides_the_rest() -> None:
    began = time.monotonic()
    read = parse_json(b'{"big": ' + b"9" * 1_000_000 + b', "name": "A", "float": 1e999}')
    assert time.monotonic() - began < 2
    assert (read["name"], read["big"], read["float"]) == ("A", "9" * 1_000_000, "1e999")


def test_characters_no_database_stores_are_replaced_and_others_are_kept() -> None:
    read = parse_json(rb'{"a\u0000": ["x\ud800y", "\ud83d\ude00"], "b": {"c": "\u0000"}}')
    assert read == {"a\ufffd": ["x\ufffdy", "\U0001f600"], "b": {"c": "\ufffd"}}
    json.dumps(read, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF\n", True),
        (b"\n\n junk %PDF-1.4\n%%EOF", True),
        (b"%PDF-1.7\n" + b"x" * 5000, False),
        (b"%PDF-1.7\n%%EOF" + b"x" * 5000, False),
        (b"x" * 2000 + b"%PDF-1.7\n%%EOF", False),
        (b"<html>%%EOF", False),
        (b"", False),
    ],
)
def test_a_pdf_is_known_by_its_beginning_and_its_end(tmp_path: Path, data: bytes, verdict: bool) -> None:
    path = tmp_path / "report"
    path.write_bytes(data)
    assert looks_like_pdf(path) is verdict
