"""Whether a judgement holds for the next capture, and if not, why; told once in the trail."""

import datetime
import json
from typing import Any

import pytest

from cases.models import AuditEvent, Case, Screening, Verb
from cases.workflows.casework.judging import second
from cases.workflows.results.judged_hits import judged_hits
from tests import factories, judging
from tests.judging import case_with, draft, entry, held, judged, judged_by_two, person, reading_of

pytestmark = pytest.mark.django_db


def changes(case: Case) -> list[str]:
    return [str(reopening.change) for reopening in held(case).reopened]


def columns(case: Case) -> tuple[str, int, int]:
    case.refresh_from_db()
    return case.screening, case.hit_count, case.unconfirmed_hit_count


NEW = person("Nils Ravnaas", "1990-01-01")
NEXT: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("nothing changed", {}, {}, []),
    ("the list's dates and the match number", {"matchIndicator": 140, "lastUpdate": "2026-11-01"}, {}, []),
    ("an alias was added", {"aliasList": ["A. Storholm", "Arvid S."]}, {}, ["entry_changed"]),
    ("another birth date of the entry", {"birthDate": "1971-09-02"}, {}, ["entry_changed"]),
    ("our chair's birth date", {}, {"chair": person(born="1962-04-17")}, ["our_side_changed"]),
    (
        "a new director of the hit's name",
        {},
        {"boardMembers": [person(born="1970-01-02")]},
        ["new_party", "reason_not_allowed"],
    ),
    ("a new director", {}, {"boardMembers": [NEW]}, ["new_party"]),
    ("the match number rose over the limit", {"matchIndicator": 310}, {}, ["match_rose"]),
]


def test_a_judgement_holds_for_the_next_capture_unless_something_changed() -> None:
    for what, listed, parties, expected in NEXT:
        case = case_with(entry(matchIndicator=120))
        judged_by_two(case)
        judging.capture(case, entry(**{"matchIndicator": 120, **listed}), **parties)
        assert sorted(set(changes(case))) == expected, what
        assert columns(case)[:2] == ((Screening.HITS, 1) if expected else (Screening.JUDGED, 0)), what


def test_the_field_that_changed_is_told() -> None:
    case = case_with()
    judged(case)
    judging.capture(case, entry(aliasList=["A. Storholm", "Arvid S."]))
    (reopening,) = held(case).reopened
    assert (reopening.field, reopening.was, reopening.now) == (
        "aliases",
        ("A. Storholm",),
        ("A. Storholm", "Arvid S."),
    )


def test_a_judgement_that_expired_opens_the_hit() -> None:
    case = case_with()
    found = judged(case, how=draft("NOT_APPLICABLE"))
    second.confirm(reading_of(case), found, factories.ola())
    assert found.expires_on is not None
    result = reading_of(case).result
    for day, expected in (
        (found.expires_on - datetime.timedelta(days=1), []),
        (found.expires_on, ["expired"]),
    ):
        (now,) = judged_hits(case.pk, result, day).by_fingerprint.values()
        assert [str(reopening.change) for reopening in now.reopened] == expected


def test_the_trail_tells_once_of_a_hit_that_is_open_again_and_why() -> None:
    case = case_with()
    judged_by_two(case)
    for _time in range(2):
        judging.capture(case, entry(aliasList=["Another"]))
    (event,) = AuditEvent.objects.of_case(case).with_verbs(Verb.HIT_REOPENED).select_related("detail")
    assert json.loads(event.detail.body)["reopened"] == ["The entry changed: also known as."]
