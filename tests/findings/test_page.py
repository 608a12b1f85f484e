"""The partials as HTML: safe, accessible, and quick."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from cases.findings.vocabulary.sections import PARTS, part_of
from tests.findings.documents import every_element
from tests.findings.reading import NAMES, of, page, result
from tests.findings.rules import rule_of, signer, signing

TEMPLATES = ["_result", "overview/_overview_facts"]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", NAMES)
def test_no_script_no_style_and_no_address_but_http_reaches_the_page(name: str, template: str) -> None:
    for tag, attributes in page(of(name), template).tags:
        assert tag not in {"script", "img", "iframe", "style", "object", "b>"}
        assert not [
            attribute for attribute in attributes if attribute.startswith("on") or attribute == "style"
        ]
        addresses = ("/static/",) if tag == "use" else ("http://", "https://", "#")
        assert (attributes.get("href") or addresses[0]).startswith(addresses)


def test_markup_in_a_result_is_text_on_the_page() -> None:
    seen = page(of("no_hostile"))
    assert '<script>alert("field-1")</script>' in seen.text
    assert "{{ 7|add:7 }}" in seen.text


def test_text_of_another_direction_is_isolated() -> None:
    seen = page(of("no_every_script"))
    assert "شركة النور للتجارة" in seen.text
    html = render_to_string("findings/company/_company.html", {"result": of("no_every_script")})
    assert "<bdi>شركة النور للتجارة" in html


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_a_caption_and_every_heading_cell_a_scope(name: str) -> None:
    tags = page(of(name)).tags
    assert sum(tag == "table" for tag, _attributes in tags) == sum(
        tag == "caption" for tag, _attributes in tags
    )
    assert all(attributes.get("scope") in {"col", "row"} for tag, attributes in tags if tag == "th")


def test_no_id_stands_twice() -> None:
    ids = [attributes["id"] for _tag, attributes in page(of("no_full")).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_exact_date_and_share_are_kept_in_the_markup() -> None:
    tags = page(of("no_full")).tags
    times = [attributes.get("datetime") for tag, attributes in tags if tag == "time"]
    assert "2025-06-06T14:34:58.3179726+02:00" in times
    shares = [
        attributes.get("value") for tag, attributes in page(of("no_general_roles")).tags if tag == "data"
    ]
    assert "33.3333333" in shares


def test_a_very_long_text_is_folded_and_whole() -> None:
    name = "A" * 1_000_000
    seen = page(result({"keyInformation": {"name": name}}))
    assert name in seen.text
    assert ("details", {"class": "long"}) in seen.tags


@pytest.mark.parametrize("name", NAMES)
def test_the_overview_shows_name_owners_hits_and_warnings(name: str) -> None:
    found = of(name)
    text = page(found, "overview/_overview_facts").text
    for heading in ("Company facts", "Owners", "Hits"):
        assert heading in text
    assert all(" ".join(str(warning.text).split()) in text for warning in found.warnings)


def test_a_crowd_of_warnings_is_folded_and_counted() -> None:
    found = result({"keyInformation": {"statusCodes": [f"WORD_{n}_" for n in range(500)]}})
    text = page(found, "overview/_overview_facts").text
    assert all(f"WORD_{n}_" in text for n in range(500))  # among the facts
    assert "There are 490 more of this kind" in text
    assert f"Show {len(found.warnings) - 8} more" in text


def test_the_page_can_be_read_in_another_language() -> None:
    with translation.override("nb"):
        assert page(of("no_full")).text


def test_every_declared_element_has_a_label_or_its_own_name() -> None:
    assert "None" not in page(result(every_element())).text.replace("None listed", "")


def test_what_a_warning_rests_on_is_told_by_where_it_is_read_with_its_place_on_focus() -> None:
    wanted = {
        "screening/_screening": ("no_full", "Source: Screening", "sanction.sanctionResults"),
        "ownership/_ownership": ("no_full", "Source: Ownership", "ownership.shareholders"),
    }
    for template, (name, words, place) in wanted.items():
        seen = page(of(name), template)
        assert words in seen.text, template
        assert place not in seen.text, template
        assert ("span", {"class": "place", "tabindex": "0", "title": place}) in seen.tags, template


def test_every_place_of_a_result_is_read_somewhere() -> None:
    places = {warning.rests_on for name in NAMES for warning in of(name).warnings} | {*of("no_null").nothing}
    for place in places:
        beginning = place.partition(".")[0].partition("[")[0]
        assert part_of(place).words
        assert beginning in PARTS, place


def test_a_rule_is_shown_as_right_only_without_a_reservation() -> None:
    for remarks, is_right in (
        ([], True),
        ([{"category": "SUPPLEMENTED"}], True),
        ([{"category": "NEW"}], False),
    ):
        rule = rule_of([signer("Eva Lund", "1970-01-02")], remarks=remarks)
        shown = page(signing(rule), "authority/_people")
        colours = [attrs.get("data-color") for _tag, attrs in shown.tags]
        assert ("success" in colours) is is_right, remarks
