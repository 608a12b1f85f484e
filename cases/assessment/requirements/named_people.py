"""Whom a result names beside the organisation: owners and holders of roles, to say what a person's word is about."""

from collections.abc import Iterator

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


def everybody(result: Result) -> tuple[str, ...]:
    """Owners and holders of roles, once."""
    return tuple(dict.fromkeys((*owners(result), *role_holders(result))))


def _known_by(name: str | None, number: str | None, born: str) -> str:
    parts = (name or "", organisation_number(number) if number else "", born)
    return " · ".join(part for part in parts if part) or "?"
