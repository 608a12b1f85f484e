"""Captured files as they are handed out: which, of what kind, and under which name."""

from cases.models import Artefact, ArtefactKind
from cases.web.hand_out import PDF

# Captures in the list of documents at once, each with three results at most.
CAPTURES = 8
JSON = "application/json"


def is_viewable(artefact: Artefact) -> bool:
    """Is it a PDF that a browser may be asked to show?"""
    return artefact.is_captured and artefact.kind != ArtefactKind.JSON and not artefact.unreadable


def media_type(artefact: Artefact) -> str:
    """The media type of a result by its kind, never as the provider's server called it; bytes if unreadable."""
    if artefact.unreadable:
        return "application/octet-stream"
    return JSON if artefact.kind == ArtefactKind.JSON else PDF


def file_name(artefact: Artefact, reference: str) -> str:
    """The name of a file that is saved, by reference, capture and kind: 'C-2026-000123-2-aml.pdf'."""
    kind = artefact.kind.replace("_", "-")
    ending = {JSON: "json", PDF: "pdf"}.get(media_type(artefact), "bin")
    return f"{reference}-{artefact.session.number}-{kind}.{ending}"
