"""`hits` prints what people judged the hits of a case to be, and keeps nothing."""

import json

import pytest

from cases.models import ArtefactState, AuditEvent, Case
from cases.workflows.casework.judging import second
from tests import factories, judging
from tests.judging import case_with, draft, entry, judged, judged_by_two, reading_of
from tests.management.commands import run

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def printed(case: Case) -> list[dict]:
    first, again = (run("hits", "--case", case.reference, "--json") for _ in range(2))
    assert (first.status, first.out) == (0, again.out)
    return json.loads(first.out)["hits"]


def test_each_hit_has_its_entry_its_lines_and_its_judgement() -> None:
    case = case_with(entry(1), entry(2, birthDate=judging.BORN))
    found = judged(case, case.hits.get(external_id="GB-1"), draft("TRUE_MATCH"))
    second.confirm(reading_of(case), found, factories.ola())
    events = AuditEvent.objects.count()
    hits = {hit["entry"]["external_id"]: hit for hit in printed(case)}
    assert AuditEvent.objects.count() == events
    assert hits["GB-2"]["judgement"] is None
    same = {line["line"]: line["verdict"] for line in hits["GB-2"]["compared"]}
    assert (same["name"], same["born"]) == ("equal", "equal")
    of_first = hits["GB-1"]["judgement"]
    assert (of_first["verdict"], of_first["reason"], of_first["by"]) == (
        "TRUE_MATCH",
        ["TM07"],
        "Kari Nordmann",
    )
    assert (of_first["second"]["state"], of_first["second"]["by"]) == ("CONFIRMED", "Ola Hansen")
    assert hits["GB-1"]["identity"] == found.hit.fingerprint


def test_what_is_carried_forward_and_what_is_open_again_is_told() -> None:
    case = case_with(entry(1), entry(2))
    for hit in case.hits.all():
        judged_by_two(case, hit)
    judging.capture(case, entry(1), entry(2, aliasList=["Another"]))
    hits = {hit["entry"]["external_id"]: hit for hit in printed(case)}
    assert (hits["GB-1"]["carried_from"], hits["GB-1"]["reopened_because"]) == (1, [])
    assert hits["GB-2"]["carried_from"] is None
    (why,) = hits["GB-2"]["reopened_because"]
    assert (why["change"], why["field"], why["was"], why["now"]) == (
        "entry_changed",
        "aliases",
        ["A. Storholm"],
        ["Another"],
    )


def test_what_cannot_be_printed_is_said() -> None:
    session = factories.session(state="COMPLETE", results={})
    factories.artefact(session, state=ArtefactState.CAPTURED, about_us=False)
    for reference, words in (
        ("C-1999-000001", "There is no case"),
        (session.case.reference, "The result is about another organisation."),
    ):
        answer = run("hits", "--case", reference, "--json")
        assert (answer.status, answer.out) == (2, "")
        assert words in answer.err
