"""Writes a note of suspicion about one seeded case, as the suspicion officer of the demonstration would."""

import uuid
from collections.abc import Iterable

from cases.models import Case, Screening, SuspicionConclusion, SuspicionNote, User
from cases.workflows.casework import suspicion

NAMESPACE = uuid.UUID("5e9d6f57-0d54-5b0b-9d0b-5d3d7c1f2a90")
WORDS = "Large payments in cash on the day of opening, which the answers about the trade do not explain."


def suspect_one(submissions: Iterable[list[uuid.UUID]], cast: dict[str, User]) -> None:
    """Write a note about the first open seeded case with hits, unless there is one about any case."""
    if SuspicionNote.objects.exists():
        return
    for together in submissions:
        found = Case.objects.open().filter(submission__in=together, screening=Screening.HITS)
        if case := found.order_by("submission").first():
            own = uuid.uuid5(NAMESPACE, str(case.submission))
            suspicion.note(case, WORDS, SuspicionConclusion.LOOKED_INTO, cast["suspicion"], own)
            return
