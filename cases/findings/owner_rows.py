"""Owners and subsidiaries as tables and charts show them: who, with which hits, and every fact in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.findings.identity.verdict import Verdict
from cases.findings.names import names
from cases.findings.ownership.holders import Beneficial, Share
from cases.findings.ownership.ownership import Ownership
from cases.findings.ownership.parties import Party
from cases.findings.screening.hit import Hit, hit_words
from cases.findings.vocabulary.address import Address
from cases.findings.vocabulary.code_words import once
from cases.findings.vocabulary.formats import day_words, organisation_number, percent_words

Fact = tuple[str, str]  # what it is ('' if it says so itself), and what there is

UNLIKE = Verdict.DIFFERENT
OWNERS, SUBSIDIARIES = "owners", "subsidiaries"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table, and one node of the chart if it is drawn; `place` counts rows of its table from 0."""

    key: str
    table: str
    place: int
    party: Party
    hits: tuple[Hit, ...]

    @property
    def anchor(self) -> str:
        """The id of the row."""
        return f"{self.table}-{self.key}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the party, the parts of a name that no whole one shows included."""
        return (*(name for name in self.party.names if name), *self.party.names_apart)

    @property
    def hits_in_words(self) -> tuple[str, ...]:
        """List and match number of each hit."""
        return tuple(hit_words(hit) for hit in self.hits)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Everything the table says of the party but its name, each with its label."""
        return tuple(_facts(self))


def owners(chapter: Ownership, hits: Sequence[Hit]) -> tuple[Entry, ...]:
    """Give every owner once: beneficial owners first, in each group the largest first, shares not stated last."""
    found = [(at, party) for at, party in enumerate(chapter.parties) if party.is_owner]
    return _entries(OWNERS, sorted(found, key=lambda pair: by_size(pair[1])), hits)


def subsidiaries(chapter: Ownership, hits: Sequence[Hit]) -> tuple[Entry, ...]:
    """Every subsidiary once, in the order of the result."""
    found = [(at, party) for at, party in enumerate(chapter.parties) if party.is_subsidiary]
    return _entries(SUBSIDIARIES, found, hits)


def by_size(party: Party) -> tuple[bool, bool, Decimal | int]:
    """Sort beneficial owners first, then the largest, then what is not stated."""
    return not party.controls, party.size is None, -(party.size or 0)


def _entries(table: str, found: Sequence[tuple[int, Party]], hits: Sequence[Hit]) -> tuple[Entry, ...]:
    named = hits_by_name(hits)
    return tuple(
        Entry(f"p{at}", table, place, party, hits_on(party.names, named))
        for place, (at, party) in enumerate(found)
    )


def hits_by_name(hits: Iterable[Hit]) -> Mapping[str, list[Hit]]:
    """List the hits by name: their own names, and those of the named party that a hit is near to."""
    named: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        beside = hit.comparison
        near = beside.party.names if beside and beside.party and beside.name.verdict is not UNLIKE else ()
        for key in {key for name in (hit.name, *hit.aliases, *near) for key in _keys(name)}:
            named[key].append(hit)
    return named


def hits_on(its_names: Iterable[str | None], named: Mapping[str, list[Hit]]) -> tuple[Hit, ...]:
    """Give the hits that stand under one of the names. A badge, no verdict: a hit is judged by itself."""
    if not named:
        return ()
    keys = (key for name in its_names for key in _keys(name))
    return tuple({hit.fingerprint: hit for key in keys for hit in named.get(key, ())}.values())


def and_more(first: str, others: int) -> str:
    """Say that there are others, never so that it reads as a sum."""
    return _("%(first)s, and %(n)d more") % {"first": first, "n": others} if others else first


def _keys(name: str | None) -> set[str]:
    return {reading.key for reading in names.readings(name, None)}


def kind_words(party: Party) -> str:
    """Say what kind of party it is; a word that is not known stays as it came."""
    words = ", ".join(str(kind_word.text) for kind_word in party.kind_words)
    return words or _("Kind not stated")


def share_words(share: Share) -> str:
    """Per cent, or that it is not stated."""
    return _("Not stated") if share is None or share == "" else percent_words(share)


def control_words(beneficial: Beneficial) -> str:
    """Write the control of a beneficial owner in per cent; none stated is by role or indirect (contract §7)."""
    return _("by role or indirect") if beneficial.control is None else share_words(beneficial.control)


def address_lines(address: Address) -> tuple[str, ...]:
    """An address in lines."""
    country = str(address.country.text) if address.country else ""
    if address.named_country:
        country = f"{address.named_country} ({country})" if country else address.named_country
    city = " ".join(part for part in (address.postal_code, address.city) if part)
    return tuple(line for line in (address.street, city, country) if line)


def _facts(entry: Entry) -> Iterator[Fact]:
    party = entry.party
    yield from (("", name) for name in entry.names[1:])
    yield "", kind_words(party)
    yield from (("", organisation_number(number)) for number in party.numbers if number)
    for born in party.births:
        if born.raw:
            yield _("born"), day_words(born)
    if party.is_itself:
        yield "", _("the organisation itself")
    for share in party.shares:
        yield _("share"), share_words(share)
    if len(party.shares) > 1:
        yield _("share together"), share_words(party.share)
    for subsidiary in party.owned:
        yield _("share the customer owns"), share_words(subsidiary.share)
    for beneficial in party.controls:
        yield from _of_beneficial(beneficial)
    for words in dict.fromkeys(word for live in party.lives for word in live.words):
        yield "", words
    for hit in entry.hits:
        yield _("open hit:"), hit_words(hit)
    for item in party.open_items:
        yield "", str(item)


def _of_beneficial(beneficial: Beneficial) -> Iterator[Fact]:
    yield "", _("beneficial owner")
    yield _("control"), control_words(beneficial)
    yield _("integrated ownership"), share_words(beneficial.integrated)
    if beneficial.reason_apart and beneficial.reason_apart.raw:
        yield "", str(beneficial.reason_apart.text)
    if beneficial.reason_phrase:
        yield "", beneficial.reason_phrase
    for role in once(beneficial.roles):
        yield "", str(role.text)
    if beneficial.address:
        for line in address_lines(beneficial.address):
            yield "", line
