"""The gates of a risk model: what forces a class, whatever the points."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.checked_values import Checked
from cases.assessment.policy.risk_factors import Factor, Judged, Test, refuse_unknown_code
from cases.assessment.policy.risk_terms import Condition, CountryList, Gate, RiskClass

# Questions that are asked beside those of the factors.
CDD, LISTED, COMPLEX = "CDD", "listed", "complex"
OTHER_QUESTIONS = (CDD, LISTED, COMPLEX)
FORCED = (RiskClass.HIGH, RiskClass.PROHIBITED)


def read_gates(
    checked: Checked, value: object, factors: Sequence[Factor], lists: Mapping[str, CountryList]
) -> tuple[Gate, ...]:
    """Read the gates; what they name must be there."""
    found: dict[str, Gate] = {}
    for number, entry in enumerate(checked.entries(value, "gates")):
        place = f"gates[{number}]"
        gate = _gate(checked, entry, place)
        if gate is None:
            continue
        if gate.id in found:
            checked.refuse(f"{place}.id", _("The id is taken: give every gate one of its own."))
        found.setdefault(gate.id, gate)
        _refuse_unknown_names(checked, gate, f"{place}.if", factors, lists)
    return tuple(found.values())


def _gate(checked: Checked, value: object, place: str) -> Gate | None:
    entry = checked.mapping(value, place)
    checked.only(entry, place, ("id", "if", "class", "words"))
    condition, _colon, rest = checked.text(entry.get("if"), f"{place}.if").partition(":")
    known = checked.choice(condition, f"{place}.if", [*Condition])
    risk_class = checked.choice(entry.get("class"), f"{place}.class", FORCED)
    name = checked.text(entry.get("id"), f"{place}.id")
    words = checked.text(entry.get("words"), f"{place}.words")
    if not (known and risk_class):
        return None
    names = tuple(rest.split(":", 1) if known == Condition.ANSWER else rest.split(",")) if rest else ()
    return Gate(name, Condition(known), names, RiskClass(risk_class), words)


def _refuse_unknown_names(
    checked: Checked, gate: Gate, place: str, factors: Sequence[Factor], lists: Mapping[str, CountryList]
) -> None:
    if bool(gate.names) == (gate.condition is Condition.COMPLEX):
        checked.refuse(place, _("Say after a colon what it rests on; only ‘complex’ stands alone."))
    match gate.condition:
        case Condition.ANSWER if gate.names:
            _refuse_unknown_answer(checked, gate.names, place, factors)
        case Condition.JUDGEMENT:
            for name in gate.names:
                checked.choice(name, place, [*Judged])
        case Condition.WARNING:
            for name in gate.names:
                refuse_unknown_code(checked, name, place)
        case Condition.COUNTRY:
            for name in gate.names:
                checked.choice(name, place, lists)


def _refuse_unknown_answer(
    checked: Checked, names: tuple[str, ...], place: str, factors: Sequence[Factor]
) -> None:
    if len(names) != 2:
        checked.refuse(place, _("Give the question and its answer, as answer:A6:yes."))
        return
    question, option = names
    options = {factor.id: factor.scores for factor in factors if factor.test is Test.ANSWER}
    if question in options:
        checked.choice(option, place, options[question])
    else:
        checked.choice(question, place, (*options, *OTHER_QUESTIONS))
