"""A report is asked for once and made once, whatever goes wrong on the way."""

import uuid
from pathlib import Path

import pytest

from amlportal.storage import WriteOnceFiles
from cases.evidence import evidence_files
from cases.models import (
    AmlSession,
    CaseReport,
    ReportState,
    SessionState,
    Verb,
    Verdict,
)
from cases.presentation.timeline import entry_of
from cases.queue import Job, waiting
from cases.workflows.audit import trail
from cases.workflows.background import jobs, report_content, reports
from tests import chains, factories
from tests.workflows.report_making import ReportMaking, events, make, order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]


@pytest.fixture
def session() -> AmlSession:
    return factories.session(state=SessionState.COMPLETE, checked=False)


# --- Asking --------------------------------------------------------------------------------------------------


def test_reports_are_numbered_within_their_case(session: AmlSession) -> None:
    again = factories.session(session.case, SessionState.COMPLETE)
    other = factories.session(state=SessionState.COMPLETE)
    assert [order(session_).number for session_ in (session, again, other)] == [1, 2, 1]


def test_one_press_makes_one_report_however_often_it_is_sent(session: AmlSession) -> None:
    submission = uuid.uuid4()
    ordered = [reports.order(session.case, session, factories.kari(), submission) for _ in range(3)]
    assert [is_new for _report, is_new in ordered] == [True, False, False]
    assert len({report.pk for report, _is_new in ordered}) == 1
    assert len(events(session.case, Verb.REPORT_ORDERED)) == 1


def test_while_a_report_is_being_made_no_second_of_the_same_capture_is_asked_for(
    session: AmlSession, press: ReportMaking
) -> None:
    first = order(session)
    second, is_new = reports.order(session.case, session, factories.ola(), uuid.uuid4())
    assert (second, is_new) == (first, False)
    assert len(events(session.case, Verb.REPORT_ORDERED)) == 1
    make(first)
    assert order(session).number == 2


def test_without_any_capture_one_report_is_made_at_a_time_too() -> None:
    case = factories.case()
    ordered = [reports.order(case, None, factories.kari(), uuid.uuid4()) for _ in range(2)]
    assert [is_new for _report, is_new in ordered] == [True, False]


def test_a_form_sent_in_another_case_or_by_somebody_else_is_another_request(
    session: AmlSession, press: ReportMaking
) -> None:
    other, submission = factories.session(state=SessionState.COMPLETE), uuid.uuid4()
    first = make(reports.order(session.case, session, factories.kari(), submission)[0])
    there, is_new = reports.order(other.case, other, factories.kari(), submission)
    assert (there.case, is_new) == (other.case, True)
    theirs, is_new = reports.order(session.case, session, factories.ola(), submission)
    assert (theirs.number, is_new) == (first.number + 1, True)


def test_a_form_sent_of_another_capture_is_another_request(session: AmlSession) -> None:
    newer, submission = factories.session(session.case, SessionState.COMPLETE), uuid.uuid4()
    ordered = [
        reports.order(session.case, session_, factories.kari(), submission)[0]
        for session_ in (newer, session)
    ]
    assert [report.session for report in ordered] == [newer, session]


def test_asking_is_told_and_wakes_the_queue(session: AmlSession) -> None:
    order(session)
    event = events(session.case, Verb.REPORT_ORDERED)[0]
    assert (event.actor, event.subject) == (factories.kari(), "report 1")
    assert waiting(Job.BACKGROUND, 9) == 1
    assert jobs.wake_due()


# --- Making --------------------------------------------------------------------------------------------------


def test_a_report_is_made_of_its_bytes_its_row_and_its_event(
    session: AmlSession, press: ReportMaking
) -> None:
    report = make(order(session))
    assert (report.state, report.pages, report.lease) == (ReportState.MADE, 7, "")
    assert report.file == f"reports/{report.sha256[:2]}/{report.sha256}.pdf"
    assert evidence_files.digest(report.file) == report.sha256
    assert len(evidence_files.read(report.file)) == report.size
    event = events(session.case, Verb.REPORT_MADE)[0]
    assert (event.actor, event.rests_on) == (None, report.sha256)
    assert entry_of(event).facts == ("7 pages", "73\xa0bytes")
    assert set(chains.breaks()) == {None}


def test_the_queue_makes_what_is_asked_for(press: ReportMaking) -> None:
    session = factories.session(state=SessionState.COMPLETE)
    ordered = [order(session), order(factories.session(session.case, SessionState.COMPLETE, checked=True))]
    factories.assessed()
    assert jobs.do_due() == 2
    assert not jobs.wake_due()
    assert set(
        CaseReport.objects.filter(pk__in=[report.pk for report in ordered]).values_list("state", flat=True)
    ) == {ReportState.MADE}


def test_a_report_tells_of_the_capture_that_was_read_when_it_was_asked_for(press: ReportMaking) -> None:
    first = factories.session(state=SessionState.COMPLETE, payload="no_full")
    factories.session(first.case, SessionState.COMPLETE, payload="no_clean")
    make(order(first))
    assert "FJELLHEIM ENERGI AS" in press.given[0]
    assert "from capture 1" in press.given[0]
    assert first.artefacts.get(kind="json").sha256 in press.given[0]


def test_a_report_holds_the_latest_look_at_each_signature(session: AmlSession, press: ReportMaking) -> None:
    aml = session.artefacts.get(kind="aml")
    factories.signature_check(aml, Verdict.CANNOT_TELL)
    factories.signature_check(aml, Verdict.VERIFIED)
    make(order(session))
    assert "Signature verified" in press.given[0]
    assert "Cannot tell" not in press.given[0]
    assert press.given[0].count("Not checked yet") == 1


def test_a_report_holds_the_whole_timeline_and_the_reports_before(
    session: AmlSession, press: ReportMaking
) -> None:
    before = make(order(session))
    make(order(session))
    assert "ordered a report" in press.given[1]
    assert "made a report" in press.given[1]
    assert "opened a new case" in press.given[1]
    assert before.sha256 in press.given[1]


def test_a_report_holds_what_people_wrote(session: AmlSession, press: ReportMaking) -> None:
    factories.note(session.case)
    make(order(session))
    assert "Called the chair." in press.given[0]


def test_a_timeline_too_long_for_paper_says_what_is_left_out(
    session: AmlSession, press: ReportMaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_content, "MOST_EVENTS", 2)
    for _ in range(5):
        trail.record(session.case, Verb.CASE_VIEWED, actor=factories.ola(), subject="case")
    ordered = order(session)
    earlier = session.case.audit_chain.events.count() - 2
    make(ordered)
    assert f"{earlier} earlier events are not on paper" in press.given[0]
    assert "opened a new case" not in press.given[0]


@pytest.mark.parametrize("state", SessionState.values)
def test_a_case_in_whatever_state_has_its_report(state: str, press: ReportMaking) -> None:
    assert make(order(factories.session(state=state))).state == ReportState.MADE


def test_a_case_without_a_capture_has_its_report(press: ReportMaking) -> None:
    report, _is_new = reports.order(factories.case(), None, factories.kari(), uuid.uuid4())
    assert make(report).state == ReportState.MADE
    assert "Nothing has been ordered from the provider" in press.given[0]


def test_a_result_that_was_altered_is_not_shown_in_a_report(session: AmlSession, press: ReportMaking) -> None:
    artefact = session.artefacts.get(kind="json")
    file = Path(WriteOnceFiles(location=reports.settings.FILES_DIR).path(artefact.file))
    file.chmod(0o600)
    file.write_bytes(b"{}")
    make(order(session))
    assert "its SHA-256 has changed" in press.given[0]
    assert "FJELLHEIM NETT" not in press.given[0]
