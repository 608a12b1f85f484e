"""Show a long list a page at a time, where the page has paging (cases/presentation/paging.py)."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context

from cases.presentation import paging

register = template.Library()


@register.simple_tag(takes_context=True)
def list_page(context: Context, items: Sequence[Any], name: str, rows: int = paging.ROWS) -> paging.ListPage:
    """The rows of the list to show. `paging` of the context knows which; without it all are shown,
    or the first `most_rows` of the context."""
    paging_of_page = context.get("paging")
    if isinstance(paging_of_page, paging.Paging):
        return paging_of_page.list_page(items, name, rows)
    return paging.whole(items, context.get("most_rows"))
