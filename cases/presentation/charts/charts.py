"""The ownership chart: a structure laid out and cut to size, ready for _chart.html to draw."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cases.findings.result import Result
from cases.presentation.charts.chart_boxes import (
    BOX,
    LOOP,
    TIE,
    Box,
    Chip,
    Plate,
    Text,
    chip,
    content,
    customer_cell,
    loop_width,
    loop_words,
    texts,
)
from cases.presentation.charts.chart_layout import Cell, Layout, Row, layout
from cases.presentation.charts.chart_text import ELLIPSIS
from cases.presentation.charts.structure import LEGIBLE, OPENED, SMALL, Limits, Structure, structure
from cases.presentation.charts.structure_parts import CUSTOMER, Line, Node, Shape, Tie

MARGIN = 6
LONGEST_FACT = 1500  # characters of one fact; the table has the whole
DASHES = {Line.INDIRECT: "6 4", Line.OPEN: "1.5 4"}
LANE = 11  # between lines of different kinds in a passage
COLUMNS, COLUMNS_OF_ALL, COLUMNS_OF_SMALL = 4, 6, 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node in its place; for the customer's loop `box` is where the words stand."""

    node: Node
    box: Box
    texts: tuple[Text, ...]
    plates: tuple[Plate, ...]
    chips: tuple[Chip, ...]

    @property
    def anchor(self) -> str:
        """The id of the node in the page."""
        return anchor(self.node.key)

    @property
    def is_light(self) -> bool:
        """Do its words stand light on dark?"""
        return self.node.shape is Shape.CUSTOMER

    @property
    def description(self) -> str:
        """Everything that is known of the node, a line each; for who cannot see the chart, its name too."""
        node = self.node
        if node.entry:
            lines = [f"{what} {words}".strip() for what, words in node.facts]
        else:
            lines = [
                node.under,
                *(badge.words for badge in node.badges),
                *(chip.whole for chip in self.chips),
            ]
        return "\n".join(_short(fact) for fact in (node.name, *lines) if fact)


@dataclass(frozen=True, slots=True)
class Path:
    """A line by its points, as SVG writes it, and where it ends in an arrow."""

    d: str
    line: Line
    arrow: str = ""

    @property
    def dashes(self) -> str:
        """The dashes of the line, as SVG writes them; '' for a whole one."""
        return DASHES.get(self.line, "")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing in pixels. `by_graphviz` is False if plain rows had to do."""

    width: int
    height: int
    drawn: tuple[Drawn, ...]
    paths: tuple[Path, ...]
    structure: Structure
    by_graphviz: bool

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the nodes that are drawn."""
        return frozenset(shape.node.key for shape in self.drawn)


def of_result(result: Result, limits: Limits = LEGIBLE, *, is_another: bool = False) -> Chart:
    """Draw the ownership of a result: `LEGIBLE` for a page, `PAPER` for a report, `OPENED` for all, `SMALL`.

    `is_another`: the result is about another organisation than the customer, and is drawn all the same.
    Never raises and needs no database: templates/findings/ownership/_ownership.html takes it as `chart`.
    """
    return chart(
        structure(result, limits, is_another=is_another),
        {OPENED: COLUMNS_OF_ALL, SMALL: COLUMNS_OF_SMALL}.get(limits, COLUMNS),
    )


def chart(structure: Structure, columns: int = COLUMNS) -> Chart:
    """Draw a structure with at most `columns` boxes side by side."""
    return _Drawing(structure, columns).chart()


def anchor(key: str) -> str:
    """The id of a node in the page."""
    return f"node-{key}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_FACT else text[:LONGEST_FACT] + ELLIPSIS


Spots = dict[str, tuple[int, int]]  # the centres of cells, in whole pixels


class _Drawing:
    """A chart in the making: the rows of its nodes, what stands in their boxes, and the ties of each node."""

    def __init__(self, structure: Structure, columns: int) -> None:
        self.structure = structure
        self.contents = {node.key: content(node) for node in structure.nodes}
        self.above = [*_in_rows(structure.indirect, columns), *_in_rows(structure.direct, columns)]
        self.below = _in_rows(structure.below, columns, full_first=True)
        self.hub = len(self.above)
        # By key: the row a node stands in, and how high the boxes of that row may be.
        rows = [*enumerate(self.above), *enumerate(self.below, self.hub + 1)]
        self.row_of = {node.key: at for at, nodes in rows for node in nodes}
        self.heights = {at: max(self.contents[node.key].height for node in nodes) for at, nodes in rows}
        self.ties: dict[str, list[Tie]] = defaultdict(list)
        for tie in structure.ties:
            self.ties[tie.owner if tie.owned == CUSTOMER else tie.owned].append(tie)
        self.is_mixed = bool(structure.indirect and structure.direct)

    def chart(self) -> Chart:
        rows = self._rows()
        laid = layout(rows, self.hub)
        places = self._moved(laid, rows)
        customer = self._box(CUSTOMER, places)
        drawn = [self._drawn(node, places) for node in self.structure.nodes if node.shape is not Shape.ITSELF]
        paths = [*self._lines(rows, places, customer)]
        if self.structure.itself:
            drawn.append(_loop(self.structure.itself, customer))
            paths.append(_loop_path(customer))
        right = max(places[cell.key][0] + cell.width // 2 for row in rows for cell in row.in_order)
        bottom = max(places[cell.key][1] + cell.height // 2 for row in rows for cell in row.in_order)
        return Chart(
            right + MARGIN,
            bottom + MARGIN,
            tuple(drawn),
            tuple(paths),
            self.structure,
            laid.by_graphviz,
        )

    # --- Rows ---

    def _rows(self) -> list[Row]:
        hub = Row((customer_cell(self.contents[CUSTOMER], self.structure),))
        above = [self._row(nodes, at, at > 0) for at, nodes in enumerate(self.above)]
        below = [
            self._row(nodes, self.hub + 1 + at, at < len(self.below) - 1)
            for at, nodes in enumerate(self.below)
        ]
        return [*above, hub, *below]

    def _row(self, nodes: Sequence[Node], at: int, is_passed: bool) -> Row:
        cells = tuple(Cell(node.key, BOX, self.heights[at] + TIE) for node in nodes)
        # An even row gets a lane too, so that its middle is a place.
        if is_passed or len(cells) % 2 == 0:
            lane = 2 * LANE if self.is_mixed and at < self.hub else 2
            return Row(cells, f"lane{at}", lane)
        return Row(cells)

    def _moved(self, laid: Layout, rows: Sequence[Row]) -> Spots:
        """The centres of all cells in whole pixels, moved so that the drawing begins at the margin."""
        cells = [cell for row in rows for cell in row.in_order]
        left = min(laid.places[cell.key][0] - cell.width / 2 for cell in cells) - MARGIN
        top = min(laid.places[cell.key][1] - cell.height / 2 for cell in cells) - MARGIN
        moved = {key: (round(x - left), round(y - top)) for key, (x, y) in laid.places.items()}
        return moved

    # --- Boxes ---

    def _box(self, key: str, places: Spots) -> Box:
        """The box of a node in its cell, whose side towards the customer is left to the tie."""
        x, y = places[key]
        height = self.contents[key].height
        if key == CUSTOMER:
            return Box(x - BOX // 2, y - height // 2, BOX, height)
        half = (self.heights[self.row_of[key]] + TIE) // 2
        top = y + half - TIE - height if self._is_above(key) else y - half + TIE
        return Box(x - BOX // 2, top, BOX, height)

    def _drawn(self, node: Node, places: Spots) -> Drawn:
        box = self._box(node.key, places)
        lines, plates = texts(self.contents[node.key], box)
        return Drawn(node, box, lines, plates, tuple(self._chips(node.key, box)))

    def _chips(self, key: str, box: Box) -> Iterator[Chip]:
        for tie, x, room in self._tie_places(key, box):
            if tie.words:
                y = box.bottom + TIE // 2 - 3 if self._is_above(key) else box.y - TIE // 2 + 3
                yield chip(tie, x, y, room, up=self._is_above(key) and tie.owner == CUSTOMER)

    def _tie_places(self, key: str, box: Box) -> Iterator[tuple[Tie, int, int]]:
        """Where each tie of a box leaves it, and how much room its words have."""
        ties = self.ties[key]
        for at, tie in enumerate(ties):
            room = box.width // len(ties)
            yield tie, box.x + room * at + room // 2, room - 4

    def _is_above(self, key: str) -> bool:
        return self.row_of[key] < self.hub

    # --- Lines ---

    def _lines(self, rows: Sequence[Row], places: Spots, customer: Box) -> Iterator[Path]:
        for key in self.row_of:
            yield from self._drops(key, self._box(key, places))
        yield from self._bus(rows, places, Line.DIRECT, LANE if self.is_mixed else 0, customer)
        yield from self._bus(rows, places, Line.INDIRECT, 0, customer)

    def _drops(self, key: str, box: Box) -> Iterator[Path]:
        for tie, x, _room in self._tie_places(key, box):
            if self._is_above(key):
                arrow = _arrow(x, box.bottom) if tie.owner == CUSTOMER else ""
                yield Path(f"M{x} {box.bottom}V{box.bottom + TIE}", tie.line, arrow)
            else:
                yield Path(f"M{x} {box.y}V{box.y - TIE}", tie.line)

    def _bus(
        self, rows: Sequence[Row], places: Spots, kind: Line, lane: int, customer: Box
    ) -> Iterator[Path]:
        """The lines that gather the ties of a kind, row by row, on their way to the customer."""
        for side, edge in (
            (range(self.hub), customer.y),
            (range(len(rows) - 1, self.hub, -1), customer.bottom),
        ):
            step = side.step
            line, came_at = None, None
            for at in side:
                level = self._level(rows[at], at, places)
                towards = places[rows[at + step].anchor][0] + (lane if step > 0 else 0)
                ties = self._leaving(rows[at], kind, places)
                solid = [x for x, tie in ties if tie is kind]
                if came_at is None and not ties:
                    continue
                line = kind if solid or line is kind else Line.OPEN
                gathered = [*solid, *([came_at] if came_at is not None else []), towards]
                left, right = min(gathered), max(gathered)
                yield Path(f"M{left} {level}H{right}", line)
                for x in (x for x, tie in ties if tie is not kind and not left <= x <= right):
                    yield Path(f"M{x} {level}H{left if x < left else right}", Line.OPEN)
                is_last = at + step == self.hub
                end = edge if is_last else self._level(rows[at + step], at + step, places)
                yield Path(f"M{towards} {level}V{end}", line)
                came_at = towards

    def _level(self, row: Row, at: int, places: Spots) -> int:
        """The height at which the ties of a row are gathered."""
        first = row.cells[0]
        half = first.height // 2
        return places[first.key][1] + (half if at < self.hub else -half)

    def _leaving(self, row: Row, kind: Line, places: Spots) -> list[tuple[int, Line]]:
        """The x and the line of each tie of a kind that leaves a row; ties not known go with the shares held."""
        return [
            (x, tie.line)
            for cell in row.cells
            for tie, x, _room in self._tie_places(cell.key, self._box(cell.key, places))
            if tie.line is kind or (kind is Line.DIRECT and tie.line is Line.OPEN)
        ]


def _in_rows(nodes: Sequence[Node], columns: int, full_first: bool = False) -> list[Sequence[Node]]:
    """Break nodes into rows; the row that is not full stands farthest from the customer."""
    first = columns if full_first else len(nodes) % columns or columns
    rows = [nodes[:first], *(nodes[at : at + columns] for at in range(first, len(nodes), columns))]
    return [row for row in rows if row]


def _arrow(x: int, y: int) -> str:
    """The head of an arrow that points up to (`x`, `y`), as SVG writes a path."""
    return f"M{x} {y}l-4 7h8z"


def _loop(itself: Node, customer: Box) -> Drawn:
    name, share = loop_words(itself)
    across = loop_width(itself)
    box = Box(customer.right + LOOP + 4, customer.y + customer.height // 2 - 19, across, 38)
    lines = (Text(box.middle, box.y + 15, name, "name loop"), Text(box.middle, box.y + 31, share, "share"))
    return Drawn(itself, box, lines, (), ())


def _loop_path(customer: Box) -> Path:
    middle, x = customer.y + customer.height // 2, customer.right
    d = f"M{x} {middle + 9}h{LOOP - 9}a9 9 0 0 0 0 -18h-{LOOP - 9}"
    return Path(d, Line.DIRECT, f"M{x} {middle - 9}l7 -4v8z")
