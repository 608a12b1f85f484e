"""Where a benchmark keeps files: in a folder, or in a bucket of Ceph's S3 server (tests/bucket/run installs it)."""

import os
import runpy
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.test.utils import override_settings

from amlportal import settings as portal_settings
from tests.bucket import server


@contextmanager
def of_its_own(*, in_bucket: bool) -> Iterator[None]:
    """If that is asked for, keep files in a new bucket meanwhile: those of this process and of all that it starts."""
    if not in_bucket:
        yield
        return
    with tempfile.TemporaryDirectory() as folder, server.running(Path(folder)) as s3:
        address = {
            "FILES_BUCKET": s3.new_bucket(),
            "FILES_ENDPOINT": s3.address,
            "FILES_ACCESS_KEY": s3.access_key,
            "FILES_SECRET_KEY": s3.secret_key,
        }
        with patch.dict(os.environ, address):
            default = runpy.run_path(str(portal_settings.__file__))["STORAGES"]["default"]
            with override_settings(STORAGES={**settings.STORAGES, "default": default}):
                yield
