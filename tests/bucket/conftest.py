import runpy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from amlportal import settings as portal_settings
from tests.bucket import server
from tests.bucket.server import Server


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server.running(tmp_path_factory.mktemp("s3")) as running:
        yield running


@pytest.fixture
def configure(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give FILES_… other values: the portal's own settings then say which storage that makes."""

    def configured(**changes: str) -> None:
        for name, value in changes.items():
            monkeypatch.setenv(f"FILES_{name}", value)
        read = runpy.run_path(str(portal_settings.__file__))
        settings.STORAGES = {**settings.STORAGES, "default": read["STORAGES"]["default"]}

    return configured


@pytest.fixture
def bucket(s3: Server, configure: Callable[..., None], files_of_its_own: Path) -> str:
    """A new, empty bucket, which the portal keeps its files in."""
    name = s3.new_bucket()
    configure(BUCKET=name, ENDPOINT=s3.address, ACCESS_KEY=s3.access_key, SECRET_KEY=s3.secret_key)
    return name
