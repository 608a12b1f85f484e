"""What does not fit on paper is cut, and said to be."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from cases.presentation.paper import fit

BODY = '<body data-most-rows="3" data-cut="(cut: %s)" data-rest="%s more">{}</body>'


def fitted(inner: str) -> Element:
    root = fromstring(f"<html><head/>{BODY.format(inner)}</html>")  # noqa: S314 - written right here
    fit.fit(root)
    return root


def text(root: Element) -> str:
    return " ".join("".join(root.itertext()).split())


def test_a_long_text_is_cut_and_says_how_long_it_was() -> None:
    found = text(fitted(f"<p>{'x' * 1_000_000}<b>bold</b>{'y' * 2000}</p>"))
    assert found.count("x") == fit.LONGEST_TEXT
    assert found.count("y") == fit.LONGEST_TEXT
    assert "(cut: 1,000,000)" in found
    assert "(cut: 2,000)" in found
    assert "bold" in found


def test_a_part_may_have_shorter_texts_than_the_others() -> None:
    found = text(fitted(f"<p data-longest='10'><b>{'x' * 50}</b></p><p>{'y' * 50}</p>"))
    assert (found.count("x"), found.count("y")) == (10, 50)
    assert "(cut: 50)" in found


@pytest.mark.parametrize(
    ("parent", "child"), [("tbody", "tr"), ("ul", "li"), ("ol", "li"), ("dl", "dd"), ("div", "article")]
)
def test_a_long_list_is_cut_and_says_how_many_are_left_out(parent: str, child: str) -> None:
    rows = "".join(f"<{child}>row {number};</{child}>" for number in range(8))
    found = text(fitted(f"<{parent}>{rows}</{parent}>"))
    assert "row 2;" in found
    assert "row 3;" not in found
    assert "5 more" in found


def test_a_list_that_fits_is_left_as_it_is() -> None:
    assert "more" not in text(fitted("<ul><li>a</li><li>b</li><li>c</li></ul>"))


def test_a_list_that_must_be_whole_is_whole() -> None:
    found = text(fitted("<ul data-whole=''>" + "<li>x</li>" * 8 + "</ul>"))
    assert found == "xxxxxxxx"


def test_a_table_with_too_many_columns_for_a_sheet_says_so() -> None:
    head = "".join(f"<th>{year}</th>" for year in range(2000, 2040))
    cells = "".join(f"<td>{year}</td>" for year in range(40))
    root = fitted(f"<table><thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table>")
    assert [len(row) for row in root.iter("tr")] == [fit.MOST_COLUMNS + 1] * 2
    assert "28 more" in text(root)


def test_an_address_too_long_to_follow_is_no_link() -> None:
    root = fitted(
        f'<a href="https://example.test/{"x" * 5000}">there</a><a href="https://example.test/">here</a>'
    )
    assert [link.get("href") for link in root.iter("a")] == [None, "https://example.test/"]


def test_what_people_wrote_is_kept_whole() -> None:
    found = text(fitted(f"<blockquote data-kept=''><bdi>{'x' * 5000}</bdi></blockquote><p>{'y' * 5000}</p>"))
    assert found.count("x") == 5000
    assert found.count("y") == fit.LONGEST_TEXT


def test_rows_that_are_kept_or_hold_what_is_kept_are_not_left_out() -> None:
    rows = "<li>row;</li>" * 8
    kept = "<b data-kept=''>kept;</b>"
    cells = "<td>cell;</td>" * 40
    for inner, shown in (
        (f"<ul data-kept=''>{rows}</ul>", "row;" * 8),
        (f"<div data-kept=''><ul>{rows}</ul></div>", "row;" * 8),
        (f"<ul>{rows}<li><i>{kept}</i></li></ul>", "row;" * 3 + "kept;5 more"),
        (f"<ul>{rows}<li data-kept=''>kept;</li>{rows}</ul>", "row;" * 3 + "kept;13 more"),
        (f"<table><tr data-kept=''>{cells}</tr></table>", "cell;" * 40),
        (f"<table><tr>{cells}<td>{kept}</td></tr></table>", "cell;" * fit.MOST_COLUMNS + "kept;…"),
    ):
        assert text(fitted(inner)) == shown, inner


def test_spaces_and_lines_of_a_template_are_no_text_that_is_cut() -> None:
    spaced = "\n      ".join(["one", "two", "three"])
    assert text(fitted(f"<p data-longest='14'><b>{spaced}</b></p>")) == "one two three"
    assert "(cut:" in text(fitted(f"<p data-longest='12'><b>{spaced}</b></p>"))
