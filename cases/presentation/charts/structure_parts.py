"""What a chart of the structure is drawn with: nodes, the ties between them, and what each stands for."""

from dataclasses import dataclass
from enum import StrEnum

from cases.findings.owner_rows import Entry, Fact
from cases.findings.vocabulary.presence import Nothing

CUSTOMER, MORE_OWNERS, MORE_SUBSIDIARIES = "customer", "more-owners", "more-subsidiaries"


class Shape(StrEnum):
    """What a node stands for; each has a form of its own, and says it in words too."""

    CUSTOMER = "customer"
    PERSON = "person"
    COMPANY = "company"
    UNKNOWN = "unknown"
    REMAINDER = "remainder"
    FOLDED = "folded"
    NOTHING = "nothing"
    ITSELF = "itself"


class Line(StrEnum):
    """How a tie is drawn: a share held, control by other ways, or what is not known."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    OPEN = "open"


class Sign(StrEnum):
    """What a badge is about."""

    BENEFICIAL = "beneficial"
    DECEASED = "deceased"
    HIT = "hit"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Badge:
    """Something to notice at a node."""

    sign: Sign
    words: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Who owns whom, by the keys of nodes; `words` is the share, or why there is none."""

    owner: str
    owned: str
    words: str
    line: Line


@dataclass(frozen=True, slots=True)
class Node:
    """One box: a party, or what stands for several or for none. `entry` is its row in a table."""

    key: str
    shape: Shape
    name: str
    under: str = ""
    badges: tuple[Badge, ...] = ()
    facts: tuple[Fact, ...] = ()
    entry: Entry | None = None
    count: int = 1
    nothing: Nothing | None = None
