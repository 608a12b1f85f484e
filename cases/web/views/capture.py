"""What a person may do about captures. Each says first what it costs, and each is done by a POST."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import AmlSession, Case
from cases.web import typed, wishes
from cases.web.access import SignedInRequest, of_open_cases
from cases.web.languages import LanguageForm
from cases.web.page import CasePage
from cases.web.settling import CHOICES
from cases.web.tabs import Tab
from cases.web.views.case import page_for
from cases.web.wishes import Words
from cases.workflows import provider, sessions
from cases.workflows.closed import CaseIsClosed
from cases.workflows.sessions import NotPossible, Wish


@require_http_methods(["GET", "POST"])
@never_cache
@permission_required("cases.capture_case", raise_exception=True)
@of_open_cases
def ask(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say what a new capture costs; when that is confirmed, order it once, however often it is sent."""
    page = page_for(request, reference, Tab.OVERVIEW)
    newest = page.newest
    if page.case.is_closed:
        raise CaseIsClosed(reference)
    before = typed.recall(request, "ask_again")
    chosen = before.data.dict() if before else _last_language(newest)
    form = LanguageForm(request.POST if request.method == "POST" else None, initial=chosen)
    if not form.is_valid():
        wish = _wish_of(newest)
        context = _context(page, wish=wish, last=_words_of(wish), form=form, what=chosen.get("what"))
        return render(request, "cases/case_ask.html", context)
    if newest is not None and (not newest.is_ended or str(newest.number) != request.POST.get("after")):
        messages.info(request, _("A new capture was ordered already; nothing more was sent."))
    else:
        wish = (_wish_of(newest) if request.POST.get("what") == "same" else None) or Wish()
        sessions.request(page.case, replace(wish, language=form.cleaned_data["language"]), request.user)
        messages.success(request, _("A new capture is ordered. Its results show here as they come."))
    return _to_case(page.case)


@require_http_methods(["GET", "POST"])
@never_cache
@permission_required("cases.capture_case", raise_exception=True)
def settle(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the choices for a capture that does not go on by itself, with what each costs; do the one that is sent."""
    page = page_for(request, reference, Tab.OVERVIEW)
    newest = page.newest
    if newest is None:
        raise Http404(_("The case has no capture."))
    if request.method == "GET":
        if not newest.is_stuck:
            return _to_case(page.case)
        choices = [(word, choice) for word, choice in CHOICES.items() if choice.suits(newest)]
        return render(request, "cases/case_settle.html", _context(page, choices=choices))
    choice = CHOICES.get(request.POST.get("choice", ""))
    if choice is None or str(newest.number) != request.POST.get("capture"):
        messages.warning(request, _("The capture has changed meanwhile; nothing was done."))
        return _to_case(page.case)
    try:
        choice.do(newest.pk, request.user)
    except NotPossible:
        messages.warning(request, _("The capture has changed meanwhile; nothing was done."))
    else:
        messages.success(request, str(choice.done))
    return _to_case(page.case)


@require_POST
@never_cache
@permission_required("cases.capture_case", raise_exception=True)
def look_again(request: SignedInRequest, reference: str) -> HttpResponse:
    """Look once more for what never came of one capture; pressed again while that goes on, nothing happens."""
    page = page_for(request, reference, Tab.OVERVIEW)
    number = request.POST.get("capture", "")
    found = next((each for each in page.sessions if str(each.number) == number), None)
    try:
        if found is None:
            raise NotPossible(number)
        sessions.look_again(found.pk, request.user)
    except (NotPossible, CaseIsClosed):
        messages.info(request, _("There is nothing to look for just now; nothing was done."))
    else:
        messages.success(request, _("The provider is being asked again. Nothing is ordered by that."))
    query = f"?session={found.number}" if found is not None and found is not page.newest else ""
    return redirect(f"{reverse('case_tab', args=[page.case.reference, Tab.OVERVIEW])}{query}")


def _context(page: CasePage, **more: object) -> dict[str, object]:
    return {"page": page, "case": page.case, "nav": "cases", **more}


def _wish_of(session: AmlSession | None) -> Wish | None:
    """What was asked last, if that was less than everything."""
    if session is None:
        return None
    last = Wish(tuple(session.reports), tuple(session.expands), session.language)
    everything = Wish()
    same = set(last.reports) == set(everything.reports) and set(last.expands) == set(everything.expands)
    return None if same else last


def _last_language(session: AmlSession | None) -> dict[str, str]:
    return {"language": session.language} if session else {}


def _words_of(wish: Wish | None) -> list[Words]:
    """What was asked for, as a person ticked it."""
    if wish is None:
        return []
    ticks = {value: words for _title, ticks in wishes.groups(provider.contract()) for value, words in ticks}
    asked = [*(wishes.REPORT_PREFIX + report for report in wish.reports), *wish.expands]
    return [ticks.get(value, value) for value in asked]


def _to_case(case: Case) -> HttpResponseRedirect:
    return redirect("case_tab", case.reference, Tab.OVERVIEW)
