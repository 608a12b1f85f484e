"""Who stands in the chapter `ownership`: each person or organisation once, with everything that is said of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.formats import day_words, organisation_number
from cases.findings.holders import Beneficial, Share, Shareholder, Subsidiary
from cases.findings.identity import Identity, by_birth, by_number, names_apart
from cases.findings.presence import Words
from cases.findings.words import HOLDER_TYPES, Word, word
from cases.provider.scalars import UNREAD, Day
from cases.provider.wire import HolderType

WHOLE = Decimal(100)
Value = TypeVar("Value")
Holder = Shareholder | Beneficial


class Kind(StrEnum):
    """What a party is; UNKNOWN also if the result calls it something else, or two things at once."""

    PERSON = "person"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Party:
    """One person or organisation: `holdings` and `controls` make it an owner, `owned` a subsidiary.

    `share` is what it owns directly, the sum if it is listed more than once with numbers; `size` how much it owns or
    controls at most by any number stated. What may differ between the entries is there in the plural, each form once;
    the singular is the first of it.
    """

    holdings: tuple[Shareholder, ...] = ()
    controls: tuple[Beneficial, ...] = ()
    owned: tuple[Subsidiary, ...] = ()
    is_itself: bool = False
    share: Share = None
    size: Decimal | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """Where in the result it came from."""
        return tuple(each.place for each in self.entries)

    @property
    def entries(self) -> tuple[Holder | Subsidiary, ...]:
        """Everything the result says of it, in the order of its lists."""
        return (*self.holdings, *self.controls, *self.owned)

    @property
    def names(self) -> tuple[str, ...]:
        """Its names, each spelling once."""
        return _each_once((each.name for each in self.entries), str)

    @property
    def name(self) -> str | None:
        """The first name it is given."""
        return next(iter(self.names), None)

    @property
    def names_apart(self) -> tuple[str, ...]:
        """First and last names that none of the names shows."""
        people: tuple[Holder, ...] = (*self.holdings, *self.controls)
        parts = (part for each in people for part in (each.first_name, each.last_name))
        return names_apart(self.names, parts)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its organisation numbers, each way to write it once."""
        return _each_once((each.number for each in self.entries), organisation_number)

    @property
    def number(self) -> str | None:
        """The first organisation number it is given."""
        return next(iter(self.numbers), None)

    @property
    def births(self) -> tuple[Day, ...]:
        """Its dates of birth, each once."""
        people: tuple[Holder, ...] = (*self.holdings, *self.controls)
        return _each_once((each.born for each in people), day_words)

    @property
    def born(self) -> Day | None:
        """The first date of birth it is given."""
        return next(iter(self.births), None)

    @property
    def kinds(self) -> tuple[Word, ...]:
        """What the result calls it."""
        return tuple({each.kind.raw: each.kind for each in self.holdings if each.kind}.values())

    @property
    def kind(self) -> Kind:
        """What it is; by what it has, if the result does not say."""
        stated = {each.raw.upper() for each in self.kinds}
        if stated:
            return KINDS.get(stated.pop(), Kind.UNKNOWN) if len(stated) == 1 else Kind.UNKNOWN
        if self.births or self.names_apart or any(each.first_name for each in self.controls):
            return Kind.PERSON
        return Kind.ORGANISATION if self.number or self.owned else Kind.UNKNOWN

    @property
    def kind_words(self) -> tuple[Word, ...]:
        """What to call it: as the result does, else as what it has shows."""
        if self.kinds or self.kind is Kind.UNKNOWN:
            return self.kinds
        found = word(HOLDER_TYPES, STATED[self.kind])
        return (found,) if found else ()

    @property
    def is_owner(self) -> bool:
        """Does it own or control a part?"""
        return bool(self.holdings or self.controls)

    @property
    def is_beneficial(self) -> bool:
        """Does the provider name it a beneficial owner?"""
        return bool(self.controls)

    @property
    def is_shareholder(self) -> bool:
        """Does it own a part directly?"""
        return bool(self.holdings)

    @property
    def is_subsidiary(self) -> bool:
        """Does the customer own a part of it?"""
        return bool(self.owned)

    @property
    def shares(self) -> tuple[Share, ...]:
        """The share of each entry as a shareholder."""
        return tuple(each.share for each in self.holdings)

    @property
    def owned_share(self) -> Share:
        """What the customer owns of it."""
        return _together(tuple(each.share for each in self.owned))

    @property
    def control(self) -> Share:
        """The first control stated; None is by role or indirect (contract §7)."""
        return next((each.control for each in self.controls if each.control is not None), None)

    @property
    def integrated(self) -> Share:
        """The first integrated ownership stated."""
        return next((each.integrated for each in self.controls if each.integrated is not None), None)

    @property
    def reason(self) -> Word | None:
        """The provider's first reason for naming it a beneficial owner."""
        return next((each.reason for each in self.controls if each.reason), None)

    @property
    def reason_phrase(self) -> str | None:
        """The provider's reason in its own words."""
        return next((each.reason_phrase for each in self.controls if each.reason_phrase), None)

    @property
    def is_deceased(self) -> bool:
        """Does the result say so anywhere?"""
        return any(each.is_deceased for each in self.controls)

    @property
    def deceased_on(self) -> Day | None:
        """The date it died, if it is stated."""
        return next((each.deceased_on for each in self.controls if each.deceased_on), None)

    @property
    def open_items(self) -> tuple[Words, ...]:
        """What a reader must clear up about it."""
        return tuple(_open_items(self))

    @property
    def is_open(self) -> bool:
        """Is there anything to clear up about it?"""
        return next(_open_items(self), None) is not None


KINDS = {HolderType.PERSON.value: Kind.PERSON, HolderType.ORGANIZATION.value: Kind.ORGANISATION}
STATED = {kind: raw for raw, kind in KINDS.items()}


def parties(
    holdings: Iterable[Shareholder],
    controls: Iterable[Beneficial],
    owned: Iterable[Subsidiary],
    itself: str | None,
) -> tuple[Party, ...]:
    """Recognise who is the same: by number, else by name and date of birth; `itself` is the customer's number."""
    gathering = _Gathering()
    for holding in holdings:
        gathering.of(holding.name, holding.number, holding.born).holdings.append(holding)
    for control in controls:
        gathering.of(control.name, control.number, control.born).controls.append(control)
    for subsidiary in owned:
        gathering.of(subsidiary.name, subsidiary.number, None).owned.append(subsidiary)
    customer = by_number(itself)
    return tuple(_party(each, customer) for each in gathering.found)


def _party(gathered: "_Gathered", customer: Identity | None) -> Party:
    share = _together(tuple(each.share for each in gathered.holdings))
    controlled = [number for each in gathered.controls for number in (each.control, each.integrated)]
    return Party(
        tuple(gathered.holdings),
        tuple(gathered.controls),
        tuple(gathered.owned),
        customer is not None and gathered.number == customer,
        share,
        max((each for each in (share, *controlled) if isinstance(each, Decimal)), default=None),
    )


@dataclass(slots=True)
class _Gathered:
    """The entries of one party while they are gathered."""

    number: Identity | None
    holdings: list[Shareholder] = field(default_factory=list)
    controls: list[Beneficial] = field(default_factory=list)
    owned: list[Subsidiary] = field(default_factory=list)


class _Gathering:
    def __init__(self) -> None:
        self.found: list[_Gathered] = []
        self.known: dict[Identity, _Gathered] = {}

    def of(self, name: str | None, number: str | None, born: Day | None) -> _Gathered:
        """Find the party an entry belongs to, or begin one. Two numbers are never one party."""
        numbered, birth = by_number(number), by_birth(name, born)
        party = self.known.get(numbered) if numbered else None
        if party is None and birth:
            party = self.known.get(birth)
            if party and party.number and numbered:
                party = None
        if party is None:
            party = _Gathered(numbered)
            self.found.append(party)
        party.number = party.number or numbered
        for known in (numbered, birth):
            if known:
                self.known.setdefault(known, party)
        return party


def _each_once(values: Iterable[Value | None], seen_as: Callable[[Value], str]) -> tuple[Value, ...]:
    """Drop what is not there and what reads the same; a value that could not be read stays."""
    found: dict[str, Value] = {}
    for value in values:
        if value is not None and (value or value is UNREAD):
            found.setdefault(seen_as(value), value)
    return tuple(found.values())


def _together(shares: tuple[Share, ...]) -> Share:
    if len(shares) == 1:
        return shares[0]
    numbers = [each for each in shares if isinstance(each, Decimal)]
    if numbers and len(numbers) == len(shares):
        return sum(numbers, Decimal(0))
    return next((each for each in shares if each is not None), None)


def _open_items(party: Party) -> Iterator[Words]:
    if any(not isinstance(each, Decimal) for each in party.shares):
        yield _("share not stated as a number")
    for share in (*party.shares, *(each.share for each in party.owned)):
        if isinstance(share, Decimal) and share > WHOLE:
            yield _("share above 100 %")
        elif isinstance(share, Decimal) and share < 0:
            yield _("negative share")
    if any(isinstance(each.control, Decimal) and not 0 <= each.control <= WHOLE for each in party.controls):
        yield _("control outside 0 to 100 %")
    times = max(len(party.holdings), len(party.controls), len(party.owned))
    if times > 1:
        yield ngettext_lazy("listed %(n)d time", "listed %(n)d times", "n") % {"n": times}
    if len({each.raw.upper() for each in party.kinds}) > 1:
        yield _("called two kinds of owner")
    if party.is_owner and party.is_subsidiary and not party.is_itself:
        yield _("owner and subsidiary at once")
