"""What we hold on an organisation that another result names: the newest case, and what its capture says."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.findings.ownership.parties import Party
from cases.findings.screening.chapter import Screening
from cases.findings.vocabulary.formats import percent_words
from cases.findings.vocabulary.presence import Kind, did_come
from cases.findings.vocabulary.wording import Words
from cases.models import Case
from cases.presentation.capture_reading import CaptureReading

MOST_NAMED = 3
NOTHING_ORDERED = gettext_lazy("nothing was ordered")
ANOTHER = gettext_lazy("its capture is about another organisation")
NOT_TO_BE_SHOWN = gettext_lazy("its capture cannot be shown")


@dataclass(frozen=True)
class HeldCapture:
    """The newest case on an organisation; `decided_at`: when two people decided it, None if they did not."""

    case: Case
    decided_at: datetime.datetime | None
    reading: CaptureReading

    @property
    def number(self) -> int | None:
        """The number of the capture that is read, None if there is none."""
        return self.reading.session.number if self.reading.session and self.reading.is_captured else None

    @property
    def captured_at(self) -> datetime.datetime | None:
        """When that was captured."""
        return self.reading.artefact.captured_at if self.reading.artefact else None

    @property
    def why_not_read(self) -> Words:
        """Why nothing may be concluded from it; '' if something may."""
        if self.reading.session is None:
            return NOTHING_ORDERED
        if self.reading.is_about_another:
            return ANOTHER
        if self.reading.spoiled:
            return NOT_TO_BE_SHOWN
        nothing = self.reading.result.ownership.beneficials_nothing
        return "" if self.reading.is_usable else (nothing.words if nothing else NOT_TO_BE_SHOWN)

    @property
    def owners(self) -> str:
        """Whom it names as beneficial owners, in one line."""
        owned = self.reading.result.ownership
        if self.why_not_read:
            return _("beneficial owners: not known (%(why)s)") % {"why": self.why_not_read}
        if not did_come(owned.beneficials_nothing):
            why = owned.beneficials_nothing.words if owned.beneficials_nothing else ""
            return _("beneficial owners: not known (%(why)s)") % {"why": why}
        named = owned.beneficial_owners
        if not named:
            return _("names no beneficial owner")
        words = ", ".join(map(_owner, named[:MOST_NAMED]))
        if len(named) > MOST_NAMED:
            return _("%(names)s and %(n)d more") % {"names": words, "n": len(named) - MOST_NAMED}
        return words

    @property
    def hits(self) -> str:
        """What its screening found, as far as it says."""
        if self.why_not_read:
            return _("not known")
        return _hits(self.reading.result.screening)

    @property
    def is_grave(self) -> bool:
        """Has it a hit that is likely and open, or confirmed?"""
        screening = self.reading.result.screening
        return not self.why_not_read and bool(screening.likely or screening.confirmed)


def _owner(party: Party) -> str:
    share = next(
        (share for share in (party.control, party.integrated) if share is not None and share != ""), None
    )
    if share is None:
        return _("%(name)s (share not stated)") % {"name": party.name or "?"}
    return f"{party.name or '?'} {percent_words(share)}"


def _hits(screening: Screening) -> str:
    confirmed, waiting = len(screening.confirmed), len(screening.open_hits)
    parts = []
    if waiting:
        parts.append(ngettext("%(n)d open", "%(n)d open", waiting) % {"n": waiting})
    if confirmed:
        parts.append(ngettext("%(n)d confirmed", "%(n)d confirmed", confirmed) % {"n": confirmed})
    if parts:
        return ", ".join(parts)
    if screening.hits:
        return _("all judged, and cleared")
    if screening.is_clear:
        return _("no hits")
    is_ordered = screening.nothing is None or screening.nothing.kind is not Kind.NOT_REQUESTED
    return _("not known") if is_ordered else _("not screened")
