"""What is cut so that a document fits on paper, whatever a result holds; what was cut says so.

Works on the parsed document. How much is shown, and the words for what is not, stand in its <body>: `data-most-rows`,
`data-cut` for a text and `data-rest` for rows, each with a `%s` for the number. An element with `data-whole` keeps all
its rows; one with `data-longest` has texts no longer than that; one with `data-kept` is never cut, nor left out with
a row or a column that it is in.
"""

from collections.abc import Collection
from xml.etree.ElementTree import Element, SubElement

LONGEST_TEXT = 1500  # characters
# In a cell of a table: what a table's columns need costs the square of a text that may break anywhere.
LONGEST_IN_CELL = 500
LONGEST_ADDRESS = 2000
MOST_COLUMNS = 12
# What says, inside another element, that there is more.
NOTE_TAGS = {"tbody": "tr", "ul": "li", "ol": "li", "dl": "dd"}


def fit(root: Element) -> None:
    """Cut what is too much for paper, and say so in its place."""
    body = root if root.tag == "body" else root.find("body")
    if body is None:
        return
    most = int(body.get("data-most-rows", "500"))
    words = body.get("data-cut", "… (%s)")
    kept = {element for part in body.findall(".//*[@data-kept]") for element in part.iter()}
    _cut_rows(body, most, body.get("data-rest", "+ %s"), kept)
    for part in body.findall(".//*[@data-longest]"):
        _cut_texts(part, int(part.get("data-longest", LONGEST_TEXT)), words, kept)
    for cell in (*body.iter("td"), *body.iter("th")):
        _cut_texts(cell, LONGEST_IN_CELL, words, kept)
    _cut_texts(body, LONGEST_TEXT, words, kept)


def _cut_texts(part: Element, longest: int, words: str, kept: Collection[Element]) -> None:
    for element in part.iter():
        if element in kept:
            continue
        element.text = _shortened(element.text, longest, words)
        if element is not part:
            element.tail = _shortened(element.tail, longest, words)
        if len(element.get("href", "")) > LONGEST_ADDRESS:
            del element.attrib["href"]


def _cut_rows(body: Element, most: int, words: str, kept: Collection[Element]) -> None:
    spared = _with_what_holds_them(body, kept)
    for parent in list(body.iter()):
        if parent in kept:
            continue
        is_row = parent.tag == "tr"
        children = list(parent)
        rest = [child for child in children[MOST_COLUMNS if is_row else most :] if child not in spared]
        if not rest or ("data-whole" in parent.attrib and not is_row):
            continue
        _drop(parent, rest)
        if is_row:
            last = SubElement(parent, children[0].tag, {"class": "rest"})
            last.text = words % len(rest) if children[0].tag == "th" else "…"
        else:
            _add_note(parent, words % len(rest))


def _with_what_holds_them(body: Element, elements: Collection[Element]) -> set[Element]:
    """The elements, and every element that one of them is in."""
    parents = {child: parent for parent in body.iter() for child in parent} if elements else {}
    found: set[Element] = set()
    for element in elements:
        place: Element | None = element
        while place is not None and place not in found:
            found.add(place)
            place = parents.get(place)
    return found


def _drop(parent: Element, children: list[Element]) -> None:
    for child in children:
        parent.remove(child)


def _add_note(parent: Element, words: str) -> None:
    note = SubElement(parent, NOTE_TAGS.get(str(parent.tag), "p"), {"class": "rest"})
    if note.tag == "tr":
        note = SubElement(note, "td", {"colspan": str(MOST_COLUMNS)})
    note.text = words


def _shortened(text: str | None, longest: int, words: str) -> str | None:
    # Spaces and lines of a template are no text that is read.
    if text is None or len(text) <= longest or len(" ".join(text.split())) <= longest:
        return text
    return f"{text[:longest]} {words % f'{len(text):,}'}"
