"""How a capture stands, for the page and for the report."""

from django import template
from django.utils.functional import Promise

from cases.models import AmlSession
from cases.presentation.capture_status import status_of

register = template.Library()


@register.filter
def stands(session: AmlSession) -> str | Promise:
    """The words for how a capture stands, from artefacts and checks that were fetched with it."""
    return status_of(session).words
