"""Mentions of one number: one party, if nothing but names differs; several, if birth or kind speak against it too."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from cases.findings import likeness, names
from cases.provider.placeholders import is_placeholder
from cases.provider.wire import HolderType

QUITE_ANOTHER = 0.75  # names alike below this
MOST_COMPARED = 60  # mentions of one number


@dataclass(frozen=True, slots=True)
class Said:
    """What one mention says of who it is: real names, whole days of birth, and the kind where it is stated."""

    names: tuple[str, ...] = ()
    days: frozenset[datetime.date] = frozenset()
    kind: HolderType | None = None


NOTHING_SAID = Said()


def said(
    names_of: Iterable[str | None], days: Iterable[datetime.date | None], kind: HolderType | None
) -> Said:
    """Leave out placeholders; who was born is a person, unless another kind is stated."""
    known = frozenset(day for day in days if day)
    called = tuple(name for name in names_of if name and not is_placeholder(name))
    return Said(called, known, kind or (HolderType.PERSON if known else None))


def alike(one: str, other: str) -> float:
    """Say how alike two names are, whatever their legal forms."""
    return max(
        (
            likeness.alike(left, right)
            for left in names.readings(one, HolderType.ORGANIZATION)
            for right in names.readings(other, HolderType.ORGANIZATION)
        ),
        default=0.0,
    )


def parted(mentions: Sequence[Said], *, is_persons: bool) -> list[list[int]]:
    """Give the places of those who are one party. Whatever their order, the same ones come together.

    Who is of no name, birth or kind beside the others stands alone where these are several. `is_persons`: the number is
    a sole trader's, who is a person and a firm at once.
    """
    every = [*range(len(mentions))]
    if len(every) == 1 or len(every) > MOST_COMPARED or not _may_contradict(mentions, is_persons):
        return [every]
    groups = _near_to_each_other(mentions)
    several = [[mentions[place] for place in group] for group in groups]
    speak_against = any(
        _contradict(one, other, is_persons)
        for left, right in combinations(several, 2)
        for one in left
        for other in right
    )
    return groups if speak_against else [every]


def _may_contradict(mentions: Sequence[Said], is_persons: bool) -> bool:
    kinds = set() if is_persons else {each.kind for each in mentions if each.kind}
    days = {each.days for each in mentions if each.days}
    return (len(kinds) > 1 or len(days) > 1) and len({each.names for each in mentions}) > 1


def _near_to_each_other(mentions: Sequence[Said]) -> list[list[int]]:
    groups: list[list[int]] = []
    for place, each in enumerate(mentions):
        near = [group for group in groups if any(_are_near(each, mentions[other]) for other in group)]
        joined = sorted([*chain.from_iterable(near), place])
        groups = [*(group for group in groups if group not in near), joined]
    return sorted(groups)


def _are_near(one: Said, other: Said) -> bool:
    if one.days & other.days:
        return True
    return any(alike(name, called) >= QUITE_ANOTHER for name in one.names for called in other.names)


def _contradict(one: Said, other: Said, is_persons: bool) -> bool:
    """Are both named, quite differently, and of another birth or kind?"""
    if not one.names or not other.names:
        return False
    is_born_otherwise = bool(one.days and other.days)  # on the same day they are near
    is_of_another_kind = not is_persons and bool(one.kind and other.kind) and one.kind is not other.kind
    return is_born_otherwise or is_of_another_kind
