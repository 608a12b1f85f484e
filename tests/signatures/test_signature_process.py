"""The process that looks: one for many files, killed when it is late, and never the end of those who started it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cases.models import Verdict
from cases.signatures import signature_process
from cases.signatures.signature_process import (
    Limits,
    NotChecked,
    NotDone,
    SignatureChecker,
    Subject,
    checking,
)
from cases.signatures.signature_result import SignatureResult
from tests.signatures.pdfs import signed_pdfs

ROOT = signed_pdfs.root()
SIGNED = signed_pdfs.signed(signed_pdfs.report(), signed_pdfs.signer(ROOT), ROOT)


@pytest.fixture(scope="module")
def checker() -> Iterator[SignatureChecker]:
    with checking([ROOT.pem]) as one:
        yield one


def subject(folder: Path, pdf: bytes, **changes: Any) -> Subject:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return Subject(
        **{"path": path, "number": "317 835 337", "name": "", "had_since": signed_pdfs.NOW, **changes}
    )


def told(found: SignatureResult) -> tuple[str, str, bool | None]:
    return found.verdict, found.explanation, found.about_us


def test_it_tells_of_signatures_and_of_whom_the_text_is_about(
    checker: SignatureChecker, tmp_path: Path
) -> None:
    assert told(checker.check(subject(tmp_path, SIGNED))) == (Verdict.VERIFIED, "verified", True)
    assert checker.check(subject(tmp_path, SIGNED)).signatures[0].signer is not None


def test_one_process_looks_at_many_files(checker: SignatureChecker, tmp_path: Path) -> None:
    checker.check(subject(tmp_path, SIGNED))
    before = checker._process
    for pdf in (signed_pdfs.report(), b"<html>", SIGNED[:900], signed_pdfs.looping(), SIGNED):
        checker.check(subject(tmp_path, pdf))
    assert checker._process is before


def test_a_text_about_others_is_told(checker: SignatureChecker, tmp_path: Path) -> None:
    others = subject(
        tmp_path, signed_pdfs.report("AML report", "Storfjord Fisk AS", "912 345 678"), name=signed_pdfs.NAME
    )
    assert told(checker.check(others)) == (Verdict.UNSIGNED, "unsigned", False)


def test_what_cannot_be_opened_has_no_text(checker: SignatureChecker, tmp_path: Path) -> None:
    locked = subject(tmp_path, signed_pdfs.encrypted(signed_pdfs.report(), "secret"), name=signed_pdfs.NAME)
    assert told(checker.check(locked)) == (Verdict.CANNOT_TELL, "encrypted", None)


def test_pages_that_are_their_own_children_come_to_an_end(checker: SignatureChecker, tmp_path: Path) -> None:
    assert checker.check(subject(tmp_path, signed_pdfs.looping())).verdict in {
        Verdict.UNSIGNED,
        Verdict.CANNOT_TELL,
    }


def test_the_file_is_not_touched(checker: SignatureChecker, tmp_path: Path) -> None:
    job = subject(tmp_path, SIGNED)
    job.path.chmod(0o400)
    checker.check(job)
    assert job.path.read_bytes() == SIGNED


def test_a_file_that_unpacks_to_more_than_there_is_room_for_costs_that_file_alone(tmp_path: Path) -> None:
    with checking([ROOT.pem], Limits(memory=160 * 2**20)) as small:
        for pdf in (signed_pdfs.bomb(150 * 2**20), SIGNED + b"\0" * 90_000_000):
            assert told(small.check(subject(tmp_path, pdf))) == (Verdict.CANNOT_TELL, "too_much_memory", None)
        assert told(small.check(subject(tmp_path, SIGNED)))[0] == Verdict.VERIFIED


def test_a_process_whose_memory_the_text_took_looks_at_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = """
import sys
from cases.signatures import signature_child

def names(data, number, name):
    raise MemoryError

signature_child.pdf_text.names = names
sys.exit(signature_child.main())
"""
    monkeypatch.setattr(signature_process, "PROGRAM", (*signature_process.PROGRAM[:-2], "-c", program))
    with checking([ROOT.pem]) as checker:
        for _ in range(2):
            assert told(checker.check(subject(tmp_path, SIGNED))) == (Verdict.VERIFIED, "verified", None)
            assert checker._process is None


def endless(folder: Path) -> Subject:
    return subject(folder, b"%PDF-1.7\n" + b"\0" * 30_000_000 + b"%%EOF")


def test_a_file_that_takes_more_work_than_is_allowed_is_given_up(tmp_path: Path) -> None:
    with checking([ROOT.pem], Limits(cpu_seconds=0, seconds=60)) as idle:
        assert told(idle.check(endless(tmp_path))) == (Verdict.CANNOT_TELL, "too_much_time", None)


def test_that_it_is_late_by_the_clock_says_nothing_of_the_file(tmp_path: Path) -> None:
    with checking([ROOT.pem], Limits(seconds=0.4)) as hasty:
        with pytest.raises(NotDone, match="not_in_time"):
            hasty.check(endless(tmp_path))
        assert hasty._process is None


def test_a_file_larger_than_is_looked_into_is_not_even_opened(tmp_path: Path) -> None:
    with checking([ROOT.pem], Limits(largest_file=100)) as checker:
        assert told(checker.check(subject(tmp_path, SIGNED))) == (Verdict.CANNOT_TELL, "too_large", None)
        assert checker._process is None


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_that_it_was_killed_says_nothing_of_the_file_it_was_at(by: signal.Signals, tmp_path: Path) -> None:
    def kill() -> None:
        if checker._process is not None and ready:
            os.kill(checker._process.pid, by)

    ready: list[bool] = []
    checker = SignatureChecker([ROOT.pem], tick=kill)
    try:
        checker._start()
        ready.append(True)
        with pytest.raises(NotDone, match="broke_off"):
            checker.check(subject(tmp_path, SIGNED))
        ready.clear()
        assert checker.check(subject(tmp_path, SIGNED)).verdict == Verdict.VERIFIED
    finally:
        checker.stop()


def test_nothing_of_it_is_left_when_the_looking_ends(tmp_path: Path) -> None:
    with checking([ROOT.pem]) as checker:
        checker.check(subject(tmp_path, SIGNED))
        assert checker._process is not None
        pid = checker._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_who_waits_is_called_now_and_then(tmp_path: Path) -> None:
    ticks: list[None] = []
    with checking([ROOT.pem], tick=lambda: ticks.append(None)) as checker:
        checker.check(subject(tmp_path, SIGNED))
    assert ticks


@pytest.mark.parametrize(
    "program",
    [("/nowhere/python",), ("/bin/false",), ("/bin/echo", "hello"), ("/bin/echo", '{"ready": 1}')],
    ids=["missing", "ends", "talks", "lies"],
)
def test_a_process_that_does_not_start_says_nothing_of_the_file(
    program: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signature_process, "PROGRAM", program)
    with checking([ROOT.pem]) as checker, pytest.raises(NotChecked):
        checker.check(subject(tmp_path, SIGNED))


LIARS = {
    "too much": "print('x' * 10_000_000)",
    "no JSON": "print('Traceback')",
    "a good word for everything": """print('{"verdict": "VERIFIED", "explanation": "fine", "signatures": []}')""",
}


@pytest.mark.parametrize("does", LIARS.values(), ids=LIARS)
def test_a_process_that_a_file_has_taken_over_is_not_believed(
    does: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_over = f"import sys; input(); print('{{\"ready\": true}}', flush=True); input(); {does}"
    monkeypatch.setattr(signature_process, "PROGRAM", (signature_process.PROGRAM[0], "-c", taken_over))
    with checking([ROOT.pem]) as checker:
        assert told(checker.check(subject(tmp_path, SIGNED))) == (Verdict.CANNOT_TELL, "no_answer", None)


def test_a_process_that_ends_without_a_word_says_nothing_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = "input(); print('{\"ready\": true}', flush=True); input()"
    monkeypatch.setattr(signature_process, "PROGRAM", (signature_process.PROGRAM[0], "-c", silent))
    with checking([ROOT.pem]) as checker, pytest.raises(NotDone):
        checker.check(subject(tmp_path, SIGNED))


def test_it_is_told_none_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for readers of files")
    with checking([ROOT.pem]) as checker:
        checker.check(subject(tmp_path, SIGNED))
        assert checker._process is not None
        environment = Path(f"/proc/{checker._process.pid}/environ").read_bytes()
        limits = Path(f"/proc/{checker._process.pid}/limits").read_text()
    assert b"not for readers" not in environment
    assert "Max file size             0" in limits
    assert f"Max address space         {Limits().memory}" in limits


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9), 1)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "os.write(os.open('written', os.O_WRONLY | os.O_CREAT), b'x')",
    ],
)
def test_it_can_reach_nobody_start_nothing_and_write_nothing(attempt: str, tmp_path: Path) -> None:
    program = f"""
import os, signal, socket, subprocess
from cases.signatures import signature_child
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
signature_child.limit({{"memory": {640 * 2**20}}})
os.chdir({str(tmp_path)!r})
try:
    {attempt}
except OSError as problem:
    print("refused", flush=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=signature_process.PROJECT,
        timeout=30,
    )
    assert "refused" in done.stdout, done.stderr
