import errno
import hashlib
import os
import threading
import time
from pathlib import Path

import pytest

from cases.provider.client import ProviderClient
from cases.provider.errors import CannotUnderstand, FixConfiguration, Gone, NotReady, RetryLater
from cases.provider.http import download
from tests.provider.conftest import config_for
from tests.provider.http.test_connections import LOST, REFUSED
from tests.provider.local_provider import SESSION, Exchange

JSON = f"{SESSION}/s1/json"
AML = f"{SESSION}/s1/report/aml"
CERTIFICATE = f"{SESSION}/s1/report/certificate_of_registration"
PDF = b"%PDF-1.7\n" + os.urandom(300_000) + b"\n%%EOF\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "incoming"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("kind", "path", "media_type"),
    [
        ("json", JSON, "application/json"),
        ("aml", AML, "application/pdf"),
        ("certificate_of_registration", CERTIFICATE, "application/pdf"),
    ],
)
def test_the_exact_bytes_arrive_with_their_hash(local, provider, folder, *, kind, path, media_type) -> None:
    provider.on("GET", path, lambda it: it.bytes(PDF, Content_Type=f"{media_type}; charset=utf-8"))
    fetched = local.fetch("s1", kind, folder)
    assert fetched.path.read_bytes() == PDF
    assert fetched.path.parent == folder
    assert (fetched.sha256, fetched.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert fetched.media_type == media_type
    assert fetched.server_time is not None
    assert provider.seen[-1].headers["Accept"] == media_type
    assert fetched.path.stat().st_mode & 0o077 == 0


def test_a_body_in_chunks_arrives_whole(local, provider, folder) -> None:
    def chunked(it: Exchange) -> None:
        it.begin(200, Transfer_Encoding="chunked")
        for start in range(0, len(PDF), 7001):
            part = PDF[start : start + 7001]
            it.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        it.wfile.write(b"0\r\n\r\n")

    provider.on("GET", AML, chunked)
    fetched = local.fetch("s1", "aml", folder)
    assert fetched.path.read_bytes() == PDF
    assert fetched.media_type == ""


def test_what_is_fetched_is_not_judged(local, provider, folder) -> None:
    provider.on("GET", JSON, lambda it: it.bytes(b"<html>not json"))
    assert local.fetch("s1", "json", folder).path.read_bytes() == b"<html>not json"


@pytest.mark.parametrize("beat", [None, lambda received: None])
@pytest.mark.parametrize(("answer", "code"), LOST)
def test_a_download_that_breaks_off_leaves_no_file(
    local, hasty, provider, folder, *, answer, code, beat
) -> None:
    local.access()
    provider.on("GET", AML, answer)
    with pytest.raises(RetryLater) as error:
        (hasty if code == "timeout" else local).fetch("s1", "aml", folder, beat)
    assert error.value.code == code
    assert not list(folder.iterdir())


@pytest.mark.parametrize(("answer", "code"), REFUSED)
def test_a_download_too_large_or_encoded_leaves_no_file(tmp_path, provider, folder, answer, code) -> None:
    client = ProviderClient(config_for(tmp_path, issuer=provider.url, pdf_limit=2**20))
    provider.on("GET", AML, answer)
    with pytest.raises(CannotUnderstand) as error:
        client.fetch("s1", "aml", folder)
    assert error.value.code == code
    assert not list(folder.iterdir())


def test_json_and_reports_have_limits_of_their_own(tmp_path, provider, folder) -> None:
    client = ProviderClient(config_for(tmp_path, issuer=provider.url, json_limit=99, pdf_limit=100))
    for path in (JSON, AML):
        provider.on("GET", path, lambda it: it.bytes(b"x" * 100))
    assert client.fetch("s1", "aml", folder).size == 100
    with pytest.raises(CannotUnderstand):
        client.fetch("s1", "json", folder)


def test_a_body_of_no_declared_length_is_held_to_the_same_limit(tmp_path, provider, folder) -> None:
    def undeclared(it: Exchange) -> None:
        it.begin(200, Connection="close")
        it.wfile.write(b"x" * 100)
        it.close_connection = True

    provider.on("GET", AML, undeclared)
    assert ProviderClient(config_for(tmp_path, issuer=provider.url, pdf_limit=100)).fetch("s1", "aml", folder)
    with pytest.raises(CannotUnderstand) as error:
        ProviderClient(config_for(tmp_path, issuer=provider.url, pdf_limit=99)).fetch("s1", "aml", folder)
    assert error.value.code == "too_large"


def test_an_empty_answer_is_taken_for_a_lost_one(local, provider, folder) -> None:
    provider.on("GET", JSON, lambda it: it.bytes(b""))
    with pytest.raises(RetryLater) as error:
        local.fetch("s1", "json", folder)
    assert error.value.code == "empty"
    assert not list(folder.iterdir())


@pytest.mark.parametrize(("status", "kind"), [(409, NotReady), (410, Gone), (403, FixConfiguration)])
def test_a_refusal_leaves_no_file(local, provider, folder, status: int, kind: type) -> None:
    provider.on("GET", AML, lambda it: it.json({"message": "no"}, status))
    with pytest.raises(kind):
        local.fetch("s1", "aml", folder)
    assert not list(folder.iterdir())


def test_a_download_goes_on_after_a_401_with_a_new_token(local, provider, folder) -> None:
    provider.on("GET", AML, lambda it: it.json({}, 401), lambda it: it.bytes(PDF))
    assert local.fetch("s1", "aml", folder).path.read_bytes() == PDF
    assert provider.tokens == 2


def test_a_full_disk_passes_through_and_leaves_no_file(local, provider, folder, monkeypatch) -> None:
    provider.on("GET", AML, lambda it: it.bytes(PDF))

    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download.os, "fsync", full)
    for beat in (None, lambda received: None):
        with pytest.raises(OSError, match="No space left") as error:
            local.fetch("s1", "aml", folder, beat)
        assert error.value.errno == errno.ENOSPC
    assert not list(folder.iterdir())


def test_a_folder_that_is_not_there_passes_through(local, provider, tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        local.fetch("s1", "aml", tmp_path / "missing")


def test_progress_is_told_before_the_first_byte_and_while_nothing_arrives(
    local, provider, folder, monkeypatch
) -> None:
    monkeypatch.setattr("cases.provider.client.BEAT_SECONDS", 0.05)
    heard = threading.Event()
    calls: list[tuple[int, int]] = []

    def slow(it: Exchange) -> None:
        assert calls, "told before the request goes out"
        it.begin(200, Content_Length="20")
        it.wfile.write(b"0123456789")
        it.wfile.flush()
        heard.wait(5)
        it.wfile.write(b"0123456789")

    def on_progress(received: int) -> None:
        calls.append((received, threading.get_ident()))
        if [size for size, _ in calls].count(10) >= 3:
            heard.set()

    provider.on("GET", AML, slow)
    assert local.fetch("s1", "aml", folder, on_progress).size == 20
    assert calls[0][0] == 0
    assert {thread for _, thread in calls} == {threading.get_ident()}, "a lease is kept in its own thread"


def test_a_caller_that_loses_interest_abandons_the_download(hasty, provider, folder, monkeypatch) -> None:
    monkeypatch.setattr("cases.provider.client.BEAT_SECONDS", 0.05)
    provider.on("GET", AML, Exchange.stall)

    class LeaseLost(Exception):
        pass

    def on_progress(received: int) -> None:
        if list(folder.iterdir()):
            raise LeaseLost

    with pytest.raises(LeaseLost):
        hasty.fetch("s1", "aml", folder, on_progress)
    deadline = time.monotonic() + 10
    while list(folder.iterdir()):
        assert time.monotonic() < deadline, "the file goes once the stalled read ends"
        time.sleep(0.02)


def test_an_abandoned_download_is_not_read_to_its_end(local, provider, folder, monkeypatch) -> None:
    monkeypatch.setattr("cases.provider.client.BEAT_SECONDS", 0.05)

    def without_end(it: Exchange) -> None:
        it.begin(200, Connection="close")
        it.drip(b"x" * 10_000, every=0.02)

    def on_progress(received: int) -> None:
        if received:
            raise InterruptedError

    provider.on("GET", AML, without_end)
    with pytest.raises(InterruptedError):
        local.fetch("s1", "aml", folder, on_progress)
    deadline = time.monotonic() + 10
    while list(folder.iterdir()):
        assert time.monotonic() < deadline, "the next block ends it"
        time.sleep(0.02)


def test_a_caller_that_never_began_fetches_nothing(local, provider, folder) -> None:
    def on_progress(received: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        local.fetch("s1", "aml", folder, on_progress)
    assert provider.count("GET", AML) == 0
