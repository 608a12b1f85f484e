"""HTML to PDF with WeasyPrint: a program of its own with limits, as `python -m` runs it: IN.html OUT.pdf.

It costs a second to import and may cost much more to run, so that nothing else imports it (pdf_process.py starts it).
It says in one line of JSON how many pages there are, or the kind of what went wrong, never its text.
"""

import hashlib
import json
import os
import resource
import sys
import threading
from pathlib import Path
from typing import NoReturn

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from cases.presentation.paper import fit

MEMORY_BYTES = 1536 * 2**20
CPU_SECONDS = 90
FILE_BYTES = 200 * 2**20
STATIC = Path(__file__).resolve().parents[3] / "static"
STYLES = STATIC / "report.css"
VARIANT = "pdf/ua-1"  # tagged, for people who have it read to them
FONTS = STATIC / "vendor" / "inter"


class OurFilesOnly(URLFetcher):
    """Gives our own fonts and nothing else. WeasyPrint's own would go anywhere, and read any file of this machine."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._ours = {font.as_uri(): font for font in FONTS.glob("*.woff2")}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Give one of our fonts. Raises PermissionError for everything else, which is then left out."""
        if url not in self._ours:
            raise PermissionError
        return URLFetcherResponse(url, self._ours[url].read_bytes(), {"Content-Type": "font/woff2"})


def make(html: str, target: Path, styles: str | None = None) -> int:
    """Write the PDF, whole or not at all; give its number of pages. The same HTML gives the same bytes."""
    fonts, ours = FontConfiguration(), OurFilesOnly()
    words = STYLES.read_text(encoding="utf-8") if styles is None else styles
    sheet = CSS(string=words, base_url=STYLES.as_uri(), url_fetcher=ours, font_config=fonts)
    document = HTML(string=html, url_fetcher=ours)
    fit.fit(document.etree_element)
    settings = {"pdf_variant": VARIANT, "pdf_identifier": hashlib.sha256(html.encode()).hexdigest().encode()}
    laid_out = document.render(font_config=fonts, stylesheets=[sheet], **settings)
    half = target.with_name(f"{target.name}.part")
    laid_out.write_pdf(half, **settings)
    half.replace(target)
    return len(laid_out.pages)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.umask(0o077)


def _end_with_our_parent() -> None:
    """End this process when its parent dies: however that happens, it closes the pipe of the standard input."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(3)

    threading.Thread(target=wait, daemon=True).start()


def main() -> NoReturn:
    """Read the HTML file, write the PDF file, and say in one line of JSON how that went."""
    _limit()
    _end_with_our_parent()
    source, target = (Path(word) for word in sys.argv[1:])
    answer: dict[str, object]
    try:
        answer = {"pages": make(source.read_text(encoding="utf-8"), target)}
    except OSError as problem:
        answer = {"problem": type(problem).__name__, "errno": problem.errno}
    except Exception as problem:
        answer = {"problem": type(problem).__name__}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0 if "pages" in answer else 1)


if __name__ == "__main__":
    main()
