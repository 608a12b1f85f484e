"""Reports: a person orders one, the queue makes it. Whoever dies on the way, one press makes one report."""

import datetime
import logging
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Max
from django.utils import timezone

from amlportal import storage
from cases.evidence import evidence_files
from cases.models import (
    AmlSession,
    Case,
    CaseReport,
    ReportKind,
    ReportState,
    User,
    Verb,
    reasons,
)
from cases.models.audit.subject import EventSubject
from cases.presentation.paper import case_report, pdf_process
from cases.presentation.paper.pdf_process import NotPrinted, Printed, TooLarge
from cases.queue import wake_background_jobs
from cases.workflows import heartbeat, idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.background.report_content import gather
from cases.workflows.locks import leases
from cases.workflows.locks.leases import Lease, LeaseLost
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)

MOST_CLAIMS = 3
# Rows of a list on paper; if that is too much for memory or time, the next is tried.
ROWS = (case_report.MOST_ROWS, 100, 20)
# All tries together, so that the job ends well inside the queue's time-out.
MOST_SECONDS = 300.0
RENEWED_EVERY = datetime.timedelta(seconds=5)


# --- Asking --------------------------------------------------------------------------------------------------


def order(
    case: Case, session: AmlSession | None, actor: User, submission: uuid.UUID, kind: str = ReportKind.FULL
) -> tuple[CaseReport, bool]:
    """Order a report of the case, as this capture tells of it; give it, and whether it is a new one.

    The same submission gives the same report, and so does whoever asks while one of its kind is being made of the same
    capture.
    """
    what = f"report {kind} of {session.pk if session else 'no session'}"
    own = idempotency.own(submission, case, actor, what)

    def ordered_before() -> tuple[CaseReport, bool] | None:
        report = case.reports.filter(submission=own).first()
        return (report, False) if report else None

    return idempotency.once(ordered_before, lambda: _order(case, session, actor, own, kind))


@transaction.atomic
def _order(
    case: Case, session: AmlSession | None, actor: User, submission: uuid.UUID, kind: str
) -> tuple[CaseReport, bool]:
    locked = Case.objects.select_for_update().get(pk=case.pk)
    being_made = locked.reports.unfinished().filter(session=session, kind=kind).first()
    if being_made:
        return being_made, False
    last = locked.reports.aggregate(last=Max("number"))["last"] or 0
    report = CaseReport.objects.create(
        case=locked,
        number=last + 1,
        kind=kind,
        session=session,
        ordered_by=actor,
        ordered_at=timezone.now(),
        submission=submission,
    )
    _record_event(report, Verb.REPORT_ORDERED, actor=actor, detail=recorded_columns.of_report_ordered(report))
    wake_background_jobs()
    return report, True


@transaction.atomic
def opened(report: CaseReport, actor: User) -> None:
    """Record that a person opened a report."""
    _record_event(report, Verb.DOCUMENT_VIEWED, actor=actor, state=False)


# --- Making --------------------------------------------------------------------------------------------------


def is_due() -> bool:
    """Does any report wait to be made that nobody works on?"""
    return CaseReport.objects.due(timezone.now()).exists()


def make_next(beats: heartbeat.Beats) -> bool:
    """Make the report that waits longest; False if there was none, or somebody else makes it."""
    pk = CaseReport.objects.due(timezone.now()).values_list("pk", flat=True).first()
    lease = None if pk is None else leases.claim(CaseReport, pk, settings.LEASE_SECONDS)
    if lease is None:
        return False
    try:
        _make_or_leave(CaseReport.objects.select_related("case").get(pk=lease.pk), lease, beats)
    except LeaseLost:
        log.info("report %s is made by somebody else", lease.pk)
    return True


def _make_or_leave(report: CaseReport, lease: Lease, beats: heartbeat.Beats) -> None:
    """Make a report; in the portal's own trouble leave it until its lease runs out, for another claim."""
    try:
        _make(report, lease, beats)
    except evidence_files.StorageTrouble as trouble:
        log.warning("report %s cannot be made for now: %s", report.pk, trouble.reason)
        if report.claims >= MOST_CLAIMS:
            _fail(lease, trouble.reason)


def _make(report: CaseReport, lease: Lease, beats: heartbeat.Beats) -> None:
    if report.claims > MOST_CLAIMS:
        _fail(lease, reasons.REPORT_BROKE_OFF)
        return
    beat, ends = _beat(lease, beats), time.monotonic() + MOST_SECONDS
    try:
        content = gather(report)
        tries, was_killed = deque(ROWS), False
        while tries:
            rows = tries.popleft()
            beat()
            html = case_report.html(content, rows)
            left = ends - time.monotonic()
            if left <= 0:
                log.warning("report %s took all its time", report.pk)
                break
            try:
                most = min(left, pdf_process.MOST_SECONDS)
                with pdf_process.printed(
                    html, evidence_files.incoming_folder(), beat, most_seconds=most
                ) as pdf:
                    _keep(lease, pdf)
                return
            except TooLarge as problem:
                log.warning("report %s with %d rows of a list: %s", report.pk, rows, problem)
                if problem.is_killed and not was_killed:  # by somebody, perhaps, and not for its size
                    was_killed = True
                    tries.appendleft(rows)
        _fail(lease, reasons.REPORT_TOO_LARGE)
    except (LeaseLost, evidence_files.StorageTrouble, DatabaseError, InterfaceError):
        raise
    except OSError as problem:  # of our own disk, or for want of processes or memory: it may pass
        log.warning("report %s: %s", report.pk, described(problem))
        full = storage.is_full(problem)
        raise evidence_files.StorageTrouble(
            reasons.STORAGE_FULL if full else reasons.REPORT_NOT_MADE
        ) from problem
    except NotPrinted as problem:
        log.error("report %s: the program that makes the PDF met %s", report.pk, problem)
        _fail(lease, reasons.REPORT_NOT_MADE)
    except Exception as problem:
        log.error("report %s: %s", report.pk, described(problem))
        _fail(lease, reasons.REPORT_NOT_MADE)


def _beat(lease: Lease, beats: heartbeat.Beats) -> Callable[[], None]:
    """What is called all the while a report is made: it gives a sign of life, and renews the lease."""
    due = timezone.now()

    def beat() -> None:
        nonlocal due
        beats.beat()
        now = timezone.now()
        if now >= due or due - now > RENEWED_EVERY:
            due = now + RENEWED_EVERY
            lease.renew(settings.LEASE_SECONDS)

    return beat


# --- Recording -----------------------------------------------------------------------------------------------


def name_for(sha256: str, copy: int = 1) -> str:
    further = "" if copy == 1 else f"-{copy}"
    return f"reports/{sha256[:2]}/{sha256}{further}.pdf"


def _keep(lease: Lease, pdf: Printed) -> None:
    """Keep the PDF, bytes first: only what is stored and read back gets its row and its event.

    The event rests on the report's own hash, as that of a capture does on the capture's: whoever is handed the file
    can show that it is the one. The hash of the result it was made of stands on its first page.
    """
    file = evidence_files.keep_file(pdf.path, pdf.sha256, lambda copy: name_for(pdf.sha256, copy))
    with _locked_report(lease) as row:
        row.mark_made(timezone.now(), file=file, sha256=pdf.sha256, size=pdf.size, pages=pdf.pages)
        row.save()
        detail: trail.Detail = {"pages": pdf.pages, "size": pdf.size, **recorded_columns.of_report_made(row)}
        _record_event(row, Verb.REPORT_MADE, was=ReportState.ORDERED, detail=detail)


def _fail(lease: Lease, reason: str) -> None:
    with _locked_report(lease) as row:
        row.mark_failed(reason)
        row.save()
        _record_event(row, Verb.REPORT_FAILED, was=ReportState.ORDERED, detail={"reason": reason})


@contextmanager
def _locked_report(lease: Lease) -> Iterator[CaseReport]:
    """One transaction with the case's row and the report's locked and fenced; the lease ends. Raises LeaseLost."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(reports=lease.pk)
        row = CaseReport.objects.select_for_update().get(pk=lease.pk)
        lease.require(row)
        row.case = case
        row.let_go()
        yield row


def _record_event(
    report: CaseReport,
    verb: Verb,
    *,
    actor: User | None = None,
    was: str = "",
    state: bool = True,
    detail: trail.Detail | None = None,
) -> None:
    trail.record(
        report.case,
        verb,
        actor=actor,
        subject=EventSubject.report(report.number),
        was=was,
        now=report.state if state else "",
        rests_on=report.sha256,
        detail=detail,
    )
