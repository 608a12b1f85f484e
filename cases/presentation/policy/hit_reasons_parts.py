"""The hit reasons as a person sees them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.hit_reason_terms import HitVerdict
from cases.assessment.policy.hit_reasons import CARRIED, STATED
from cases.presentation.policy import options
from cases.presentation.policy.parts import KEY, Column, Emptied, Inside, Kind, Rows, Section, Shape

FALSE_POSITIVE = str(HitVerdict.FALSE_POSITIVE)
_OF_LINES = Rows(
    name="lines",
    title=_("Compared lines"),
    paths=(("requires",), ("refused_if",)),
    shape=Shape.MAP,
    key=Column(path=(), label=_("Line"), kind=Kind.CHOICE, options=options.LINES),
    columns=(
        Column(path=("requires", KEY), label=_("Must be"), kind=Kind.CHOICE, options=options.outcomes_needed),
        Column(
            path=("refused_if", KEY),
            label=_("Refused if"),
            kind=Kind.TICKS,
            options=options.LINES_OF_OUTCOMES,
        ),
    ),
    not_rows=(STATED, CARRIED),
    vanishes=True,
    add=_("Add a line"),
)
_OF_A_REASON = (
    Column(path=("verdict",), label=_("Verdict"), kind=Kind.CHOICE, options=options.VERDICTS),
    Column(path=("words",), label=_("Words"), kind=Kind.WORDS),
    Column(path=("alone",), label=_("Enough alone"), kind=Kind.YES_NO, absent=True),
    Column(path=("attachment",), label=_("Needs a file"), kind=Kind.YES_NO, absent=False),
    Column(
        path=("with",),
        label=_("If not alone, beside one of"),
        kind=Kind.CODES,
        options=options.reasons,
    ),
    Column(
        path=("requires", STATED),
        label=_("A person must state"),
        kind=Kind.CHOICE,
        options=options.STATED,
    ),
    Column(path=("needs",), label=_("What must be said with it"), kind=Kind.LINES, help=_("One a line.")),
    Column(path=("escalate",), label=_("Goes to")),
    Column(path=("class",), label=_("Class that is expected")),
    Column(path=("opens",), label=_("Requirement that it opens")),
)


def of_reason(_reason: Mapping[str, Any]) -> Inside:
    """Each reason has the same: the compared lines that it needs, and those that refuse it."""
    return Inside(rows=(_OF_LINES,))


SECTIONS = (
    Section("general", _("In general"), columns=(Column(path=("note",), label=_("Note"), kind=Kind.WORDS),)),
    Section(
        "attributes",
        _("What a compared line is worth"),
        rows=(
            Rows(
                name="attributes",
                title=_("Lines"),
                paths=(("attributes",),),
                shape=Shape.MAP,
                key=Column(path=(), label=_("Line"), kind=Kind.CHOICE, options=options.LINES_AND_STATED),
                columns=(
                    Column(
                        path=("attributes", KEY, "weight"),
                        label=_("Worth"),
                        kind=Kind.CHOICE,
                        options=options.WEIGHTS,
                    ),
                    Column(path=("attributes", KEY, "note"), label=_("Note"), kind=Kind.WORDS),
                ),
                are_fixed=True,
            ),
        ),
    ),
    Section(
        "verdicts",
        _("Verdicts"),
        help=_("What a verdict counts as, and whom it needs, is fixed."),
        rows=(
            Rows(
                name="verdicts",
                title=_("Verdicts"),
                paths=(("verdicts",),),
                shape=Shape.MAP,
                key=Column(path=(), label=_("Verdict"), kind=Kind.CHOICE, options=options.VERDICTS),
                columns=(
                    Column(path=("verdicts", KEY, "words"), label=_("Words")),
                    Column(
                        path=("verdicts", KEY, "expires_months"),
                        label=_("Ends after months"),
                        kind=Kind.NUMBER,
                        emptied=Emptied.NULL,
                    ),
                    Column(path=("verdicts", KEY, "blocks"), label=_("What it blocks"), kind=Kind.WORDS),
                    Column(path=("verdicts", KEY, "needs"), label=_("What must be said"), kind=Kind.LINES),
                ),
                are_fixed=True,
            ),
        ),
    ),
    Section(
        "second",
        _("Second person"),
        columns=(
            Column(
                path=("second_person", "always"),
                label=_("Always confirms"),
                kind=Kind.TICKS,
                options=options.VERDICTS,
                emptied=Emptied.EMPTY_LIST,
            ),
            Column(
                path=("second_person", FALSE_POSITIVE, "match_at_least"),
                label=_("‘Not the same’: from this match number on"),
                kind=Kind.NUMBER,
            ),
            Column(
                path=("second_person", FALSE_POSITIVE, "or"),
                label=_("‘Not the same’: or if"),
                kind=Kind.TICKS,
                options=options.SECOND_IF,
                emptied=Emptied.EMPTY_LIST,
            ),
            Column(
                path=("second_person", FALSE_POSITIVE, "sample_percent_of_the_rest"),
                label=_("‘Not the same’: sample of the rest, in per cent"),
                kind=Kind.NUMBER,
            ),
            Column(path=("bulk", "allowed_if"), label=_("Judged at once only if"), kind=Kind.WORDS),
            Column(path=("bulk", "most"), label=_("At most so many at once"), kind=Kind.NUMBER),
        ),
    ),
    Section(
        "reasons",
        _("Reasons"),
        help=_(
            "Which compared lines a reason needs, and which refuse it. A line that is similar or unknown never clears."
        ),
        rows=(
            Rows(
                name="reasons",
                title=_("Reasons"),
                paths=(("reasons",),),
                shape=Shape.LIST,
                known_by=("code", "words"),
                columns=(Column(path=("code",), label=_("Code")), *_OF_A_REASON),
                inside=of_reason,
                is_wide=True,
                gist=("verdict",),
                add=_("Add a reason"),
            ),
        ),
    ),
)
