"""The chart and the tables tell the same, and lead to each other."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from lxml import html
from lxml.html import HtmlElement

from cases.findings.result import Result
from cases.presentation.charts.charts import Chart, of_result
from cases.presentation.charts.structure import OPENED
from cases.presentation.charts.structure_parts import Shape
from cases.presentation.paging import Paging
from tests.findings.reading import NAMES, of, one_spaced, result
from tests.signatures.pdfs.structures import owned

# What a row says to tell what its values are; the chart has words of its own for that.
LABELS = {
    "born",
    "beneficial owner",
    "open hit:",
    "subsidiary too:",
    "an owner too",
    "Show in the chart",
    "·",
    "Not stated",
}

CASES: dict[str, Result] = {name: of(name) for name in NAMES} | {
    "crowd": owned(30, daughters=20),
    "cross": owned(
        0,
        shareholders=[{"name": "A", "organizationNumber": "312433060", "percentage": n} for n in (40, 160)],
        subsidiaries=[{"name": "a", "organizationNumber": "312 433 060", "percentage": 12}],
    ),
}


def page(found: Result, **context: Any) -> HtmlElement:
    shown = {"result": found, "chart": of_result(found, OPENED), **context}
    return html.fromstring(f"<main>{render_to_string('findings/ownership/_ownership.html', shown)}</main>")


def rows(found: HtmlElement) -> dict[str, HtmlElement]:
    return {row.get("id"): row for row in found.xpath("//tr[@id]")}


def nodes(found: HtmlElement) -> dict[str, HtmlElement]:
    return {node.get("id"): node for node in found.xpath("//svg//*[starts-with(@id, 'node-')]")}


def text(element: HtmlElement) -> str:
    return one_spaced(" ".join(element.itertext()))


def pieces(row: HtmlElement) -> set[str]:
    """The values of a row, each by itself."""
    return {
        piece
        for item in row.itertext()
        for piece in re.split(r"\s*·\s*|, ", one_spaced(item))
        if piece.strip(" ,()–")
    }


def drawn(chart: Chart) -> list[Any]:
    return [shape for shape in chart.drawn if shape.node.entry]


@pytest.mark.parametrize("name", CASES)
def test_every_fact_of_a_node_is_in_its_row(name: str) -> None:
    found = CASES[name]
    of_rows = rows(page(found))
    for item in drawn(of_result(found, OPENED)):
        row = text(of_rows[item.node.entry.anchor])
        assert one_spaced(item.node.name) in row or item.node.name in {"Name not stated", "Owns itself"}
        assert [fact for _label, fact in item.node.facts if one_spaced(fact) not in row] == []
        shares = [share for chip in item.chips for share in chip.whole.split(" · ")]
        bare = [one_spaced(share.removesuffix(" integrated").removesuffix(" control")) for share in shares]
        assert [share for share in bare if share not in row] == []


@pytest.mark.parametrize("name", CASES)
def test_every_fact_of_a_row_is_description_address_its_node(name: str) -> None:
    found = page(CASES[name])
    of_nodes = nodes(found)
    for anchor, row in rows(found).items():
        if anchor.startswith("subsidiaries") and "an owner too" in text(row):
            continue  # told in its row as an owner, which the node leads to
        titles = one_spaced(of_nodes[f"node-{anchor.partition('-')[2]}"].find("title").text)
        missing = {piece for piece in pieces(row) if piece not in titles and piece not in LABELS}
        assert missing == set()


@pytest.mark.parametrize("name", CASES)
def test_each_node_leads_to_its_row_and_the_row_back(name: str) -> None:
    found = page(CASES[name])
    of_rows = rows(found)
    for identity, node in nodes(found).items():
        if identity == "node-customer":
            continue
        assert found.xpath(f"//*[@id='{node.get('href')[1:]}']"), identity
    for row in of_rows.values():
        (back,) = row.xpath(".//a[@class='drawn']/@href")
        node = nodes(found)[back[1:]]
        assert node.get("href")[1:] in of_rows


def test_a_row_whose_node_is_folded_leads_to_the_fold() -> None:
    found = page(owned(300), chart=of_result(owned(300)))
    assert rows(found)["owners-p299"].xpath(".//a[@class='drawn']/@href") == ["#node-more-owners"]


def test_a_node_leads_to_the_portion_its_row_is_in() -> None:
    paging = Paging({"session": "2"})
    found = page(owned(300), paging=paging)
    assert nodes(found)["node-p0"].get("href") == "#owners-p0"
    assert nodes(found)["node-p250"].get("href") == "?session=2&owners=3#owners-p250"
    assert "owners-p250" in rows(page(owned(300), paging=Paging({"owners": "3"})))


def test_on_paper_a_node_leads_nowhere() -> None:
    found = nodes(page(owned(300), most_rows=100))
    assert {node.get("href") for node in found.values()} == {None}


def test_what_is_not_explained_is_in_chart_and_table() -> None:
    found = page(of("no_full"))
    assert "not explained: 0.1 %" in text(found.get_element_by_id("owners"))
    assert "0.1 % not explained" in text(nodes(found)["node-remainder"])
    above = page(of("no_odd"))
    assert "more than there is: 70 %" in text(above.get_element_by_id("owners"))
    assert "70 % more than there is" in text(nodes(above)["node-remainder"])


@pytest.mark.parametrize("part", ["shareholders", "beneficials", "subsidiaries"])
def test_each_kind_of_nothing_is_in_chart_and_table(part: str) -> None:
    found = page(result({"ownership": {part: [], "indicators": {"levels": 1}}}, expands=()))
    words = {
        "shareholders": "Shareholders",
        "beneficials": "Beneficial owners",
        "subsidiaries": "Subsidiaries",
    }
    assert text(nodes(found)[f"node-no-{part}"]).endswith(f"{words[part]} Searched, nothing found")
    panel = text(found.get_element_by_id("subsidiaries" if part == "subsidiaries" else "owners"))
    assert "Searched, nothing found" in panel


def test_a_node_can_be_read_without_seeing_it() -> None:
    titles = [one_spaced(node.find("title").text) for node in nodes(page(of("no_full"))).values()]
    assert "NORDLYS HOLDING AS Organisation 312 433 060 share 60 %" in titles
    assert "0.1 % not explained The stated shares add up to 99.9 %" in titles
    customer = (
        "FJELLHEIM ENERGI AS Customer · 317 835 337 Open hit: EU consolidated list · 325 of 500, and 1 more"
    )
    assert customer in titles


def test_without_a_chart_the_tables_stand_alone() -> None:
    found = page(of("no_full"), chart=None)
    assert not found.xpath("//svg[@class='structure']")
    assert not found.xpath("//a[@class='drawn']")
    assert len(rows(found)) == 6


def test_no_id_stands_twice() -> None:
    for found in CASES.values():
        ids = page(found).xpath("//@id")
        assert len(ids) == len({*ids})


def test_only_the_customer_and_what_stands_for_many_has_no_row() -> None:
    rowless = {shape.node.shape for shape in of_result(of("no_odd")).drawn if not shape.node.entry}
    assert rowless == {Shape.CUSTOMER, Shape.REMAINDER, Shape.NOTHING}


@pytest.mark.parametrize(
    ("hits", "shown", "more"), [(3, 3, ""), (4, 3, "and 1 more open hit"), (14, 3, "and 11 more")]
)
def test_of_many_hits_on_one_owner_the_first_stand_beside_the_name(hits: int, shown: int, more: str) -> None:
    found = of("no_full")
    one, hit = found.owners[0], found.screening.hits[0]
    many = replace(one, hits=(hit,) * hits)
    row = rows(page(replace(found, owners=(many,))))[many.anchor]
    assert text(row).count("open hit:") == shown
    assert ("more open hit" in text(row)) == bool(more)
    assert more in text(row)
