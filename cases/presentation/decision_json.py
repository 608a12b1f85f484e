"""The newest decision of a case in plain values (docs/casework.md): the same twice, byte for byte."""

from typing import Any

from cases.models import Decision

Plain = dict[str, Any]
NOTHING: Plain = dict.fromkeys(
    (
        *("outcome", "reason", "rationale", "conditions", "next_review", "risk_class", "superior_because"),
        *(
            "number",
            "capture",
            "proposed_by",
            "proposed_at",
            "approved_by",
            "approved_at",
            "digest",
            "voided_because",
        ),
    )
)


def of_decision(row: Decision | None) -> Plain:
    """The decision that a case stands by, and how it stands; None if there is none."""
    if row is None:
        return {"state": "none", **NOTHING, "rests_on": {}}
    is_made = row.is_confirmed
    return {
        "state": state_of(row),
        "number": row.number,
        "outcome": row.outcome,
        "reason": row.reason or None,
        "rationale": row.rationale,
        "conditions": row.conditions,
        "next_review": row.next_review.isoformat() if row.next_review else None,
        "risk_class": row.risk_class or None,
        "superior_because": row.superior_because or None,
        "proposed_by": row.by.name,
        "proposed_at": row.at.isoformat(),
        "approved_by": row.second_by.name if is_made and row.second_by else None,
        "approved_at": row.second_at.isoformat() if is_made and row.second_at else None,
        "digest": row.digest,
        "capture": row.capture.sha256 if row.capture else None,
        "rests_on": {
            part["part"]: {
                "words": part["words"],
                "values": {key: value for key, _title, value, _words in part["entries"]},
            }
            for part in row.basis
        },
        "voided_because": row.ended_because if row.is_void else None,
    }


def state_of(row: Decision) -> str:
    """What became of a decision, in one word: proposed, countersigned, sent_back, withdrawn, void."""
    if row.ending:
        return row.ending.lower()
    if row.is_confirmed:
        return "countersigned"
    return "sent_back" if row.is_sent_back else "proposed"
