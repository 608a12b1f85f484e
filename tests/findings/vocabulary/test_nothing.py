"""For every chapter, every kind of nothing has its own words and its own mark on the page."""

from typing import Any

import pytest

from tests.findings.reading import CONTRACT, Page, ordered, page, result

# The chapters as the page names them, with the word that asks for each; '' where nobody has to.
CHAPTERS = {
    "keyInformation": "",
    "address": "address",
    "ownership.shareholders": "ownership.shareholders",
    "ownership.beneficials": "ownership.beneficials",
    "ownership.subsidiaries": "ownership.subsidiaries",
    "ownership.indicators": "ownership.indicators",
    "roles": "roles",
    "authorities": "authorities",
    "sanction": "sanction",
    "financials.keyFigures": "financials.keyFigures",
    "financials.auditor": "financials.auditor",
    "financials.accountant": "financials.accountant",
    "financials.accounting": "financials.accounting",
    "links": "links.reports.aml",
}
LISTS = {"ownership.shareholders", "ownership.beneficials", "ownership.subsidiaries"}
NOT_DELIVERED = "Failed: not delivered by the provider"
OTHER_FORM = "Failed: came in a form that cannot be read; see ‘As it came’"


def at(place: str, value: Any) -> dict[str, Any]:
    document: Any = value
    for name in reversed(place.split(".")):
        document = {name: document}
    found: dict[str, Any] = document
    return found


def seen(place: str, document: Any, **changes: Any) -> tuple[str, str]:
    """The words and the mark that stand for the chapter on the page, and are all that stands there."""
    found = page(result(document, **changes))
    return _of_chapter(found, place)


class _Chapters(Page):
    """A page whose text is kept apart by chapter."""

    def __init__(self, html: str) -> None:
        self.chapter = ""
        self.kinds: dict[str, list[str]] = {}
        self.words: dict[str, str] = {}
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "section" or given.get("data-chapter"):
            self.chapter = given.get("data-chapter") or ""
        if given.get("data-kind"):
            self.kinds.setdefault(self.chapter, []).append(given["data-kind"] or "")
        super().handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.chapter:
            self.words[self.chapter] = self.words.get(self.chapter, "") + data
        super().handle_data(data)


def _of_chapter(found: Page, place: str) -> tuple[str, str]:
    whole = _Chapters(found.html)
    (kind,) = whole.kinds[place]
    return " ".join(whole.words[place].split()), kind


@pytest.mark.parametrize("place", CHAPTERS)
def test_an_empty_node_was_searched_and_nothing_found(place: str) -> None:
    words, kind = seen(place, at(place, [] if place in LISTS else {}))
    assert "Searched, nothing found" in words
    assert kind == "nothing_found"


@pytest.mark.parametrize("place", [place for place, word in CHAPTERS.items() if word])
def test_what_is_absent_and_was_not_asked_for_was_not_requested(place: str) -> None:
    others = tuple(word for word in CONTRACT.expands if not word.startswith(CHAPTERS[place][:5]))
    words, kind = seen(place, {"keyInformation": {"name": "A"}}, expands=others)
    assert "Not ordered" in words
    assert kind == "not_requested"


@pytest.mark.parametrize("value", [..., None])
def test_links_that_a_result_leaves_out_are_no_failure(value: Any) -> None:
    words, kind = seen("links", {"roles": {}} if value is ... else {"links": value})
    assert words == "Links in the result No links stated"
    assert kind == "not_stated"


def test_what_was_asked_for_and_is_absent_or_null_was_not_delivered(subtests: pytest.Subtests) -> None:
    for value in [..., None]:
        for place in [place for place in CHAPTERS if place != "links"]:
            with subtests.test(value=value, place=place):
                words, kind = seen(place, {} if value is ... else at(place, value))
                assert NOT_DELIVERED in words
                assert kind == "failed"


@pytest.mark.parametrize("place", CHAPTERS)
def test_what_came_in_another_form_is_said_to_have(place: str) -> None:
    words, kind = seen(place, at(place, "a word"))
    assert OTHER_FORM in words
    assert kind == "failed"


def test_without_a_document_the_capture_says_why(subtests: pytest.Subtests) -> None:
    for capture, words_, mark in [
        ("failed", "Failed: the provider cancelled", "failed"),
        ("expired", "Expired before capture", "expired"),
        ("unreadable", "Failed: captured, not readable", "failed"),
        ("waiting", "Awaited from the provider", "waiting"),
    ]:
        for place in CHAPTERS:
            with subtests.test(capture=capture, said=words_, mark=mark, place=place):
                reason = "the provider cancelled" if capture == "failed" else ""
                words, kind = seen(place, None, capture=capture, reason=reason)
                assert words_ in words
                assert kind == mark


@pytest.mark.parametrize("place", [place for place, word in CHAPTERS.items() if word])
def test_what_was_not_asked_for_did_not_fail_with_the_capture(place: str) -> None:
    words, kind = seen(place, None, capture="failed", expands=())
    assert "Not ordered" in words
    assert kind == "not_requested"


# --- Single elements ---


@pytest.mark.parametrize(
    ("element", "label"),
    [
        ("employees", "Employees"),
        ("memberOfRegistries", "Registers"),
        ("statusCodes", "Status"),
        ("institutionalSector", "Institutional sector"),
        ("industrySector", "Industry"),
    ],
)
def test_an_element_that_came_empty_is_told_from_one_that_did_not_come(element: str, label: str) -> None:
    def text(**elements: Any) -> str:
        return page(result({"keyInformation": {"name": "A", **elements}}), "company/_company").text

    empty: Any = [] if element in {"memberOfRegistries", "statusCodes"} else {}
    assert f"{label} Searched, nothing found" in text(**{element: empty})
    assert f"{label} Not stated" in text(**{element: None})
    assert f"{label} Not stated" in text()
    assert f"{label} {OTHER_FORM}" in text(**{element: 17})


@pytest.mark.parametrize(
    ("element", "label"), [("visitingAddress", "Visiting address"), ("postalAddress", "Postal address")]
)
def test_an_address_that_came_empty_is_told_from_one_that_did_not_come(element: str, label: str) -> None:
    other = {"visitingAddress": {"city": "ODDA"}, "postalAddress": {"city": "ODDA"}}
    assert f"{label} Searched, nothing found" in page(result({"address": {**other, element: {}}})).text
    assert f"{label} Not stated" in page(result({"address": {**other, element: None}})).text


def test_accounts_without_a_year_say_which_nothing_it_is() -> None:
    metadata = {"metadata": {"sources": ["BRREG"]}}
    for years, words in (([], "Searched, nothing found"), ("none", OTHER_FORM)):
        found = result({"financials": {"accounting": {**metadata, "years": years}}})
        assert words in _of_chapter(page(found), "financials.accounting")[0]


def test_the_chapters_here_are_all_that_there_are() -> None:
    nothing = result({}, expands=()).nothing
    assert {place for place in nothing if place != "keyInformation.lei"} == set(CHAPTERS)
    assert {word for word in CHAPTERS.values() if word} <= set(ordered().expands)


# --- Sources ---


@pytest.mark.parametrize("place", [place for place in CHAPTERS if not place.startswith("ownership.")])
def test_a_chapter_that_came_without_a_source_says_so(place: str) -> None:
    some: Any = {"name": "A", "reports": [{"rel": "x"}], "ceo": {"name": "A"}, "years": [{"year": 2025}]}
    words = _Chapters(page(result(at(place, some))).html).words[place]
    assert "source not stated" in words


@pytest.mark.parametrize("place", CHAPTERS)
def test_a_chapter_that_did_not_come_has_no_source_to_speak_of(place: str) -> None:
    assert "source" not in _Chapters(page(result({})).html).words[place]
