"""Owners, subsidiaries and holders of a role that are organisations, each once, with what ties them to the customer."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from django.utils.translation import gettext_lazy as _

from cases.findings.authority.roles import RoleHolder
from cases.findings.identity.known_days import says_something
from cases.findings.identity.same_party import (
    Traits,
    by_number,
    folded,
    gathered,
    is_same_number,
    traits,
)
from cases.findings.names import names
from cases.findings.names.nameless import names_nobody
from cases.findings.ownership.holders import Share
from cases.findings.ownership.parties import Kind, Party
from cases.findings.related.numbers import Number, number_of
from cases.findings.result import Result
from cases.findings.vocabulary import countries
from cases.findings.vocabulary.code_words import once
from cases.findings.vocabulary.formats import percent_words
from cases.findings.vocabulary.presence import did_come
from cases.findings.vocabulary.wording import Words
from cases.provider.result.wire import HolderType

OWNER, BENEFICIAL, SUBSIDIARY = (
    _("Owner, %(share)s"),
    _("Beneficial owner, %(share)s"),
    _("Subsidiary, %(share)s"),
)
AUDITOR, ACCOUNTANT, ROLE = _("Auditor"), _("Accountant"), _("Role not stated")
SHAREHOLDERS, SUBSIDIARIES, ROLES = _("Shareholders"), _("Subsidiaries"), _("Roles")


@dataclass(frozen=True, slots=True)
class RelatedOrganisation:
    """An organisation that the result names; `name` None if it gives none. `places`: where in the result."""

    name: str | None
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    ties: tuple[Words, ...]
    places: tuple[str, ...]
    number: Number = field(default_factory=Number)


@dataclass(frozen=True, slots=True)
class _Mention:
    """An organisation at one place of the result."""

    names: tuple[str | None, ...]
    numbers: tuple[str | None, ...]
    ties: tuple[Words, ...]
    places: tuple[str, ...]

    @property
    def traits(self) -> Traits:
        """What it is recognised by: its number, else its name alone, which tells organisations apart."""
        found = traits(self.names, self.numbers, (), HolderType.ORGANIZATION)
        known = (("name alone", folded(name)) for name in self.names if name and not names_nobody(name))
        return replace(found, others=frozenset(known))


def related_organisations(result: Result, home: str) -> tuple[RelatedOrganisation, ...]:
    """Give them, owners first. `home`: the country of the customer, whose register numbers without one may be of."""
    itself = by_number(result.company.told_number)
    mentions = [
        mention
        for mention in _mentions(result)
        if not any(is_same_number(itself, by_number(number)) for number in mention.numbers)
    ]
    stated = countries.alpha_2(result.company.country.raw) if result.company.country else None
    home = (stated or home).upper()
    groups = gathered([mention.traits for mention in mentions])
    return tuple(_organisation([mentions[place] for place in places], home) for places in groups)


def not_come(result: Result) -> dict[str, tuple[Words, ...]]:
    """Which parts of the result that name organisations did not come, by why."""
    parts = (
        (SHAREHOLDERS, result.ownership.shareholders_nothing),
        (SUBSIDIARIES, result.ownership.subsidiaries_nothing),
        (ROLES, result.roles.nothing),
        (AUDITOR, result.financials.auditor.nothing),
        (ACCOUNTANT, result.financials.accountant.nothing),
    )
    found: dict[str, tuple[Words, ...]] = {}
    for what, nothing in parts:
        if nothing and not did_come(nothing):
            why = str(nothing.words).rstrip(".")
            found[why] = (*found.get(why, ()), what)
    return found


def _organisation(mentions: list[_Mention], home: str) -> RelatedOrganisation:
    known_as = _each_once(name for mention in mentions for name in mention.names)
    numbers = _each_once(number for mention in mentions for number in mention.numbers)
    ties = {str(tie).casefold(): tie for mention in mentions for tie in mention.ties}
    return RelatedOrganisation(
        name=next((name for name in known_as if not names_nobody(name)), None),
        names=known_as,
        numbers=numbers,
        ties=tuple(ties.values()),
        places=tuple(chain.from_iterable(mention.places for mention in mentions)),
        number=number_of(numbers, home),
    )


def _each_once(values: Iterator[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _mentions(result: Result) -> Iterator[_Mention]:
    for entry in (*result.owners, *(row for row in result.subsidiaries if not row.party.is_owner)):
        party = entry.party
        if not party.is_itself and _is_organisation(party):
            yield _Mention(party.names, party.numbers, (*_ties(party),), party.places)
    for holder in result.roles.holders:
        if _is_firm(holder):
            ties = tuple(role.text for role in once(holder.roles)) or (ROLE,)
            yield _Mention((holder.name, *holder.other_names), holder.numbers, ties, holder.places)
    for tie, place, firm in (
        (AUDITOR, "financials.auditor", result.financials.auditor),
        (ACCOUNTANT, "financials.accountant", result.financials.accountant),
    ):
        if firm.name or firm.number:
            yield _Mention((firm.name,), (firm.number,), (tie,), (place,))


def _is_organisation(party: Party) -> bool:
    """Is it called one, or of unknown kind and named as none but organisations are?"""
    if party.kind is Kind.UNKNOWN:
        return any(map(names.carries_form, party.names))
    return party.kind is Kind.ORGANISATION


def _is_firm(holder: RoleHolder) -> bool:
    """Is a holder of a role no person, by its number or its name?"""
    if holder.names_in_parts or any(map(says_something, holder.births)):
        return False
    called = (holder.name, *holder.other_names)
    return any(map(by_number, holder.numbers)) or any(map(names.carries_form, called))


def _ties(party: Party) -> Iterator[Words]:
    if party.holdings:
        yield OWNER % {"share": _share(party.share)}
    elif party.controls:
        yield BENEFICIAL % {"share": _share(party.size)}
    if party.owned:
        yield SUBSIDIARY % {"share": _share(party.owned_share)}


def _share(share: Share) -> Words:
    return _("share not stated") if share is None or share == "" else percent_words(share)
