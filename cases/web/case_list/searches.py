"""What people searched for, kept with their sign-in: names of persons stay out of addresses, histories and logs."""

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cases.web import seen
from cases.web.access import SignedInRequest
from cases.web.case_list.found import Found
from cases.workflows.casework import cases as workflow

KEPT = "searches"
RECORDED = "searches_recorded"
MOST_KEPT = 20


def remember(session: SessionBase, text: str) -> str:
    """Keep a text; give the word that stands for it in an address. The same text gives the same word."""
    word = salted_hmac("cases.web.case_list.searches", text).hexdigest()[:12]
    searches = {key: value for key, value in session.get(KEPT, {}).items() if key != word}
    newest = list(searches.items())[-(MOST_KEPT - 1) :]
    session[KEPT] = {**dict(newest), word: text}
    return word


def recall(session: SessionBase, word: str) -> str | None:
    """The text that a word stands for; None if it was searched for in another sign-in."""
    text: str | None = session.get(KEPT, {}).get(word)
    return text


def record(request: SignedInRequest, word: str, text: str, found: Found) -> None:
    """Record who searched for what and how many cases that found; pages, orders and filters are no new search."""
    now = timezone.now()
    if not seen.is_recent(request.session, RECORDED, word, now):
        workflow.searched(request.user, text, len(found), are_more=found.are_more)
        seen.remember(request.session, RECORDED, word, now)
