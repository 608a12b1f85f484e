"""The least that Django can do: answer. No database, no middleware. Run by gunicorn as `ping:application`."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def ping(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Content-Length": "0"})


settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="of-nobody")
urlpatterns = [path("ping", ping)]
application = get_wsgi_application()
