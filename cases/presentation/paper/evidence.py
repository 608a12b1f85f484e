"""What requirements rest on: in the body the first few by name and short hash, in the annex each piece once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.assessment.requirements.case_facts import EvidenceRef
from cases.assessment.requirements.found import State
from cases.assessment.requirements.work_out import RequirementStatus
from cases.presentation.paper.printed_hits import PrintedHits

MOST_IN_BODY = 3
# How a state is marked where there is no colour.
SIGNS: dict[State, str] = {
    State.MET_BY_EVIDENCE: "✓",
    State.MET_BY_PERSON: "✓",
    State.WAIVED: "◇",
    State.NOT_APPLICABLE: "–",
    State.OPEN: "○",
    State.CANNOT_BE_KNOWN: "?",
}


@dataclass(frozen=True)
class Piece:
    """One piece of evidence under its name; `sha256` is '' of what is no file. `requirements`: what rests on it."""

    words: str
    sha256: str
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedRequirement:
    """A requirement as a report has it: `shown` of its evidence, and how many pieces more are in the annex alone."""

    status: RequirementStatus
    shown: tuple[Piece, ...]
    more: int

    @property
    def is_open(self) -> bool:
        return self.status.state.is_open

    @property
    def sign(self) -> str:
        """The mark of the state."""
        return SIGNS[self.status.state]

    @property
    def on(self) -> datetime.date | None:
        """When a person said what counts."""
        return self.status.statement.on if self.status.counts and self.status.statement else None


def printed(status: RequirementStatus, hits: PrintedHits) -> PrintedRequirement:
    """A requirement for the body; of many pieces of evidence the first stand there."""
    shown = tuple(Piece(_words(ref, hits), ref.hash) for ref in status.evidence[:MOST_IN_BODY])
    return PrintedRequirement(status, shown, max(0, len(status.evidence) - MOST_IN_BODY))


def pieces(statuses: Sequence[RequirementStatus], hits: PrintedHits) -> list[Piece]:
    """Every piece of evidence once, in the order in which requirements first name it."""
    found: dict[tuple[str, str], list[str]] = {}
    for status in statuses:
        for ref in status.evidence:
            found.setdefault((_words(ref, hits), ref.hash), []).append(status.required.id)
    return [Piece(words, sha256, tuple(dict.fromkeys(ids))) for (words, sha256), ids in found.items()]


def _words(ref: EvidenceRef, hits: PrintedHits) -> str:
    """What it is called; a judgement by the number that its hit has in the annex."""
    label = hits.labels.get(ref.id) if ref.kind == "judgement" else None
    return _("Judgement of hit %(label)s") % {"label": label} if label else ref.words
