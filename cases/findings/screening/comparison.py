"""Which named party a listed party may be: the attributes of both side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings.identity.verdict import Verdict
from cases.findings.screening.listed_party import Value
from cases.findings.screening.named_parties import NamedParty
from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.formats import day_words
from cases.findings.vocabulary.wording import Words
from cases.provider.result.scalars import Day
from cases.provider.result.wire import HolderType

NEAR = 0.75  # names at least so alike are near
NOT_COMPARABLE = 0.5  # counts for a name in another script
LONGEST_IN_A_SENTENCE = 24

# What can tell two parties of one kind apart by itself.
TELLING = frozenset({"name", "born", "number"})
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
    def identifies(self) -> bool:
        """Can it tell two parties of one kind apart by itself?"""
        return self.attribute in TELLING

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
        if self.attribute == "number" and self.verdict is Verdict.NEAR:
            return str(_("its number is only named in the list’s words"))
        label = f"{str(self.label).lower()} {self.verdict.words}"
        if self.score_words:
            return f"{label} ({self.score_words})"
        if self.attribute in {"country", "born"} and self.verdict in {Verdict.NEAR, Verdict.DIFFERENT}:
            values = dict.fromkeys(_short(one) for one in (*self.theirs[:2], *self.ours[:2]))
            if all(0 < len(value) <= LONGEST_IN_A_SENTENCE for value in values):
                return f"{label} ({', '.join(values)})"
        return label


@dataclass(frozen=True, slots=True)
class Comparison:
    """A listed party beside the named party it is nearest to; `party` is None where it is near to nobody.

    `nobody` says so in words. `namesakes` and `same_day`: how many others of ours have the same name, or were born on
    the same day, so that nothing but the rest can tell whom it is about.
    """

    party: NamedParty | None
    lines: tuple[Line, ...]
    namesakes: int = 0
    same_day: int = 0
    nobody: Words = ""

    @property
    def words(self) -> str:
        """What makes it likely or unlikely, in one line."""
        if self.party is None:
            return str(self.nobody)
        text = " · ".join(line.words for line in self.lines if self._is_told(self.party, line))
        return text[:1].upper() + text[1:]

    @property
    def name(self) -> Line:
        """The line of the names."""
        return self.lines[0]

    @property
    def same(self) -> tuple[Line, ...]:
        """The lines that are equal."""
        return tuple(line for line in self.lines if line.verdict is Verdict.EQUAL)

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """What each attribute came to; one that neither side states is unknown."""
        return dict.fromkeys(LABELS, Verdict.UNKNOWN) | {line.attribute: line.verdict for line in self.lines}

    @property
    def weight(self) -> float:
        """How likely it is the same, by this comparison alone; a number to sort by, not to show."""
        return weight(self.name.score, self.verdicts) if self.party else 0.0

    @property
    def is_equal(self) -> bool:
        """Is the name or the number the same, and does nothing speak against it?"""
        verdicts = self.verdicts
        same = Verdict.EQUAL in {verdicts["name"], verdicts["number"]}
        return same and Verdict.DIFFERENT not in {verdicts["kind"], verdicts["born"]}

    def _is_told(self, party: NamedParty, line: Line) -> bool:
        if line.attribute in {"name", "country"}:
            return True
        if line.attribute == "number":
            is_person = party.kind is HolderType.PERSON
            return line.verdict in {Verdict.EQUAL, Verdict.NEAR} or not is_person
        if line.attribute == "born":
            return party.kind is not HolderType.ORGANIZATION or line.verdict is not Verdict.UNKNOWN
        return line.verdict is (Verdict.EQUAL if line.attribute == "city" else Verdict.DIFFERENT)


def weight(score: float | None, verdicts: Mapping[str, Verdict]) -> float:
    """Weigh a name's score, None if it cannot be compared, with what the other attributes came to.

    Names that are not near count for nothing: that they share some letters makes nobody likelier.
    """
    of_the_name = NOT_COMPARABLE if score is None else score if score >= NEAR else 0.0
    return of_the_name * 10 + sum(WEIGHTS.get(item, 0.0) for item in verdicts.items())


def is_near(score: float | None, verdicts: Mapping[str, Verdict]) -> bool:
    """May the named party be the listed one: by its name, a number or the day of birth?"""
    if verdicts["number"] is Verdict.EQUAL or (score is not None and score >= NEAR):
        return True
    return verdicts["born"] is Verdict.EQUAL and verdicts["kind"] is not Verdict.DIFFERENT


def is_mentioned(verdicts: Mapping[str, Verdict]) -> bool:
    """Do the list's words only mention the number of the named party?"""
    return verdicts["number"] is Verdict.NEAR


def _short(value: Value) -> str:
    if isinstance(value, Day):
        return day_words(value)
    return value.raw if isinstance(value, Word) else value
