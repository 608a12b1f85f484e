"""The names and numbers of a pattern, and what stands for each in a copy."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from cases.findings.search import searchable
from cases.models import CaseSearch, Hit, Organisation, OrganisationIdentity
from cases.models.casework.identity import IdentityKind
from cases.workflows.demo_data.bulk import names, numbers
from cases.workflows.demo_data.bulk.names import Name
from cases.workflows.demo_data.bulk.pattern_rows import PatternRows

OF_FIRMS = {
    searchable.NAME,
    searchable.FORMER_NAME,
    searchable.SUBSIDIARY,
    searchable.AUDITOR,
    searchable.ACCOUNTANT,
}


class What(Enum):
    """What a text of a pattern is."""

    OWN_NAME = "the name of its organisation"
    FIRM = "a name of another firm, or of before"
    PERSON = "somebody’s name"
    OWN_NUMBER = "a number of its organisation"
    NUMBER = "a number of anybody else"


@dataclass(frozen=True)
class NameRule:
    """A text of a pattern; of a number of its organisation also of which kind, and of which country."""

    text: str
    what: What
    kind: str = ""
    country: str = ""

    def made(self, dice: random.Random, country: str, own: Name, key: int) -> Name:
        """What stands for it in a copy whose organisation is called `own`, and has this key."""
        if self.what is What.OWN_NAME:
            return own
        if self.what is What.FIRM:
            return names.firm(dice, country)
        if self.what is What.PERSON:
            return names.person(dice)
        if self.what is What.NUMBER:
            return Name.of(numbers.any_like(self.text, dice))
        number = numbers.number(self.kind, self.country, key)
        if self.kind == IdentityKind.LEI:
            return Name.of(number)
        return Name.of_number(numbers.like(self.text, number.replace("-", "")))


def rules(of_case: PatternRows) -> list[NameRule]:
    """One for every text that names somebody or is somebody's number."""
    organisation: Organisation = of_case.rows[Organisation][0]
    own = {_digits(organisation.value): (organisation.kind, organisation.country)}
    leis = set()
    for row in of_case.rows[OrganisationIdentity]:
        if row.kind == IdentityKind.LEI:
            leis.add(row.value)
        elif row.kind != IdentityKind.NAME:
            own[_digits(row.value)] = (row.kind, row.country)
    found: dict[str, NameRule] = {}
    for text, what in _texts(of_case):
        if text and text not in found:
            found[text] = _rule(text, what, organisation.name, own, leis)
    return [*found.values()]


def _texts(of_case: PatternRows) -> Iterator[tuple[str, set[str]]]:
    organisation: Organisation = of_case.rows[Organisation][0]
    yield organisation.name, {searchable.NAME}
    yield organisation.value, set()
    search: CaseSearch = of_case.rows[CaseSearch][0]
    for text, what in (*search.stated, *search.known_as):
        yield text, {*what}
    hits: list[Hit] = of_case.rows[Hit]
    yield from ((hit.name, {searchable.HIT}) for hit in hits)
    identities: list[OrganisationIdentity] = of_case.rows[OrganisationIdentity]
    yield from ((row.value, {searchable.FORMER_NAME}) for row in identities)


def _rule(
    text: str, what: set[str], own_name: str, own: dict[str, tuple[str, str]], leis: set[str]
) -> NameRule:
    if text == own_name:
        return NameRule(text, What.OWN_NAME)
    if text in leis:
        return NameRule(text, What.OWN_NUMBER, IdentityKind.LEI)
    digits = _digits(text)
    if digits in own and digits:
        return NameRule(text, What.OWN_NUMBER, *own[digits])
    if digits:
        return NameRule(text, What.NUMBER)
    return NameRule(text, What.FIRM if what & OF_FIRMS or names.is_of_firm(text) else What.PERSON)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
