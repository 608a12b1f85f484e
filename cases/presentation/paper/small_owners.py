"""Owners under one per cent, whom a report lists in an annex: so many of them would hide the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cases.findings.owner_rows import Entry
from cases.findings.vocabulary.formats import added
from cases.presentation.charts.structure import is_noticed

SMALL = Decimal(1)  # per cent; who holds just so much is not small


@dataclass(frozen=True)
class PartedOwners:
    """The owners of a result: `small` for the annex, all `others` for the body, each in the order of the result's."""

    others: tuple[Entry, ...]
    small: tuple[Entry, ...]

    @property
    def small_total(self) -> Decimal:
        """What those in the annex hold together, in per cent."""
        return added(entry.party.share for entry in self.small if isinstance(entry.party.share, Decimal))


def parted(owners: Sequence[Entry]) -> PartedOwners:
    """Tell the small owners from the others."""
    found = {entry.key: is_small(entry) for entry in owners}
    return PartedOwners(
        tuple(entry for entry in owners if not found[entry.key]),
        tuple(entry for entry in owners if found[entry.key]),
    )


def is_small(entry: Entry) -> bool:
    """Is it known to hold less than one per cent, and is there nothing about it that one must notice?

    A share that is not known is not small; nor is whoever controls the organisation, has a hit, or is to be cleared up.
    """
    share = entry.party.share
    return isinstance(share, Decimal) and share < SMALL and not is_noticed(entry)
