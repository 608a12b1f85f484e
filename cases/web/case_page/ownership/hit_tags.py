"""The hits on somebody as tags in their row, each of which leads to a hit on the tab Screening."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.assessment.owners.listed import PersonHits
from cases.findings.screening.hit import Hit
from cases.presentation.hit_status import HitStatus
from cases.web.case_page.page import CasePage
from cases.web.case_page.screening.judging_area import JudgingArea


@dataclass(frozen=True)
class HitTag:
    """A tag: its colour in the design system, the icon, and where it leads."""

    words: str
    colour: str
    icon: str
    address: str


def hit_tags(page: CasePage, hits: PersonHits) -> Sequence[HitTag]:
    """The hits on somebody: likely ones, others that are open, confirmed, cleared; or that they are not known."""
    return [*_tags(JudgingArea(page), hits)]


def _tags(screening: JudgingArea, hits: PersonHits) -> Iterator[HitTag]:
    if not hits.is_known:
        icon = HitStatus.CANNOT_TELL.icon
        yield HitTag(_("Hits: not known"), "info", icon, screening.address_of(""))
        return
    for found, words, colour, status in (
        (
            hits.likely,
            ngettext("%(n)d likely hit", "%(n)d likely hits", len(hits.likely)),
            "danger",
            HitStatus.LIKELY,
        ),
        (hits.open, ngettext("%(n)d open hit", "%(n)d open hits", len(hits.open)), "warning", HitStatus.OPEN),
        (
            hits.confirmed,
            ngettext("%(n)d confirmed hit", "%(n)d confirmed hits", len(hits.confirmed)),
            "danger",
            HitStatus.CONFIRMED,
        ),
        (
            hits.cleared,
            ngettext("%(n)d hit judged, and cleared", "%(n)d hits judged, and cleared", len(hits.cleared)),
            "neutral",
            HitStatus.CLEARED,
        ),
    ):
        if found:
            yield HitTag(words % {"n": len(found)}, colour, status.icon, _address(screening, found))


def _address(screening: JudgingArea, hits: Sequence[Hit]) -> str:
    return f"{screening.address_of(hits[0].fingerprint)}#name-of-hit"
