"""The numbers of a result keep every digit that came, on the page and in the findings."""

import json
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cases.findings.as_json import json_text
from cases.findings.as_json.findings import plain
from cases.findings.result import Result
from cases.provider.result.parsing import parse_json
from tests.findings.reading import codes, page, result

SHARES = ("24.9999999999999999999999999", "33.333333333333333333333333333", "41.6666666666666666666666667")


def of_text(text: str) -> Result:
    return result(parse_json(text.encode()))


def findings(text: str) -> Any:
    return json.loads(json_text.write(plain(of_text(text))), parse_float=str, parse_int=str)


def owners(*shares: str) -> str:
    listed = ", ".join(f'{{"name": "Viken {n}", "percentage": {share}}}' for n, share in enumerate(shares))
    return f'{{"ownership": {{"shareholders": [{listed}]}}}}'


def test_a_share_just_below_a_threshold_stays_below_it() -> None:
    found = findings(owners(*SHARES))
    assert [item["share"] for item in found["owners"]] == [*SHARES]
    assert found["shares"]["total"] == "99.999999999999999999999999933"
    seen = page(of_text(owners(*SHARES))).text
    assert "24.9999999999999999999999999" in seen


def test_amounts_keep_their_digits() -> None:
    table = {
        "22500000000000000.55": "22500000000000000.55",
        "9007199254740993": "9007199254740993",
        "0.1000000000000000055511151231257827": "0.1000000000000000055511151231257827",
        "1e5": "100000",
        "1.50": "1.5",
        "-0.0": "0",
        "1E-7": "0.0000001",
        "123456789012345678901234567890.5": "123456789012345678901234567890.5",
    }
    for came, kept in table.items():
        found = findings(f'{{"financials": {{"keyFigures": {{"equity": {came}}}}}}}')
        equity = found["key_figures"]["reported"]["equity"]
        assert equity == (kept if len(kept.partition(".")[2]) <= 1000 else came), came


def test_a_number_too_long_or_too_large_to_mean_anything_is_text_as_it_came() -> None:
    for came in (
        "1e300",
        "-1e999",
        "1e-999999999999999999999",
        "0e99",
        f"0.{'1' * 1001}",
        "1e-1001",
        "9" * 31,
    ):
        found = findings(f'{{"ownership": {{"indicators": {{"n": {came}}}}}}}')
        assert found["indicators"][0]["value"] == came


def test_numbers_that_no_chapter_takes_up_keep_their_digits_too() -> None:
    found = of_text(
        '{"extra": [24.99999999999999999999, 1.10], "keyInformation": {"phoneNumber": 4722.3344556677889900112}}'
    )
    assert [leaf.text for leaf in found.remainder] == ["24.99999999999999999999", "1.10"]
    assert found.company.phone == "4722.3344556677889900112"


def test_what_is_added_up_keeps_every_digit() -> None:
    one = '{"name": "A", "organizationNumber": "974760673", "percentage": %s}'
    both = ", ".join(one % share for share in (SHARES[0], "1.00000000000000000000000000003"))
    found = findings(f'{{"ownership": {{"shareholders": [{both}]}}}}')
    assert [item["share"] for item in found["owners"]] == ["25.99999999999999999999999990003"]
    assert found["shares"] == {
        "total": "25.99999999999999999999999990003",
        "unexplained": "74.00000000000000000000000009997",
    }


@given(st.decimals(-(10**29), 10**29, allow_nan=False, places=20))
def test_every_decimal_survives(number: Decimal) -> None:
    written = format(number, "f")
    found = findings(f'{{"ownership": {{"indicators": {{"n": {written}}}}}}}')
    assert Decimal(found["indicators"][0]["value"]) == number


def test_a_share_counts_however_many_digits_it_has() -> None:
    for places in (30, 31, 35, 100, 500, 1000):
        third = f"33.{'3' * places}"
        rest = f"33.{'3' * (places - 1)}4"
        found = of_text(owners(third, third, rest))
        assert found.ownership.unexplained == 0, places
        assert found.ownership.total == 100, places
        assert "share_not_stated" not in codes(found), places
        assert [finding["share"] for finding in findings(owners(third))["owners"]] == [third], places
        assert third in page(found).text or "33.33" in page(found).text, places
    for written in ("1e-16", "1e-20", "0.0000000000000000000000000000000001"):
        assert "share_not_stated" not in codes(of_text(owners(written))), written


def test_a_number_too_long_to_be_taken_up_is_said_to_be_so() -> None:
    for share in (f"33.{'3' * 1001}", "9" * 31, "1e300"):
        found = of_text(owners(share))
        assert "share_not_stated" in codes(found), share
        (caution,) = [warning for warning in found.warnings if warning.code == "elements_not_read"]
        assert (caution.topic, "percentage" in str(caution.text)) == ("owners", True), share
