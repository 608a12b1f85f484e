from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.workflows import heartbeat


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer ok while the database can be written, and what is silent, and nothing else: anybody may ask."""
    try:
        heartbeat.require_database()
        text = "\n".join(filter(None, ["ok", heartbeat.words(heartbeat.silence())]))
    except Error:
        return HttpResponse("unavailable", status=503, content_type="text/plain")
    return HttpResponse(text, content_type="text/plain")
