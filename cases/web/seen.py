"""What a browser session has seen within the last half hour: the same again is no further event."""

import datetime

from django.contrib.sessions.backends.base import SessionBase

LASTS = datetime.timedelta(minutes=30)
MOST_REMEMBERED = 40


def is_recent(session: SessionBase, kind: str, key: str, now: datetime.datetime, state: str = "") -> bool:
    """Was this seen within the last half hour, in the state that it has now?"""
    seen_at, seen_state = session.get(kind, {}).get(key, [0, ""])
    is_late = not now.timestamp() - LASTS.total_seconds() <= seen_at <= now.timestamp()
    return not is_late and seen_state == state


def remember(session: SessionBase, kind: str, key: str, now: datetime.datetime, state: str = "") -> None:
    """Keep that `key` was seen now, in this state; of a kind, the oldest are forgotten."""
    kept = {**session.get(kind, {}), key: [now.timestamp(), state]}
    session[kind] = dict(sorted(kept.items(), key=lambda item: item[1])[-MOST_REMEMBERED:])
