"""Libraries of the system that reports are drawn with. Looked for, not loaded."""

from collections.abc import Iterator
from ctypes.util import find_library

from cases.workflows.diagnostics.finding import Finding, ok, warning

SUBJECT = "libraries"
NEEDED = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


def check() -> Iterator[Finding]:
    missing = [package for library, package in NEEDED.items() if find_library(library) is None]
    if missing:
        message = "PDF reports cannot be made: libraries of the system are missing."
        yield warning(SUBJECT, message, f"On Debian: apt-get install {' '.join(missing)}")
    else:
        yield ok(SUBJECT, "Those for PDF reports are there.")
