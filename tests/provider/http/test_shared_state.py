"""What many workers share: one token, one failure, one pause."""

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cases.provider.client import ProviderClient
from cases.provider.errors import FixConfiguration, ProviderError, RateLimited, RetryLater
from cases.provider.http.shared_state import SharedState
from tests.provider.conftest import SECRET, config_for
from tests.provider.local_provider import SESSION, Exchange

LOOK = f"{SESSION}/s1"
WORKER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from cases.provider.client import ProviderClient
from cases.provider.config import ProviderConfig

config = ProviderConfig(issuer=sys.argv[1], client_id="portal", client_secret="secret", state_dir=Path(sys.argv[2]))
client = ProviderClient(config)
print("ready", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(16) as threads:
    looks = list(threads.map(lambda _: client.session_information("s1"), range(64)))
assert all(look.entities["json"].ready for look in looks)
"""


def ready(it: Exchange) -> None:
    it.json({"jsonData": "READY"})


def knows_only(provider, *tokens: str):
    """Refuse any other token, as after the provider forgot the old ones."""

    def answer(it: Exchange) -> None:
        known = it.headers["Authorization"] in [f"Bearer {token}" for token in tokens]
        it.json({"jsonData": "READY"} if known else {}, 200 if known else 401)

    return answer


def token_file(folder: Path) -> Path:
    return next(path for path in (folder / "state").glob("token-*.json") if "failure" not in path.name)


def at_once(client: ProviderClient, threads: int = 16) -> list[object]:
    """Look from many threads at the same moment; give answers and errors."""
    together = threading.Barrier(threads)

    def look(_: int) -> object:
        together.wait()
        try:
            return client.session_information("s1").entities["json"].word
        except ProviderError as error:
            return type(error), error.code

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(look, range(threads)))


def test_two_processes_of_sixteen_threads_get_one_token(tmp_path: Path, provider) -> None:
    provider.on("GET", LOOK, ready)
    command = [sys.executable, "-c", WORKER, provider.url, str(tmp_path / "state")]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    try:
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        assert [worker.wait(60) for worker in workers] == [0, 0]
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()
    assert provider.tokens == 1
    assert provider.count("GET", "/.well-known/openid-configuration") == 1
    assert provider.count("GET", LOOK) == 128


def test_sixteen_threads_refused_at_once_renew_once(local, provider) -> None:
    local.access()
    provider.on("GET", LOOK, knows_only(provider, "token-2"))
    assert at_once(local) == ["READY"] * 16
    assert provider.tokens == 2


def test_a_token_another_worker_renewed_meanwhile_is_used(tmp_path: Path, local, provider) -> None:
    local.access()
    other = ProviderClient(config_for(tmp_path, issuer=provider.url))

    def refused_while_another_renews(it: Exchange) -> None:
        other.access(now=True)
        it.json({}, 401)

    provider.on("GET", LOOK, refused_while_another_renews, knows_only(provider, "token-2"))
    assert local.session_information("s1").entities["json"].ready
    assert provider.tokens == 2


def test_those_who_waited_share_the_failure_of_the_one_who_asked(local, provider) -> None:
    def slow_refusal(it: Exchange) -> None:
        time.sleep(0.3)
        it.json({"error": "invalid_client"}, 401)

    provider.on("POST", "/token", slow_refusal)
    assert at_once(local) == [(FixConfiguration, "token_refused")] * 16
    assert provider.count("POST", "/token") < 4
    provider.on("POST", "/token", provider.grant)
    provider.on("GET", LOOK, ready)
    assert local.session_information("s1").entities["json"].ready, "a later call asks again"


def test_a_429_of_one_thread_holds_all_clients_of_the_machine(tmp_path: Path, local, provider) -> None:
    provider.on("GET", LOOK, lambda it: it.json({}, 429, Retry_After="60"))
    with pytest.raises(RateLimited):
        local.session_information("s1")
    other = ProviderClient(config_for(tmp_path, issuer=provider.url))
    assert at_once(other) == [(RateLimited, "rate_limited")] * 16
    assert provider.count("GET", LOOK) == 1
    assert other.paused_until() == local.paused_until() > time.time() + 50


@pytest.mark.parametrize(("life", "served"), [(300, 269), (300, 271), (20, 17.9), (20, 18.1), (3, 0)])
def test_a_token_is_renewed_shortly_before_its_end(tmp_path, local, provider, life, served) -> None:
    provider.expires_in = life
    local.access()
    path = token_file(tmp_path)
    kept = json.loads(path.read_text())
    moved = {name: kept[name] - served for name in ("obtained_at", "expires_at")}
    path.write_text(json.dumps({**kept, **moved}))
    local.access()
    margin = min(30, life / 10)
    assert provider.tokens == (2 if served > life - margin else 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"access_token": "a"}',
        b'{"access_token": "a\\nb", "scopes": [], "obtained_at": 1.0, "expires_at": 1e300}',
        b'{"access_token": 1, "scopes": "x", "obtained_at": null, "expires_at": true}',
        b"[" * 100_000,
    ],
)
def test_a_corrupt_token_file_is_renewed(tmp_path: Path, local, provider, content: bytes) -> None:
    provider.on("GET", LOOK, knows_only(provider, "token-2"))
    local.access()
    token_file(tmp_path).write_bytes(content)
    assert local.session_information("s1").entities["json"].ready
    assert provider.count("GET", LOOK) == 1


def test_a_token_from_the_future_is_renewed(tmp_path: Path, local, provider) -> None:
    local.access()
    path = token_file(tmp_path)
    kept = json.loads(path.read_text())
    path.write_text(json.dumps({**kept, "obtained_at": time.time() + 3600, "expires_at": time.time() + 3900}))
    local.access()
    assert provider.tokens == 2


@pytest.mark.parametrize(
    "changes", [{"client_id": "another"}, {"scopes": ("aml_organization/basic",)}, {"token_url": "same"}]
)
def test_a_changed_configuration_does_not_use_an_old_token(tmp_path, local, provider, changes) -> None:
    local.access()
    if "token_url" in changes:
        changes = {"token_url": f"{provider.url}/token"}
    ProviderClient(config_for(tmp_path, issuer=provider.url, **changes)).access()
    assert provider.tokens == 2


def test_shared_files_are_for_their_owner_alone_and_hold_no_secret(tmp_path: Path, local) -> None:
    old = os.umask(0)
    try:
        local.access()
    finally:
        os.umask(old)
    folder = tmp_path / "state"
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
        assert SECRET not in path.read_text()


def test_no_draft_is_left_behind(tmp_path: Path, local) -> None:
    local.access()
    assert {path.suffix for path in (tmp_path / "state").iterdir()} == {".json", ".lock"}


def test_a_disk_too_full_to_share_a_token_does_not_stop_the_work(
    local, provider, monkeypatch, caplog
) -> None:
    provider.on("GET", LOOK, ready)

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    for _ in range(3):
        assert local.session_information("s1").entities["json"].ready
    assert provider.tokens == 1
    assert "cannot be written: No space left" in caplog.text
    assert "token-1" not in caplog.text


def test_what_another_writes_replaces_what_could_not_be_written(tmp_path: Path) -> None:
    ours, theirs = SharedState(tmp_path, "x"), SharedState(tmp_path, "x")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    for name, before in (("token", {"at": 1}), ("pause", None)):
        if before:
            theirs.write(name, before)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", full)
            ours.write(name, {"at": 2})
        assert (ours.read(name), theirs.read(name)) == ({"at": 2}, before), name
        theirs.write(name, {"at": 3})
        assert ours.read(name) == {"at": 3}, name


def test_a_folder_that_cannot_be_used_is_a_matter_of_configuration(tmp_path: Path, provider) -> None:
    (tmp_path / "file").write_text("")
    client = ProviderClient(config_for(tmp_path, issuer=provider.url, state_dir=tmp_path / "file" / "state"))
    with pytest.raises(FixConfiguration) as error:
        client.access()
    assert error.value.code == "state_folder"


def test_a_lock_nobody_gives_back_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    state, other = SharedState(tmp_path, "x"), SharedState(tmp_path, "x")
    for name, code in (("token", "token_busy"), ("discovery", "discovery_busy")):
        with state.locked(name, 1), pytest.raises(RetryLater) as error, other.locked(name, 0.1):
            pytest.fail("two hold one lock")
        assert error.value.code == code
    with other.locked("token", 0.1):
        assert not (tmp_path / "nothing").exists()


def test_a_lock_dies_with_its_holder(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from cases.provider.http.shared_state import SharedState\n"
        "with SharedState(Path(sys.argv[1]), 'x').locked('token', 1):\n"
        "    print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        state = SharedState(tmp_path, "x")
        with pytest.raises(RetryLater), state.locked("token", 0.1):
            pytest.fail("two hold one lock")
    finally:
        holder.kill()
        holder.communicate()
    with state.locked("token", 5):
        assert list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_opens_connections_of_its_own(local, provider) -> None:
    provider.on("GET", LOOK, ready)
    local.session_information("s1")
    child = os.fork()
    if child == 0:
        try:
            local.session_information("s1")
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    local.session_information("s1")
    connections = [seen.connection for seen in provider.seen if seen.path == LOOK]
    assert connections[0] == connections[2] != connections[1]
