"""How the ownership chart and its tables lead to each other."""

from django import template
from django.template import Context

from cases.findings.owner_rows import OWNERS, SUBSIDIARIES, Entry
from cases.presentation.charts.charts import Chart, anchor
from cases.presentation.charts.structure_parts import MORE_OWNERS, MORE_SUBSIDIARIES, Node, Shape
from cases.presentation.paging import Paging

register = template.Library()

TABLES = {MORE_SUBSIDIARIES: SUBSIDIARIES, "no-subsidiaries": SUBSIDIARIES}


@register.simple_tag(takes_context=True)
def description_address(context: Context, node: Node) -> str:
    """The address of what describes a node: its row, the chart with its fold opened, or the head of its table.

    `chart_elsewhere` of the context answers instead, if chart and tables are not on the same page.
    """
    # Nothing describes the customer; and WeasyPrint takes a link in a drawing for text, and cuts it.
    if node.shape is Shape.CUSTOMER or "most_rows" in context:
        return ""
    if elsewhere := context.get("chart_elsewhere"):
        return str(elsewhere(node))
    if node.entry:
        return row_address(context, node.entry)
    if node.shape is Shape.FOLDED and (opened := context.get("chart_opened")):
        return str(opened)
    return f"#{table_of(node)}"


def table_of(node: Node) -> str:
    """The name of the table whose head describes a node that has no row."""
    return TABLES.get(node.key, OWNERS)


@register.simple_tag(takes_context=True)
def row_address(context: Context, entry: Entry) -> str:
    """The address of the row of an entry: on this page of its table or on another."""
    paging = context.get("paging")
    if isinstance(paging, Paging):
        return paging.address_of(entry.place, entry.table, entry.anchor)
    return f"#{entry.anchor}"


@register.simple_tag(takes_context=True)
def drawn_at(context: Context, entry: Entry) -> str:
    """The address of a row's node in the chart, or of the fold it is in; '' if neither is drawn."""
    chart = context.get("chart")
    if not isinstance(chart, Chart):
        return ""
    more = MORE_OWNERS if entry.party.is_owner else MORE_SUBSIDIARIES
    return next((f"#{anchor(key)}" for key in (entry.key, more) if key in chart.keys), "")
