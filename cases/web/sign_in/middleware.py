"""Who has no session is led to sign in, and back to the page they were on, with what they had typed."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse

from cases.web.sign_in.sign_in_answers import lead_to_sign_in


class BackToThePage(LoginRequiredMiddleware):
    """Middleware that leads to sign in, and back to the page a person was on, not to a part or a form's address."""

    def handle_no_permission(  # type: ignore[override]  # Django itself would always redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        return lead_to_sign_in(request)
