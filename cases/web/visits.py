"""Which cases a browser session has opened lately: to go from tab to tab is one opening, not eight."""

import datetime

from django.contrib.sessions.backends.base import SessionBase

from cases.models import Case

STILL_OPEN = datetime.timedelta(minutes=30)
MOST_REMEMBERED = 40
_KEY = "opened_cases"


def is_open(session: SessionBase, case: Case, now: datetime.datetime) -> bool:
    """Has this browser session opened the case within the last half hour?"""
    opened_at = session.get(_KEY, {}).get(str(case.pk), 0)
    return bool(now.timestamp() - STILL_OPEN.total_seconds() <= opened_at <= now.timestamp())


def remember(session: SessionBase, case: Case, now: datetime.datetime) -> None:
    """Keep that the case was opened now; of the oldest openings nothing is kept."""
    opened = {**session.get(_KEY, {}), str(case.pk): now.timestamp()}
    latest = sorted(opened.items(), key=lambda item: item[1])[-MOST_REMEMBERED:]
    session[_KEY] = dict(latest)
