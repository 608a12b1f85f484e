"""Walking the chain finds what was done to it behind the portal's back, and names the event."""

import datetime

import pytest

from cases.models import AuditChain, AuditDetail, Case, Verb
from cases.workflows.audit import chain_walk, erasing
from cases.workflows.audit.chain_walk import Break
from tests import chains, factories
from tests.databases import only_on_sqlite
from tests.workflows.forgery import event, execute, forge, long_case, rehash, without_triggers

pytestmark = pytest.mark.django_db
STRANGE_HASH = "ab" * 32


def breaks(case: Case) -> list[Break]:
    return [found for walked in chain_walk.walk(case.reference) for found in walked.breaks]


def named(case: Case) -> list[tuple[int, int | None]]:
    """Sequence number and row of every break."""
    return [(found.sequence, found.event) for found in breaks(case)]


def test_a_chain_that_nobody_touched_holds() -> None:
    case = long_case(5)
    assert list(chain_walk.walk()) == [chain_walk.Walked(case.reference, 5, 0, ())]


def test_every_case_is_walked_and_only_the_broken_one_is_named() -> None:
    first, second, third = long_case(3), long_case(3), long_case(3)
    forge("UPDATE cases_auditevent SET subject = 'else' WHERE id = %s", event(second, 2).pk)
    found = list(chains.breaks())
    assert [place.reference if place else None for place in found] == [None, second.reference, None]
    assert breaks(first) == breaks(third) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject", "session 9"),
        ("verb", Verb.CASE_TAKEN),
        ("actor_id", None),
        ("at", datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)),
        ("rests_on", STRANGE_HASH),
        ("detail_hash", STRANGE_HASH),
        ("previous_hash", STRANGE_HASH),
        ("hash", STRANGE_HASH),
    ],
)
def test_whatever_is_altered_in_an_event_names_that_event(column: str, value: object) -> None:
    case = long_case(5)
    forged = event(case, 3)
    forge(f"UPDATE cases_auditevent SET {column} = %s WHERE id = %s", value, forged.pk)  # noqa: S608
    first = breaks(case)[0]
    assert (first.reference, first.sequence, first.event) == (case.reference, 3, forged.pk)
    assert first.problem == "was altered"


def test_an_event_given_another_number_is_named_and_its_old_number_is_missing() -> None:
    case = long_case(5)
    forged = event(case, 3)
    forge("UPDATE cases_auditevent SET sequence = 30 WHERE id = %s", forged.pk)
    assert (3, None) in named(case)
    assert (30, forged.pk) in named(case)


def test_an_event_moved_into_the_chain_of_another_case_is_found_in_both() -> None:
    case, other = long_case(3), long_case(2)
    moved = event(case, 3)
    forge(
        "UPDATE cases_auditevent SET chain_id = %s WHERE id = %s",
        AuditChain.objects.get(case=other).pk,
        moved.pk,
    )
    assert named(case) == [(3, None)]
    assert (3, moved.pk) in named(other)


@pytest.mark.parametrize(
    "body",
    ['{"actor":"Somebody Else","now":"NEW","was":""}', "", "Ødegård", "{", '{"actor": "Kari Nordmann"}'],
)
def test_an_altered_text_names_its_event_whatever_it_was_altered_to(body: str) -> None:
    case = long_case(5)
    forged = event(case, 4)
    forge("UPDATE cases_auditdetail SET body = %s WHERE event_id = %s", body, forged.pk)
    assert breaks(case) == [Break(case.reference, 4, forged.pk, "has an altered detail")]


def test_a_text_that_borrows_from_its_salt_is_found() -> None:
    case = long_case(2)
    detail = event(case, 2).detail
    forge(
        "UPDATE cases_auditdetail SET salt = %s, body = %s WHERE id = %s",
        *(detail.salt[:30], detail.salt[30:] + detail.body, detail.pk),
    )
    assert named(case) == [(2, event(case, 2).pk)]


def test_two_altered_texts_are_both_named() -> None:
    case = long_case(5)
    for sequence in (2, 4):
        forge("UPDATE cases_auditdetail SET body = 'x' WHERE event_id = %s", event(case, sequence).pk)
    assert named(case) == [(2, event(case, 2).pk), (4, event(case, 4).pk)]


def test_a_detail_that_was_removed_names_its_event() -> None:
    case = long_case(3)
    forge("DELETE FROM cases_auditdetail WHERE event_id = %s", event(case, 2).pk)
    assert [(found.sequence, found.problem) for found in breaks(case)] == [(2, "has lost its detail")]


@only_on_sqlite
@pytest.mark.parametrize("value", ["2026-99-99 00:00:00", "yesterday", b"\x00\x01", 17])
def test_a_time_that_is_none_names_its_event(value: object) -> None:
    case = long_case(3)
    forged = event(case, 2).pk
    forge("UPDATE cases_auditevent SET at = %s WHERE id = %s", value, forged)
    assert named(case) == [(2, forged)]


@only_on_sqlite
@pytest.mark.parametrize("column", ["subject", "sequence", "hash", "verb"])
def test_bytes_where_text_should_be_name_their_event(column: str) -> None:
    case = long_case(3)
    forged = event(case, 2).pk
    with without_triggers():
        execute("PRAGMA ignore_check_constraints = ON")
        execute(f"UPDATE cases_auditevent SET {column} = X'00FF' WHERE id = %s", forged)  # noqa: S608
        execute("PRAGMA ignore_check_constraints = OFF")
    assert forged in [found.event for found in breaks(case)]


@only_on_sqlite
def test_a_text_of_bytes_names_its_event() -> None:
    case = long_case(3)
    forge("UPDATE cases_auditdetail SET body = X'00FF' WHERE event_id = %s", event(case, 2).pk)
    assert named(case) == [(2, event(case, 2).pk)]


def remove(case: Case, sequence: int) -> None:
    found = event(case, sequence).pk
    with without_triggers():
        execute("DELETE FROM cases_auditdetail WHERE event_id = %s", found)
        execute("DELETE FROM cases_auditevent WHERE id = %s", found)


@pytest.mark.parametrize("sequence", [1, 3, 5], ids=["first", "middle", "last"])
def test_a_removed_event_is_missed(sequence: int) -> None:
    case = long_case(5)
    remove(case, sequence)
    assert named(case) == [(sequence, None)]
    assert "is missing" in breaks(case)[0].problem


def test_a_removed_event_whose_followers_move_up_is_found() -> None:
    case = long_case(5)
    remove(case, 3)
    with without_triggers():
        for sequence in (4, 5):
            execute(
                "UPDATE cases_auditevent SET sequence = %s WHERE id = %s",
                *(sequence - 1, event(case, sequence).pk),
            )
        execute("UPDATE cases_auditchain SET length = 4 WHERE case_id = %s", case.pk)
    assert named(case)[0] == (3, event(case, 3).pk)


def test_two_events_that_changed_places_are_both_named() -> None:
    case = long_case(5)
    second, third = event(case, 2).pk, event(case, 3).pk
    with without_triggers():
        for row, sequence in ((second, 99), (third, 2), (second, 3)):
            execute("UPDATE cases_auditevent SET sequence = %s WHERE id = %s", sequence, row)
    assert named(case)[:2] == [(2, third), (3, second)]


def test_an_event_rehashed_after_it_was_altered_is_given_away_by_the_next() -> None:
    case = long_case(5)
    forged = event(case, 3)
    forge("UPDATE cases_auditevent SET subject = 'else' WHERE id = %s", forged.pk)
    rehash(case, 3)
    with without_triggers():
        for later in (event(case, 4), event(case, 5)):
            execute("UPDATE cases_auditevent SET previous_hash = %s WHERE id = %s", STRANGE_HASH, later.pk)
    assert named(case)[0] == (4, event(case, 4).pk)


def test_a_last_event_rehashed_after_it_was_altered_is_given_away_by_the_head() -> None:
    case = long_case(3)
    head = AuditChain.objects.get(case=case).head
    forge("UPDATE cases_auditevent SET subject = 'else' WHERE id = %s", event(case, 3).pk)
    rehash(case, 3)
    forge("UPDATE cases_auditchain SET head = %s WHERE case_id = %s", head, case.pk)
    assert named(case) == [(3, event(case, 3).pk)]


@pytest.mark.parametrize(
    ("length", "place"), [(9, (6, None)), (4, (5, "last"))], ids=["counts more", "counts fewer"]
)
def test_a_head_with_another_count_is_found(length: int, place: tuple[int, str | None]) -> None:
    case = long_case(5)
    forge("UPDATE cases_auditchain SET length = %s WHERE case_id = %s", length, case.pk)
    assert named(case) == [(place[0], event(case, 5).pk if place[1] else None)]


def test_a_rewritten_head_is_found() -> None:
    case = long_case(5)
    forge("UPDATE cases_auditchain SET head = %s WHERE case_id = %s", STRANGE_HASH, case.pk)
    assert named(case) == [(5, event(case, 5).pk)]


def test_a_case_without_events_or_without_a_chain_is_a_break() -> None:
    emptied, unchained = long_case(1), long_case(1)
    remove(emptied, 1)
    remove(unchained, 1)
    forge("DELETE FROM cases_auditchain WHERE case_id = %s", unchained.pk)
    assert [found.problem for found in breaks(emptied)] == ["the case has no events"]
    assert [found.problem for found in breaks(unchained)] == ["the case has no chain"]


def test_a_chain_rewritten_as_a_whole_holds_and_only_its_head_tells() -> None:
    """The limit that docs/audit.md states: who notes the heads elsewhere finds even this."""
    case = long_case(5)
    noted = AuditChain.objects.get(case=case).head
    forge("UPDATE cases_auditevent SET subject = 'else' WHERE id = %s", event(case, 2).pk)
    rehash(case, 2)
    assert breaks(case) == []
    assert AuditChain.objects.get(case=case).head != noted


def test_erasing_a_detail_leaves_the_chain_whole_and_is_counted() -> None:
    case = long_case(4)
    erased = erasing.erase(case, 2, "asked for", factories.lead())
    assert list(chain_walk.walk()) == [chain_walk.Walked(case.reference, 5, 1, ())]
    assert AuditDetail.objects.get(event=event(case, 2)).body == ""
    assert (erased.verb, erased.subject, erased.actor) == (Verb.DETAIL_ERASED, "event 2", factories.lead())
    with pytest.raises(erasing.NothingToErase, match="was erased before"):
        erasing.erase(case, 2, "again", factories.lead())


def test_a_detail_that_was_erased_without_an_event_is_found_until_it_is_told() -> None:
    case = long_case(3)
    forge(
        "UPDATE cases_auditdetail SET body = '', salt = '', erased_at = CURRENT_TIMESTAMP WHERE event_id = %s",
        event(case, 2).pk,
    )
    assert named(case) == [(2, event(case, 2).pk)]
    erasing.erase(case, 2, "asked for before the upgrade", factories.lead())
    assert named(case) == []


def test_what_tells_of_an_erasure_can_be_erased_too_and_that_is_told() -> None:
    case = long_case(2)
    for sequence in (2, 3, 4):
        erasing.erase(case, sequence, "asked for", factories.lead())
    assert list(chain_walk.walk()) == [chain_walk.Walked(case.reference, 5, 3, ())]


def test_a_text_put_where_one_was_erased_is_found() -> None:
    case = long_case(2)
    forge(
        "UPDATE cases_auditdetail SET body = 'x', erased_at = CURRENT_TIMESTAMP WHERE event_id = %s",
        event(case, 2).pk,
    )
    assert named(case) == [(2, event(case, 2).pk)]
