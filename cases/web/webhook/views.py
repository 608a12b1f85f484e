import logging

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from amlportal.request_bodies import stated_length
from cases.models import Delivery
from cases.workflows.capture import webhooks

log = logging.getLogger(__name__)


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, token: str) -> HttpResponse:
    """Answer every webhook alike, after writing it down: a stranger learns nothing."""
    body = _body(request)
    try:
        if body is None:
            webhooks.refuse()
        else:
            webhooks.receive(token, body, request.content_type or "")
    except Error as problem:
        # Not called received, so that it may be sent again; the error's text may hold what was sent.
        log.error("a webhook could not be written down: %s", type(problem).__name__)
        return HttpResponse(status=503)
    return HttpResponse(status=200)


def _body(request: HttpRequest) -> bytes | None:
    """The body sent, at most one byte over the limit; None if its stated length is larger, or it broke off."""
    if stated_length(request.META) > Delivery.BODY_LIMIT:
        return None
    source = request.META["wsgi.input"] if _is_chunked(request) else request
    try:
        body: bytes = source.read(Delivery.BODY_LIMIT + 1)
    except Exception:  # each server has exceptions of its own for a body that is garbled or broke off
        return None
    return body


def _is_chunked(request: HttpRequest) -> bool:
    """Whether the body came without a length, which Django takes for empty, though the server knows its end."""
    coding = request.META.get("HTTP_TRANSFER_ENCODING", "")
    return coding.strip().lower() == "chunked" and bool(request.META.get("wsgi.input_terminated"))
