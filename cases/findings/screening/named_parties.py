"""Everybody a result is about: the organisation, and each person and company in it, once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from cases.findings.authority.roles import Roles
from cases.findings.authority.signing_rules import PROCURATION, SIGNATURE, Authorities, Rule
from cases.findings.authority.signing_sets import signer_mentions
from cases.findings.company.company import Company
from cases.findings.coverage.remainder import Leaf
from cases.findings.financials.financials import Financials
from cases.findings.identity.known_days import says_something
from cases.findings.identity.same_party import NameInParts, Traits, folded, gathered, in_any_order, traits
from cases.findings.names import names
from cases.findings.names.legal_forms import SOLE_TYPES
from cases.findings.names.nameless import names_nobody
from cases.findings.ownership.holders import Beneficial, Shareholder, stated_kind
from cases.findings.ownership.ownership import Ownership
from cases.findings.unread import unread_people
from cases.findings.vocabulary.address import Address, Addresses
from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.wording import Words
from cases.provider.numbers.known_numbers import identifying_number
from cases.provider.numbers.number_forms import is_written_as_personal
from cases.provider.result.scalars import Day
from cases.provider.result.wire import HolderType

ITSELF, ROLE = _("the organisation itself"), _("Role")
SHAREHOLDER, BENEFICIAL, SUBSIDIARY = _("Shareholder"), _("Beneficial owner"), _("Subsidiary")
SIGNER, BY_PROCURATION = _("Signer"), _("Signer by procuration")
AUDITOR, ACCOUNTANT = _("Auditor"), _("Accountant")
ELSEWHERE = _("Named where it could not be read; see ‘As it came’")


@dataclass(frozen=True, slots=True)
class NamedParty:
    """Somebody the result names; `what` says in words where. `kind` may be guessed, `stated_kind` is not.

    `is_sole`: a sole proprietorship, which is a person and a firm at once. `places` are those of the result.
    """

    name: str | None
    names: tuple[str, ...]
    what: tuple[Words, ...]
    kind: HolderType | None
    stated_kind: HolderType | None = None
    numbers: tuple[str, ...] = ()
    births: tuple[Day, ...] = ()
    countries: tuple[Word, ...] = ()
    cities: tuple[str, ...] = ()
    is_sole: bool = False
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parties:
    """The chapters that name parties; they are gathered only when `parties` is called.

    `is_all_read`: no name is known to stand where it was not read; `remainder` is where one may.
    """

    company: Company
    addresses: Addresses
    ownership: Ownership
    roles: Roles
    financials: Financials
    authorities: Authorities
    is_all_read: bool = True
    remainder: tuple[Leaf, ...] = ()

    def parties(self) -> tuple[NamedParty, ...]:
        """The organisation itself, then everybody else in the order of the chapters."""
        mentions = [*self._mentions()]
        mentions += self._elsewhere(
            {in_any_order(name) for mention in mentions for name in mention.names if name}
        )
        groups = gathered([mention.traits for mention in mentions])
        itself, *others = (_party([mentions[place] for place in places]) for places in groups)
        countries = dict.fromkeys(country for country in (self.company.country, *itself.countries) if country)
        form = self.company.form.raw.strip().upper().replace(" ", "_") if self.company.form else ""
        is_sole = itself.is_sole or form in SOLE_TYPES
        kind = None if is_sole else HolderType.ORGANIZATION
        itself = replace(itself, countries=tuple(countries), kind=kind, stated_kind=kind, is_sole=is_sole)
        return (itself, *others)

    def _mentions(self) -> Iterator["_Mention"]:
        own, at = self.company, self.addresses
        yield _Mention(
            what=(ITSELF,),
            names=(own.name,),
            numbers=(own.told_number, own.lei, own.duns),
            kind=HolderType.ORGANIZATION,
            addresses=(at.visiting, at.postal),
            places=("keyInformation",),
        )
        yield from self._owners()
        for held in self.roles.holders:
            yield _Mention(
                what=tuple(role.text for role in held.roles) or (ROLE,),
                names=(held.name, *held.other_names, *_whole(held.names_in_parts)),
                numbers=held.numbers,
                births=held.births,
                is_named_in_parts=any(first for first, _last in held.names_in_parts),
                places=held.places,
            )
        yield from _signers(self.authorities.signature, SIGNER, f"authorities.{SIGNATURE}")
        yield from _signers(self.authorities.procuration, BY_PROCURATION, f"authorities.{PROCURATION}")
        for what, place, firm in (
            (AUDITOR, "financials.auditor", self.financials.auditor),
            (ACCOUNTANT, "financials.accountant", self.financials.accountant),
        ):
            if firm.name or firm.number:
                yield _Mention(
                    (what,), (firm.name,), (firm.number,), kind=HolderType.ORGANIZATION, places=(place,)
                )

    def _elsewhere(self, known: Collection[str]) -> Iterator["_Mention"]:
        """Yield those who are named only in parts of the result that no chapter took up."""
        for entry in unread_people.entries(self.remainder):
            for name in entry.names:
                if in_any_order(name) not in known:
                    numbers, births = tuple(entry.numbers), tuple(entry.births)
                    yield _Mention((ELSEWHERE,), (name,), numbers, births, places=(entry.place,))

    def _owners(self) -> Iterator["_Mention"]:
        for owner in self.ownership.shareholders:
            yield _Mention(
                what=(SHAREHOLDER,),
                names=(owner.name, *_whole([(owner.first_name, owner.last_name)]), *_alone(owner)),
                numbers=(owner.number,),
                births=(owner.born,),
                kind=stated_kind(owner.kind),
                is_named_in_parts=bool(owner.first_name),
                places=(owner.place,),
            )
        for beneficial in self.ownership.beneficials:
            yield _Mention(
                what=(BENEFICIAL,),
                names=(
                    beneficial.name,
                    *_whole([(beneficial.first_name, beneficial.last_name)]),
                    *_alone(beneficial),
                ),
                numbers=(beneficial.number,),
                births=(beneficial.born,),
                addresses=(beneficial.address,),
                is_named_in_parts=bool(beneficial.first_name),
                places=(beneficial.place,),
            )
        for owned in self.ownership.subsidiaries:
            yield _Mention(
                (SUBSIDIARY,),
                (owned.name,),
                (owned.number,),
                kind=HolderType.ORGANIZATION,
                places=(owned.place,),
            )


@dataclass(slots=True)
class _Mention:
    """A person or organisation at one place of the result."""

    what: tuple[Words, ...]
    names: tuple[str | None, ...]
    numbers: tuple[str | None, ...] = ()
    births: tuple[Day | None, ...] = ()
    addresses: tuple[Address | None, ...] = ()
    kind: HolderType | None = None
    is_named_in_parts: bool = False
    places: tuple[str, ...] = ()

    @property
    def traits(self) -> Traits:
        """What tells this one from others; an organisation with nothing else is known by its name, a person never."""
        found = traits(self.names, self.numbers, self.births, self.kind)
        name = next((known for known in self.names if not names_nobody(known)), None)
        if found.tells or not name or not self._is_organisation:
            return found
        return Traits(None, frozenset({("name alone", folded(name))}))

    @property
    def _is_organisation(self) -> bool:
        """Does anything say that it is an organisation?"""
        if self.kind or self.is_named_in_parts:
            return self.kind is HolderType.ORGANIZATION
        return any(names.has_form(name) for name in self.names)


def _signers(rule: Rule | None, what: Words, place: str) -> Iterator[_Mention]:
    """Yield everybody in the sets of a rule once, in however many sets."""
    for first, *_others in signer_mentions((rule.options if rule else None) or ()):
        signer = first.signer
        if signer.name or signer.born:
            where = f"{place}.{first.place}"
            yield _Mention((what,), (signer.name,), births=(signer.born,), places=(where,))


def _whole(names_in_parts: Iterable[NameInParts]) -> Iterator[str]:
    for first, last in names_in_parts:
        if first and last:
            yield f"{first} {last}"


def _alone(held: Shareholder | Beneficial) -> Iterator[str]:
    """Give the first or last name, where no more of the name is told."""
    if not held.name and len(held.names_apart) == 1:
        yield from held.names_apart


def _party(mentions: list[_Mention]) -> NamedParty:
    known_as = tuple(dict.fromkeys(name for mention in mentions for name in mention.names if name))
    numbers = tuple(dict.fromkeys(number for mention in mentions for number in mention.numbers if number))
    births = {birth.raw: birth for mention in mentions for birth in mention.births if birth and birth.raw}
    is_sole = any(map(is_written_as_personal, numbers)) or any(map(names.is_sole_trader, known_as))
    stated, kind = (None, None) if is_sole else _kinds(mentions, known_as, numbers, births.values())
    addresses = [address for mention in mentions for address in mention.addresses if address]
    return NamedParty(
        name=known_as[0] if known_as else None,
        names=known_as,
        what=_each_once([text for mention in mentions for text in mention.what]),
        kind=kind,
        stated_kind=stated,
        numbers=numbers,
        births=tuple(births.values()),
        countries=tuple(dict.fromkeys(address.country for address in addresses if address.country)),
        cities=tuple(dict.fromkeys(address.city for address in addresses if address.city)),
        is_sole=is_sole,
        places=tuple(place for mention in mentions for place in mention.places),
    )


def _kinds(
    mentions: list[_Mention], known_as: Iterable[str], numbers: Iterable[str], births: Iterable[Day]
) -> tuple[HolderType | None, HolderType | None]:
    """Give the stated kind, and the kind by that or else by what only one kind has."""
    kinds = {mention.kind for mention in mentions if mention.kind}
    is_born = any(says_something(birth) for birth in births)
    stated = kinds.pop() if len(kinds) == 1 else HolderType.PERSON if is_born and not kinds else None
    if stated:
        return stated, stated
    if any(mention.is_named_in_parts for mention in mentions):
        return None, HolderType.PERSON
    if any(map(identifying_number, numbers)) or any(map(names.has_form, known_as)):
        return None, HolderType.ORGANIZATION
    return None, None


def _each_once(what: list[Words]) -> tuple[Words, ...]:
    """Drop what reads the same: two codes may have one word. One alone is left untranslated."""
    if len(what) == 1:
        return (what[0],)
    return tuple({str(text): text for text in what}.values())
