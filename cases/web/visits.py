"""Which cases a browser session has opened lately: to go from tab to tab is one opening, not eight.

An opening lasts half an hour, and no longer than until another result comes.
"""

import datetime

from django.contrib.sessions.backends.base import SessionBase

from cases.models import Case
from cases.web import seen

_KEY = "cases_opened"


def is_open(session: SessionBase, case: Case, now: datetime.datetime) -> bool:
    """Has this browser session opened the case within the last half hour, with the results that it has now?"""
    return seen.is_recent(session, _KEY, str(case.pk), now, _result_of(case))


def remember(session: SessionBase, case: Case, now: datetime.datetime) -> None:
    """Keep that the case was opened now; of the oldest openings nothing is kept."""
    seen.remember(session, _KEY, str(case.pk), now, _result_of(case))


def _result_of(case: Case) -> str:
    return case.result_at.isoformat() if case.result_at else ""
