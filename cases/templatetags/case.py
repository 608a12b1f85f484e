"""How times, places and reasons are shown on the case page."""

import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.findings.vocabulary import durations
from cases.findings.vocabulary.moments import moment_words
from cases.findings.vocabulary.sections import Topic
from cases.models import Case
from cases.models.reasons import sentence
from cases.presentation import styles
from cases.provider.countries import COUNTRIES
from cases.web.case_page import tab_names
from cases.web.case_page.tab_names import Tab

register = template.Library()


@register.filter
def ago(at: datetime.datetime, now: datetime.datetime) -> SafeString:
    """Show how long ago a moment was; the exact time on hover. case.js keeps it true while the page stays open."""
    return format_html(
        '<time data-ago datetime="{}" title="{}">{}</time>',
        timezone.localtime(at).isoformat(timespec="seconds"),
        moment_words(at, "j M Y, H:i:s T"),
        durations.ago(at, now),
    )


@register.filter
def is_overdue(case: Case, today: datetime.date) -> bool:
    """Has the day passed on which the case was due?"""
    return case.is_overdue(today)


@register.filter
def tab_of(place: str) -> Tab:
    """Name the tab on which a place of the result is read."""
    return tab_names.tab_of(place)


@register.filter
def tab_of_topic(topic: Topic) -> Tab:
    """Name the tab on which a verdict is read."""
    return tab_names.TOPICS[topic]


@register.filter
def reason(word: str) -> str:
    """Say a reason that is kept as a word."""
    return sentence(word)


@register.filter
def has_flag(code: str) -> bool:
    """Is there a flag of the country with this code?"""
    return code.upper() in COUNTRIES


@register.filter
def case_colour(case: Case) -> str:
    """The colour of the tag with the status of a case, as the stylesheets name it."""
    return styles.CASES.get(case.state, styles.WORKED_ON).colour
