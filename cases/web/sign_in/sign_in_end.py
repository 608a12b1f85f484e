"""When a sign-in ends: so many hours after it began, and when nobody used it for a while."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from cases.web.sign_in.request_origin import POLLS, name_of

_USED = "used_at"  # seconds since 1970
SAVED_AFTER = 60  # seconds; not every page writes


def begin(session: SessionBase) -> None:
    """Let a sign-in last from now, and no longer than the settings say."""
    now = timezone.now()
    session.set_expiry(now + datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE))
    session[_USED] = now.timestamp()


class EndOfSignIn:
    """Middleware that signs out who was idle for too long; what a page asks by itself is no use of the sign-in.

    It stands before the middleware that refuses forms and asks who it is, so that what was typed survives.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        session = request.session
        if SESSION_KEY not in session:
            return
        if _USED not in session:
            begin(session)
        unused = timezone.now().timestamp() - session[_USED]
        if unused > settings.SESSION_IDLE_SECONDS:
            logout(request)
        elif abs(unused) > SAVED_AFTER and name_of(request) not in POLLS:
            session[_USED] = timezone.now().timestamp()
