"""Webhooks are answered before all that people need: sessions, languages, forms, sign-in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve

FOLDER = "/hooks/"


class WebhooksFirst:
    """Middleware. Stands behind what guards every address, and before what looks at who sent a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(FOLDER):
            return self.get_response(request)
        request.get_host()  # which refuses a name that is not ours
        view, arguments, named = resolve(request.path_info)
        answer: HttpResponse = view(request, *arguments, **named)
        answer["Content-Length"] = len(answer.content)
        return answer
