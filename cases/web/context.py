"""What every page shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from cases.workflows import pulse


def portal(request: HttpRequest) -> dict[str, Any]:
    return {"queue_warning": SimpleLazyObject(_queue_warning)}


def _queue_warning() -> str:
    silent = pulse.silence()
    if "queue" in silent:
        return _(
            "Nothing is being worked on at the moment: the queue has been silent for over half a minute. "
            "New orders are kept and go on when it is back."
        )
    if silent:
        return _(
            "The dispatcher is silent: results still arrive by webhook, but nothing is looked at by time."
        )
    return ""
