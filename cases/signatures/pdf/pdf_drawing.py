"""Where the drawing operators of a page leave marks on it. In the child process alone.

It errs to one side: it takes for shown what may be, and letters for wider than they are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pypdf.generic import ContentStream

from cases.signatures.pdf.pdf_history import entry, raw_items

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

SAME: Matrix = (1, 0, 0, 1, 0, 0)
EVERYWHERE: Box = (float("-inf"), float("-inf"), float("inf"), float("inf"))
UNIT = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
MOST_STEPS = 200_000
DEEPEST = 8
THIN, LONG = 2.0, 50.0  # points: a rule to write on, or of a table
BELOW, ABOVE = 0.3, 1.0  # of the size of letters
PAINTS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"}


def box_of(points: list[tuple[float, float]]) -> Box:
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


class TooMuch(Exception):
    """The page draws more than is read, or in a way that is not followed."""


@dataclass(frozen=True)
class Mark:
    """Something that is shown; `is_frame`: a rectangle, which is not hidden by what lies within it."""

    box: Box
    is_frame: bool = False
    is_text: bool = False


@dataclass(frozen=True)
class State:
    """The state (matrix, font, spacing) with which later operators draw."""

    matrix: Matrix
    font: Any = None
    size: float = 0
    leading: float = 0
    between_letters: float = 0
    between_words: float = 0
    stretch: float = 1
    rise: float = 0


@dataclass
class Reading:
    """The marks that the drawing operators of a page leave, and how many operators were read."""

    marks: list[Mark] = field(default_factory=list)
    steps: int = 0

    def read(self, data: bytes, resources: Any, matrix: Matrix, depth: int) -> None:
        """Follow what is drawn. Raises TooMuch, and whatever the library raises over what is no content."""
        if depth > DEEPEST:
            raise TooMuch
        content = ContentStream(None, None)
        content.set_data(data)
        drawing = Drawing(self, resources, State(matrix), depth)
        for operands, operator in content.operations:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise TooMuch
            drawing.do(operator, operands)


class Drawing:
    """One stream of drawing operators, followed one by one."""

    def __init__(self, reading: Reading, resources: Any, state: State, depth: int) -> None:
        self.reading, self.resources, self.state, self.depth = reading, resources, state, depth
        self.kept: list[State] = []
        self.path: list[tuple[float, float]] = []
        self.is_rectangles = True
        self.line = SAME  # where the line of text begins
        self.least = self.most = 0.0  # how far along it the next letter may stand

    def do(self, operator: bytes, operands: Any) -> None:
        if operator in PAINTS:
            self._paint()
        elif operator in STEPS:
            STEPS[operator](self, operands)

    def _save(self, _operands: Any) -> None:
        self.kept.append(self.state)

    def _restore(self, _operands: Any) -> None:
        self.state = self.kept.pop() if self.kept else self.state

    def _move(self, operands: Any) -> None:
        self.state = replace(self.state, matrix=product(_matrix(operands), self.state.matrix))

    # --- Paths ---

    def _point(self, operands: Any) -> None:
        numbers = [float(operand) for operand in operands]
        self.is_rectangles = False
        self.path += [
            _at(self.state.matrix, *point) for point in zip(numbers[::2], numbers[1::2], strict=True)
        ]

    def _rectangle(self, operands: Any) -> None:
        left, low, wide, high = (float(operand) for operand in operands)
        corners = [(left, low), (left + wide, low), (left, low + high), (left + wide, low + high)]
        self.path += [_at(self.state.matrix, *corner) for corner in corners]

    def _paint(self) -> None:
        if self.path:
            box = box_of(self.path)
            sides = sorted((box[2] - box[0], box[3] - box[1]))
            if not (sides[0] <= THIN and sides[1] >= LONG):
                self.reading.marks.append(Mark(box, is_frame=self.is_rectangles))
        self._end()

    def _end(self, _operands: Any = None) -> None:
        self.path, self.is_rectangles = [], True

    def _everywhere(self, _operands: Any) -> None:
        self.reading.marks.append(Mark(EVERYWHERE))

    # --- Images, and drawings within the drawing ---

    def _image(self, _operands: Any = None) -> None:
        self.reading.marks.append(Mark(box_of([_at(self.state.matrix, *point) for point in UNIT])))

    def _show(self, operands: Any) -> None:
        shown = entry(entry(self.resources, "/XObject"), str(operands[0]))
        if not isinstance(shown, StreamObject):
            return
        if entry(shown, "/Subtype") == "/Image":
            return self._image()
        own = _matrix(raw_items(entry(shown, "/Matrix")) or SAME)
        resources = entry(shown, "/Resources", self.resources)
        data = shown.read_data(DecodePurpose.GENERIC)
        self.reading.read(data, resources, product(own, self.state.matrix), self.depth + 1)
        return None

    # --- Text ---

    def _begin_text(self, _operands: Any) -> None:
        self._line_at(SAME)

    def _line_at(self, matrix: Matrix) -> None:
        self.line, self.least, self.most = matrix, 0.0, 0.0

    def _text_matrix(self, operands: Any) -> None:
        self._line_at(_matrix(operands))

    def _next_line(self, operands: Any) -> None:
        across, up = (float(operand) for operand in operands)
        self._line_at(product((1, 0, 0, 1, across, up), self.line))

    def _next_line_and_leading(self, operands: Any) -> None:
        self._set("leading", -float(operands[1]))
        self._next_line(operands)

    def _line_down(self, _operands: Any = None) -> None:
        self._next_line((0, -self.state.leading))

    def _font(self, operands: Any) -> None:
        font = entry(entry(self.resources, "/Font"), str(operands[0]))
        self.state = replace(self.state, font=font, size=float(operands[1]))

    def _graphics(self, operands: Any) -> None:
        """Take the font from a graphics state of the resources, if it holds one."""
        held = raw_items(entry(entry(entry(self.resources, "/ExtGState"), str(operands[0])), "/Font"))
        if held:
            self.state = replace(self.state, font=held[0].get_object(), size=float(held[1]))

    def _set(self, name: str, value: float) -> None:
        self.state = replace(self.state, **{name: value})  # type: ignore[arg-type]

    def _letters(self, operands: Any) -> None:
        self._write([operands[0]])

    def _pieces(self, operands: Any) -> None:
        self._write(operands[0])

    def _line_of_letters(self, operands: Any) -> None:
        self._line_down()
        self._write([operands[-1]])

    def _spaced_line(self, operands: Any) -> None:
        self._set("between_words", float(operands[0]))
        self._set("between_letters", float(operands[1]))
        self._line_of_letters(operands)

    def _write(self, pieces: Any) -> None:
        state, start = self.state, self.least
        if entry(state.font, "/Subtype") == "/Type3" or str(entry(state.font, "/Encoding")).endswith("-V"):
            self._everywhere(None)
        for piece in pieces:
            if isinstance(piece, str | bytes):
                steps = [_width(state, code) for code in _codes(piece)]
                self.least += sum(min(point, 0) for point in steps)
                self.most += sum(max(point, 0) for point in steps)
            else:
                step = -float(piece) / 1000 * state.size * state.stretch
                self.least, self.most = self.least + min(step, 0), self.most + max(step, 0)
        high, low = state.rise + ABOVE * state.size, state.rise - BELOW * state.size
        matrix = product(self.line, state.matrix)
        ends = [
            (across, up)
            for across in (min(start, self.least), self.most + abs(state.size))
            for up in (low, high)
        ]
        self.reading.marks.append(Mark(box_of([_at(matrix, *end) for end in ends]), is_text=True))


def _sets(name: str, times: float = 1) -> Callable[[Drawing, Any], None]:
    return lambda drawing, operands: drawing._set(name, float(operands[0]) * times)


STEPS: dict[bytes, Callable[[Drawing, Any], None]] = {
    b"q": Drawing._save,
    b"Q": Drawing._restore,
    b"cm": Drawing._move,
    b"re": Drawing._rectangle,
    **dict.fromkeys((b"m", b"l", b"c", b"v", b"y"), Drawing._point),
    b"n": Drawing._end,
    b"sh": Drawing._everywhere,
    b"INLINE IMAGE": Drawing._image,
    b"Do": Drawing._show,
    b"BT": Drawing._begin_text,
    b"Tm": Drawing._text_matrix,
    b"Td": Drawing._next_line,
    b"TD": Drawing._next_line_and_leading,
    b"T*": Drawing._line_down,
    b"Tf": Drawing._font,
    b"gs": Drawing._graphics,
    b"TL": _sets("leading"),
    b"Tc": _sets("between_letters"),
    b"Tw": _sets("between_words"),
    b"Tz": _sets("stretch", 0.01),
    b"Ts": _sets("rise"),
    b"Tj": Drawing._letters,
    b"TJ": Drawing._pieces,
    b"'": Drawing._line_of_letters,
    b'"': Drawing._spaced_line,
}


def product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _at(matrix: Matrix, across: float, up: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * across + c * up + e, b * across + d * up + f


def _codes(piece: Any) -> Iterator[int]:
    """The letters of a text, as the codes that the file has for them."""
    yield from getattr(piece, "original_bytes", None) or (
        piece if isinstance(piece, bytes) else piece.encode("latin-1", "replace")
    )


def _width(state: State, code: int) -> float:
    """How far one letter reaches; a whole em a byte where the font does not say."""
    widths = raw_items(entry(state.font, "/Widths")) if isinstance(state.font, DictionaryObject) else []
    place = code - int(entry(state.font, "/FirstChar", 0))
    known = widths[place].get_object() if 0 <= place < len(widths) else 1000
    spaces = state.between_words if code == 0x20 else 0
    return (float(known) / 1000 * state.size + state.between_letters + spaces) * state.stretch
