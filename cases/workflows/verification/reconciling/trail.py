"""The events of one case, as what its rows are held against."""

import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from cases.models import AuditEvent, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.recorded_columns import ROW

ERASED = "its detail was erased under the law"
BEFORE = "written before events told it"
# Openings are most of a chain, and tell of no row.
UNCOMPARED = (Verb.CASE_VIEWED, Verb.DOCUMENT_VIEWED)
# Where the fields of an event are found, in their order.
FIELDS = ("chain__case", "pk", "sequence", "verb", "actor", "subject", "rests_on", "detail__body")


class _Fields(NamedTuple):
    """An event as the database holds it.

    `case` is None in the portal's own chain, `body` without a detail, and '' if erased.
    """

    case: int | None
    pk: int
    sequence: int
    verb: str
    actor: int | None
    subject: str
    rests_on: str
    body: str | None


class Event(_Fields):
    """One event of a case."""

    @cached_property
    def detail(self) -> dict[str, Any]:
        """What it tells; {} if that was erased, or altered so that it cannot be read (the chain tells of that)."""
        try:
            found = json.loads(self.body or "{}")
        except (TypeError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def row(self) -> dict[str, Any] | None:
        """What it tells of the columns of its row (`recorded_columns`), None if it tells nothing of them."""
        found = self.detail.get(ROW)
        return found if isinstance(found, dict) else None

    @property
    def why_not(self) -> str:
        """Why it does not tell what events tell today."""
        return BEFORE if self.detail else ERASED

    def __str__(self) -> str:
        return f"event {self.sequence}"


class Trail:
    """The events of one case in their order, without openings."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = list(events)
        self._by_subject: dict[str, list[Event]] = {}
        for event in self.events:
            self._by_subject.setdefault(event.subject, []).append(event)

    def of(self, subject: EventSubject, *verbs: Verb) -> list[Event]:
        """The events about a subject, with one of these verbs; with any if none is named."""
        return [event for event in self._by_subject.get(str(subject), ()) if not verbs or event.verb in verbs]

    def with_verb(self, *verbs: Verb) -> list[Event]:
        return [event for event in self.events if event.verb in verbs]


def of_cases(cases: Iterable[int]) -> Iterator[Event]:
    """The events of these cases, by their keys, each case's in their order."""
    events = AuditEvent.objects.filter(chain__case__in=list(cases)).exclude(verb__in=UNCOMPARED)
    rows = events.order_by("chain__case", "sequence").values_list(*FIELDS)
    return map(Event._make, rows.iterator())
