"""The files that people attached to a case, to be saved; none is shown inside a page."""

from functools import partial

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cases.models import Attachment
from cases.web.access import SignedInRequest, case_for
from cases.web.hand_out import StoredFile, hand_out
from cases.workflows.casework import attachments


@require_GET
@never_cache
def attachment(request: SignedInRequest, reference: str, number: int) -> HttpResponseBase:
    """Hand out an attached file, which is recorded."""
    case = case_for(request, reference)
    found = Attachment.objects.filter(case=case, number=number).first()
    if found is None:
        raise Http404(_("The case has no such attachment."))
    found.case = case
    file = StoredFile(
        name=found.file,
        sha256=found.sha256,
        log_name=f"attachment {found.number} of {case.reference}",
        file_name=found.name,
        media_type=found.media_type,
        record_opening=partial(attachments.opened, found, request.user),
        altered_page="case_page/documents/attachment_altered.html",
        words={"case": case, "attachment": found},
    )
    return hand_out(request, file, save=True)
