"""The hits of a report: in the body a line each, those that are open first; in the annex each in full, by number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.formats import number_words
from cases.models import Judgement
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.hit_status import HitStatus, status_of
from cases.presentation.hits_json import carried_from
from cases.presentation.judged_hits import JudgedHit

# Earlier judgements of hits, the newest first, by the fingerprint of the hit.
Earlier = Mapping[str, Sequence[Judgement]]
# How a status is marked where there is no colour.
SIGNS: dict[HitStatus, str] = {
    HitStatus.LIKELY: "▲",
    HitStatus.OPEN: "○",
    HitStatus.REOPENED: "↻",
    HitStatus.SENT_BACK: "↩",
    HitStatus.SECOND: "◐",
    HitStatus.CANNOT_TELL: "?",
    HitStatus.CONFIRMED: "■",
    HitStatus.NO_MEASURE: "✓",
    HitStatus.CLEARED: "✓",
}
# The gravest first: what is to be judged, what is to be confirmed, what was judged.
ORDER = {status: place for place, status in enumerate(SIGNS)}


@dataclass(frozen=True)
class PrintedHit:
    """One hit under its number in the annex, with how it stands and what people judged it to be, now and earlier.

    `carried_from`: the number of the earlier capture that the judgement was made on; None if it was on this one.
    """

    number: int
    hit: Hit
    judged: JudgedHit | None
    earlier: Sequence[Judgement] = ()
    carried_from: int | None = None

    @property
    def label(self) -> str:
        """What a reader looks for in the annex."""
        return f"A {self.number}"

    @property
    def status(self) -> HitStatus:
        return status_of(self.hit, self.judged)

    @property
    def sign(self) -> str:
        """The mark of the status."""
        return SIGNS[self.status]

    @property
    def judgement(self) -> Judgement | None:
        """The newest judgement; None if nobody has judged it."""
        return self.judged.judgement if self.judged else None

    @property
    def match(self) -> str:
        """The match number in a column of numbers; one that is none, or off the scale, stands in the annex."""
        if self.hit.match_doubt:
            return _("see annex") if self.hit.match else "–"
        return number_words(self.hit.match) if isinstance(self.hit.match, Decimal) else "–"

    @property
    def party(self) -> str:
        """Whom of ours it is nearest to; '' if to nobody, or to somebody without a name."""
        beside = self.hit.comparison
        return (beside.party.name or "") if beside and beside.party else ""


@dataclass(frozen=True)
class PrintedHits:
    """The hits of a report in the order of its table, which is that of the annex; `left_out` are not on paper."""

    lines: tuple[PrintedHit, ...]
    left_out: int = 0

    @cached_property
    def labels(self) -> dict[str, str]:
        """The number of each judged hit in the annex, by its newest judgement as requirements name it."""
        judged = ((line.judgement, line.label) for line in self.lines)
        return {f"{found.hit_id}/{found.number}": label for found, label in judged if found}

    @property
    def open(self) -> list[PrintedHit]:
        """Those to be judged, or to be confirmed by a second person."""
        return [line for line in self.lines if line.status.is_open]

    @property
    def judged(self) -> list[PrintedHit]:
        return [line for line in self.lines if not line.status.is_open]


def printed_hits(reading: CaptureReading, earlier: Earlier, most: int) -> PrintedHits:
    """Number the hits of a capture, open ones first and in each status as the screening has them; at most so many."""
    found = [(hit, reading.judged.of(hit.fingerprint)) for hit in reading.result.screening.hits]
    found.sort(key=lambda pair: ORDER[status_of(*pair)])
    return PrintedHits(
        tuple(
            PrintedHit(number, hit, judged, earlier.get(hit.fingerprint, ()), carried_from(reading, judged))
            for number, (hit, judged) in enumerate(found[:most], 1)
        ),
        max(0, len(found) - most),
    )
