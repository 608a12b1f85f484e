"""The tab Documents: every document of every capture, what its signature checks found, and the reports."""

from collections.abc import Sequence

from cases.web.access import SignedInRequest
from cases.web.case_page.documents.document_files import CAPTURES
from cases.web.case_page.page import CasePage
from cases.web.case_page.tab_view import NOTHING_YET, Context, LivePart, TabView


def _context(request: SignedInRequest, page: CasePage) -> Context:
    return {"captures_at_once": CAPTURES}


def _mark(page: CasePage) -> str:
    done = sum(not artefact.is_pending for session in page.sessions for artefact in session.artefacts.all())
    return str(done) if done else NOTHING_YET


def _parts(page: CasePage) -> Sequence[LivePart]:
    """What is known of the signatures of the capture that is watched."""
    steps = page.progress.steps if page.progress else ()
    return [
        LivePart(
            f"verdict_{step.artefact.kind}",
            step.checked.mark,
            "case_page/documents/_signature.html",
            about=step.checked,
        )
        for step in steps
        if step.checked is not None
    ]


VIEW = TabView(_context, _mark, _parts, shows_result=False, reads_signatures=True)
