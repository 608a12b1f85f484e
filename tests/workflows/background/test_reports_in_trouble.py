"""What goes wrong with a report is tried again, or given up with a reason; it is never printed in one."""

import datetime
import errno
import logging
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import Settings
from time_machine import travel

from cases.evidence import evidence_files
from cases.models import (
    AmlSession,
    CaseReport,
    ReportState,
    SessionState,
    Verb,
    reasons,
)
from cases.presentation.paper import pdf_process
from cases.presentation.paper.pdf_process import NotPrinted, TooLarge
from cases.presentation.timeline import entry_of
from cases.workflows import heartbeat
from cases.workflows.background import reports
from tests import factories
from tests.workflows.report_making import ReportMaking, events, make, order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press"), pytest.mark.one_database]


@pytest.fixture
def session() -> AmlSession:
    return factories.session(state=SessionState.COMPLETE, checked=False)


def raising(problem: Exception) -> Callable[[object], None]:
    def before(_beat: object) -> None:
        raise problem

    return before


def test_what_is_too_large_is_tried_with_fewer_rows_and_then_given_up(
    session: AmlSession, press: ReportMaking
) -> None:
    press.before = raising(TooLarge("MemoryError"))
    report = make(order(session))
    assert [f'data-most-rows="{rows}"' in html for rows, html in zip(reports.ROWS, press.given, strict=True)]
    assert (report.state, report.reason) == (ReportState.FAILED, reasons.REPORT_TOO_LARGE)


@pytest.mark.parametrize(
    ("problem", "rows"),
    [("MemoryError", [500, 100]), ("SIGKILL", [500, 500])],
)
def test_what_is_too_large_is_made_with_fewer_rows_and_says_so_and_what_was_killed_is_made_whole(
    problem: str, rows: list[int], session: AmlSession, press: ReportMaking
) -> None:
    def before(_beat: object) -> None:
        if len(press.given) == 1:
            raise TooLarge(problem)

    press.before = before
    assert make(order(session)).state == ReportState.MADE
    assert [f'data-most-rows="{row}"' in html for row, html in zip(rows, press.given, strict=True)] == [
        True
    ] * 2
    assert ("only the first 100 rows are printed" in press.given[-1]) == (problem == "MemoryError")


def test_what_is_killed_again_and_again_is_taken_for_too_large(
    session: AmlSession, press: ReportMaking
) -> None:
    press.before = raising(TooLarge("SIGKILL"))
    assert make(order(session)).reason == reasons.REPORT_TOO_LARGE
    assert len(press.given) == len(reports.ROWS) + 1


def test_all_tries_together_end_well_inside_the_time_of_a_job(
    session: AmlSession, press: ReportMaking, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    now = [0.0]
    monkeypatch.setattr(reports, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def before(_beat: object) -> None:
        now[0] += press.most_seconds[-1]
        raise TooLarge("Timeout")

    press.before = before
    report = make(order(session))
    assert press.most_seconds == [pdf_process.MOST_SECONDS, reports.MOST_SECONDS - pdf_process.MOST_SECONDS]
    assert now[0] == reports.MOST_SECONDS < 0.6 * settings.Q_CLUSTER["timeout"]
    assert (report.state, report.reason) == (ReportState.FAILED, reasons.REPORT_TOO_LARGE)


@pytest.mark.parametrize("problem", [NotPrinted("KeyError"), RuntimeError("about Kari Nordmann")])
def test_a_failure_is_a_state_with_a_reason_and_is_told(
    problem: Exception, session: AmlSession, press: ReportMaking, caplog: pytest.LogCaptureFixture
) -> None:
    press.before = raising(problem)
    report = make(order(session))
    assert (report.state, report.reason) == (ReportState.FAILED, reasons.REPORT_NOT_MADE)
    assert entry_of(events(session.case, Verb.REPORT_FAILED)[0]).facts == (
        reasons.sentence(reasons.REPORT_NOT_MADE),
    )
    assert "Kari Nordmann" not in caplog.text
    assert not reports.is_due()


def test_what_breaks_off_three_times_is_given_up(session: AmlSession, press: ReportMaking) -> None:
    class Killed(BaseException):
        pass

    press.before = raising(Killed())  # type: ignore[arg-type]
    report, now = order(session), timezone.now()
    for number in range(reports.MOST_CLAIMS):
        with travel(now + datetime.timedelta(minutes=2 * number)), pytest.raises(Killed):
            reports.make_next(heartbeat.Beats())
    with travel(now + datetime.timedelta(minutes=10)):
        make(report)
    assert (report.state, report.reason) == (ReportState.FAILED, reasons.REPORT_BROKE_OFF)
    assert len(press.given) == reports.MOST_CLAIMS


def test_what_somebody_else_makes_meanwhile_is_not_made_twice(
    session: AmlSession, press: ReportMaking
) -> None:
    report = order(session)
    press.before = lambda _beat: CaseReport.objects.filter(pk=report.pk).update(lease="another")
    assert make(report).state == ReportState.ORDERED
    assert events(session.case, Verb.REPORT_MADE) == []


def test_whoever_has_lost_the_lease_stops_at_the_next_beat(session: AmlSession, press: ReportMaking) -> None:
    report = order(session)

    def before(beat: Callable[[], None]) -> None:
        CaseReport.objects.filter(pk=report.pk).update(lease="another")
        with travel(timezone.now() + 2 * reports.RENEWED_EVERY):
            beat()
        raise AssertionError

    press.before = before
    assert make(report).state == ReportState.ORDERED


class CountingBeats(heartbeat.Beats):
    count = 0

    def beat(self) -> None:
        self.count += 1


def test_the_lease_is_held_and_signs_of_life_are_given_as_long_as_it_takes(
    session: AmlSession, press: ReportMaking
) -> None:
    report, ends, beats = order(session), [], CountingBeats()

    def before(beat: Callable[[], None]) -> None:
        now = timezone.now()
        for seconds in (0, 60, 120):
            with travel(now + datetime.timedelta(seconds=seconds)):
                beat()
                report.refresh_from_db()
                ends.append(report.lease_until)

    press.before = before
    assert reports.make_next(beats)
    assert ends == sorted(set(ends))
    assert beats.count > len(ends)


def test_a_lease_from_before_the_clock_was_put_back_counts_for_nothing(
    session: AmlSession, press: ReportMaking
) -> None:
    report = order(session)
    far = timezone.now() + datetime.timedelta(days=300)
    CaseReport.objects.filter(pk=report.pk).update(lease="lost", lease_until=far)
    assert make(report).state == ReportState.MADE


def test_a_report_in_other_hands_is_left_alone(session: AmlSession, press: ReportMaking) -> None:
    soon = timezone.now() + datetime.timedelta(seconds=30)
    CaseReport.objects.filter(pk=order(session).pk).update(lease="theirs", lease_until=soon)
    assert not reports.make_next(heartbeat.Beats())
    assert not reports.is_due()


def states_of_tries(report: CaseReport, tries: int = reports.MOST_CLAIMS) -> list[str]:
    """What the report is after each try, each when the lease of the one before has run out."""
    now, states = timezone.now(), []
    for number in range(tries):
        with travel(now + datetime.timedelta(minutes=2 * number)):
            states.append(make(report).state)
    return states


GIVEN_UP = [ReportState.ORDERED, ReportState.ORDERED, ReportState.FAILED]


def test_a_store_that_is_away_for_a_moment_makes_no_report_that_says_so(
    session: AmlSession, press: ReportMaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_words: object) -> bytes:
        raise evidence_files.NotAsCaptured("unreachable")

    report = order(session)
    with monkeypatch.context() as patched:
        patched.setattr(evidence_files, "read_as_captured", away)
        assert make(report).state == ReportState.ORDERED
    assert press.given == []
    with travel(timezone.now() + datetime.timedelta(minutes=2)):
        assert make(report).state == ReportState.MADE
    assert "cannot be read at the moment" not in press.given[0]


def test_a_store_that_stays_away_is_said_in_the_end(
    session: AmlSession, press: ReportMaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_words: object) -> bytes:
        raise evidence_files.NotAsCaptured("unreachable")

    monkeypatch.setattr(evidence_files, "read_as_captured", away)
    report = order(session)
    assert states_of_tries(report) == GIVEN_UP
    assert report.reason == reasons.STORAGE_AWAY


def test_a_captured_file_that_is_gone_is_a_fact_and_is_printed(
    session: AmlSession, press: ReportMaking
) -> None:
    file = Path(default_storage.path(session.artefacts.get(kind="json").file))
    file.unlink()
    assert make(order(session)).state == ReportState.MADE
    assert "The stored file is gone" in press.given[0]


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, reasons.STORAGE_FULL), (errno.EAGAIN, reasons.REPORT_NOT_MADE)],
)
def test_what_our_machine_lacks_for_a_moment_is_tried_again_and_then_said(
    number: int, reason: str, session: AmlSession, press: ReportMaking
) -> None:
    press.before = raising(OSError(number, "of ours"))
    report = order(session)
    assert states_of_tries(report) == GIVEN_UP
    assert report.reason == reason


def test_whoever_has_lost_the_lease_does_not_give_up_for_another(
    session: AmlSession, press: ReportMaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = order(session)
    CaseReport.objects.filter(pk=report.pk).update(claims=reports.MOST_CLAIMS - 1)

    def full(*_words: object) -> str:
        CaseReport.objects.filter(pk=report.pk).update(lease="another")
        raise evidence_files.StorageTrouble(reasons.STORAGE_FULL)

    monkeypatch.setattr(evidence_files, "keep_file", full)
    assert make(report).state == ReportState.ORDERED


def test_a_store_that_is_full_is_tried_again_and_then_said(
    session: AmlSession,
    press: ReportMaking,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*_words: object) -> str:
        raise evidence_files.StorageTrouble(reasons.STORAGE_FULL)

    caplog.set_level(logging.WARNING)
    monkeypatch.setattr(evidence_files, "keep_file", full)
    report = order(session)
    assert states_of_tries(report) == GIVEN_UP
    assert report.reason == reasons.STORAGE_FULL
