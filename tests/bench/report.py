"""Seconds and pages of a report beside WeasyPrint by itself: .venv/bin/python -m tests.bench.report

By itself is, once, the same HTML with the same style sheet and fonts in a process without our limits, fitting and
refusals; and once the bare words of it, without style sheet, tags and fonts. The start of a process that only loads
WeasyPrint is told apart. Rounds take turns, so that whatever else the machine does strikes all; medians are shown,
with the least and the most.
"""

import argparse
import html
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from cases.models import ArtefactState, SessionState
from cases.presentation.paper import case_report, pdf_process
from cases.presentation.paper.case_report import ReportContent
from cases.workflows.background import reports
from tests import factories
from tests.bench import place
from tests.bench.engine import heading, in_turn, row, spread
from tests.findings.reading import Page
from tests.presentation import large_structures

BARE = (
    "import json, sys; from pathlib import Path; from weasyprint import HTML\n"
    "laid_out = HTML(string=Path(sys.argv[1]).read_text()).render(); laid_out.write_pdf(sys.argv[2])\n"
    "print(json.dumps({'pages': len(laid_out.pages)}))"
)
SAME = (
    "import json, sys; from pathlib import Path; from weasyprint import CSS, HTML\n"
    "from weasyprint.text.fonts import FontConfiguration; fonts = FontConfiguration()\n"
    f"sheet = CSS(filename={str(pdf_process.PROJECT / 'static/report.css')!r}, font_config=fonts)\n"
    "html = HTML(string=Path(sys.argv[1]).read_text())\n"
    "laid_out = html.render(font_config=fonts, stylesheets=[sheet], pdf_variant='pdf/ua-1')\n"
    "laid_out.write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')\n"
    "print(json.dumps({'pages': len(laid_out.pages)}))"
)
START = (
    "import json, sys, weasyprint; from pathlib import Path; Path(sys.argv[2]).touch()\n"
    "print(json.dumps({'pages': 0}))"
)


@dataclass(frozen=True)
class Made:
    """One making: seconds of wall and CPU, and what came of it."""

    seconds: float
    cpu: float
    pages: int
    size: int


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the making of reports.")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with place.of_its_own() as folder:
        for what, data in (("ordinary", None), ("crowded", large_structures.crowded())):
            measure(what, content(data), folder, asked.rounds)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nmost memory of one process: {most:,.0f} MB")


def content(data: bytes | None) -> ReportContent:
    """A usual case, with this result instead of the usual one."""
    session = factories.session(state=SessionState.COMPLETE, results={} if data else None)
    if data:
        factories.artefact(session, "json", ArtefactState.CAPTURED, data=data)
    return reports.gather(factories.report(session.case, session=session))


def measure(what: str, content_: ReportContent, folder: Path, rounds: int) -> None:
    words = html.escape(Page(case_report.html(content_)).text)
    bare = f"<!doctype html><html lang=en><title>Bare</title><p>{words}"
    whole = case_report.html(content_)
    ours, same, theirs, start = in_turn(
        rounds,
        lambda: made(case_report.html(content_), folder, pdf_process.PROGRAM),
        lambda: made(whole, folder, [sys.executable, "-c", SAME]),
        lambda: made(bare, folder, [sys.executable, "-c", BARE]),
        lambda: made("", folder, [sys.executable, "-c", START]),
    )
    print(f"\n{what}: {ours[0].pages} pages, {ours[0].size / 1000:,.0f} kB; bare {theirs[0].pages} pages")
    print(f"CPU seconds of a process that only loads WeasyPrint: {spread([it.cpu for it in start], 2)}")
    heading("report", "same HTML")
    row("seconds", [it.seconds for it in ours], [it.seconds for it in same])
    row("CPU seconds", [it.cpu for it in ours], [it.cpu for it in same])
    heading("report", "bare text")
    row("seconds", [it.seconds for it in ours], [it.seconds for it in theirs])
    row("CPU seconds", [it.cpu for it in ours], [it.cpu for it in theirs])
    row("CPU ms a page", *([it.cpu * 1000 / it.pages for it in side] for side in (ours, theirs)))


def made(text: str, folder: Path, program: list[str]) -> Made:
    began, before = time.monotonic(), _cpu()
    with pdf_process.printed(text, folder, lambda: None, program) as pdf:
        return Made(time.monotonic() - began, _cpu() - before, pdf.pages, pdf.size)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
