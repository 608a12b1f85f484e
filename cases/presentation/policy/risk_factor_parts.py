"""A factor of the risk model as a person sees it: what it has by its test."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_factors import PARTS, READS, Test
from cases.findings.vocabulary.wording import Words
from cases.presentation.policy import options
from cases.presentation.policy.parts import KEY, Column, Emptied, Inside, Kind, Options, Rows, Shape

POINTS = _("Points")


def number(name: str, label: Words, hint: Words = "") -> Column:
    return Column(path=(name,), label=label, kind=Kind.NUMBER, help=hint)


def codes(name: str, label: Words, known: Options) -> Column:
    return Column(path=(name,), label=label, kind=Kind.CODES, options=known)


def _scores(name: str, title: Words, label: Words, kind: Kind, known: Options | None = None) -> Rows:
    """A table of words with points."""
    return Rows(
        name=name,
        title=title,
        paths=((name,),),
        shape=Shape.MAP,
        key=Column(path=(), label=label, kind=kind, options=known),
        columns=(Column(path=(name, KEY), label=POINTS, kind=Kind.NUMBER, emptied=Emptied.NULL),),
        add=_("Add a line"),
    )


def _bands(label: Words) -> Rows:
    return Rows(
        name="bands",
        title=_("Points by number"),
        paths=(("bands",),),
        shape=Shape.PAIRS,
        columns=(
            Column(path=(0,), label=label, kind=Kind.NUMBER, emptied=Emptied.NULL),
            Column(path=(1,), label=POINTS, kind=Kind.NUMBER, emptied=Emptied.NULL),
        ),
        in_order_of="0",
        add=_("Add a step"),
        help=_("The number belongs to its step. The last step is without end: its number stays empty."),
    )


_UP_TO = _("Up to")
# What the elements of a factor are, by its test where that differs, in the order in which they are drawn.
ELEMENTS: dict[str, Column | Rows] = {
    "unknown": number("unknown", _("Points if it is not known")),
    "points": number("points", POINTS),
    "other": number("other", _("Points of any other")),
    "turnover_over": number("turnover_over", _("Turnover over")),
    "turnover_from": number("turnover_from", _("Turnover from")),
    "at_least": number("at_least", _("Share of at least, in per cent")),
    "level": Column(path=("level",), label=_("What counts"), kind=Kind.CHOICE, options=options.LEVELS),
    "required": Column(path=("required",), label=_("An answer is required"), kind=Kind.YES_NO, absent=False),
    "absolute": Column(path=("absolute",), label=_("Without its sign"), kind=Kind.YES_NO, absent=False),
    "name": Column(path=("name",), label=_("Indicator")),
    "because": Column(
        path=("because",), label=_("Whose countries count"), kind=Kind.TICKS, options=options.INVOLVED_IN
    ),
    "forms": codes("forms", _("For these forms of organisation"), options.FORMS),
    "unless_forms": codes("unless_forms", _("Not for these forms of organisation"), options.FORMS),
    "unknown_unless_forms": codes(
        "unknown_unless_forms", _("Never unknown for these forms of organisation"), options.FORMS
    ),
    "roles": codes("roles", _("Roles"), options.ROLES),
    "table": _scores("table", _("Points by form"), _("Form"), Kind.SUGGESTED, options.FORMS),
    "codes": _scores("codes", _("Points by code"), _("Point to check"), Kind.CHOICE, options.CAUTIONS),
    "reasons": _scores(
        "reasons", _("Points by reason"), _("Reason"), Kind.SUGGESTED, options.BENEFICIAL_REASONS
    ),
    "options": _scores("options", _("Answers"), _("Answer"), Kind.TEXT),
    "bands": _bands(_UP_TO),
}
OF_TESTS: dict[tuple[Test, str], Column | Rows] = {
    (Test.PREFIX, "table"): _scores(
        "table", _("Points by the beginning of the code"), _("Code begins with"), Kind.TEXT
    ),
    (Test.YEARS, "bands"): _bands(_("Up to so many years")),
    (Test.NUMBER, "bands"): _bands(_("Up to so many per cent")),
    (Test.COUNTRIES, "points"): _scores(
        "points", _("Points by list"), _("List"), Kind.CHOICE, options.country_lists
    ),
    (Test.JUDGEMENTS, "points"): _scores(
        "points", _("Points by judgement"), _("Judged as"), Kind.CHOICE, options.JUDGED
    ),
}


def of_factor(factor: Mapping[str, Any]) -> Inside:
    """What a factor has beside its id, by the elements that the reader knows of its test."""
    test = str(factor.get("test"))
    if test not in [*Test]:
        return Inside()
    known = {"unknown", *PARTS[Test(test)]}
    found = [OF_TESTS.get((Test(test), name), element) for name, element in ELEMENTS.items() if name in known]
    return Inside(
        tuple(element for element in found if isinstance(element, Column)),
        tuple(element for element in found if isinstance(element, Rows)),
    )


def new_factor(test: str) -> dict[str, Any]:
    """A factor of which nothing is known but its test."""
    read = READS.get(Test(test)) if test in [*Test] else None
    return {"test": test, **({"read": read} if read else {})}
