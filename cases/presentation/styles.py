"""The one table of colours and icons: how a state looks, wherever it is shown."""

from dataclasses import dataclass
from enum import StrEnum

from cases.assessment.policy.risk_terms import RiskClass
from cases.models import CaseState, EvidenceState, SessionState, Verdict


class Colour(StrEnum):
    """The colours of tags and icons, by the names that the stylesheets have for them (data-color)."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True)
class Style:
    """A colour, and an id of static/icons.svg."""

    colour: Colour
    icon: str


RISK_CLASSES: dict[RiskClass, Style] = {
    RiskClass.LOW: Style(Colour.SUCCESS, "scale"),
    RiskClass.NORMAL: Style(Colour.INFO, "scale"),
    RiskClass.HIGH: Style(Colour.DANGER, "triangle-alert"),
    RiskClass.PROHIBITED: Style(Colour.DANGER, "ban"),
}
# Of a case, by its status; every other is being worked on.
CASES: dict[str, Style] = {
    CaseState.NEW: Style(Colour.INFO, "circle-dashed"),
    CaseState.WAITING: Style(Colour.INFO, "hourglass"),
    CaseState.PROPOSED: Style(Colour.INFO, "users"),
    CaseState.SENT_BACK: Style(Colour.DANGER, "rotate-ccw"),
    CaseState.APPROVED: Style(Colour.SUCCESS, "badge-check"),
    CaseState.CONDITIONS: Style(Colour.SUCCESS, "badge-check"),
    CaseState.REFUSED: Style(Colour.DANGER, "ban"),
    CaseState.CLOSED: Style(Colour.NEUTRAL, "circle-slash-2"),
    CaseState.WITHDRAWN: Style(Colour.NEUTRAL, "circle-slash-2"),
}
WORKED_ON = Style(Colour.WARNING, "pen-line")
NOTHING_ORDERED = Style(Colour.NEUTRAL, "circle-dashed")
WAITING = Style(Colour.INFO, "hourglass")
EXPIRING = Style(Colour.DANGER, "timer")
LOST = Style(Colour.DANGER, "timer-off")

SESSIONS: dict[str, Style] = {
    SessionState.REQUESTED: Style(Colour.INFO, "send"),
    SessionState.CREATING: Style(Colour.INFO, "send"),
    SessionState.OPEN: WAITING,
    SessionState.DOUBTFUL: Style(Colour.WARNING, "circle-question-mark"),
    SessionState.COMPLETE: Style(Colour.SUCCESS, "circle-check"),
    SessionState.PARTIAL: Style(Colour.WARNING, "triangle-alert"),
    SessionState.FAILED: Style(Colour.DANGER, "circle-x"),
    SessionState.UNKNOWN: Style(Colour.DANGER, "circle-question-mark"),
    SessionState.QUARANTINED: Style(Colour.DANGER, "ban"),
}
VERDICTS: dict[str, Style] = {
    Verdict.VERIFIED: Style(Colour.SUCCESS, "shield-check"),
    Verdict.NOT_TRUSTED: Style(Colour.WARNING, "shield-question-mark"),
    Verdict.ALTERED: Style(Colour.DANGER, "shield-x"),
    Verdict.UNSIGNED: Style(Colour.WARNING, "shield-alert"),
    Verdict.NOT_A_PDF: Style(Colour.DANGER, "file-x"),
    Verdict.CANNOT_TELL: Style(Colour.WARNING, "circle-question-mark"),
}
# What was captured and must not be used, the gravest first.
UNUSABLE: dict[str, Style] = {
    EvidenceState.ABOUT_ANOTHER: Style(Colour.DANGER, "ban"),
    EvidenceState.ALTERED: Style(Colour.DANGER, "file-warning"),
    EvidenceState.UNREADABLE: Style(Colour.DANGER, "file-x"),
}
# A result in the progress of its capture, by the state of a step.
RESULTS: dict[str, Style] = {
    "ordered": NOTHING_ORDERED,
    "waiting": WAITING,
    "ready": Style(Colour.INFO, "download"),
    "captured": Style(Colour.SUCCESS, "circle-check"),
    "failed": Style(Colour.DANGER, "circle-x"),
    "expired": LOST,
    "held": Style(Colour.WARNING, "pause"),
}
