"""What every test stands on: a database per worker, a folder per test, and no way out of this machine."""

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.core.cache import cache
from pytest_django import DjangoDbBlocker, Settings

from tests import databases, network

FAULTS = Path(__file__).parent / "faults"
TOUCHES_THE_DATABASE = {"db", "transactional_db", "own_database", "migrated_database", "django_db_setup"}
# Variable that names the folder of the process that leads the run, to its workers as well.
FOLDER_OF_RUN = "PORTAL_TESTS_FOLDER"


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # until everything is imported and collected, which stays
    if portal_settings.SETTINGS_MODULE != "tests.settings":
        raise pytest.UsageError(
            "Tests run with tests.settings alone: they empty VAR_DIR when they have ended."
        )
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER_OF_RUN] = str(portal_settings.VAR_DIR)
    config.addinivalue_line("markers", "database: touches the database (set by itself)")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Started in the background of a script; processes that tests interrupt would inherit the deafness.
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what can differ from one database to the other, so that a run on the second may leave out the rest.

    What starts real processes takes longest, mostly waiting. It comes first, so that others fill the time; on
    PostgreSQL last, for both databases are tried side by side.
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or not TOUCHES_THE_DATABASE.isdisjoint(fixtures):
            item.add_marker("database")
    yield
    items.sort(key=lambda item: (FAULTS in item.path.parents) is databases.ON_POSTGRESQL)


def pytest_collection_finish() -> None:
    """Look at what stays (modules, tests) for garbage no more, and at the rest less often: a tenth of the CPU time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        databases.drop_migrated_in_this_run(portal_settings.VAR_DIR)
    shutil.rmtree(portal_settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def no_way_out() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        network.keep_inside(patch)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """An empty database of this worker, which processes that a test starts find too; gives the name of another.

    On SQLite a file, not memory: threads and processes then meet the locks that they meet in life. The migrations take
    seconds, so they are applied once in a run; this and every other database is a copy.
    """
    with django_db_blocker.unblock():
        migrated = databases.migrated_in_this_run(Path(os.environ[FOLDER_OF_RUN]))
    name = databases.make_copy(migrated, portal_settings.VAR_DIR)
    with databases.talking_to(name), pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", databases.address())
        databases.let_tests_clean_up(patch)
        yield migrated
    databases.drop(name)


@pytest.fixture(scope="session")
def migrated_database(django_db_setup: str) -> str:
    """The name of a database with every migration applied and nothing else in it, for tests to copy."""
    return django_db_setup


@pytest.fixture
def own_database(
    migrated_database: str,
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """A database of this test alone, its address in DATABASE_URL: for tests that start and kill processes.

    The test's own ORM calls go to it too, and commit. Not to be combined with `db` or `transactional_db`.
    """
    name = databases.make_copy(migrated_database, tmp_path)
    with django_db_blocker.unblock():
        with databases.talking_to(name):
            monkeypatch.setenv("DATABASE_URL", databases.address())
            yield databases.address()
        databases.drop(name)


@pytest.fixture(autouse=True)
def files_of_its_own(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files are written once: a test that finds those of another would be refused."""
    folder = tmp_path / "files"
    monkeypatch.setenv("FILES_DIR", str(folder))
    settings.FILES_DIR = folder
    default = settings.STORAGES["default"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**default, "OPTIONS": {**default["OPTIONS"], "location": folder}},
    }
    return folder


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.clear()
