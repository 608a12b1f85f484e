"""Everything that goes into the report of a case, gathered as it stands."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from cases.evidence import evidence_files
from cases.models import AmlSession, AuditEvent, Case, CaseReport, Judgement, reasons
from cases.presentation import saved_check
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.charts import charts
from cases.presentation.charts.structure import PAPER
from cases.presentation.paper.case_report import ReportContent
from cases.presentation.paper.printed_hits import Earlier
from cases.presentation.requirement_statuses import CaseRequirements
from cases.presentation.risk_in_force import CaseRisk
from cases.presentation.timeline import entry_of
from cases.workflows.casework import risk_in_force
from cases.workflows.casework.decisions import proposals
from cases.workflows.casework.owners import case_owners
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.policy import versions
from cases.workflows.results.read_capture import read_session

MOST_EVENTS = 2000  # on paper; the latest


def gather(report: CaseReport) -> ReportContent:
    """Everything that goes into a report, as it stands now; the capture is the one it was asked for.

    Raises StorageTrouble if the store is away: a report is for good, and that is not. A file that is gone or was
    altered is a fact, and is printed.
    """
    at = timezone.now()
    case = Case.objects.select_related("organisation", "assignee", "opened_by").get(pk=report.case_id)
    of_case = case.sessions.select_related("requested_by").prefetch_related(
        "artefacts__signature_checks__ordered_by"
    )
    sessions = list(of_case.order_by("-number"))
    session = next((other for other in sessions if other.pk == report.session_id), None)
    reading = read_session(session, sessions)
    if reading.out_of_reach:
        raise evidence_files.StorageTrouble(reasons.STORAGE_AWAY)
    today = timezone.localdate(at)
    risk = risk_in_force.case_risk(case, reading, today)
    owners = case_owners.of_reading(case, reading, today)
    decisions = proposals.of_case(case)
    decision = proposals.newest_of(case, decisions)
    events = AuditEvent.objects.of_case(case).newest_first()
    latest = list(events[:MOST_EVENTS])
    return ReportContent(
        report=report,
        case=case,
        at=at,
        result=reading.result,
        session=session,
        artefact=reading.artefact,
        spoiled=reading.spoiled,
        earlier=reading.earlier,
        judged=reading.judged,
        sessions=sessions,
        reports=list(case.reports.filter(number__lt=report.number).select_related("ordered_by")),
        events=[entry_of(event) for event in reversed(latest)],
        earlier_events=max(0, latest[-1].sequence - 1) if latest else 0,
        chart=charts.of_result(reading.result, PAPER) if reading.is_readable else None,
        saved_check=saved_check.last_saved(case, reading),
        risk=risk.present,
        risk_model=risk.version.title if risk.version else "",
        owners=owners,
        earlier_judgements=_earlier_judgements(case, reading),
        decision=decision,
        earlier_decisions=[row for row in decisions if row is not decision],
        requirements=_requirements(case, reading, sessions, risk, today),
    )


def _earlier_judgements(case: Case, reading: CaptureReading) -> Earlier:
    """Every judgement of the hits that are read but the newest of each, in as few statements however many there are."""
    newest = {held.judgement.pk: held.judgement for held in reading.judged.by_fingerprint.values()}
    if all(judgement.number == 1 for judgement in newest.values()):
        return {}
    rows = Judgement.objects.filter(hit__case=case).select_related("hit", "by", "second_by")
    rows = rows.prefetch_related("policy", "attachments").order_by("hit", "-number")
    found: dict[str, list[Judgement]] = {}
    for row in rows:
        if row.pk not in newest:
            found.setdefault(row.hit.fingerprint, []).append(row)
    return found


def _requirements(
    case: Case,
    reading: CaptureReading,
    sessions: Sequence[AmlSession],
    risk: CaseRisk,
    today: datetime.date,
) -> CaseRequirements | None:
    """How the requirements stand; None if no set is in force."""
    try:
        return requirement_status.of_reading(case, reading, sessions, today, risk=risk)
    except versions.NothingInForce:
        return None
