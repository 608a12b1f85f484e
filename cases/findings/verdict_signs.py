"""The six verdicts of a case in a list: from what the case keeps of them, as of the day they are read."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from cases.findings.caution_codes import Topic
from cases.findings.documents import is_old
from cases.findings.presence import Words
from cases.findings.verdicts import TOPICS, State


@dataclass(frozen=True, slots=True)
class Sign:
    """One of the six."""

    topic: Topic
    state: State

    @property
    def title(self) -> Words:
        """What it is about."""
        return TOPICS[self.topic]

    @property
    def words(self) -> Words:
        """What it comes to."""
        return self.state.words


def signs(
    kept: Mapping[str, object], certificate_from: datetime.date | None, today: datetime.date
) -> tuple[Sign, ...]:
    """The six, in the order of the chips. What is not kept, or not understood, is not done."""
    found = {topic: _state(kept.get(topic)) for topic in TOPICS}
    certificate_is_old = certificate_from is not None and is_old(certificate_from, today)
    if certificate_is_old and found[Topic.DOCUMENTS] is State.IN_ORDER:
        found[Topic.DOCUMENTS] = State.POINTS_TO_CHECK
    return tuple(Sign(topic, state) for topic, state in found.items())


def _state(word: object) -> State:
    try:
        return State(str(word))
    except ValueError:
        return State.NOT_DONE
