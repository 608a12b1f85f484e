"""What the dispatcher does in one round, whatever of it fails."""

import signal
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from cases.evidence import evidence_files
from cases.management.commands import dispatcher
from cases.workflows import heartbeat
from cases.workflows.background import jobs
from cases.workflows.capture import advancing
from cases.workflows.locks import leases
from cases.workflows.people import pruning


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
        "wake sessions": (advancing, "wake_due"),
        "wake jobs": (jobs, "wake_due"),
    }
    fails: dict[str, Exception] = {"wake jobs": Over()}

    def step(name: str) -> None:
        done.append(name)
        if name in fails:
            raise fails[name]

    for name, (module, function) in steps.items():
        monkeypatch.setattr(module, function, lambda name=name: step(name))
    for module, name in ((heartbeat, "beat"), (signal, "signal"), (dispatcher, "connection")):
        monkeypatch.setattr(module, name, Mock())
    monkeypatch.setattr(dispatcher, "close_old_connections", Mock())

    wakes = ["free", "wake sessions", "wake jobs"]
    rounds = {
        "nothing": (None, ["sweep", "prune", *wakes]),
        "sweep": (PermissionError("incoming"), ["sweep", "prune", *wakes]),
        "prune": (DatabaseError("no rights"), ["sweep", "prune", *wakes]),
    }
    for failing, (problem, expected) in rounds.items():
        done.clear()
        fails = {"wake jobs": Over()} | ({failing: problem} if problem else {})
        with pytest.raises(Over):
            call_command("dispatcher", every=0.0)
        assert done == expected, failing
    assert "the folder for downloads cannot be swept: PermissionError" in caplog.text
