"""Who may work on a session now. A claim is one conditional UPDATE; a lease runs out by itself."""

import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Case as When_
from django.db.models import F, IntegerField, Min, Q, QuerySet, Value, When
from django.utils import timezone

from cases.models import AmlSession, ArtefactState, SessionState
from cases.workflows.locking import locked

MOST_CLAIMS = 5
# No delay of ours is longer (a Retry-After is at most 15 minutes): a later time was set before the clock was put back.
FURTHEST_STEP = datetime.timedelta(minutes=20)


class LeaseLost(Exception):
    """Somebody else has the session now; what we were about to write is dropped."""


@dataclass(frozen=True)
class Lease:
    """The right to work on one session until it runs out; `token` is the fence."""

    session: int
    token: str

    def renew(self) -> None:
        """Hold it for another full time. Raises LeaseLost."""
        kept = AmlSession.objects.filter(pk=self.session, lease=self.token).update(lease_until=_lease_end())
        if not kept:
            raise LeaseLost


def _lease_end() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(seconds=settings.LEASE_SECONDS)


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

    Every knock until now is answered by the step that follows, so the bell is silenced here and nowhere else: one that
    comes while we are asking rings again.
    """
    now = timezone.now()
    lease = Lease(pk, secrets.token_hex(16))
    won = (
        AmlSession.objects.active()
        .filter(_due(now), _free(now), pk=pk)
        .update(lease=lease.token, lease_until=_lease_end(), claims=F("claims") + 1, rung=False)
    )
    return lease if won else None


@contextmanager
def settling(lease: Lease) -> Iterator[AmlSession]:
    """One transaction with session and case locked, and fenced. Raises LeaseLost, and writes nothing then."""
    with transaction.atomic():
        session = locked(lease.session)
        if session.lease != lease.token:
            raise LeaseLost
        yield session


def let_go(session: AmlSession) -> None:
    """Free the session after a step that ended as it should. Saves nothing."""
    session.lease, session.lease_until, session.claims = "", None, 0
