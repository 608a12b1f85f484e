from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cases.models import Delivery
from cases.workflows import webhooks


@csrf_exempt
@login_not_required
@require_POST
def knock(request: HttpRequest, token: str) -> HttpResponse:
    """Answer every knock alike, after writing it down: a stranger learns nothing."""
    if int(request.headers.get("Content-Length") or 0) > Delivery.BODY_LIMIT:
        webhooks.refuse()
    else:
        webhooks.receive(token, request.read(Delivery.BODY_LIMIT + 1), request.content_type or "")
    return HttpResponse(status=200)
