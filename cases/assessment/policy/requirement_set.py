"""The requirement set as a document: read whole, or refused with every problem that it has."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.checked_values import Checked
from cases.assessment.policy.problems import PolicyRefused, Problem
from cases.assessment.policy.requirement_terms import Check, Requirement, RequirementSet, When, Who
from cases.assessment.policy.risk_terms import RiskClass

FORMAT = "requirement-set/1"
NEEDED = ("name", "version", "groups", "requirements", "lists", "unexplained_at_most")
ELEMENTS = ("format", *NEEDED, "note", "exempt_forms", "country_lists")
OF_A_REQUIREMENT = (
    *("id", "group", "title", "basis", "check", "when", "met_by", "waived_by"),
    *("person", "search", "attachment", "fresh_months"),
)
CLASSES = (RiskClass.LOW, RiskClass.NORMAL, RiskClass.HIGH)
# What no case can do without, and nobody’s word stands in for: who it is about, hits, the class, the decision.
BY_NOBODY = frozenset(
    {Check.SUBJECT, Check.HITS, Check.OWNERS, Check.RISK_CLASS, Check.DECIDED, Check.NEXT_REVIEW}
)
OF_SETS = tuple(check for check in Check if check is not Check.CONDITION)
CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
OF_CONDITIONS = re.compile(r"K[0-9]+")
LONGEST_FRESH = 60  # months
WHOLE = 100  # per cent


def read(document: object) -> RequirementSet:
    """Read a document; PolicyRefused with every problem if it cannot be used."""
    checked = Checked()
    found = checked.mapping(document, "")
    if not found:
        raise PolicyRefused(checked.problems or [Problem("", _("Give an object here: names with values."))])
    checked.only(found, "", ELEMENTS)
    checked.choice(found.get("format"), "format", (FORMAT,))
    groups = _groups(checked, found.get("groups"))
    required = RequirementSet(
        name=checked.text(found.get("name"), "name"),
        version=checked.whole(found.get("version"), "version", 1, 10**6),
        groups=groups,
        requirements=_requirements(checked, found.get("requirements"), groups),
        lists=checked.texts(found.get("lists"), "lists"),
        unexplained_at_most=checked.number(found.get("unexplained_at_most"), "unexplained_at_most", WHOLE),
        exempt_forms=_texts(checked, found, "exempt_forms"),
        country_lists=_texts(checked, found, "country_lists"),
    )
    _refuse_missing(checked, required)
    if checked.problems:
        raise PolicyRefused(checked.problems)
    return required


def _texts(checked: Checked, found: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return checked.texts(found[name], name) if name in found else ()


def _groups(checked: Checked, value: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, entry in enumerate(checked.entries(value, "groups")):
        place = f"groups[{number}]"
        group = checked.mapping(entry, place)
        checked.only(group, place, ("id", "title"))
        name = checked.text(group.get("id"), f"{place}.id")
        if name in found:
            checked.refuse(f"{place}.id", _("The id is taken: give every group one of its own."))
        found[name] = checked.text(group.get("title"), f"{place}.title")
    return found


def _requirements(checked: Checked, value: object, groups: Mapping[str, str]) -> tuple[Requirement, ...]:
    found: dict[str, Requirement] = {}
    for number, entry in enumerate(checked.entries(value, "requirements")):
        place = f"requirements[{number}]"
        required = _requirement(checked, checked.mapping(entry, place), place, groups)
        if required is None:
            continue
        if required.id in found:
            checked.refuse(f"{place}.id", _("The id is taken: give every requirement one of its own."))
        if any(required.check is other.check for other in found.values()):
            checked.refuse(f"{place}.check", _("Another requirement has this check: give one check once."))
        found.setdefault(required.id, required)
    return tuple(found.values())


def _requirement(
    checked: Checked, entry: Mapping[str, Any], place: str, groups: Mapping[str, str]
) -> Requirement | None:
    checked.only(entry, place, OF_A_REQUIREMENT)
    name = checked.text(entry.get("id"), f"{place}.id")
    if name and not CODE.fullmatch(name):
        checked.refuse(f"{place}.id", _("Give a code of capitals and digits, as R01."))
    if OF_CONDITIONS.fullmatch(name):
        checked.refuse(f"{place}.id", _("K with a number is the id of a condition: give another code."))
    word = checked.choice(entry.get("check"), f"{place}.check", OF_SETS)
    met_by = checked.choice(entry.get("met_by"), f"{place}.met_by", [*Who])
    waived_by = checked.choice(entry.get("waived_by"), f"{place}.waived_by", (Who.LEAD, Who.NOBODY))
    when = _when(checked, entry.get("when"), f"{place}.when")
    fresh = entry.get("fresh_months")
    if not (name and word and met_by and waived_by):
        return None
    check, who = Check(word), Who(met_by)
    if check in BY_NOBODY:
        _refuse_without(checked, place, when, {who, Who(waived_by)})
    return Requirement(
        id=name,
        group=checked.choice(entry.get("group"), f"{place}.group", [*groups]),
        title=checked.text(entry.get("title"), f"{place}.title"),
        basis=checked.text(entry.get("basis"), f"{place}.basis"),
        check=check,
        when=when,
        met_by=who,
        waived_by=Who(waived_by),
        person="" if who is Who.NOBODY else checked.text(entry.get("person"), f"{place}.person"),
        is_search="search" in entry and checked.flag(entry["search"], f"{place}.search"),
        has_attachment="attachment" in entry and checked.flag(entry["attachment"], f"{place}.attachment"),
        fresh_months=None
        if fresh is None
        else checked.whole(fresh, f"{place}.fresh_months", 1, LONGEST_FRESH),
    )


def _refuse_without(checked: Checked, place: str, when: Mapping[RiskClass, When], who: set[Who]) -> None:
    """Refuse that a word or a class makes a case do without what none can do without."""
    if who != {Who.NOBODY}:
        checked.refuse(
            f"{place}.met_by",
            _("Nobody’s word stands in for this: give ‘nobody’ for ‘met_by’ and ‘waived_by’."),
        )
    if {*when.values()} != {When.ALWAYS}:
        checked.refuse(f"{place}.when", _("No case can do without this: give ‘always’ for every class."))


def _when(checked: Checked, value: object, place: str) -> dict[RiskClass, When]:
    found = checked.mapping(value, place)
    checked.only(found, place, CLASSES)
    words = {
        risk_class: checked.choice(found.get(risk_class), f"{place}.{risk_class}", [*When])
        for risk_class in CLASSES
    }
    return {risk_class: When(word) if word else When.ALWAYS for risk_class, word in words.items()}


def _refuse_missing(checked: Checked, required: RequirementSet) -> None:
    """Refuse a set that leaves out what no case can do without."""
    there = {one.check for one in required.requirements}
    for check in sorted(BY_NOBODY - there):
        words = _("Give a requirement with the check “%(check)s”: no case can do without it.")
        checked.refuse("requirements", words % {"check": check})
