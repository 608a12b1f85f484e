"""What signing in leaves behind: whether it is removed in time."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from cases.workflows.diagnostics.finding import Finding, ok, warning
from cases.workflows.people import pruning

SUBJECT = "sign-in"
LATE_AFTER = datetime.timedelta(days=2)


def check() -> Iterator[Finding]:
    late = sum(rows.count() for rows in pruning.left(timezone.now() - LATE_AFTER))
    if late:
        message = f"{late} rows of sign-ins that ended over two days ago are still kept."
        advice = "The dispatcher removes them every hour: see that it runs, and what its log says."
        yield warning(SUBJECT, message, advice)
    else:
        yield ok(SUBJECT, "Nothing is kept of sign-ins longer than it should be.")
