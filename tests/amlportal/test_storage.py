"""Files on disk are whole before they have their name, are never written again, and stay where they belong."""

import errno
import os
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

from amlportal import storage
from amlportal.bucket import BucketTrouble, WriteOnceBucket, told_as_os_errors
from amlportal.storage import NameTaken, WriteOnceFiles
from cases.evidence import evidence_files
from cases.models import reasons

NAME = "evidence/ab/abc.json"
WRITERS = 16


@pytest.fixture
def files(files_of_its_own: Path) -> WriteOnceFiles:
    """The files as the portal's settings make them, in a folder that is not there yet."""
    assert not files_of_its_own.exists()
    made = storages.create_storage(storages.backends["default"])
    assert isinstance(made, WriteOnceFiles)
    return made


def all_files(files: WriteOnceFiles) -> list[str]:
    root = Path(files.location)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir())


def bytes_of(files: WriteOnceFiles, name: str = NAME) -> bytes:
    with files.open(name) as stored:
        data: bytes = stored.read()
    return data


class Recorder:
    """Notes what is done to the disk, in its order, and does it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.done: list[tuple[str, str]] = []
        for name in ("fsync", "link", "unlink"):
            patch.setattr(storage.os, name, self._noted(name, getattr(os, name)))

    def _noted(self, called: str, really: Callable[..., Any]) -> Callable[..., Any]:
        def noted(first: Any, *more: Any, **named: Any) -> Any:
            path = str(Path(f"/proc/self/fd/{first}").readlink() if isinstance(first, int) else first)
            self.done.append((called, path))
            return really(first, *more, **named)

        return noted


def test_what_is_saved_is_read_back_under_the_very_name_that_was_asked_for(files: WriteOnceFiles) -> None:
    data = os.urandom(3 * 2**20)
    assert files.save(NAME, ContentFile(data)) == NAME
    assert bytes_of(files) == data
    assert all_files(files) == [NAME]


def test_a_name_that_is_taken_is_refused_and_its_bytes_stay(files: WriteOnceFiles) -> None:
    files.save(NAME, ContentFile(b"first"))
    with pytest.raises(NameTaken):
        files.save(NAME, ContentFile(b"second"))
    assert bytes_of(files) == b"first"
    assert all_files(files) == [NAME]


def test_of_many_writers_at_once_one_wins_and_its_bytes_are_whole(files: WriteOnceFiles) -> None:
    together = threading.Barrier(WRITERS)

    def write(number: int) -> bool:
        together.wait(timeout=60)
        try:
            files.save(NAME, ContentFile(bytes([number]) * 300_000))
        except NameTaken:
            return False
        return True

    with ThreadPoolExecutor(WRITERS) as writers:
        won = list(writers.map(write, range(WRITERS)))
    assert won.count(True) == 1
    assert bytes_of(files) == bytes([won.index(True)]) * 300_000
    assert all_files(files) == [NAME]


@pytest.mark.parametrize("moment", ["fsync", "link"])
def test_a_writer_that_fails_before_the_name_leaves_nothing(
    moment: str, files: WriteOnceFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        files.save("evidence/ab/before.json", ContentFile(b"the folder is there"))
        patch.setattr(storage.os, moment, fail)
        with pytest.raises(OSError, match="Input/output"):
            files.save(NAME, ContentFile(b"x"))
    assert all_files(files) == ["evidence/ab/before.json"]
    files.save(NAME, ContentFile(b"x"))
    assert bytes_of(files) == b"x"


def test_a_source_that_breaks_off_half_way_leaves_nothing(files: WriteOnceFiles) -> None:
    class BreaksOff(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OSError, match="space"):
        files.save(NAME, BreaksOff(b""))
    assert all_files(files) == []


def test_a_writer_killed_before_the_name_is_known_to_nobody(files: WriteOnceFiles) -> None:
    child = os.fork()
    if child == 0:
        try:
            storage.os.link = lambda *_: os._exit(9)  # type: ignore[assignment]
            files.save(NAME, ContentFile(b"x" * 100_000))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert not files.exists(NAME)
    files.save(NAME, ContentFile(b"y"))
    assert bytes_of(files) == b"y"


def test_bytes_folders_and_name_are_on_the_platter_when_saving_ends(
    files: WriteOnceFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(monkeypatch)
    files.save(NAME, ContentFile(b"x"))
    root = files.location
    half = next(path for what, path in recorder.done if what == "link")
    synced_before = [path for what, path in recorder.done[: recorder.done.index(("link", half))]]
    assert synced_before == [str(Path(root).parent), root, f"{root}/evidence", half]
    assert ("fsync", f"{root}/evidence/ab") in recorder.done[recorder.done.index(("link", half)) :]


def test_who_finds_the_name_taken_has_it_on_the_platter_too(
    files: WriteOnceFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(NAME, ContentFile(b"x"))
    recorder = Recorder(monkeypatch)
    with pytest.raises(NameTaken):
        files.save(NAME, ContentFile(b"x"))
    assert ("fsync", f"{files.location}/evidence/ab") in recorder.done


def test_a_file_can_be_read_by_its_owner_alone_and_written_by_nobody(files: WriteOnceFiles) -> None:
    before = os.umask(0)
    try:
        files.save(NAME, ContentFile(b"x"))
    finally:
        os.umask(before)
    path = Path(files.path(NAME))
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    folders = [path.parent, path.parent.parent, Path(files.location)]
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700] * 3


@pytest.mark.parametrize(
    "name", ["../outside.json", "evidence/../../outside.json", "/etc/outside.json", "evidence/..", ""]
)
def test_no_name_leads_out_of_the_folder(name: str, files: WriteOnceFiles, tmp_path: Path) -> None:
    with pytest.raises(SuspiciousFileOperation):
        files.save(name, ContentFile(b"x"))
    assert not list(tmp_path.rglob("outside*"))
    assert not Path("/etc/outside.json").exists()


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd"])
def test_no_name_reads_what_lies_outside_the_folder(name: str, files: WriteOnceFiles, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    with pytest.raises(SuspiciousFileOperation):
        files.open(name)


def test_a_link_that_lies_where_a_name_should_be_is_not_followed(
    files: WriteOnceFiles, tmp_path: Path
) -> None:
    target = Path(files.path(NAME))
    target.parent.mkdir(parents=True)
    target.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NameTaken):
        files.save(NAME, ContentFile(b"x"))
    assert not (tmp_path / "elsewhere").exists()


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code}}, "PutObject")


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (OSError(errno.ENOSPC, ""), reasons.STORAGE_FULL),
        (OSError(errno.EDQUOT, ""), reasons.STORAGE_FULL),
        (OSError(errno.EIO, ""), reasons.STORAGE_TROUBLE),
        (refused("QuotaExceeded"), reasons.STORAGE_FULL),
        (refused("AccessDenied"), reasons.STORAGE_TROUBLE),
        (ReadTimeoutError(endpoint_url=""), reasons.STORAGE_TROUBLE),
    ],
)
def test_only_want_of_room_is_called_full(problem: Exception, reason: str) -> None:
    raised = OSError if isinstance(problem, OSError) else BucketTrouble
    with pytest.raises(raised) as caught, told_as_os_errors():
        raise problem
    assert isinstance(caught.value, OSError)
    assert evidence_files.trouble(caught.value).reason == reason


def test_a_bucket_is_given_less_time_than_a_lease_lasts(settings: Any) -> None:
    patience = WriteOnceBucket(bucket_name="any").client_config
    tries = patience.retries["total_max_attempts"]
    assert tries * (patience.connect_timeout + patience.read_timeout) < settings.LEASE_SECONDS


def test_the_file_of_a_download_is_kept_byte_for_byte(files: WriteOnceFiles, tmp_path: Path) -> None:
    data = os.urandom(200_000)
    (tmp_path / "download").write_bytes(data)
    with (tmp_path / "download").open("rb") as source:
        files.save(NAME, File(source))
    assert bytes_of(files) == data


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that answers one call with these bytes and hangs up; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(65536)
                caller.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join(timeout=60)


def test_a_bucket_whose_answer_breaks_off_gives_trouble_and_no_shortened_file() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this") as address:
        bucket = WriteOnceBucket(
            bucket_name="any", endpoint_url=address, region_name="any", access_key="a", secret_key="b"
        )
        with pytest.raises(BucketTrouble):
            bucket.open(NAME)
