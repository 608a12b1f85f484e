"""Where the boxes of a chart stand: asked of Graphviz, remembered by content, and laid in plain rows if it fails."""

import hashlib
import json
import math
import shutil
import subprocess
import tempfile
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings

TIMEOUT_SECONDS = 5.0
RESTS_SECONDS = 60.0  # after a failure, so that not every page waits for the next
ROW_GAP, COLUMN_GAP = 16, 12
POINTS = 72  # of Graphviz in an inch; a point is a pixel here
REMEMBERED, MOST_FILES, LARGEST_FILE = 256, 2000, 1_000_000
FARTHEST = 1_000_000.0

# What reading raises where an answer or a file holds something else than places.
NO_PLACES = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)

Places = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Cell:
    """The room that a box takes in the chart, together with the tie beside it."""

    key: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side; `passage` is the key of a free lane in their middle for lines that pass, '' if none."""

    cells: tuple[Cell, ...]
    passage: str = ""
    passage_width: int = 0

    @property
    def in_order(self) -> tuple[Cell, ...]:
        """The cells from left to right, the passage among them."""
        if not self.passage:
            return self.cells
        middle = (len(self.cells) + 1) // 2
        lane = Cell(self.passage, self.passage_width, max(cell.height for cell in self.cells))
        return (*self.cells[:middle], lane, *self.cells[middle:])

    @property
    def anchor(self) -> str:
        """The key of what lines from above and below lead to: the passage, else the middle."""
        return self.passage or self.cells[len(self.cells) // 2].key


@dataclass(frozen=True, slots=True)
class Layout:
    """The centres of all cells, from the top left; `by_graphviz` is False if rows had to do."""

    places: Places
    by_graphviz: bool


def layout(rows: Sequence[Row], hub: int) -> Layout:
    """Lay rows out from top to bottom; the ties of all rows lead towards the one cell of the row at index `hub`."""
    written = dot(rows, hub)
    content = hashlib.sha256(written.encode()).hexdigest()
    keys = {cell.key for row in rows for cell in row.in_order}
    known = _remembered(content) or _kept(content, keys)
    if known is None:
        known = _by_graphviz(written, keys)
        if known is None:
            return Layout(in_plain_rows(rows), by_graphviz=False)
        _keep(content, known)
    _remember(content, known)
    return Layout(known, by_graphviz=True)


def dot(rows: Sequence[Row], hub: int) -> str:
    """Write the rows as a graph of keys and sizes: nothing of a result stands in it."""
    lines = [
        "digraph {",
        f'graph [nodesep={COLUMN_GAP / POINTS:.4f} ranksep={ROW_GAP / POINTS:.4f} splines="" outputorder=nodesfirst];',
        'node [shape=box fixedsize=true label=""]; edge [dir=none];',
    ]
    for at, row in enumerate(rows):
        cells = row.in_order
        lines += [
            f'"{cell.key}" [width={cell.width / POINTS:.4f} height={cell.height / POINTS:.4f}];'
            for cell in cells
        ]
        chain = " -> ".join(f'"{cell.key}"' for cell in cells)
        lines.append(f"{{ rank=same; {chain} }}" if len(cells) > 1 else "")
        # Ties lead towards the hub, from row to row; those in the middle must be straight.
        towards = rows[at + 1] if at < hub else rows[at - 1] if at > hub else None
        if towards:
            for cell in cells:
                upper, lower = (cell.key, towards.anchor) if at < hub else (towards.anchor, cell.key)
                weight = 100 if cell.key == row.anchor else 1
                lines.append(f'"{upper}" -> "{lower}" [weight={weight}];')
    return "\n".join([*lines, "}"])


def in_plain_rows(rows: Sequence[Row]) -> Places:
    """Centre every row on the same line: not as tidy, and enough to read."""
    places: Places = {}
    top = 0.0
    for row in rows:
        height = max(cell.height for cell in row.cells)
        cells = row.in_order
        across = sum(cell.width for cell in cells) + COLUMN_GAP * (len(cells) - 1)
        if row.passage:
            before = cells[: cells.index(next(cell for cell in cells if cell.key == row.passage))]
            left = -(sum(cell.width + COLUMN_GAP for cell in before) + row.passage_width / 2)
        else:
            left = -across / 2
        for cell in cells:
            places[cell.key] = (left + cell.width / 2, top + height / 2)
            left += cell.width + COLUMN_GAP
        top += height + ROW_GAP
    return places


# --- Graphviz ---

_failed_at = float("-inf")


def _by_graphviz(written: str, keys: set[str]) -> Places | None:
    """The places by Graphviz; None if it is missing, failed just now, takes too long or answers something else."""
    global _failed_at  # noqa: PLW0603
    program = shutil.which("dot")
    if program is None or time.monotonic() - _failed_at < RESTS_SECONDS:
        return None
    try:
        answer = subprocess.run(  # noqa: S603
            [program, "-Tjson0"],
            input=written.encode(),
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=True,
            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        )
        return _checked(_places(json.loads(answer.stdout)), keys)
    except (OSError, subprocess.SubprocessError, *NO_PLACES):
        _failed_at = time.monotonic()
        return None


def _places(answer: Mapping[str, object]) -> object:
    top = float(str(answer["bb"]).split(",")[3])
    objects = answer["objects"]
    found = {}
    for item in objects if isinstance(objects, list) else []:
        if "pos" in item:
            x, y = item["pos"].split(",")
            found[item["name"]] = (float(x), top - float(y))
    return found


def _checked(found: object, keys: set[str]) -> Places:
    """The places, if there is just one for each key and each is a finite number. Raises one of NO_PLACES otherwise."""
    if not isinstance(found, dict) or found.keys() != keys:
        raise ValueError("not the places of this chart")
    places: Places = {}
    for key, (x, y) in found.items():
        places[key] = (float(x), float(y))
        if not all(math.isfinite(place) and abs(place) < FARTHEST for place in places[key]):
            raise ValueError("not a place")
    return places


# --- Remembering, by content ---

_memory: OrderedDict[str, Places] = OrderedDict()
_memory_lock = Lock()


def _remembered(content: str) -> Places | None:
    with _memory_lock:
        found = _memory.get(content)
        if found is not None:
            _memory.move_to_end(content)
        return found


def _remember(content: str, places: Places) -> None:
    with _memory_lock:
        _memory[content] = places
        _memory.move_to_end(content)
        while len(_memory) > REMEMBERED:
            _memory.popitem(last=False)


def forget() -> None:
    """Forget what this process remembers, failures too; files stay."""
    global _failed_at  # noqa: PLW0603
    with _memory_lock:
        _memory.clear()
    _failed_at = float("-inf")


def folder() -> Path:
    """Where layouts are kept: keys and numbers only, and nothing that could not be made again."""
    return Path(settings.VAR_DIR) / "charts"


def _kept(content: str, keys: set[str]) -> Places | None:
    file = folder() / f"{content}.json"
    try:
        if file.stat().st_size > LARGEST_FILE:
            return None
        return _checked(json.loads(file.read_bytes()), keys)
    except (OSError, *NO_PLACES):
        return None


def _keep(content: str, places: Places) -> None:
    """Write the places to a file that is whole or not there; what cannot be kept is asked of Graphviz again."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder(), suffix=".new", delete=False) as file:
            json.dump(places, file)
        Path(file.name).replace(folder() / f"{content}.json")
        _thin_out()
    except OSError:
        return


def _thin_out() -> None:
    files = list(folder().iterdir())
    if len(files) <= MOST_FILES:
        return
    ages = sorted((file.stat().st_mtime, file) for file in files)
    for _age, file in ages[: len(files) - MOST_FILES // 2]:
        file.unlink(missing_ok=True)
