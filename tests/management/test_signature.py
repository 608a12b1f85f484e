"""`manage.py signature`: the verdict on any PDF, or one line on what is wrong and nothing else."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pyhanko.sign.fields import MDPPerm
from pytest_django import Settings

from cases.management.commands import signature
from cases.signatures import signature_process
from tests.management.commands import Outcome, run
from tests.signatures.pdfs import signed_pdfs
from tests.signatures.pdfs.additions import OVER_TEXT, note, signed_again
from tests.signatures.pdfs.shapes import PAYLOADS, rich
from tests.signatures.test_signatures import ROOT, SIGNED, SIGNER

PROJECT = Path(__file__).resolve().parents[2]
KEYS = ["verdict", "reason", "words", "signatures", "not_checked"]


@pytest.fixture
def root(tmp_path: Path) -> str:
    path = tmp_path / "root.pem"
    path.write_text(ROOT.pem)
    return str(path)


@pytest.fixture
def pdf(tmp_path: Path) -> str:
    return kept(tmp_path, SIGNED)


def kept(folder: Path, data: bytes, name: str = "report.pdf") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def printed_json(*words: str) -> dict[str, Any]:
    outcome = run("signature", *words, "--json")
    assert (outcome.status, outcome.err) == (0, "")
    found: dict[str, Any] = json.loads(outcome.out)
    assert list(found) == KEYS
    return found


def test_the_verdict_is_told_with_the_reason_and_every_signature(pdf: str, root: str) -> None:
    found = printed_json(pdf, "--root", root)
    assert (found["verdict"], found["reason"]) == ("verified", "verified")
    assert "covers the whole file" in found["words"]
    (one,) = found["signatures"]
    assert (one["kind"], one["verdict"], one["covers"], one["rule"]) == (
        "signature",
        "verified",
        "entire_file",
        None,
    )
    assert one["signer"]["name"] == "Nordlys Reports"


def test_each_kind_of_file_has_its_verdict_and_exit_0(tmp_path: Path, root: str) -> None:
    changed = signed_pdfs.updated(SIGNED, signed_pdfs.text_changed)
    files = {
        "altered": changed,
        "unsigned": signed_pdfs.report(),
        "not_a_pdf": b"<html>",
        "cannot_tell": signed_pdfs.encrypted(signed_pdfs.report(), "secret"),
    }
    found = {
        verdict: printed_json(kept(tmp_path, data), "--root", root)["verdict"]
        for verdict, data in files.items()
    }
    assert found == {verdict: verdict for verdict in files}


def test_a_refusal_says_which_rule_and_that_others_may_differ(tmp_path: Path, root: str) -> None:
    found = printed_json(kept(tmp_path, signed_pdfs.updated(SIGNED, signed_pdfs.page_added)), "--root", root)
    assert found["signatures"][0]["rule"] == "content"
    assert "The rule: parts of the document" in found["words"]
    assert "Another reader of PDFs may judge otherwise" in found["words"]


ADDED = {
    "verified_line_end": (lambda: SIGNED + b"\r\n", "verified", "those hold nothing"),
    "annotated_as_permitted": (
        lambda: signed_pdfs.updated(
            signed_pdfs.signed(rich(), SIGNER, ROOT, certify=True, docmdp_permissions=MDPPerm.ANNOTATE),
            note(),
        ),
        "cannot_tell",
        "Its signer permitted",
    ),
    "may_mislead": (
        lambda: signed_again(signed_pdfs.signed(rich(), SIGNER, ROOT), SIGNER, ROOT, box=OVER_TEXT),
        "cannot_tell",
        "The rule: a signature that was added lies over text of page 1, and may hide it",
    ),
}


@pytest.mark.parametrize("reason", ADDED)
def test_what_was_added_is_told_in_words(reason: str, tmp_path: Path, root: str) -> None:
    make, verdict, words = ADDED[reason]
    found = printed_json(kept(tmp_path, make()), "--root", root)
    assert (found["verdict"], found["reason"]) == (verdict, reason)
    assert words in found["words"]
    assert ("Another reader of PDFs may judge otherwise" in found["words"]) == (verdict == "cannot_tell")


def test_roots_may_stand_before_the_file_and_be_several(pdf: str, root: str) -> None:
    other = str(PAYLOADS / "01-root.pem")
    for words in (
        [pdf, "--root", other, root],
        ["--root", other, root, pdf],
        ["--root", other, "--root", root, pdf],
    ):
        assert printed_json(*words)["verdict"] == "verified"
    assert printed_json(pdf, "--root", other)["verdict"] == "not_trusted"


def test_without_roots_those_of_the_portal_are_trusted(pdf: str, settings: Settings) -> None:
    settings.AML_TRUST_ROOTS = [ROOT.pem]
    assert printed_json(pdf)["verdict"] == "verified"
    settings.AML_TRUST_ROOTS = []
    assert printed_json(pdf)["reason"] == "no_roots"


def test_people_read_lines(pdf: str, root: str) -> None:
    outcome = run("signature", pdf, "--root", root)
    assert outcome.status == 0
    first, *rest = outcome.out.splitlines()
    assert first == f"{pdf}: Signature verified"
    assert "   Signer: Nordlys Reports, Nordlys (invented)" in rest
    assert "not checked" in rest[-1]


def test_standard_input_is_read_for_a_dash(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(SIGNED)))
    assert printed_json("-", "--root", root)["verdict"] == "verified"


def refused(outcome: Outcome) -> str:
    assert (outcome.status, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) == 1
    return outcome.err


def test_what_cannot_be_read_is_one_line_and_exit_2(
    tmp_path: Path, pdf: str, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "cannot be read: No such file" in refused(run("signature", str(tmp_path / "nowhere.pdf")))
    assert "cannot be read: Is a directory" in refused(run("signature", str(tmp_path)))
    assert "Name the PDF" in refused(run("signature", "--root", root))
    assert "nowhere.pem cannot be read" in refused(run("signature", pdf, "--root", "nowhere.pem"))
    assert "no certificate" in refused(run("signature", pdf, "--root", pdf))
    monkeypatch.setattr(signature, "LIMIT", 100)
    assert "is larger than" in refused(run("signature", pdf, "--root", root))


def test_a_process_that_does_not_start_or_is_late_says_nothing_of_the_file(
    pdf: str, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = (sys.executable, "-c", "input(); print('{\"ready\": true}', flush=True); input()")
    for program, words in (((sys.executable, "-c", ""), "does not start"), (silent, "in the time allowed")):
        monkeypatch.setattr(signature_process, "PROGRAM", program)
        assert words in refused(run("signature", pdf, "--root", root))


def test_hostile_files_end_in_a_verdict(tmp_path: Path, root: str) -> None:
    hostile = {
        "looping": signed_pdfs.looping(),
        "bomb": signed_pdfs.bomb(300 * 2**20),
        "half": SIGNED[: len(SIGNED) // 2],
        "nothing": b"",
        "a head": b"%PDF-1.7",
        "a table of itself": b"%PDF-1.4\nxref\n0 1\ntrailer << /Prev 9 >>\nstartxref\n9\n%%EOF",
        "nested": b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"\nstartxref\n9\n%%EOF\n",
    }
    verdicts = {
        name: printed_json(kept(tmp_path, data), "--root", root)["verdict"] for name, data in hostile.items()
    }
    assert "verified" not in verdicts.values()


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "signature", *words],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_from_the_shell_it_wants_no_portal_that_has_been_set_up(pdf: str, root: str, tmp_path: Path) -> None:
    bare = {"VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    done = manage(pdf, "--root", root, "--json", AML_ISSUER="no address", SECRET_KEY="short", **bare)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["verdict"] == "verified"
    of_the_portal = manage(pdf, "--json", AML_TRUST_ROOTS=root, PORTAL_ENV_FILE="", **bare)
    assert (of_the_portal.returncode, of_the_portal.stderr) == (0, b"")
    assert json.loads(of_the_portal.stdout)["verdict"] == "verified"
    wrong = manage(pdf, AML_TRUST_ROOTS="/nowhere.pem", PORTAL_ENV_FILE="", **bare)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert wrong.stderr.startswith(b"Settings: AML_TRUST_ROOTS")
    assert wrong.stderr.count(b"\n") == 1
