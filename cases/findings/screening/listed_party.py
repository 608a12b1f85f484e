"""What a list says of somebody, made comparable once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cases.findings.identity import dates_of_birth
from cases.findings.identity.dates_of_birth import Born, born
from cases.findings.names import names
from cases.findings.names.names import Name
from cases.findings.vocabulary import places
from cases.findings.vocabulary.code_words import Word
from cases.provider.numbers.known_numbers import identifying_number
from cases.provider.numbers.number_forms import canonical, in_ascii_digits, is_persons_own, may_be
from cases.provider.result.scalars import Day
from cases.provider.result.wire import HolderType

MOST_NAMES = 100  # of one listed party that are compared
LONGEST_TEXT = 2000
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"))
NUMBER = re.compile(
    r"((?:\b(?:NO|SE|FI|DK|CVR)(?:-?NR)?[.:]?[ -]?)?)"
    r"((?<![0-9])(?:[0-9](?:[ .\-+\N{NO-BREAK SPACE}]?[0-9]){7,13}|[0-9]{6}-[0-9])(?![0-9])|\b[0-9A-Z]{18}[0-9]{2}\b)"
)
DAY = re.compile(r"[0-9]{4}([-.]?)[0-9]{2}\1[0-9]{2}|[0-9]{1,2}[. -][0-9]{1,2}[. -][0-9]{4}")

Value = str | Word | Day


@dataclass(frozen=True, slots=True)
class ListedParty:
    """What is compared of a listed party. Numbers are in the form by which a register's numbers are compared.

    `numbers` in the list's words are the party's own; those in a person's words only `mentioned`, which associates it
    with their owner. The list's own number, `external_id`, is no register's.
    """

    names: tuple[tuple[str, tuple[Name, ...]], ...]
    are_cut: bool
    kind: HolderType | None
    stated_kind: HolderType | None
    birth_texts: tuple[Value, ...]
    born: Born
    countries: tuple[Word, ...]
    codes: frozenset[str]
    cities: tuple[str, ...]
    external_id: str | None
    numbers: frozenset[str]
    mentioned: frozenset[str]

    def as_a_persons(self) -> "ListedParty":
        """Take the party for a person: numbers in its words that are no person's own are only mentioned."""
        own = frozenset(filter(is_persons_own, self.numbers))
        return replace(self, numbers=own, mentioned=self.mentioned | (self.numbers - own))

    @property
    def readings(self) -> dict[Name, str]:
        """Every name as it is compared, with the name as it came; the party's own name first."""
        found: dict[Name, str] = {}
        for name, readings in self.names:
            for reading in readings:
                found.setdefault(reading, name)
        return found


def theirs(
    *,
    listed_as: Iterable[str | None],
    kind: HolderType | None,
    stated_kind: HolderType | None,
    birth_date: Day | None,
    birth_info: tuple[str, ...],
    countries: tuple[Word, ...],
    cities: Iterable[str | None],
    external_id: str | None,
    texts: Iterable[str | None],
) -> ListedParty:
    """Make what a list says of somebody comparable; `texts` may name a register's number."""
    known = [name for name in listed_as if name]
    found = ListedParty(
        names=tuple((name, names.readings(name, stated_kind)) for name in known[:MOST_NAMES]),
        are_cut=len(known) > MOST_NAMES,
        kind=kind,
        stated_kind=stated_kind,
        birth_texts=dates_of_birth.told_once(birth_date, birth_info),
        born=born([birth_date] if birth_date else [], birth_info),
        countries=countries,
        codes=places.codes(countries),
        cities=tuple(dict.fromkeys(city for city in cities if city)),
        external_id=external_id,
        numbers=frozenset(_numbers(texts)),
        mentioned=frozenset(),
    )
    return found.as_a_persons() if kind is HolderType.PERSON else found


def _numbers(texts: Iterable[str | None]) -> Iterator[str]:
    for text in texts:
        written = in_ascii_digits((text or "")[:LONGEST_TEXT]).translate(DASHES).upper()
        for country, digits in NUMBER.findall(written):
            whole = country + digits
            number = whole if canonical(whole).isdecimal() else digits  # ‘no.’ is Norway, or number
            if not (number == digits and _is_date(digits)) and (known := identifying_number(number)):
                yield from may_be(known)


def _is_date(written: str) -> bool:
    """Is it a day, also written together as in 20140305? Without a country in front it is no number then."""
    return (
        DAY.fullmatch(written) is not None and dates_of_birth.born([], [written.replace(" ", ".")]).is_stated
    )
