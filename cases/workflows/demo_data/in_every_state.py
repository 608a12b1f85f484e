"""Sees that there is a seeded case in each state that people's work leads to, beside decisions (decided.py)."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Count
from django.utils import timezone

from cases.assessment.judging.draft import Draft, objections
from cases.findings.screening.hit import Hit
from cases.models import (
    AuditEvent,
    Case,
    CaseState,
    Judgement,
    JudgementVerdict,
    PolicyKind,
    Recusal,
    SecondState,
    User,
    Verb,
)
from cases.models.casework.case import CaseQuerySet
from cases.workflows.casework import recusing, waiting
from cases.workflows.casework.judging import second
from cases.workflows.casework.judging.judge import Seen, judge
from cases.workflows.casework.waiting import Wait
from cases.workflows.demo_data.earlier import earlier, quiet_for
from cases.workflows.demo_data.judged import CANNOT_TELL, SAME, SEND_BACK, reading_of
from cases.workflows.policy import versions

NAMESPACE = uuid.UUID("3b8c2a53-8d5a-5e8e-9c7e-0b9a1d6f4e71")
DAY = datetime.timedelta(days=1)
WAITS_FOR = "A copy of the passport of the chair"
RELATED = "The chair is a relative of mine."
LEFT_OPEN, WAITED = 9, 6  # days ago


@dataclass(frozen=True)
class Seeded:
    """The seeded cases, and the people of the demonstration."""

    keys: tuple[uuid.UUID, ...]
    cast: dict[str, User]

    @property
    def open(self) -> CaseQuerySet:
        """Those that are worked on by the analyst, and of which nobody has proposed anything."""
        found = Case.objects.open().filter(submission__in=self.keys, assignee=self.cast["analyst"])
        states = (CaseState.NEW, CaseState.IN_REVIEW)
        return found.filter(state__in=states, decisions__isnull=True).order_by("submission")

    @property
    def judgements(self) -> Iterable[Judgement]:
        """The newest judgement of each hit of theirs."""
        found = Judgement.objects.filter(hit__case__submission__in=self.keys).order_by("hit", "number")
        return {row.hit_id: row for row in found}.values()


def see_every_state(submissions: Iterable[list[uuid.UUID]], cast: dict[str, User]) -> int:
    """Bring one case into each state in which none is yet, as far as there are cases for it; give how many."""
    seeded = Seeded(tuple(key for together in submissions for key in together), cast)
    return sum(make(seeded) for is_there, make in STATES.values() if not is_there(seeded))


# --- Waiting, and recusal ------------------------------------------------------------------------------------


def _is_waiting(seeded: Seeded) -> bool:
    return Case.objects.waiting().filter(submission__in=seeded.keys).exists()


def _wait(seeded: Seeded) -> bool:
    case = seeded.open.filter(screening__in=("NONE", "JUDGED")).first()
    if case is not None:
        waiting.wait(case, Wait(WAITS_FOR, timezone.localdate() + LEFT_OPEN * DAY), seeded.cast["analyst"])
    return case is not None


def _has_waited(seeded: Seeded) -> bool:
    went_on = AuditEvent.objects.filter(verb=Verb.CASE_RESUMED, actor=None)
    return bool(went_on.filter(chain__case__submission__in=seeded.keys).exists())


def _go_on(seeded: Seeded) -> bool:
    """Let a case wait until a day that has come since, and go on with it as the queue does."""
    case = quiet_for(seeded.open, WAITED).filter(screening__in=("NONE", "JUDGED")).first()
    if case is None:
        return False
    with earlier(WAITED):
        waiting.wait(case, Wait(WAITS_FOR, timezone.localdate() + 3 * DAY), seeded.cast["analyst"])
    waiting.go_on_by_itself(case)
    return True


def _is_recused(seeded: Seeded) -> bool:
    return Recusal.objects.filter(case__submission__in=seeded.keys).exists()


def _recuse(seeded: Seeded) -> bool:
    case = seeded.open.filter(hits__isnull=True).last()
    if case is not None:
        recusing.recuse(case, RELATED, seeded.cast["analyst"])
    return case is not None


# --- Hits ----------------------------------------------------------------------------------------------------


def _with_hits(seeded: Seeded) -> CaseQuerySet:
    """The cases in which somebody was found, those first in which the fewest hits were judged."""
    found = seeded.open.filter(hit_count__gt=0).annotate(judged=Count("hits__judgements"))
    return found.order_by("judged", "submission")


def _is_left_open(seeded: Seeded) -> bool:
    return any(row.wake_up and row.wake_up > timezone.localdate() for row in _not_told(seeded))


def _is_to_follow_up(seeded: Seeded) -> bool:
    return any(row.wake_up and row.wake_up <= timezone.localdate() for row in _not_told(seeded))


def _not_told(seeded: Seeded) -> Iterator[Judgement]:
    return (row for row in seeded.judgements if row.verdict == JudgementVerdict.CANNOT_TELL)


def _is_awaited(seeded: Seeded) -> bool:
    return any(row.awaits_second for row in seeded.judgements)


def _is_sent_back(seeded: Seeded) -> bool:
    return any(row.is_sent_back for row in seeded.judgements)


def _leave_open(seeded: Seeded) -> bool:
    return (
        _judge(seeded, _with_hits(seeded), lambda: [_until(timezone.localdate() + LEFT_OPEN * DAY)])
        is not None
    )


def _follow_up(seeded: Seeded) -> bool:
    quiet = quiet_for(_with_hits(seeded), LEFT_OPEN).reverse()
    cases = [*quiet]  # as they are now
    with earlier(LEFT_OPEN):
        return (
            _judge(seeded, cases, lambda: [_until(timezone.localdate() + (LEFT_OPEN - 1) * DAY)]) is not None
        )


def _until(day: datetime.date) -> Draft:
    return replace(CANNOT_TELL, wake_up=day)


def _await_second(seeded: Seeded) -> bool:
    return _judge(seeded, _with_hits(seeded), lambda: [SAME]) is not None


def _send_back(seeded: Seeded) -> bool:
    judgement = _judge(seeded, _with_hits(seeded), lambda: [SAME])
    if judgement is None:
        return False
    second.send_back(reading_of(judgement.hit.case), judgement, seeded.cast["reviewer"], SEND_BACK)
    return judgement.second_state == SecondState.AWAITED


def _judge(seeded: Seeded, cases: Iterable[Case], drafts: Callable[[], list[Draft]]) -> Judgement | None:
    """Judge the first open hit of these cases that nobody has judged, in the first way that its lines allow."""
    policy = versions.hit_reasons_of(versions.in_force(PolicyKind.HIT_REASONS))
    for case in cases:
        for hit in _unjudged(case):
            for draft in drafts():
                if not objections(policy, hit, draft, timezone.localdate()):
                    own = uuid.uuid5(NAMESPACE, f"{case.submission}/{hit.fingerprint}")
                    return judge(reading_of(case), Seen(hit.fingerprint), draft, seeded.cast["analyst"], own)
    return None


def _unjudged(case: Case) -> list[Hit]:
    reading = reading_of(case)
    return [hit for hit in reading.result.screening.open_hits if reading.judged.of(hit.fingerprint) is None]


# Each by its name: is there one, and how one is made. What is to have happened days ago has the first choice.
STATES: dict[str, tuple[Callable[[Seeded], bool], Callable[[Seeded], bool]]] = {
    "follow up": (_is_to_follow_up, _follow_up),
    "has waited": (_has_waited, _go_on),
    "left open": (_is_left_open, _leave_open),
    "waits for a second person": (_is_awaited, _await_second),
    "sent back": (_is_sent_back, _send_back),
    "waits for information": (_is_waiting, _wait),
    "recused": (_is_recused, _recuse),
}
