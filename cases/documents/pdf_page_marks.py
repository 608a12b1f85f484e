"""Does what is laid over a page cover what it shows? In the child process alone."""

from typing import Any

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import StreamObject

from cases.documents.pdf_drawing import EVERYWHERE, SAME, Box, Reading, TooMuch, box_of
from cases.documents.pdf_history import entry, raw_items
from cases.documents.pdf_resources import inherited

HIDDEN = 2 | 32  # flags of notes: hidden, not to be viewed


def is_covered(page: Any, by: Box, *, notes: list[Any]) -> bool:
    """Does the page, or a note on it, show something where something else is laid?"""
    reading = Reading()
    try:
        reading.read(_content(page), inherited(page), SAME, 0)
    except TooMuch:
        return True
    places = [place(each) for each in notes if not int(entry(each, "/F", 0)) & HIDDEN]
    marks = [each.box for each in reading.marks if not (each.is_frame and _holds(each.box, by))]
    return any(_overlap(each, by) for each in [*marks, *places])


def place(note: Any) -> Box:
    numbers = [float(each) for each in raw_items(entry(note, "/Rect"))]
    return box_of([(numbers[0], numbers[1]), (numbers[2], numbers[3])]) if len(numbers) == 4 else EVERYWHERE


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(one: Box, other: Box) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and one[2] >= other[2] and one[3] >= other[3]


def _content(page: Any) -> bytes:
    content = entry(page, "/Contents")
    streams = [each.get_object() for each in raw_items(content)] or [content]
    return b"\n".join(
        each.read_data(DecodePurpose.GENERIC) for each in streams if isinstance(each, StreamObject)
    )
