"""How many wrong passwords are taken: so many of one name from one address, and so many from one address in all."""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, QueryDict


class ByPairAndByAddress(AxesDatabaseHandler):
    """Handler of django-axes. AXES_FAILURE_LIMIT is that of the pair, and a success forgets those of its pair alone.

    Nobody is shut out by what comes from elsewhere, for no name is counted by itself.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        limit = settings.SIGN_IN_FAILURES_OF_ADDRESS
        return super().is_locked(request, credentials) or self._of_address(request) >= limit

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **more: Any
    ) -> None:
        """Keep who failed and from where, and nothing of the form or the address: axes would keep most of them."""
        if request is None:  # nobody typed anything
            return
        sent, query = request.POST, request.GET
        request.POST = request.GET = QueryDict()
        try:
            super().user_login_failed(sender, credentials, request, **more)
        finally:
            request.POST, request.GET = sent, query

    def _of_address(self, request: Any) -> int:
        since = get_cool_off_threshold(request)
        attempts = AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=since)
        failures: int = attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
        return failures


def is_still_open(request: HttpRequest, username: str) -> bool:
    """Whether a password that turned out to be right is taken. Checking one takes a while, and others are checked
    beside it: of guesses sent at once, all would else be good that were begun before the limit was reached."""
    if AxesProxyHandler.is_allowed(request, {"username": username}):
        return True
    request.axes_locked_out = True  # type: ignore[attr-defined]  # axes' own word for it
    return False
