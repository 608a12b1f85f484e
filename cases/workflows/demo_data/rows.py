"""What a history is made of, before anything is saved."""

import datetime
from dataclasses import dataclass, field
from typing import Any, Protocol

from cases.models import AmlSession, Artefact, CreateAttempt, Delivery, Hit, User, Verb
from cases.models.audit.subject import EventSubject
from cases.provider.numbers.identifiers import Identifier
from cases.workflows.ordering.session_requests import ResultRequest


class Subject(Protocol):
    """An invented organisation."""

    @property
    def identifier(self) -> Identifier: ...

    @property
    def name(self) -> str: ...

    @property
    def is_listed(self) -> bool:
        """Does a screening find anybody?"""

    def result(self, expands: tuple[str, ...], *, with_ofac: bool, years_ago: int) -> bytes:
        """The JSON as the provider would give it: the elements ordered, without OFAC where that was not granted."""


@dataclass(frozen=True)
class PlannedEvent:
    """An event of the audit trail before it is chained."""

    at: datetime.datetime
    verb: Verb
    actor: User | None
    subject: EventSubject
    was: str
    now: str
    rests_on: str
    detail: dict[str, Any]
    # Hits, told once they are saved.
    hits: tuple[Hit, ...] = ()


@dataclass
class Order:
    """A session with its rows; `results` by kind."""

    session: AmlSession
    result_request: ResultRequest
    results: dict[str, Artefact]
    attempts: list[CreateAttempt] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    years_ago: int = 0

    @property
    def subject(self) -> EventSubject:
        return EventSubject.session(self.session.number)

    def result_subject(self, kind: str) -> EventSubject:
        return EventSubject.result(self.session.number, kind)
