"""Whom a result names beside the organisation: owners and holders of roles, to say what a person's word is about."""

from collections.abc import Iterable, Iterator

from cases.assessment.requirements.case_facts import CaseFacts
from cases.findings.result import Result
from cases.findings.vocabulary.formats import day_words, organisation_number


def owners(result: Result) -> Iterator[str]:
    """Every owner by name, number and day of birth."""
    for party in result.ownership.parties:
        if party.is_owner and not party.is_itself:
            yield _known_by(party.name, party.number, day_words(party.born) if party.born else "")


def role_holders(result: Result) -> Iterator[str]:
    """Every holder of a role by name, number and day of birth."""
    for holder in result.roles.holders:
        yield _known_by(holder.name, holder.number, day_words(holder.born) if holder.born else "")


def concluded(facts: CaseFacts) -> Iterator[str]:
    """Whom people concluded to be an owner, or a manager in their place, by name."""
    if facts.owners is not None:
        yield from (*facts.owners.owners, *facts.owners.managers)


def of_owners(facts: CaseFacts) -> tuple[str, ...]:
    """Owners of the result, and whom people concluded to be one, once."""
    return tuple(dict.fromkeys((*owners(facts.result), *_not_in(owners(facts.result), concluded(facts)))))


def everybody(facts: CaseFacts) -> tuple[str, ...]:
    """Owners, holders of roles, and whom people concluded to be an owner, once."""
    named = (*owners(facts.result), *role_holders(facts.result))
    return tuple(dict.fromkeys((*named, *_not_in(named, concluded(facts)))))


def _not_in(named: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """The names that none of those begins with, as they are written with number and birth behind them."""
    there = {part.partition(" · ")[0] for part in named}
    yield from (name for name in names if name not in there)


def _known_by(name: str | None, number: str | None, born: str) -> str:
    parts = (name or "", organisation_number(number) if number else "", born)
    return " · ".join(part for part in parts if part) or "?"
