"""The database itself refuses rows that no state machine would make."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from cases.models import (
    AmlSession,
    Artefact,
    ArtefactState,
    AttemptOutcome,
    AuditChain,
    AuditEvent,
    Case,
    CaseReport,
    Country,
    CreateAttempt,
    Delivery,
    Organisation,
    OrganisationIdentity,
    ReportState,
    SessionState,
    Unplaced,
    Verb,
    Verification,
)
from cases.provider.countries import COUNTRIES
from cases.workflows.audit import trail
from tests import factories, judging
from tests.models import review_rows

pytestmark = pytest.mark.django_db

NOW = timezone.now()
OURS = list(apps.get_app_config("cases").get_models())


def change(make: Callable[[], models.Model], **fields: Any) -> Callable[[], Any]:
    """Change a good row behind the model's back."""

    def changed() -> None:
        row = make()
        type(row)._base_manager.filter(pk=row.pk).update(**fields)

    return changed


def verification(**fields: Any) -> Verification:
    now = timezone.now()
    return Verification.objects.create(began_at=now, ended_at=now, extent=0, problems=0, **fields)


def without_chain() -> Case:
    about = factories.organisation()
    return Case.objects.create(organisation=about, reference="C", opened_at=NOW, updated_at=NOW)


def unplaced(**fields: Any) -> Unplaced:
    held = {"kind": "field", "path": "newField", **fields}
    return Unplaced.objects.create(artefact=factories.artefact(factories.session(results={})), **held)


def session_in(state: str, **fields: Any) -> Callable[[], AmlSession]:
    return lambda: factories.session(state=state, results={}, **fields)


def artefact_in(state: str) -> Callable[[], Artefact]:
    return lambda: factories.artefact(factories.session(results={}), state=state)


def twice(make: Callable[[], models.Model], *shared: str) -> Callable[[], Any]:
    """Make a second row that shares these fields with a good one."""

    def made_twice() -> None:
        first = make()
        _add_beside(first, {name: getattr(first, name) for name in shared})

    return made_twice


def beside(make: Callable[[], models.Model], **fields: Any) -> Callable[[], Any]:
    """Make a second row beside a good one, whose own may not be changed."""
    return lambda: _add_beside(make(), fields)


def _add_beside(first: models.Model, fields: dict[str, Any]) -> None:
    like = {
        field.attname: getattr(first, field.attname) for field in first._meta.fields if not field.primary_key
    }
    type(first)(**{**like, **_of_its_own(first), **fields}).save(force_insert=True)


def _of_its_own(row: models.Model) -> dict[str, Any]:
    """Values that no other row has, for whatever must differ."""
    if isinstance(row, AmlSession):
        return {"number": row.number + 1, "provider_id": "another", "case_id": factories.case().pk}
    if isinstance(row, CreateAttempt):
        return {"token": "another", "number": row.number + 1}
    if isinstance(row, CaseReport):
        return {"submission": uuid.uuid4(), "number": row.number + 1}
    return {}


def event() -> AuditEvent:
    return trail.record(factories.case(), Verb.CASE_VIEWED, subject="case")


def identity() -> OrganisationIdentity:
    taught_by = factories.artefact(factories.session(results={}), state="CAPTURED")
    return taught_by.session.case.organisation.identities.create(
        kind="ORG", country="no", value="312433060", learned_from=taught_by
    )


VIOLATIONS: dict[str, list[Callable[[], Any]]] = {
    "organisation_once": [twice(factories.organisation)],
    "organisation_country_known": [beside(factories.organisation, country="is")],
    "organisation_kind_known": [beside(factories.organisation, kind="VAT")],
    "identity_once_in_organisation": [twice(identity)],
    "identity_kind_known": [change(identity, kind="VAT", country="")],
    "identity_country_of_number": [change(identity, country=""), change(identity, kind="DUNS")],
    "case_state_known": [change(factories.case, state="DONE")],
    "case_waits_for_something": [
        change(factories.case, state="WAITING"),
        change(factories.case, state="WAITING", waits_for="A copy of the passport"),
        change(factories.case, state="WAITING", waits_until=NOW.date()),
        change(factories.case, waits_for="A copy of the passport"),
        change(factories.case, waits_until=NOW.date()),
    ],
    "case_withdrawn_has_reason": [
        change(factories.case, state="WITHDRAWN"),
        change(factories.case, state="WITHDRAWN", withdrawn_at=NOW),
        change(factories.case, state="WITHDRAWN", withdrawn_reason="x"),
        change(factories.case, withdrawn_at=NOW),
        change(factories.case, withdrawn_reason="x"),
    ],
    "case_risk_known": [change(factories.case, risk_class="grave")],
    "case_evidence_known": [change(factories.case, evidence="PERHAPS")],
    "case_screening_known": [change(factories.case, screening="MAYBE")],
    "session_state_known": [change(session_in(SessionState.UNKNOWN), state="LOST")],
    "session_number_once": [twice(session_in(SessionState.FAILED), "number", "case_id")],
    "session_one_unended_per_case": [
        twice(session_in(SessionState.OPEN), "case_id"),
        twice(session_in(SessionState.UNKNOWN), "case_id"),
        twice(session_in(SessionState.QUARANTINED), "case_id"),
    ],
    "session_reopened_has_provider_id": [change(session_in(SessionState.FAILED), reopened_at=NOW)],
    "session_provider_id_once": [twice(session_in(SessionState.OPEN), "provider_id")],
    "session_ended_has_time": [
        change(session_in(SessionState.COMPLETE), ended_at=None),
        change(session_in(SessionState.OPEN), ended_at=NOW),
        change(session_in(SessionState.UNKNOWN), ended_at=NOW),
    ],
    "session_active_has_next_step": [
        change(session_in(SessionState.OPEN), next_step_at=None),
        change(session_in(SessionState.REQUESTED), next_step_at=None),
        change(session_in(SessionState.FAILED), next_step_at=NOW),
        change(session_in(SessionState.UNKNOWN), next_step_at=NOW),
        change(session_in(SessionState.QUARANTINED), next_step_at=NOW),
    ],
    "session_open_has_provider_id": [
        beside(session_in(state), provider_id="")
        for state in (SessionState.OPEN, SessionState.COMPLETE, SessionState.PARTIAL)
    ],
    "session_unhappy_has_reason": [
        change(session_in(state), reason="")
        for state in (
            SessionState.FAILED,
            SessionState.PARTIAL,
            SessionState.UNKNOWN,
            SessionState.QUARANTINED,
        )
    ],
    "attempt_number_once": [
        twice(lambda: factories.attempt(factories.session(results={})), "number"),
    ],
    "attempt_outcome_known": [
        beside(lambda: factories.attempt(factories.session(results={})), outcome="LOST"),
    ],
    "artefact_kind_known": [lambda: factories.artefact(factories.session(results={}), kind="html")],
    "artefact_state_known": [change(artefact_in(ArtefactState.ORDERED), state="LATE")],
    "artefact_once_per_session": [twice(artefact_in(ArtefactState.ORDERED))],
    "artefact_captured_has_bytes": [
        change(artefact_in(ArtefactState.READY), state=ArtefactState.CAPTURED),
        change(artefact_in(ArtefactState.READY), size=3),
        change(artefact_in(ArtefactState.ORDERED), sha256="ab" * 32),
        change(artefact_in(ArtefactState.FAILED), file="evidence/x"),
        change(artefact_in(ArtefactState.EXPIRED), captured_at=NOW),
        *(
            change(
                artefact_in(ArtefactState.READY),
                **{
                    "state": ArtefactState.CAPTURED,
                    "captured_at": NOW,
                    "size": 3,
                    "sha256": "ab" * 32,
                    "file": "evidence/x",
                    **lacking,
                },
            )
            for lacking in ({"captured_at": None}, {"size": None}, {"sha256": ""}, {"file": ""})
        ),
    ],
    "artefact_failed_has_reason": [change(artefact_in(ArtefactState.FAILED), reason="")],
    "delivery_verdict_known": [
        change(
            lambda: factories.delivery(factories.attempt(factories.session(results={}))), verdict="BELIEVED"
        ),
    ],
    "unplaced_once_in_result": [twice(unplaced, "artefact_id")],
    "unplaced_kind_known": [lambda: unplaced(kind="guess")],
    "hit_once_in_case": [twice(factories.hit)],
    "hit_has_fingerprint": [lambda: factories.hit(fingerprint="")],
    "attachment_number_once": [twice(judging.attachment_row, "number", "case_id")],
    **review_rows.VIOLATIONS,
    "signature_verdict_known": [lambda: factories.signature_check(verdict="FINE")],
    "verification_kind_known": [lambda: verification(kind="GUESS")],
    "report_kind_known": [lambda: factories.report(kind="OTHER")],
    "report_state_known": [change(factories.report, state="DRAFT")],
    "report_number_once": [twice(factories.report, "number", "case_id")],
    "report_made_has_bytes": [
        change(factories.report, state=ReportState.MADE),
        change(factories.report, size=3),
        change(factories.report, sha256="ab" * 32),
        *(
            change(
                factories.report,
                **{
                    "state": ReportState.MADE,
                    "made_at": NOW,
                    "size": 3,
                    "sha256": "ab" * 32,
                    "file": "x",
                    **lacking,
                },
            )
            for lacking in ({"made_at": None}, {"size": None}, {"sha256": ""}, {"file": ""})
        ),
    ],
    "report_failed_has_reason": [change(factories.report, state=ReportState.FAILED)],
    "one_chain_of_the_portal": [lambda: AuditChain(case=None).save()],
    "chain_of_one_kind": [
        lambda: AuditChain(case=without_chain(), suspicion_of=factories.case()).save(),
    ],
    "chain_sealed_of_case": [lambda: AuditChain(suspicion_of=factories.case(), sealed="ab" * 32).save()],
    "event_once_in_chain": [twice(event)],
}


def declared() -> dict[str, type[models.Model]]:
    return {constraint.name: model for model in OURS for constraint in model._meta.constraints}


def in_the_database(model: type[models.Model]) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, model._meta.db_table))


def test_the_constraint_is_in_the_database(subtests: pytest.Subtests) -> None:
    for name in sorted(declared()):
        with subtests.test(name=name):
            assert name in in_the_database(declared()[name])


def test_every_constraint_is_tried_here() -> None:
    assert set(declared()) == set(VIOLATIONS)


@pytest.mark.parametrize(
    ("name", "violate"),
    [
        pytest.param(name, violate, id=f"{name}-{n}")
        for name, tries in VIOLATIONS.items()
        for n, violate in enumerate(tries)
    ],
)
def test_the_database_refuses_what_the_constraint_forbids(name: str, violate: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        violate()
    assert _blames(str(refused.value), name)


def _blames(message: str, name: str) -> bool:
    """SQLite names the columns of a unique constraint, or the trigger that came first, instead of the constraint."""
    if name in message:
        return True
    constraint = next(c for c in declared()[name]._meta.constraints if c.name == name)
    table = declared()[name]._meta.db_table
    columns = [
        f"{table}.{declared()[name]._meta.get_field(field).column}"
        for field in getattr(constraint, "fields", ())
    ]
    is_replacing = isinstance(constraint, models.UniqueConstraint) and "evidence is never replaced" in message
    return is_replacing or (bool(columns) and all(column in message for column in columns))


@pytest.mark.parametrize("field", ["reference", "submission"])
def test_no_two_cases_share_what_names_them(field: str) -> None:
    first, second = factories.case(), factories.case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=second.pk).update(**{field: getattr(first, field)})


def test_no_two_attempts_share_a_webhook_address() -> None:
    first = factories.attempt(factories.session(results={}))
    second = factories.attempt(factories.session(results={}))
    with pytest.raises(IntegrityError), transaction.atomic():
        CreateAttempt.objects.filter(pk=second.pk).update(token=first.token)


def test_an_ended_session_makes_room_for_the_next() -> None:
    case = factories.case()
    for state in (SessionState.FAILED, SessionState.COMPLETE, SessionState.PARTIAL, SessionState.OPEN):
        factories.session(case, state, results={})
    assert case.sessions.count() == 4


@pytest.mark.parametrize(
    "remove",
    [
        lambda case: case.delete(),
        lambda case: case.organisation.delete(),
        lambda case: case.opened_by.delete(),
        lambda case: case.sessions.get().delete(),
        lambda case: case.sessions.get().attempts.get().delete(),
    ],
)
def test_nothing_that_evidence_hangs_on_can_be_deleted(remove: Callable[[Case], Any]) -> None:
    session = factories.session(factories.case(opened_by=factories.kari()), SessionState.COMPLETE)
    factories.delivery(factories.attempt(session, AttemptOutcome.OPENED))
    with pytest.raises(models.ProtectedError):
        remove(Case.objects.get())
    assert (Case.objects.count(), Organisation.objects.count(), Delivery.objects.count()) == (1, 1, 1)


def test_times_are_kept_to_the_microsecond() -> None:
    """The hashes of the audit trail are made of them."""
    exact = datetime.datetime(2026, 11, 22, 23, 59, 59, 123457, tzinfo=datetime.UTC)
    case = factories.case(opened_at=exact)
    assert Case.objects.get(pk=case.pk).opened_at == exact


def test_a_case_can_be_opened_in_every_country_whose_numbers_are_known_and_in_no_other() -> None:
    assert [country.upper() for country in Country.values] == [*COUNTRIES]
