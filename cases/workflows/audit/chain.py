"""The canonical form of an audit event and the hashes made of it (docs/audit.md). Pure."""

import datetime
import hashlib
import json
from typing import Any, NamedTuple

SALT_LENGTH = 32  # hex digits


class Link(NamedTuple):
    """Everything an event's hash covers, under the names of the canonical form; `case` None: the portal's own chain."""

    case: int | None
    sequence: int
    at: str
    verb: str
    actor: int | None
    subject: str
    rests_on: str
    detail: str
    previous: str

    def hash(self) -> str:
        """SHA-256 (hex) over the canonical form, the hash of the event before included."""
        return _digest(canonical(self._asdict()))


def canonical(value: dict[str, Any]) -> str:
    """The one way to write a JSON object: sorted keys, no spaces, everything outside ASCII escaped."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def moment(at: datetime.datetime) -> str:
    """A time as events hold it, '2026-11-23T07:20:19.000000+00:00': always UTC, always six digits."""
    return at.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def detail_hash(salt: str, body: str) -> str:
    """The hash of a detail, which its event holds: without the salt, nobody can try out what was erased."""
    return _digest(salt + body)


def seal(salt: str, event_hash: str) -> str:
    """The salted hash of a note of suspicion, which is all that the case's own chain holds of it."""
    return _digest(salt + event_hash)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
