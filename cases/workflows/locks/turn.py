"""The turn of the dispatcher: of the dispatchers of all machines one wakes what is due, and another if that one stops.

Two at once would do no harm: jobs are hints, no more are added than there are workers, and leases decide who works. It
is a lease so that several machines do not ask the same of the database every second.
"""

import time

from cases.models import DispatcherTurn
from cases.workflows.locks import leases
from cases.workflows.locks.leases import Lease, LeaseLost

# So long a dispatcher of which nothing is heard keeps the turn; one that died on this machine loses it at once.
TURN_SECONDS = 10.0
RENEW_SECONDS = 3.0


class Turn:
    """Whether it is this dispatcher's turn."""

    def __init__(self) -> None:
        self._lease: Lease | None = None

    def is_ours(self) -> bool:
        """Take the turn if nobody has it, or keep it; False while another dispatcher has it."""
        if self._lease is not None and not self._is_kept(self._lease):
            self._lease = None
        if self._lease is None:
            self._lease = _claimed()
        return self._lease is not None

    def give_back(self) -> None:
        """Let another dispatcher have the turn at once."""
        if self._lease is not None:
            DispatcherTurn.objects.filter(pk=self._lease.pk).held_by(self._lease.token).release(claims=0)
            self._lease = None

    @staticmethod
    def _is_kept(lease: Lease) -> bool:
        if time.monotonic() - lease.got_on < RENEW_SECONDS:
            return True
        try:
            lease.renew(TURN_SECONDS)
        except LeaseLost:
            return False
        return True


def _claimed() -> Lease | None:
    turn, _is_new = DispatcherTurn.objects.get_or_create(pk=DispatcherTurn.ONLY)
    lease = leases.claim(DispatcherTurn, turn.pk, TURN_SECONDS)
    if lease is not None:  # whoever takes it works: nothing is counted against the turn
        DispatcherTurn.objects.filter(pk=turn.pk).held_by(lease.token).update(claims=0)
    return lease
