"""Reports and notes against their events."""

from cases.evidence.evidence_files import MOST_COPIES
from cases.models import Case, CaseReport, Note, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.recorded_columns import MADE, REPORT
from cases.workflows.background import reports
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import Trail

NOTED = (Verb.COMMENTED, Verb.SIGNERS_CHECKED)


def compare_reports(case: Case, trail: Trail, found: Findings) -> None:
    there = set()
    for report in case.reports.all():
        found.rows += 1
        there.add(str(EventSubject.report(report.number)))
        _compare_report(report, trail, found)
    for event in trail.with_verb(Verb.REPORT_ORDERED, Verb.REPORT_MADE, Verb.REPORT_FAILED):
        if event.subject not in there:
            found.differ(f"{event} tells of {event.subject}, and there is no such row")


def _compare_report(report: CaseReport, trail: Trail, found: Findings) -> None:
    its = EventSubject.report(report.number)
    what = f"{its} (row {report.pk})"
    ordered = trail.of(its, Verb.REPORT_ORDERED)
    if not ordered:
        found.differ(f"no event tells that {what} was ordered")
        return
    found.compare(what, "asked_by_id", report.ordered_by_id, ordered[0].actor, ordered[0])
    found.compare_row(what, "an order of a report", REPORT, report, ordered[0])
    if ordered[0].row is not None:
        session = report.session.number if report.session else None
        found.compare(what, "session", session, ordered[0].row.get("session"), ordered[0])
    ends = trail.of(its, Verb.REPORT_MADE, Verb.REPORT_FAILED)
    if not ends:
        if not report.is_ordered:
            found.differ(f"no event tells that {what} became {report.state}")
        return
    end = ends[-1]
    if report.is_made != (end.verb == Verb.REPORT_MADE) or report.is_ordered:
        found.differ(f"{what} is {report.state}, and {end} tells otherwise")
        return
    if not report.is_made:
        found.compare_detail(what, "a failed report", "reason", report.reason, end)
        return
    found.compare(what, "sha256", report.sha256, end.rests_on, end)
    names = {reports.name_for(report.sha256, copy) for copy in range(1, MOST_COPIES + 1)}
    if report.file not in names:
        found.differ(f"{what} names a file that is not called after its hash")
    found.compare_row(what, "a report", MADE, report, end)


def compare_notes(notes: list[Note], trail: Trail, found: Findings) -> None:
    """Compare notes: each comment and kept answer has the row that keeps it single, and each such row its event."""
    noted = {row.pk: row for row in trail.with_verb(*NOTED)}
    found.rows += len(notes)
    for note in notes:
        if noted.pop(note.event_id, None) is None:
            found.differ(f"the note in row {note.pk} points at an event that is none of a note")
    for event in noted.values():
        found.differ(f"{event} tells of a note, and there is no such row")
