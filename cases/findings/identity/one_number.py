"""Mentions of one number: one party, if only names differ; several, if dates of birth or kinds differ too."""

import datetime
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from cases.findings.identity.joined import Joined
from cases.findings.names import likeness, names
from cases.findings.names.nameless import names_nobody
from cases.provider.result.wire import HolderType

QUITE_ANOTHER = 0.75  # names alike below this
MOST_COMPARED = 12  # names of one number; of more, only the same are one


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
    """Sum up a mention without placeholders; who was born is a person, unless another kind is stated."""
    known = frozenset(day for day in days if day)
    called = tuple(name for name in names_of if name and not names_nobody(name))
    return Said(called, known, kind or (HolderType.PERSON if known else None))


def are_near(one: str, other: str) -> bool:
    """Are two names near, whatever their legal forms?"""
    return likeness.nearest([one], [other], HolderType.ORGANIZATION) >= QUITE_ANOTHER


def parted(mentions: Sequence[Said], *, is_persons: bool) -> list[list[int]]:
    """Group mentions, by their places, into parties. Whatever the order of the mentions, the groups are the same.

    Who is of no name, birth or kind beside the others stands alone where these are several. `is_persons`: the number is
    a sole trader's, who is a person and a firm at once.
    """
    every = [*range(len(mentions))]
    if len(every) == 1 or not _may_contradict(mentions, is_persons):
        return [every]
    groups = _by_traits(mentions)
    if len(groups) <= MOST_COMPARED:
        groups = _near_to_each_other(groups, mentions)
    return groups if _contradict(groups, mentions, is_persons) else [every]


def _may_contradict(mentions: Sequence[Said], is_persons: bool) -> bool:
    kinds = set() if is_persons else {mention.kind for mention in mentions if mention.kind}
    days = {mention.days for mention in mentions if mention.days}
    return (len(kinds) > 1 or len(days) > 1) and len({mention.names for mention in mentions}) > 1


def _by_traits(mentions: Sequence[Said]) -> list[list[int]]:
    """Group the mentions that share a name, its words in any order, or a date of birth."""
    joined: Joined[int] = Joined()
    first: dict[Hashable, int] = {}
    for place, mention in enumerate(mentions):
        readings = (names.readings(name, HolderType.ORGANIZATION) for name in mention.names)
        for key in (*(reading.key for reading in chain.from_iterable(readings)), *mention.days):
            joined.join((place, first.setdefault(key, place)))
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(mentions)):
        groups[joined.one_of(place)].append(place)
    return sorted(groups.values())


def _near_to_each_other(groups: list[list[int]], mentions: Sequence[Said]) -> list[list[int]]:
    """Join the groups whose names are near."""
    found: list[list[int]] = []
    for group in groups:
        near = [other for other in found if _are_near(group, other, mentions)]
        joined = sorted([*chain.from_iterable(near), *group])
        found = [*(other for other in found if other not in near), joined]
    return sorted(found)


def _are_near(one: list[int], other: list[int], mentions: Sequence[Said]) -> bool:
    left, right = ({name for place in group for name in mentions[place].names} for group in (one, other))
    return any(are_near(name, called) for name in left for called in right)


def _contradict(groups: list[list[int]], mentions: Sequence[Said], is_persons: bool) -> bool:
    """Do two groups of quite different names both state dates of birth, or are they of different kinds?"""
    named = [[mentions[place] for place in group if mentions[place].names] for group in groups]
    if sum(any(mention.days for mention in group) for group in named) > 1:
        return True
    kinds = [{mention.kind for mention in group if mention.kind} for group in named]
    return not is_persons and sum(map(bool, kinds)) > 1 and len(set().union(*kinds)) > 1
