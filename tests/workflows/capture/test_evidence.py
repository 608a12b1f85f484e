"""Bytes first: what was fetched is kept whole, once, and is believed only as long as it is what was fetched."""

import errno
import hashlib
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files import File
from django.core.management import call_command
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.evidence import evidence_files
from cases.management.commands import worker
from cases.models import Artefact, ArtefactState, SessionState, Verb, reasons
from cases.provider.client import Fetched
from tests import chains, portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import NUMBER, Clock, follow

_S = SessionState
JSON_ALONE = {"reports": (), "expands": ("address",)}


def stored(files: Path) -> set[str]:
    return {str(path.relative_to(files)) for path in files.rglob("*") if path.is_file()}


def download(folder: Path, data: bytes) -> Fetched:
    path = folder / f"download-{os.urandom(4).hex()}"
    path.write_bytes(data)
    return Fetched(path, hashlib.sha256(data).hexdigest(), len(data), "application/json", None)


# --- A full disk ---------------------------------------------------------------------------------------------

FULL_AT = [
    "cases.provider.http.download.tempfile.mkstemp",  # nothing can be begun
    "cases.provider.http.download.os.fsync",  # the download does not fit
    "amlportal.storage.Path.touch",  # the evidence cannot be begun
    "amlportal.storage.os.link",  # the evidence cannot have its name
]


@pytest.mark.parametrize("place", FULL_AT)
def test_a_full_disk_is_named_and_once_there_is_room_everything_is_captured_once(
    place: str,
    untold: RunningSandbox,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    files_of_its_own: Path,
) -> None:
    case = portal.order(NUMBER, reports=("aml",), expands=("address",))
    with monkeypatch.context() as patch:
        patch.setattr(place, _no_room)
        held_up = follow(case, lambda session: session.reason == reasons.STORAGE_FULL)

        def everything_is_ready_and_held_up() -> bool:
            clock.jump(seconds=61)
            engine_steps.steps_until_quiet(held_up)
            found = {(one.state, one.reason) for one in held_up.artefacts.all()}
            return found == {(ArtefactState.READY, reasons.STORAGE_FULL)}

        engine_steps.wait_for(everything_is_ready_and_held_up)
        for _ in range(6):
            assert everything_is_ready_and_held_up()
        held_up.refresh_from_db()

        assert (held_up.state, held_up.reason, held_up.claims) == (_S.OPEN, reasons.STORAGE_FULL, 0)
        assert stored(files_of_its_own) == set()
        assert list(evidence_files.incoming_folder().iterdir()) == []
    clock.jump(seconds=61)

    session = follow(case)

    assert session.state == _S.COMPLETE
    assert Counter(engine_steps.verbs_of(case))[Verb.ARTEFACT_CAPTURED] == 2
    assert Counter(engine_steps.verbs_of(case))[Verb.SESSION_TROUBLED] == 1
    assert stored(files_of_its_own) == {artefact.file for artefact in session.artefacts.all()}
    assert untold.stats()["creates"]["total"] == 1
    assert list(chains.breaks()) == [None]


def _no_room(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_expired_while_the_disk_was_full_is_said_to_have_expired(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = portal.order(NUMBER, **JSON_ALONE)
    with monkeypatch.context() as patch:
        engine_steps.fill_the_disk(patch)
        follow(case, lambda session: session.reason == reasons.STORAGE_FULL)
        for session in untold.sandbox.sessions.latest():
            session.lifetime = 0
        clock.jump(seconds=61)
        session = follow(case)

    assert (session.state, session.reason) == (_S.FAILED, reasons.EXPIRED)
    assert portal.entities(session) == {"json": "EXPIRED storage_full"}


def test_what_our_store_never_took_is_not_blamed_on_the_provider(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = portal.order(NUMBER, **JSON_ALONE)
    with monkeypatch.context() as patch:
        engine_steps.fill_the_disk(patch)
        follow(case, lambda session: session.reason == reasons.STORAGE_FULL)
        for _ in range(26):  # a little over two hours, five minutes at a time
            clock.jump(minutes=5)
            engine_steps.steps_until_quiet(portal.session_of(case))

    session = portal.session_of(case)
    assert (session.state, session.reason) == (_S.FAILED, reasons.NOT_STORED)


def test_a_bucket_or_disk_that_fails_otherwise_is_named_too(
    untold: RunningSandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    case = portal.order(NUMBER, **JSON_ALONE)
    with monkeypatch.context() as patch:
        patch.setattr("amlportal.storage.os.link", broken)
        follow(case, lambda session: session.reason == reasons.STORAGE_TROUBLE)
    clock.jump(seconds=61)

    assert follow(case).state == _S.COMPLETE


# --- Whole, and once -----------------------------------------------------------------------------------------


def captured() -> Artefact:
    session = follow(portal.order(NUMBER, **JSON_ALONE))
    assert session.state == _S.COMPLETE
    return session.artefacts.get()


def test_the_same_bytes_are_stored_once(untold: RunningSandbox, files_of_its_own: Path) -> None:
    first, second = captured(), captured()

    assert first.session_id != second.session_id
    assert first.file == second.file
    assert stored(files_of_its_own) == {first.file}


@pytest.mark.parametrize("damage", [b"", b'{"keyInformation": {"na', b"x"])
def test_a_file_of_the_right_name_with_the_wrong_bytes_is_never_believed_and_costs_no_capture(
    damage: bytes, untold: RunningSandbox, files_of_its_own: Path
) -> None:
    first = captured()
    damaged = files_of_its_own / first.file
    damaged.chmod(0o600)
    damaged.write_bytes(damage)

    second = captured()

    assert second.sha256 == first.sha256
    assert second.file != first.file
    assert evidence_files.digest(second.file) == second.sha256
    assert damaged.read_bytes() == damage
    with pytest.raises(evidence_files.NotAsCaptured, match="altered"):
        evidence_files.open_as_captured(first.file, first.sha256)


def test_what_cannot_be_read_to_its_end_is_closed(
    tmp_path: Path, files_of_its_own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[File] = []
    open_stored = evidence_files.default_storage.open

    def open_and_note(name: str, mode: str) -> File:
        opened.append(open_stored(name, mode))
        return opened[-1]

    def broken(*_arguments: object) -> Iterator[bytes]:
        yield b"{"
        raise OSError(errno.EIO, "Input/output error")

    fetched = download(tmp_path, b"{}")
    name = evidence_files.keep(fetched, "json")
    monkeypatch.setattr(evidence_files, "default_storage", SimpleNamespace(open=open_and_note))
    assert evidence_files.read_as_captured(name, fetched.sha256) == b"{}"
    with pytest.raises(evidence_files.NotAsCaptured, match="altered"):
        evidence_files.open_as_captured(name, "another")
    monkeypatch.setattr(File, "chunks", broken)
    with pytest.raises(evidence_files.NotAsCaptured, match="unreachable"):
        evidence_files.open_as_captured(name, fetched.sha256)
    assert [file.closed for file in opened] == [True, True, True]


def test_a_storage_that_damages_whatever_it_is_given_is_trouble_and_no_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_files, "digest", lambda _name: "something else")

    with pytest.raises(evidence_files.StorageTrouble, match=reasons.STORAGE_TROUBLE):
        evidence_files.keep(download(tmp_path, b"{}"), "json")


def test_those_who_keep_the_same_bytes_at_once_keep_them_once(tmp_path: Path, files_of_its_own: Path) -> None:
    workers = 6
    together = threading.Barrier(workers)

    def keep(number: int) -> str:
        fetched = download(tmp_path, b'{"a": 1}' * 10_000)
        together.wait(10)
        return evidence_files.keep(fetched, "json")

    with ThreadPoolExecutor(workers) as threads:
        names = set(threads.map(keep, range(workers)))

    assert len(names) == 1
    assert stored(files_of_its_own) == names


def test_evidence_can_be_read_by_its_owner_alone_and_written_by_nobody(
    untold: RunningSandbox, files_of_its_own: Path
) -> None:
    path = files_of_its_own / captured().file

    assert path.stat().st_mode & 0o777 == 0o400


# --- What is left half-way -----------------------------------------------------------------------------------


def test_what_dead_workers_left_is_swept_and_what_is_being_fetched_is_not(
    settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    old, new = (evidence_files.incoming_folder() / name for name in ("fetch-old.part", "fetch-new.part"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)

    evidence_files.sweep_incoming()

    assert list(evidence_files.incoming_folder().iterdir()) == [new]


def test_what_goes_while_it_is_swept_is_no_trouble(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR_DIR = tmp_path
    gone = evidence_files.incoming_folder() / "fetch-gone.part"
    monkeypatch.setattr(Path, "iterdir", lambda _folder: iter([gone]))

    evidence_files.sweep_incoming()


def test_what_cannot_be_removed_keeps_nothing_else(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    for number in range(4):
        (evidence_files.incoming_folder() / f"fetch-{number}.part").write_bytes(b"half")
        (evidence_files.incoming_folder() / f"fetch-{number}").mkdir()
    evidence_files.sweep_at_start()
    assert [path.name for path in evidence_files.incoming_folder().iterdir() if path.is_file()] == []


def test_a_worker_that_starts_sweeps_every_download_of_the_one_before_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR_DIR = tmp_path
    ages = {"fetch-now.part": 0, "fetch-old.part": 600, "look-now.pdf": 0, "look-old.pdf": 7200}
    for name, age in ages.items():
        path = evidence_files.incoming_folder() / name
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)
    left: list[str] = []

    def started(*_: object, **__: object) -> None:
        left.extend(path.name for path in evidence_files.incoming_folder().iterdir())

    monkeypatch.setattr(worker, "keep", started)
    call_command("worker")
    assert left == ["look-now.pdf"]
