"""Who stands in the chapter `ownership`: each person or organisation once, with everything that is said of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.identity.known_days import says_something
from cases.findings.identity.life import Living, Sign
from cases.findings.identity.same_party import (
    Traits,
    by_number,
    full_name,
    gathered,
    is_same_number,
    names_apart,
    traits,
)
from cases.findings.names.nameless import names_nobody
from cases.findings.ownership.holders import Beneficial, Share, Shareholder, Subsidiary, stated_kind
from cases.findings.vocabulary.code_words import HOLDER_TYPES, Word, word
from cases.findings.vocabulary.formats import added, day_words, organisation_number
from cases.findings.vocabulary.wording import Words
from cases.provider.result.scalars import NOT_SINGLE, Day
from cases.provider.result.wire import HolderType

WHOLE = Decimal(100)
Value = TypeVar("Value")
Holder = Shareholder | Beneficial


class Kind(StrEnum):
    """What a party is; UNKNOWN also if the result calls it something else, or two things at once."""

    PERSON = "person"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Party(Living):
    """One person or organisation: `holdings` and `controls` make it an owner, `owned` a subsidiary.

    `share` is what it owns directly, the sum if it is listed more than once with numbers; `size` how much it owns or
    controls at most by any number stated. What may differ between the entries is there in the plural, each form once;
    the singular is the first of it. What every chapter asks of each party is worked out once.
    """

    holdings: tuple[Shareholder, ...] = ()
    controls: tuple[Beneficial, ...] = ()
    owned: tuple[Subsidiary, ...] = ()
    is_itself: bool = False
    share: Share = None
    size: Decimal | None = None
    traits: tuple[Traits, ...] = ()  # by what each entry can be recognised

    @property
    def places(self) -> tuple[str, ...]:
        """Where in the result it came from."""
        return tuple(entry.place for entry in self.entries)

    @cached_property
    def entries(self) -> tuple[Holder | Subsidiary, ...]:
        """Everything the result says of it, in the order of its lists."""
        return (*self.holdings, *self.controls, *self.owned)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its names, each spelling once."""
        return _each_once((_name(entry) for entry in self.entries), str)

    @property
    def name(self) -> str | None:
        """The first name it is given."""
        return next(iter(self.names), None)

    @cached_property
    def is_named(self) -> bool:
        """Does the result name the party? A placeholder is no name."""
        parts = (
            part for holder in self._holders for part in (holder.name, holder.first_name, holder.last_name)
        )
        return not all(map(names_nobody, (*parts, *(subsidiary.name for subsidiary in self.owned))))

    @property
    def names_apart(self) -> tuple[str, ...]:
        """First and last names that none of the names shows."""
        parts = (part for holder in self._holders for part in (holder.first_name, holder.last_name))
        return names_apart(self.names, parts)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Its organisation numbers, each way to write it once."""
        return _each_once((entry.number for entry in self.entries), organisation_number)

    @property
    def number(self) -> str | None:
        """The first organisation number it is given."""
        return next(iter(self.numbers), None)

    @cached_property
    def births(self) -> tuple[Day, ...]:
        """Its dates of birth, each once."""
        return _each_once((holder.born for holder in self._holders), day_words)

    @property
    def born(self) -> Day | None:
        """The first date of birth it is given."""
        return next(iter(self.births), None)

    @cached_property
    def _holders(self) -> tuple[Holder, ...]:
        return (*self.holdings, *self.controls)

    @cached_property
    def kinds(self) -> tuple[Word, ...]:
        """The kinds that the result states for the party, each once."""
        return tuple({holding.kind.raw: holding.kind for holding in self.holdings if holding.kind}.values())

    @cached_property
    def kind(self) -> Kind:
        """The kind as stated, else as names in parts, dates of birth, numbers or an owned share show it."""
        stated = {share.code for share in self.kinds}
        if stated:
            return KINDS.get(stated.pop(), Kind.UNKNOWN) if len(stated) == 1 else Kind.UNKNOWN
        named_in_parts = any(holder.first_name or holder.last_name for holder in self._holders)
        if named_in_parts or any(says_something(born) for born in self.births):
            return Kind.PERSON
        has_number = any(by_number(number) for number in self.numbers)
        return Kind.ORGANISATION if has_number or self.owned else Kind.UNKNOWN

    @property
    def is_told_apart(self) -> bool:
        """Does a number or a whole date of birth tell it from others of its name?"""
        return any(mention.tells for mention in self.traits)

    @property
    def kind_words(self) -> tuple[Word, ...]:
        """The words for its kind: as the result states it, else as `kind` infers it."""
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
        return tuple(holding.share for holding in self.holdings)

    @property
    def owned_share(self) -> Share:
        """What the customer owns of it."""
        return _together(tuple(subsidiary.share for subsidiary in self.owned))

    @property
    def control(self) -> Share:
        """The first control stated; None is by role or indirect (contract §7)."""
        return next((control.control for control in self.controls if control.control is not None), None)

    @property
    def integrated(self) -> Share:
        """The first integrated ownership stated."""
        return next((control.integrated for control in self.controls if control.integrated is not None), None)

    @property
    def reason(self) -> Word | None:
        """The provider's first reason for naming it a beneficial owner."""
        return next((control.reason for control in self.controls if control.reason), None)

    @property
    def reason_phrase(self) -> str | None:
        """The provider's reason in its own words."""
        return next((control.reason_phrase for control in self.controls if control.reason_phrase), None)

    @property
    def lives(self) -> tuple[Sign, ...]:
        """What each entry says of whether it lives."""
        return tuple(sign for holder in self._holders for sign in holder.lives)

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
    """Gather the entries of each party: by number, else by name and birth; `itself` is the customer's number."""
    entries: list[Holder | Subsidiary] = [*holdings, *controls, *owned]
    customer, mentions = by_number(itself), [traits_of(entry) for entry in entries]
    return tuple(
        _party(
            [entries[place] for place in places],
            tuple(mentions[place] for place in places),
            any(is_same_number(customer, mentions[place].number) for place in places),
        )
        for places in gathered(mentions)
    )


def traits_of(entry: Holder | Subsidiary) -> Traits:
    """Give what an entry has to be recognised by."""
    if isinstance(entry, Subsidiary):
        return traits([entry.name], [entry.number], [], HolderType.ORGANIZATION)
    kind = stated_kind(entry.kind) if isinstance(entry, Shareholder) else None
    return traits([_name(entry)], [entry.number], [entry.born], kind)


def _name(entry: Holder | Subsidiary) -> str | None:
    if isinstance(entry, Subsidiary):
        return entry.name
    return full_name(entry.name, entry.first_name, entry.last_name)


def _party(entries: Sequence[Holder | Subsidiary], mentions: tuple[Traits, ...], is_itself: bool) -> Party:
    holdings = tuple(entry for entry in entries if isinstance(entry, Shareholder))
    controls = tuple(entry for entry in entries if isinstance(entry, Beneficial))
    owned = tuple(entry for entry in entries if isinstance(entry, Subsidiary))
    share = _together(tuple(holding.share for holding in holdings))
    controlled = [number for control in controls for number in (control.control, control.integrated)]
    size = max((amount for amount in (share, *controlled) if isinstance(amount, Decimal)), default=None)
    return Party(holdings, controls, owned, is_itself, share, size, mentions)


def _each_once(values: Iterable[Value | None], seen_as: Callable[[Value], str]) -> tuple[Value, ...]:
    """Drop what is not there and what reads the same; a value that could not be read stays."""
    found: dict[str, Value] = {}
    for value in values:
        if value is not None and (value or value is NOT_SINGLE):
            found.setdefault(seen_as(value), value)
    return tuple(found.values())


def _together(shares: tuple[Share, ...]) -> Share:
    if len(shares) == 1:
        return shares[0]
    numbers = [share for share in shares if isinstance(share, Decimal)]
    if numbers and len(numbers) == len(shares):
        return added(numbers)
    return next((share for share in shares if share is not None), None)


def _open_items(party: Party) -> Iterator[Words]:
    if any(not isinstance(item, Decimal) for item in party.shares):
        yield _("share not stated as a number")
    for share in (*party.shares, *(subsidiary.share for subsidiary in party.owned)):
        if isinstance(share, Decimal) and share > WHOLE:
            yield _("share above 100 %")
        elif isinstance(share, Decimal) and share < 0:
            yield _("negative share")
    if any(
        isinstance(control.control, Decimal) and not 0 <= control.control <= WHOLE
        for control in party.controls
    ):
        yield _("control outside 0 to 100 %")
    times = max(len(party.holdings), len(party.controls), len(party.owned))
    if times > 1:
        yield ngettext_lazy("listed %(n)d time", "listed %(n)d times", "n") % {"n": times}
    if len({item.code for item in party.kinds}) > 1:
        yield _("called two kinds of owner")
    if party.is_owner and party.is_subsidiary and not party.is_itself:
        yield _("owner and subsidiary at once")
