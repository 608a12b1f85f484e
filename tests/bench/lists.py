"""Lists of cases, My work and the search at size: what the database spends on a page, beside a bare look-up by a key.

./portal bench lists [CASES]    # 20 000 made with `seed --bulk` in a database of its own
./portal bench lists here --database postgresql://user@host/name    # the cases that are there
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from random import Random
from statistics import median

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from cases.management.sandbox_organisations import SandboxOrganisations
from cases.models import Case, CaseSearch, User
from cases.web.case_list.case_list import CAPTURES, DUES, GROUPS, HITS, RISKS, SORTS
from cases.workflows.demo_data import bulk
from tests.bench import place

TIMES = 5
FILTERS = (
    *(("status", word) for word in ("open", "WITHDRAWN")),
    ("country", "no"),
    *(("screening", word) for word in ("HITS", "NONE", "UNCERTAIN")),
    *(("capture", word) for word in CAPTURES),
    *(("assignee", word) for word in ("me", "nobody", "me_or_nobody")),
    *(("due", word) for word in DUES),
    *(("group", word) for word in GROUPS),
    *(("risk", word) for word in RISKS),
    *(("hits", word) for word in HITS),
)


def searches() -> Iterator[tuple[str, str]]:
    """Kinds of search, each with words that the cases themselves hold."""
    dice = Random(1)
    last = CaseSearch.objects.order_by("-pk").values_list("pk", flat=True)[0]
    found = CaseSearch.objects.filter(pk__lte=dice.randint(last // 2, last)).exclude(stated=[])
    case = found.order_by("-pk").select_related("case__organisation")[0].case
    people = [text for text, what in case.search.stated if "number" not in what[0] and " " in text]
    person = people[-1] if people else case.organisation.name
    yield "a firm's name", case.organisation.name
    yield "a person's name", person
    yield "the beginning of a first name", person[:3]
    yield "the middle of a word", case.organisation.name.split()[0][2:]
    yield "a very common word", "as"
    yield "two common words", f"as {person.split()[0]}"
    yield "a number", case.organisation.number
    yield "a reference", case.reference
    yield "nothing there", "zzyzx"


class Measured:
    """One page: its statements, what reading takes that they read, all of it and the slowest, and the answer, in ms."""

    def __init__(self, get: Callable[[], int]) -> None:
        runs = [self._run(get) for _ in range(TIMES)]
        self.count = len(runs[0][0])
        self.whole = median(whole for _statements, whole in runs) * 1000
        reading = [milliseconds(sql) for sql in runs[-1][0] if sql.startswith(("SELECT", "(SELECT"))]
        self.statements, self.slowest = sum(reading), max(reading)

    @staticmethod
    def _run(get: Callable[[], int]) -> tuple[list[str], float]:
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as statements:
            assert get() == 200
        return [query["sql"] for query in statements.captured_queries], time.perf_counter() - began


def milliseconds(sql: str) -> float:
    """What a statement takes with its rows fetched, as SQLite finds them only then: the median of several runs."""
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            cursor.fetchall()
        times.append(time.perf_counter() - began)
    return median(times) * 1000


def addresses(client: Client) -> Iterator[tuple[str, str]]:
    yield "My work", "/"
    yield "Cases", "/cases/"
    yield "Cases, the last page listed", "/cases/?page=100000"
    for name in SORTS:
        yield f"sorted by {name}", f"/cases/?sort={name}"
        yield f"sorted by {name}, downwards, page 100", f"/cases/?sort=-{name}&page=100"
    for name, word in FILTERS:
        yield f"{name}: {word}", f"/cases/?{name}={word}"
    for label, text in searches():
        yield f"search for {label}", client.post("/cases/", {"q": text}).url
    newest = Case.objects.order_by("-pk")[0].reference
    yield "a case's timeline", f"/cases/{newest}/timeline/"


def report() -> None:
    user = User.objects.filter(assigned_cases__isnull=False, is_active=True).first()
    assert user is not None
    user.groups.set(Group.objects.filter(name="analyst"))
    client = Client()
    client.force_login(user)
    known = list(Case.objects.order_by("pk").values_list("reference", flat=True)[:500])
    began = time.perf_counter()
    for reference in known:
        Case.objects.get(reference=reference)
    bare = (time.perf_counter() - began) / len(known) * 1000
    print(f"{connection.vendor}, {Case.objects.count():,} cases; a bare look-up by reference: {bare:.2f} ms")
    print(
        f"{'page':48} {'statements':>10} {'their ms':>9} {'slowest':>8} {'beside bare':>11} {'answer ms':>10}"
    )
    for label, address in addresses(client):
        page = Measured(lambda: client.get(address).status_code)  # noqa: B023
        ratio = f"{page.statements / bare:.0f} ×"
        print(
            f"{label:48} {page.count:10} {page.statements:9.1f} {page.slowest:8.1f} {ratio:>11} {page.whole:10.0f}",
            flush=True,
        )


def fill(number: int) -> None:
    began = time.process_time()
    for _counts in bulk.cases(number, 1, SandboxOrganisations(), timezone.now()):
        pass
    print(f"{number:,} cases made in {time.process_time() - began:.0f} s of CPU")


if __name__ == "__main__":
    words = sys.argv[1:]
    is_here = words == ["here"]
    with nullcontext() if is_here else place.of_its_own(), override_settings(ALLOWED_HOSTS=["testserver"]):
        if not is_here:
            fill(int(words[0]) if words else 20_000)
        report()
