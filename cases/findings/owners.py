"""Every owner once: shareholders and beneficial owners that are the same one, as one entry."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cases.findings.ownership import Beneficial, Ownership, Share, Shareholder
from cases.findings.words import Word
from cases.provider.scalars import Day

PERSON, ORGANISATION = Word("PERSON"), Word("ORGANIZATION")


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner: what the list of shareholders says, what the list of beneficial owners says, or both."""

    shareholdings: tuple[Shareholder, ...]
    control: tuple[Beneficial, ...]

    @property
    def name(self) -> str | None:
        """The first name stated."""
        return next((each.name for each in self._all if each.name), None) or self._put_together

    @property
    def number(self) -> str | None:
        """The first organisation number stated."""
        return next((each.number for each in self._all if each.number), None)

    @property
    def born(self) -> Day | None:
        """The first date of birth stated."""
        return next((each.born for each in self._all if each.born), None)

    @property
    def kind(self) -> Word | None:
        """Person or organisation as stated, else by what only one of them has; None if nothing tells."""
        stated = next((each.kind for each in self.shareholdings if each.kind), None)
        if stated or not self._all:
            return stated
        if self.number:
            return ORGANISATION
        return PERSON if self.born or any(each.first_name or each.last_name for each in self._all) else None

    @property
    def share(self) -> Share:
        """The shares held, added up; one that is no number stays as it came."""
        shares = [each.share for each in self.shareholdings if each.share is not None]
        numbers = [each for each in shares if isinstance(each, Decimal)]
        if len(numbers) == len(shares):
            return sum(numbers, Decimal(0)) if shares else None
        return next(each for each in shares if isinstance(each, str))

    @property
    def is_itself(self) -> bool:
        """Is it the organisation itself?"""
        return any(each.is_itself for each in self.shareholdings)

    @property
    def places(self) -> tuple[str, ...]:
        """Where the result names this owner."""
        return tuple(each.place for each in self._all)

    @property
    def _all(self) -> tuple[Shareholder | Beneficial, ...]:
        return (*self.shareholdings, *self.control)

    @property
    def _put_together(self) -> str | None:
        parts = ([each.first_name, each.last_name] for each in self._all)
        return next((name for part in parts if (name := " ".join(filter(None, part)))), None)


def owners(ownership: Ownership) -> tuple[Owner, ...]:
    """Join by number, else by name and date of birth; who has neither stands alone."""
    joined: dict[object, tuple[list[Shareholder], list[Beneficial]]] = {}
    for each in _everybody(ownership):
        shareholdings, control = joined.setdefault(each.identity or each.place, ([], []))
        if isinstance(each, Shareholder):
            shareholdings.append(each)
        else:
            control.append(each)
    return tuple(Owner(tuple(shares), tuple(control)) for shares, control in joined.values())


def _everybody(ownership: Ownership) -> Iterator[Shareholder | Beneficial]:
    yield from ownership.shareholders
    yield from ownership.beneficials
