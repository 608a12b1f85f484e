"""What the tests of background jobs share."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.workflows.background.pdf_checking import ROOT


@pytest.fixture
def trusting_portal(settings: Settings, tmp_path: Path) -> None:
    """A portal of its own that trusts one root."""
    settings.VAR_DIR = tmp_path
    settings.AML_TRUST_ROOTS = [ROOT.pem]
