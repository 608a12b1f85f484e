"""Shareholders who may be one family, and reach the limit only together: questions, never conclusions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cases.assessment.owners.candidates import FamilyQuestion, Why
from cases.assessment.owners.people import Somebody, digest
from cases.assessment.owners.rule_sets import RULE_SETS
from cases.findings.names import names
from cases.findings.names.nameless import names_nobody
from cases.findings.ownership.parties import Kind
from cases.findings.vocabulary.address import Address
from cases.findings.vocabulary.formats import added
from cases.provider.result.placeholders import is_placeholder

LIMIT = min(rule_set.limit for rule_set in RULE_SETS)
SHORTEST = 2  # letters of a surname
# Words in surnames that do not tell a family.
PARTICLES = frozenset(
    {
        *(
            "af",
            "av",
            "al",
            "ap",
            "bin",
            "da",
            "de",
            "del",
            "den",
            "der",
            "des",
            "di",
            "dos",
            "du",
            "el",
            "ibn",
        ),
        *("la", "le", "mac", "mc", "st", "te", "ten", "ter", "van", "von", "zu"),
    }
)
Sign = tuple[str, ...]
Signs = Callable[[Somebody], Iterable[Sign]]


@dataclass(frozen=True, slots=True)
class Member:
    """A person with a direct share, in per cent."""

    somebody: Somebody
    share: Decimal


def questions(members: Iterable[Member]) -> tuple[FamilyQuestion, ...]:
    """Give the questions, each group of people once, in the order of their first members."""
    may_be = [member for member in members if 0 < member.share <= LIMIT and _is_person(member.somebody)]
    by_surname = _groups(may_be, surnames)
    by_address = _groups(may_be, addresses)
    found = sorted({*by_surname, *by_address})
    return tuple(
        _question([may_be[place] for place in group], _why(group, by_surname, by_address)) for group in found
    )


def _groups(members: Sequence[Member], signs_of: Signs) -> set[tuple[int, ...]]:
    """Give the places of those who share a sign, and reach the limit only together."""
    sharing: dict[Sign, list[int]] = {}
    for place, member in enumerate(members):
        for sign in signs_of(member.somebody):
            sharing.setdefault(sign, []).append(place)
    groups = {tuple(places) for places in sharing.values() if len(places) > 1}
    return {group for group in groups if added(members[place].share for place in group) >= LIMIT}


def _why(group: tuple[int, ...], by_surname: set[tuple[int, ...]], by_address: set[tuple[int, ...]]) -> Why:
    if group in by_surname and group in by_address:
        return Why.BOTH
    return Why.SURNAME if group in by_surname else Why.ADDRESS


def _question(members: Sequence[Member], why: Why) -> FamilyQuestion:
    keys = tuple(member.somebody.key for member in members)
    return FamilyQuestion(
        key=digest(sorted(keys)),
        members=keys,
        names=tuple(next(iter(member.somebody.names), "") for member in members),
        why=why,
        together=added(member.share for member in members),
    )


def _is_person(somebody: Somebody) -> bool:
    """Is it a person, or of unknown kind and called as persons are?"""
    party = somebody.party
    if party is None or not party.is_named or party.kind is Kind.ORGANISATION:
        return False
    return party.kind is Kind.PERSON or not any(map(names.carries_form, party.names))


def surnames(somebody: Somebody) -> frozenset[Sign]:
    """The words of the last names; where none is stated, the last word of a whole name."""
    return frozenset((word,) for text in _last_names(somebody) for word in _telling(text))


def _last_names(somebody: Somebody) -> Iterator[str]:
    stated = [last for last in _stated(somebody) if last and not names_nobody(last)]
    if stated:
        yield from stated
        return
    for name in somebody.names:
        before, comma, behind = name.partition(",")
        if names_nobody(name):
            continue
        if comma and behind.strip():
            yield before
        elif len(words := names.words(name)) > 1:  # one word alone may be a first name
            yield words[-1]


def _stated(somebody: Somebody) -> Iterator[str | None]:
    if somebody.party:
        yield from (holding.last_name for holding in somebody.party.holdings)
        yield from (control.last_name for control in somebody.party.controls)
    for holder in somebody.holders:
        yield from (last for _first, last in holder.names_in_parts)


def _telling(text: str) -> Iterator[str]:
    words = names.words(text)
    yield from (word for word in words if len(word) >= SHORTEST and word not in PARTICLES)


def addresses(somebody: Somebody) -> frozenset[Sign]:
    """The streets, each with its postal code and with its city."""
    controls = somebody.party.controls if somebody.party else ()
    return frozenset(sign for control in controls if control.address for sign in _signs_of(control.address))


def _signs_of(address: Address) -> Iterator[Sign]:
    if is_placeholder(address.street):
        return
    for sort, place in (("code", address.postal_code), ("city", address.city)):
        if place and not is_placeholder(place):
            yield sort, " ".join(names.words(address.street)), "".join(names.words(place))
