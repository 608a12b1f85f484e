"""What signing in leaves behind is removed when nobody needs it, and not before."""

import subprocess
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

from amlportal.chaos.stack import wait_until
from amlportal.processes import MANAGE
from cases.workflows.diagnostics import signing_in
from cases.workflows.people import pruning
from tests.processes import environment

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def leave(ended: timedelta) -> None:
    """A row of each kind that nobody needs any more for so long."""
    at = timezone.now() - ended
    Session.objects.create(session_key=f"k{ended}", session_data="", expire_date=at)
    attempt = AccessAttempt.objects.create(
        username="kari", user_agent=str(ended), ip_address="198.51.100.7", failures_since_start=1
    )
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=at - 15 * MINUTE)
    log = AccessLog.objects.create(username="kari", ip_address="198.51.100.7")
    AccessLog.objects.filter(pk=log.pk).update(attempt_time=at - pruning.KEEP_SIGN_INS)


def kept() -> tuple[int, int, int]:
    return Session.objects.count(), AccessAttempt.objects.count(), AccessLog.objects.count()


@pytest.mark.django_db
def test_what_is_over_goes_and_what_counts_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "BATCH", 2)
    for number in range(5):
        leave(MINUTE + number * DAY)
    leave(-MINUTE)
    assert pruning.prune() == 15
    assert kept() == (1, 1, 1)
    assert pruning.prune() == 0


@pytest.mark.django_db
def test_the_doctor_tells_what_was_left_for_days() -> None:
    leave(DAY)
    assert [finding.verdict for finding in signing_in.check()] == ["ok"]
    leave(3 * DAY)
    (left,) = signing_in.check()
    assert left.verdict == "warning"
    assert "3 rows of sign-ins that ended over two days ago" in left.message


def test_the_dispatcher_does_it(own_database: str) -> None:
    leave(DAY)
    with subprocess.Popen([*MANAGE, "dispatcher", "--every", "0.1"], env=environment()) as dispatcher:
        try:
            wait_until(lambda: kept() == (0, 0, 0), 60, "the dispatcher removed them")
        finally:
            dispatcher.terminate()
