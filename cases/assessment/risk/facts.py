"""What a risk assessment is made from, beside the model."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.assessment.policy.risk_factors import Judged
from cases.findings.result import Result

TRUE_MATCH = "TRUE_MATCH"
# Reasons of ‘the same’ by what they mean for the risk; of all others it is another measure.
SANCTIONED = frozenset({"TM01", "TM02"})
EXPOSED = frozenset({"TM04", "TM05", "TM06"})


@dataclass(frozen=True, slots=True)
class JudgedHits:
    """How many hits got a verdict for a reason, both in the codes of the hit reasons."""

    verdict: str
    reason: str
    count: int

    @property
    def judged(self) -> str:
        """The word by which points and gates name them."""
        if self.verdict != TRUE_MATCH:
            return self.verdict
        if self.reason in SANCTIONED:
            return Judged.TRUE_MATCH_TFS
        return Judged.TRUE_MATCH_PEP if self.reason in EXPOSED else Judged.TRUE_MATCH_OTHER


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a case. `answers`: the chosen option by the factor's id, or by CDD, listed, complex."""

    result: Result
    today: datetime.date
    answers: Mapping[str, str] = field(default_factory=dict)
    judged: tuple[JudgedHits, ...] = ()
    # Hits without a judgement as the caller counts them; the hits of the result count too.
    open_hits: int = 0

    @property
    def judgements(self) -> dict[str, int]:
        """How many hits were judged, by the word of what became of them."""
        found: dict[str, int] = {}
        for hits in self.judged:
            if hits.count > 0:
                found[hits.judged] = found.get(hits.judged, 0) + hits.count
        return found

    @property
    def hits_to_judge(self) -> int:
        """How many hits are open: without a judgement, not readable, or judged ‘cannot tell yet’."""
        judgements = self.judgements
        listed = len(self.result.screening.hits) - sum(judgements.values())
        unread = self.result.screening.unread
        return max(self.open_hits, listed, 0) + unread + judgements.get(Judged.CANNOT_TELL, 0)
