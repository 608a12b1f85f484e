"""Moments as the portal's clock shows them. Each October an hour comes twice; its times are told with their zone."""

import datetime

from django.utils import dateformat, timezone

ZONE = " T"


def moment_words(at: datetime.datetime, pattern: str) -> str:
    """Write a moment by a pattern of Django's; the zone follows where the pattern ends in T, and where it is needed.

    Django itself leaves the zone of a time that comes twice empty, just where it is needed.
    """
    if timezone.is_naive(at):
        return dateformat.format(at, pattern)
    local = timezone.localtime(at)
    words = dateformat.format(local, pattern.removesuffix(ZONE))
    return f"{words} {local.tzname()}" if pattern.endswith(ZONE) or _comes_twice(local) else words


def _comes_twice(local: datetime.datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
