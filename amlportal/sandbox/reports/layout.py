"""The layout of the report pages: styles, chapters, tables, header and footer."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from amlportal.sandbox.reports.words import Words

INK, FAINT, ACCENT, LINE, TINT = (
    HexColor(colour) for colour in ("#1e2b37", "#5b6975", "#0b5563", "#c9d3da", "#eef3f5")
)
MARGIN = 20 * mm
WIDTH = A4[0] - 2 * MARGIN


@cache
def _fonts() -> None:
    for name, file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, file))


@cache
def style(name: str) -> ParagraphStyle:
    """Return a paragraph style: body, small, cell, number, head, number head, chapter, title or name."""
    _fonts()
    looks: dict[str, dict[str, Any]] = {
        "body": {"fontSize": 9, "leading": 13},
        "small": {"fontSize": 7.5, "leading": 10, "textColor": FAINT},
        "cell": {"fontSize": 8, "leading": 11},
        "number": {"fontSize": 8, "leading": 11, "alignment": TA_RIGHT},
        "head": {"fontSize": 7.5, "leading": 10, "textColor": FAINT},
        "number head": {"fontSize": 7.5, "leading": 10, "textColor": FAINT, "alignment": TA_RIGHT},
        "chapter": {"fontName": "Vera-Bold", "fontSize": 11, "leading": 15, "textColor": ACCENT},
        "title": {"fontSize": 11, "leading": 15, "textColor": FAINT},
        "name": {"fontName": "Vera-Bold", "fontSize": 18, "leading": 23},
    }
    settings = {"fontName": "Vera", "textColor": INK, "splitLongWords": 1, **looks[name]}
    return ParagraphStyle(name, **settings)


def write(words: str, style_name: str = "body") -> Paragraph:
    """Return words as a paragraph; nothing in them is markup."""
    return Paragraph(escape(words).replace("\n", "<br/>"), style(style_name))


def chapter(title: str, *content: Flowable) -> list[Flowable]:
    """Return a chapter whose title stays with the beginning of its content."""
    first, *rest = content
    more = [part for one in rest for part in (Spacer(1, 2 * mm), one)]
    return [Spacer(1, 5 * mm), KeepTogether([write(title, "chapter"), Spacer(1, 1.5 * mm), first]), *more]


def facts(rows: Sequence[tuple[str, str]]) -> Table:
    """Return names and values beside each other."""
    cells = [[write(name, "head"), write(value, "cell")] for name, value in rows]
    table = Table(cells, colWidths=[WIDTH * 0.28, WIDTH * 0.72])
    table.setStyle(
        TableStyle(
            [("VALIGN", (0, 0), (-1, -1), "TOP"), *_tight(), ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE)]
        )
    )
    return table


def listing(
    heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], numbers: Sequence[int] = ()
) -> Table:
    """Return a table; widths are parts of 1, `numbers` the columns set to the right."""
    cells = [
        [write(head, "number head" if column in numbers else "head") for column, head in enumerate(heads)]
    ]
    cells += [
        [write(value, "number" if column in numbers else "cell") for column, value in enumerate(row)]
        for row in rows
    ]
    table = Table(cells, colWidths=[WIDTH * width for width in widths], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), TINT),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE),
                *_tight(),
            ]
        )
    )
    return table


def _tight() -> list[tuple[Any, ...]]:
    return [("TOPPADDING", (0, 0), (-1, -1), 2.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5)]


class NumberedCanvas(Canvas):
    """A canvas that writes `page n of m` once it knows how many pages there are."""

    words: Words
    reference: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page until all pages are written."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write every page with its header and footer."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._frame(number)
            super().showPage()
        super().save()

    def _frame(self, number: int) -> None:
        width, height = A4
        self.setFillColor(ACCENT)
        self.rect(0, height - 9 * mm, width, 9 * mm, stroke=0, fill=1)
        self.setFillColor(white)
        self.setFont("Vera-Bold", 8)
        self.drawString(MARGIN, height - 6 * mm, "AML SANDBOX")
        self.setFont("Vera", 8)
        self.drawRightString(width - MARGIN, height - 6 * mm, self.words["synthetic"])
        self.setStrokeColor(LINE)
        self.line(MARGIN, 14 * mm, width - MARGIN, 14 * mm)
        self.setFillColor(FAINT)
        self.setFont("Vera", 7)
        self.drawString(MARGIN, 10 * mm, self.reference)
        self.drawRightString(width - MARGIN, 10 * mm, self.words.about("page", number, len(self._pages)))
