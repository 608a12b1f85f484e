"""The bucket of a benchmark is told to all that it starts, and to nobody afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from amlportal.bucket import WriteOnceBucket
from amlportal.chaos.stack import Stack
from amlportal.storage import WriteOnceFiles
from tests.bench import store
from tests.bucket import server
from tests.bucket.server import Server


def buckets(machines: Sequence[Stack]) -> list[str | None]:
    """What the processes of each machine are told."""
    return [machine.environment.get("FILES_BUCKET") for machine in machines]


def test_every_machine_has_the_one_bucket_while_it_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    @contextmanager
    def not_started(folder: Path) -> Iterator[Server]:
        yield Server(folder)

    monkeypatch.setattr(server, "running", not_started)
    monkeypatch.setattr(Server, "new_bucket", lambda _: "evidence-1")
    machines = [Stack(tmp_path / name) for name in ("host1", "host2")]
    with store.of_its_own(in_bucket=True):
        assert isinstance(default_storage, WriteOnceBucket)
        assert buckets(machines) == ["evidence-1", "evidence-1"]
    assert isinstance(default_storage, WriteOnceFiles)
    assert buckets(machines) == [None, None]
