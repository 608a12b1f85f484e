"""A case page beside its bare template with the findings ready-made: .venv/bin/python -m tests.bench.case_page

The page is asked for through all of Django but no socket; the bare side only renders the same template with a context
that was made before. Rounds take turns; medians of wall time are shown, with the least and the most.
"""

import argparse
import json
import time
from collections.abc import Callable

from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case, SessionState
from cases.web.case_page.tab_names import Tab
from cases.web.context_processors import permitted
from tests import factories
from tests.bench import place
from tests.bench.engine import heading, in_turn, row
from tests.findings.documents import crowded
from tests.findings.reading import payload

RESULTS: dict[str, Callable[[], dict]] = {
    "ordinary": lambda: payload("no_full"),
    "500 owners, 100 hits": lambda: crowded(500, 100),
    "5,000 owners, 300 hits": lambda: crowded(5000, 300),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the case page.")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with place.of_its_own():
        browser = Client()
        browser.force_login(factories.kari())
        for title, make in RESULTS.items():
            print(f"\n{title}, {connection.vendor}, {asked.rounds} rounds")
            measure(browser, case_of(make()), asked.rounds)


def case_of(document: dict) -> Case:
    """A case whose capture is complete, with this result."""
    session = factories.session(state=SessionState.COMPLETE, results={})
    factories.artefact(session, "json", "CAPTURED", data=json.dumps(document).encode())
    for kind in ("aml", "certificate_of_registration"):
        factories.artefact(session, kind, "CAPTURED")
    return session.case


def measure(browser: Client, case: Case, rounds: int) -> None:
    heading("page, ms", "bare template, ms")
    for tab in Tab:
        measure_tab(browser, tab, f"/cases/{case.reference}/{tab}/", rounds)


def measure_tab(browser: Client, tab: Tab, address: str, rounds: int) -> None:
    first = milliseconds(lambda: browser.get(address))
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(address)
    asked = len(queries)
    user = response.context_data["page"].user
    context = response.context_data | {"user": user, "may": permitted(user), "csrf_token": "x"}
    template = get_template("case_page/case_page.html")
    whole, bare = in_turn(
        rounds,
        lambda: milliseconds(lambda: browser.get(address)),
        lambda: milliseconds(lambda: template.render(context)),
    )
    row(tab.label, whole, bare)
    print(f"{'':24}first {first:,.0f} ms, {asked} queries, {len(response.content) / 1024:,.0f} kB")


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
