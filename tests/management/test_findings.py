"""`manage.py findings`: the findings of any result as JSON, or a clear error and nothing else."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cases.provider.config import ProviderConfig
from tests.findings.reading import NAMES, PAYLOADS
from tests.management.commands import Outcome, run

PROJECT = Path(__file__).resolve().parents[2]


def findings(*words: str) -> Outcome:
    return run("findings", *words)


def of(name: str, *words: str) -> dict[str, object]:
    outcome = findings(str(PAYLOADS / f"{name}.json"), *words)
    assert (outcome.status, outcome.err) == (0, "")
    found: dict[str, object] = json.loads(outcome.out)
    return found


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return tmp_path / "result.json"


@pytest.mark.parametrize("name", NAMES)
def test_every_payload_is_printed(name: str) -> None:
    assert list(of(name))[:7] == [
        "verdicts",
        "company",
        "owners",
        "shares",
        "subsidiaries",
        "indicators",
        "roles",
    ]


def test_what_was_not_requested_is_told_from_what_did_not_come(broken: Path) -> None:
    broken.write_text("{}")
    nothing = json.loads(findings(str(broken), "--requested", "roles, sanction").out)["nothing"]
    assert (nothing["roles"], nothing["sanction"]) == ("failed", "failed")
    assert (nothing["address"], nothing["ownership.shareholders"]) == ("not_requested", "not_requested")


@pytest.mark.parametrize("words", ["ownership", "ownership.shareholders ownership.beneficials,ownership"])
def test_a_chapter_s_name_means_all_of_it(words: str, broken: Path) -> None:
    broken.write_text("{}")
    nothing = json.loads(findings(str(broken), "--requested", words).out)["nothing"]
    assert {kind for place, kind in nothing.items() if place.startswith("ownership.")} == {"failed"}
    assert nothing["financials.auditor"] == "not_requested"


@pytest.mark.parametrize("words", ["none", "", "keyInformation"])
def test_nothing_at_all_may_have_been_requested(words: str, broken: Path) -> None:
    broken.write_text("{}")
    nothing = json.loads(findings(str(broken), "--requested", words).out)["nothing"]
    assert nothing.pop("keyInformation") == "failed"
    assert set(nothing.values()) == {"not_requested"}


def test_the_scopes_decide_what_is_said_of_ofac() -> None:
    codes = {
        words: [warning["code"] for warning in of("no_clean", "--scopes", words)["warnings"]]
        for words in ("basic", "aml_organization/basic,aml_organization/OFAC")
    }
    assert "ofac_not_searched" in codes["basic"]
    assert "OFAC was not searched: the access" in str(of("no_clean", "--scopes", "basic")["warnings"])
    assert "the access" not in str(of("no_clean", "--scopes", "basic ofac")["warnings"])


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (PAYLOADS / "se.json").read_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert json.loads(findings("-").out) == of("se")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is not JSON that can be read"),
        (b'{"a": ', "is not JSON that can be read"),
        (b'{"a": NaN}', "is not JSON that can be read"),
        (b"[" * 100_000, "is not JSON that can be read"),
        (b"[1]", "is JSON, but not an object"),
        (b"null", "is JSON, but not an object"),
        ('{"name": "Sønn"}'.encode("latin-1"), "is not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, words: str, broken: Path) -> None:
    broken.write_bytes(data)
    outcome = findings(str(broken))
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(str(broken))
    assert words in outcome.err


def test_a_byte_order_mark_is_no_hindrance(broken: Path) -> None:
    broken.write_bytes(b"\xef\xbb\xbf{}")
    assert findings(str(broken)).status == 0


@pytest.mark.parametrize("place", ["nowhere.json", "."])
def test_a_file_that_is_not_there_is_an_error(place: str, tmp_path: Path) -> None:
    outcome = findings(str(tmp_path / place))
    assert (outcome.status, outcome.out) == (2, "")
    assert "cannot be read" in outcome.err


def test_a_file_as_large_as_no_result_is_refused(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with broken.open("wb") as file:
        file.truncate(ProviderConfig.json_limit + 1)
    outcome = findings(str(broken))
    assert (outcome.status, outcome.out) == (2, "")
    assert "is larger than 20 MiB" in outcome.err


def test_a_word_that_asks_for_nothing_is_refused_and_the_known_ones_are_named() -> None:
    outcome = findings(str(PAYLOADS / "se.json"), "--requested", "roles,role")
    assert (outcome.status, outcome.out) == (2, "")
    assert "Nothing is ordered by role." in outcome.err
    assert "ownership.shareholders" in outcome.err


def test_it_runs_quickly_where_nothing_is_set_up_and_prints_utf_8_whatever_the_terminal(
    tmp_path: Path,
) -> None:
    bare = {"PATH": os.environ["PATH"], "LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"}
    bare |= {"VAR_DIR": str(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    bare |= {"AML_ISSUER": "no address", "SECRET_KEY": "short", "SECRET_KEY_FILE": "/nowhere"}
    before = os.times().children_user
    done = subprocess.run(
        [sys.executable, "manage.py", "findings", str(PAYLOADS / "no_every_script.json")],
        cwd=PROJECT,
        env=bare,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "شركة النور للتجارة" in json.loads(done.stdout)["company"]["name"]
    assert os.times().children_user - before < 2  # seconds of work, not of waiting for others


def test_from_the_shell_an_error_is_one_line_and_exit_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "findings", str(tmp_path / "nowhere.json")],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().count("\n") == 1
