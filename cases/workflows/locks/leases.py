"""Who may work on a row now: a session, a report. A claim is one conditional UPDATE; a lease runs out by itself.

Whoever makes a session's lease end later is the process that holds it (lease_holding.py), and only while the step gets
on. So a machine of which nothing is heard holds a session for a short time only, and so does a step that stands still.
A process that died on this machine holds nothing any more once somebody has checked.
"""

import datetime
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Case as When_
from django.db.models import F, IntegerField, Min, Q, Value, When
from django.utils import timezone

from amlportal import process_identity
from cases.models import AmlSession, ArtefactState, SessionState
from cases.models.capture.artefact import load_artefacts
from cases.models.capture.session import SessionQuerySet
from cases.models.lease import Leased
from cases.workflows import capture_columns
from cases.workflows.audit import trail
from cases.workflows.locks.locking import locked

MOST_CLAIMS = 5
# How long one process is believed to be at work without a word of it; never longer than LEASE_SECONDS.
UNHEARD_SECONDS = 20.0
MOMENT_SECONDS = 1.0
# Fewer are claimed one by one, each in a single statement.
FEWEST_TOGETHER = 3


class LeaseLost(Exception):
    """Somebody else has the row now; what we were about to write is dropped."""


@dataclass
class Lease:
    """The right to work on one row of a kind until it runs out; `token` is the fence."""

    kind: type[Leased]
    pk: int
    token: str
    # When the step that holds it last got on, as time.monotonic() gives it.
    got_on: float = field(default_factory=time.monotonic)

    def renew(self, seconds: float | None = None) -> None:
        """Hold the row for another full time, because the work gets on. Raises LeaseLost."""
        if not self.kind.rows().filter(pk=self.pk).held_by(self.token).update(lease_until=lease_end(seconds)):
            raise LeaseLost
        self.got_on = time.monotonic()

    def keep(self) -> None:
        """Renew the lease, unless it was taken or renewed a moment ago. Raises LeaseLost."""
        if time.monotonic() - self.got_on > MOMENT_SECONDS:
            self.renew()

    def require(self, row: Leased) -> None:
        """Let only its holder write the row, which is locked. Raises LeaseLost."""
        if row.lease != self.token:
            raise LeaseLost

    @property
    def may_be_kept(self) -> bool:
        """Could its end be made later now, and still be within LEASE_SECONDS from when the step last got on?"""
        return time.monotonic() + unheard_seconds() <= self.got_on + settings.LEASE_SECONDS


def unheard_seconds() -> float:
    """How long a session's lease lasts, if nobody makes its end later."""
    return min(UNHEARD_SECONDS, settings.LEASE_SECONDS)


def lease_end(seconds: float | None = None) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(seconds=unheard_seconds() if seconds is None else seconds)


def due() -> SessionQuerySet:
    """Every session that somebody may work on now, the one that would lose most by waiting first."""
    return (
        AmlSession.objects.due(timezone.now())
        .annotate(
            deadline=Min("artefacts__expires_at", filter=Q(artefacts__state=ArtefactState.READY)),
            rank=When_(
                When(state=SessionState.OPEN, then=Value(0)),
                When(state=SessionState.DOUBTFUL, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
        )
        .order_by(F("deadline").asc(nulls_last=True), "rank", "next_step_at", "pk")
    )


def claim(kind: type[Leased], pk: int, seconds: float | None = None, **more: Any) -> Lease | None:
    """Lease a row, if it is due and nobody holds it, and count the claim; None if it cannot be taken."""
    lease = Lease(kind, pk, secrets.token_hex(16))
    due_now = kind.rows().due(timezone.now()).filter(pk=pk)
    owner = process_identity.this_process()
    return lease if due_now.take(lease.token, lease_end(seconds), owner, **more) else None


def claim_session(pk: int) -> Lease | None:
    """Lease a session that is due, and clear its `wake_requested`; None if it cannot be taken.

    Every webhook until now is answered by the step that follows, so `wake_requested` is cleared here and nowhere else:
    one that comes while we are asking wakes us again.
    """
    return claim(AmlSession, pk, wake_requested=False)


def claim_sessions(pks: Sequence[int]) -> list[Lease]:
    """Lease those of the sessions that are due and that nobody is at, in the order given, as `claim_session` does.

    One transaction takes them all. It waits for nobody: a row that another has locked just now is left for the next
    look, so that two who claim many at once never wait for each other.
    """
    if len(pks) < FEWEST_TOGETHER:
        return [lease for pk in pks if (lease := claim_session(pk))]
    token, owner = secrets.token_hex(16), process_identity.this_process()
    with transaction.atomic():
        due_now = AmlSession.objects.due(timezone.now()).filter(pk__in=pks).order_by()
        free = set(due_now.select_for_update(skip_locked=True).values_list("pk", flat=True))
        AmlSession.objects.filter(pk__in=free).take(token, lease_end(), owner, wake_requested=False)
    return [Lease(AmlSession, pk, token) for pk in pks if pk in free]


@contextmanager
def locked_session(lease: Lease) -> Iterator[AmlSession]:
    """One transaction with session and case locked, and fenced. Raises LeaseLost, and writes nothing then.

    The session's results are loaded with it, each once: whoever changes one saves it. What is told of the case
    meanwhile is written at its end, all at once.
    """
    with transaction.atomic():
        session = locked(lease.pk)
        lease.require(session)
        load_artefacts(session)
        with trail.together(session.case):
            yield session
        capture_columns.keep_after_step(session)


def free(lease: Lease, later: datetime.datetime, **why: str) -> None:
    """Free the session, if the lease is still its own, for a later try after a step that ended in a fault.

    The claim stays counted: five in a row stop the session.
    """
    held = AmlSession.objects.active().filter(pk=lease.pk).held_by(lease.token)
    held.release(next_step_at=later, **why)


def free_what_the_dead_hold() -> int:
    """Free what is held by processes known to be dead on this machine, at once; give how many leases that were.

    The claims stay counted. Of processes elsewhere time alone tells.
    """
    kinds = [model for model in apps.get_app_config("cases").get_models() if issubclass(model, Leased)]
    return sum(_free_what_the_dead_hold(kind) for kind in kinds)


def _free_what_the_dead_hold(kind: type[Leased]) -> int:
    held = kind.rows().unfinished().exclude(lease_owner="")
    owners = held.order_by().values_list("lease_owner", flat=True).distinct()
    dead = [owner for owner in owners if process_identity.is_dead(owner)]
    return held.filter(lease_owner__in=dead).release() if dead else 0
