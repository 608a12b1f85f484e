"""The one door to the provider: order a session, look at it, fetch what it made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cases.provider.config import ProviderConfig


@dataclass(frozen=True)
class Order:
    """What to ask for: `reports`, `expands` and `language` in the contract's words."""

    country: str
    identifier: str
    reports: tuple[str, ...]
    expands: tuple[str, ...]
    language: str
    webhook_url: str | None


@dataclass(frozen=True)
class Created:
    """A session that exists, with the scopes it was ordered under."""

    session_id: str
    granted_scopes: tuple[str, ...]
    server_time: datetime | None


@dataclass(frozen=True)
class EntityStatus:
    """How far one result entity is: a known word, or the word as it came."""

    word: str
    available_until: datetime | None = None

    @property
    def ready(self) -> bool:
        """Say whether it can be fetched now."""
        return self.word == "READY"

    @property
    def failed(self) -> bool:
        """Say whether it will never come."""
        return self.word == "FAILED"

    @property
    def expired(self) -> bool:
        """Say whether it is no longer there."""
        return self.word == "EXPIRED"


@dataclass(frozen=True)
class Information:
    """What a session says of its entities, by our name of the kind; keys we do not know are in `others`."""

    entities: dict[str, EntityStatus]
    server_time: datetime | None
    identifier: str | None
    others: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fetched:
    """A complete download: the file, its SHA-256 (hex), its size in bytes and the media type as declared."""

    path: Path
    sha256: str
    size: int
    media_type: str
    server_time: datetime | None


@dataclass(frozen=True)
class Access:
    """Where the provider is and what it lets us do."""

    token_endpoint: str
    base_url: str
    granted_scopes: tuple[str, ...]
    missing_scopes: tuple[str, ...]
    expires_at: datetime


class ProviderClient:
    """Speaks to the provider; one instance serves many threads."""

    def __init__(self, config: ProviderConfig) -> None:
        self.config = config

    def create_session(self, order: Order) -> Created:
        """Order a session (contract §2)."""
        raise NotImplementedError

    def session_information(self, session_id: str) -> Information:
        """Ask how far each entity of a session is (contract §3)."""
        raise NotImplementedError

    def fetch(
        self, session_id: str, kind: str, folder: Path, on_progress: Callable[[int], None] | None = None
    ) -> Fetched:
        """Stream one entity into a new file in `folder` (contract §4)."""
        raise NotImplementedError

    def access(self) -> Access:
        """Find the provider and get a token now."""
        raise NotImplementedError

    def paused_until(self) -> float:
        """Give the epoch second until which a 429 holds all workers; 0 if none does."""
        raise NotImplementedError
