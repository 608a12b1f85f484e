"""Whole reports."""

import io
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer

from amlportal.sandbox.reports import chapters
from amlportal.sandbox.reports.layout import MARGIN, NumberedCanvas, facts, write
from amlportal.sandbox.reports.reading import text
from amlportal.sandbox.reports.words import Words
from amlportal.sandbox.universe.organisation import Organisation

PAGE_VERSION = 2
"""Part of the key under which a report is kept: raise it when the pages change."""

CHAPTERS = {
    "aml": (
        chapters.key_information,
        chapters.address,
        chapters.screening,
        chapters.owners,
        chapters.roles,
        chapters.authorities,
        chapters.financials,
    ),
    "certificate_of_registration": (
        chapters.key_information,
        chapters.address,
        chapters.roles,
        chapters.authorities,
    ),
}
_one_at_a_time = threading.Lock()  # fonts are registered and subset in state of reportlab's own


def report_pdf(organisation: Organisation, result: Mapping[str, Any], kind: str, language: str) -> bytes:
    """Make a report of a kind, not signed yet."""
    words = Words(language)
    name, number = text(organisation.name), text(organisation.number)
    made = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    flow: list[Flowable] = [
        write(words[kind], "title"),
        write(name, "name"),
        Spacer(1, 2 * mm),
        facts(
            [
                (words["organisation_number"], number),
                (words["country"], organisation.country),
                (words["made"], made),
            ]
        ),
    ]
    if kind == "certificate_of_registration":
        flow += [Spacer(1, 4 * mm), write(words["certified"])]
    for make in CHAPTERS[kind]:
        flow += make(result, words)
    flow += [Spacer(1, 8 * mm), write(words["signed"], "small")]
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN - 6,
        rightMargin=MARGIN - 6,
        topMargin=19 * mm,
        bottomMargin=20 * mm,
        title=f"{words[kind]}: {name}",
        author="AML Sandbox",
        lang=words.language,
    )
    canvas = type(
        "ReportCanvas",
        (NumberedCanvas,),
        {"words": words, "reference": f"{words[kind]} · {name[:60]} · {number}"},
    )
    with _one_at_a_time:
        document.build(flow, canvasmaker=canvas)
    return out.getvalue()
