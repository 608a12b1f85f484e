"""Where a person comes back to after signing in."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

READING = {"GET", "HEAD"}


class BackToThePage(LoginRequiredMiddleware):
    """Ask who it is; lead back to the page of a form that was sent too late, not to where the form went."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        if request.method in READING:
            return super().handle_no_permission(request, view_func)
        messages.warning(request, _("You had been signed out, and nothing was changed. Send it again."))
        came_from = request.headers.get("Referer", "")
        ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
        page = urlsplit(came_from)._replace(scheme="", netloc="", fragment="").geturl() if ours else "/"
        return redirect_to_login(page, self.get_login_url(view_func), self.get_redirect_field_name(view_func))
