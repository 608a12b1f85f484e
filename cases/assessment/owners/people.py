"""Everybody in a result who may be a person and owns, controls, or holds a role: each once, with a key that stays."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from cases.findings.authority.roles import RoleHolder
from cases.findings.identity.known_days import says_something
from cases.findings.identity.same_party import by_number, folded, in_any_order
from cases.findings.names import names
from cases.findings.ownership.directory import Directory
from cases.findings.ownership.parties import Kind, Party
from cases.findings.result import Result
from cases.findings.vocabulary.code_words import Word
from cases.provider.numbers.known_numbers import identifying_number
from cases.provider.numbers.number_forms import is_written_as_personal
from cases.provider.result.scalars import Day

KEY_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Somebody:
    """One who may be a person: what the owners say of it, and what the roles say."""

    party: Party | None
    holders: tuple[RoleHolder, ...]
    key: str = ""
    is_unique: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each spelling once, those among the owners first."""
        of_party = self.party.names if self.party else ()
        of_roles = chain.from_iterable((holder.name, *holder.other_names) for holder in self.holders)
        return tuple(dict.fromkeys(name for name in (*of_party, *of_roles) if name))

    @property
    def births(self) -> tuple[Day, ...]:
        """All dates of birth, each once."""
        of_party = self.party.births if self.party else ()
        births = chain(of_party, *(holder.births for holder in self.holders))
        return tuple({born.raw: born for born in births if born.raw}.values())

    @property
    def numbers(self) -> tuple[str, ...]:
        """All numbers, each once."""
        of_party = self.party.numbers if self.party else ()
        numbers = chain(of_party, *(holder.numbers for holder in self.holders))
        return tuple(dict.fromkeys(number for number in numbers if number))

    @property
    def roles(self) -> tuple[Word, ...]:
        """The roles it holds, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(holder.roles for holder in self.holders)))

    @property
    def is_concerned(self) -> bool:
        """Does it own something of the organisation, or hold a role in it?"""
        if self.party and self.party.is_itself:
            return False
        return bool(self.holders) or (self.party is not None and self.party.is_owner)

    @property
    def places(self) -> tuple[str, ...]:
        """Where in the result it is named."""
        of_party = self.party.places if self.party else ()
        return (*of_party, *chain.from_iterable(holder.places for holder in self.holders))

    @property
    def may_be_a_person(self) -> bool:
        """Is it not known to be an organisation? Who trades alone is a person and a firm at once."""
        if self.party and self.party.is_itself:
            return False
        is_firm = self.party.kind is Kind.ORGANISATION if self.party else all(map(_is_firm, self.holders))
        return not is_firm or any(map(is_written_as_personal, self.numbers)) or self._trades_alone

    @property
    def _trades_alone(self) -> bool:
        return any(map(names.is_sole_trader, self.names))


def _is_firm(holder: RoleHolder) -> bool:
    """Has a holder of a role a number, and nothing that only persons have?"""
    is_person = any(map(says_something, holder.births)) or bool(holder.names_in_parts)
    return not is_person and any(map(by_number, holder.numbers))


def people(result: Result) -> tuple[Somebody, ...]:
    """Gather owners and holders of roles, by the rule that tells parties apart, in the order they came."""
    found = [somebody for somebody in _gathered(result) if somebody.may_be_a_person]
    return tuple(_keyed(found))


def everybody(result: Result) -> tuple[Somebody, ...]:
    """Gather owners and holders of roles, organisations too, in the order they came."""
    found = [somebody for somebody in _gathered(result) if somebody.is_concerned]
    return tuple(_keyed(found))


def _gathered(result: Result) -> Iterator[Somebody]:
    directory = Directory(result.ownership.parties)
    by_party: dict[int, list[RoleHolder]] = {}
    alone: list[RoleHolder] = []
    for holder in result.roles.holders:
        party = directory.party_of((holder.name, *holder.other_names), holder.numbers, holder.births)
        (by_party.setdefault(id(party), []) if party else alone).append(holder)
    for party in result.ownership.parties:
        yield Somebody(party, tuple(by_party.get(id(party), ())))
    yield from (Somebody(None, (holder,)) for holder in alone)


def _keyed(found: list[Somebody]) -> Iterator[Somebody]:
    """Give each a key; where nothing tells several apart, they are counted in the order they came."""
    keys = [_key(somebody) for somebody in found]
    in_all, until_now = Counter(keys), Counter[str]()
    for somebody, key in zip(found, keys, strict=True):
        until_now[key] += 1
        counted = f"{key}-{until_now[key]}" if until_now[key] > 1 else key
        yield Somebody(somebody.party, somebody.holders, counted, in_all[key] == 1)


def _key(somebody: Somebody) -> str:
    births = {born.day.isoformat() if born.day else folded(born.raw) for born in somebody.births}
    numbers = {identifying_number(number) or folded(number) for number in somebody.numbers}
    return digest([*map(sorted, ({*map(in_any_order, somebody.names)}, births, numbers))])


def digest(described: Iterable[object]) -> str:
    """A short key for plain values."""
    text = json.dumps([*described], separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_DIGITS]
