"""Whether the people who signed are those a rule asks for: pure, from the rule and who signed to an answer."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cases.findings.authority.roles import RoleHolder, Roles
from cases.findings.authority.signing_rules import Authorities, Doubt, Rule, RuleRemark, Signer
from cases.findings.authority.signing_sets import Option
from cases.findings.identity.same_party import Identity, by_birth, by_number, folded, traits
from cases.findings.ownership.directory import Directory
from cases.findings.ownership.ownership import Ownership
from cases.findings.vocabulary.code_words import Word
from cases.provider.result.scalars import Day

MOST_NEAREST = 5
KEY_LENGTH = 16


class Verdict(StrEnum):
    """What can be said of the signatures; fewer of them never give a better verdict."""

    SUFFICIENT = "sufficient"
    MISSING = "missing"
    CANNOT_TELL = "cannot_tell"
    NO_PROCURATION = "no_procuration"


@dataclass(frozen=True, slots=True)
class Lack:
    """Who of a valid set has not signed."""

    missing: tuple[Signer, ...]
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict; `fulfilled`: the complete set chosen; `nearest`: the least incomplete, of `lacking` in all.

    `deceased`: who of these sets is registered as deceased.
    """

    verdict: Verdict
    doubt: Doubt | None = None
    fulfilled: tuple[Signer, ...] = ()
    nearest: tuple[Lack, ...] = ()
    lacking: int = 0
    reservations: tuple[RuleRemark, ...] = ()
    deceased: tuple[Signer, ...] = ()

    @property
    def others(self) -> int:
        """How many further ways there are to complete a set."""
        return self.lacking - len(self.nearest)


def check(rule: Rule | None, signed: frozenset[str], deceased: frozenset[str] = frozenset()) -> Answer:
    """Check the people who signed, by their keys, against a rule; a set without signers `deceased` goes first."""
    if rule is None:
        return Answer(Verdict.CANNOT_TELL, Doubt.NOT_STATED)
    if rule.doubt:
        none_set = rule.doubt is Doubt.NO_PROCURATION
        verdict = Verdict.NO_PROCURATION if none_set else Verdict.CANNOT_TELL
        return Answer(verdict, rule.doubt, reservations=rule.reservations)
    options = rule.options or ()
    complete = [option for option in options if signed.issuperset(keys(option))]
    if complete:
        best = min(complete, key=lambda option: (not deceased.isdisjoint(keys(option)), len(option)))
        return Answer(
            Verdict.SUFFICIENT,
            fulfilled=best,
            reservations=rule.reservations,
            deceased=_of_these([best], deceased),
        )
    nearest = sorted(_lacks(options, signed), key=lambda lack: len(lack.missing))
    named = nearest[:MOST_NEAREST]
    return Answer(
        Verdict.MISSING,
        nearest=tuple(named),
        lacking=len(nearest),
        reservations=rule.reservations,
        deceased=_of_these([lack.signers for lack in named], deceased),
    )


def _of_these(options: Iterable[Option], chosen: frozenset[str]) -> tuple[Signer, ...]:
    """Give the signers with the keys that are chosen, each once."""
    found = {key: signer for option in options for signer, key in zip(option, keys(option), strict=True)}
    return tuple(person for key, person in found.items() if key in chosen)


def _lacks(options: tuple[tuple[Signer, ...], ...], signed: frozenset[str]) -> Iterable[Lack]:
    """Give what each set lacks; of sets that lack the same, the first."""
    lacks: dict[frozenset[str], Lack] = {}
    for option in options:
        missing = {key: signer for signer, key in zip(option, keys(option), strict=True) if key not in signed}
        lacks.setdefault(frozenset(missing), Lack(tuple(missing.values()), option))
    return lacks.values()


# --- Who is who ---


def keys(signers: tuple[Signer, ...]) -> list[str]:
    """Give each signer of a set the key of a person. Two of one name, without a date of birth, in one set are two."""
    seen: Counter[str] = Counter()
    found = []
    for signer in signers:
        who = by_birth(signer.name, signer.born)
        if who is None:
            name = folded(signer.name or "")
            seen[name] += 1
            who = f"only name {name}", str(seen[name])
        found.append(_key(who))
    return found


def _key(who: Identity) -> str:
    return hashlib.sha256("\0".join(who).encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may have signed. `namesake`: another row has the name, and nothing tells whether they are one."""

    key: str
    name: str | None
    born: Day | None
    number: str | None
    roles: tuple[Word, ...]
    is_named: bool
    is_deceased: bool = False
    namesake: bool = False


@dataclass(slots=True)
class _Found:
    """A person while the rules and roles are read."""

    name: str | None
    born: Day | None = None
    number: str | None = None
    roles: dict[str, Word] = field(default_factory=dict)
    is_named: bool = False
    is_deceased: bool = False


def people(roles: Roles, authorities: Authorities, ownership: Ownership) -> tuple[Person, ...]:
    """Everybody a rule names, then everybody else with a role, each once; `ownership` tells who is deceased."""
    owners = Directory(ownership.parties)
    found: dict[str, _Found] = {}
    for rule in (authorities.signature, authorities.procuration):
        for option in (rule.options if rule else None) or ():
            for signer, key in zip(option, keys(option), strict=True):
                if signer.name:
                    _add_signer(
                        found.setdefault(key, _Found(signer.name, signer.born, is_named=True)), signer
                    )
    signers = _signers_among(roles.holders, found)
    for place, holder in enumerate(roles.holders):
        _add_holder(found, holder, signers.get(place) or _key(("role", f"{holder.places} {place}")))
    names = Counter(folded(person.name or "") for person in found.values())
    return tuple(
        Person(
            key=key,
            name=person.name,
            born=person.born,
            number=person.number,
            roles=tuple(person.roles.values()),
            is_named=person.is_named,
            is_deceased=person.is_deceased or _is_deceased(person, owners),
            namesake=bool(person.name) and names[folded(person.name or "")] > 1,
        )
        for key, person in found.items()
    )


def _is_deceased(person: _Found, owners: Directory) -> bool:
    party = owners.party_of([person.name], [person.number], [person.born])
    return party is not None and party.is_deceased


def _add_signer(person: _Found, signer: Signer) -> None:
    if signer.role:
        person.roles.setdefault(str(signer.role.text), signer.role)


def _signers_among(holders: Sequence[RoleHolder], signers: Container[str]) -> dict[int, str]:
    """Give the keys of the signers of the same name and birth, by the places of the holders who are these.

    A number alone makes nobody a signer. Of several whom numbers tell apart it is the one without a number, or nobody.
    """
    known: defaultdict[str, list[int]] = defaultdict(list)
    for place, holder in enumerate(holders):
        others = traits((holder.name, *holder.other_names), (), holder.births).others
        if key := next((key for key in map(_key, sorted(others)) if key in signers), None):
            known[key].append(place)
    found = {}
    for key, places in known.items():
        without = [place for place in places if not any(map(by_number, holders[place].numbers))]
        same = places if len(places) == 1 else without
        if len(same) == 1:
            found[same[0]] = key
    return found


def _add_holder(found: dict[str, _Found], holder: RoleHolder, key: str) -> None:
    person = found.setdefault(key, _Found(holder.name or None, holder.born))
    person.number = holder.number
    person.is_deceased |= holder.is_deceased
    for role in holder.roles:
        person.roles.setdefault(str(role.text), role)
