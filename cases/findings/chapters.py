"""The chapters of a result by their places in it, as a reader calls them."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from cases.findings.caution import Caution
from cases.findings.presence import Kind, Nothing, Words

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
# What many organisations do not have, so that nobody misses it when it does not come.
NOT_MISSED = {"keyInformation.lei", "links"}


def cautions(nothing: Mapping[str, Nothing]) -> Iterator[Caution]:
    """Warn of what was asked for and is not in a result that came: silence is no finding."""
    failed = [
        place for place, each in nothing.items() if each.kind is Kind.FAILED and place not in NOT_MISSED
    ]
    if SCREENING in failed:
        text = _("Nobody was screened: the screening was ordered, and did not come or cannot be read.")
        yield Caution("screening_not_delivered", text, SCREENING)
    others = [place for place in failed if place != SCREENING]
    if others:
        names = ", ".join(str(NAMES[place]) for place in others)
        missing = _("Ordered, but not delivered or not readable: %(chapters)s.") % {"chapters": names}
        yield Caution("chapters_not_delivered", missing, others[0])
