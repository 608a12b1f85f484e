"""The database itself refuses to change or remove evidence; so does the model, one step earlier."""

import re
import uuid
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models

from cases.migrations import _triggers
from cases.migrations._guards import UNIQUE
from cases.models import (
    AmlSession,
    Artefact,
    ArtefactState,
    Attachment,
    AuditChain,
    AuditDetail,
    AuditEvent,
    Case,
    CaseReport,
    CreateAttempt,
    Decision,
    Delivery,
    Hit,
    Judgement,
    NeverChanged,
    Note,
    Organisation,
    OwnerConclusion,
    PartyList,
    PartySearch,
    PolicyVersion,
    Recusal,
    ReportState,
    RequirementSetChoice,
    RequirementStatement,
    RiskAnswers,
    RiskOverride,
    SessionState,
    SignatureCheck,
    SuspicionNote,
    UnreadableAnswer,
    Verb,
)
from cases.workflows.audit import erasing, trail
from tests import chains, factories, judging
from tests.databases import only_on_postgresql, only_on_sqlite
from tests.workflows.audit.refusals import done, not_refused, refused
from tests.workflows.audit.refused_changes import REFUSED_CHANGES
from tests.workflows.forgery import event, long_case

pytestmark = pytest.mark.django_db
EVIDENCE: list[type[models.Model]] = [
    AuditEvent,
    AuditDetail,
    AuditChain,
    Artefact,
    Delivery,
    Hit,
    SignatureCheck,
    CaseReport,
    Note,
    UnreadableAnswer,
    Organisation,
    Case,
    AmlSession,
    CreateAttempt,
    Judgement,
    PartyList,
    PolicyVersion,
    Attachment,
    RiskAnswers,
    RiskOverride,
    RequirementStatement,
    RequirementSetChoice,
    OwnerConclusion,
    PartySearch,
    Decision,
    Recusal,
    SuspicionNote,
]


@pytest.fixture(autouse=True)
def evidence(db: None) -> Iterator[None]:
    """One row of everything that is kept for ever; nothing that is refused changes it."""
    case = long_case(3)
    factories.organisation()
    session = factories.session(case, SessionState.COMPLETE)
    factories.delivery(factories.attempt(session))
    judging.judgement_row(factories.hit(session.artefacts.get(kind="json")))
    judging.attachment_row()
    judging.answers_row()
    judging.override_row()
    judging.statement_row()
    judging.set_choice_row()
    judging.conclusion_row()
    judging.search_row()
    judging.decision_row()
    judging.recusal_row()
    judging.suspicion_row()
    factories.signature_check(session.artefacts.get(kind="aml"))
    factories.report(session.case, ReportState.MADE)
    factories.note(session.case)
    factories.unreadable_answer(session.artefacts.get(kind="json"))
    before = [list(model._base_manager.order_by("pk").values()) for model in EVIDENCE]
    yield
    assert [list(model._base_manager.order_by("pk").values()) for model in EVIDENCE] == before


def test_every_trigger_is_there_after_all_migrations() -> None:
    """SQLite loses the triggers of a table that a migration makes anew: such a migration must install them again."""
    assert _triggers.installed(connection) >= _triggers.names(connection.vendor)


def test_triggers_can_be_removed_and_installed_again() -> None:
    connection.check_constraints()
    _triggers.remove(connection)
    assert not _triggers.installed(connection) & _triggers.names(connection.vendor)
    _triggers.install(connection)
    assert _triggers.installed(connection) >= _triggers.names(connection.vendor)


def test_evidence_cannot_be_updated() -> None:
    statements = [f"UPDATE {table} SET {change}" for table, change in REFUSED_CHANGES]  # noqa: S608
    assert not_refused(statements, "never", "only", "as they", "stay", "keep") == {}


def test_evidence_cannot_be_deleted() -> None:
    assert not_refused(f"DELETE FROM {table}" for table in _triggers.TABLES) == {}  # noqa: S608


@only_on_postgresql
def test_evidence_cannot_be_truncated() -> None:
    connection.check_constraints()
    statements = [f"TRUNCATE {table} CASCADE" for table in _triggers.TABLES]
    assert not_refused(statements, "evidence is never removed") == {}


@only_on_sqlite
def test_evidence_cannot_be_replaced() -> None:
    """INSERT OR REPLACE would otherwise remove a row without firing a trigger."""
    model_of = {model._meta.db_table: model for model in apps.get_models()}
    columns = {
        table: ", ".join(
            field.column for field in model_of[table]._meta.concrete_fields if not field.generated
        )
        for table in _triggers.TABLES
    }
    statements = [
        f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table}"  # noqa: S608
        for table, names in columns.items()
    ]
    assert not_refused(statements, "evidence is never replaced") == {}


@only_on_sqlite
def test_an_event_cannot_be_replaced_by_its_place_in_the_chain() -> None:
    assert "evidence is never replaced" in refused(
        "INSERT OR REPLACE INTO cases_auditevent"
        " (chain_id, sequence, at, verb, subject, rests_on, detail_hash, previous_hash, hash)"
        " SELECT chain_id, sequence, at, verb, 'else', '', '', '', '' FROM cases_auditevent"
    )


def test_evidence_cannot_be_overwritten_by_an_insert_that_updates() -> None:
    assert refused(
        "INSERT INTO cases_auditevent"
        " (chain_id, sequence, at, verb, subject, rests_on, detail_hash, previous_hash, hash)"
        " SELECT chain_id, sequence, at, verb, 'else', '', '', '', '' FROM cases_auditevent WHERE sequence = 1"
        " ON CONFLICT (chain_id, sequence) DO UPDATE SET subject = 'else'"
    )


ERASE = "UPDATE cases_auditdetail SET body = '', salt = '', erased_at = CURRENT_TIMESTAMP"


def test_a_detail_is_erased_wholly_or_not_at_all() -> None:
    changes = (
        "erased_at = CURRENT_TIMESTAMP",
        "body = '', erased_at = CURRENT_TIMESTAMP",
        "salt = '', erased_at = CURRENT_TIMESTAMP",
        "body = '', salt = ''",
    )
    statements = [f"UPDATE cases_auditdetail SET {change}" for change in changes]  # noqa: S608
    assert not_refused(statements, "only erased") == {}


def _event_save(found: AuditEvent) -> None:
    found.subject = "else"
    found.save()


def _event_saved_as_new(found: AuditEvent) -> None:
    AuditEvent(pk=found.pk, chain=found.chain, sequence=found.sequence, at=found.at, verb=found.verb).save()


def _bulk_update(found: AuditEvent) -> None:
    AuditEvent.objects.bulk_update([found], ["subject"])


def _detail_save(found: AuditEvent) -> None:
    found.detail.body = "else"
    found.detail.save()


def test_the_model_refuses_before_the_database_must() -> None:
    attempts: dict[str, Callable[[AuditEvent], object]] = {
        "an event saved": _event_save,
        "an event saved as a new one": _event_saved_as_new,
        "events updated in bulk": _bulk_update,
        "a detail saved": _detail_save,
        "an event deleted": lambda found: found.delete(),
        "its detail deleted": lambda found: found.detail.delete(),
        "the event updated": lambda found: AuditEvent.objects.filter(pk=found.pk).update(subject="else"),
        "the event's rows deleted": lambda found: AuditEvent.objects.filter(pk=found.pk).delete(),
        "those of a chain updated": lambda found: found.chain.events.update(subject="else"),
        "those of a chain deleted": lambda found: found.chain.events.all().delete(),
        "all details updated": lambda _: AuditDetail.objects.update(body="else"),
        "all details deleted": lambda _: AuditDetail.objects.all().delete(),
    }
    accepted = [
        name
        for name, attempt in attempts.items()
        if done(partial(attempt, AuditEvent.objects.first()), (NeverChanged,))
    ]
    assert accepted == []


def test_ways_around_the_model_end_at_the_triggers() -> None:
    attempts: dict[str, Callable[[], object]] = {
        "events updated": lambda: AuditEvent._base_manager.update(subject="else"),
        "events deleted": lambda: AuditEvent._base_manager.all()._raw_delete("default"),
        "the length of chains": lambda: AuditChain.objects.update(length=0),
        "the head of chains": lambda: AuditChain.objects.update(head=""),
        "all chains deleted": lambda: AuditChain.objects.all().delete(),
        "a chain deleted": lambda: AuditChain.objects.first().delete(),
        "the hash of results": lambda: Artefact.objects.captured().update(sha256="else"),
        "a result saved": lambda: Artefact.objects.first().save(),
        "all results deleted": lambda: Artefact.objects.all().delete(),
        "the body of deliveries": lambda: Delivery.objects.update(body=b"else"),
        "a delivery deleted": lambda: Delivery.objects.first().delete(),
    }
    refusals = (DatabaseError, models.ProtectedError)
    assert [name for name, attempt in attempts.items() if done(attempt, refusals)] == []


class TestWorkGoesOn:
    """The triggers are not in the way of the portal's own work, and of nothing else."""

    @pytest.fixture(autouse=True)
    def evidence(self, db: None) -> None:
        """Its own rows, which may change."""

    def test_a_chain_grows_by_one(self) -> None:
        case = long_case(2)
        trail.record(case, Verb.CASE_VIEWED, subject="case")
        assert AuditChain.objects.get(case=case).length == 3

    def test_a_detail_is_erased_once_and_stays_so(self) -> None:
        case = long_case(2)
        assert "an event that tells of it" in refused(f"{ERASE} WHERE event_id = %s", event(case, 2).pk)
        erasing.erase(case, 2, "asked for", factories.lead())
        assert "only erased" in refused(
            "UPDATE cases_auditdetail SET body = 'back', erased_at = NULL WHERE event_id = %s",
            event(case, 2).pk,
        )
        assert "only erased" in refused(f"{ERASE} WHERE event_id = %s", event(case, 2).pk)
        assert list(chains.breaks()) == [None]

    def test_a_result_that_is_not_captured_yet_moves_on(self) -> None:
        waiting = factories.artefact(factories.session(results={}), state=ArtefactState.ORDERED)
        waiting.mark_expired()
        waiting.save()
        assert Artefact.objects.get().state == ArtefactState.EXPIRED

    @pytest.mark.parametrize(("was", "now"), [(None, 0), (0, None), (0, 1)])
    def test_a_report_that_is_being_made_keeps_the_capture_it_was_asked_for(
        self, was: int | None, now: int | None
    ) -> None:
        case = factories.case()
        captures: dict[int | None, int | None] = {None: None}
        captures |= {number: factories.session(case, SessionState.COMPLETE).pk for number in (0, 1)}
        report = factories.report(case, session_id=captures[was])
        refusal = refused("UPDATE cases_report SET session_id = %s", captures[now])
        assert "reports are never changed" in refusal
        report.refresh_from_db()
        assert report.session_id == captures[was]

    def test_a_report_that_is_being_made_keeps_the_number_of_its_form(self) -> None:
        factories.report()
        other = CaseReport._meta.get_field("submission").get_db_prep_value(uuid.uuid4(), connection)
        assert "reports are never changed" in refused("UPDATE cases_report SET submission = %s", other)

    def test_a_report_that_is_being_made_keeps_its_kind(self) -> None:
        factories.report()
        assert "reports are never changed" in refused("UPDATE cases_report SET kind = 'OTHER'")

    @pytest.mark.parametrize("captured", [True, False])
    def test_a_report_that_is_being_made_is_claimed_and_recorded(self, captured: bool) -> None:
        case = factories.case()
        report = factories.report(case, session=factories.session(case) if captured else None)
        report.lease, report.claims = "lease", 1
        report.save()
        report.mark_failed("internal")
        report.save()
        assert CaseReport.objects.get().state == ReportState.FAILED

    @only_on_sqlite
    def test_a_waiting_result_cannot_push_out_a_captured_one(self) -> None:
        session = factories.session(results={"json": "CAPTURED", "aml": "ASKED"})
        captured, waiting = session.artefacts.order_by("kind").values_list("pk", flat=True)[::-1]
        refused("UPDATE OR REPLACE cases_artefact SET id = %s WHERE id = %s", captured, waiting)
        assert Artefact.objects.get(pk=captured).state == ArtefactState.CAPTURED

    def test_a_delivery_gets_another_verdict(self) -> None:
        factories.delivery(factories.attempt(factories.session()))
        assert Delivery.objects.update(verdict=Delivery.Verdict.REJECTED) == 1


@only_on_sqlite
def test_what_refuses_replacing_finds_a_row_by_indexes_alone() -> None:
    """Without one, each new row costs as much as there are rows."""
    scanning = {}
    for table, unique in UNIQUE.items():
        condition = f"id = NEW.id OR {unique}" if unique else "id = NEW.id"
        columns = dict.fromkeys(re.findall(r"NEW\.(\w+)", condition))
        sought = re.sub(r"NEW\.(\w+)", r"%(\1)s", condition)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {sought}", columns)  # noqa: S608 - our own words
            steps = [row[3] for row in cursor.fetchall()]
        assert steps, table
        if scans := [step for step in steps if step.startswith("SCAN")]:
            scanning[table] = scans
    assert scanning == {}
