"""Whom of ours a listed party may be, attribute by attribute, theirs and ours side by side."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings import births, names, places
from cases.findings.births import Born, born
from cases.findings.concerned import Concerned
from cases.findings.formats import day_words, organisation_number
from cases.findings.presence import Words
from cases.findings.verdict import Verdict
from cases.findings.words import HOLDER_TYPES, Word
from cases.provider.scalars import Day
from cases.provider.wire import HolderType

NEAR = 0.75  # names at least so alike are near
MOST_NAMES = 100  # of one listed party that are compared
LONGEST_IN_A_SENTENCE = 24
NUMBER = re.compile(r"[0-9](?:[ .\-\N{NO-BREAK SPACE}]?[0-9]){7,13}|[0-9A-Z]{18}[0-9]{2}")
NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")

LABELS: dict[str, Words] = {
    "name": _("Name"),
    "kind": _("Kind"),
    "born": _("Date of birth"),
    "country": _("Country"),
    "city": _("City"),
    "number": _("Number"),
}
# How much each verdict says for or against, beside a name that counts from 0 to 10.
WEIGHTS: dict[tuple[str, Verdict], float] = {
    ("number", Verdict.EQUAL): 10,
    ("born", Verdict.EQUAL): 4,
    ("born", Verdict.NEAR): 1.5,
    ("born", Verdict.DIFFERENT): -3,
    ("country", Verdict.EQUAL): 1,
    ("country", Verdict.DIFFERENT): -1,
    ("city", Verdict.EQUAL): 0.5,
    ("kind", Verdict.DIFFERENT): -3,
}
Value = str | Word | Day


@dataclass(frozen=True, slots=True)
class Theirs:
    """What is compared of a listed party, made comparable once."""

    names: tuple[tuple[str, tuple[str, ...]], ...]
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

    @property
    def keys(self) -> dict[str, str]:
        """Every name as it is compared, with the name as it came; the party's own name first."""
        found: dict[str, str] = {}
        for name, keys in self.names:
            for key in keys:
                found.setdefault(key, name)
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """One attribute. `note` says what the verdict alone does not."""

    attribute: str
    verdict: Verdict
    theirs: tuple[Value, ...]
    ours: tuple[Value, ...]
    score: float | None = None
    note: Words = ""

    @property
    def label(self) -> Words:
        """The attribute in words."""
        return LABELS[self.attribute]

    @property
    def score_words(self) -> str:
        """The score of names that are not equal; two decimals, never rounded up to what it does not reach."""
        if self.score is None or self.verdict is Verdict.EQUAL:
            return ""
        return f"{int(self.score * 100 + 1e-9) / 100:.2f}"

    @property
    def words(self) -> str:
        """The line as a part of a sentence: ‘country different (CY, NO)’."""
        said = f"{str(self.label).lower()} {self.verdict.words}"
        if self.score_words:
            return f"{said} ({self.score_words})"
        if self.attribute in {"country", "born"} and self.verdict in {Verdict.NEAR, Verdict.DIFFERENT}:
            values = dict.fromkeys(_short(each) for each in (*self.theirs[:2], *self.ours[:2]))
            if all(0 < len(each) <= LONGEST_IN_A_SENTENCE for each in values):
                return f"{said} ({', '.join(values)})"
        return said


@dataclass(frozen=True, slots=True)
class Comparison:
    """A listed party beside the one of ours it is nearest to."""

    party: Concerned
    lines: tuple[Line, ...]

    @property
    def words(self) -> str:
        """What makes it likely or unlikely, in one line."""
        told = " · ".join(line.words for line in self.lines if self._is_told(line))
        return told[:1].upper() + told[1:]

    @property
    def name(self) -> Line:
        """The line of the names."""
        return self.lines[0]

    @property
    def same(self) -> tuple[Line, ...]:
        """The lines that are equal."""
        return tuple(line for line in self.lines if line.verdict is Verdict.EQUAL)

    @property
    def weight(self) -> float:
        """How likely it is the same, by this comparison alone; a number to sort by, not to show."""
        return weight(self.name.score or 0.0, {line.attribute: line.verdict for line in self.lines})

    @property
    def is_equal(self) -> bool:
        """Is the name or the number the same, and does nothing speak against it?"""
        verdicts = {line.attribute: line.verdict for line in self.lines}
        same = Verdict.EQUAL in {verdicts.get("name"), verdicts.get("number")}
        return same and Verdict.DIFFERENT not in {verdicts.get("kind"), verdicts.get("born")}

    def _is_told(self, line: Line) -> bool:
        if line.attribute in {"name", "country"}:
            return True
        if line.attribute == "number":
            is_person = self.party.kind is HolderType.PERSON
            return line.verdict is Verdict.EQUAL or not is_person
        if line.attribute == "born":
            return self.party.kind is not HolderType.ORGANIZATION or line.verdict is not Verdict.UNKNOWN
        return line.verdict is (Verdict.EQUAL if line.attribute == "city" else Verdict.DIFFERENT)


def weight(score: float, verdicts: dict[str, Verdict]) -> float:
    """Weigh a name's score with what the other attributes came to."""
    return score * 10 + sum(WEIGHTS.get(each, 0.0) for each in verdicts.items())


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
) -> Theirs:
    """Make what a list says of somebody comparable; `texts` may name a register's number."""
    known = [name for name in listed_as if name]
    return Theirs(
        names=tuple((name, names.keys(name, stated_kind)) for name in known[:MOST_NAMES]),
        are_cut=len(known) > MOST_NAMES,
        kind=kind,
        stated_kind=stated_kind,
        birth_texts=births.told_once(birth_date, birth_info),
        born=born([birth_date] if birth_date else [], birth_info),
        countries=countries,
        codes=places.codes(countries),
        cities=tuple(dict.fromkeys(each for each in cities if each)),
        external_id=external_id,
        numbers=frozenset(_numbers([external_id, *texts])),
    )


def _numbers(texts: Iterable[str | None]) -> Iterator[str]:
    for text in texts:
        for found in NUMBER.findall((text or "")[:2000].upper()):
            yield digits(found)


def digits(number: str) -> str:
    """A register's number without what people put between its digits."""
    return NEITHER_LETTER_NOR_DIGIT.sub("", number[:64]).upper()


# --- One attribute at a time ---


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of one of ours beside its names, made comparable once."""

    kind: HolderType | None
    stated_kind: HolderType | None
    born: Born
    countries: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, party: Concerned) -> "Known":
        """Make it of what the result says."""
        numbers = frozenset(digits(each) for each in party.numbers)
        return cls(party.kind, party.stated_kind, born(party.births), places.codes(party.countries), numbers)


def verdicts(one: Theirs, ours: Known) -> dict[str, Verdict]:
    """Compare all but names and cities."""
    return {
        "kind": _kinds(one, ours),
        "born": births.compare(one.born, ours.born),
        "country": _overlap(one.codes, ours.countries),
        "number": Verdict.EQUAL if one.numbers & ours.numbers else Verdict.UNKNOWN,
    }


def _kinds(one: Theirs, ours: Known) -> Verdict:
    """A kind that is guessed never speaks against a match."""
    if one.kind and one.kind is ours.kind:
        return Verdict.EQUAL
    if one.stated_kind and ours.stated_kind and one.stated_kind is not ours.stated_kind:
        return Verdict.DIFFERENT
    return Verdict.UNKNOWN


def _overlap(one: frozenset[str], other: frozenset[str]) -> Verdict:
    if not one or not other:
        return Verdict.UNKNOWN
    return Verdict.EQUAL if one & other else Verdict.DIFFERENT


def compared(one: Theirs, party: Concerned) -> Comparison:
    """Put a listed party and one of ours side by side."""
    found = verdicts(one, Known.of(party))
    lines = [_names(one, party)]
    if one.kind or party.kind:
        lines.append(
            Line("kind", found["kind"], _kind(one.kind), _kind(party.kind), note=_of_kinds(one, party))
        )
    if one.birth_texts or party.births or HolderType.PERSON in {one.kind, party.kind}:
        lines.append(
            Line("born", found["born"], one.birth_texts, party.births, note=_of_births(one, party, found))
        )
    lines.append(Line("country", found["country"], one.countries, party.countries))
    if one.cities or party.cities:
        lines.append(Line("city", _cities(one.cities, party.cities), one.cities, party.cities))
    lines.append(_number(one, party, found["number"]))
    return Comparison(party, tuple(lines))


def _names(one: Theirs, party: Concerned) -> Line:
    """Compare every name with every name; the nearest two are shown."""
    best: tuple[float, str, str] | None = None
    for key, name in one.keys.items():
        for own in party.names:
            for other in names.keys(own, party.stated_kind):
                score = names.alike(key, other)
                if best is None or score > best[0]:
                    best = score, name, own
    if best is None:
        own_names = (party.name,) if party.name else ()
        return Line("name", Verdict.UNKNOWN, tuple(name for name, _keys in one.names[:1]), own_names)
    score, name, own = best
    note = _("by the alias") if name != one.names[0][0] else ""
    if one.are_cut:
        note = _("of the first %(count)d names") % {"count": MOST_NAMES}
    if not names.scripts(name[: names.LONGEST]) & names.scripts(own[: names.LONGEST]):
        note = _("written in different scripts")
        return Line("name", Verdict.UNKNOWN, (name,), (own,), note=note)
    near = Verdict.NEAR if score >= NEAR else Verdict.DIFFERENT
    return Line("name", Verdict.EQUAL if score == 1 else near, (name,), (own,), score, note)


def _kind(kind: HolderType | None) -> tuple[Word, ...]:
    return () if kind is None else (Word(kind, HOLDER_TYPES[kind]),)


def _of_kinds(one: Theirs, party: Concerned) -> Words:
    is_guess = (one.kind is not one.stated_kind, party.kind is not party.stated_kind)
    return _("inferred, not stated") if one.kind is not party.kind and any(is_guess) else ""


def _of_births(one: Theirs, party: Concerned, found: dict[str, Verdict]) -> Words:
    if found["born"] is not Verdict.NEAR:
        return ""
    ours = born(party.births)
    if one.born.perhaps & ours.days or ours.perhaps & one.born.days:
        return _("the same day, if the month comes first")
    return _("the same year") if one.born.years & ours.years else _("about that year")


def _cities(one: tuple[str, ...], other: tuple[str, ...]) -> Verdict:
    if not one or not other:
        return Verdict.UNKNOWN
    theirs, ours = ({names.key(names.words(each)) for each in cities[:MOST_NAMES]} for cities in (one, other))
    best = max(names.alike(their, our) for their in theirs for our in ours)
    if best == 1:
        return Verdict.EQUAL
    return Verdict.NEAR if best >= NEAR else Verdict.DIFFERENT


def _number(one: Theirs, party: Concerned, verdict: Verdict) -> Line:
    """A list's number is its own: only if it, or the list's words, name a register's number it can be compared."""
    listed = (one.external_id,) if one.external_id else ()
    if verdict is Verdict.EQUAL:
        same = tuple(organisation_number(each) for each in party.numbers if digits(each) in one.numbers)
        return Line("number", verdict, same, same, note=_("the list names the same number"))
    note = _("the list’s own number, not a register’s") if listed else ""
    return Line(
        "number", verdict, listed, tuple(organisation_number(each) for each in party.numbers[:2]), note=note
    )


def _short(value: Value) -> str:
    if isinstance(value, Day):
        return day_words(value)
    return value.raw if isinstance(value, Word) else value
