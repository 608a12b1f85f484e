"""The ownership chart as a drawing: nothing overlaps, nothing is lost, and every line leads where it should."""

import io
import itertools
import re
from typing import Any

import pytest
import weasyprint
from django.template.loader import render_to_string
from lxml import etree
from pypdf import PdfReader

from cases.findings.result import Result
from cases.presentation.charts import chart_layout
from cases.presentation.charts.chart_boxes import NAME_SIZE, SIZE, Box
from cases.presentation.charts.chart_text import width
from cases.presentation.charts.charts import Chart, of_result
from cases.presentation.charts.structure import LEGIBLE, OPENED, PAPER, SMALL, Limits
from cases.presentation.charts.structure_parts import Shape
from tests.findings.reading import NAMES, of, one_spaced, result
from tests.signatures.pdfs.structures import ITSELF, chart_of, owned

SVG = "{http://www.w3.org/2000/svg}"
LARGE_STRUCTURES = [
    (0, LEGIBLE),
    (1, LEGIBLE),
    (3, LEGIBLE),
    (4, LEGIBLE),
    (30, LEGIBLE),
    (30, SMALL),
    (300, LEGIBLE),
    (300, PAPER),
    (300, OPENED),
]
Segment = tuple[float, float, float, float]


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right - 0.1
        and other.x < one.right - 0.1
        and one.y < other.bottom - 0.1
        and other.y < one.bottom - 0.1
    )


def overlaps(chart: Chart) -> list[tuple[str, str]]:
    boxes = [(shape.node.name, shape.box) for shape in chart.drawn]
    boxes += [(chip.text, chip) for shape in chart.drawn for chip in shape.chips]
    return [
        (name, other_name)
        for (name, box), (other_name, other) in itertools.combinations(boxes, 2)
        if overlap(box, other)
    ]


def segments(chart: Chart) -> list[Segment]:
    """The straight lines; the loop of a customer is none."""
    found = []
    for path in chart.paths:
        straight = re.fullmatch(r"M([\d.-]+) ([\d.-]+)([VH])([\d.-]+)", path.d)
        if straight:
            x, y, end = float(straight[1]), float(straight[2]), float(straight[4])
            found.append((x, y, x, end) if straight[3] == "V" else (x, y, end, y))
    return found


def crosses(segment: Segment, box: Box) -> bool:
    left, right = sorted((segment[0], segment[2]))
    top, bottom = sorted((segment[1], segment[3]))
    return (
        left < box.right - 1
        and box.x + 1 < right + 0.01
        and top < box.bottom - 1
        and box.y + 1 < bottom + 0.01
    )


def drawing(chart: Chart, **context: Any) -> Any:
    return etree.fromstring(render_to_string("findings/ownership/_chart.html", {"chart": chart, **context}))


@pytest.mark.parametrize(("count", "limits"), LARGE_STRUCTURES)
def test_no_box_and_no_share_overlaps_another(count: int, limits: Limits) -> None:
    assert overlaps(chart_of(count, limits, daughters=min(count, 20))) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overlaps_in_any_payload(name: str) -> None:
    assert overlaps(of_result(of(name))) == []


@pytest.mark.parametrize(("count", "limits"), LARGE_STRUCTURES)
def test_no_line_runs_through_a_box_or_through_the_share_of_another(count: int, limits: Limits) -> None:
    chart = chart_of(count, limits, daughters=min(count, 20))
    for segment in segments(chart):
        assert not [shape.node.name for shape in chart.drawn if crosses(segment, shape.box)]
        chips = [chip for shape in chart.drawn for chip in shape.chips if crosses(segment, chip)]
        assert len(chips) <= 1  # its own


@pytest.mark.parametrize(("count", "limits"), LARGE_STRUCTURES)
def test_everything_stands_on_the_sheet(count: int, limits: Limits) -> None:
    chart = chart_of(count, limits)
    for box in [box for shape in chart.drawn for box in (shape.box, *shape.plates, *shape.chips)]:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= chart.width
        assert box.bottom <= chart.height


@pytest.mark.parametrize(("limits", "most"), [(SMALL, 460), (LEGIBLE, 860), (OPENED, 1300)])
def test_a_crowd_makes_a_chart_longer_and_never_wider(limits: Limits, most: int) -> None:
    assert chart_of(300, limits).width <= most


def test_every_share_is_shown_whole() -> None:
    chips = [chip for shape in chart_of(30).drawn for chip in shape.chips]
    assert len(chips) > 25
    assert all(chip.text == chip.whole for chip in chips)


def test_an_owner_that_is_owned_too_has_two_shares_and_an_arrow() -> None:
    company = {"name": "A", "organizationNumber": "312433060"}
    chart = of_result(
        owned(0, shareholders=[{**company, "percentage": 100}], subsidiaries=[{**company, "percentage": 12}])
    )
    drawn = next(shape for shape in chart.drawn if shape.node.name == "A")
    assert [(chip.text, chip.up) for chip in drawn.chips] == [
        ("100\N{NO-BREAK SPACE}%", False),
        ("12\N{NO-BREAK SPACE}%", True),
    ]
    assert sum(bool(path.arrow) for path in chart.paths) == 1
    assert overlaps(chart) == []


def test_two_who_own_each_other_and_themselves_do_not_go_round_for_ever() -> None:
    a, b = ({"name": name, "organizationNumber": name * 9, "percentage": 50} for name in "12")
    itself = {"name": "FJELLHEIM", "organizationNumber": ITSELF, "percentage": 5}
    chart = of_result(owned(0, shareholders=[a, b, itself], subsidiaries=[a, b, itself]))
    assert [shape.node.shape for shape in chart.drawn].count(Shape.ITSELF) == 1
    assert overlaps(chart) == []


def test_indirect_lines_are_dashed_and_unknown_ones_dotted() -> None:
    lines = drawing(chart_of(3)).iter(SVG + "path")
    dashes = {line.get("class").split()[-1]: line.get("stroke-dasharray") for line in lines}
    assert dashes == {"direct": None, "indirect": "6 4", "open": "1.5 4"}


def test_each_shape_is_drawn_in_its_form() -> None:
    kinds = [
        {"name": "T", "type": "TRUST", "percentage": 1},
        {"name": "O", "type": "ORGANIZATION"},
        {"name": "P", "type": "PERSON"},
    ]
    found = drawing(of_result(owned(0, shareholders=kinds)))
    forms = {
        node.get("class"): node.find(f"{SVG}*[@class='form']")
        for node in found
        if node.get("class", "").startswith("node")
    }
    assert forms["node unknown"].tag == SVG + "polygon"
    assert forms["node company"].get("rx") == "4"
    assert float(forms["node person"].get("rx")) > 15
    assert forms["node remainder"].get("stroke-dasharray")


def test_every_node_but_the_customer_is_a_way_to_its_row() -> None:
    chart = chart_of(3)
    found = {item.get("id"): item for item in drawing(chart) if item.get("id")}
    assert found["node-customer"].tag == SVG + "g"
    assert found["node-p0"].get("href") == "#owners-p0"
    assert found["node-remainder"].get("href") == "#owners"


def test_the_fold_leads_to_where_it_opens() -> None:
    chart = chart_of(300)
    nodes = {item.get("id"): item for item in drawing(chart, chart_opened="?chart=all#chart")}
    assert nodes["node-more-owners"].get("href") == "?chart=all#chart"
    assert {item.get("id"): item for item in drawing(chart)}["node-more-owners"].get("href") == "#owners"


def test_on_paper_a_crowd_stands_on_one_sheet_with_its_words() -> None:
    chart = chart_of(300, PAPER, daughters=40)
    svg = render_to_string("findings/ownership/_chart.html", {"chart": chart})
    sheet = "@page { size: A4; margin: 16mm 14mm } svg { max-width: 100%; max-height: 230mm }"
    written = weasyprint.HTML(string=f"<style>{sheet}</style>{svg}").write_pdf()
    pages = PdfReader(io.BytesIO(written)).pages
    assert len(pages) == 1
    text = one_spaced(pages[0].extract_text())
    for words in (
        "FJELLHEIM ENERGI AS",
        "Aarne Koskela",
        "42 % integrated",
        "further owners",
        "32 further subsidiaries",
    ):
        assert words in text


# --- What may come ---

NASTY = {
    "script": "<script>alert(1)</script>\"'&",
    "right to left": "شركة النور للتجارة",
    "override": "\u202eSA DNALREVO\u202c",
    "emoji": "👩‍👩‍👧‍👦" * 40,
    "combining": "Z" + "\u0301" * 500,
    "wide": "株式会社さくら" * 20,
    "long": "A" * 10_000,
    "many words": "word " * 2_000,
    "space": "\u2003\u3000\t\n",
    "graph": '"; node [shape=none]; "x',
}


def named(name: str) -> Result:
    odd = {"name": name, "percentage": name, "type": name, "organizationNumber": name}
    beneficial = {
        "name": name,
        "dateOfBirth": name,
        "reason": name,
        "reasonPhrase": name,
        "percentageControl": name,
    }
    hit = {"name": name, "source": name, "matchIndicator": name}
    return result(
        {
            "keyInformation": {"name": name, "organizationNumber": name + "1"},
            "ownership": {
                "shareholders": [odd, {"name": "B"}],
                "beneficials": [beneficial],
                "subsidiaries": [{"name": name}],
            },
            "sanction": {"sanctionResults": [hit]},
        }
    )


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_no_line_of_words_leaves_its_box(name: str) -> None:
    for shape in of_result(named(name)).drawn:
        for line in shape.texts:
            assert width(line.text, NAME_SIZE if line.kind == "name" else SIZE) <= shape.box.width - 12
            assert shape.box.y < line.y < shape.box.bottom - 2


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_no_name_bursts_its_box_or_the_drawing(name: str) -> None:
    chart = of_result(named(name))
    assert overlaps(chart) == []
    assert (chart.width, chart.height) < (900, 2000)
    assert len(render_to_string("findings/ownership/_chart.html", {"chart": chart})) < 120_000
    drawing(chart)


def test_no_word_of_a_result_reaches_the_layout_program(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    real = chart_layout.dot

    def remembered(*arguments: Any) -> str:
        written.append(real(*arguments))
        return written[-1]

    monkeypatch.setattr(chart_layout, "dot", remembered)
    of_result(named(NASTY["graph"]))
    assert re.sub(r'"(p\d+|lane\d+|customer|remainder|more-\w+|no-\w+)"', "", written[0]).count('"') == 4


def test_markup_in_a_name_is_text_in_the_drawing() -> None:
    found = drawing(of_result(named(NASTY["script"])))
    assert not list(found.iter("{*}script"))
    assert NASTY["script"] in "".join(item.text for item in found.iter(SVG + "title"))


def test_five_thousand_shareholders_are_a_readable_chart() -> None:
    chart = chart_of(5000)
    assert len(chart.drawn) < 35
    assert chart.height < 2000
