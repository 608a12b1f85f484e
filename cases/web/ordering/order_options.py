"""What can be ordered, in words and in groups, as a person ticks it. The contract decides what there is."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.sections import SECTIONS, Part
from cases.findings.vocabulary.wording import Words
from cases.provider.contract import AML, CERTIFICATE, Contract, Kind
from cases.workflows.ordering.session_requests import ResultRequest

OTHER = "other"
GROUPS: dict[str, Words] = {
    **{part: part.words for part in Part},
    Part.DOCUMENTS: _("Signed reports"),
    OTHER: _("Other"),
}
REPORTS: dict[str, Words] = {AML: _("AML report (PDF)"), CERTIFICATE: _("Certificate of registration (PDF)")}
REPORT_PREFIX = "report:"
# What is ordered with owners and screening, by part and by element: hits are compared with role holders too.
OF_OWNERS = (Part.OWNERSHIP, Part.SCREENING)
WITH_OWNERS = ("roles",)


def groups(contract: Contract) -> list[tuple[Words, list[tuple[str, Words]]]]:
    """Title and ticks (value, words) of each group that has any; a word nobody knows is shown as it is."""
    found: dict[str, list[tuple[str, Words]]] = {key: [] for key in GROUPS}
    for word in _elements(contract):
        section = SECTIONS.get(word)
        found[section.part if section else OTHER].append((word, section.tick if section else word))
    for kind in _reports(contract):
        found[Part.DOCUMENTS].append((REPORT_PREFIX + kind.report, REPORTS.get(kind.name, kind.report)))
    return [(GROUPS[key], ticks) for key, ticks in found.items() if ticks]


def _reports(contract: Contract) -> Iterator[Kind]:
    return (kind for kind in contract.kinds if kind.report)


def _elements(contract: Contract) -> Iterator[str]:
    """The words that are ticks of their own: an element that makes a report is ordered with that report."""
    implied = {word for kind in _reports(contract) for word in kind.implied_by}
    return (word for word in contract.expands if word not in implied)


def kinds_of_reports(contract: Contract) -> dict[str, str]:
    """The tick of each report, and the kind of result that it brings."""
    return {REPORT_PREFIX + kind.report: kind.name for kind in _reports(contract)}


def everything(contract: Contract) -> list[str]:
    return [value for _title, ticks in groups(contract) for value, _words in ticks]


def owners_and_screening(contract: Contract) -> list[str]:
    return [
        word
        for word in _elements(contract)
        if word in WITH_OWNERS or (word in SECTIONS and SECTIONS[word].part in OF_OWNERS)
    ]


def ordered(contract: Contract, ticked: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Reports and expands of an order, from the values ticked: a report with the elements that belong to it."""
    values = set(ticked)
    kinds = [kind for kind in _reports(contract) if REPORT_PREFIX + kind.report in values]
    wanted = values | {word for kind in kinds for word in kind.implied_by}
    return tuple(kind.report for kind in kinds), tuple(word for word in contract.expands if word in wanted)


def ticks_of(contract: Contract, result_request: ResultRequest) -> list[str]:
    """What was ticked for a result request; a word that the contract does not have any more is left out."""
    kinds = contract.ordered_kinds(result_request.reports, result_request.expands)
    reports = [REPORT_PREFIX + kind.report for kind in _reports(contract) if kind.name in kinds]
    return [*(word for word in _elements(contract) if word in result_request.expands), *reports]


def parts_of(contract: Contract, ticked: Iterable[str]) -> list[tuple[str, Words]]:
    """What is ticked: each value, and what it is called."""
    values = set(ticked)
    return [(value, words) for _title, ticks in groups(contract) for value, words in ticks if value in values]


def words_of(contract: Contract, ticked: Iterable[str]) -> list[Words]:
    """What is ticked, as it is called."""
    return [words for _value, words in parts_of(contract, ticked)]
