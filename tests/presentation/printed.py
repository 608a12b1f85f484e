"""How a test makes a report into a PDF, and reads it."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cases.presentation.paper import case_report, pdf_process
from cases.presentation.paper.case_report import ReportContent


@dataclass(frozen=True)
class Pdf:
    """A PDF as a person reads it."""

    path: Path
    pages: int

    @property
    def text(self) -> str:
        """All of it, with single spaces."""
        return one_spaced(self.layout)

    @property
    def layout(self) -> str:
        """All of it, every word where it stands."""
        return self._tool("pdftotext", "-layout", str(self.path), "-")

    @property
    def page_texts(self) -> list[str]:
        return [one_spaced(page) for page in self._tool("pdftotext", str(self.path), "-").split("\f")[:-1]]

    @property
    def data(self) -> bytes:
        """Its objects, unpacked."""
        flat = self.path.with_suffix(".flat")
        self._tool("qpdf", "--qdf", "--object-streams=disable", str(self.path), str(flat))
        return flat.read_bytes()

    @property
    def is_sound(self) -> bool:
        return (
            subprocess.run(["qpdf", "--check", str(self.path)], capture_output=True, check=False).returncode
            == 0
        )

    def about(self) -> str:
        return self._tool("pdfinfo", str(self.path))

    def _tool(self, *command: str) -> str:
        return subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")


def one_spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def of_html(html: str, folder: Path) -> Pdf:
    with pdf_process.printed(html, folder, lambda: None) as pdf:
        kept = folder / "report.pdf"
        kept.write_bytes(pdf.path.read_bytes())
        return Pdf(kept, pdf.pages)


def of_report(content: ReportContent, folder: Path, most_rows: int = case_report.MOST_ROWS) -> Pdf:
    return of_html(case_report.html(content, most_rows), folder)
