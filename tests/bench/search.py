"""The search among very many cases, beside a bare look-up by an indexed column, and how many statements a page takes.

.venv/bin/python -m tests.bench.search [CASES]      # 100 000; with DATABASE_URL on PostgreSQL
"""

import datetime
import importlib
import random
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count, islice

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from cases.findings.names.collation import sort_key
from cases.findings.search import folded_words
from cases.models import Case, CaseSearch, Organisation, Screening, User
from cases.web.case_list.case_list import PAGE_SIZE, SORTS
from cases.web.case_list.found import Found
from cases.workflows.demo_data.bulk.names import GIVEN
from tests.bench import place

FIRST = GIVEN[:13]
PARTS = (
    *("fjell", "heim", "vik", "øst", "skjær", "gård", "sol", "berg", "lund", "strøm"),
    *("ås", "bryn", "vind", "kraft", "hav", "nord", "lys", "storm", "dal", "nes"),
)
FORMS = ("AS", "ASA", "AB", "Oy", "ApS")
KINDS = ("beneficial_owner", "shareholder", "role:boardMembers", "signatory", "subsidiary", "auditor")
RARE, ONCE = "Gunhild Brattholmen", "Østskjærgård Rederi AS"
BROAD, OLD, NOW_AND_THEN = (
    "Norge",
    "Nedlagt",
    "Sverige",
)  # of nine in ten, of the oldest third, of three in a hundred
POOL, NAMES, TOGETHER, TIMES = 30_000, 12, 2_000, 5
SEARCHES = (
    ("a name that one case has", ONCE.split(maxsplit=1)[0]),
    ("its inner part, letters typed plainly", "skjaergard rederi"),
    ("a person of a hundred cases", RARE),
    ("a common first name and a name", "Øyvind nordlys"),
    ("a common beginning", "fjell"),
    ("a very common word", "as"),
    ("a word of nine in ten", BROAD),
    ("two very common words", f"as {BROAD}"),
    ("a very common word and a rare name", f"{BROAD} {RARE}"),
    ("a word of three in a hundred", NOW_AND_THEN),
    ("a word of the oldest third alone", OLD),
    ("a number", "NO 900 000 042"),
    ("the beginning of a number", "9000"),
    ("a reference", "C-42"),
    ("nothing there", "zzyzx"),
)
# Of a very common word, and of the list as it is.
WAYS = (
    *((f"sort={downwards}{name}") for name in SORTS for downwards in ("", "-")),
    *(
        "country=no",
        "status=open",
        "screening=HITS",
        "assignee=me",
        "due=overdue",
        "page=20",
        "sort=due&page=20",
    ),
)


def names(dice: random.Random) -> tuple[list[str], list[str]]:
    """People and firms, each of which several cases name."""

    def compound() -> str:
        return "".join(dice.choice(PARTS) for _ in range(dice.randint(1, 3))).capitalize()

    people = [f"{dice.choice(FIRST)} {compound()}" for _ in range(POOL)]
    return people, [f"{compound()} {compound()} {dice.choice(FORMS)}" for _ in range(POOL)]


def rows(number: int) -> Iterator[tuple[Organisation, Case, CaseSearch]]:
    """The rows of so many cases, each with a dozen names."""
    dice, now = random.Random(1), timezone.now()
    people, firms = names(dice)
    known = {
        text: " ".join(folded_words.words(text))
        for text in (*people, *firms, RARE, ONCE, BROAD, OLD, NOW_AND_THEN)
    }
    sorted_as = {text: sort_key(text) for text in (*firms, ONCE)}
    for key in range(1, number + 1):
        name, value = ONCE if key == number // 2 else dice.choice(firms), f"{900_000_000 + key}"
        about = Organisation(
            pk=key, country="no", kind="ORG", value=value, name=name, sort_key=sorted_as[name]
        )
        at = now - datetime.timedelta(minutes=key)
        case = Case(
            pk=key,
            organisation=about,
            reference=f"C-2026-{key:06}",
            opened_at=at,
            updated_at=at,
            due=dice.choice((None, now.date() + datetime.timedelta(days=dice.randint(-30, 60)))),
            screening=dice.choice(Screening.values),
        )
        names_ = [name, *(dice.choice(firms if n % 3 == 0 else people) for n in range(NAMES))]
        if key % (number // 100) == 0:
            names_.append(RARE)
        names_.extend([BROAD] if key % 10 else [])
        names_.extend([NOW_AND_THEN] if key % 33 == 0 else [])
        names_.extend([OLD] if key > number * 2 // 3 else [])
        own = f"c2026{key:06} c{key} c2026n{key} {value}"  # what search_words.words() makes of the two
        entries = [[text, [KINDS[n % len(KINDS)]]] for n, text in enumerate(names_)]
        yield (
            about,
            case,
            CaseSearch(case=case, stated=entries, words=" ".join((own, *map(known.get, names_)))),
        )


def fill(number: int) -> None:
    """Save so many cases; on PostgreSQL the index is made afterwards, as after a restore."""
    on_postgresql = connection.vendor == "postgresql"
    migration = importlib.import_module("cases.migrations.0005_search")
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("DROP INDEX cases_casesearch_words")
        every = rows(number)
        while some := list(islice(every, TOGETHER)):
            for model, rows_ in zip((Organisation, Case, CaseSearch), zip(*some, strict=True), strict=True):
                model.objects.bulk_create(rows_, batch_size=TOGETHER)
        if on_postgresql:
            cursor.execute(migration.POSTGRESQL[-1])
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")


def milliseconds(work: Callable[[], object]) -> float:
    """The shortest of several runs."""
    best = float("inf")
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best * 1000


def found_by(query: folded_words.Query) -> tuple[int, bool]:
    """Find the first page as the list does; give how many are listed, and whether there are more."""
    keys = Found(Case.objects.order_by("-updated_at", "-pk"), query, is_filtered=False)
    assert len(keys[:PAGE_SIZE]) == min(len(keys), PAGE_SIZE)
    return len(keys), keys.are_more


def page(client: Client, address: str) -> tuple[int, float]:
    """Fetch a page of the list; give how many statements that took, and the milliseconds of all of them."""
    with CaptureQueriesContext(connection) as statements:
        assert client.get(address).status_code == 200
    return len(statements), sum(float(query["time"]) for query in statements.captured_queries) * 1000


def told(client: Client, label: str, address: str, found: str = "", alone: str = "") -> None:
    """Print what a page takes."""
    whole = milliseconds(lambda: page(client, address))
    number, statements = page(client, address)
    print(f"{label:40} {found:>8} {alone:>12} {whole:11.1f} {number:11} {statements:11.0f}")


def report(number: int) -> None:
    began = time.perf_counter()
    fill(number)
    client = Client()
    user = User.objects.create(username="bench")
    user.groups.set(Group.objects.filter(name="analyst"))
    client.force_login(user)
    keys = count(number // 3)
    bare = milliseconds(lambda: Case.objects.get(reference=f"C-2026-{next(keys):06}"))
    print(f"{connection.vendor}, {number} cases (made in {time.perf_counter() - began:.0f} s)")
    print(f"a bare look-up of a case by its reference: {bare:.2f} ms")
    print(
        f"{'search':40} {'found':>8} {'found in ms':>12} {'page in ms':>11} {'statements':>11} {'their ms':>11}"
    )
    for label, text in SEARCHES:
        query = folded_words.Query(text)
        found, are_more = found_by(query)
        alone = milliseconds(lambda: found_by(query))  # noqa: B023
        address = client.post("/cases/", {"q": text}).url
        told(client, label, address, f"{found}{'+' if are_more else ''}", f"{alone:.2f}")
    broad = client.post("/cases/", {"q": BROAD}).url
    told(client, "all, newest first", "/cases/")
    told(client, "all, the last page that is listed", "/cases/?page=100000")
    for way in WAYS:
        told(client, f"{BROAD}, {way}", f"{broad}&{way}")
        told(client, f"all, {way}", f"/cases/?{way}")


if __name__ == "__main__":
    with place.of_its_own(), override_settings(ALLOWED_HOSTS=["testserver"]):
        report(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
