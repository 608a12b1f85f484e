"""Who may work on a session now. A claim is one conditional UPDATE; a lease runs out by itself.

Whoever makes a lease's end later is the process that holds it (lease_holding.py), and only while the step gets on. So a
machine of which nothing is heard holds a session for a short time only, and so does a step that stands still. A process
that died on this machine holds nothing any more once somebody has looked.
"""

import datetime
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case as When_
from django.db.models import F, IntegerField, Min, Q, QuerySet, Value, When
from django.utils import timezone

from amlportal import process_identity
from cases.models import AmlSession, ArtefactState, CaseReport, SessionState
from cases.workflows.locks.locking import locked

MOST_CLAIMS = 5
# How long one process is believed to be at work without a word of it; never longer than LEASE_SECONDS.
UNHEARD_SECONDS = 20.0
# No delay of ours is longer (a Retry-After is at most 15 minutes): a later time was set before the clock was put back.
FURTHEST_STEP = datetime.timedelta(minutes=20)


class LeaseLost(Exception):
    """Somebody else has the session now; what we were about to write is dropped."""


@dataclass
class Lease:
    """The right to work on one session until it runs out; `token` is the fence."""

    session: int
    token: str
    # When the step that holds it last got on, as time.monotonic() tells it.
    got_on: float = field(default_factory=time.monotonic)

    def renew(self) -> None:
        """The step gets on: hold it for another full time. Raises LeaseLost."""
        kept = AmlSession.objects.filter(pk=self.session, lease=self.token).update(lease_until=lease_end())
        if not kept:
            raise LeaseLost
        self.got_on = time.monotonic()

    @property
    def may_be_kept(self) -> bool:
        """Could its end be made later now, and still be within LEASE_SECONDS from when the step last got on?"""
        return time.monotonic() + unheard_seconds() <= self.got_on + settings.LEASE_SECONDS


def unheard_seconds() -> float:
    """How long a lease lasts, if nobody makes its end later."""
    return min(UNHEARD_SECONDS, settings.LEASE_SECONDS)


def lease_end() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(seconds=unheard_seconds())


def _due(now: datetime.datetime) -> Q:
    return Q(next_step_at__lte=now) | Q(next_step_at__gt=now + FURTHEST_STEP)


def _free(now: datetime.datetime) -> Q:
    longest = datetime.timedelta(seconds=settings.LEASE_SECONDS + 5)
    return Q(lease="") | Q(lease_until__lte=now) | Q(lease_until__gt=now + longest)


def due() -> QuerySet[AmlSession]:
    """Every session that somebody may work on now, the one that would lose most by waiting first."""
    now = timezone.now()
    ready = Q(artefacts__state=ArtefactState.READY)
    return (
        AmlSession.objects.active()
        .filter(_due(now), _free(now))
        .annotate(
            deadline=Min("artefacts__expires_at", filter=ready),
            rank=When_(
                When(state=SessionState.OPEN, then=Value(0)),
                When(state=SessionState.DOUBTFUL, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
        )
        .order_by(F("deadline").asc(nulls_last=True), "rank", "next_step_at", "pk")
    )


def claim(pk: int) -> Lease | None:
    """Take the session, if it is due and free, and count the claim; None if it is not ours to take.

    Every webhook until now is answered by the step that follows, so `wake_requested` is cleared here and nowhere else:
    one that comes while we are asking wakes us again.
    """
    now = timezone.now()
    lease = Lease(pk, secrets.token_hex(16))
    won = (
        AmlSession.objects.active()
        .filter(_due(now), _free(now), pk=pk)
        .update(
            lease=lease.token,
            lease_until=lease_end(),
            lease_owner=process_identity.this_process(),
            claims=F("claims") + 1,
            wake_requested=False,
        )
    )
    return lease if won else None


@contextmanager
def locked_session(lease: Lease) -> Iterator[AmlSession]:
    """One transaction with session and case locked, and fenced. Raises LeaseLost, and writes nothing then."""
    with transaction.atomic():
        session = locked(lease.session)
        if session.lease != lease.token:
            raise LeaseLost
        yield session


def let_go(session: AmlSession) -> None:
    """Free the session after a step that ended as it should. Saves nothing."""
    session.lease, session.lease_until, session.lease_owner, session.claims = "", None, "", 0


def free(lease: Lease, later: datetime.datetime, **why: str) -> None:
    """Free the session, if the lease is still its own, for a later try after a step that ended in a fault.

    The claim stays counted: five in a row stop the session.
    """
    AmlSession.objects.active().filter(pk=lease.session, lease=lease.token).update(
        lease="", lease_until=None, lease_owner="", next_step_at=later, **why
    )


def free_what_the_dead_hold() -> int:
    """Free what is held by processes known to be dead on this machine, at once; give how many leases that were.

    The claims stay counted. Of processes elsewhere time alone tells. A report is held in the same way (reports.py).
    """
    held: tuple[QuerySet[Any], ...] = (AmlSession.objects.active(), CaseReport.objects.to_be_made())
    return sum(_free_what_the_dead_hold(rows.exclude(lease_owner="")) for rows in held)


def _free_what_the_dead_hold(held: QuerySet[Any]) -> int:
    owners = held.order_by().values_list("lease_owner", flat=True).distinct()
    dead = [owner for owner in owners if process_identity.is_dead(owner)]
    return held.filter(lease_owner__in=dead).update(lease="", lease_until=None, lease_owner="") if dead else 0
