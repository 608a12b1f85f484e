"""What a tab hands in to the case page that shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cases.models import User
from cases.models.people.permissions import Perm
from cases.presentation.capture_reading import is_waiting
from cases.presentation.document_status import Checked
from cases.web.access import SignedInRequest

if TYPE_CHECKING:
    from cases.web.case_page.page import CasePage

Context = dict[str, Any]

# The mark of what has nothing to show.
NOTHING_YET = "0"


@dataclass(frozen=True)
class LivePart:
    """A part of a tab that changes in its place while somebody reads it; its mark changes with what it shows.

    One that is about a document names it in `about`. Without a place on the page just now, it is not sent. `given`:
    what its template shows, if that is no part of the page; asked for only when it is sent.
    """

    name: str
    mark: str
    template: str
    about: Checked | None = None
    has_place: bool = True
    given: Any = None


def _nothing_more(request: SignedInRequest, page: "CasePage") -> Context:
    return {}


def _mark_of_result(page: "CasePage") -> str:
    session = page.read_session
    return NOTHING_YET if session is None or is_waiting(session) else str(session.number)


def _no_parts(page: "CasePage") -> Sequence[LivePart]:
    return ()


@dataclass(frozen=True)
class TabView:
    """What one tab hands in; the defaults are those of a tab that shows a chapter of the result."""

    # What its template is given beside the page.
    context: Callable[[SignedInRequest, "CasePage"], Context] = _nothing_more
    # Changes with what it shows; NOTHING_YET while there is nothing to read in it.
    mark: Callable[["CasePage"], str] = _mark_of_result
    parts: Callable[["CasePage"], Sequence[LivePart]] = _no_parts
    # Is it kept back where the result is about another organisation?
    shows_result: bool = True
    # Does it ask what is new even when no capture runs?
    is_always_watched: bool = False
    # Does it show what signatures hold? They are long, and left in the database where nobody reads them.
    reads_signatures: bool = False
    # What stands behind its name, in its place when it is kept back, and at the edge of the window when more came.
    badge: str = ""
    kept_back: str = "case_page/notices/_quarantined.html"
    news: str = "case_page/notices/_new_results.html"
    # What opens it, beside seeing the case; None: nothing more. Whoever has not got it meets no such tab.
    permission: Perm | None = None

    def is_open_to(self, reader: User) -> bool:
        """Is there such a tab for this person?"""
        return self.permission is None or reader.has_perm(self.permission)
