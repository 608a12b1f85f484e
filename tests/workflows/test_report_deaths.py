"""Whoever makes a report may die at any line: in the end there is one report, and it has its bytes."""

import sys
import uuid
from pathlib import Path

import pytest
from pytest_django import Settings

from cases.models import AmlSession, AuditEvent, Report, ReportState, SessionState, Verb
from cases.workflows import audit, evidence, pulse, reports
from tests import factories
from tests.workflows import press as presses
from tests.workflows.test_deaths import Death, Killed

pytestmark = pytest.mark.django_db(transaction=True)

# Walked with 1 as well; that takes a minute.
EVERY_LINE = int(__import__("os").environ.get("EL", "23"))


@pytest.fixture
def session(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AmlSession:
    settings.VAR_DIR, settings.LEASE_SECONDS = tmp_path, 0
    presses.installed(monkeypatch)
    return factories.session(state=SessionState.COMPLETE)


def made_after(death: Death, session: AmlSession) -> Report:
    """Let makers follow each other to the end, each in the place of the one that died before."""
    asked, _is_new = reports.ask(session.case, session, factories.kari(), uuid.uuid4())
    while (report := Report.objects.get(pk=asked.pk)).is_asked:
        try:
            sys.settrace(death.at_every_line)
            reports.make_next(pulse.Heart())
        except Killed:
            continue
        finally:
            sys.settrace(None)
    return report


def test_a_death_at_any_line_leaves_one_report_with_its_bytes(session: AmlSession) -> None:
    died = 0
    for count in range(1, 10_000, EVERY_LINE):
        death = Death([count])
        report = made_after(death, session)
        assert report.state == ReportState.MADE
        assert evidence.digest(report.file) == report.sha256
        told = AuditEvent.objects.of_case(session.case).filter(subject=f"report {report.number}")
        assert [event.verb for event in told.order_by("sequence")] == [Verb.REPORT_ASKED, Verb.REPORT_MADE]
        died += death.came
        if not death.came:
            break
    assert died > 100 / EVERY_LINE
    assert set(audit.breaks()) == {None}


def test_a_death_at_any_line_of_asking_leaves_one_report_or_none(session: AmlSession) -> None:
    for count in range(1, 10_000, EVERY_LINE):
        submission, death = uuid.uuid4(), Death([count])
        try:
            sys.settrace(death.at_every_line)
            reports.ask(session.case, session, factories.kari(), submission)
        except Killed:
            pass
        finally:
            sys.settrace(None)
        report, _is_new = reports.ask(session.case, session, factories.kari(), submission)
        told = AuditEvent.objects.of_case(session.case).filter(subject=f"report {report.number}")
        assert told.count() == 1
        if not death.came:
            break
    numbers = sorted(Report.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
