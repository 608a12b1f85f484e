"""Tells in the trail which judged hits are open again by a result, or as their time is over: each once, with why."""

from django.utils import timezone

from cases.models import Artefact, Case, Verb
from cases.models.audit.subject import EventSubject
from cases.presentation.judged_hits import HitJudgements
from cases.workflows.audit import trail


def record(case: Case, artefact: Artefact, judged: HitJudgements) -> None:
    """Tell of the judgements that do not hold for a result. Inside the caller's transaction."""
    now = timezone.now()
    for held in judged.by_fingerprint.values():
        judgement = held.judgement
        if not held.reopened or judgement.reopened_at is not None:
            continue
        judgement.reopened_at = now
        judgement.save(update_fields=["reopened_at"])
        trail.record(
            case,
            Verb.HIT_REOPENED,
            subject=EventSubject.hit(judgement.hit_id),
            rests_on=artefact.sha256,
            detail={
                "hit": judgement.hit.name,
                "judged": str(judgement.verdict),
                "reopened": [str(change.words) for change in held.reopened],
            },
        )
