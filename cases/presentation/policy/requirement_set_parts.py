"""The requirement set as a person sees it."""

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.requirement_set import CLASSES
from cases.assessment.policy.risk_terms import CLASS_WORDS
from cases.presentation.policy import options
from cases.presentation.policy.parts import Column, Kind, Rows, Section, Shape

SECTIONS = (
    Section(
        "general",
        _("In general"),
        columns=(
            Column(path=("name",), label=_("Name")),
            Column(path=("version",), label=_("Its own version number"), kind=Kind.NUMBER),
            Column(path=("note",), label=_("Note"), kind=Kind.WORDS),
        ),
    ),
    Section(
        "thresholds",
        _("Lists and thresholds"),
        columns=(
            Column(
                path=("lists",),
                label=_("Lists in which a customer must be searched"),
                kind=Kind.CODES,
                options=options.LISTS_SEARCHED,
            ),
            Column(
                path=("unexplained_at_most",),
                label=_("Shares without an owner at most, in per cent"),
                kind=Kind.NUMBER,
            ),
            Column(
                path=("exempt_forms",),
                label=_("Forms that need no beneficial owner"),
                kind=Kind.CODES,
                options=options.FORMS,
            ),
            Column(
                path=("country_lists",),
                label=_("Lists of the risk model whose countries need measures"),
                kind=Kind.CODES,
            ),
        ),
    ),
    Section(
        "groups",
        _("Groups"),
        rows=(
            Rows(
                name="groups",
                title=_("Groups"),
                paths=(("groups",),),
                shape=Shape.LIST,
                known_by=("id",),
                columns=(
                    Column(path=("id",), label=_("Id")),
                    Column(path=("title",), label=_("Title")),
                ),
                add=_("Add a group"),
            ),
        ),
    ),
    Section(
        "requirements",
        _("Requirements"),
        help=_("What is ‘prohibited’ needs what ‘high’ needs."),
        rows=(
            Rows(
                name="requirements",
                title=_("Requirements"),
                paths=(("requirements",),),
                shape=Shape.LIST,
                known_by=("id", "title"),
                columns=(
                    Column(path=("id",), label=_("Id")),
                    Column(path=("title",), label=_("Title")),
                    Column(path=("group",), label=_("Group"), kind=Kind.CHOICE, options=options.groups),
                    Column(path=("check",), label=_("Check"), kind=Kind.CHOICE, options=options.CHECKS),
                    *(
                        Column(
                            path=("when", risk_class),
                            label=CLASS_WORDS[risk_class],
                            kind=Kind.CHOICE,
                            options=options.WHENS,
                        )
                        for risk_class in CLASSES
                    ),
                    Column(
                        path=("met_by",), label=_("Met by the word of"), kind=Kind.CHOICE, options=options.WHO
                    ),
                    Column(
                        path=("waived_by",), label=_("Waived by"), kind=Kind.CHOICE, options=options.WAIVED_BY
                    ),
                    Column(path=("fresh_months",), label=_("Fresh for months"), kind=Kind.NUMBER),
                    Column(
                        path=("search",),
                        label=_("A person says whether something was found"),
                        kind=Kind.YES_NO,
                        absent=False,
                    ),
                    Column(path=("attachment",), label=_("Needs a file"), kind=Kind.YES_NO, absent=False),
                    Column(path=("person",), label=_("What a person must do"), kind=Kind.WORDS),
                    Column(path=("basis",), label=_("Basis"), kind=Kind.WORDS),
                ),
                is_wide=True,
                gist=("group", "when_low", "when_normal", "when_high"),
                add=_("Add a requirement"),
            ),
        ),
    ),
)
