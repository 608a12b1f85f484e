"""The chart of the owners, on the ownership tab and on the overview: what is drawn, and where its fold opens."""

from typing import Any
from urllib.parse import urlencode

from cases.presentation.charts import charts
from cases.presentation.charts.structure import LEGIBLE, OPENED, SMALL, Limits
from cases.presentation.charts.structure_parts import Node
from cases.presentation.paging import Paging
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.tab_names import Tab

KEPT = ("session", "owners", "subsidiaries")  # of an address, whether the fold is open or not


def of_tab(page: CasePage) -> dict[str, Any]:
    """What the ownership tab draws: the chart, unless it is all still to come."""
    if page.reading.is_waiting:
        return {}
    opened = page.paging.query.get("chart") == "all"
    kept = {name: value for name, value in page.paging.query.items() if name in KEPT}
    return {
        "chart": _drawn(page, OPENED if opened else LEGIBLE),
        "chart_panel": "case_page/ownership/_chart_panel.html",
        "chart_opened": "" if opened else f"?{urlencode({**kept, 'chart': 'all'})}#chart",
        "chart_closed": f"?{urlencode(kept)}#chart" if opened else "",
    }


def of_overview(page: CasePage) -> dict[str, Any]:
    """What the overview draws: the owners one must notice and the largest. Its nodes lead to the ownership tab."""
    if page.reading.is_waiting or not page.reading.result.ownership.parties:
        return {}
    tab, query = address(page.case, Tab.OWNERSHIP), page.query
    paging = Paging({"session": str(page.chosen)} if page.chosen is not None else {})

    def elsewhere(node: Node) -> str:
        if node.entry is None:
            return f"{tab}{query}#chart"
        row = paging.address_of(node.entry.place, node.entry.table, node.entry.anchor)
        return f"{tab}{row if row.startswith('?') else query + row}"

    return {
        "chart": _drawn(page, SMALL),
        "chart_elsewhere": elsewhere,
        "ownership_tab": f"{tab}{query}",
    }


def _drawn(page: CasePage, limits: Limits) -> charts.Chart:
    return charts.of_result(page.reading.result, limits, is_another=page.reading.is_about_another)
