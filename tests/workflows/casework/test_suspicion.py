"""Notes of suspicion: what is written of them where, and that nothing else tells of them."""

import json
import uuid

import pytest
from django.forms import model_to_dict
from django.utils import timezone

from cases.models import (
    AuditChain,
    AuditEvent,
    Case,
    CaseState,
    SuspicionConclusion,
    SuspicionNote,
    User,
    Verb,
)
from cases.models.audit.subject import CASE
from cases.workflows.audit import chain, erasing, trail
from cases.workflows.casework import suspicion
from tests import chains, factories
from tests.workflows.forgery import long_case

pytestmark = pytest.mark.django_db

LOOKED_INTO, REPORTED = SuspicionConclusion.LOOKED_INTO, SuspicionConclusion.REPORTED


def note(case: Case, actor: User | None = None, conclusion: str = LOOKED_INTO) -> SuspicionNote:
    return suspicion.note(
        case, " Cash in sacks. ", SuspicionConclusion(conclusion), actor or factories.officer(), uuid.uuid4()
    )


def stream(case: Case) -> list[AuditEvent]:
    found = AuditEvent.of_suspicion.filter(chain__suspicion_of=case).order_by("sequence")
    return list(found.select_related("detail"))


def carried(case: Case) -> list[tuple[int, str]]:
    """The numbers of the events of the case that carry a hash, and the hashes."""
    events = AuditEvent.objects.of_case(case).order_by("sequence").select_related("detail")
    found = [(event.sequence, trail.carried(event.detail.body).get("sealed", "")) for event in events]
    return [(number, sealed) for number, sealed in found if sealed]


def sealed(row: SuspicionNote) -> str:
    return chain.seal(row.salt, row.event.hash)


def go_on(case: Case) -> AuditEvent:
    return trail.record(case, Verb.CASE_TAKEN, actor=factories.kari(), subject=CASE)


def test_a_note_is_a_row_and_an_event_of_its_own_stream() -> None:
    case = long_case(2)
    row = note(case)
    assert (row.number, row.words, row.conclusion, row.by) == (
        1,
        "Cash in sacks.",
        LOOKED_INTO,
        factories.officer(),
    )
    (event,) = stream(case)
    assert (event, event.verb, event.subject, event.sequence) == (
        row.event,
        Verb.SUSPICION_NOTED,
        "suspicion 1",
        1,
    )
    detail = json.loads(event.detail.body)
    assert (detail["actor"], detail["words"], detail["row"]["conclusion"]) == (
        "Siv Moen",
        "Cash in sacks.",
        LOOKED_INTO,
    )


def test_neither_the_case_nor_its_chain_has_anything_more() -> None:
    case = long_case(3)
    before = (model_to_dict(Case.objects.get(pk=case.pk)), list(AuditEvent.objects.values()))
    note(case)
    suspicion.opened(case, factories.officer())
    assert (model_to_dict(Case.objects.get(pk=case.pk)), list(AuditEvent.objects.values())) == before
    assert not AuditEvent.objects.filter(verb__startswith="SUSPICION").exists()
    assert not AuditEvent.objects.of_portal().exists()
    assert AuditChain.objects.filter(case=None).count() == 1


def test_the_next_event_of_the_case_carries_the_salted_hash_and_nothing_else_of_it() -> None:
    case = long_case(3)
    row = note(case)
    assert (AuditChain.objects.get(case=case).sealed, carried(case)) == (sealed(row), [])
    event = go_on(case)
    assert carried(case) == [(4, sealed(row))]
    go_on(case)
    assert carried(case) == [(4, sealed(row))]
    assert AuditChain.objects.get(case=case).sealed == ""
    detail = json.loads(AuditEvent.objects.get(pk=event.pk).detail.body)
    assert detail == {"actor": "Kari Nordmann", "was": "", "now": "", "sealed": sealed(row)}


def test_of_two_notes_the_hash_of_the_newer_is_carried_and_it_rests_on_the_older() -> None:
    case = long_case(2)
    first, second = note(case), note(case, conclusion=REPORTED)
    with trail.together(case):
        go_on(case)
        go_on(case)
    assert carried(case) == [(3, sealed(second))]
    assert second.event.previous_hash == first.event.hash
    assert [*chains.breaks()] == [None]


def test_whoever_reads_the_chain_cannot_try_out_what_the_hash_is_of() -> None:
    case = long_case(2)
    first, other = note(case), note(factories.case())
    assert len(first.salt) == 32
    assert first.salt != other.salt
    assert sealed(first) != chain.seal("", first.event.hash) != chain.seal(other.salt, first.event.hash)


def test_the_hash_outlives_the_detail_that_carried_it() -> None:
    case = long_case(2)
    row = note(case)
    go_on(case)
    erasing.erase(case, 3, "request 17", factories.lead())
    assert carried(case) == [(4, sealed(row))]
    assert [*chains.breaks()] == [None]


def test_one_sending_is_one_note() -> None:
    case, siv, submission = long_case(2), factories.officer(), uuid.uuid4()
    one, again = (suspicion.note(case, "Cash", REPORTED, siv, submission) for _ in range(2))
    assert one == again
    assert len(stream(case)) == 1
    assert suspicion.note(factories.case(), "Cash", REPORTED, siv, submission) != one


def test_a_closed_case_takes_notes_too() -> None:
    case = factories.case(
        state=CaseState.WITHDRAWN, withdrawn_reason="Opened twice", withdrawn_at=timezone.now()
    )
    note(case)
    assert [row.number for row in suspicion.notes(case, factories.officer())] == [1]


def test_the_newest_note_is_the_first_and_each_case_counts_its_own() -> None:
    case, other = long_case(2), long_case(2)
    note(other)
    note(case)
    note(case)
    assert [row.number for row in suspicion.notes(case, factories.officer())] == [2, 1]


def test_who_opened_the_notes_is_in_their_stream() -> None:
    case, siv = long_case(2), factories.officer()
    suspicion.opened(case, siv)
    note(case)
    suspicion.opened(case, siv)
    assert [event.verb for event in stream(case)] == [
        "SUSPICION_VIEWED",
        "SUSPICION_NOTED",
        "SUSPICION_VIEWED",
    ]
    assert [event.sequence for event in suspicion.openings(case, siv)] == [3, 1]


@pytest.mark.parametrize("role", sorted({*factories.CAST} - {"suspicion_officer"}))
def test_nobody_else_writes_or_reads_them(role: str) -> None:
    case, somebody = long_case(2), factories.CAST[role]()
    note(case)
    for attempt in (
        lambda: note(case, somebody),
        lambda: suspicion.opened(case, somebody),
        lambda: suspicion.notes(case, somebody),
        lambda: suspicion.openings(case, somebody),
    ):
        with pytest.raises(suspicion.NotEntitled):
            attempt()
    assert len(stream(case)) == 1


def test_a_superuser_of_django_may_do_everything() -> None:
    root = factories.person("root", is_superuser=True)
    assert note(long_case(2), root).by == root
