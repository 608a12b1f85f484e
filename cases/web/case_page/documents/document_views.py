"""The captured files: shown inside the page, or saved. Their bytes are checked against their hash every time."""

import logging
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.models import Artefact, ArtefactKind, Verdict
from cases.models.people.permissions import Perm
from cases.presentation.paging import Paging
from cases.web.access import SignedInRequest, case_for
from cases.web.case_page import live as lives
from cases.web.case_page.documents import document_files
from cases.web.case_page.render import page_for, show
from cases.web.case_page.tab_names import Tab
from cases.web.hand_out import StoredFile, hand_out
from cases.workflows.background import signature_checks
from cases.workflows.casework import cases as workflow

log = logging.getLogger(__name__)

LEVELS = {
    Verdict.VERIFIED: messages.success,
    Verdict.ALTERED: messages.error,
    Verdict.NOT_A_PDF: messages.error,
}


@require_GET
@never_cache
def document(request: SignedInRequest, reference: str, number: int, kind: str) -> HttpResponse:
    """One PDF inside the case's page. Its opening is recorded when its bytes are handed out."""
    page = page_for(request, reference, Tab.DOCUMENTS)
    artefact = _captured(request, reference, number, kind)
    viewable = document_files.is_viewable(artefact)
    more = {"artefact": artefact, "viewable": viewable, "tab_template": "case_page/documents/_document.html"}
    return show(request, page, live=lives.now(page, artefact), tab_context=more)


@require_GET
@never_cache
def shown(request: SignedInRequest, reference: str, number: int, kind: str) -> HttpResponseBase:
    """The bytes of a PDF, for the browser's viewer."""
    artefact = _captured(request, reference, number, kind)
    if not document_files.is_viewable(artefact):
        raise Http404(_("This result cannot be shown inside the page."))
    return _hand_out(request, artefact, reference, save=False)


@require_GET
@never_cache
def saved(request: SignedInRequest, reference: str, number: int, kind: str) -> HttpResponseBase:
    """The bytes of any captured result, to be saved."""
    return _hand_out(request, _captured(request, reference, number, kind), reference, save=True)


@require_POST
@never_cache
@permission_required(Perm.REPORT_CASE, raise_exception=True)
def check(request: SignedInRequest, reference: str, number: int, kind: str) -> HttpResponse:
    """Check the signatures of a PDF now, and keep the verdict beside those before."""
    artefact = _captured(request, reference, number, kind)
    if artefact.kind == ArtefactKind.JSON:
        raise Http404(_("Only documents are signed."))
    try:
        new_check = signature_checks.check_again(artefact, request.user)
    except signature_checks.Busy:
        messages.warning(request, _("Other signatures are being checked just now. Try again in a moment."))
    except signature_checks.BrokeOff as problem:
        log.warning("signature of %s, result %s: %s", reference, artefact.pk, problem)
        messages.warning(
            request,
            _(
                "It could not be read to the end: this took too long, or broke off. Nothing new is known of it. Try "
                "again in a while."
            ),
        )
    except signature_checks.CannotCheck as problem:
        log.error("signature of %s, result %s: %s", reference, artefact.pk, problem)
        messages.warning(
            request,
            _(
                "It could not be checked: the store for files, or this machine, has trouble. Try again in a while."
            ),
        )
    else:
        words = {"document": artefact.get_kind_display(), "verdict": new_check.get_verdict_display()}
        add_message = LEVELS.get(Verdict(new_check.verdict), messages.warning)
        add_message(request, _("%(document)s was checked: %(verdict)s.") % words)
    if request.POST.get("from") == lives.DOCUMENT:
        return redirect("document", reference, number, kind)
    return redirect(_place_in_list(artefact, reference))


def _captured(request: SignedInRequest, reference: str, number: int, kind: str) -> Artefact:
    case = case_for(request, reference)
    found = Artefact.objects.captured().filter(session__case=case, session__number=number, kind=kind)
    artefact = found.select_related("session__case__organisation").first()
    if artefact is None:
        raise Http404(_("The case has no such document."))
    return artefact


def _place_in_list(artefact: Artefact, reference: str) -> str:
    """The address of a result in the list of documents, which shows some captures at a time, the newest first."""
    session = artefact.session
    newer = session.case.sessions.filter(number__gt=session.number).count()
    listed = Paging({}).address_of(
        newer, "captures", f"document-{session.number}-{artefact.kind}", document_files.CAPTURES
    )
    return f"{reverse('case_tab', args=[reference, Tab.DOCUMENTS])}{listed}"


def _hand_out(
    request: SignedInRequest, artefact: Artefact, reference: str, *, save: bool
) -> HttpResponseBase:
    file = StoredFile(
        name=artefact.file,
        sha256=artefact.sha256,
        log_name=f"evidence of {reference}, result {artefact.pk}",
        file_name=document_files.file_name(artefact, reference),
        media_type=document_files.media_type(artefact),
        record_opening=partial(workflow.document_opened, artefact, request.user),
        altered_page="case_page/documents/file_altered.html",
        words={"case": artefact.session.case, "artefact": artefact},
    )
    return hand_out(request, file, save=save)
