"""The six verdicts of a case in a list: from what the case keeps of them, as of the day they are read."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.findings.captures.documents import is_old
from cases.findings.screening.chapter import Screening
from cases.findings.screening.hit_counts import HitCount
from cases.findings.verdicts.verdicts import TOPICS, State, Verdict
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.caution_codes import CODES, GRAVITY
from cases.findings.vocabulary.sections import Topic
from cases.findings.vocabulary.wording import Words

# Beside the states: the topics of alarms that no state tells, and what a list says of a screening; by its topic, the
# code of the gravest alarm of each verdict.
ALARMS, PEP_HITS, HAS_FAILED = "alarms", "pep_hits", "screening_failed"
HITS_WITHOUT_LIST = "hits_without_list"
REASONS = "reasons"
# The day of the screening, if it is of an earlier capture than the one that is read.
SCREENED_ON = "screened_on"
SHORT: dict[Topic, Words] = {
    Topic.IDENTITY: _("Id."),
    Topic.OWNERS: _("Own."),
    Topic.AUTHORITY: _("Auth."),
    Topic.SANCTIONS: _("Sanct."),
    Topic.PEP: _("PEP"),
    Topic.DOCUMENTS: _("Doc."),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One of the six verdicts. `has_alarm` as in Verdict: also where its state says that nothing was done."""

    topic: Topic
    state: State
    has_alarm: bool = False
    reason: Words = ""

    @property
    def title(self) -> Words:
        """What it is about."""
        return TOPICS[self.topic]

    @property
    def short(self) -> Words:
        """The topic in a few letters, to stand beside an icon."""
        return SHORT[self.topic]

    @property
    def words(self) -> Words:
        """The state as a reader sees it."""
        return self.state.words

    @property
    def description(self) -> str:
        """All of it in a line: 'Identity: Alarm (Under liquidation)'."""
        return f"{self.title}: {self.words}" + (f" ({self.reason})" if self.reason else "")


def kept(found: Iterable[Verdict], screening: Screening) -> dict[str, object]:
    """What a case keeps of its verdicts: the state of each, and what no state tells."""
    every = tuple(found)
    alarms = [
        str(verdict.topic) for verdict in every if verdict.has_alarm and verdict.state is not State.ALARM
    ]
    states: dict[str, object] = {str(verdict.topic): str(verdict.state) for verdict in every}
    reasons = {str(verdict.topic): verdict.alarm_code for verdict in every if verdict.alarm_code}
    beside = {
        REASONS: reasons,
        ALARMS: alarms,
        PEP_HITS: screening.hit_count.pep,
        HITS_WITHOUT_LIST: screening.hit_count.without_list,
        HAS_FAILED: screening.has_failed,
        SCREENED_ON: _day_of(screening),
    }
    return states | {word: value for word, value in beside.items() if value}


def _day_of(screening: Screening) -> str:
    origin = screening.origin
    return timezone.localdate(origin.captured_at).isoformat() if origin else ""


def screened_on(kept: Mapping[str, object]) -> datetime.date | None:
    """The day of a screening of an earlier capture than the one that is read, by what a case keeps."""
    day = kept.get(SCREENED_ON)
    return datetime.date.fromisoformat(day) if isinstance(day, str) else None


def is_not_renewed(kept: Mapping[str, object]) -> bool:
    """Was a screening ordered anew in vain, and is that the gravest that is said of it?"""
    return _reasons(kept).get(str(Topic.SANCTIONS)) == "screening_not_renewed"


def with_documents(present: Mapping[str, object], verdict: Verdict) -> dict[str, object]:
    """Give what a case keeps with another verdict on the documents."""
    topic = str(Topic.DOCUMENTS)
    others = {word: code for word, code in _reasons(present).items() if word != topic}
    reasons = others | ({topic: verdict.alarm_code} if verdict.alarm_code else {})
    rest = {word: value for word, value in present.items() if word != REASONS}
    return rest | {topic: str(verdict.state)} | ({REASONS: reasons} if reasons else {})


def with_cautions(present: Mapping[str, object], cautions: Iterable[Caution]) -> dict[str, object]:
    """Give what a case keeps with more cautions: what was in order has points to check, or is an alarm."""
    found = dict(present)
    for caution in cautions:
        topic = str(caution.topic)
        if caution.is_alarm:
            codes = {
                word: code
                for word, code in _reasons(found).items()
                if isinstance(code, str) and code in GRAVITY
            }
            gravest = min(codes.get(topic, caution.code), caution.code, key=GRAVITY.__getitem__)
            found |= {topic: str(State.ALARM), REASONS: {**_reasons(found), topic: gravest}}
            rest = [word for word in _alarms(found) if word != topic]
            found = {word: value for word, value in found.items() if word != ALARMS} | (
                {ALARMS: rest} if rest else {}
            )
        elif found.get(topic) == State.IN_ORDER:
            found[topic] = str(State.POINTS_TO_CHECK)
    return found


def reason(kept: Mapping[str, object], topic: Topic) -> Words:
    """Why a verdict reads 'Alarm', in short; '' where that is not kept."""
    code = CODES.get(str(_reasons(kept).get(str(topic))))
    return code.words if code else ""


def _reasons(kept: Mapping[str, object]) -> Mapping[str, object]:
    reasons = kept.get(REASONS)
    return reasons if isinstance(reasons, dict) else {}


def hit_count(kept: Mapping[str, object], total: int, likely: int) -> HitCount:
    """How many hits of which lists, by what a case keeps."""
    return HitCount(total, _number(kept, PEP_HITS), likely, _number(kept, HITS_WITHOUT_LIST))


def _number(kept: Mapping[str, object], word: str) -> int:
    count = kept.get(word)
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
    """Give the six verdicts, in the order of the chips. One that is not kept, or not understood, is not done.

    `is_screening_ordered`: while no result tells, whether one that was ordered may.
    """
    found = {topic: _state(kept.get(topic)) for topic in TOPICS}
    certificate_is_old = certificate_from is not None and is_old(certificate_from, today)
    if certificate_is_old and found[Topic.DOCUMENTS] is State.IN_ORDER:
        found[Topic.DOCUMENTS] = State.POINTS_TO_CHECK
    alarms = {topic for topic in TOPICS if found[topic] is State.ALARM or topic in _alarms(kept)}
    if Topic.SANCTIONS not in kept and not is_screening_ordered:
        alarms.add(Topic.SANCTIONS)
    return tuple(
        Sign(topic, state, topic in alarms, reason(kept, topic) if topic in alarms else "")
        for topic, state in found.items()
    )


def _alarms(kept: Mapping[str, object]) -> list[object]:
    alarms = kept.get(ALARMS)
    return alarms if isinstance(alarms, list) else []


def _state(word: object) -> State:
    try:
        return State(str(word))
    except ValueError:
        return State.NOT_DONE
