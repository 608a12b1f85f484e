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

from cases.findings import search_words
from cases.findings.collation import sort_key
from cases.models import Case, CaseSearch, Organisation, User, search_index
from tests.bench import place

FIRST = (
    "Ingrid",
    "Ola",
    "Kari",
    "Nils",
    "Ivan",
    "Lars",
    "Fatima",
    "Åse",
    "Øyvind",
    "Sølvi",
    "Magnus",
    "Aino",
    "Maja",
)
PARTS = (
    *("fjell", "heim", "vik", "øst", "skjær", "gård", "sol", "berg", "lund", "strøm"),
    *("ås", "bryn", "vind", "kraft", "hav", "nord", "lys", "storm", "dal", "nes"),
)
FORMS = ("AS", "ASA", "AB", "Oy", "ApS")
KINDS = ("beneficial_owner", "shareholder", "role:boardMembers", "signatory", "subsidiary", "auditor")
RARE, ONCE = "Gunhild Brattholmen", "Østskjærgård Rederi AS"
POOL, NAMES, TOGETHER, TIMES = 30_000, 12, 2_000, 5
SEARCHES = (
    ("a name that one case has", ONCE.split(maxsplit=1)[0]),
    ("its inner part, letters typed plainly", "skjaergard rederi"),
    ("a person of a hundred cases", RARE),
    ("a common first name and a name", "Øyvind nordlys"),
    ("a common beginning", "fjell"),
    ("a very common word", "as"),
    ("a number", "NO 900 000 042"),
    ("the beginning of a number", "9000"),
    ("a reference", "C-42"),
    ("nothing there", "zzyzx"),
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
    known = {text: " ".join(search_words.words(text)) for text in (*people, *firms, RARE, ONCE)}
    sorted_as = {text: sort_key(text) for text in (*firms, ONCE)}
    for key in range(1, number + 1):
        name, value = ONCE if key == number // 2 else dice.choice(firms), f"{900_000_000 + key}"
        about = Organisation(
            pk=key, country="no", kind="ORG", value=value, name=name, sort_key=sorted_as[name]
        )
        at = now - datetime.timedelta(minutes=key)
        case = Case(pk=key, organisation=about, reference=f"C-2026-{key:06}", opened_at=at, updated_at=at)
        told = [name, *(dice.choice(firms if n % 3 == 0 else people) for n in range(NAMES))]
        if key % (number // 100) == 0:
            told.append(RARE)
        own = f"c2026{key:06} c{key} c2026n{key} {value}"  # what search_words.words() makes of the two
        entries = [[text, [KINDS[n % len(KINDS)]]] for n, text in enumerate(told)]
        yield about, case, CaseSearch(case=case, told=entries, words=" ".join((own, *map(known.get, told))))


def fill(number: int) -> None:
    """Save so many cases; on PostgreSQL the index is made afterwards, as after a restore."""
    on_postgresql = connection.vendor == "postgresql"
    migration = importlib.import_module("cases.migrations.0005_search")
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("DROP INDEX cases_casesearch_words")
        every = rows(number)
        while some := list(islice(every, TOGETHER)):
            for model, of in zip((Organisation, Case, CaseSearch), zip(*some, strict=True), strict=True):
                model.objects.bulk_create(of, batch_size=TOGETHER)
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


def found_by(query: search_words.Query) -> int:
    """Find the cases as the list does; give how many."""
    few = search_index.few(query)
    return Case.objects.found_by(query).count() if few is None else len(few)


def page(client: Client, address: str) -> int:
    """Fetch a page of the list; give how many statements that took."""
    with CaptureQueriesContext(connection) as statements:
        assert client.get(address).status_code == 200
    return len(statements)


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
    print(f"{'search':40} {'found':>8} {'found in ms':>12} {'page in ms':>11} {'statements':>11}")
    for label, text in SEARCHES:
        query = search_words.Query(text)
        found = Case.objects.found_by(query).count()
        alone = milliseconds(lambda: found_by(query))  # noqa: B023
        address = client.post("/cases/", {"q": text}).url
        whole = milliseconds(lambda: page(client, address))  # noqa: B023
        print(f"{label:40} {found:8} {alone:12.2f} {whole:11.1f} {page(client, address):11}")
    for label, address in (("all, newest first", ""), ("all, by name", "?sort=organisation")):
        whole = milliseconds(lambda: page(client, f"/cases/{address}"))  # noqa: B023
        print(f"{label:40} {number:8} {'':12} {whole:11.1f} {page(client, f'/cases/{address}'):11}")


if __name__ == "__main__":
    with place.of_its_own(), override_settings(ALLOWED_HOSTS=["testserver"]):
        report(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
