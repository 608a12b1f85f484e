"""Who has no session is led to sign in, and back to the page they were on, with what they had typed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from cases.web.sign_in import typed
from cases.web.sign_in.forms import SignInForm
from cases.web.sign_in.typed import Typed

SAFE_METHODS = {"GET", "HEAD"}
CARRIED = "typed"  # the cookie
MOST_CARRIED = 3500  # characters; a browser keeps 4096 of a cookie
CARRIED_FOR = 3600  # seconds
FRAMES = {"iframe", "frame", "embed", "object"}
# The names of addresses that a page asks by itself, again and again.
POLLS = {"case_live", "my_work_changes", "reports_now", "provider_figures"}
# The names of addresses that a page reads or a file is saved from: nobody is led back there.
NOT_PAGES = {*POLLS, "save_document", "save_report"}


class BackToThePage(LoginRequiredMiddleware):
    """Middleware that leads to sign in, and back to the page a person was on, not to a part or a form's address."""

    def handle_no_permission(  # type: ignore[override]  # Django itself would always redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        return lead_to_sign_in(request)


def lead_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Answer a request of somebody who is not signed in, by what would receive the answer: a window or part of one."""
    page = page_of(request)
    away = redirect_to_login(page)
    if is_of_a_part(request):
        return go(away.url)
    if request.headers.get("Sec-Fetch-Dest") in FRAMES:
        return render(request, "registration/signed_out_in_a_frame.html", {"address": away.url}, status=401)
    if request.method in SAFE_METHODS:
        if name_of(request) in NOT_PAGES:
            return away
        return redirect_to_login(request.get_full_path())
    filled_in = typed_of(request)
    if filled_in:
        return sign_in_page(request, page, filled_in)
    messages.warning(request, _("You had been signed out, and nothing was changed. Send it again."))
    return away


def sign_in_page(request: HttpRequest, page: str, filled_in: Typed) -> HttpResponse:
    """Lead to the sign-in page, which carries what was typed: nothing is kept for who has not signed in.

    On the way it is in a cookie that only that page is sent; what is too long for one is on the page that answers.
    """
    sealed, word = typed.seal(filled_in), typed.new_word()
    if len(sealed) > MOST_CARRIED:
        context = {"form": SignInForm(request), "next": page, "typed": sealed}
        return render(request, "registration/login.html", context, status=401)
    away = redirect(typed.address_with(redirect_to_login(page).url, word))
    away.set_cookie(
        CARRIED,
        f"{word}.{sealed}",
        max_age=CARRIED_FOR,
        path=resolve_url("login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return away


def sign_in_context(request: HttpRequest) -> dict[str, Any]:
    """The context of a page with a sign-in form after a failed try, with what was typed before, still sealed."""
    return {
        "form": SignInForm(request, initial={"username": request.POST.get("username", "")}),
        "next": request.POST.get("next", ""),
        "typed": request.POST.get(typed.PARAMETER, ""),
    }


def carried(request: HttpRequest) -> str:
    """The sealed form that the cookie carries for this address of the sign-in page; '' if there is none."""
    word, _dot, sealed = request.COOKIES.get(CARRIED, "").partition(".")
    return sealed if word and word == request.GET.get(typed.PARAMETER) else ""


def go(address: str) -> HttpResponse:
    """Have the whole window go somewhere, where only a part of a page was asked for."""
    return HttpResponse(status=401, headers={"HX-Redirect": address})


def is_of_a_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def name_of(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""


def came_from(request: HttpRequest) -> str:
    """The page of ours that a request came from, without its host; '' if it came from elsewhere."""
    shown = request.headers.get("HX-Current-URL", "") if is_of_a_part(request) else ""
    page = shown or request.headers.get("Referer", "")
    if not is_ours(request, page):
        return ""
    path = urlsplit(page)._replace(scheme="", netloc="").geturl()
    return "" if path.startswith(resolve_url("login")) else path


def is_ours(request: HttpRequest, page: str) -> bool:
    """Whether an address is one of the portal, as this browser reached it."""
    return url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())


def page_of(request: HttpRequest) -> str:
    """Where a person is led back to; My work if that is not known."""
    return came_from(request) or "/"


def typed_of(request: HttpRequest) -> Typed | None:
    """What was typed in the form that was sent, if it came from a page of ours and comes back there."""
    if not came_from(request):
        return None
    return typed.read(name_of(request), request.POST, was_sent=True)
