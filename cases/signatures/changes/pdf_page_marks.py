"""Does what is laid over a page cover what it shows? In the child process alone."""

from typing import Any

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import StreamObject

from cases.signatures.changes.pdf_resources import inherited
from cases.signatures.pdf.pdf_drawing import EVERYWHERE, SAME, Box, Reading, TooMuch, box_of
from cases.signatures.pdf.pdf_history import entry, raw_items

TEXT, OTHER = "covers_text", "covered"
HIDDEN = 2 | 32  # flags of notes: hidden, not to be viewed


def covers(page: Any, by: Box, *, notes: list[Any]) -> str:
    """The rule by which the box `by` may hide what a page or its notes show; '' if nothing is shown there."""
    reading = Reading()
    try:
        reading.read(_content(page), inherited(page), SAME, 0)
    except TooMuch:
        return OTHER
    places = [place(note) for note in notes if not int(entry(note, "/F", 0)) & HIDDEN]
    under = [mark for mark in reading.marks if _overlap(mark.box, by)]
    if any(other.is_text for other in under):
        return TEXT
    marks = [other for other in under if not (other.is_frame and _holds(other.box, by))]
    return OTHER if marks or any(_overlap(other, by) for other in places) else ""


def place(note: Any) -> Box:
    numbers = [float(raw_item) for raw_item in raw_items(entry(note, "/Rect"))]
    return box_of([(numbers[0], numbers[1]), (numbers[2], numbers[3])]) if len(numbers) == 4 else EVERYWHERE


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(one: Box, other: Box) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and one[2] >= other[2] and one[3] >= other[3]


def _content(page: Any) -> bytes:
    content = entry(page, "/Contents")
    streams = [raw_item.get_object() for raw_item in raw_items(content)] or [content]
    return b"\n".join(
        stream.read_data(DecodePurpose.GENERIC) for stream in streams if isinstance(stream, StreamObject)
    )
