"""Who owns what in the universe, and which persons control an organisation in the end."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from amlportal.sandbox.universe.chapters import Person

STEP = 25.0
"""An indirect owner needs this much at every step, in per cent (contract §7)."""
LISTED_FROM = 50.0
"""Holdings from this much on are listed as subsidiaries, in per cent."""


@dataclass(frozen=True)
class Holder:
    """Somebody who owns shares: an organisation by its scope, a person, or somebody outside the universe."""

    name: str
    scope: str | None = None
    number: str | None = None
    person: Person | None = None
    type: str | None = "ORGANIZATION"

    def shareholder(self, share: float | None) -> dict[str, Any]:
        """Return the holder as the shareholders list shows it."""
        return {
            "name": self.name,
            "organizationNumber": self.number,
            "percentage": share,
            "dateOfBirth": self.person.born if self.person else None,
            "type": self.type,
        }


@dataclass(frozen=True)
class Holding:
    """A holder's share of an organisation, in per cent."""

    holder: Holder
    owned: str
    share: float | None


@dataclass(frozen=True)
class Control:
    """What a person has of an organisation, in per cent: by own shares, and through all chains together."""

    person: Person
    direct: float
    integrated: float


class Holdings:
    """The register of all holdings."""

    def __init__(self, holdings: list[Holding], names: Mapping[str, tuple[str, str]]) -> None:
        self._names = names
        self._into: defaultdict[str, list[Holding]] = defaultdict(list)
        self._from: defaultdict[str, list[Holding]] = defaultdict(list)
        for holding in holdings:
            self._into[holding.owned].append(holding)
            if holding.holder.scope is not None:
                self._from[holding.holder.scope].append(holding)

    def holders(self, scope: str) -> list[Holding]:
        """Return the holdings in an organisation, the largest first, those of unknown size last."""
        return sorted(self._into[scope], key=lambda holding: -(holding.share or 0))

    def subsidiaries(self, scope: str) -> list[dict[str, Any]]:
        """Return the organisations of which this one has half or more, as the list of subsidiaries shows them."""
        listed = [one for one in self._from[scope] if (one.share or 0) >= LISTED_FROM]
        return [
            {"name": name, "organizationNumber": number, "percentage": one.share}
            for one in sorted(listed, key=lambda holding: -(holding.share or 0))
            for name, number in [self._names[one.owned]]
        ]

    def levels(self, scope: str, seen: frozenset[str] = frozenset()) -> int:
        """Return how many levels of owners are above an organisation; a circle is counted once."""
        above = [
            one.holder.scope for one in self._into[scope] if one.holder.scope not in {None, scope, *seen}
        ]
        deeper = [self.levels(one, seen | {scope}) for one in above if one is not None]
        return (1 if self._into[scope] else 0) + max(deeper, default=0)

    def controllers(self, scope: str) -> list[Control]:
        """Return the persons with a chain of at least 25 % at every step, the largest first."""
        direct: defaultdict[Person, float] = defaultdict(float)
        integrated: defaultdict[Person, float] = defaultdict(float)
        chained: set[Person] = set()
        for person, shares in self._chains(scope, ()):
            part = 100.0
            for share in shares:
                part *= share / 100
            integrated[person] += part
            if len(shares) == 1:
                direct[person] += part
            if min(shares) >= STEP:
                chained.add(person)
        found = [Control(person, direct[person], round(integrated[person], 2)) for person in chained]
        return sorted(found, key=lambda control: (-control.integrated, control.person.name))

    def _chains(self, scope: str, below: tuple[str, ...]) -> Iterator[tuple[Person, tuple[float, ...]]]:
        for holding in self._into[scope]:
            if holding.share is None:
                continue
            if holding.holder.person is not None:
                yield holding.holder.person, (holding.share,)
            elif holding.holder.scope is not None and holding.holder.scope not in {scope, *below}:
                for person, shares in self._chains(holding.holder.scope, (*below, scope)):
                    yield person, (*shares, holding.share)
