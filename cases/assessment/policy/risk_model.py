"""The risk model as a document: read whole, or refused with every problem that it has."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.checked_values import Checked, below
from cases.assessment.policy.problems import PolicyRefused, Problem
from cases.assessment.policy.risk_factors import OUTSIDE, Factor, Test, read_factor, refuse_unordered
from cases.assessment.policy.risk_gates import read_gates
from cases.assessment.policy.risk_low import read_low
from cases.assessment.policy.risk_terms import (
    Band,
    Condition,
    CountryList,
    Gate,
    Group,
    Knowledge,
    RiskClass,
    RiskModel,
)
from cases.findings.vocabulary.countries import NAMES

FORMAT = "risk-model/1"
LONGEST_REVIEW = 120  # months
NEEDED = ("name", "version", "groups", "lists", "factors", "gates", "low", "bands", "knowledge")
SAID_ONLY = ("note", "industry_code_standard")
ELEMENTS = ("format", *NEEDED, *SAID_ONLY, "list_facts", "review_months", "override")
BY_BANDS = (RiskClass.NORMAL, RiskClass.HIGH)
REVIEWED = (RiskClass.LOW, *BY_BANDS)


def read(document: object) -> RiskModel:
    """Read a document; PolicyRefused with every problem if it cannot be used."""
    checked = Checked()
    found = checked.mapping(document, "")
    if not found:
        raise PolicyRefused(checked.problems or [Problem("", _("Give an object here: names with values."))])
    checked.only(found, "", ELEMENTS)
    checked.choice(found.get("format"), "format", (FORMAT,))
    model = _model(checked, found)
    _refuse_what_does_not_fit(checked, model)
    if checked.problems:
        raise PolicyRefused(checked.problems)
    return model


def _model(checked: Checked, found: Mapping[str, Any]) -> RiskModel:
    lists = _lists(checked, found)
    factors = _factors(checked, found.get("factors"))
    gates = read_gates(checked, found.get("gates"), factors, lists)
    return RiskModel(
        name=checked.text(found.get("name"), "name"),
        version=checked.whole(found.get("version"), "version", 1, 10**6),
        groups=_groups(checked, found.get("groups")),
        lists=lists,
        factors=factors,
        gates=gates,
        bands=_bands(checked, found.get("bands")),
        low=read_low(checked, found.get("low")),
        knowledge=_knowledge(checked, found.get("knowledge")),
        review_months=_review(checked, found.get("review_months")),
        override_months=_override(checked, found.get("override")),
        unfilled=tuple(_unfilled(lists, factors, gates)),
    )


def _groups(checked: Checked, value: object) -> tuple[Group, ...]:
    found: list[Group] = []
    for name, entry in checked.mapping(value, "groups").items():
        place = f"groups.{name}"
        group = checked.mapping(entry, place)
        checked.only(group, place, ("title", "cap"))
        title = checked.text(group.get("title"), f"{place}.title")
        found.append(Group(name, title, checked.whole(group.get("cap"), f"{place}.cap")))
    return tuple(found)


def _lists(checked: Checked, found: Mapping[str, Any]) -> dict[str, CountryList]:
    lists = checked.mapping(found.get("lists"), "lists")
    facts = checked.mapping(found.get("list_facts", {}), "list_facts")
    checked.only(facts, "list_facts", lists)
    return {name: _list(checked, name, countries, facts.get(name, {})) for name, countries in lists.items()}


def _list(checked: Checked, name: str, value: object, facts: object) -> CountryList:
    place, of_facts = f"lists.{name}", f"list_facts.{name}"
    codes = checked.entries(value, place)
    for number, code in enumerate(codes):
        if not isinstance(code, str) or code not in NAMES:
            words = _("Give the country by its code of two letters, as NO.")
            checked.refuse(f"{place}[{number}]", words)
    stated = checked.mapping(facts, of_facts)
    checked.only(stated, of_facts, ("source", "as_of"))
    source = checked.text(stated["source"], f"{of_facts}.source") if "source" in stated else ""
    countries = frozenset(code for code in codes if isinstance(code, str))
    return CountryList(name, countries, source, _day(checked, stated.get("as_of"), f"{of_facts}.as_of"))


def _day(checked: Checked, value: object, place: str) -> str | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value if isinstance(value, str) else "").isoformat()
    except ValueError:
        checked.refuse(place, _("Give a day as 2026-02-13, or null if it is not known."))
        return None


def _factors(checked: Checked, value: object) -> tuple[Factor, ...]:
    found: dict[str, Factor] = {}
    for number, entry in enumerate(checked.entries(value, "factors")):
        place = f"factors[{number}]"
        factor = read_factor(checked, entry, place)
        if factor and factor.id in found:
            words = _("The id “%(id)s” is taken: give every factor one of its own.")
            checked.refuse(f"{place}.id", words % {"id": factor.id[:80]})
        if factor:
            found.setdefault(factor.id, factor)
    if value == []:
        checked.refuse("factors", _("Give at least one factor."))
    return tuple(found.values())


def _bands(checked: Checked, value: object) -> tuple[Band, ...]:
    found: list[Band] = []
    for number, entry in enumerate(checked.entries(value, "bands")):
        place = f"bands[{number}]"
        band = checked.mapping(entry, place)
        checked.only(band, place, ("class", "to"))
        word = checked.choice(band.get("class"), f"{place}.class", BY_BANDS)
        to = None if band.get("to") is None else checked.number(band["to"], f"{place}.to")
        if word:
            found.append(Band(RiskClass(word), to))
    refuse_unordered(checked, [band.to for band in found], "bands")
    ranks = [band.risk_class.rank for band in found]
    if any(rank <= before for before, rank in pairwise(ranks)):
        checked.refuse("bands", _("Give each class one band, the lower class first."))
    return tuple(found)


def _knowledge(checked: Checked, value: object) -> Knowledge:
    found = checked.mapping(value, "knowledge")
    checked.only(found, "knowledge", ("below", "then_not_below", "words", "unanswered"))
    floor = checked.choice(found.get("then_not_below"), "knowledge.then_not_below", BY_BANDS)
    return Knowledge(
        below=checked.number(found.get("below"), "knowledge.below", 1),
        floor=RiskClass(floor or RiskClass.NORMAL),
        words=checked.text(found.get("words"), "knowledge.words"),
    )


def _review(checked: Checked, value: object) -> dict[RiskClass, int]:
    found = checked.mapping(value, "review_months")
    checked.only(found, "review_months", REVIEWED)
    return {
        word: checked.whole(found.get(word), f"review_months.{word}", 1, LONGEST_REVIEW) for word in REVIEWED
    }


def _override(checked: Checked, value: object) -> int:
    """Read after how many months an override ends; that it needs a reason, and a second person, is no choice."""
    found = checked.mapping(value, "override")
    checked.only(found, "override", ("reason", "down_needs", "expires_months"))
    checked.choice(found.get("reason"), "override.reason", ("required",))
    checked.choice(found.get("down_needs"), "override.down_needs", ("second person",))
    return checked.whole(found.get("expires_months"), "override.expires_months", 1, LONGEST_REVIEW)


def _refuse_what_does_not_fit(checked: Checked, model: RiskModel) -> None:
    groups = {group.id for group in model.groups}
    for number, factor in enumerate(model.factors):
        place = f"factors[{number}]"
        if factor.group not in groups:
            words = _("There is no group “%(group)s”: give one of those above, or add it to them.")
            checked.refuse(f"{place}.group", words % {"group": factor.group[:80]})
        for name in listed_by(factor):
            refuse_unknown_list(checked, name, f"{place}.points", model.lists)
    first = model.bands[0].to if model.bands else None
    if first is not None and model.low.max_points > first:
        words = _("The bands overlap: let ‘low’ end where the first band does, or before.")
        checked.refuse("low.max_points", words)


def listed_by(factor: Factor) -> tuple[str, ...]:
    """The lists that a factor's points name, without what stands in front."""
    if factor.test is not Test.COUNTRIES:
        return ()
    return tuple(name.removeprefix(OUTSIDE) for name in factor.scores)


def refuse_unknown_list(checked: Checked, name: str, place: str, lists: Mapping[str, CountryList]) -> None:
    """Refuse the name of a list that the document does not have."""
    if name not in lists:
        words = _("There is no list “%(name)s”: give one of those above, or add it to them.")
        checked.refuse(below(place, name), words % {"name": name[:80]})


def _unfilled(
    lists: Mapping[str, CountryList], factors: Sequence[Factor], gates: Sequence[Gate]
) -> Iterator[Problem]:
    """Tell of lists that points or gates rest on, and that are empty or do not say of which day they are."""
    used = [name for factor in factors if factor.test is Test.COUNTRIES for name in factor.scores]
    used += [name for gate in gates if gate.condition is Condition.COUNTRY for name in gate.names]
    for name in dict.fromkeys(used):
        found = lists.get(name.removeprefix(OUTSIDE))
        if found and not found.countries:
            yield Problem(f"lists.{found.name}", _("The list is empty: fill it from its source."))
        if found and not found.as_of and not name.startswith(OUTSIDE):
            words = _("Say of which day the list is.")
            yield Problem(f"list_facts.{found.name}.as_of", words)
