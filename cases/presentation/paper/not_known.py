"""What a case does not know, for the first page of its report: said as loudly as what it does."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.assessment.requirements.found import State, first_of
from cases.assessment.risk.assessment import State as FactorState
from cases.findings.vocabulary.presence import Kind, Nothing
from cases.findings.vocabulary.wording import Words
from cases.presentation.requirement_statuses import CaseRequirements
from cases.presentation.risk_in_force import RiskInForce


def not_known(
    nothing: Iterable[tuple[Words, Nothing]],
    requirements: CaseRequirements | None,
    risk: RiskInForce | None,
) -> list[str]:
    """What is not known, a line each: of the result, of the requirements, of the risk class.

    `nothing`: the sections of the result with nothing in them. That it was looked for and nothing was found is known.
    """
    return [*_of_result(nothing), *_of_requirements(requirements), *_of_risk(risk)]


def _of_result(nothing: Iterable[tuple[Words, Nothing]]) -> Iterator[str]:
    sections: dict[str, list[str]] = {}
    for title, kind in nothing:
        if kind.kind is not Kind.NOTHING_FOUND:
            sections.setdefault(str(kind.words).rstrip("."), []).append(str(title))
    for words, titles in sections.items():
        yield f"{words}: {_counted(titles)}"


def _counted(titles: Sequence[str]) -> str:
    """The first few, and of more how many there are."""
    named = first_of(titles)
    if not named.endswith("…"):
        return named
    return _("%(first)s (%(n)d in all)") % {"first": named, "n": len(titles)}


def _of_requirements(requirements: CaseRequirements | None) -> Iterator[str]:
    if requirements is None:
        yield _("No requirement set was in force: what is still to be shown is not known.")
        return
    for status in requirements.statuses:
        if status.state is State.CANNOT_BE_KNOWN:
            yield f"{status.required.id} {status.required.title}: {status.words}"


def _of_risk(risk: RiskInForce | None) -> Iterator[str]:
    if risk is None:
        yield _("No risk class could be worked out.")
        return
    questions, factors = len(risk.found.open_questions), risk.found.factors.values()
    if questions:
        yield ngettext(
            "%(n)d question of the risk model is not answered.",
            "%(n)d questions of the risk model are not answered.",
            questions,
        ) % {"n": questions}
    unknown = sum(score.state is FactorState.UNKNOWN for score in factors)
    if unknown:
        yield ngettext(
            "%(n)d of %(all)d risk factors is not known.",
            "%(n)d of %(all)d risk factors are not known.",
            unknown,
        ) % {"n": unknown, "all": len(factors)}
