"""Answers that lead to the sign-in page, with what was typed, and those of that page itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from cases.web.sign_in import request_origin, typed
from cases.web.sign_in.forms import SignInForm
from cases.web.sign_in.typed import Typed

SAFE_METHODS = {"GET", "HEAD"}
CARRIED = "typed"  # the cookie
MOST_CARRIED = 3500  # characters; a browser keeps 4096 of a cookie
CARRIED_FOR = 3600  # seconds
FRAMES = {"iframe", "frame", "embed", "object"}


def lead_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Answer a request of somebody who is not signed in, by what would receive the answer: a window or part of one."""
    page = request_origin.page_of(request)
    away = redirect_to_login(page)
    if request_origin.is_of_a_part(request):
        return go(away.url)
    if request.headers.get("Sec-Fetch-Dest") in FRAMES:
        return render(request, "registration/signed_out_in_a_frame.html", {"address": away.url}, status=401)
    if request.method in SAFE_METHODS:
        if request_origin.name_of(request) in request_origin.NOT_PAGES:
            return away
        return redirect_to_login(request.get_full_path())
    filled_in = request_origin.typed_of(request)
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
