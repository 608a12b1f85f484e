"""Holds what people judged the hits of a case to be against the hits as they now are.

The one answer for page, lists, report and export.
"""

import datetime
from collections.abc import Mapping, Sequence

from django.utils import timezone

from cases.assessment.judging.compared_content import parties_of
from cases.assessment.judging.holding import Judged, reopenings
from cases.assessment.policy.hit_reason_terms import HitVerdict
from cases.findings.result import Result, with_dispositions
from cases.findings.screening.hit import Hit
from cases.models import Judgement
from cases.presentation.judged_hits import NOBODY_JUDGED, HitJudgements, JudgedHit
from cases.workflows.policy import versions


def judged_hits(
    case: int,
    result: Result,
    today: datetime.date | None = None,
    newest: Sequence[Judgement] | None = None,
) -> HitJudgements:
    """Hold the newest judgement of each hit that a result lists against the hit as it now is. `case` is its key.

    `newest`: those judgements, if they are read already.
    """
    listed = {hit.fingerprint: hit for hit in result.screening.hits}
    if not listed:
        return NOBODY_JUDGED
    found = Judgement.objects.newest_of(case) if newest is None else newest
    judgements = [one for one in found if one.hit.fingerprint in listed]
    if not judgements:
        return NOBODY_JUDGED
    day, ours = today or timezone.localdate(), parties_of(result.screening.parties)
    return HitJudgements(
        {
            judgement.hit.fingerprint: _held(judgement, listed[judgement.hit.fingerprint], ours, day)
            for judgement in judgements
        }
    )


def with_judgements(result: Result, judged: HitJudgements) -> Result:
    """The result with what became of its hits."""
    if not judged.by_fingerprint and not result.screening.dispositions:
        return result
    found = {fingerprint: hit.disposition for fingerprint, hit in judged.by_fingerprint.items()}
    return with_dispositions(result, found)


def _held(judgement: Judgement, hit: Hit, ours: Mapping[str, str], today: datetime.date) -> JudgedHit:
    policy = versions.hit_reasons_of(judgement.policy)
    found = reopenings(policy, basis_of(judgement), hit, ours, today)
    return JudgedHit(judgement, found)


def basis_of(judgement: Judgement) -> Judged:
    """What a judgement was made on, as it is held against a hit."""
    return Judged(
        verdict=HitVerdict(judgement.verdict),
        reasons=tuple(judgement.reasons),
        content=judgement.content,
        parties=judgement.parties.parties,
        party=judgement.party,
        match=judgement.match,
        expires_on=judgement.expires_on,
    )
