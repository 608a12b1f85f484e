"""Spans of time in words."""

import datetime

from django.utils.timesince import timesince
from django.utils.translation import gettext as _

SPACE = "\N{NO-BREAK SPACE}"
AGO_NEEDS = datetime.timedelta(minutes=1)


def took(seconds: float) -> str:
    """How long something took, as roughly as it matters: '0.4 s', '38 s', '12 min', '1 h 5 min'."""
    if seconds < 10:
        return f"{seconds:.1f}{SPACE}s"
    if seconds < 120:
        return f"{seconds:.0f}{SPACE}s"
    return f"{seconds // 60:.0f}{SPACE}min" if seconds < 3600 else span(seconds)


def span(seconds: float) -> str:
    """A span of time, gone by or left, as portal.js counts it down: '1 h 58 min', '12 min', '9 min 5 s', '40 s'."""
    whole = max(0, int(seconds))
    minutes, hours = whole // 60, whole // 3600
    if hours:
        return f"{hours}{SPACE}h {minutes % 60}{SPACE}min"
    if minutes >= 10:
        return f"{minutes}{SPACE}min"
    return f"{minutes}{SPACE}min {whole % 60}{SPACE}s" if minutes else f"{whole}{SPACE}s"


def ago(at: datetime.datetime, now: datetime.datetime) -> str:
    """How long ago it was, in one unit: 'just now', '3 minutes ago'."""
    if now - at < AGO_NEEDS:
        return _("just now")
    return _("%(span)s ago") % {"span": timesince(at, now, depth=1)}
