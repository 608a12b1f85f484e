"""The factors of a risk model: what each is tested by, and what its test needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.checked_values import Check, Checked, below
from cases.findings.involvement import OWN, OWNER
from cases.findings.vocabulary.caution_codes import CODES
from cases.findings.vocabulary.sections import Topic

OUTSIDE = "outside:"  # in front of a list: countries that are not in it
INVOLVED = (*OWN, OWNER)


class Test(StrEnum):
    """By what a factor is scored; the words of a document."""

    __test__ = False  # for pytest, which takes it for one of its own

    TABLE = "table"
    PREFIX = "prefix"
    YEARS = "years"
    WARNING = "warning"
    WARNING_LEVEL = "warning_level"
    IDLE = "idle"
    AUDITOR = "auditor"
    NO_ACCOUNTS = "no_accounts"
    INDICATOR = "indicator"
    NUMBER = "number"
    NO_BENEFICIAL = "no_beneficial"
    BENEFICIAL_REASON = "beneficial_reason"
    ORG_HOLDER = "org_holder"
    ROLE_ORG = "role_org"
    COUNTRIES = "countries"
    JUDGEMENTS = "judgements"
    ANSWER = "answer"


class Judged(StrEnum):
    """What became of a hit that was judged, as points and gates name it."""

    TRUE_MATCH_TFS = "TRUE_MATCH_TFS"
    TRUE_MATCH_PEP = "TRUE_MATCH_PEP"
    TRUE_MATCH_OTHER = "TRUE_MATCH_OTHER"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    CANNOT_TELL = "CANNOT_TELL"
    FALSE_POSITIVE = "FALSE_POSITIVE"


# What the fact or indicator that a test reads is called, where there is no choice.
READS = {
    Test.TABLE: "company.type",
    Test.PREFIX: "company.industry_sector.code",
    Test.YEARS: "company.registered",
    Test.NUMBER: "shares.unexplained",
}
# What people answer or judge; everything else stands in the result.
BY_PEOPLE = frozenset({Test.ANSWER, Test.JUDGEMENTS})


@dataclass(frozen=True, slots=True)
class Step:
    """Points up to a number, that number included; None is without end."""

    to: Decimal | None
    points: int


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor. What its test does not use stays empty.

    read: the fact or indicator that is read
    scores: points by word: of a table, codes of warnings, options, reasons, lists, judgements
    other: points of a word that is not among them
    forms: those it is for (auditor), or not for (all other tests)
    words: why a country counts, or the roles that count
    limit: a turnover or a share
    alarms_only: only warnings that are alarms count
    """

    id: str
    group: str
    title: str
    test: Test
    basis: str
    unknown: int = 0
    read: str = ""
    scores: Mapping[str, int] = field(default_factory=dict)
    other: int = 0
    steps: tuple[Step, ...] = ()
    points: int = 0
    forms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    limit: Decimal = Decimal(0)
    absolute: bool = False
    alarms_only: bool = False
    required: bool = False

    @property
    def is_of_the_result(self) -> bool:
        """Is it read from the result, so that nobody has to answer or judge?"""
        return self.test not in BY_PEOPLE


def _steps(checked: Checked, value: object, place: str) -> tuple[Step, ...]:
    """Read steps: each with a higher end than the one before, the last without end."""
    found: list[Step] = []
    for number, entry in enumerate(checked.entries(value, place)):
        here = f"{place}[{number}]"
        if not isinstance(entry, list) or len(entry) != 2:
            checked.refuse(here, _("Give two values: up to which number, and how many points."))
            continue
        to = None if entry[0] is None else checked.number(entry[0], f"{here}[0]")
        found.append(Step(to, checked.whole(entry[1], f"{here}[1]")))
    refuse_unordered(checked, [step.to for step in found], place)
    return tuple(found)


def _steps_of_years(checked: Checked, value: object, place: str) -> tuple[Step, ...]:
    found = _steps(checked, value, place)
    if any(step.to is not None and step.to != int(step.to) for step in found):
        checked.refuse(place, _("Let each band end with a whole number of years."))
    return found


def refuse_unordered(checked: Checked, ends: list[Decimal | None], place: str) -> None:
    """Refuse bands that overlap, are in another order than that of their ends, or leave a hole at the top."""
    stated = [end for end in ends[:-1] if end is not None]
    if len(stated) < len(ends[:-1]):
        checked.refuse(place, _("Only the last band may be without end: give the others a number."))
    elif ends and ends[-1] is not None:
        checked.refuse(place, _("Let the last band end with null, so that no number is without a band."))
    if any(end <= before for before, end in pairwise(stated)):
        checked.refuse(place, _("The bands overlap or are not in order: let each end above the one before."))
    if not ends:
        checked.refuse(place, _("Give at least one band."))


def _one_of(*allowed: str) -> Check:
    return lambda checked, value, place: checked.choice(value, place, allowed)


def _words_of(*allowed: str) -> Check:
    def check(checked: Checked, value: object, place: str) -> tuple[str, ...]:
        found = checked.texts(value, place)
        for number, word in enumerate(found):
            checked.choice(word, f"{place}[{number}]", allowed)
        return found

    return check


def _scores_of(*allowed: str) -> Check:
    def check(checked: Checked, value: object, place: str) -> dict[str, int]:
        found = checked.points_by_word(value, place)
        for word in found:
            checked.choice(word, below(place, word), allowed)
        return found

    return check


def _codes(checked: Checked, value: object, place: str) -> dict[str, int]:
    found = checked.points_by_word(value, place)
    for code in found:
        refuse_unknown_code(checked, code, below(place, code))
    return found


def refuse_unknown_code(checked: Checked, code: str, place: str) -> None:
    """Refuse a code that no result is warned of."""
    if code not in CODES or CODES[code].topic is Topic.DOCUMENTS:
        words = _("“%(code)s” is no code that a result is warned of: give one that is.")
        checked.refuse(place, words % {"code": code[:80]})


def _is_alarm_level(checked: Checked, value: object, place: str) -> bool:
    return checked.choice(value, place, ("warning", "alarm")) == "alarm"


@dataclass(frozen=True, slots=True)
class _Part:
    """What an element of a document becomes in a Factor, and how it is read."""

    into: str
    check: Check
    is_required: bool = True


_whole: Check = Checked.whole
_ANY = {
    "id": _Part("id", Checked.text),
    "group": _Part("group", Checked.text),
    "title": _Part("title", Checked.text),
    "test": _Part("test", Checked.text),
    "basis": _Part("basis", Checked.text),
    "unknown": _Part("unknown", _whole, is_required=False),
}
_BANDS, _POINTS = _Part("steps", _steps), _Part("points", _whole)
_TURNOVER = _Part("limit", Checked.number)
_CODES = _Part("scores", _codes)
_UNLESS = _Part("forms", Checked.texts, is_required=False)
PARTS: dict[Test, dict[str, _Part]] = {
    Test.TABLE: {
        "read": _Part("read", _one_of(READS[Test.TABLE])),
        "table": _Part("scores", Checked.points_by_word),
        "other": _Part("other", _whole),
    },
    Test.PREFIX: {
        "read": _Part("read", _one_of(READS[Test.PREFIX])),
        "table": _Part("scores", Checked.points_by_word),
        "other": _Part("other", _whole),
    },
    Test.YEARS: {
        "read": _Part("read", _one_of(READS[Test.YEARS])),
        "bands": _Part("steps", _steps_of_years),
    },
    Test.WARNING: {"codes": _CODES},
    Test.WARNING_LEVEL: {"codes": _CODES, "level": _Part("alarms_only", _is_alarm_level)},
    Test.IDLE: {"points": _POINTS, "turnover_over": _TURNOVER},
    Test.AUDITOR: {
        "points": _POINTS,
        "turnover_from": _TURNOVER,
        "forms": _Part("forms", Checked.texts),
    },
    Test.NO_ACCOUNTS: {"points": _POINTS},
    Test.INDICATOR: {"name": _Part("read", Checked.text), "bands": _BANDS},
    Test.NUMBER: {
        "read": _Part("read", _one_of(READS[Test.NUMBER])),
        "bands": _BANDS,
        "absolute": _Part("absolute", Checked.flag, is_required=False),
        "unknown_unless_forms": _UNLESS,
    },
    Test.NO_BENEFICIAL: {"points": _POINTS, "unless_forms": _UNLESS},
    Test.BENEFICIAL_REASON: {"reasons": _Part("scores", Checked.points_by_word)},
    Test.ORG_HOLDER: {"points": _POINTS, "at_least": _Part("limit", Checked.number)},
    Test.ROLE_ORG: {"points": _POINTS, "roles": _Part("words", Checked.texts)},
    Test.COUNTRIES: {
        "because": _Part("words", _words_of(*INVOLVED)),
        "points": _Part("scores", Checked.points_by_word),
    },
    Test.JUDGEMENTS: {"points": _Part("scores", _scores_of(*Judged))},
    Test.ANSWER: {
        "options": _Part("scores", Checked.points_by_word),
        "required": _Part("required", Checked.flag, is_required=False),
    },
}


def read_factor(checked: Checked, value: object, place: str) -> Factor | None:
    """Read one factor; None if nothing can be scored by it."""
    found = checked.mapping(value, place)
    test = checked.choice(found.get("test"), below(place, "test"), [*Test]) if found else ""
    if not test:
        return None
    parts = {**_ANY, **PARTS[Test(test)]}
    checked.only(found, place, parts)
    read: dict[str, Any] = {}
    for name, part in parts.items():
        if name in found or part.is_required:
            read[part.into] = part.check(checked, found.get(name), below(place, name))
    return Factor(**{**read, "test": Test(test)})
