"""Judge a hit, confirm or send back how another person judged it. Each is a form that is sent whole."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import Judgement
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.render import page_for, show
from cases.web.case_page.screening.judge_form import JudgeForm
from cases.web.case_page.screening.judging_area import JudgingArea
from cases.web.case_page.tab_names import Tab
from cases.web.files_of_people import takes_a_file
from cases.workflows.casework.attachments import NotTaken
from cases.workflows.casework.judging import second
from cases.workflows.casework.judging.as_read import NotTheirs, Overtaken
from cases.workflows.casework.judging.judge import Refused, Seen
from cases.workflows.casework.judging.judge import judge as keep
from cases.workflows.policy.versions import NothingInForce

AND_NEXT = "next"


@takes_a_file
@permission_required(Perm.JUDGE_HIT, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@of_open_cases
def judge(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep a judgement and lead on; one that is refused is shown with what is wrong, and what was typed."""
    page = page_for(request, reference, Tab.SCREENING)
    if request.method != "POST":
        return redirect(address(page.case, Tab.SCREENING))
    form = JudgeForm(request.POST, request.FILES)
    wanted = request.POST.get("hit", "")
    if not form.is_valid():
        return _refused(request, page, JudgingArea(page, wanted, form=form))
    try:
        seen = Seen(form.cleaned_data["hit"], form.cleaned_data["newest"])
        submission = form.cleaned_data["submission"]
        keep(
            page.reading,
            seen,
            form.draft,
            request.user,
            submission,
            upload=form.upload,
            together=form.together,
        )
    except NotTaken as not_taken:
        form.add_error("attachment", str(not_taken.words))
        return _refused(request, page, JudgingArea(page, wanted, form=form))
    except Refused as refused:
        form.refuse(refused.objections)
        return _refused(request, page, JudgingArea(page, wanted, form=form))
    except Overtaken as overtaken:
        return _overtaken(request, page, form, overtaken.words)
    except (NotTheirs, NothingInForce):
        raise Http404(_("There is nothing to judge by.")) from None
    messages.success(request, _("The judgement is kept."))
    return redirect(_onwards(request, reference, wanted))


def _onwards(request: SignedInRequest, reference: str, wanted: str) -> str:
    """Where it goes on: at the next hit that is to be judged, or at this one."""
    area = JudgingArea(page_for(request, reference, Tab.SCREENING), wanted)
    following = area.next_open() if request.POST.get("then") == AND_NEXT else None
    return f"{following.address if following else area.address_of(wanted)}#name-of-hit"


def _refused(
    request: SignedInRequest, page: CasePage, area: JudgingArea, status: int = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:
    answer = show(request, page, tab_context={"area": area})
    answer.status_code = status
    return answer


def _overtaken(
    request: SignedInRequest, page: CasePage, form: JudgeForm, words: str | Promise
) -> HttpResponse:
    """Show the hit as it now is with what was typed, ready to be sent once more by whoever still means it."""
    page = page_for(request, page.case.reference, Tab.SCREENING)
    area = JudgingArea(page, form.cleaned_data["hit"], overtaken=words)
    if area.current is not None and area.current.hit.fingerprint == form.cleaned_data["hit"]:
        area.form = form.to_send_again(area.judgement.number if area.judgement else 0)
    return _refused(request, page, area, HTTPStatus.CONFLICT)


@permission_required(Perm.CONFIRM_HIT, raise_exception=True)
@require_POST
@never_cache
@of_open_cases
def confirm(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Confirm, or send back with words, what another person judged a hit to be. `number` is the judgement's key."""
    page = page_for(request, reference, Tab.SCREENING)
    judgement = Judgement.objects.filter(pk=number, hit__case=page.case).select_related("hit").first()
    if judgement is None:
        raise Http404(_("The case has no such judgement."))
    wanted, words = judgement.hit.fingerprint, request.POST.get("words", "").strip()
    sends_back = "send_back" in request.POST
    if sends_back and not words:
        area = JudgingArea(page, wanted, overtaken=_("Say in words what is to be done, then send it back."))
        return _refused(request, page, area)
    try:
        if sends_back:
            second.send_back(page.reading, judgement, request.user, words)
        else:
            second.confirm(page.reading, judgement, request.user)
    except (Overtaken, NotTheirs) as stands_in_the_way:
        area = JudgingArea(
            page_for(request, reference, Tab.SCREENING), wanted, overtaken=stands_in_the_way.words
        )
        area.words = words
        return _refused(request, area.page, area, HTTPStatus.CONFLICT)
    messages.success(request, _("It is sent back.") if sends_back else _("The judgement is confirmed."))
    area = JudgingArea(page_for(request, reference, Tab.SCREENING), wanted)
    following = area.next_to_confirm()
    return redirect(f"{following.address if following else area.address_of(wanted)}#name-of-hit")
