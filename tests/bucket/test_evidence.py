"""Evidence in a real bucket: kept, read back, private, stored once, never overwritten; trouble is told as trouble."""

import hashlib
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from amlportal.bucket import WriteOnceBucket
from amlportal.storage import NameTaken
from cases.evidence import evidence_files
from cases.models import reasons
from cases.provider.client import Fetched
from cases.workflows.diagnostics import storage as diagnostics
from tests.bucket.server import Server

pytestmark = [pytest.mark.bucket, pytest.mark.timeout(180)]

NAME = "evidence/ab/abc.json"
WRITERS = 8
LARGE = 30 * 2**20  # more than one part, were it sent in parts


@pytest.fixture
def download(tmp_path: Path) -> Callable[[bytes], Fetched]:
    """Make a file look as if it had been fetched from the provider."""

    def made(data: bytes = b'{"a": "result"}') -> Fetched:
        path = tmp_path / os.urandom(8).hex()
        path.write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        return Fetched(path, sha256, len(data), "application/json", datetime.now(UTC))

    return made


Download = Callable[..., Fetched]
Configure = Callable[..., None]


def keys(s3: Server, bucket: str) -> list[str]:
    return [found["Key"] for found in s3.client().list_objects_v2(Bucket=bucket).get("Contents", [])]


def trouble_with(fetched: Fetched) -> str:
    with pytest.raises(evidence_files.StorageTrouble) as caught:
        evidence_files.keep(fetched, "json")
    return caught.value.reason


@pytest.mark.parametrize("size", [0, 10, LARGE])
def test_what_is_kept_is_read_back_byte_for_byte(size: int, bucket: str, download: Download) -> None:
    data = os.urandom(size)
    fetched = download(data)
    name = evidence_files.keep(fetched, "json")
    assert name == evidence_files.name_for(fetched.sha256, "json")
    assert evidence_files.read(name) == data
    assert evidence_files.digest(name) == fetched.sha256
    assert evidence_files.read_as_captured(name, fetched.sha256) == data


def test_nothing_is_kept_on_disk(bucket: str, download: Download, files_of_its_own: Path) -> None:
    evidence_files.keep(download(), "json")
    assert isinstance(default_storage._wrapped, WriteOnceBucket)  # type: ignore[attr-defined]
    assert not files_of_its_own.exists()


def test_the_same_bytes_are_stored_once(s3: Server, bucket: str, download: Download) -> None:
    name = evidence_files.keep(download(), "json")
    first = s3.client().head_object(Bucket=bucket, Key=name)["LastModified"]
    time.sleep(1.1)  # the server tells times in whole seconds
    assert evidence_files.keep(download(), "json") == name
    assert keys(s3, bucket) == [name]
    assert s3.client().head_object(Bucket=bucket, Key=name)["LastModified"] == first


def test_a_name_that_is_taken_is_refused_and_its_bytes_stay(bucket: str) -> None:
    default_storage.save(NAME, ContentFile(b"first"))
    with pytest.raises(NameTaken):
        default_storage.save(NAME, ContentFile(b"second"))
    assert evidence_files.read(NAME) == b"first"


def test_of_writers_who_all_found_the_name_free_the_server_lets_one_write(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WriteOnceBucket, "exists", lambda *_: False)
    together = threading.Barrier(WRITERS)

    def write(number: int) -> bool:
        together.wait(timeout=20)
        try:
            default_storage.save(NAME, ContentFile(bytes([number]) * 500_000))
        except NameTaken:
            return False
        return True

    for _ in range(5):
        with ThreadPoolExecutor(WRITERS) as writers:
            won = list(writers.map(write, range(WRITERS)))
        assert won.count(True) == 1
        assert evidence_files.read(NAME) == bytes([won.index(True)]) * 500_000
        default_storage.delete(NAME)


def test_workers_who_keep_the_same_bytes_at_once_all_get_their_name(
    s3: Server, bucket: str, download: Download
) -> None:
    data = os.urandom(2_000_000)
    downloads = [download(data) for _ in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as workers:
        names = set(workers.map(lambda fetched: evidence_files.keep(fetched, "aml"), downloads))
    assert names == {evidence_files.name_for(downloads[0].sha256, "aml")}
    assert keys(s3, bucket) == list(names)


def test_a_forked_worker_speaks_on_connections_of_its_own(bucket: str, download: Download) -> None:
    name = evidence_files.keep(download(b"before the fork"), "json")
    before = default_storage.connection
    child = os.fork()
    if child == 0:
        try:
            fine = evidence_files.read(name) == b"before the fork"
            os._exit(0 if fine and default_storage.connection is not before else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert evidence_files.read(name) == b"before the fork"


def test_nobody_without_our_key_reads_lists_or_writes(s3: Server, bucket: str, download: Download) -> None:
    name = evidence_files.keep(download(), "json")
    assert requests.get(f"{s3.address}/{bucket}/{name}", timeout=5).status_code == 403
    assert requests.get(f"{s3.address}/{bucket}", timeout=5).status_code == 403
    assert requests.put(f"{s3.address}/{bucket}/other", data=b"x", timeout=5).status_code == 403
    assert requests.delete(f"{s3.address}/{bucket}/{name}", timeout=5).status_code == 403


def test_only_its_owner_is_granted_anything(s3: Server, bucket: str, download: Download) -> None:
    name = evidence_files.keep(download(), "json")
    grants = s3.client().get_object_acl(Bucket=bucket, Key=name)["Grants"]
    assert [(grant["Grantee"]["ID"], grant["Permission"]) for grant in grants] == [("portal", "FULL_CONTROL")]


@pytest.mark.parametrize("name", ["../other/outside", "/outside", "evidence/../../outside"])
def test_no_name_leads_elsewhere(name: str, s3: Server, bucket: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        default_storage.save(name, ContentFile(b"x"))
    assert keys(s3, bucket) == []


def test_a_wrong_secret_is_trouble(bucket: str, download: Download, configure: Configure) -> None:
    configure(SECRET_KEY="wrong")
    assert trouble_with(download()) == reasons.STORAGE_TROUBLE


def test_an_unknown_key_is_trouble(bucket: str, download: Download, configure: Configure) -> None:
    configure(ACCESS_KEY="stranger")
    assert trouble_with(download()) == reasons.STORAGE_TROUBLE


def test_a_missing_bucket_is_trouble(bucket: str, download: Download, configure: Configure) -> None:
    configure(BUCKET="there-is-no-such-bucket")
    assert trouble_with(download()) == reasons.STORAGE_TROUBLE


def test_a_server_that_is_down_is_trouble_and_is_used_again_when_it_is_back(
    s3: Server, bucket: str, download: Download
) -> None:
    before = evidence_files.keep(download(b"before"), "json")
    s3.shut_door()
    try:
        assert trouble_with(download(b"after")) == reasons.STORAGE_TROUBLE
        with pytest.raises(evidence_files.NotAsCaptured, match="unreachable"):
            evidence_files.read_as_captured(before, hashlib.sha256(b"before").hexdigest())
    finally:
        s3.open_door()
    assert evidence_files.read(evidence_files.keep(download(b"after"), "json")) == b"after"
    assert evidence_files.read(before) == b"before"


def test_a_server_that_hangs_holds_nobody_for_half_a_lease(
    s3: Server, bucket: str, download: Download, settings: Any
) -> None:
    evidence_files.keep(download(b"before"), "json")
    began = time.monotonic()
    with s3.frozen():
        assert trouble_with(download(b"after")) == reasons.STORAGE_TROUBLE
    assert time.monotonic() - began < settings.LEASE_SECONDS / 2
    evidence_files.keep(download(b"after"), "json")


def test_a_full_bucket_is_told_as_full(s3: Server, bucket: str, download: Download) -> None:
    kept = evidence_files.keep(download(b"before"), "json")
    s3.fill(bucket)
    assert trouble_with(download(b"after")) == reasons.STORAGE_FULL
    assert evidence_files.read(kept) == b"before"


def test_what_was_lost_altered_or_cannot_be_reached_are_told_apart(
    s3: Server, bucket: str, download: Download, configure: Configure
) -> None:
    fetched = download()
    name = evidence_files.keep(fetched, "json")
    s3.client().put_object(Bucket=bucket, Key=name, Body=b"something else")
    with pytest.raises(evidence_files.NotAsCaptured, match="altered"):
        evidence_files.read_as_captured(name, fetched.sha256)
    s3.client().delete_object(Bucket=bucket, Key=name)
    with pytest.raises(evidence_files.NotAsCaptured, match="missing"):
        evidence_files.read_as_captured(name, fetched.sha256)
    configure(BUCKET="there-is-no-such-bucket")
    with pytest.raises(evidence_files.NotAsCaptured, match="unreachable"):
        evidence_files.read_as_captured(name, fetched.sha256)


def test_it_works_by_https_and_only_under_a_certificate_we_trust(
    s3: Server, bucket: str, download: Download, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(ENDPOINT=s3.tls_address)
    assert trouble_with(download()) == reasons.STORAGE_TROUBLE
    monkeypatch.setenv("AWS_CA_BUNDLE", str(s3.certificate))
    configure(ENDPOINT=s3.tls_address)
    data = os.urandom(LARGE)
    name = evidence_files.keep(download(data), "json")
    assert evidence_files.read(name) == data
    with pytest.raises(NameTaken):
        default_storage.save(name, ContentFile(b"other"))


def test_the_doctor_finds_the_bucket_well(bucket: str) -> None:
    assert [finding.message for finding in diagnostics.check()] == [
        "Evidence in a bucket: written once, read back, not overwritten."
    ]
