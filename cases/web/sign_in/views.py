"""Signing in, with what was typed before, and what happens to forms whose sign-in is over."""

from typing import Any

from axes.helpers import get_cool_off
from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import csrf
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.decorators.http import require_POST

from cases.web.readable import of_bounded_size
from cases.web.sign_in import request_origin, sign_in_answers, sign_in_end, typed
from cases.web.sign_in.forms import NewPasswordForm, SignInForm
from cases.web.sign_in.typed import Typed
from cases.workflows.people import people

LONGEST_PATH = 500  # characters of an address of ours
# Of a form that a stranger sends there is room for what was typed, sealed, at its longest.
of_a_stranger = of_bounded_size(2**20)


@method_decorator(
    [of_a_stranger, xframe_options_deny, csp_replace({"frame-ancestors": [NONE]})], name="dispatch"
)
class SignIn(LoginView):
    """The sign-in page; what was typed before comes back with who typed it, and with nobody else."""

    authentication_form = SignInForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        sealed = self.request.POST.get(typed.PARAMETER, "") or sign_in_answers.carried(self.request)
        return {**super().get_context_data(**more), "typed": sealed}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the sign-in page; who goes back to it after signing in is led on."""
        if request.user.is_authenticated and typed.PARAMETER in request.GET:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        people.signed_in(form.get_user())
        answer = super().form_valid(form)
        answer.delete_cookie(sign_in_answers.CARRIED, path=resolve_url("login"))
        sign_in_end.begin(self.request.session)
        filled_in = typed.unseal(self.request.POST)
        if filled_in is None or not isinstance(answer, HttpResponseRedirect):
            return answer
        if filled_in.whose not in {"", str(form.get_user().pk)}:
            messages.warning(
                self.request, _("What somebody else had typed before was not sent, and is gone.")
            )
            return answer
        answer.headers["Location"] = _back(self.request, answer.url, filled_in).url
        return answer


class PasswordChange(PasswordChangeView):
    """Take a new password from who knows the old one."""

    form_class = NewPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_success_url(self) -> str:
        """Lead back to what was typed before, where that had to wait for the password."""
        page = self.request.GET.get("next", "")
        if not request_origin.is_ours(self.request, page):
            return super().get_success_url()
        messages.success(self.request, _("Your password is changed. What you had typed is here again."))
        return page


def locked_out(
    request: HttpRequest, _answer: HttpResponse | None = None, _credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer one wrong password too many, without saying whether the name exists or which limit it was."""
    context = {} if request.user.is_authenticated else sign_in_answers.sign_in_context(request)
    answer = render(request, "registration/locked.html", context, status=429)
    answer.headers["Retry-After"] = str(int(get_cool_off(request).total_seconds()))
    return answer


@login_not_required
@require_POST
@of_a_stranger
def taken_along(request: HttpRequest) -> HttpResponse:
    """A form as far as it is filled in, taken along by the page when it learns that nobody is signed in any more."""
    page, filled_in = request_origin.page_of(request), _unfinished(request)
    if filled_in is None:
        return redirect(page)
    if request.user.is_authenticated:
        return _back(request, page, filled_in)
    return sign_in_answers.sign_in_page(request, page, filled_in)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without this sign-in's CSRF token. What was typed comes back, if it was sent from our page."""
    answer = _sign_in_page_again if request_origin.name_of(request) == "login" else _sent_too_late
    return answer(request) or csrf.csrf_failure(request, reason)


def _sign_in_page_again(request: HttpRequest) -> HttpResponse | None:
    """Answer a sign-in page older than a sign-in in another window: go on with what it carries, if it is ours."""
    filled_in, page = typed.unseal(request.POST), request.POST.get("next", "")
    if filled_in is None or not request_origin.is_ours(request, request.headers.get("Referer", "")):
        return None
    page = page if request_origin.is_ours(request, page) else "/"
    if request.user.is_authenticated:
        return _back(request, page, filled_in)
    return sign_in_answers.sign_in_page(request, page, filled_in)


def _sent_too_late(request: HttpRequest) -> HttpResponse | None:
    page = request_origin.came_from(request)
    taken = request_origin.name_of(request) == "taken_along"
    if not page or not (taken or _needs_sign_in(request)):
        return None
    if not request.user.is_authenticated and not taken:
        return sign_in_answers.lead_to_sign_in(request)
    if request_origin.is_of_a_part(request):
        return sign_in_answers.go(page)
    filled_in = _unfinished(request) if taken else request_origin.typed_of(request)
    if filled_in is None:
        return None
    if request.user.is_authenticated:
        return _back(request, page, filled_in)
    return sign_in_answers.sign_in_page(request, page, filled_in)


def _needs_sign_in(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and getattr(match.func, "login_required", True)


def _unfinished(request: HttpRequest) -> Typed | None:
    """The unfinished form that a page took along, by the address it goes to; None if it cannot come back."""
    try:
        name = resolve(request.POST.get("kept_for", "")[:LONGEST_PATH]).url_name or ""
    except Resolver404:
        return None
    return typed.read(name, request.POST, was_sent=False) if request_origin.came_from(request) else None


def _back(request: HttpRequest, page: str, filled_in: Typed) -> HttpResponseRedirect:
    """Lead to the page with what was typed in its form; without, if another person typed it."""
    if filled_in.whose not in {"", str(request.user.pk)}:
        return redirect(page)
    if getattr(request.user, "must_change_password", False):
        words = _(
            "You had been signed out, and nothing was changed. What you had typed comes back after this."
        )
    else:
        words = _("You had been signed out, and nothing was changed. What you had typed is here again.")
    messages.warning(request, words)
    if filled_in.form == typed.SEARCH:
        page = reverse(typed.SEARCH)
    return redirect(typed.address_with(page, typed.remember(request.session, filled_in)))
