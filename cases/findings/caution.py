"""Something a reader must not overlook, with what it rests on."""

from dataclasses import dataclass
from enum import StrEnum

from cases.findings.presence import Words


class Level(StrEnum):
    """How loud a caution is, in the words the page's alerts use."""

    DANGER = "danger"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Caution:
    """A statement, and the place of the result it rests on."""

    code: str
    text: Words
    rests_on: str
    level: Level = Level.WARNING
