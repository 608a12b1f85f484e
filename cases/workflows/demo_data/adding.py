"""Writing whole histories down, many rows at a time, so that every audit chain holds."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from amlportal.storage import NameTaken
from cases.findings.names.collation import sort_key
from cases.models import (
    AmlSession,
    Artefact,
    AuditChain,
    AuditDetail,
    AuditEvent,
    Case,
    CreateAttempt,
    Delivery,
    Hit,
    Organisation,
    OrganisationIdentity,
    PendingSignatureCheck,
    ReferenceCounter,
    Unplaced,
    Verb,
)
from cases.models.casework.identity import IdentityKind, Number, firm_of
from cases.presentation.capture_reading import CaptureReading
from cases.workflows import capture_columns
from cases.workflows.audit import recorded_columns
from cases.workflows.audit.trail import detail_of, linked
from cases.workflows.casework import assessed_columns
from cases.workflows.demo_data.case_history import CaseHistory
from cases.workflows.demo_data.rows import Order, PlannedEvent
from cases.workflows.results import derive, identities, searching
from cases.workflows.results.which_capture import to_read


def add(histories: Sequence[CaseHistory]) -> None:
    """Save the histories, files first, rows in one transaction. The older a case, the lower its reference."""
    for history in histories:
        _keep(history.files)
    save(sorted(histories, key=attrgetter("case.opened_at")))


def _keep(files: dict[str, bytes]) -> None:
    """Store files, which are named by their hash: one that is there already holds the same bytes."""
    for name, data in files.items():
        if not default_storage.exists(name):
            try:
                default_storage.save(name, ContentFile(data))
            except NameTaken:
                continue


@transaction.atomic
def save(histories: Sequence[CaseHistory]) -> None:
    """Save the rows of histories, in the order of their references, without their files."""
    _save_organisations(histories)
    for history in histories:
        year = timezone.localtime(history.case.opened_at).year
        history.case.reference = ReferenceCounter.next_reference(year)
    Case.objects.bulk_create(history.case for history in histories)
    orders = [order for history in histories for order in history.orders]
    _save_orders(orders)
    Hit.objects.bulk_create(hit for history in histories for hit in history.hits.values())
    Unplaced.objects.bulk_create(row for history in histories for row in history.unplaced)
    _save_trails(histories)
    save_columns(histories)
    _save_searches(histories)


def save_columns(histories: Sequence[CaseHistory]) -> None:
    """Derive the columns of each case, and who it is found by, from the captures that are read of it."""
    sessions = AmlSession.objects.filter(case__in=[history.case for history in histories]).order_by("-number")
    of_case: dict[int, list[AmlSession]] = {}
    for session in sessions.select_related("case__organisation").prefetch_related(
        "artefacts__signature_checks"
    ):
        of_case.setdefault(session.case_id, []).append(session)
    for history in histories:
        its_own = of_case.get(history.case.pk, [])
        for column, value in capture_columns.columns(its_own).items():
            setattr(history.case, column, value)
        session_read = to_read(its_own)
        if session_read is not None:
            artefact = derive.result_in(session_read)
            parsed = history.parsed_result(artefact)
            read = derive.read_together(artefact, parsed, its_own, history.parsed_result)
            for column, value in derive.columns(artefact, read, its_own).items():
                setattr(history.case, column, value)
            history.names = searching.result_entries(artefact, read)
            reading = CaptureReading(session_read, artefact, read.result)
        else:
            reading = CaptureReading(None, None, derive.NOT_READ)
        for column, value in assessed_columns.columns(history.case, reading, its_own).items():
            setattr(history.case, column, value)
    Case.objects.bulk_update(
        [history.case for history in histories],
        (*derive.COLUMNS, *capture_columns.COLUMNS, *assessed_columns.COLUMNS),
    )


def _save_organisations(histories: Sequence[CaseHistory]) -> None:
    """Give each case the one row of its organisation, which takes the newest name."""
    rows: dict[tuple[str, str, str], Organisation] = {}
    for history in histories:
        one = history.organisation
        key = (one.country, one.kind, one.value)
        if key not in rows:
            rows[key], _created = Organisation.objects.get_or_create(
                country=one.country, kind=one.kind, value=one.value
            )
        rows[key].name = one.name or rows[key].name
        rows[key].sort_key = sort_key(rows[key].name) or None
        history.case.organisation = rows[key]
    Organisation.objects.bulk_update(rows.values(), ["name", "sort_key"])


def _save_orders(orders: Sequence[Order]) -> None:
    AmlSession.objects.bulk_create(order.session for order in orders)
    CreateAttempt.objects.bulk_create(attempt for order in orders for attempt in order.attempts)
    artefacts = Artefact.objects.bulk_create(
        artefact for order in orders for artefact in order.results.values()
    )
    PendingSignatureCheck.objects.add(artefacts)
    Delivery.objects.bulk_create(delivery for order in orders for delivery in order.deliveries)


def _save_searches(histories: Sequence[CaseHistory]) -> None:
    """Save what captures taught, and what cases are found by; earlier cases of the same firms learn it too."""
    rows = [
        row
        for history in histories
        for artefact, key in history.stated
        for row in identities.stated_by(artefact, key, history.case.organisation)
    ]
    OrganisationIdentity.objects.bulk_create(rows, ignore_conflicts=True)
    searching.save(searching.rows({history.case: history.names for history in histories}))
    numbers = [Number(row.kind, row.country, row.value) for row in rows if row.kind != IdentityKind.NAME]
    firms = firm_of(*numbers)
    about = {
        *firms.organisations,
        *firms.contradicted,
        *(history.case.organisation_id for history in histories),
    }
    others = Case.objects.filter(organisation__in=about).exclude(
        pk__in=[history.case.pk for history in histories]
    )
    searching.refresh(others.select_related("organisation"))


def _save_trails(histories: Iterable[CaseHistory]) -> None:
    chains, events, details = [], [], []
    for history in histories:
        history.chain.case = history.case
        for planned in history.planned_events:
            detail = _detail_of(history, planned)
            events.append(linked(detail))
            details.append(detail)
        chains.append(history.chain)
    AuditChain.objects.bulk_create(chains)
    AuditEvent.objects.bulk_create(events)
    AuditDetail.objects.bulk_create(details)


def _detail_of(history: CaseHistory, planned: PlannedEvent) -> AuditDetail:
    """Make a planned event and its detail, unsaved."""
    event = AuditEvent(
        chain=history.chain,
        at=planned.at,
        verb=planned.verb,
        actor=planned.actor,
        subject=str(planned.subject),
        rests_on=planned.rests_on,
    )
    detail = {**planned.detail, **_of_saved(history.case, planned)}
    return detail_of(event, was=planned.was, now=planned.now, detail=detail)


def _of_saved(case: Case, event: PlannedEvent) -> recorded_columns.RecordedRow:
    """What an event tells of rows that is known only once they are saved: the reference of the case, keys of hits."""
    if event.verb == Verb.CASE_CREATED:
        return {recorded_columns.ROW: {**event.detail[recorded_columns.ROW], "reference": case.reference}}
    if event.verb != Verb.HITS_FOUND:
        return {}
    for hit in event.hits:
        hit.first_seen, hit.last_seen = hit.first_seen, hit.last_seen  # which have their keys by now
    return recorded_columns.of_hits(event.hits)
