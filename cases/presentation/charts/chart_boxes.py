"""The boxes of a chart: what stands in each, cut to its width, and the room its ties need."""

from dataclasses import dataclass
from math import ceil

from cases.presentation.charts.chart_layout import Cell
from cases.presentation.charts.chart_text import cut, width, wrapped
from cases.presentation.charts.structure import Structure
from cases.presentation.charts.structure_parts import CUSTOMER, Badge, Line, Node, Shape, Tie

BOX, PADDING = 186, 10
NAME_SIZE, SIZE = 13, 12
NAME_LINE, OTHER_LINE = 17, 15
TIE, CHIP = 42, 18  # how long a tie is beside its box, and how high its words
LOOP = 30  # how far the tie of a customer that owns itself reaches out


@dataclass(frozen=True, slots=True)
class Text:
    """One line: its middle, its baseline, and what it is (name, under, or the sign of a badge)."""

    x: int
    y: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its top left corner, in whole pixels: templates write them as they are, in every language."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Half way from left to right."""
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.y + self.height

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width

    @property
    def baseline(self) -> int:
        """The y of the baseline of one line of words in the middle of the box."""
        return self.y + self.height // 2 + 4

    @property
    def behind_x(self) -> int:
        """The x of the second box that shows behind a box that stands for several."""
        return self.x + 4

    @property
    def behind_y(self) -> int:
        """The y of the second box that shows behind a box that stands for several."""
        return self.y - 4

    @property
    def corner(self) -> int:
        """The radius of the corners of a box with round ends."""
        return min(self.height // 2, 24)

    @property
    def hexagon(self) -> str:
        """The six corners of a hexagon in the box, as SVG writes the points of a polygon."""
        inset, half = 12, self.y + self.height // 2
        points = (
            (self.x, half),
            (self.x + inset, self.y),
            (self.right - inset, self.y),
            (self.right, half),
            (self.right - inset, self.bottom),
            (self.x + inset, self.bottom),
        )
        return " ".join(f"{x},{y}" for x, y in points)


@dataclass(frozen=True, slots=True)
class Plate(Box):
    """The rectangle behind the words of a badge."""

    sign: str


@dataclass(frozen=True, slots=True)
class Chip(Box):
    """The box with the words on a tie; `up`: the tie points from the customer up to an owner that it owns too."""

    text: str
    whole: str
    line: Line
    up: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a box before it is known where the box stands."""

    node: Node
    name: tuple[str, ...]
    under: tuple[str, ...]
    badges: tuple[tuple[Badge, tuple[str, ...]], ...]

    @property
    def height(self) -> int:
        """How high the box must be."""
        texts = len(self.name) * NAME_LINE + len(self.under) * OTHER_LINE
        badges = sum(len(lines) * OTHER_LINE + 6 for _badge, lines in self.badges)
        return texts + badges + 14


def content(node: Node) -> Content:
    """Cut and wrap the words of a node."""
    room = BOX - 2 * PADDING - (14 if node.shape is Shape.UNKNOWN else 0)
    return Content(
        node,
        wrapped(node.name, NAME_SIZE, room),
        wrapped(node.under, SIZE, room),
        tuple((badge, wrapped(badge.words, SIZE, room - 8, 3)) for badge in node.badges),
    )


def customer_cell(content: Content, structure: Structure) -> Cell:
    """The room for the customer's box, as much left as right of it, with the loop for what it owns of itself."""
    loop = 2 * (LOOP + loop_width(structure.itself) + 8) if structure.itself else 0
    return Cell(CUSTOMER, BOX + loop, content.height)


def loop_width(itself: Node) -> int:
    """How wide the words are at the loop of a customer that owns itself."""
    return min(150, max(round(width(loop_word, SIZE)) for loop_word in loop_words(itself)) + 8)


def loop_words(itself: Node) -> tuple[str, str]:
    """What stands at the loop: that the customer owns itself, and how much."""
    return cut(itself.name, SIZE, 142), cut(itself.under, SIZE, 142)


def texts(content: Content, box: Box) -> tuple[tuple[Text, ...], tuple[Plate, ...]]:
    """The lines of words in a box, and the rectangles behind its badges, in their places."""
    found: list[Text] = []
    plates: list[Plate] = []
    y = box.y + 8
    for line in content.name:
        found.append(Text(box.middle, y + 12, line, "name"))
        y += NAME_LINE
    for line in content.under:
        found.append(Text(box.middle, y + 11, line, "under"))
        y += OTHER_LINE
    for badge, lines in content.badges:
        across = min(round(max(width(line, SIZE) for line in lines)) + 12, BOX - 8)
        y += 4
        plates.append(
            Plate(box.middle - across // 2, y, across, len(lines) * OTHER_LINE + 2, badge.sign.value)
        )
        for line in lines:
            found.append(Text(box.middle, y + 12, line, badge.sign.value))
            y += OTHER_LINE
        y += 2
    return tuple(found), tuple(plates)


def chip(tie: Tie, x: int, y: int, room: int, up: bool = False) -> Chip:
    """The box with the words of a tie, cut to `room`, its middle at the point (`x`, `y`)."""
    text = cut(tie.words, SIZE, room - 8)
    across = min(room, ceil(width(text, SIZE)) + 8)
    return Chip(x - across // 2, y - CHIP // 2, across, CHIP, text, tie.words, tie.line, up)
