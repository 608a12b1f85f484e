"""The sessions a sandbox holds, and the states of their entities (contract §3, §4)."""

import hashlib
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from amlportal.sandbox.sessions.orders import Order
from amlportal.sandbox.universe.organisation import Organisation

JSON = "json"
JSON_ENTITY = "jsonData"
REPORT_ENTITIES = {
    "aml": "aml-report",
    "certificate_of_registration": "certificate-of-registration-report",
}
FORGOTTEN_AFTER_LIVES = 12


@dataclass
class Entity:
    """One result of a session; times are epoch seconds."""

    name: str
    kind: str
    seconds: float
    available_at: float | None = None
    failed: bool = False
    handed_out_at: float | None = None  # first

    @property
    def endpoint(self) -> str:
        """The endpoint it is fetched from, as faults name it."""
        return JSON if self.kind == JSON else "report"

    @property
    def is_made(self) -> bool:
        """Whether the entity became ready or failed."""
        return self.failed or self.available_at is not None


@dataclass
class Session:
    """One session as it was made; the registry's lock guards what changes."""

    organisation: Organisation
    order: Order
    scopes: frozenset[str]
    lifetime: float
    entities: dict[str, Entity]
    reordered: bool = False
    moved: bool = False
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    created: float = field(default_factory=time.time)
    fetches: Counter[str] = field(default_factory=Counter)
    voice: threading.Lock = field(default_factory=threading.Lock)
    made: list[Entity] = field(default_factory=list)
    announced: int = 0
    held_webhooks: list[tuple[str, str | None]] = field(default_factory=list)

    @property
    def due(self) -> float:
        """When all entities of the session should be ready, in epoch seconds."""
        return self.created + max(entity.seconds for entity in self.entities.values())

    @property
    def forgotten_at(self) -> float:
        """When nobody asks for the session any more, long after its life, in epoch seconds."""
        return self.due + FORGOTTEN_AFTER_LIVES * max(self.lifetime, 600)

    def status(self, entity: Entity) -> str:
        """Return the entity's status word."""
        if entity.failed:
            return "FAILED"
        if entity.available_at is not None:
            return "EXPIRED" if self.expired(entity) else "READY"
        first = self.entities[JSON]
        return "IN_PROGRESS" if entity is first or first.is_made else "NOT_STARTED"

    def expired(self, entity: Entity) -> bool:
        """Say whether the entity's lifetime is over."""
        return entity.available_at is not None and time.time() >= entity.available_at + self.lifetime

    @property
    def times(self) -> dict[str, list[float | None]]:
        """When each result became ready, and when it was first handed out."""
        return {kind: [entity.available_at, entity.handed_out_at] for kind, entity in self.entities.items()}

    def available_until(self, entity: Entity) -> str | None:
        """Return when the entity expires, as a date-time, None before it is ready."""
        if entity.available_at is None:
            return None
        return datetime.fromtimestamp(entity.available_at + self.lifetime, UTC).isoformat()

    def information(self, *, objects: bool = False) -> dict[str, Any]:
        """Return the answer of the information call."""
        content: dict[str, Any] = {"sessionId": self.id}
        for entity in self.entities.values():
            status = self.status(entity)
            until = self.available_until(entity)
            content[entity.name] = {"status": status, "availableUntil": until} if objects else status
        return content


def entities_of(
    order: Order, organisation: Organisation, json_seconds: float, report_seconds: float
) -> dict[str, Entity]:
    """Return the entities of an order by kind, each with the seconds until it is ready."""
    entities = {JSON: Entity(JSON_ENTITY, JSON, json_seconds * jitter(organisation.number, JSON))}
    for report in order.reports:
        name = REPORT_ENTITIES[report]
        entities[report] = Entity(name, report, report_seconds * jitter(organisation.number, report))
    return entities


def jitter(*parts: str) -> float:
    """Return a factor from 0.85 to 1.15 that is always the same for the same words."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return 0.85 + 0.3 * digest[0] / 255


class Sessions:
    """The register of sessions."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._sessions: dict[str, Session] = {}

    def add(self, session: Session) -> None:
        """Keep a session, and forget those long past their life."""
        with self.lock:
            now = time.time()
            for past in [one.id for one in self._sessions.values() if one.forgotten_at < now]:
                del self._sessions[past]
            self._sessions[session.id] = session

    def get(self, session_id: str) -> Session | None:
        """Return a session, None when it is unknown or forgotten."""
        with self.lock:
            return self._sessions.get(session_id)

    def latest(self, count: int | None = None) -> list[Session]:
        """Return the sessions, the newest first."""
        with self.lock:
            return list(reversed(self._sessions.values()))[:count]

    def clear(self) -> None:
        """Forget every session."""
        with self.lock:
            self._sessions.clear()
