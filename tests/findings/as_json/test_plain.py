"""Findings as JSON: what the documents promise of them."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.findings.as_json import json_text
from cases.findings.as_json.findings import plain
from cases.findings.captures.documents import Signed
from cases.findings.result import read
from cases.findings.vocabulary.caution_codes import CODES
from cases.findings.vocabulary.presence import Kind
from cases.findings.vocabulary.sections import Topic
from tests.findings.coverage.test_completeness import unhurried
from tests.findings.documents import anything, every_element, objects, spoiled
from tests.findings.reading import NAMES, of, ordered, payload, result

PROJECT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((PROJECT / "docs/findings.schema.json").read_text())
DOCUMENT = (PROJECT / "docs/findings.md").read_text()
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "number": (int, Decimal),
}


def printed(document: Any, **changes: Any) -> Any:
    """What the command prints, read again by somebody who takes no number for a float."""
    text = json_text.write(plain(read(document, ordered(**changes))))
    text.encode("utf-8")
    return json.loads(text, parse_float=Decimal, parse_constant=pytest.fail)


def against(schema: dict[str, Any], value: Any, place: str = "$") -> Iterator[str]:
    """Everything in which a value is not as the schema says, of the little of JSON Schema that ours uses."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if "enum" in schema:
        if value not in schema["enum"]:
            yield f"{place}: {value!r} is none of {schema['enum']}"
        return
    names = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not any(
        isinstance(value, TYPES[name]) and not (name == "number" and value in (True, False)) for name in names
    ) and not (isinstance(value, int) and not isinstance(value, bool) and "number" in names):
        yield f"{place}: {value!r} is no {names}"
    elif isinstance(value, dict):
        yield from _of_object(schema, value, place)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from against(schema["items"], item, f"{place}[{number}]")


def _of_object(schema: dict[str, Any], value: dict[str, Any], place: str) -> Iterator[str]:
    declared, others = schema.get("properties", {}), schema["additionalProperties"]
    if declared and list(value) != list(declared):
        yield f"{place}: {list(value)} instead of {list(declared)}"
    for name, item in value.items():
        if name in declared or others:
            yield from against(declared.get(name, others), item, f"{place}.{name}")


@pytest.mark.parametrize("name", NAMES)
def test_every_payload_is_as_the_schema_says(name: str) -> None:
    assert [*against(SCHEMA, printed(payload(name)))] == []


def test_every_element_that_may_come_is_as_the_schema_says() -> None:
    found = printed(every_element())
    assert [*against(SCHEMA, found)] == []
    values = {**found["company"], **found["hits"][0]}
    assert {name for name, value in values.items() if value in (None, [], {})} == {
        "country_name",
        "type_name",
    }


def test_the_schema_itself_notices_what_is_wrong() -> None:
    found = printed(payload("no_full"))
    found["owners"][0]["share"] = [60]
    found["nothing"]["roles"] = "gone"
    del found["company"]["lei"]
    assert len([*against(SCHEMA, found)]) == 3


@unhurried
@given(spoiled(), st.sampled_from([(), ("roles",), None]))
def test_whatever_came_is_as_the_schema_says(document: dict[str, Any], expands: Any) -> None:
    changes = {} if expands is None else {"expands": expands}
    assert [*against(SCHEMA, printed(document, **changes))] == []


@unhurried
@given(objects | anything, st.sampled_from(["captured", "expired", "waiting", "failed"]))
def test_any_json_and_any_capture_is_as_the_schema_says(document: Any, capture: str) -> None:
    assert [*against(SCHEMA, printed(document, capture=capture))] == []


def test_each_owner_is_there_once_with_all_that_is_said_of_them() -> None:
    found = printed(payload("no_full"))["owners"]
    names = [item["name"] for item in found]
    assert names == ["NORDLYS HOLDING AS", "Ingrid Solvang", "Storsjön Invest AB", "Aarne Koskela"]
    ingrid = found[1]
    assert (ingrid["share"], ingrid["beneficial"], ingrid["reason"]) == (25, True, "DIRECT_OWNERSHIP")
    assert ingrid["rests_on"] == ["ownership.shareholders[1]", "ownership.beneficials[0]"]
    assert (found[3]["share"], found[3]["beneficial"]) == (None, True)


def test_a_name_alone_joins_nobody_and_shares_of_one_owner_add_up() -> None:
    holder = {"name": "Eva Lund", "dateOfBirth": "1980-01-02", "percentage": 10}
    ownership = {
        "shareholders": [holder, {**holder, "percentage": 15.5}, {"name": "Ola Dahl", "percentage": 5}],
        "beneficials": [{"name": "Ola Dahl"}],
    }
    found = printed({"ownership": ownership})["owners"]
    assert [(item["name"], item["share"]) for item in found] == [
        ("Eva Lund", Decimal("25.5")),
        ("Ola Dahl", 5),
        ("Ola Dahl", None),
    ]


@pytest.mark.parametrize(
    ("holder", "kind"),
    [
        ({"type": "PERSON"}, "PERSON"),
        ({"type": "TRUST"}, "TRUST"),
        ({"organizationNumber": "1001"}, "ORGANIZATION"),
        ({"dateOfBirth": "1980-01-02"}, "PERSON"),
        ({"lastName": "Lund"}, "PERSON"),
        ({"name": "Lund"}, None),
    ],
)
def test_the_kind_of_an_owner_is_the_one_stated_or_told_by_what_only_one_has(holder: Any, kind: Any) -> None:
    assert printed({"ownership": {"shareholders": [holder]}})["owners"][0]["kind"] == kind


def test_figures_hold_the_years_with_changes_and_what_is_computed() -> None:
    years = [
        {"year": 2025, "incomeStatement": {"salesRevenues": 300, "netProfits": 30}},
        {"year": 2024, "incomeStatement": {"salesRevenues": 200, "netProfits": -10}},
        {"year": 2022, "incomeStatement": {"salesRevenues": 100, "netProfits": 10}},
    ]
    found = printed({"financials": {"accounting": {"years": years}}})["figures"]
    assert [item["year"] for item in found] == [2025, 2024, 2022]
    assert found[0]["changes"]["revenue"] == {"percent": 50, "amount": None}
    assert found[0]["changes"]["result"] == {"percent": None, "amount": 40}
    assert found[1]["changes"]["revenue"] == {"percent": None, "amount": None}
    assert found[0]["computed"] == {"result_margin": 10}


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("182400000.0", "182400000"),
        ("22500000.50", "22500000.5"),
        ("33.3333333", "33.3333333"),
        ("0.1", "0.1"),
        ("-0.0", "0"),
        ("1E+21", "1000000000000000000000"),
        ("123456789012345678.123456789", "123456789012345678.123456789"),
    ],
)
def test_numbers_are_written_without_noise_and_without_loss(number: str, written: str) -> None:
    assert json_text.write(Decimal(number)) == written


@given(st.decimals(Decimal("-1e30"), Decimal("1e30"), allow_nan=False))
def test_no_decimal_loses_a_digit(number: Decimal) -> None:
    assert json.loads(json_text.write([number]), parse_float=Decimal, parse_int=Decimal) == [number]


def test_dates_are_iso_or_as_they_came() -> None:
    key = {"registeredDate": "2015-06-06T14:34:58.3179726+02:00", "establishedDate": "not a date"}
    found = printed({"keyInformation": key})["company"]
    assert (found["registered"], found["established"]) == ("2015-06-06", "not a date")


def test_each_kind_of_nothing_is_named_by_its_place() -> None:
    found = printed({"roles": {}, "sanction": "x"}, expands=("roles", "sanction", "address"))["nothing"]
    assert (found["roles"], found["sanction"], found["address"]) == ("nothing_found", "failed", "failed")
    assert found["financials.auditor"] == "not_requested"


# --- What the documents say ---


def documented(heading: str) -> list[str]:
    """The first column of the tables under a heading."""
    section = DOCUMENT.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def test_every_warning_code_is_documented_as_the_table_has_it_and_no_other() -> None:
    section = DOCUMENT.partition("\n### warnings\n")[2]
    rows = [
        [cell.strip() for cell in line.split("|")[1:4]] for line in section.splitlines() if line[:3] == "| `"
    ]
    table = [
        [f"`{code}`", str(row.level), "–" if row.topic is Topic.FIGURES else str(row.topic or "by place")]
        for code, row in CODES.items()
    ]
    assert rows == table


def test_every_code_of_the_table_is_given_somewhere() -> None:
    """A code that nobody gives is a promise nobody keeps; one that is not in the table cannot be given at all."""
    source = "\n".join(
        file.read_text(encoding="utf-8") for file in (PROJECT / "cases/findings").rglob("*.py")
    )
    source = source.replace(
        (PROJECT / "cases/findings/vocabulary/caution_codes.py").read_text(encoding="utf-8"), ""
    )
    composed = {f"document_{signed}" for signed in Signed}
    assert [code for code in CODES if f'"{code}"' not in source and code not in composed] == []


def test_every_kind_of_nothing_is_documented_and_no_other() -> None:
    assert documented("nothing") == [str(kind) for kind in Kind]


@pytest.mark.parametrize(
    ("heading", "node"),
    [
        ("company", SCHEMA["properties"]["company"]),
        ("owners", SCHEMA["properties"]["owners"]["items"]),
        ("authority", SCHEMA["$defs"]["rule"]),
        ("screening, hits", SCHEMA["properties"]["hits"]["items"]),
        ("compared", SCHEMA["properties"]["hits"]["items"]["properties"]["compared"]),
        ("figures, key_figures", SCHEMA["properties"]["figures"]["items"]),
    ],
)
def test_every_key_is_documented_and_no_other(heading: str, node: dict[str, Any]) -> None:
    assert sorted(documented(heading)) == sorted(node["properties"])


def test_every_part_is_documented() -> None:
    headings = " ".join(re.findall(r"^### (.*)$", DOCUMENT, re.MULTILINE)).replace(",", "").split()
    parts = SCHEMA["properties"]
    assert [name for name in parts if name not in headings and f"`{name}`" not in DOCUMENT] == []


def test_the_same_result_is_printed_the_same_way_every_time() -> None:
    assert json_text.write(plain(of("no_full"))) == json_text.write(plain(result(payload("no_full"))))
