"""Puts a listed party and a named party side by side, attribute by attribute."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.findings.identity import dates_of_birth
from cases.findings.identity.dates_of_birth import Born, born
from cases.findings.identity.verdict import Verdict
from cases.findings.names import names
from cases.findings.names.likeness import alike
from cases.findings.screening.comparison import NEAR, Comparison, Line
from cases.findings.screening.listed_party import MOST_NAMES, ListedParty
from cases.findings.screening.named_parties import NamedParty
from cases.findings.vocabulary import places
from cases.findings.vocabulary.code_words import HOLDER_TYPES, Word
from cases.findings.vocabulary.formats import organisation_number
from cases.findings.vocabulary.wording import Words
from cases.provider.numbers.known_numbers import identifying_number
from cases.provider.result.wire import HolderType

MOST_CITIES = 20
MOST_MENTIONED = 3
SOLE = Word("SOLE_PROPRIETORSHIP", _("Sole proprietorship"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a named party beside its names, made comparable once."""

    kind: HolderType | None
    stated_kind: HolderType | None
    born: Born
    countries: frozenset[str]
    numbers: frozenset[str]
    is_sole: bool

    @classmethod
    def of(cls, party: NamedParty) -> "Known":
        """Make the attributes of a named party comparable."""
        numbers = frozenset(known for number in party.numbers if (known := identifying_number(number)))
        return cls(
            party.kind,
            party.stated_kind,
            born(party.births),
            places.codes(party.countries),
            numbers,
            party.is_sole,
        )


@dataclass(frozen=True, slots=True)
class Others:
    """Other parties that may be meant: by name, by day of birth, or by a number in the list's words."""

    namesakes: int = 0
    same_day: int = 0
    mentioned: tuple[NamedParty, ...] = ()


def verdicts(one: ListedParty, ours: Known) -> dict[str, Verdict]:
    """Compare all attributes of a listed party and a named party but names and cities."""
    return {
        "kind": _kinds(one, ours),
        "born": dates_of_birth.compare(one.born, ours.born),
        "country": _overlap(one.codes, ours.countries),
        "number": _of_numbers(one, ours),
    }


def _of_numbers(one: ListedParty, ours: Known) -> Verdict:
    """Compare numbers: equal is the listed party's own number; near is one that the list's words only name."""
    if one.numbers & ours.numbers:
        return Verdict.EQUAL
    return Verdict.NEAR if one.mentioned & ours.numbers else Verdict.UNKNOWN


def _kinds(one: ListedParty, ours: Known) -> Verdict:
    """Compare kinds: a guess never speaks against a match; a sole proprietorship is a person and a firm at once."""
    if one.kind and (ours.is_sole or one.kind is ours.kind):
        return Verdict.EQUAL
    if one.stated_kind and ours.stated_kind and one.stated_kind is not ours.stated_kind:
        return Verdict.DIFFERENT
    return Verdict.UNKNOWN


def _overlap(one: frozenset[str], other: frozenset[str]) -> Verdict:
    if not one or not other:
        return Verdict.UNKNOWN
    return Verdict.EQUAL if one & other else Verdict.DIFFERENT


def compared(one: ListedParty, party: NamedParty, others: Others) -> Comparison:
    """Put a listed party and a named party side by side."""
    found = verdicts(one, Known.of(party))
    lines = [_names(one, party, others.namesakes)]
    if one.kind or party.kind or party.is_sole:
        ours = (SOLE,) if party.is_sole else _kind(party.kind)
        lines.append(Line("kind", found["kind"], _kind(one.kind), ours, note=_of_kinds(one, party)))
    if one.birth_texts or party.births or HolderType.PERSON in {one.kind, party.kind}:
        note = _of_births(one, party, found, others.same_day)
        lines.append(Line("born", found["born"], one.birth_texts, party.births, note=note))
    lines.append(Line("country", found["country"], one.countries, party.countries))
    if one.cities or party.cities:
        lines.append(Line("city", _cities(one.cities, party.cities), one.cities, party.cities))
    lines.append(_number(one, party, found["number"], others.mentioned))
    return Comparison(party, tuple(lines), others.namesakes, others.same_day)


def near_to_nobody(one: ListedParty, *, is_comparable: bool) -> Comparison:
    """Say that no named party is near; `is_comparable`: can the listed name be compared with each of theirs?"""
    note = _("Near to nobody that the result names")
    if not is_comparable:
        note = _("Near to nobody that the result names, as far as names in different scripts can be compared")
    verdict = Verdict.DIFFERENT if is_comparable else Verdict.UNKNOWN
    lines = [Line("name", verdict, tuple(name for name, _readings in one.names[:1]), ())]
    for attribute, theirs in (
        ("kind", _kind(one.kind)),
        ("born", one.birth_texts),
        ("country", one.countries),
        ("city", one.cities),
        ("number", (one.external_id,) if one.external_id else ()),
    ):
        if theirs:
            lines.append(Line(attribute, Verdict.UNKNOWN, theirs, ()))
    return Comparison(None, tuple(lines), nobody=note)


@dataclass(frozen=True, slots=True)
class Pair:
    """The two names that are nearest."""

    score: float
    theirs: str
    ours: str
    is_one_script: bool


def best_of(one: ListedParty, party: NamedParty, most: int | None = None) -> Pair | None:
    """Give the nearest two names of a listed party, of its first `most`, and a named party; None without names."""
    best: Pair | None = None
    own_names = [(own, form) for own in party.names for form in names.readings(own, party.stated_kind)]
    for reading, name in [*one.readings.items()][:most]:
        for own, other in own_names:
            score = alike(reading, other)
            if best is None or score > best.score:
                best = Pair(score, name, own, names.share_a_script(reading, other))
    return best


def _names(one: ListedParty, party: NamedParty, namesakes: int) -> Line:
    """Give the line of the names: the two that are nearest."""
    best = best_of(one, party)
    if best is None:
        own_names = (party.name,) if party.name else ()
        return Line("name", Verdict.UNKNOWN, tuple(name for name, _readings in one.names[:1]), own_names)
    score, name, own = best.score, best.theirs, best.ours
    note = _("by the alias") if name != one.names[0][0] else ""
    if one.are_cut:
        note = _("of the first %(count)d names") % {"count": MOST_NAMES}
    if namesakes:
        same = ngettext_lazy(
            "%(count)d other in the result has the same name",
            "%(count)d others in the result have the same name",
            "count",
        )
        note = same % {"count": namesakes}
    if not best.is_one_script and score < NEAR:
        note = _("written in different scripts")
        return Line("name", Verdict.UNKNOWN, (name,), (own,), note=note)
    if not best.is_one_script:
        note = _("written in different scripts, compared letter by letter")
    near = Verdict.NEAR if score >= NEAR else Verdict.DIFFERENT
    return Line("name", Verdict.EQUAL if score == 1 else near, (name,), (own,), score, note)


def _kind(kind: HolderType | None) -> tuple[Word, ...]:
    return () if kind is None else (Word(kind, HOLDER_TYPES[kind]),)


def _of_kinds(one: ListedParty, party: NamedParty) -> Words:
    if party.is_sole:
        return _("a person and a firm at once")
    is_guess = (one.kind is not one.stated_kind, party.kind is not party.stated_kind)
    return _("inferred, not stated") if one.kind is not party.kind and any(is_guess) else ""


def _of_births(one: ListedParty, party: NamedParty, found: dict[str, Verdict], same_day: int) -> Words:
    if found["born"] is Verdict.EQUAL and same_day:
        text = ngettext_lazy(
            "%(count)d other in the result has the same date of birth",
            "%(count)d others in the result have the same date of birth",
            "count",
        )
        return text % {"count": same_day}
    if found["born"] is not Verdict.NEAR:
        return ""
    ours = born(party.births)
    if one.born.perhaps & ours.days or ours.perhaps & one.born.days:
        return _("the same day, if day and month are read that way round")
    return _("the same year") if one.born.years & ours.years else _("about that year")


def _cities(one: tuple[str, ...], other: tuple[str, ...]) -> Verdict:
    if not one or not other:
        return Verdict.UNKNOWN
    theirs, ours = (
        {reading for city in cities[:MOST_CITIES] for reading in names.readings(city, HolderType.PERSON)}
        for cities in (one, other)
    )
    best = max((alike(their, our) for their in theirs for our in ours), default=None)
    if best is None:
        return Verdict.UNKNOWN
    if best == 1:
        return Verdict.EQUAL
    return Verdict.NEAR if best >= NEAR else Verdict.DIFFERENT


def _number(one: ListedParty, party: NamedParty, verdict: Verdict, mentioned: tuple[NamedParty, ...]) -> Line:
    """Compare numbers: the list's own number is no register's, only one named in its words can be compared."""
    if verdict in {Verdict.EQUAL, Verdict.NEAR}:
        known = one.numbers | one.mentioned
        same = tuple(
            organisation_number(number) for number in party.numbers if identifying_number(number) in known
        )
        note: Words = _("the list names the same number")
        if verdict is Verdict.NEAR:
            note = _("the list’s words name this number: a connection, not the number of the listed person")
        return Line("number", verdict, same, same, note=note)
    listed = (one.external_id,) if one.external_id else ()
    note = _("the list’s own number, not a register’s") if listed else ""
    if mentioned:
        names_of = ", ".join(
            named_party.name or named_party.numbers[0] for named_party in mentioned[:MOST_MENTIONED]
        )
        note = _("the list’s words name the number of %(names)s") % {"names": names_of}
    return Line(
        "number",
        verdict,
        listed,
        tuple(organisation_number(number) for number in party.numbers[:2]),
        note=note,
    )
