import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.browser import portal as portals
from tests.browser.portal import SOON, Portal

# What is so at once costs nothing of it; the five seconds of Playwright's own are over on a machine that is busy.
expect.set_options(timeout=SOON)


@pytest.fixture(scope="session")
def portal(
    migrated_database: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Portal]:
    """The whole portal as processes, once for all tests in a browser: to start it takes longer than most of them."""
    with (
        django_db_blocker.unblock(),
        portals.running(migrated_database, tmp_path_factory.mktemp("portal")) as it,
    ):
        yield it


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
