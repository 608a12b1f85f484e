"""The first look at a result, each in a process of its own: .venv/bin/python -m tests.bench.first_look

A result is captured as the worker does it, in one process, and looked at in another that has seen nothing, forked as
gunicorn forks the web: first the tab that a case opens with, then every other. CPU seconds, the most memory the process
had, and what it had at the start. Beside it stands what reading the JSON alone costs. The hostile results are as large
as a result may be, or full of what costs most.
"""

import argparse
import json
import os
import resource
from collections.abc import Callable
from pathlib import Path

from django.db import connections
from django.test import Client

from amlportal import before_fork
from cases.models import Case, SessionState
from cases.web.case_page.tab_names import Tab
from tests import factories
from tests.bench import place
from tests.findings.documents import crowded
from tests.findings.reading import payload
from tests.presentation import hostile_results, large_structures

USUAL: dict[str, Callable[[], bytes]] = {
    "ordinary": lambda: json.dumps(payload("no_full")).encode(),
    "1,000 owners": lambda: large_structures.crowded(1000, 300),
    "5,000 owners": lambda: large_structures.crowded(5000, 300),
    "5,000 owners, 500 known": lambda: json.dumps(crowded(5000, 300)).encode(),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the first look at a result.")
    parser.add_argument("--only", default="", help="results whose name holds this")
    parser.add_argument("--usual", action="store_true", help="no hostile ones")
    asked = parser.parse_args()
    results = USUAL if asked.usual else {**USUAL, **hostile_results.ALL}
    with place.of_its_own() as folder:
        user = factories.kari()
        before_fork.load()
        before_fork.freeze()
        for title, make in results.items():
            if asked.only in title:
                print(f"\n{title}")
                measure(title, make, folder / "result.json", user)


def measure(title: str, make: Callable[[], bytes], path: Path, user: factories.User) -> None:
    apart("made", lambda: path.write_bytes(make()) and None, is_shown=False)
    session = factories.session(state=SessionState.COMPLETE, results={})
    for kind in ("aml", "certificate_of_registration"):
        factories.artefact(session, kind, "CAPTURED")
    apart("bare JSON", lambda: json.loads(path.read_bytes()) and None)
    apart("captured", lambda: captured(session, path))
    apart("first looks", lambda: opened(session.case, user))


def captured(session: factories.AmlSession, path: Path) -> None:
    factories.artefact(session, "json", "CAPTURED", data=path.read_bytes())


def opened(case: Case, user: factories.User) -> None:
    browser = Client()
    browser.force_login(user)
    for tab in Tab:
        began = cpu()
        response = browser.get(f"/cases/{case.reference}/{tab}/")
        assert response.status_code == 200, response
        size = len(response.content) / 1024
        print(f"    {tab.label:20}{cpu() - began:8.2f} s{most_memory():8,.0f} MB{size:10,.0f} kB page")


def apart(what: str, work: Callable[[], None], *, is_shown: bool = True) -> None:
    """Do it in a process of its own, and tell what that took."""
    connections.close_all()
    child = os.fork()
    if child:
        assert os.waitpid(child, 0)[1] == 0, what
        return
    status = 1
    try:
        Path("/proc/self/clear_refs").write_text("5")  # the most memory is counted from here
        at_start, began = most_memory(), cpu()
        work()
        if is_shown:
            print(
                f"  {what:22}{cpu() - began:8.2f} s{most_memory():8,.0f} MB, {at_start:,.0f} at the start",
                flush=True,
            )
        status = 0
    finally:
        os._exit(status)


def cpu() -> float:
    """Seconds of CPU of this process and of children that ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(it.ru_utime + it.ru_stime for it in used)


def most_memory() -> float:
    """The most that was resident at once, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
