"""The timeline as a page shows it: filtered by kind, a page at a time, day by day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import Promise

from cases.models import AuditEvent, Case, User
from cases.models.audit.event import AuditEventQuerySet
from cases.presentation.event_kinds import KINDS, EventKind
from cases.presentation.timeline import TimelineEntry
from cases.web.case_page.page import address
from cases.web.case_page.tab_names import Tab

A_PAGE = 50


@dataclass(frozen=True)
class Filter:
    """One kind of event, how many there are, and the address that adds it to the choice or takes it out."""

    kind: EventKind
    label: str | Promise
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Day:
    """The events of one day, by the clock of the page."""

    day: datetime.date
    events: tuple[TimelineEntry, ...]


def chosen(words: Iterable[str]) -> tuple[EventKind, ...]:
    """The kinds of event an address asks for, empty if all are meant; what is no kind is passed over."""
    named = set(words)
    return tuple(kind for kind in EventKind if kind in named)


def filters(case: Case, chosen: tuple[EventKind, ...]) -> list[Filter]:
    """A filter for every kind of event that the case has, or that is chosen. Several may be chosen at once."""
    counted = AuditEvent.objects.of_case(case).order_by().values_list("verb").annotate(Count("pk"))
    events = dict(counted)
    found = []
    for kind in EventKind:
        count = sum(events.get(verb, 0) for verb in KINDS[kind])
        if count or kind in chosen:
            others = [other for other in EventKind if (other in chosen) is not (other is kind)]
            found.append(Filter(kind, kind.label, count, kind in chosen, _of_kinds(case, others)))
    return found


def of_portal(person: User | None, kind: EventKind | None) -> AuditEventQuerySet:
    """The events that belong to no case, newest first: those of a person and of a kind, if any is named."""
    events = AuditEvent.objects.of_portal().newest_first()
    if person is not None:
        events = events.about(person)
    return events.with_verbs(*KINDS[kind]) if kind is not None else events


def _of_kinds(case: Case, kinds: list[EventKind]) -> str:
    query = urlencode([("kind", kind.value) for kind in kinds])
    return address(case, Tab.TIMELINE) + (f"?{query}" if query else "")


def by_day(events: Iterable[TimelineEntry]) -> list[Day]:
    """Events in their order, under the day on which each happened."""
    days = groupby(events, key=lambda entry: timezone.localdate(entry.event.at))
    return [Day(day, tuple(of_day)) for day, of_day in days]


def address_of(event: AuditEvent, case: Case) -> str:
    """Where an event stands in the unfiltered timeline."""
    newer = AuditEvent.objects.of_case(case).filter(sequence__gt=event.sequence).count()
    query = f"?page={newer // A_PAGE + 1}" if newer >= A_PAGE else ""
    return f"{address(case, Tab.TIMELINE)}{query}#event-{event.sequence}"
