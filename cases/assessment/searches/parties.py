"""Whom a case must know to be searched: owners, holders of roles, and whom people concluded to be an owner."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.people import Somebody, everybody
from cases.findings.names.nameless import names_nobody
from cases.findings.result import Result
from cases.findings.vocabulary.formats import day_words, organisation_number, percent_words
from cases.findings.vocabulary.wording import Words


@dataclass(frozen=True, slots=True)
class SearchedParty:
    """One to be searched: `ties` say why, `details` tell it from others.

    `is_unique`: nobody else has its name whom nothing tells apart.
    """

    key: str
    name: Words
    details: tuple[str, ...] = ()
    ties: tuple[Words, ...] = ()
    is_person: bool = True
    is_unique: bool = True

    @property
    def is_named(self) -> bool:
        """Can it be searched at all?"""
        return not names_nobody(str(self.name))


# A result does not list the names that an organisation had before: they are searched all the same.
FORMER_NAMES = SearchedParty(
    key="former-names",
    name=_("Former names of the customer"),
    ties=(_("The result does not list them."),),
    is_person=False,
)


def parties_of(result: Result) -> tuple[SearchedParty, ...]:
    """Everybody whom a result names as owner or holder of a role, each once, in the order they came.

    Then the former names of the customer, which it does not tell.
    """
    named = tuple(_party(somebody) for somebody in everybody(result))
    return (*named, FORMER_NAMES) if result.came else named


def _party(somebody: Somebody) -> SearchedParty:
    numbers = (organisation_number(number) for number in somebody.numbers)
    births = (_("born %(day)s") % {"day": day_words(born)} for born in somebody.births)
    return SearchedParty(
        key=somebody.key,
        name=somebody.names[0] if somebody.names else "?",
        details=tuple(map(str, (*births, *(() if somebody.may_be_a_person else numbers)))),
        ties=tuple(_ties(somebody)),
        is_person=somebody.may_be_a_person,
        is_unique=somebody.is_unique,
    )


def _ties(somebody: Somebody) -> Iterator[Words]:
    party = somebody.party
    if party is not None and party.is_owner:
        share = "" if party.size is None else f", {percent_words(party.size)}"
        yield (_("Beneficial owner%(share)s") if party.is_beneficial else _("Owner%(share)s")) % {
            "share": share
        }
    for role in somebody.roles:
        yield role.text
