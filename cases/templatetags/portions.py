"""Show a long list a portion at a time, if the page that is made has portions (cases/web/paging.py)."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context

from cases.web import paging

register = template.Library()


@register.simple_tag(takes_context=True)
def portion(context: Context, items: Sequence[Any], name: str, rows: int = paging.ROWS) -> paging.Portion:
    """The rows of the list to show. `portions` of the context knows what was asked for; without it all are shown,
    or the first `most_rows` of the context."""
    of_page = context.get("portions")
    if isinstance(of_page, paging.Portions):
        return of_page.of(items, name, rows)
    return paging.whole(items, context.get("most_rows"))
