"""Chapter `ownership`: who owns, who controls, what is owned, and what does not add up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.address import Address, address
from cases.findings.caution import Caution, Level
from cases.findings.formats import percent_words
from cases.findings.identity import Identity, identity, names_apart
from cases.findings.presence import Nothing, Presence, Words
from cases.findings.source import NO_SOURCE, Source, source
from cases.findings.words import HOLDER_TYPES, INDICATORS, REASONS, ROLES, Word, word, words
from cases.provider import wire
from cases.provider.scalars import Day

WHOLE = Decimal(100)
ROUNDING_OF_A_SHARE = Decimal("0.005")
Share = Decimal | str | None


@dataclass(frozen=True, slots=True)
class Shareholder:
    """One direct owner; `beneficial` if the provider also names it a beneficial owner."""

    place: str
    name: str | None
    first_name: str | None
    last_name: str | None
    number: str | None
    born: Day | None
    kind: Word | None
    share: Share
    is_itself: bool
    beneficial: bool

    @property
    def identity(self) -> Identity | None:
        """What tells this owner from others."""
        return identity(self.name, self.number, self.born)

    @property
    def names_apart(self) -> tuple[str, ...]:
        """First and last name where the name does not show them."""
        return names_apart([self.name], [self.first_name, self.last_name])


@dataclass(frozen=True, slots=True)
class Beneficial:
    """One beneficial owner; `control` is None when the control is by role or indirect (contract §7)."""

    place: str
    name: str | None
    first_name: str | None
    last_name: str | None
    number: str | None
    born: Day | None
    control: Share
    integrated: Share
    reason: Word | None
    reason_phrase: str | None
    roles: tuple[Word, ...]
    address: Address | None
    deceased: bool | str | None
    deceased_on: Day | None
    shareholder: bool

    @property
    def identity(self) -> Identity | None:
        """What tells this owner from others."""
        return identity(self.name, self.number, self.born)

    @property
    def names_apart(self) -> tuple[str, ...]:
        """First and last name where the name does not show them."""
        return names_apart([self.name], [self.first_name, self.last_name])

    @property
    def is_deceased(self) -> bool:
        """Does the result say so, by the word or by a date?"""
        return self.deceased is True or self.deceased_on is not None


@dataclass(frozen=True, slots=True)
class Subsidiary:
    """One organisation the customer owns a part of."""

    place: str
    name: str | None
    number: str | None
    share: Share


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number that describes the structure, as named by the provider."""

    name: Word
    value: Share


@dataclass(frozen=True, slots=True)
class Ownership:
    """The four parts of the chapter, each with its own kind of nothing."""

    shareholders_nothing: Nothing | None
    beneficials_nothing: Nothing | None
    subsidiaries_nothing: Nothing | None
    indicators_nothing: Nothing | None
    shareholders: tuple[Shareholder, ...] = ()
    beneficials: tuple[Beneficial, ...] = ()
    subsidiaries: tuple[Subsidiary, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    source: Source = NO_SOURCE
    unread: int = 0

    @property
    def total(self) -> Decimal:
        """What the stated shares add up to, in per cent."""
        return sum((each.share for each in self.shareholders if isinstance(each.share, Decimal)), Decimal(0))

    @property
    def unexplained(self) -> Decimal:
        """What is missing to 100 %, negative if there is too much, 0 if rounding explains it."""
        missing = WHOLE - self.total
        return missing if abs(missing) > ROUNDING_OF_A_SHARE * len(self.shareholders) else Decimal(0)

    @property
    def top_owners(self) -> tuple[Shareholder, ...]:
        """The five largest stated shares."""
        return tuple(sorted(self.shareholders, key=_largest_first)[:5])

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What does not add up."""
        return (*_of_shares(self), *_of_beneficials(self), *_of_unread(self.unread))


def read(read: wire.Ownership | None, presence: Presence, itself: str | None) -> Ownership:
    """Read the chapter `ownership` of the organisation with the number `itself`."""
    nothing = Ownership(
        shareholders_nothing=presence.nothing_at("ownership.shareholders"),
        beneficials_nothing=presence.nothing_at("ownership.beneficials"),
        subsidiaries_nothing=presence.nothing_at("ownership.subsidiaries"),
        indicators_nothing=presence.nothing_at("ownership.indicators"),
    )
    if read is None:
        return nothing
    owners = {_of(each) for each in read.shareholders or () if each} - {None}
    controllers = {_of(each) for each in read.beneficials or () if each} - {None}
    lists: tuple[list[object], ...] = (
        [*(read.shareholders or ())],
        [*(read.beneficials or ())],
        [*(read.subsidiaries or ())],
    )
    return replace(
        nothing,
        shareholders=tuple(
            _shareholder(each, place, controllers, identity(None, itself, None))
            for place, each in enumerate(read.shareholders or ())
            if each
        ),
        beneficials=tuple(
            _beneficial(each, place, owners) for place, each in enumerate(read.beneficials or ()) if each
        ),
        subsidiaries=tuple(
            Subsidiary(
                f"ownership.subsidiaries[{place}]", each.name, each.organization_number, each.percentage
            )
            for place, each in enumerate(read.subsidiaries or ())
            if each
        ),
        indicators=tuple(
            Indicator(Word(name, INDICATORS.get(name.upper())), value)
            for name, value in (read.indicators.extras if read.indicators else {}).items()
        ),
        source=source(read.metadata),
        unread=sum(each is None for part in lists for each in part),
    )


def _of(holder: wire.Holder) -> Identity | None:
    return identity(holder.name, holder.organization_number, holder.date_of_birth)


def _shareholder(
    read: wire.Shareholder, place: int, controllers: set[Identity | None], itself: Identity | None
) -> Shareholder:
    who = _of(read)
    return Shareholder(
        place=f"ownership.shareholders[{place}]",
        name=read.name,
        first_name=read.first_name,
        last_name=read.last_name,
        number=read.organization_number,
        born=read.date_of_birth,
        kind=word(HOLDER_TYPES, read.type),
        share=read.percentage,
        is_itself=who is not None and who == itself,
        beneficial=who in controllers,
    )


def _beneficial(read: wire.Beneficial, place: int, owners: set[Identity | None]) -> Beneficial:
    other = read.other_information
    return Beneficial(
        place=f"ownership.beneficials[{place}]",
        name=read.name,
        first_name=read.first_name,
        last_name=read.last_name,
        number=read.organization_number,
        born=read.date_of_birth,
        control=read.percentage_control,
        integrated=read.integrated_ownership,
        reason=word(REASONS, read.reason),
        reason_phrase=read.reason_phrase,
        roles=words(ROLES, read.roles),
        address=address(read.address),
        deceased=other.deceased if other else None,
        deceased_on=other.deceased_date if other else None,
        shareholder=_of(read) in owners,
    )


def _largest_first(owner: Shareholder) -> tuple[bool, Decimal]:
    stated = isinstance(owner.share, Decimal)
    return not stated, -owner.share if isinstance(owner.share, Decimal) else Decimal(0)


def _of_shares(chapter: Ownership) -> Iterator[Caution]:
    place = "ownership.shareholders"
    if not chapter.shareholders:
        return
    silent = sum(not isinstance(each.share, Decimal) for each in chapter.shareholders)
    if silent:
        text = ngettext_lazy(
            "The share of %(count)d shareholder is not stated, or not as a number.",
            "The shares of %(count)d shareholders are not stated, or not as numbers.",
            "count",
        )
        yield Caution("share_not_stated", text % {"count": silent}, place)
    for each in chapter.shareholders:
        yield from _of_share(each)
    values = {"sum": percent_words(chapter.total), "rest": percent_words(abs(chapter.unexplained))}
    if chapter.unexplained > 0:
        below = _("The stated shares add up to %(sum)s; %(rest)s is not explained.")
        yield Caution("shares_below_whole", below % values, place)
    elif chapter.unexplained < 0:
        above = _("The stated shares add up to %(sum)s, %(rest)s more than there is.")
        yield Caution("shares_above_whole", above % values, place)


def _of_share(owner: Shareholder) -> Iterator[Caution]:
    if owner.is_itself:
        yield Caution("owns_itself", _("The organisation is listed as its own shareholder."), owner.place)
    if not isinstance(owner.share, Decimal):
        return
    values = {"share": percent_words(owner.share)}
    if owner.share > WHOLE:
        yield Caution("share_above_whole", _("A shareholder’s share is %(share)s.") % values, owner.place)
    elif owner.share < 0:
        yield Caution("share_negative", _("A shareholder’s share is %(share)s.") % values, owner.place)


def _of_beneficials(chapter: Ownership) -> Iterator[Caution]:
    for each in chapter.beneficials:
        if each.is_deceased:
            text = _("A beneficial owner is registered as deceased.")
            yield Caution("beneficial_deceased", text, each.place)
        if isinstance(each.control, Decimal) and not 0 <= each.control <= WHOLE:
            control = _("A beneficial owner’s control is %(share)s.") % {"share": percent_words(each.control)}
            yield Caution("control_out_of_range", control, each.place)


def _of_unread(count: int) -> Iterator[Caution]:
    if count:
        text: Words = ngettext_lazy(
            "%(count)d element of the ownership came empty or in another form; see ‘As it came’.",
            "%(count)d elements of the ownership came empty or in another form; see ‘As it came’.",
            "count",
        ) % {"count": count}
        yield Caution("elements_not_read", text, "ownership", Level.INFO)
