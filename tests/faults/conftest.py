from collections.abc import Iterator
from pathlib import Path

import pytest

from amlportal.chaos import stack
from amlportal.chaos.stack import Stack


@pytest.fixture
def whole(own_database: str, tmp_path: Path) -> Iterator[Stack]:
    """The whole portal as processes, on a database of this test alone."""
    with stack.running(tmp_path) as running:
        yield running
