"""What people searched for, kept with their sign-in: names of persons stay out of addresses, histories and logs."""

from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import salted_hmac

KEPT = "searches"
MOST_KEPT = 20


def remember(session: SessionBase, text: str) -> str:
    """Keep a text; give the word that stands for it in an address. The same text gives the same word."""
    word = salted_hmac("cases.web.searches", text).hexdigest()[:12]
    searches = {key: value for key, value in session.get(KEPT, {}).items() if key != word}
    newest = list(searches.items())[-(MOST_KEPT - 1) :]
    session[KEPT] = {**dict(newest), word: text}
    return word


def recall(session: SessionBase, word: str) -> str | None:
    """The text that a word stands for; None if it was searched for in another sign-in."""
    text: str | None = session.get(KEPT, {}).get(word)
    return text
