"""Stored files as they are handed out: checked against their hash, recorded in the audit trail, shown or saved.

Everything that gives a stored file to a browser gives it here.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import render

from cases.evidence import evidence_files
from cases.web.access import SignedInRequest
from cases.workflows.results.read_capture import SPOILED

log = logging.getLogger(__name__)

PDF = "application/pdf"
# A PDF is shown by the browser's own viewer inside our page; nothing in it may load or run.
SHOWN_POLICY = (
    "default-src 'none'; object-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
SAVED_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"


@dataclass(frozen=True)
class StoredFile:
    """A stored file, and what is logged, recorded and shown when it is handed out.

    `log_name` names it in the log, without a word of its content. `record_opening` writes the event that it was opened.
    `altered_page` says, with `words` and the `problem`, that its bytes are not what they were.
    """

    name: str
    sha256: str
    log_name: str
    file_name: str
    media_type: str
    record_opening: Callable[[], None]
    altered_page: str
    words: dict[str, Any]


def hand_out(request: SignedInRequest, file: StoredFile, *, save: bool) -> HttpResponseBase:
    """Give the bytes, or a page that says why they cannot be given."""
    try:
        stored = evidence_files.open_as_captured(file.name, file.sha256)
    except evidence_files.NotAsCaptured as problem:
        log.error("%s: %s", file.log_name, problem.problem)
        words = {**file.words, "problem": SPOILED[problem.problem]}
        return render(request, file.altered_page, words, status=500)
    file.record_opening()
    response = FileResponse(stored, as_attachment=save, filename=file.file_name, content_type=file.media_type)
    response["Content-Security-Policy"] = SAVED_POLICY if save else SHOWN_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
