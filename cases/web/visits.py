"""Which cases a browser session has opened lately: to go from tab to tab is one opening, not eight.

An opening lasts half an hour, and no longer than until another result comes.
"""

import datetime

from django.contrib.sessions.backends.base import SessionBase

from cases.models import Case

STILL_OPEN = datetime.timedelta(minutes=30)
MOST_REMEMBERED = 40
_KEY = "cases_opened"


def is_open(session: SessionBase, case: Case, now: datetime.datetime) -> bool:
    """Has this browser session opened the case within the last half hour, with the results that it has now?"""
    opened_at, result = session.get(_KEY, {}).get(str(case.pk), [0, ""])
    is_late = not now.timestamp() - STILL_OPEN.total_seconds() <= opened_at <= now.timestamp()
    return not is_late and result == _result_of(case)


def remember(session: SessionBase, case: Case, now: datetime.datetime) -> None:
    """Keep that the case was opened now; of the oldest openings nothing is kept."""
    opened = {**session.get(_KEY, {}), str(case.pk): [now.timestamp(), _result_of(case)]}
    latest = sorted(opened.items(), key=lambda item: item[1])[-MOST_REMEMBERED:]
    session[_KEY] = dict(latest)


def _result_of(case: Case) -> str:
    return case.result_at.isoformat() if case.result_at else ""
