"""The risk model as a person sees it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_low import OF_TEST
from cases.assessment.policy.risk_terms import LowTest
from cases.findings.vocabulary.wording import Words
from cases.presentation.policy import options
from cases.presentation.policy.parts import KEY, Column, Emptied, Inside, Kind, Path, Rows, Section, Shape
from cases.presentation.policy.risk_factor_parts import codes, new_factor, number, of_factor

ID, BASIS = Column(path=("id",), label=_("Id")), Column(path=("basis",), label=_("Basis"), kind=Kind.WORDS)
TITLE = Column(path=("title",), label=_("Title"))
WORDS = Column(path=("words",), label=_("Words"), kind=Kind.WORDS)
GROUP = Column(path=("group",), label=_("Group"), kind=Kind.CHOICE, options=options.groups)


def new_low_reason(test: str) -> dict[str, Any]:
    """A reason for ‘low’ of which nothing is known but its test."""
    return {"test": test}


OF_LOW: dict[str, Column] = {
    "forms": codes("forms", _("Forms of organisation"), options.FORMS),
    "id_of": Column(path=("id_of",), label=_("Question"), kind=Kind.CHOICE, options=options.QUESTIONS),
    "value": Column(path=("value",), label=_("Answer")),
    "years": number("years", _("Years since the registration")),
}


def of_low_reason(reason: Mapping[str, Any]) -> Inside:
    """What a reason for ‘low’ has, by its test."""
    test = str(reason.get("test"))
    return Inside(tuple(OF_LOW[name] for name in OF_TEST[LowTest(test)])) if test in [*LowTest] else Inside()


def _said(name: str, label: Words) -> Column:
    return Column(path=(name,), label=label, kind=Kind.WORDS)


def _months(name: str, label: Words) -> Column:
    path: Path = ("review_months", name)
    return Column(path=path, label=label, kind=Kind.NUMBER)


SECTIONS = (
    Section(
        "general",
        _("In general"),
        columns=(
            Column(path=("name",), label=_("Name")),
            number("version", _("Its own version number")),
            _said("note", _("Note")),
            _said("industry_code_standard", _("Standard of industry codes")),
        ),
    ),
    Section(
        "bands",
        _("Classes by points"),
        help=_(
            "Points up to and with the number are of the class. The last class is without end: its number stays empty."
        ),
        rows=(
            Rows(
                name="bands",
                title=_("Classes"),
                paths=(("bands",),),
                shape=Shape.LIST,
                known_by=("class",),
                columns=(
                    Column(
                        path=("class",), label=_("Class"), kind=Kind.CHOICE, options=options.CLASSES_BY_BANDS
                    ),
                    Column(path=("to",), label=_("Up to points"), kind=Kind.NUMBER, emptied=Emptied.NULL),
                ),
                in_order_of="to",
                add=_("Add a class"),
            ),
        ),
    ),
    Section(
        "low",
        _("How ‘low’ is earned"),
        columns=(
            Column(path=("low", "max_points"), label=_("At most so many points"), kind=Kind.NUMBER),
            Column(
                path=("low", "needs_all"), label=_("And all of these"), kind=Kind.TICKS, options=options.NEEDS
            ),
        ),
        rows=(
            Rows(
                name="reasons",
                title=_("And one of these reasons"),
                paths=(("low", "needs_one_of"),),
                shape=Shape.LIST,
                known_by=("id",),
                columns=(ID, BASIS),
                inside=of_low_reason,
                begins=new_low_reason,
                split_by=Column(path=("test",), label=_("By"), kind=Kind.CHOICE, options=options.LOW_TESTS),
                is_wide=True,
                add=_("Add a reason"),
            ),
        ),
    ),
    Section(
        "gates",
        _("Gates"),
        help=_("What forces a class, whatever the points. Only a gate makes a case ‘prohibited’."),
        rows=(
            Rows(
                name="gates",
                title=_("Gates"),
                paths=(("gates",),),
                shape=Shape.LIST,
                known_by=("id",),
                columns=(
                    ID,
                    Column(
                        path=("if",),
                        label=_("If"),
                        kind=Kind.CONDITION,
                        options=options.CONDITIONS,
                        rests_on=options.RESTS_ON,
                        help=_(
                            "Lists, codes or judgements with commas between; a question and its answer as A6:yes."
                        ),
                    ),
                    Column(
                        path=("class",), label=_("Class"), kind=Kind.CHOICE, options=options.CLASSES_FORCED
                    ),
                    WORDS,
                ),
                add=_("Add a gate"),
            ),
        ),
    ),
    Section(
        "groups",
        _("Groups of factors"),
        help=_("The factors of a group together give no more points than its cap."),
        rows=(
            Rows(
                name="groups",
                title=_("Groups"),
                paths=(("groups",),),
                shape=Shape.MAP,
                key=Column(path=(), label=_("Id")),
                columns=(
                    Column(path=("groups", KEY, "title"), label=_("Title")),
                    Column(path=("groups", KEY, "cap"), label=_("Cap, points"), kind=Kind.NUMBER),
                ),
                add=_("Add a group"),
            ),
        ),
    ),
    Section(
        "factors",
        _("Factors"),
        help=_("What gives points. Questions that people answer are factors too."),
        rows=(
            Rows(
                name="factors",
                title=_("Factors"),
                paths=(("factors",),),
                shape=Shape.LIST,
                known_by=("id", "title"),
                gist=("group", "points"),
                columns=(ID, TITLE, GROUP, BASIS),
                inside=of_factor,
                begins=new_factor,
                split_by=Column(
                    path=("test",), label=_("Tested by"), kind=Kind.CHOICE, options=options.TESTS
                ),
                is_wide=True,
                add=_("Add a factor"),
            ),
        ),
    ),
    Section(
        "lists",
        _("Lists of countries"),
        help=_(
            "Countries by their codes of two letters. A list that points or a gate rest on must say of which day it is."
        ),
        rows=(
            Rows(
                name="lists",
                title=_("Lists"),
                paths=(("lists",), ("list_facts",)),
                shape=Shape.MAP,
                key=Column(path=(), label=_("List")),
                columns=(
                    Column(
                        path=("lists", KEY),
                        label=_("Countries"),
                        kind=Kind.CODES,
                        options=options.COUNTRIES,
                        emptied=Emptied.EMPTY_LIST,
                    ),
                    Column(path=("list_facts", KEY, "source"), label=_("Source"), kind=Kind.WORDS),
                    Column(
                        path=("list_facts", KEY, "as_of"),
                        label=_("As of"),
                        kind=Kind.DAY,
                        emptied=Emptied.NULL,
                    ),
                ),
                is_wide=True,
                gist=("list_facts_as_of",),
                add=_("Add a list"),
            ),
        ),
    ),
    Section(
        "knowledge",
        _("How much must be known"),
        columns=(
            Column(
                path=("knowledge", "below"),
                label=_("Share of factors known, from 0 to 1"),
                kind=Kind.NUMBER,
                help=_("If fewer are known, the class is at least the one below."),
            ),
            Column(
                path=("knowledge", "then_not_below"),
                label=_("Class that is then the least"),
                kind=Kind.CHOICE,
                options=options.CLASSES_BY_BANDS,
            ),
            Column(path=("knowledge", "words"), label=_("Words"), kind=Kind.WORDS),
            Column(
                path=("knowledge", "unanswered"), label=_("What is said of open questions"), kind=Kind.WORDS
            ),
        ),
    ),
    Section(
        "months",
        _("Next review and override"),
        help=_("In months."),
        columns=(
            _months("low", _("Next review of ‘low’ after")),
            _months("normal", _("Next review of ‘normal’ after")),
            _months("high", _("Next review of ‘high’ after")),
            Column(path=("override", "expires_months"), label=_("An override ends after"), kind=Kind.NUMBER),
        ),
    ),
)
