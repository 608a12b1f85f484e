"""The reports of a case: ordered, watched while they are made, shown inside the page, saved."""

import uuid
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.models import CaseReport, ReportKind
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, case_for, opened
from cases.web.case_page import page
from cases.web.case_page.render import page_for, show
from cases.web.case_page.tab_names import Tab
from cases.web.hand_out import PDF, StoredFile, hand_out
from cases.workflows.background import reports as workflow


@require_POST
@never_cache
@permission_required(Perm.REPORT_CASE, raise_exception=True)
def order_report(request: SignedInRequest, reference: str) -> HttpResponse:
    """Have a report made of the capture that was read; one press makes one, and of a capture one at a time."""
    case_page = page_for(request, reference, Tab.DOCUMENTS)
    kind = request.POST.get("kind", ReportKind.FULL)
    if kind not in ReportKind.values:
        messages.error(
            request, _("There is no such kind of report, and none is made. Choose one of those below.")
        )
        return redirect(f"{page.address(case_page.case, Tab.DOCUMENTS)}{case_page.query}#reports")
    report, is_new = workflow.order(
        case_page.case, case_page.read_session, request.user, _submission(request), kind
    )
    words = {"report": report.title}
    if is_new:
        messages.success(request, _("%(report)s is being made. It shows here when it is there.") % words)
    elif report.is_ordered:
        messages.info(
            request,
            _("%(report)s of the same capture is being made already. It shows here when it is there.")
            % words,
        )
    else:
        messages.info(request, _("%(report)s was ordered already; nothing more is made.") % words)
    return redirect(f"{page.address(case_page.case, Tab.DOCUMENTS)}{case_page.query}#report-{report.number}")


@require_GET
@never_cache
def reports_now(request: SignedInRequest, reference: str) -> HttpResponse:
    """The list of reports, if it is another than the page has; 204 if not."""
    case_page = page_for(request, reference, Tab.DOCUMENTS, is_poll=True)
    if request.GET.get("seen") == case_page.reports_mark:
        return HttpResponse(status=204)
    opened(request, case_page.case)
    return render(
        request, "case_page/documents/_report_list.html", {"page": case_page, "case": case_page.case}
    )


@require_GET
@never_cache
def report(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """One report inside the case's page. Its opening is recorded when its bytes are handed out."""
    case_page = page_for(request, reference, Tab.DOCUMENTS)
    found = _made(request, reference, number)
    return show(
        request, case_page, tab_context={"report": found, "tab_template": "case_page/documents/_report.html"}
    )


@require_GET
@never_cache
def shown(request: SignedInRequest, reference: str, number: int) -> HttpResponseBase:
    """The bytes of a report, for the browser's viewer."""
    return _hand_out(request, _made(request, reference, number), save=False)


@require_GET
@never_cache
def saved(request: SignedInRequest, reference: str, number: int) -> HttpResponseBase:
    """The bytes of a report, to be saved."""
    return _hand_out(request, _made(request, reference, number), save=True)


def _submission(request: SignedInRequest) -> uuid.UUID:
    """The submission of the form that was sent; a new one if the form names none."""
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid.uuid4()


def _made(request: SignedInRequest, reference: str, number: int) -> CaseReport:
    case = case_for(request, reference)
    found = CaseReport.objects.made().filter(case=case, number=number).select_related("ordered_by", "session")
    report = found.first()
    if report is None:
        raise Http404(_("The case has no such report."))
    report.case = case
    return report


def _hand_out(request: SignedInRequest, report: CaseReport, *, save: bool) -> HttpResponseBase:
    file = StoredFile(
        name=report.file,
        sha256=report.sha256,
        log_name=f"report {report.number} of {report.case.reference}",
        file_name=f"{report.case.reference}-report-{report.number}.pdf",
        media_type=PDF,
        record_opening=partial(workflow.opened, report, request.user),
        altered_page="case_page/documents/report_altered.html",
        words={"case": report.case, "report": report},
    )
    return hand_out(request, file, save=save)
