"""Webhooks are answered before all that people need: policies for browsers, sessions, languages, forms, sign-in."""

from collections.abc import Callable
from typing import cast

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_resolver

from cases.web.readable import has_steps

FOLDER = "/hooks/"
URLS = "cases.web.webhook.urls"
# Nothing in an answer is for a browser, which shows it nowhere, runs nothing of it and keeps it nowhere.
HEADERS = {
    "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


class WebhooksFirst:
    """Middleware. Stands behind what guards every address, and before what looks at who sent a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # Refusals and faults too have the headers. (Django's types allow for answers to be awaited.)
        self._answer = cast(Callable[[HttpRequest], HttpResponse], convert_exception_to_response(_answer))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(FOLDER) or has_steps(request.path_info):
            return self.get_response(request)
        answer = self._answer(request)
        for name, value in HEADERS.items():
            answer[name] = value
        answer["Content-Length"] = len(answer.content)
        return answer


def _answer(request: HttpRequest) -> HttpResponse:
    request.get_host()  # which refuses a name that is not ours
    view, arguments, named = get_resolver(URLS).resolve(request.path_info)
    answer: HttpResponse = view(request, *arguments, **named)
    return answer
