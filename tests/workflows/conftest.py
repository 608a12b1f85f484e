from collections.abc import Iterator
from os import getpid
from pathlib import Path

import pytest
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox, start
from cases.workflows.capture import advancing
from tests import portal
from tests.workflows import engine_steps, oddities, report_making
from tests.workflows.oddities import Oddly
from tests.workflows.report_making import ReportMaking


@pytest.fixture(scope="session")
def one_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    with start(json_seconds=0.1, report_seconds=0.2, state_dir=tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def sandbox(one_sandbox: RunningSandbox, settings: Settings, tmp_path: Path) -> RunningSandbox:
    """A provider that is quick, as new; the portal's settings point at it, its delays are short, webhooks are off."""
    one_sandbox.sandbox.control.reset(None)  # type: ignore[arg-type]
    settings.VAR_DIR = tmp_path
    settings.AML_ISSUER = one_sandbox.issuer
    settings.AML_WEBHOOKS = False
    settings.AML_POLL_SECONDS = 0.05
    settings.AML_CREATE_ADOPT_SECONDS = 1.5
    settings.AML_PATIENCE_SECONDS = 60
    settings.QUEUE_THREADS = 4
    return one_sandbox


@pytest.fixture(autouse=True)
def new_threads() -> Iterator[None]:
    """The engine's threads keep their connections for life: those of one test must not meet the next one's database."""
    yield
    if advancing._threads.cache_info().currsize:
        advancing._threads(getpid()).shutdown()
        advancing._threads.cache_clear()


@pytest.fixture
def webhooks(own_database: str, sandbox: RunningSandbox, settings: Settings) -> Iterator[None]:
    """The portal listens, and is told."""
    with portal.listening() as address:
        settings.PORTAL_URL = address
        settings.AML_WEBHOOKS = True
        yield


@pytest.fixture
def untold(db: None, sandbox: RunningSandbox, settings: Settings) -> RunningSandbox:
    """Webhooks are on, but the provider's webhooks reach nobody: the test steps, delivers and moves the clock."""
    settings.AML_WEBHOOKS, settings.PORTAL_URL = True, engine_steps.NOWHERE
    settings.AML_CREATE_ADOPT_SECONDS, settings.AML_PATIENCE_SECONDS = 30, 7200
    return sandbox


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> engine_steps.Clock:
    return engine_steps.Clock(monkeypatch)


@pytest.fixture
def oddly(untold: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> Oddly:
    """The same provider, which a test can have answer oddly."""
    return oddities.installed(untold, monkeypatch)


@pytest.fixture
def press(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReportMaking:
    """Reports are printed by a press that needs no second, in a folder of the test's own."""
    settings.VAR_DIR = tmp_path
    return report_making.installed(monkeypatch)
