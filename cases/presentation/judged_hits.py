"""The hits of a case with what people judged them to be, and whether that still holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.assessment.judging.holding import Reopening
from cases.assessment.policy.hit_reason_terms import HitVerdict
from cases.findings.screening.chapter import Disposition
from cases.models import Judgement

DISPOSITIONS: Mapping[str, Disposition] = {
    HitVerdict.FALSE_POSITIVE: Disposition.CLEARED,
    HitVerdict.NOT_APPLICABLE: Disposition.CLEARED,
    HitVerdict.TRUE_MATCH: Disposition.CONFIRMED,
    HitVerdict.CANNOT_TELL: Disposition.OPEN,
}


@dataclass(frozen=True)
class JudgedHit:
    """A hit with its newest judgement, and why that does not hold any more; empty as long as it does."""

    judgement: Judgement
    reopened: tuple[Reopening, ...] = ()

    @property
    def stands(self) -> bool:
        """Is it kept, confirmed where it must be, and nothing against it?"""
        judgement = self.judgement
        return not (self.reopened or judgement.awaits_second or judgement.is_sent_back)

    @property
    def disposition(self) -> Disposition:
        """What became of the hit."""
        return DISPOSITIONS[self.judgement.verdict] if self.stands else Disposition.OPEN

    @property
    def awaits_second(self) -> bool:
        """Can a second person confirm it now?"""
        return self.judgement.awaits_second and not self.reopened


@dataclass(frozen=True)
class HitJudgements:
    """The judged hits of a case, by the fingerprint of the hit; what is not in it nobody has judged."""

    by_fingerprint: Mapping[str, JudgedHit] = field(default_factory=dict)

    def of(self, fingerprint: str) -> JudgedHit | None:
        """The judgement of a hit, held against it; None if nobody has judged it."""
        return self.by_fingerprint.get(fingerprint)

    @property
    def awaiting_second(self) -> int:
        """How many wait for a second person."""
        return sum(judged.awaits_second for judged in self.by_fingerprint.values())


NOBODY_JUDGED = HitJudgements()
