"""While somebody else knows a person's password, nothing can be done but to change it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from cases.web.sign_in import request_origin, sign_in_answers, typed

# What is open to who must change the password, beside what is open to everybody.
OPEN = {"password_change", "logout"}


class OwnPasswordFirst:
    """Middleware that lets who must change the password do that, or sign out, and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any
    ) -> HttpResponse | None:
        if not getattr(request.user, "must_change_password", False) or not getattr(
            view, "login_required", True
        ):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN:
            return None
        address = _address(request)
        return sign_in_answers.go(address) if request_origin.is_of_a_part(request) else redirect(address)


def _address(request: HttpRequest) -> str:
    """The address to change the password, which leads back to what was typed before, if the person went there."""
    address = reverse("password_change")
    if request.method != "GET" or typed.PARAMETER not in request.GET:
        return address
    return f"{address}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
