"""Writing whole stories down, many rows at a time, so that every audit chain holds."""

import secrets
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
    ReferenceCounter,
    Unplaced,
    Verb,
)
from cases.models.audit.event import PORTAL
from cases.models.casework.identity import IdentityKind, Number, firm_of
from cases.workflows.audit import recorded_columns
from cases.workflows.audit.chain import SALT_LENGTH, canonical, detail_hash
from cases.workflows.audit.trail import linked
from cases.workflows.demo_data.rows import Order, PlannedEvent
from cases.workflows.demo_data.story import Story
from cases.workflows.results import derive, identities, searching
from cases.workflows.results.captures_read import to_read


def plant(stories: Sequence[Story]) -> None:
    """Save the stories, files first, rows in one transaction. The older a case, the lower its reference."""
    for story in stories:
        _keep(story.files)
    _save(sorted(stories, key=attrgetter("case.opened_at")))


def _keep(files: dict[str, bytes]) -> None:
    """Files are named by their hash: one that is there already holds the same bytes."""
    for name, data in files.items():
        if not default_storage.exists(name):
            try:
                default_storage.save(name, ContentFile(data))
            except NameTaken:
                continue


@transaction.atomic
def _save(stories: Sequence[Story]) -> None:
    _save_organisations(stories)
    for story in stories:
        year = timezone.localtime(story.case.opened_at).year
        story.case.reference = ReferenceCounter.next_reference(year)
    Case.objects.bulk_create(story.case for story in stories)
    orders = [order for story in stories for order in story.orders]
    _save_orders(orders)
    Hit.objects.bulk_create(hit for story in stories for hit in story.hits.values())
    Unplaced.objects.bulk_create(row for story in stories for row in story.unplaced)
    _save_trails(stories)
    _save_columns(stories)
    _save_searches(stories)


def _save_columns(stories: Sequence[Story]) -> None:
    """Derive the columns of each case, and who it is found by, from the captures that are read of it."""
    sessions = AmlSession.objects.filter(case__in=[story.case for story in stories]).order_by("-number")
    of_case: dict[int, list[AmlSession]] = {}
    for session in sessions.select_related("case__organisation").prefetch_related(
        "artefacts__signature_checks"
    ):
        of_case.setdefault(session.case_id, []).append(session)
    for story in stories:
        its_own = of_case.get(story.case.pk, [])
        session_read = to_read(its_own)
        if session_read is not None:
            artefact = derive.result_in(session_read)
            read = story.reading_of(artefact)
            for column, value in derive.columns(artefact, read, its_own, story.reading_of).items():
                setattr(story.case, column, value)
            document = derive.document(artefact, read, its_own, story.reading_of)
            story.names = searching.told_by(artefact, document)
    Case.objects.bulk_update([story.case for story in stories], derive.COLUMNS)


def _save_organisations(stories: Sequence[Story]) -> None:
    """Give each case the one row of its organisation, which takes the newest name."""
    rows: dict[tuple[str, str, str], Organisation] = {}
    for story in stories:
        one = story.organisation
        key = (one.country, one.kind, one.value)
        if key not in rows:
            rows[key], _created = Organisation.objects.get_or_create(
                country=one.country, kind=one.kind, value=one.value
            )
        rows[key].name = one.name or rows[key].name
        rows[key].sort_key = sort_key(rows[key].name) or None
        story.case.organisation = rows[key]
    Organisation.objects.bulk_update(rows.values(), ["name", "sort_key"])


def _save_orders(orders: Sequence[Order]) -> None:
    AmlSession.objects.bulk_create(order.session for order in orders)
    CreateAttempt.objects.bulk_create(attempt for order in orders for attempt in order.attempts)
    Artefact.objects.bulk_create(artefact for order in orders for artefact in order.results.values())
    Delivery.objects.bulk_create(delivery for order in orders for delivery in order.deliveries)


def _save_searches(stories: Sequence[Story]) -> None:
    """Keep what captures taught, and what cases are found by; cases of before learn it too."""
    rows = [
        row
        for story in stories
        for artefact, key in story.stated
        for row in identities.said_by(artefact, key, story.case.organisation)
    ]
    OrganisationIdentity.objects.bulk_create(rows, ignore_conflicts=True)
    searching.save(searching.rows({story.case: story.names for story in stories}))
    numbers = [Number(row.kind, row.country, row.value) for row in rows if row.kind != IdentityKind.NAME]
    firms = firm_of(*numbers)
    about = {*firms.organisations, *firms.contradicted, *(story.case.organisation_id for story in stories)}
    others = Case.objects.filter(organisation__in=about).exclude(pk__in=[story.case.pk for story in stories])
    searching.refresh(others.select_related("organisation"))


def _save_trails(stories: Iterable[Story]) -> None:
    chains, events, details = [], [], []
    for story in stories:
        story.chain.case = story.case
        for told in story.told:
            event, detail = _chained(story, told)
            events.append(event)
            details.append(detail)
        chains.append(story.chain)
    AuditChain.objects.bulk_create(chains)
    AuditEvent.objects.bulk_create(events)
    AuditDetail.objects.bulk_create(details)


def _chained(story: Story, told: PlannedEvent) -> tuple[AuditEvent, AuditDetail]:
    salt = secrets.token_hex(SALT_LENGTH // 2)
    actor = told.actor.name if told.actor else PORTAL
    detail = {**told.detail, **_of_saved(story.case, told)}
    body = canonical({"actor": actor, "was": told.was, "now": told.now, **detail})
    event = AuditEvent(
        chain=story.chain,
        at=told.at,
        verb=told.verb,
        actor=told.actor,
        subject=told.subject,
        rests_on=told.rests_on,
    )
    linked(event, detail_hash(salt, body))
    return event, AuditDetail(event=event, salt=salt, body=body)


def _of_saved(case: Case, told: PlannedEvent) -> recorded_columns.RecordedRow:
    """What an event tells of rows that is known only once they are saved: the reference of the case, keys of hits."""
    if told.verb == Verb.CASE_CREATED:
        return {recorded_columns.ROW: {**told.detail[recorded_columns.ROW], "reference": case.reference}}
    if told.verb != Verb.HITS_FOUND:
        return {}
    for hit in told.hits:
        hit.first_seen, hit.last_seen = hit.first_seen, hit.last_seen  # which have their keys by now
    return recorded_columns.of_hits(told.hits)
