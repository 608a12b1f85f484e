"""What the dispatcher does in one round, whatever of it fails."""

import signal
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone
from django_q.models import OrmQ

from cases.evidence import evidence_files
from cases.management.commands import dispatcher
from cases.models import AmlSession, DispatcherTurn
from cases.workflows import heartbeat
from cases.workflows.background import jobs
from cases.workflows.capture import advancing
from cases.workflows.locks import leases, turn
from cases.workflows.locks.leases import Lease
from cases.workflows.people import pruning
from tests import factories


class Over(Exception):
    """Ends the dispatcher after its last piece of work."""


def test_what_fails_once_an_hour_keeps_nothing_else_from_being_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    steps = {
        "sweep": (evidence_files, "sweep_incoming"),
        "prune": (pruning, "prune"),
        "free": (leases, "free_what_the_dead_hold"),
        "turn": (turn, "_claimed"),
        "wake sessions": (advancing, "wake_due"),
        "wake jobs": (jobs, "wake_due"),
    }
    fails: dict[str, Exception] = {"wake jobs": Over()}

    def step(name: str) -> Lease:
        done.append(name)
        if name in fails:
            raise fails[name]
        return Lease(DispatcherTurn, 1, "ours")

    for name, (module, function) in steps.items():
        monkeypatch.setattr(module, function, lambda name=name: step(name))
    for module, name in ((heartbeat, "beat"), (signal, "signal"), (dispatcher, "connection")):
        monkeypatch.setattr(module, name, Mock())
    monkeypatch.setattr(dispatcher, "close_old_connections", Mock())

    wakes = ["wake sessions", "wake jobs"]
    rounds = {
        "nothing": (None, ["sweep", "free", "turn", "prune", *wakes]),
        "sweep": (PermissionError("incoming"), ["sweep", "free", "turn", "prune", *wakes]),
        "prune": (DatabaseError("no rights"), ["sweep", "free", "turn", "prune", "free", *wakes]),
    }
    for failing, (problem, expected) in rounds.items():
        done.clear()
        fails = {"wake jobs": Over()} | ({failing: problem} if problem else {})
        with pytest.raises(Over):
            call_command("dispatcher", every=0.0)
        assert done == expected, failing
    assert "the folder for downloads cannot be swept: PermissionError" in caplog.text


@pytest.mark.django_db
def test_of_two_dispatchers_one_wakes_and_the_other_when_that_one_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on two machines: neither can tell whether the process of the other lives."""
    session = factories.session()
    first, second = dispatcher.Rounds(), dispatcher.Rounds()

    def wakes(rounds: dispatcher.Rounds) -> bool:
        OrmQ.objects.all().delete()
        rounds.take()
        return OrmQ.objects.exists()

    assert [wakes(first), wakes(second), wakes(first), wakes(second)] == [True, False, True, False]
    DispatcherTurn.objects.update(lease_until=timezone.now())  # nothing was heard of the first
    assert wakes(second)
    monkeypatch.setattr(turn, "RENEW_SECONDS", 0.0)
    assert not wakes(first), "it has noticed that the other has the turn"
    second.turn.give_back()
    assert wakes(first)
    assert DispatcherTurn.objects.get().claims == 0
    assert AmlSession.objects.get(pk=session.pk).lease == ""
