"""How a hit stands, in one word with its sign: open, likely, judged, waiting for a second person, open again."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.hit_reason_terms import HitVerdict
from cases.findings.screening.chapter import Disposition
from cases.findings.screening.hit import Hit
from cases.presentation.judged_hits import JudgedHit


class HitStatus(TextChoices):
    """The status of a hit; the value is its class in stylesheets."""

    LIKELY = "likely", _("Likely")
    OPEN = "open", _("Open")
    REOPENED = "reopened", _("Open again")
    SENT_BACK = "sent-back", _("Sent back")
    SECOND = "second", _("Second person")
    CANNOT_TELL = "cannot-tell", _("Cannot tell yet")
    CONFIRMED = "confirmed", _("The same")
    CLEARED = "cleared", _("Not the same")
    NO_MEASURE = "no-measure", _("No measure applies")

    @property
    def icon(self) -> str:
        """An id of static/icons.svg."""
        return ICONS[self]

    @property
    def is_open(self) -> bool:
        """Is the hit still to be judged, or to be confirmed?"""
        return self not in NOT_OPEN


ICONS: dict[HitStatus, str] = {
    HitStatus.LIKELY: "shield-alert",
    HitStatus.OPEN: "circle-alert",
    HitStatus.REOPENED: "rotate-ccw",
    HitStatus.SENT_BACK: "rotate-ccw",
    HitStatus.SECOND: "users",
    HitStatus.CANNOT_TELL: "circle-question-mark",
    HitStatus.CONFIRMED: "shield-x",
    HitStatus.CLEARED: "circle-check",
    HitStatus.NO_MEASURE: "circle-check",
}
NOT_OPEN = (HitStatus.CONFIRMED, HitStatus.CLEARED, HitStatus.NO_MEASURE)
OF_VERDICTS: dict[str, HitStatus] = {
    HitVerdict.TRUE_MATCH: HitStatus.CONFIRMED,
    HitVerdict.FALSE_POSITIVE: HitStatus.CLEARED,
    HitVerdict.NOT_APPLICABLE: HitStatus.NO_MEASURE,
    HitVerdict.CANNOT_TELL: HitStatus.CANNOT_TELL,
}


def status_of(hit: Hit, judged: JudgedHit | None) -> HitStatus:
    """How a hit stands; one that is the same as a party of ours is likely until a judgement stands."""
    if judged is None:
        return HitStatus.LIKELY if hit.is_same else HitStatus.OPEN
    if judged.disposition is not Disposition.OPEN:
        return OF_VERDICTS[judged.judgement.verdict]
    if judged.reopened:
        return HitStatus.REOPENED
    if judged.judgement.is_sent_back:
        return HitStatus.SENT_BACK
    return HitStatus.SECOND if judged.awaits_second else OF_VERDICTS[judged.judgement.verdict]
