"""How moments are shown."""

import datetime

from django import template

from cases.findings.vocabulary.moments import moment_words

register = template.Library()


@register.filter
def moment(at: datetime.datetime | None, pattern: str) -> str:
    """Write a moment by the portal's clock, with its zone where the hour comes twice; '' without one."""
    return moment_words(at, pattern) if at else ""
