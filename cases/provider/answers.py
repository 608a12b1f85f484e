"""What the session API answers, as values: orders in, sessions and the state of their entities out."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cases.provider.contract import SESSION_ID_LIMIT, Contract
from cases.provider.errors import plain
from cases.provider.result.scalars import code

WORD_LIMIT = 100
OTHERS_LIMIT = 50
_FRACTION = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True)
class Order:
    """What is ordered at the provider: `reports`, `expands` and `language` in the contract's words."""

    country: str
    identifier: str
    reports: tuple[str, ...]
    expands: tuple[str, ...]
    language: str
    webhook_url: str | None


@dataclass(frozen=True)
class Created:
    """A session that exists, with the scopes it was ordered under; `server_time` is aware, UTC."""

    session_id: str
    granted_scopes: tuple[str, ...]
    server_time: datetime | None


@dataclass(frozen=True)
class EntityStatus:
    """How far one result entity is.

    `word` is NOT_STARTED, IN_PROGRESS, READY, FAILED or EXPIRED, whatever the wire calls them, or else the
    wire's own word, which means 'not ready, look again later'. `available_until` is aware, UTC.
    """

    word: str
    available_until: datetime | None = None

    @property
    def ready(self) -> bool:
        """Say whether it can be fetched now."""
        return self.word == "READY"

    @property
    def failed(self) -> bool:
        """Say whether the entity failed and will never be there to fetch."""
        return self.word == "FAILED"

    @property
    def expired(self) -> bool:
        """Say whether the entity was there and can no longer be fetched."""
        return self.word == "EXPIRED"


@dataclass(frozen=True)
class Information:
    """The status of each entity of a session, by the portal's name of its kind; those not ordered are absent.

    `others` keeps keys we do not know, as text. `identifier` is whom the session is about, if it says.
    """

    entities: dict[str, EntityStatus]
    server_time: datetime | None
    identifier: str | None
    others: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fetched:
    """A complete download: the file, its SHA-256 (hex), its size in bytes, the media type as declared."""

    path: Path
    sha256: str
    size: int
    media_type: str
    server_time: datetime | None


@dataclass(frozen=True)
class Access:
    """Where the provider is and what it lets us do; `missing_scopes` were asked for but not granted."""

    token_endpoint: str
    base_url: str
    granted_scopes: tuple[str, ...]
    missing_scopes: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True)
class KeptToken:
    """What is known of the token that the workers of this machine share; not the token itself."""

    granted_scopes: tuple[str, ...]
    missing_scopes: tuple[str, ...]
    expires_at: datetime


def order_body(order: Order, contract: Contract) -> dict[str, Any]:
    """Write an order as the wire wants it (contract §2)."""
    hyphenated = order.country in contract.hyphenated_countries
    body: dict[str, Any] = {
        contract.order_identifier: order.identifier if hyphenated else order.identifier.replace("-", ""),
        contract.order_reports: list(order.reports),
        contract.order_expands: list(order.expands),
        contract.order_language: order.language,
    }
    if order.webhook_url:
        body[contract.order_webhook] = {
            contract.order_webhook_url: order.webhook_url,
            contract.order_webhook_events: list(contract.webhook_events),
        }
    return body


def is_session_id(value: object) -> bool:
    """Say whether a value can be a session's id, kept in a database and put into a path."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= SESSION_ID_LIMIT
        and value.isprintable()
        and not value.isspace()
        and "\ufffd" not in value  # stands for what could not be stored: no longer the id they gave
        and value not in (".", "..")  # a path cannot hold these, however they are encoded
    )


def information(body: dict[str, Any], contract: Contract, server_time: datetime | None) -> Information:
    """Read the answer to a poll, the statuses of a session's entities (contract §3); nothing in it raises."""
    by_key = {kind.information_key: kind.name for kind in contract.kinds}
    entities = {
        name: _entity(body[key], contract) for key, name in by_key.items() if body.get(key) is not None
    }
    rest = [key for key in body if key not in by_key and key != contract.session_id]
    others = {plain(key)[:WORD_LIMIT]: plain(str(body[key]))[:WORD_LIMIT] for key in rest[:OTHERS_LIMIT]}
    identifiers = (body.get(key) for key in contract.identifier_keys)
    identifier = next((plain(text) for text in identifiers if isinstance(text, str) and text.strip()), None)
    return Information(entities, server_time, identifier, others)


def _entity(value: object, contract: Contract) -> EntityStatus:
    """Read one entity's state, a word or an object that holds one."""
    until = None
    if isinstance(value, dict):
        until = _moment(value.get(contract.available_until))
        value = value.get(contract.status)
    word = plain(value)[:WORD_LIMIT] if isinstance(value, str) else ""
    ours = ("NOT_STARTED", "IN_PROGRESS", "READY", "FAILED", "EXPIRED")
    known = {code(theirs): own for theirs, own in zip(contract.statuses, ours, strict=True)}
    return EntityStatus(known.get(code(word), word), until)


def _moment(value: object) -> datetime | None:
    """Read a date-time with its zone; None without one, for a deadline must not be guessed."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    try:
        moment = datetime.fromisoformat(_FRACTION.sub(r"\1", value.strip()))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
