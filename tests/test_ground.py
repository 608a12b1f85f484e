"""What every test stands on does what it promises."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from cases.models import Delivery, User
from tests import databases, processes
from tests.network import OutsideRefused

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


@pytest.mark.parametrize("host", ["192.0.2.1", "provider.example", "2001:db8::1"])
def test_nothing_gets_out_of_this_machine(host: str) -> None:
    with pytest.raises(OutsideRefused):
        socket.create_connection((host, 443), timeout=1)


def test_this_machine_itself_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


@pytest.mark.parametrize("round_", [1, 2])
def test_files_of_another_test_are_not_in_the_way(round_: int) -> None:
    assert default_storage.save("the same name", ContentFile(b"x")) == "the same name"


@pytest.mark.parametrize("round_", [1, 2])
def test_a_database_of_its_own_starts_empty_and_commits(round_: int, own_database: str) -> None:
    assert not User.objects.exists()
    User.objects.create_user("kari")
    assert not connection.in_atomic_block


def test_who_asks_for_no_database_reaches_none(migrated_database: str) -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


def test_processes_see_what_the_test_committed(own_database: str) -> None:
    User.objects.create_user("kari")
    counted = subprocess.run(
        [
            sys.executable,
            MANAGE,
            "shell",
            "-v",
            "0",
            "-c",
            "print(__import__('cases.models').models.User.objects.count())",
        ],
        env=processes.environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert counted.stdout.strip() == "1"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", [1, 2])
def test_tests_that_commit_are_cleaned_up_after(round_: int) -> None:
    assert not User.objects.exists()
    User.objects.create_user("kari")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", [1, 2])
def test_cleaning_up_leaves_the_triggers_in_place(round_: int) -> None:
    with connection.cursor() as cursor:
        query = {
            "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
        }[connection.vendor]
        cursor.execute(query, [Delivery._meta.db_table])
        assert cursor.fetchone()[0] >= 2


@databases.only_on_sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_runs_as_it_does_in_life() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


@pytest.mark.parametrize(("words", "is_run"), [((), True), (("--ds=amlportal.settings",), False)])
def test_a_run_of_the_tests_empties_no_folder_of_the_portal(
    tmp_path: Path, words: tuple[str, ...], is_run: bool
) -> None:
    kept = tmp_path / "var" / "evidence"
    kept.mkdir(parents=True)
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            *words,
            "tests/amlportal/test_env.py",
        ],
        cwd=MANAGE.parent,
        env=processes.environment(
            DJANGO_SETTINGS_MODULE="amlportal.settings",
            PORTAL_ENV_FILE="",
            VAR_DIR=str(kept.parent),
            SECRET_KEY="a-key-for-tests-only-that-is-long-enough",
        ),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert kept.is_dir()
    assert (ran.returncode == 0) is is_run, ran.stdout + ran.stderr
    assert is_run or "tests.settings alone" in ran.stderr
