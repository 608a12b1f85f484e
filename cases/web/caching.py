"""No browser and no proxy keeps a page: whoever sits down after a sign-out finds nothing by going back."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers


class KeptNowhere:
    """Middleware that forbids caching of every answer; static files are answered before it, and may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        add_never_cache_headers(answer)
        return answer
