"""The reports a session can order, as PDF pages."""

import io
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from .universe.organisation import Organisation

PAGE_VERSION = 1


def report_pdf(organisation: Organisation, result: Mapping[str, Any], kind: str, language: str) -> bytes:
    """Make a report, not signed yet."""
    out = io.BytesIO()
    styles = getSampleStyleSheet()
    SimpleDocTemplate(out, pagesize=A4).build(
        [Paragraph(escape(kind), styles["Title"]), Paragraph(escape(organisation.name), styles["Heading1"])]
    )
    return out.getvalue()
