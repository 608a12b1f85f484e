"""Whoever makes a report may die at any line: in the end there is one report, and it has its bytes."""

import sys
import uuid
from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connections
from pytest_django import Settings

from cases.evidence import evidence_files
from cases.models import AmlSession, AuditEvent, CaseReport, ReportState, SessionState, Verb
from cases.workflows import heartbeat
from cases.workflows.background import reports
from tests import chains, factories
from tests.workflows.capture.test_deaths import Death, Killed
from tests.workflows.report_making import ReportMaking

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning"),
]

# Walked with 1 as well; that takes four minutes.
EVERY_LINE = 23


@pytest.fixture(autouse=True)
def _in_haste(settings: Settings, press: ReportMaking) -> None:
    settings.LEASE_SECONDS = 0


def until_death(death: Death, work: Callable[[], object]) -> None:
    """Work in a thread with a connection of its own, which ends with it as that of a process does."""

    def live() -> None:
        try:
            sys.settrace(death.at_every_line)
            work()
        except Killed:
            pass
        finally:
            sys.settrace(None)
            connections.close_all()

    thread = Thread(target=live, daemon=True)
    thread.start()
    thread.join(timeout=60)
    assert not thread.is_alive(), "it waits for one that died"


def report_verbs(report: CaseReport) -> list[str]:
    events = AuditEvent.objects.of_case(report.case).filter(subject=f"report {report.number}")
    return list(events.order_by("sequence").values_list("verb", flat=True))


def made_after(death: Death, session: AmlSession) -> CaseReport:
    """Let makers follow each other to the end, each in the place of the one that died before."""
    ordered, _is_new = reports.order(session.case, session, factories.kari(), uuid.uuid4())
    while (report := CaseReport.objects.get(pk=ordered.pk)).is_ordered:
        until_death(death, lambda: reports.make_next(heartbeat.Beats()))
    return report


def test_a_death_at_any_line_leaves_one_report_with_its_bytes() -> None:
    died = 0
    for count in range(1, 10_000, EVERY_LINE):
        session, death = factories.session(state=SessionState.COMPLETE), Death([count])
        report = made_after(death, session)
        assert report.state == ReportState.MADE
        assert evidence_files.digest(report.file) == report.sha256
        assert report_verbs(report) == [Verb.REPORT_ORDERED, Verb.REPORT_MADE]
        died += death.came
        if not death.came:
            break
    assert died > 100 / EVERY_LINE
    assert set(chains.breaks()) == {None}


def test_a_death_at_any_line_of_asking_leaves_one_report_or_none() -> None:
    session = factories.session(state=SessionState.COMPLETE)
    for count in range(1, 10_000, EVERY_LINE):
        CaseReport.objects.filter(state=ReportState.ORDERED).update(
            state=ReportState.FAILED, reason="internal"
        )
        submission, death = uuid.uuid4(), Death([count])

        def order(submission: uuid.UUID = submission) -> CaseReport:
            return reports.order(session.case, session, factories.kari(), submission)[0]

        until_death(death, order)
        assert report_verbs(order()) == [Verb.REPORT_ORDERED]
        if not death.came:
            break
    numbers = sorted(CaseReport.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
