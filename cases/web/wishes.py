"""What can be asked for, in words and in groups, as a person ticks it. The contract decides what there is."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.provider.contract import Contract

Words = str | Promise

GROUPS: dict[str, Words] = {
    "company": _("Company"),
    "ownership": _("Ownership"),
    "people": _("People and authority"),
    "screening": _("Screening"),
    "financials": _("Financials"),
    "documents": _("Signed reports"),
    "other": _("Other"),
}
# The words of contract §2: their group, and what an analyst calls them.
ELEMENTS: dict[str, tuple[str, Words]] = {
    "keyInformation.lei": ("company", _("Legal entity identifier (LEI)")),
    "address": ("company", _("Addresses")),
    "ownership.beneficials": ("ownership", _("Beneficial owners")),
    "ownership.shareholders": ("ownership", _("Shareholders")),
    "ownership.subsidiaries": ("ownership", _("Subsidiaries")),
    "ownership.indicators": ("ownership", _("Indicators of the structure")),
    "roles": ("people", _("Roles")),
    "authorities": ("people", _("Who can sign, and procuration")),
    "sanction": ("screening", _("Sanctions and politically exposed persons")),
    "financials.accounting": ("financials", _("Accounts")),
    "financials.keyFigures": ("financials", _("Key figures")),
    "financials.auditor": ("financials", _("Auditor")),
    "financials.accountant": ("financials", _("Accountant")),
    "links.reports.aml": ("documents", _("AML report: its link in the result, which makes the report too")),
    "links.reports.certificate_of_incorporation": (
        "documents",
        _("Certificate: its link in the result, which makes the certificate too"),
    ),
}
REPORTS: tuple[Words, ...] = (_("AML report (PDF)"), _("Certificate of registration (PDF)"))
REPORT_PREFIX = "report:"


def groups(contract: Contract) -> list[tuple[Words, list[tuple[str, Words]]]]:
    """Title and ticks (value, words) of each group that has any; a word nobody knows is shown as it is."""
    found: dict[str, list[tuple[str, Words]]] = {key: [] for key in GROUPS}
    for word in contract.expands:
        group, words = ELEMENTS.get(word, ("other", word))
        found[group].append((word, words))
    found["documents"][:0] = list(_reports(contract))
    return [(GROUPS[key], ticks) for key, ticks in found.items() if ticks]


def _reports(contract: Contract) -> Iterator[tuple[str, Words]]:
    for word, words in zip(contract.reports, REPORTS, strict=True):
        yield REPORT_PREFIX + word, words


def everything(contract: Contract) -> list[str]:
    return [value for _title, ticks in groups(contract) for value, _words in ticks]


def chosen(ticked: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Reports and expands of an order, from the values ticked."""
    reports = tuple(value.removeprefix(REPORT_PREFIX) for value in ticked if value.startswith(REPORT_PREFIX))
    return reports, tuple(value for value in ticked if not value.startswith(REPORT_PREFIX))
