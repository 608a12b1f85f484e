"""Whether two elements of a result are the same person or organisation."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cases.findings.identity.dates_of_birth import full_day
from cases.findings.identity.joined import Joined
from cases.findings.identity.one_number import NOTHING_SAID, Said, parted, said
from cases.findings.names.nameless import names_nobody
from cases.provider.numbers.known_numbers import identifying_number
from cases.provider.numbers.number_forms import is_persons_own, may_be
from cases.provider.result.scalars import Day
from cases.provider.result.wire import HolderType

BETWEEN_WORDS = re.compile(r"[\s,.;_\-\u2010-\u2015]+")
Identity = tuple[str, str]
NameInParts = tuple[str | None, str | None]  # first and last name


def folded(name: str) -> str:
    """Fold case, width and space, but keep letters apart that differ."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def in_any_order(name: str) -> str:
    """Fold a name, with its words sorted and without the signs between them."""
    return " ".join(sorted(BETWEEN_WORDS.sub(" ", folded(name)).split()))


def by_number(number: str | None) -> Identity | None:
    """Give the identity by number; None for a placeholder, which identifies nobody."""
    known = identifying_number(number)
    return ("number", known) if known else None


def forms_of(number: Identity) -> tuple[Identity, ...]:
    """Give every form that a number may have: with the register that gave it, and without."""
    return tuple(("number", text) for text in may_be(number[1]))


def is_same_number(one: Identity | None, other: Identity | None) -> bool:
    """Are both numbers stated, and the same as far as their registers are known?"""
    return one is not None and other is not None and other in forms_of(one)


def full_name(name: str | None, first: str | None, last: str | None) -> str | None:
    """Give the name, else the first and last name together."""
    return name or " ".join(part for part in (first, last) if part) or None


def by_birth(name: str | None, born: Day | None) -> Identity | None:
    """Give the identity by name and date of birth; None unless that is a whole day and neither is a placeholder."""
    day = full_day(born)
    if day is None or names_nobody(name):
        return None
    return f"name {in_any_order(name or '')}", day.isoformat()


@dataclass(frozen=True, slots=True)
class Traits:
    """By what one mention of a party can be recognised: `others` are weaker than the number."""

    number: Identity | None
    others: frozenset[Identity]
    statement: Said = NOTHING_SAID

    @property
    def tells(self) -> bool:
        """Is there anything by which the party can be recognised?"""
        return self.number is not None or bool(self.others)


def traits(
    names: Iterable[str | None],
    numbers: Iterable[str | None],
    births: Iterable[Day | None],
    kind: HolderType | None = None,
) -> Traits:
    """Give the traits of a mention: the first number, and every name with every date of birth."""
    number = next((found for item in numbers if (found := by_number(item))), None)
    names, births = [*names], [*births]
    others = (by_birth(name, born) for name in names for born in births)
    said_of_it = said(names, map(full_day, births), kind)
    return Traits(number, frozenset(other for other in others if other), said_of_it)


def gathered(mentions: Sequence[Traits]) -> tuple[tuple[int, ...], ...]:
    """Group mentions, by their places, into parties; whatever the order of the mentions, the groups are the same.

    Two numbers are never one, but where one tells its register and the other does not. Who comes without a number
    belongs to the one number its other traits lead to; if they lead to several it cannot be told to which, and it
    stands by itself. Those of one number are several where name and birth, or name and kind, speak against it.
    """
    mentions = _told(mentions)
    alike: Joined[Identity] = Joined()  # the traits of one party
    for mention in mentions:
        if mention.number is None:
            alike.join(mention.others)
    leads: defaultdict[Identity, set[Identity]] = defaultdict(set)
    for mention in mentions:
        if mention.number:
            for trait in mention.others:
                leads[alike.one_of(trait)].add(mention.number)
    found: defaultdict[Identity | int, list[int]] = defaultdict(list)
    for place, mention in enumerate(mentions):
        who: Identity | int = place
        if mention.number:
            who = mention.number
        elif mention.others:
            trait = alike.one_of(min(mention.others))
            who = min(leads[trait]) if len(leads[trait]) == 1 else trait
        found[who].append(place)
    return tuple(sorted(group for who, places in found.items() for group in _of_one(who, places, mentions)))


def _of_one(who: Identity | int, places: list[int], mentions: Sequence[Traits]) -> Iterator[tuple[int, ...]]:
    """Part the mentions of one number that cannot be one party."""
    if isinstance(who, int) or who[0] != "number":
        yield tuple(places)
        return
    is_persons = is_persons_own(who[1])
    for group in parted([mentions[place].statement for place in places], is_persons=is_persons):
        yield tuple(places[item] for item in group)


def _told(mentions: Sequence[Traits]) -> list[Traits]:
    """Add to a number without a register the one that another mention states for it, if only one is stated."""
    known = {mention.number for mention in mentions if mention.number}
    found = {number: known.intersection(forms_of(number)[1:]) for number in known if number[1].isdecimal()}
    one = {number: next(iter(names)) for number, names in found.items() if len(names) == 1}
    if not one:
        return [*mentions]
    return [
        replace(mention, number=one.get(mention.number, mention.number)) if mention.number else mention
        for mention in mentions
    ]


def names_apart(names: Iterable[str | None], parts: Iterable[str | None]) -> tuple[str, ...]:
    """Give the parts of a name, each once, that the names themselves do not show."""
    shown = [name for name in names if name]
    return tuple(dict.fromkeys(part for part in parts if part and not any(part in name for name in shown)))
