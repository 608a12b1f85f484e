"""Chapter `roles`: one row for each person or organisation: its roles, what it owns, whether it may sign."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.authority import form_roles
from cases.findings.authority.powers import Power, Powers, powers
from cases.findings.authority.signing_rules import Authorities
from cases.findings.company.company import Company
from cases.findings.identity.life import Living, Sign, signs
from cases.findings.identity.same_party import NameInParts, full_name, gathered, names_apart, traits
from cases.findings.names.nameless import names_nobody
from cases.findings.ownership.directory import Directory
from cases.findings.ownership.holders import Share
from cases.findings.ownership.ownership import Ownership
from cases.findings.ownership.parties import Party
from cases.findings.vocabulary.caution import LONGEST_NAME, Caution, about
from cases.findings.vocabulary.code_words import ROLES, Word, named
from cases.findings.vocabulary.formats import day_words, organisation_number
from cases.findings.vocabulary.presence import Nothing, Presence
from cases.findings.vocabulary.source import NO_SOURCE, Source, source
from cases.provider.result import holders as wire
from cases.provider.result.scalars import NOT_SINGLE, Day

NOBODY = Party()
GENERAL_LIST = "others"  # its elements name their role themselves


@dataclass(frozen=True, slots=True)
class RoleHolder(Living):
    """A person or organisation with roles; `other_names` are further spellings of its name.

    Where no name is stated, `name` is the first and last name together; `names_in_parts` are these two, each pair once.
    `lives` is all that is said of whether it lives, `own_lives` what is said among the roles; `signature` and
    `procuration` say whether they may sign.
    """

    places: tuple[str, ...]
    name: str | None
    other_names: tuple[str, ...]
    names_in_parts: tuple[NameInParts, ...]
    numbers: tuple[str, ...]
    births: tuple[Day, ...]
    roles: tuple[Word, ...]
    is_owner: bool
    share: Share
    is_beneficial: bool
    lives: tuple[Sign, ...] = ()
    own_lives: tuple[Sign, ...] = ()
    signature: Power | None = None
    procuration: Power | None = None

    @property
    def names_apart(self) -> tuple[str, ...]:
        """First and last names that none of the names shows."""
        return names_apart([self.name, *self.other_names], chain.from_iterable(self.names_in_parts))

    @property
    def is_named(self) -> bool:
        """Does the result name the holder? A placeholder is no name."""
        return not all(map(names_nobody, (self.name, *self.other_names, *self.names_apart)))

    @property
    def number(self) -> str | None:
        """The organisation number, if it has one."""
        return self.numbers[0] if self.numbers else None

    @property
    def born(self) -> Day | None:
        """The date of birth, if it is stated."""
        return self.births[0] if self.births else None


@dataclass(frozen=True, slots=True)
class Roles:
    """Everybody with a role; `vacant` are roles of its form that the result names without a holder."""

    nothing: Nothing | None
    holders: tuple[RoleHolder, ...] = ()
    vacant: tuple[Word, ...] = ()
    source: Source = NO_SOURCE

    @property
    def cautions(self) -> Iterator[Caution]:
        """Holders without a name or role, deceased ones, and statements on that which are not understood."""
        nameless = [holder for holder in self.holders if not holder.is_named]
        if nameless:
            text = ngettext_lazy(
                "%(count)d holder of a role has no name, or a placeholder for one: it is not known who holds it.",
                "%(count)d holders of a role have no name, or a placeholder for one: it is not known who holds it.",
                "count",
            )
            yield Caution("role_without_name", text % {"count": len(nameless)}, nameless[0].places[0])
        without = [holder for holder in self.holders if not holder.roles]
        if without:
            text = ngettext_lazy(
                "The role of %(count)d person or organisation among the roles is not stated.",
                "The roles of %(count)d persons or organisations among the roles are not stated.",
                "count",
            )
            yield Caution("role_not_stated", text % {"count": len(without)}, without[0].places[0])
        yield from _of_lives(self.holders)


def _of_lives(holders: Iterable[RoleHolder]) -> Iterator[Caution]:
    """Warn of holders that the roles say are deceased, and of statements on that which are not understood."""
    for holder in holders:
        if any(sign.is_deceased for sign in holder.own_lives):
            text = _("A holder of a role is registered as deceased.")
            yield Caution("role_holder_deceased", about(holder.name, text), holder.places[0])
        if unread := next((sign.not_read for sign in holder.own_lives if sign.not_read), ""):
            life = _("Whether a holder of a role is deceased came as “%(said)s”, which is not understood.")
            sentence = about(holder.name, life % {"said": unread[:LONGEST_NAME]})
            yield Caution("elements_not_read", sentence, holder.places[0])


@dataclass(slots=True)
class _Row:
    """A row while it grows; the dictionaries keep order and drop repetitions."""

    places: list[str] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    names_in_parts: dict[NameInParts, None] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    births: dict[str, Day] = field(default_factory=dict)
    roles: dict[Word, None] = field(default_factory=dict)
    lives: list[Sign] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What other chapters say of holders: which owner each of them is, and whether it may sign."""

    parties: Directory
    signature: Powers
    procuration: Powers


def read(
    read: wire.Roles | None,
    presence: Presence,
    company: Company,
    ownership: Ownership,
    authorities: Authorities,
) -> Roles:
    """Read the chapter `roles`.

    `company` tells which roles there can be, `ownership` who of them are owners, `authorities` who of them may sign.
    """
    nothing = presence.nothing_at("roles")
    if read is None:
        return Roles(nothing)
    elsewhere = _Elsewhere(
        Directory(ownership.parties),
        powers(authorities.signature),
        powers(authorities.procuration),
    )
    return Roles(
        nothing=nothing,
        holders=tuple(_holder(row, elsewhere) for row in _rows(read)),
        vacant=tuple(
            named(ROLES, name)
            for name, holders in read.extras.items()
            if form_roles.can_have(name, company.form, company.country)
            and not any(holder is None or _is_somebody(holder) for holder in holders or ())
        ),
        source=source(read.metadata),
    )


def _rows(read: wire.Roles) -> Iterator[_Row]:
    held = [*_held(read)]
    mentions = (
        traits(
            [full_name(mention.name, mention.first_name, mention.last_name)],
            [mention.organization_number],
            [mention.date_of_birth],
        )
        for _place, _role, mention in held
    )
    for places in gathered([*mentions]):
        row = _Row()
        for place in places:
            _add(row, *held[place])
        yield row


def _held(read: wire.Roles) -> Iterator[tuple[str, str, wire.RoleHolder]]:
    """Yield place, role and holder, in the order they came, of declared and unheard-of roles alike."""
    for role, holders in read.extras.items():
        for place, holder in enumerate(holders or ()):
            if holder is not None and _is_somebody(holder):
                yield _place(role, place), role, holder


def _place(role: str, place: int) -> str:
    return f"roles[{place}]" if role == wire.LISTED else f"roles.{role}[{place}]"


def _is_somebody(holder: wire.RoleHolder) -> bool:
    """Does the node describe a holder? An empty one says that there is none, one of unknown fields does not."""
    return bool(holder.model_fields_set)


def _add(row: _Row, place: str, role: str, holder: wire.RoleHolder) -> None:
    row.places.append(place)
    row.lives += signs(holder)
    called = full_name(holder.name, holder.first_name, holder.last_name)
    if called or holder.name is NOT_SINGLE:
        row.names[called or NOT_SINGLE] = None
    if holder.first_name or holder.last_name:
        row.names_in_parts[holder.first_name, holder.last_name] = None
    if holder.organization_number is not None:
        row.numbers.setdefault(organisation_number(holder.organization_number), holder.organization_number)
    if holder.date_of_birth:
        row.births.setdefault(day_words(holder.date_of_birth), holder.date_of_birth)
    if role not in {GENERAL_LIST, wire.LISTED}:
        row.roles[named(ROLES, role)] = None
    if holder.role:
        row.roles[named(ROLES, holder.role)] = None


def _holder(row: _Row, elsewhere: _Elsewhere) -> RoleHolder:
    spellings = [spelling for spelling in row.names if spelling]
    party = elsewhere.parties.party_of(row.names, row.numbers.values(), row.births.values()) or NOBODY
    return RoleHolder(
        places=tuple(row.places),
        name=next(iter(spellings or row.names), None),
        other_names=tuple(spellings[1:]),
        names_in_parts=tuple(row.names_in_parts),
        numbers=tuple(row.numbers.values()),
        births=tuple(row.births.values()),
        roles=tuple(row.roles),
        is_owner=party.is_shareholder,
        share=party.share,
        is_beneficial=party.is_beneficial,
        lives=(*row.lives, *party.lives),
        own_lives=tuple(row.lives),
        signature=elsewhere.signature.of(spellings, row.births.values()),
        procuration=elsewhere.procuration.of(spellings, row.births.values()),
    )
