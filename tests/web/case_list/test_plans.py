"""However many cases there are, no list reads all of them: every statement has an index to go by."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import User
from cases.models.casework.pressing import Urgency
from cases.web import listed
from cases.web.case_list.case_list import CAPTURES, DUES, GROUPS, HITS, RISKS, SORTS, CaseList
from cases.web.my_work.work_groups import work_groups_of
from tests import databases, factories

pytestmark = pytest.mark.django_db

BIG = "cases_(case|organisation|amlsession|artefact|auditevent|casesearch)"
FILTERS = (
    *({"status": word} for word in ("open", "NEW", "IN_REVIEW", "WITHDRAWN")),
    *({"screening": word} for word in ("NONE", "HITS", "NOT_RUN")),
    *({"capture": word} for word in CAPTURES),
    *({"due": word} for word in DUES),
    *({"assignee": word} for word in ("me", "nobody", "me_or_nobody")),
    *({"group": word} for word in GROUPS),
    *({"risk": word} for word in RISKS),
    *({"hits": word} for word in HITS),
    {"country": "no"},
)


@pytest.fixture
def kari() -> User:
    for urgency in Urgency:
        factories.session(factories.case(assignee=factories.kari() if urgency % 2 else None))
    return factories.kari()


def plans(work: Callable[[], object]) -> dict[str, str]:
    """The plan of every statement about cases, as it is made where reading and sorting a table are to be avoided."""
    with CaptureQueriesContext(connection) as statements:
        work()
    found = {}
    with connection.cursor() as cursor:
        if databases.ON_POSTGRESQL:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        how = "EXPLAIN" if databases.ON_POSTGRESQL else "EXPLAIN QUERY PLAN"
        for sql in {query["sql"] for query in statements.captured_queries}:
            if "cases_case" in sql and sql.startswith("SELECT"):
                cursor.execute(f"{how} {sql}")
                found[sql] = "\n".join(str(row[-1]) for row in cursor.fetchall())
        if databases.ON_POSTGRESQL:
            cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_sort = on")
    return found


def reads_all(plan: str) -> bool:
    """Does it go through a big table row by row?"""
    if databases.ON_POSTGRESQL:
        return bool(re.search(rf"Seq Scan on {BIG}\b", plan))
    return any(re.match(rf"SCAN {BIG}\b(?!.*INDEX)", line) for line in plan.splitlines())


def sorts_all(plan: str) -> bool:
    """Does it sort all that it finds, before the first can be shown?"""
    if databases.ON_POSTGRESQL:
        return bool(re.search(r"(?<!Incremental )Sort  \(", plan))
    return "USE TEMP B-TREE FOR ORDER BY" in plan


# SQLite goes from the cases to their organisations, and sorts: it is for fewer cases.
SORTED_ON_SQLITE = "organisation"


def page_of(query: dict[str, str], user: User) -> Callable[[], object]:
    def work() -> object:
        keys = CaseList.asked_for(query, "", user, []).keys()
        return len(keys), keys[:50], keys[100:150]

    return work


@pytest.mark.parametrize("most_listed", [listed.MOST_LISTED, 2])
def test_no_order_of_the_list_sorts_or_reads_all_cases(
    most_listed: int, kari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MOST_LISTED", most_listed)
    bad = {}
    for name in SORTS:
        is_ranked = not SORTS[name]
        for sort in (name, f"-{name}"):
            for sql, plan in plans(page_of({"sort": sort}, kari)).items():
                sorts = sorts_all(plan) and not (is_ranked and most_listed > 2)
                sorts = sorts and (databases.ON_POSTGRESQL or name != SORTED_ON_SQLITE)
                if reads_all(plan) or sorts:
                    bad[sort, sql] = plan
    assert bad == {}, "\n\n".join(f"{key}\n{plan}" for key, plan in bad.items())


def test_no_filter_of_the_list_reads_all_cases(kari: User) -> None:
    bad = {
        (*filter_.items(), sql): plan
        for filter_ in FILTERS
        for sql, plan in plans(page_of(filter_, kari)).items()
        if reads_all(plan)
    }
    assert bad == {}, "\n\n".join(f"{key}\n{plan}" for key, plan in bad.items())


def test_my_work_reads_no_more_than_the_cases_of_it(kari: User) -> None:
    found = plans(lambda: work_groups_of(kari))
    assert len(found) >= 3
    assert {sql: plan for sql, plan in found.items() if reads_all(plan)} == {}
