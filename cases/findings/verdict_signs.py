"""The six verdicts of a case in a list: from what the case keeps of them, as of the day they are read."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.findings.caution_codes import Topic
from cases.findings.documents import is_old
from cases.findings.presence import Words
from cases.findings.screening_chapter import Screening
from cases.findings.verdicts import TOPICS, State, Verdict

# Beside the states: the topics of alarms that no state tells, and what a list says of a screening.
ALARMS, PEP_HITS, HAS_FAILED = "alarms", "pep_hits", "screening_failed"


@dataclass(frozen=True, slots=True)
class Sign:
    """One of the six. `has_alarm` as that of a verdict: also where its state says that nothing was done."""

    topic: Topic
    state: State
    has_alarm: bool = False

    @property
    def title(self) -> Words:
        """What it is about."""
        return TOPICS[self.topic]

    @property
    def words(self) -> Words:
        """What it comes to."""
        return self.state.words


def kept(found: Iterable[Verdict], screening: Screening) -> dict[str, object]:
    """What a case keeps of its verdicts: the state of each, and what no state tells."""
    every = tuple(found)
    alarms = [str(each.topic) for each in every if each.has_alarm and each.state is not State.ALARM]
    states: dict[str, object] = {str(each.topic): str(each.state) for each in every}
    beside = {ALARMS: alarms, PEP_HITS: len(screening.pep_hits), HAS_FAILED: screening.has_failed}
    return states | {word: value for word, value in beside.items() if value}


def pep_hits(kept: Mapping[str, object]) -> int:
    """How many hits are of PEP lists, by what a case keeps."""
    count = kept.get(PEP_HITS)
    return count if isinstance(count, int) else 0


def has_failed(kept: Mapping[str, object]) -> bool:
    """Did the provider say that the screening failed, by what a case keeps?"""
    return kept.get(HAS_FAILED) is True


def signs(
    kept: Mapping[str, object],
    certificate_from: datetime.date | None,
    today: datetime.date,
    *,
    is_screening_ordered: bool = True,
) -> tuple[Sign, ...]:
    """The six, in the order of the chips. What is not kept, or not understood, is not done.

    `is_screening_ordered`: while no result tells, whether one that was ordered may.
    """
    found = {topic: _state(kept.get(topic)) for topic in TOPICS}
    certificate_is_old = certificate_from is not None and is_old(certificate_from, today)
    if certificate_is_old and found[Topic.DOCUMENTS] is State.IN_ORDER:
        found[Topic.DOCUMENTS] = State.POINTS_TO_CHECK
    alarms = {topic for topic in TOPICS if found[topic] is State.ALARM or topic in _alarms(kept)}
    if Topic.SANCTIONS not in kept and not is_screening_ordered:
        alarms.add(Topic.SANCTIONS)
    return tuple(Sign(topic, state, topic in alarms) for topic, state in found.items())


def _alarms(kept: Mapping[str, object]) -> list[object]:
    alarms = kept.get(ALARMS)
    return alarms if isinstance(alarms, list) else []


def _state(word: object) -> State:
    try:
        return State(str(word))
    except ValueError:
        return State.NOT_DONE
