"""Where the boxes stand: asked once, remembered, and laid in rows when nobody answers."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from cases.presentation.charts import chart_layout
from cases.presentation.charts.chart_layout import Cell, Row, layout
from cases.presentation.charts.charts import of_result
from tests.presentation.test_charts import LARGE_STRUCTURES, overlaps
from tests.signatures.pdfs.structures import chart_of, owned

ROWS = [Row((Cell("a", 100, 40), Cell("b", 100, 40))), Row((Cell("customer", 120, 50),))]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A folder of its own, and nothing remembered."""
    settings.VAR_DIR = tmp_path
    chart_layout.forget()
    yield chart_layout.folder()
    chart_layout.forget()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    made: list[Any] = []
    real = subprocess.run

    def counted(*arguments: Any, **more: Any) -> Any:
        made.append(arguments)
        return real(*arguments, **more)

    monkeypatch.setattr(chart_layout.subprocess, "run", counted)
    return made


def test_the_layout_program_is_asked_once_for_the_same_content(calls: list[Any]) -> None:
    assert layout(ROWS, 1) == layout(ROWS, 1)
    assert len(calls) == 1


def test_another_process_finds_what_this_one_has_kept(calls: list[Any]) -> None:
    first = layout(ROWS, 1)
    chart_layout.forget()
    assert layout(ROWS, 1) == first
    assert len(calls) == 1


def test_names_may_change_and_the_layout_is_the_same(calls: list[Any]) -> None:
    of_result(owned(3))
    found = of_result(owned(3, shareholders=[{"name": f"Other {n}", "percentage": 33} for n in range(3)]))
    again = of_result(owned(3, shareholders=[{"name": f"Thing {n}", "percentage": 33} for n in range(3)]))
    assert len(calls) == 2
    assert [item.box for item in found.drawn] == [item.box for item in again.drawn]


@pytest.mark.parametrize(
    "spoiled", ["", "{", "[]", '{"a": [1, 2]}', '{"a": 1, "b": 2, "customer": 3}', "[" * 100_000]
)
def test_a_spoiled_file_is_made_again(spoiled: str, folder: Path, calls: list[Any]) -> None:
    first = layout(ROWS, 1)
    (file,) = folder.iterdir()
    file.write_text(spoiled)
    chart_layout.forget()
    assert layout(ROWS, 1) == first
    assert len(calls) == 2
    assert json.loads(file.read_text()).keys() == {"a", "b", "customer"} | {"lane0"} & first.places.keys()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e300"])
def test_a_place_that_is_nowhere_is_not_believed(number: str, folder: Path, calls: list[Any]) -> None:
    layout(ROWS, 1)
    (file,) = folder.iterdir()
    file.write_text(f'{{"a": [{number}, 0], "b": [0, 0], "customer": [0, 0]}}')
    chart_layout.forget()
    assert max(max(place) for place in layout(ROWS, 1).places.values()) < 1000


def test_files_do_not_pile_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_layout, "MOST_FILES", 10)
    folder.mkdir(parents=True)
    for age in range(30):
        file = folder / f"{age}.json"
        file.write_text("{}")
        os.utime(file, (age, age))
    layout(ROWS, 1)
    left = sorted(file.name for file in folder.iterdir())
    assert len(left) == 5
    assert {"26.json", "27.json", "28.json", "29.json"} < {*left}


def test_memory_does_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_layout, "REMEMBERED", 2)
    for width in range(100, 105):
        layout([Row((Cell("a", width, 40),)), Row((Cell("customer", 120, 50),))], 1)
    assert len(chart_layout._memory) == 2


# --- When nobody answers ---


def program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "dot").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "dot").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


FAULTS = [
    "exit 1",
    "echo '{}'",
    "echo not JSON",
    "exec /bin/sleep 9",
    """echo '{"bb": "0,0,1,1", "objects": []}'""",
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_program_that_fails_hangs_or_raves_is_done_without(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart_layout, "TIMEOUT_SECONDS", 0.2)
    program(tmp_path / "bin", fault, monkeypatch)
    chart = chart_of(3)
    assert not chart.by_graphviz
    assert overlaps(chart) == []
    assert not chart_layout.folder().exists()


def test_whatever_an_answer_or_a_file_holds_the_chart_is_drawn(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = f"1{'0' * 400}"
    answers = [
        "[]",
        '"bb"',
        "[" * 100_000,
        '{"bb": "0,0"}',
        '{"bb": 5, "objects": []}',
        '{"bb": "0,0,1,1"}',
        '{"bb": "0,0,1,1", "objects": [5]}',
        '{"bb": "0,0,1,1", "objects": ["pos"]}',
        '{"bb": "0,0,1,1", "objects": [{"pos": 5}]}',
        '{"bb": "0,0,1,1", "objects": [{"pos": "1,2"}]}',
        '{"bb": "0,0,1,1", "objects": [{"pos": "1,2", "name": []}]}',
    ]
    for answer in answers:
        chart_layout.forget()
        done = subprocess.CompletedProcess([], 0, answer.encode())
        with monkeypatch.context() as patched:
            patched.setattr(chart_layout.subprocess, "run", lambda *_, done=done, **__: done)
            assert not layout(ROWS, 1).by_graphviz, answer[:60]
    chart_layout.forget()
    layout(ROWS, 1)
    (file,) = folder.iterdir()
    for places in (f'{{"a": [{huge}, 0], "b": [0, 0], "customer": [0, 0]}}', '{"a": 1}', "[]", "{}"):
        file.write_text(places)
        chart_layout.forget()
        assert layout(ROWS, 1).by_graphviz, places[:60]


def test_after_a_failure_it_is_not_asked_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[Any]
) -> None:
    program(tmp_path / "bin", "exit 1", monkeypatch)
    chart_of(3)
    chart_of(4)
    assert len(calls) == 1
    monkeypatch.undo()
    chart_layout.forget()
    assert chart_of(3).by_graphviz


@pytest.mark.parametrize(("count", "limits"), LARGE_STRUCTURES)
def test_plain_rows_overlap_no_more(count: int, limits: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    chart = chart_of(count, limits, daughters=min(count, 20))
    assert not chart.by_graphviz
    assert overlaps(chart) == []


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").write_text("")
    settings.VAR_DIR = tmp_path / "file"
    assert layout(ROWS, 1).by_graphviz
