"""What a request is for and where it came from: a window or a part of a page, and which page of ours."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from cases.web.sign_in import typed
from cases.web.sign_in.typed import Typed

# The names of addresses that a page asks by itself, again and again.
POLLS = {"case_live", "my_work_changes", "reports_now", "provider_figures", "policy_impact_now"}
# The names of addresses that a page reads or a file is saved from: nobody is led back there.
NOT_PAGES = {*POLLS, "save_document", "save_report"}


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
