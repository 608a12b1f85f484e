"""The chapters of a result by their places in it, as a reader calls them."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.caution_codes import Topic, topic_of
from cases.findings.vocabulary.presence import Kind, Nothing, Words

SCREENING = "sanction"
NAMES: dict[str, Words] = {
    "keyInformation": _("Key information"),
    "keyInformation.lei": _("LEI"),
    "address": _("Addresses"),
    "ownership.shareholders": _("Shareholders"),
    "ownership.beneficials": _("Beneficial owners"),
    "ownership.subsidiaries": _("Subsidiaries"),
    "ownership.indicators": _("Indicators of the structure"),
    "roles": _("Roles"),
    "authorities": _("Authority to sign"),
    SCREENING: _("Sanctions screening"),
    "financials.keyFigures": _("Key figures"),
    "financials.auditor": _("Auditor"),
    "financials.accountant": _("Accountant"),
    "financials.accounting": _("Accounts"),
    "links": _("Links in the result"),
}
# Where a chapter is read: the parts of a case, and for the beginning of a place in the result the part it is in.
PARTS: dict[str, Words] = {
    "overview": _("Overview"),
    "company": _("Company"),
    "ownership": _("Ownership"),
    "people": _("People and authority"),
    "screening": _("Screening"),
    "financials": _("Financials"),
    "documents": _("Documents"),
    "timeline": _("Timeline"),
}
READ_IN: dict[str, str] = {
    "keyInformation": "company",
    "address": "company",
    "links": "company",
    "ownership": "ownership",
    "roles": "people",
    "authorities": "people",
    "sanction": "screening",
    "financials": "financials",
    "documents": "documents",
}
# What many organisations do not have, so that nobody misses it when it does not come; and what warns of itself.
NOT_MISSED = {"keyInformation.lei", "links", SCREENING}


def part_of(place: str) -> str:
    """Name the part of a case in which a place of the result, such as `ownership.shareholders[0]`, is read."""
    return READ_IN.get(re.split(r"[.\[#]", place, maxsplit=1)[0], "company")


def cautions(nothing: Mapping[str, Nothing]) -> Iterator[Caution]:
    """Warn, topic by topic, of what was ordered and is not in a result that came. Screening speaks for itself."""
    failed: dict[Topic, list[str]] = {}
    for place, reason in nothing.items():
        if reason.kind is Kind.FAILED and place not in NOT_MISSED:
            failed.setdefault(topic_of("chapters_not_delivered", place), []).append(place)
    for places in failed.values():
        names = ", ".join(str(NAMES[place]) for place in places)
        text = _("Ordered, but not delivered or not readable: %(chapters)s.") % {"chapters": names}
        yield Caution("chapters_not_delivered", text, places[0], _in_short(names, nothing[places[0]]))


def _in_short(names: str, nothing: Nothing) -> Words:
    return f"{names}: {nothing.reason}" if nothing.reason else ""
