import logging

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cases.models import Delivery
from cases.workflows import webhooks

log = logging.getLogger(__name__)


@csrf_exempt
@login_not_required
@require_POST
def knock(request: HttpRequest, token: str) -> HttpResponse:
    """Answer every knock alike, after writing it down: a stranger learns nothing.

    A knock that cannot be written down is answered 503, so that it may be sent again; nothing rests on it.
    """
    try:
        if int(request.headers.get("Content-Length") or 0) > Delivery.BODY_LIMIT:
            webhooks.refuse()
        else:
            webhooks.receive(token, request.read(Delivery.BODY_LIMIT + 1), request.content_type or "")
    except (UnreadablePostError, DatabaseError) as problem:
        log.warning("a knock was not written down: %s", type(problem).__name__)
        return HttpResponse(status=503)
    return HttpResponse(status=200)
