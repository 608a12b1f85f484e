"""Hits of captured results become rows: each entry once, however often it is found."""

import json
import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import AmlSession, Artefact, AuditEvent, Case, Hit, Verb
from cases.workflows.results import derive, hits, parsed_result
from tests import chains, factories
from tests.findings.reading import payload

pytestmark = pytest.mark.django_db


def entry(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "source": "EU_GLOBAL",
        "externalId": f"EU-{number}",
        "name": f"Sample {number}",
        "matchIndicator": 100,
        **fields,
    }


def capture(case: Case, *entries: Any, status: str = "SANCTION", **fields: Any) -> Artefact:
    """Capture one more result of the case that names these entries."""
    document = {**payload("no_clean"), "sanction": {"status": status, "sanctionResults": list(entries)}}
    session = factories.session(case, "COMPLETE", {})
    return factories.artefact(session, "json", "CAPTURED", data=json.dumps(document).encode(), **fields)


def details(case: Case) -> list[dict[str, Any]]:
    """What the trail says of hits, in order."""
    events = AuditEvent.objects.of_case(case).with_verbs(Verb.HITS_FOUND).select_related("detail")
    return [json.loads(event.detail.body) for event in events.order_by("sequence")]


def test_a_captured_result_plants_its_hits() -> None:
    session = factories.session(state="COMPLETE")
    first, second = session.case.hits.all()
    assert (first.name, first.list_word, first.external_id, first.match) == (
        "Fjellheim Energy Trading",
        "EU_GLOBAL",
        "EU-7781",
        325,
    )
    assert second.match == 140
    assert first.first_seen == first.last_seen == session.artefacts.get(kind="json")


def test_an_entry_that_is_found_again_is_the_same_row_seen_later() -> None:
    case = factories.case()
    first = capture(case, entry(1), entry(2))
    second = capture(case, entry(2, matchIndicator=400, name="Sample Two"), entry(3))
    rows = {row.external_id: row for row in case.hits.all()}
    assert set(rows) == {"EU-1", "EU-2", "EU-3"}
    assert (rows["EU-1"].first_seen, rows["EU-1"].last_seen) == (first, first)
    assert (rows["EU-2"].first_seen, rows["EU-2"].last_seen) == (first, second)
    assert (rows["EU-2"].match, rows["EU-2"].name) == (400, "Sample Two")
    assert (rows["EU-3"].first_seen, rows["EU-3"].last_seen) == (second, second)
    assert set(Hit.objects.of_capture(second)) == {rows["EU-2"], rows["EU-3"]}


def test_the_trail_tells_how_many_and_never_whom() -> None:
    case = factories.case()
    capture(case, entry(1), entry(2))
    second = capture(case, entry(2), entry(3))
    assert [(detail["hits_new"], detail["hits_known"]) for detail in details(case)] == [(2, None), (1, 1)]
    event = AuditEvent.objects.with_verbs(Verb.HITS_FOUND).latest("pk")
    assert (event.subject, event.rests_on, event.actor) == ("session 2 json", second.sha256, None)
    assert "Sample" not in event.detail.body
    assert list(chains.breaks()) == [None]


def test_the_same_result_taken_in_twice_adds_nothing() -> None:
    case = factories.case()
    artefact = capture(case, entry(1))
    before = list(Hit.objects.values_list())
    derive.take_in(
        case,
        artefact,
        parsed_result.parse_bytes(json.dumps({"sanction": {"sanctionResults": [entry(1)]}}).encode()),
    )
    assert list(Hit.objects.values_list()) == before
    assert len(details(case)) == 1


def test_a_result_without_hits_plants_and_tells_nothing() -> None:
    case = factories.session(state="COMPLETE", payload="no_clean").case
    assert not case.hits.exists()
    assert details(case) == []


def test_a_result_about_another_organisation_plants_nothing_and_leaves_the_screening_unusable() -> None:
    case = factories.case()
    capture(case, entry(1), about_us=False)
    assert not case.hits.exists()
    assert (case.screening, case.hit_count) == (Case.Screening.UNUSABLE, 0)


def test_a_no_hit_about_another_organisation_is_no_no_hit_of_ours() -> None:
    case = factories.case()
    capture(case, status="NONE", about_us=False)
    assert case.screening == Case.Screening.UNUSABLE
    capture(case, status="NONE")
    assert case.screening == Case.Screening.NONE


def test_a_result_that_does_not_say_about_whom_it_is_counts() -> None:
    case = factories.case()
    capture(case, entry(1), about_us=None)
    assert (case.hits.count(), case.hit_count) == (1, 1)


@pytest.mark.parametrize("name", ["no_full", "no_odd", "no_hostile", "no_clean", "no_null_inside", "se"])
def test_the_count_of_the_case_is_that_of_its_rows(name: str) -> None:
    session = factories.session(state="COMPLETE", payload=name)
    newest = session.artefacts.get(kind="json")
    assert session.case.hit_count == Hit.objects.of_capture(newest).count()


def test_a_hit_that_cannot_be_read_is_not_counted_and_not_taken_for_none() -> None:
    case = factories.case()
    capture(case, "odd", None, status="NONE")
    assert (case.hits.count(), case.hit_count, case.screening) == (0, 0, Case.Screening.UNCERTAIN)


def test_whatever_stands_in_an_entry_it_fits_its_row() -> None:
    case = factories.case()
    huge = "x" * 100_000
    capture(
        case,
        entry(1, name=f"a\x00\n{huge}", source=huge, externalId=huge, matchIndicator=10**9),
        {},
        {"name": []},
    )
    first = case.hits.get(match=500)
    assert "\x00" not in first.name
    assert (len(first.name), len(first.list_word), len(first.external_id)) == (400, 100, 200)
    assert case.hits.count() == 3


def test_hits_of_one_case_are_none_of_anothers() -> None:
    one, other = factories.case(), factories.case()
    capture(one, entry(1))
    capture(other, entry(1))
    assert [one.hits.count(), other.hits.count()] == [1, 1]


def statements(case: Case, session: AmlSession, count: int) -> int:
    document = {
        "sanction": {"sanctionResults": [entry(n, matchIndicator=session.number) for n in range(count)]}
    }
    parsed = parsed_result.parse_bytes(json.dumps(document).encode())
    artefact = session.artefacts.get(kind="json")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        hits.take_in(case, artefact, parsed.organization)
    return len(captured)


def test_300_hits_take_few_statements_new_and_known() -> None:
    case = factories.case()
    first, second = (factories.session(case, "COMPLETE", payload="no_clean") for _ in range(2))
    assert statements(case, first, 300) <= 12
    assert statements(case, second, 300) <= 16
    assert case.hits.filter(match=2, last_seen__session=second).count() == 300


@pytest.mark.django_db(transaction=True)
def test_two_results_at_once_that_name_one_entry_make_one_row() -> None:
    with transaction.atomic():
        case = factories.case()
        sessions = [factories.session(case, "COMPLETE", payload="no_clean") for _ in range(2)]
    document = {"sanction": {"sanctionResults": [entry(1), entry(2)]}}
    parsed, together = parsed_result.parse_bytes(json.dumps(document).encode()), threading.Barrier(2)
    failed: list[Exception] = []

    def take_in(session: AmlSession) -> None:
        try:
            artefact = session.artefacts.get(kind="json")
            together.wait(10)
            with transaction.atomic():
                derive.take_in(Case.objects.get(pk=case.pk), artefact, parsed)
        except Exception as problem:
            failed.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take_in, args=(session,)) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert case.hits.count() == 2
    named = [(detail["hits_new"] or 0, detail["hits_known"] or 0) for detail in details(case)]
    # The result of the earlier capture tells nothing if it comes second.
    assert named in ([(2, 0)], [(2, 0), (0, 2)])
    assert list(chains.breaks()) == [None]
