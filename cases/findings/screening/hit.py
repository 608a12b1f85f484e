"""One possible match of the screening, with everything the provider says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.findings.identity.known_days import says_something
from cases.findings.names import names
from cases.findings.screening.comparison import Comparison
from cases.findings.screening.fingerprint import fingerprints
from cases.findings.screening.listed_party import MOST_NAMES, ListedParty, theirs
from cases.findings.vocabulary import places
from cases.findings.vocabulary.address import Address, listed_address
from cases.findings.vocabulary.code_words import SOURCES, Word, is_pep_list, word
from cases.findings.vocabulary.formats import number_words
from cases.findings.vocabulary.source import Link, Source, links, source
from cases.findings.vocabulary.wording import Words
from cases.provider.result import wire
from cases.provider.result.placeholders import is_placeholder
from cases.provider.result.scalars import NOT_SINGLE, Day
from cases.provider.result.wire import HolderType

A_LINE = 30  # letters beside others
TOP_OF_SCALE = 500  # contract §7: the match indicator goes up to 500
Value = str | Decimal | Word | Day | Link


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a list says of an entry, with its label."""

    label: Words
    values: tuple[Value, ...]

    @property
    def is_wide(self) -> bool:
        """Does it want a line of its own?"""
        texts = (value.raw if isinstance(value, Link) else value for value in self.values)
        return len(self.values) > 1 or any(isinstance(text, str) and len(text) > A_LINE for text in texts)


@dataclass(frozen=True, slots=True)
class Hit:
    """One possible match, and which named party it is nearest to (`comparison`, None until compared).

    `fingerprint` stays the same when the same entry of the same list is found again.
    """

    place: str
    fingerprint: str
    match: Decimal | str | None
    match_words: str | None
    name: str | None
    title: str | None
    function: str | None
    comment: str | None
    aliases: tuple[str, ...]
    addresses: tuple[Address, ...]
    links: tuple[Link, ...]
    provider: str | None
    list_name: Word | None
    external_id: str | None
    first_update: Day | None
    last_update: Day | None
    birth_date: Day | None
    birth_info: tuple[str, ...]
    name_match: Decimal | str | None
    source: Source
    comparison: Comparison | None = None

    @property
    def on_scale(self) -> int | None:
        """The match number held to its scale of 0 to 500, None if it is no number."""
        return max(0, min(TOP_OF_SCALE, int(self.match))) if isinstance(self.match, Decimal) else None

    @property
    def match_doubt(self) -> Words:
        """Why there is no match number to go by; '' if there is one. What one means is for the comparison to say."""
        if not isinstance(self.match, Decimal):
            return NOT_A_NUMBER if self.match or self.match is NOT_SINGLE else NO_NUMBER
        return "" if 0 <= self.match <= TOP_OF_SCALE else OFF_THE_SCALE

    @property
    def is_of_pep_list(self) -> bool:
        """Is it on a list of politically exposed persons, and not on one of sanctions?"""
        return self.list_name is not None and is_pep_list(self.list_name)

    @property
    def is_same(self) -> bool:
        """Is it, of whatever list, the same as a named party in name and date of birth, or name and number?"""
        same = {line.attribute for line in self.comparison.same} if self.comparison else set()
        return "name" in same and bool(same & {"born", "number"})

    @property
    def is_likely(self) -> bool:
        """Is it the same as a named party, and not of a PEP list? Of one, it is a likely PEP hit, and no alarm."""
        return self.is_same and not self.is_of_pep_list

    @property
    def kind(self) -> HolderType | None:
        """Person or organisation, where something the list says tells it, or lets one guess it."""
        if self.stated_kind:
            return self.stated_kind
        if any(names.has_form(alias) for alias in (self.name, *self.aliases[:MOST_NAMES])):
            return HolderType.ORGANIZATION
        return HolderType.PERSON if self.title or self.function else None

    @property
    def stated_kind(self) -> HolderType | None:
        """What it is beyond a guess: lists name no kind, but who was born is a person."""
        is_born = says_something(self.birth_date) or not all(map(is_placeholder, self.birth_info))
        return HolderType.PERSON if is_born else None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the list says beside names, addresses and births, as far as it is stated."""
        return tuple(Fact(label, values) for label, values in self._facts() if values)

    @property
    def unstated(self) -> tuple[Words, ...]:
        """What the list does not state."""
        others = (
            (_("Also known as"), self.aliases),
            (_("Addresses"), [address for address in self.addresses if address.stated]),
            (_("Date of birth"), (*_dated(self.birth_date), *self.birth_info)),
        )
        return tuple(label for label, values in (*self._facts(), *others) if not values)

    @property
    def theirs(self) -> ListedParty:
        """The listed party of the hit, made comparable."""
        return theirs(
            listed_as=(self.name, *self.aliases),
            kind=self.kind,
            stated_kind=self.stated_kind,
            birth_date=self.birth_date,
            birth_info=self.birth_info,
            countries=places.countries(self.addresses),
            cities=(address.city for address in self.addresses),
            external_id=self.external_id,
            texts=(self.comment, self.title, self.function),
        )

    def _facts(self) -> Iterator[tuple[Words, tuple[Value, ...]]]:
        yield _("Title"), _stated(self.title)
        yield _("Function"), _stated(self.function)
        yield _("Comment"), _stated(self.comment)
        yield _("On the list since"), _dated(self.first_update)
        yield _("Last updated"), _dated(self.last_update)
        yield _("Number on the list"), _stated(self.external_id)
        yield _("Screened by"), _stated(self.provider)
        yield _("Name match, by the provider"), _stated(self.name_match)
        yield _("Pages"), self.links


NO_NUMBER = _("Without a match number: by our own comparison alone")
NOT_A_NUMBER = _("The match came as no number: by our own comparison alone")
OFF_THE_SCALE = _("Outside the provider’s scale of 0 to 500")


def listed(read: wire.Sanction | None) -> tuple[Hit, ...]:
    """Every hit that could be read, in the order of the result, not compared yet."""
    results = (read.sanction_results if read else None) or []
    found = [(place, result) for place, result in enumerate(results) if result]
    named = fingerprints([entry for _place, entry in found])
    return tuple(
        _hit(sanction_result, place, name)
        for (place, sanction_result), name in zip(found, named, strict=True)
    )


def likeliest_first(hit: Hit) -> tuple[Decimal, float]:
    """Sort by the match number, then by our comparison.

    A hit without a number stands at the top if our comparison finds it equal, at the end otherwise.
    """
    beside = hit.comparison
    if isinstance(hit.match, Decimal):
        number = hit.match
    else:
        number = Decimal(TOP_OF_SCALE) if beside and beside.is_equal else Decimal("-Infinity")
    return -number, -(beside.weight if beside else 0.0)


def _hit(read: wire.SanctionResult, place: int, fingerprint: str) -> Hit:
    return Hit(
        place=f"sanction.sanctionResults[{place}]",
        fingerprint=fingerprint,
        match=read.match_indicator,
        match_words=read.match_indicator_description,
        name=read.name,
        title=read.title,
        function=read.function,
        comment=read.comment,
        aliases=_without_null(read.alias_list),
        addresses=tuple(
            listed_address(list_address) for list_address in read.address_list or () if list_address
        ),
        links=links(read.url_list),
        provider=read.provider,
        list_name=word(SOURCES, read.source),
        external_id=read.external_id,
        first_update=read.first_update,
        last_update=read.last_update,
        birth_date=read.birth_date,
        birth_info=_without_null(read.birth_date_info),
        name_match=read.name_match_value,
        source=source(read.metadata),
    )


def _without_null(texts: list[str | None] | None) -> tuple[str, ...]:
    return tuple(text for text in texts or () if text is not None)


def _stated(value: str | Decimal | None) -> tuple[Value, ...]:
    """Give the value as a tuple, if there is one or if one came that cannot be read; else an empty one."""
    return () if value is None or (value == "" and value is not NOT_SINGLE) else (value,)


def _dated(day: Day | None) -> tuple[Value, ...]:
    return (day,) if day and _stated(day.raw) else ()


def hit_words(hit: Hit) -> str:
    """Name the list and the match number of a hit."""
    parts = [str(hit.list_name.text)] if hit.list_name else []
    if isinstance(hit.match, Decimal):
        parts.append(
            gettext("%(match)s of %(top)s") % {"match": number_words(hit.match), "top": TOP_OF_SCALE}
        )
    return " · ".join(parts) or gettext("match number not stated")
