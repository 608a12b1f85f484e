"""The hits of a case with what people judged them to be, in plain values (docs/casework.md)."""

from typing import Any

from cases.assessment.judging.compared_content import compared_of, content_of, digest, parties_of
from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.sections import SCREENING
from cases.models import Judgement
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.judged_hits import JudgedHit

Plain = dict[str, Any]


def hits_of(reading: CaptureReading) -> list[Plain]:
    """Every hit of the capture that is read, in the order of the screening: the same twice, byte for byte."""
    parties = digest(parties_of(reading.result.screening.parties))
    return [_hit(hit, parties, reading) for hit in reading.result.screening.hits]


def _hit(hit: Hit, parties: str, reading: CaptureReading) -> Plain:
    judged = reading.judged.of(hit.fingerprint)
    content, party = content_of(hit), hit.comparison.party if hit.comparison else None
    judgement = judged.judgement if judged else None
    return {
        "id": hit.place,
        "identity": hit.fingerprint,
        "content": digest(content),
        "parties": parties,
        "entry": {**content, "match": hit.on_scale, "external_id": hit.external_id},
        "compared": [
            {"party": party.name if party else None, "line": line["attribute"], "verdict": line["verdict"]}
            for line in compared_of(hit)
        ],
        "judgement": _judgement(judgement) if judgement else None,
        "carried_from": carried_from(reading, judged),
        "reopened_because": [
            {
                "change": str(change.change),
                "words": str(change.words),
                "field": change.field,
                "was": list(change.was),
                "now": list(change.now),
            }
            for change in (judged.reopened if judged else ())
        ],
    }


def _judgement(judgement: Judgement) -> Plain:
    return {
        "verdict": judgement.verdict,
        "reason": list(judgement.reasons),
        "rationale": judgement.rationale,
        "by": judgement.by.name,
        "at": judgement.at.isoformat(),
        "policy": judgement.policy.number,
        "second": {
            "state": judgement.second_state,
            "because": list(judgement.second_because),
            "by": judgement.second_by.name if judgement.second_by else None,
            "at": judgement.second_at.isoformat() if judgement.second_at else None,
        },
        "files": [
            {"name": attachment.name, "sha256": attachment.sha256}
            for attachment in judgement.attachments.all()
        ],
        "expires": judgement.expires_on.isoformat() if judgement.expires_on else None,
        "wake_up": judgement.wake_up.isoformat() if judgement.wake_up else None,
    }


def carried_from(reading: CaptureReading, judged: JudgedHit | None) -> int | None:
    """The number of the capture that a judgement was made on, if it is an earlier one and still stands."""
    screened_by = reading.artefact_of(SCREENING)
    if judged is None or not judged.stands or (screened_by and judged.judgement.capture_id == screened_by.pk):
        return None
    return judged.judgement.capture.session.number
