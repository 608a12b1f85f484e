"""The database's files are their owner's alone, whatever the umask and whatever was there before."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from amlportal.private_sqlite import PrivateConnection
from tests.processes import environment

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"


@pytest.fixture(autouse=True)
def generous_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_a_new_file_and_those_beside_it_are_private(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "portal", factory=PrivateConnection)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE t (x)")
    assert modes(tmp_path) == {"portal": 0o600, "portal-wal": 0o600, "portal-shm": 0o600}
    connection.close()


def test_files_that_others_could_read_are_put_right(tmp_path: Path) -> None:
    for name in ("portal", "portal-wal", "portal-shm"):
        (tmp_path / name).touch(0o666)
    sqlite3.connect(tmp_path / "portal", factory=PrivateConnection).close()
    assert set(modes(tmp_path).values()) == {0o600}


COME_AND_GO = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("INSERT INTO t VALUES (1)")
connection.commit()
connection.close()
"""


def test_a_further_connection_takes_no_lock_from_those_before_it(tmp_path: Path) -> None:
    file = tmp_path / "portal"
    first = sqlite3.connect(file, factory=PrivateConnection)
    first.execute("PRAGMA journal_mode=WAL")
    first.execute("CREATE TABLE t (x)")
    sqlite3.connect(file, factory=PrivateConnection).close()

    subprocess.run([sys.executable, "-c", COME_AND_GO, str(file)], check=True, timeout=60)

    assert (tmp_path / "portal-wal").exists()  # whoever holds the last lock would have removed it
    assert first.execute("SELECT * FROM t").fetchall() == [(1,)]
    first.close()


def test_a_database_in_memory_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sqlite3.connect(":memory:", factory=PrivateConnection).close()
    sqlite3.connect("file::memory:", uri=True, factory=PrivateConnection).close()
    assert modes(tmp_path) == {}


def test_the_portal_opens_its_database_so(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/portal.sqlite3"
    words = ("shell", "-v", "0", "-c", "from django.db import connection; connection.ensure_connection()")
    subprocess.run(
        [sys.executable, MANAGE, *words], env=environment(DATABASE_URL=address), check=True, timeout=60
    )
    assert modes(tmp_path)["portal.sqlite3"] == 0o600
