"""Signature checks when something is wrong with us: nothing is told of the file, others wait for nothing, and it is
tried again."""

import datetime

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from amlportal import process_identity
from cases.models import (
    Artefact,
    PendingSignatureCheck,
    Verdict,
)
from cases.signatures import signature_process
from cases.workflows import heartbeat
from cases.workflows.background import jobs, signature_checks
from cases.workflows.locks import leases
from tests import factories
from tests.signatures.pdfs import signed_pdfs
from tests.workflows.background.pdf_checking import KILLED, away, captured, checks, ending

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.usefixtures("trusting_portal"),
]


def test_a_store_that_is_away_tells_nothing_of_the_file_and_is_not_asked_at_every_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    captured()
    factories.assessed()
    opened = away(monkeypatch)
    assert jobs.do_due() == 0
    assert len(opened) == 1
    for _ in range(3):
        assert not signature_checks.is_due()
        assert not jobs.wake_due()
        assert jobs.do_due() == 0
    assert len(opened) == 1
    assert OrmQ.objects.count() == 0
    assert checks() == []


def pause_is_over() -> None:
    PendingSignatureCheck.objects.update(not_before=timezone.now())


def test_it_is_tried_again_after_a_while_and_then_after_a_longer_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    artefact = captured()
    with monkeypatch.context() as patch:
        opened = away(patch)
        for tries, seconds in enumerate((15, 30, 60, 120, 240, 480, 900, 900), 1):
            before = timezone.now()
            jobs.do_due()
            assert len(opened) == tries
            pause = PendingSignatureCheck.objects.get().not_before - before
            assert seconds <= pause.total_seconds() < seconds + 10
            pause_is_over()
    assert signature_checks.is_due()
    jobs.do_due()
    assert artefact.signature_checks.get().verdict == Verdict.VERIFIED


def test_a_clock_that_is_put_back_keeps_nobody_waiting_for_years() -> None:
    captured()
    PendingSignatureCheck.objects.update(not_before=timezone.now() + datetime.timedelta(days=365))
    assert signature_checks.is_due()


def test_one_file_that_cannot_be_read_for_now_keeps_the_others_waiting_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good, bad = captured(), captured(signed_pdfs.report())
    away(monkeypatch, bad.file)
    jobs.do_due()
    assert good.signature_checks.exists()
    assert not bad.signature_checks.exists()
    assert not signature_checks.is_due()


def test_when_everything_fails_nothing_is_tried_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        captured(signed_pdfs.report(f"Report {number}"), number=f"31783533{number}")
    opened = away(monkeypatch)
    jobs.do_due()
    assert len(opened) == signature_checks.MOST_IN_VAIN
    assert not signature_checks.is_due()


def test_a_process_that_does_not_start_tells_nothing_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    captured()
    with monkeypatch.context() as patch:
        patch.setattr(signature_process, "PROGRAM", ("/nowhere/python",))
        jobs.do_due()
    assert checks() == []
    assert not signature_checks.is_due()


def several_times(times: int) -> None:
    """The background jobs are done so often, each time when every pause is over."""
    for _ in range(times):
        jobs.do_due()
        pause_is_over()


ENDS = {
    "killed": (KILLED, "broke_off"),
    "told to end": ("os.kill(os.getpid(), signal.SIGTERM)", "broke_off"),
    "late": ("time.sleep(60)", "not_in_time"),
}


@pytest.mark.parametrize(("does", "why"), ENDS.values(), ids=ENDS)
def test_a_look_that_breaks_off_is_tried_three_times_before_it_tells_anything(
    does: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    captured()
    monkeypatch.setattr(signature_checks, "Limits", lambda: signature_process.Limits(seconds=0.3))
    ending(monkeypatch, does)
    several_times(2)
    assert checks() == []
    several_times(1)
    assert checks() == [("CANNOT_TELL", why)]


def test_a_machine_that_was_busy_for_a_while_costs_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    captured()
    with monkeypatch.context() as patch:
        ending(patch, KILLED)
        several_times(2)
    several_times(1)
    assert checks() == [("VERIFIED", "verified")]


def test_what_kept_the_store_away_counts_for_no_look_that_broke_off(monkeypatch: pytest.MonkeyPatch) -> None:
    captured()
    with monkeypatch.context() as patch:
        away(patch)
        several_times(3)
    ending(monkeypatch, KILLED)
    several_times(2)
    assert checks() == []


def test_looks_that_break_off_late_keep_other_jobs_waiting_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(2):
        captured(signed_pdfs.report(f"Report {number}"), number=f"31783533{number}")
    monkeypatch.setattr(signature_checks, "BATCH_SECONDS", 0.0)
    ending(monkeypatch, KILLED)
    assert not signature_checks.do(heartbeat.Beats())
    assert PendingSignatureCheck.objects.due(timezone.now()).count() == 1


def test_a_file_that_asks_for_too_much_work_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    captured()
    ending(monkeypatch, "os.kill(os.getpid(), signal.SIGXCPU)")
    jobs.do_due()
    assert checks() == [("CANNOT_TELL", "too_much_time")]


def test_a_fault_nobody_foresaw_keeps_the_others_waiting_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = captured(signed_pdfs.report()), captured()
    real_check = signature_checks._result

    def stumble(artefact: Artefact, checker: signature_process.SignatureChecker) -> object:
        if artefact == bad:
            raise KeyError("Ingrid")
        return real_check(artefact, checker)

    monkeypatch.setattr(signature_checks, "_result", stumble)
    jobs.do_due()
    assert good.signature_checks.exists()
    assert not signature_checks.is_due()


def test_a_check_that_takes_its_process_with_it_is_not_tried_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = captured()
    for _ in range(leases.MOST_CLAIMS):
        assert leases.claim(PendingSignatureCheck, document.pk)
        with monkeypatch.context() as patch:
            patch.setattr(process_identity, "is_dead", lambda _owner: True)
            assert leases.free_what_the_dead_hold() == 1
    monkeypatch.setattr(signature_checks, "_result", None)
    jobs.do_due()
    assert checks() == [("CANNOT_TELL", "broke_off")]
