"""A press that needs no second: it makes a small PDF of whatever it is given, or does what it is told."""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cases.models import AmlSession, AuditEvent, Case, CaseReport, Verb
from cases.presentation.paper import pdf_process
from cases.presentation.paper.pdf_process import Printed
from cases.workflows import heartbeat
from cases.workflows.background import reports
from tests import factories


class ReportMaking:
    """What it was given, and what to do before it prints."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.most_seconds: list[float] = []
        self.before: Callable[[Callable[[], None]], object] = lambda beat: beat()

    @contextmanager
    def printed(
        self, html: str, folder: Path, beat: Callable[[], None], *, most_seconds: float
    ) -> Iterator[Printed]:
        self.given.append(html)
        self.most_seconds.append(most_seconds)
        self.before(beat)
        data = b"%PDF-1.7\n" + hashlib.sha256(html.encode()).hexdigest().encode()
        path = folder / "report-small.pdf"
        path.write_bytes(data)
        try:
            yield Printed(path, 7, len(data), hashlib.sha256(data).hexdigest())
        finally:
            path.unlink()


def installed(monkeypatch: pytest.MonkeyPatch) -> ReportMaking:
    press = ReportMaking()
    monkeypatch.setattr(pdf_process, "printed", press.printed)
    return press


def order(session: AmlSession) -> CaseReport:
    return reports.order(session.case, session, factories.kari(), uuid.uuid4())[0]


def make(report: CaseReport) -> CaseReport:
    assert reports.make_next(heartbeat.Beats())
    report.refresh_from_db()
    return report


def events(case: Case, *verbs: Verb) -> list[AuditEvent]:
    return list(AuditEvent.objects.of_case(case).with_verbs(*verbs).newest_first())
