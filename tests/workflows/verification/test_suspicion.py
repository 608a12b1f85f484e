"""`verify_audit` holds notes, their streams and the hashes in cases' chains against each other, and tells it apart."""

import uuid

import pytest
from django.test import Client

from cases.models import (
    AuditChain,
    AuditEvent,
    Case,
    SuspicionConclusion,
    SuspicionNote,
    Verb,
    Verification,
    VerificationKind,
)
from cases.models.audit.subject import CASE
from cases.workflows.audit import chain_walk, trail
from cases.workflows.audit.chain import Link, moment
from cases.workflows.casework import suspicion
from cases.workflows.diagnostics import verification
from cases.workflows.verification.suspicion import SuspicionRun
from tests import factories
from tests.management.commands import run
from tests.workflows.forgery import forge, long_case, without_triggers

pytestmark = pytest.mark.django_db

REPORTED = SuspicionConclusion.REPORTED
LOST = "the chain of the case does not hold the hash of the newest note"
ALTERED = "carries the hash of a note of suspicion that is gone or was altered"


def note(case: Case) -> SuspicionNote:
    return suspicion.note(case, "Cash in sacks.", REPORTED, factories.officer(), uuid.uuid4())


def go_on(case: Case) -> None:
    trail.record(case, Verb.CASE_VIEWED, actor=factories.kari(), subject=CASE)


def suspected() -> Case:
    """A case with two notes that its chain holds, and one whose hash waits for its next event."""
    case = long_case(2)
    for _ in range(2):
        suspicion.opened(case, factories.officer())
        note(case)
        go_on(case)
    note(case)
    return case


def found(case: Case) -> list[str]:
    return [problem.text for problem in SuspicionRun(case.reference).problems()]


def test_what_nobody_touched_holds_in_both_streams() -> None:
    suspected()
    long_case(3)
    outcome = run("verify_audit")
    assert (outcome.status, outcome.err) == (0, "")
    *_rest, chains, _rows, notes = outcome.out.splitlines()
    assert chains == "2 cases, 7 events, 0 details erased: every chain holds."
    assert notes == (
        "3 notes of suspicion, 5 events in 1 streams: every stream holds; every note is as they say."
    )


def test_where_there_is_none_nothing_is_said_of_any() -> None:
    long_case(2)
    assert "suspicion" not in run("verify_audit").out


def test_hashes_hold_however_the_case_went_on() -> None:
    case = long_case(2)
    assert found(case) == []
    for step in (note, note, go_on, note, go_on, go_on, note):
        step(case)
        assert found(case) == [], step


TAMPERED: dict[str, tuple[str, str]] = {
    "words": (
        "UPDATE cases_suspicionnote SET words = 'Nothing.' WHERE number = 1",
        "has another words than event 2",
    ),
    "conclusion": (
        "UPDATE cases_suspicionnote SET conclusion = 'STILL_LOOKED_INTO' WHERE number = 3",
        "has another conclusion than event 5 tells",
    ),
    "author": ("UPDATE cases_suspicionnote SET by_id = {kari}", "than event 2 tells"),
    "salt": ("UPDATE cases_suspicionnote SET salt = 'else' WHERE number = 3", LOST),
    "older salt": ("UPDATE cases_suspicionnote SET salt = 'else' WHERE number = 1", ALTERED),
    "newest note": ("DELETE FROM cases_suspicionnote WHERE number = 3", "there is no such row"),
    "every note": ("DELETE FROM cases_suspicionnote", ALTERED),
    "waiting hash": ("UPDATE cases_auditchain SET sealed = '' WHERE sealed <> ''", LOST),
    "other hash": ("UPDATE cases_auditchain SET sealed = 'else' WHERE sealed <> ''", "the hash that waits"),
    "detail": (
        "UPDATE cases_auditdetail SET body = body || ' ' WHERE event_id = {event}",
        "event 2 (row {event}) has an altered detail",
    ),
    "event": (
        "UPDATE cases_auditevent SET actor_id = {kari} WHERE id = {event}",
        "event 2 (row {event}) was altered",
    ),
    "head": (
        "UPDATE cases_auditchain SET length = 9 WHERE suspicion_of_id IS NOT NULL",
        "event 6 is missing; the head of the chain counts 9 events",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_changed_past_the_portal_is_named(what: str) -> None:
    case, other = suspected(), suspected()
    take_away(other)
    first = SuspicionNote.objects.filter(case=case).order_by("number")[0]
    names = {"kari": factories.kari().pk, "event": first.event_id}
    statement, named = (text.format(**names) for text in TAMPERED[what])
    forge(statement)
    assert any(named in text for text in found(case)), found(case)
    outcome = run("verify_audit", "--case", case.reference)
    assert outcome.status == 1
    assert "Cash" not in outcome.out
    assert f"{case.reference}: suspicion: " in outcome.out


def take_away(case: Case) -> None:
    """Take the notes of a case and their stream away, as whoever can switch triggers off may."""
    forge("DELETE FROM cases_suspicionnote WHERE case_id = %s", case.pk)
    stream = AuditChain.streams.get(suspicion_of=case)
    forge(
        "DELETE FROM cases_auditdetail WHERE event_id IN (SELECT id FROM cases_auditevent WHERE chain_id = %s)",
        stream.pk,
    )
    forge("DELETE FROM cases_auditevent WHERE chain_id = %s", stream.pk)
    forge("DELETE FROM cases_auditchain WHERE id = %s", stream.pk)
    forge("UPDATE cases_auditchain SET sealed = '' WHERE case_id = %s", case.pk)


def test_a_whole_stream_that_was_taken_away_is_missed_by_the_case() -> None:
    case = suspected()
    take_away(case)
    assert found(case) == [f"suspicion: event {number} of the case {ALTERED}" for number in (3, 4)]


def test_a_stream_that_was_written_anew_does_not_fit_the_case() -> None:
    """Whoever knows the canonical form can make the stream hold again; the hash in the case's chain is another."""
    case = suspected()
    write_anew(case, SuspicionNote.objects.get(case=case, number=2), factories.lead().pk)
    (walked,) = chain_walk.walk_suspicion(case.reference)
    assert walked.breaks == ()
    assert f"suspicion: event 4 of the case {ALTERED}" in found(case)
    assert f"suspicion: {LOST}, 3" in found(case)


def write_anew(case: Case, note_: SuspicionNote, author: int) -> None:
    """Make somebody else the author of a note, in its row and its event, and compute every hash after it."""
    with without_triggers():
        SuspicionNote._base_manager.filter(pk=note_.pk).update(by=author)
        stream, previous = AuditChain.streams.get(suspicion_of=case), ""
        for event in AuditEvent.of_suspicion.filter(chain=stream).order_by("sequence"):
            link = Link(
                case=case.pk,
                sequence=event.sequence,
                at=moment(event.at),
                verb=event.verb,
                actor=author if event == note_.event else event.actor_id,
                subject=event.subject,
                rests_on="",
                detail=event.detail_hash,
                previous=previous,
            )
            rewritten = {"actor": link.actor, "previous_hash": previous, "hash": link.hash()}
            AuditEvent._base_manager.filter(pk=event.pk).update(**rewritten)
            previous = link.hash()
        AuditChain._base_manager.filter(pk=stream.pk).update(head=previous)


def test_what_is_found_is_kept_apart_and_shown_to_the_entitled_alone(client: Client) -> None:
    forge("UPDATE cases_suspicionnote SET words = 'Nothing.' WHERE case_id = %s", suspected().pk)
    assert run("verify").status == 1
    public, apart = Verification.last("AUDIT"), Verification.last(VerificationKind.SEALED)
    assert public is not None
    assert apart is not None
    assert (public.problems, "suspicion" in public.summary) == (0, False)
    assert (apart.problems, apart.extent) == (3, 3)
    assert [str(finding.verdict) for finding in verification.check()] == ["ok", "ok", "wrong"]
    entitled = factories.auditor()
    for sees in (False, True):
        if sees:
            entitled.groups.add(*factories.officer().groups.all())
        client.force_login(entitled)
        shown = client.get("/provider/").content.decode()
        assert ("3 places do not hold" in shown) is sees
        assert ("suspicion" in shown.lower()) is sees


@pytest.mark.parametrize("words", ['"sealed":"', '{"sealed":"ab"}', '\\"sealed\\":\\"'])
def test_words_that_people_type_carry_nothing(words: str) -> None:
    case = long_case(2)
    trail.record(case, Verb.COMMENTED, actor=factories.kari(), subject=CASE, detail={"text": words})
    assert found(case) == []
