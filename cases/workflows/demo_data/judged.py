"""Judges the hits of some seeded cases, as the people of the demonstration would: in every state a hit may be in."""

import datetime
import random
import uuid
from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone

from cases.assessment.judging.draft import Draft, objections
from cases.assessment.policy.hit_reason_terms import HitVerdict
from cases.findings.screening.hit import Hit
from cases.models import Case, PolicyKind, User
from cases.presentation.capture_reading import CaptureReading
from cases.workflows.casework.judging import second
from cases.workflows.casework.judging.judge import Seen, judge
from cases.workflows.policy import versions
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read

NAMESPACE = uuid.UUID("0a0e9a0e-55d8-5f0b-8f5e-3b0f3f1f7c61")
LEFT_ALONE = 0.4  # the share of cases in which nobody has judged anything yet
CLEARING = (
    Draft("FALSE_POSITIVE", ("FP01",), "Born on another day, by the register and by the passport."),
    Draft("FALSE_POSITIVE", ("FP02",), "The list names a vessel, we have a firm."),
    Draft(
        "FALSE_POSITIVE",
        ("FP05", "FP07"),
        "Another country, and another trade by the list.",
        "Trade, by the list's comment.",
    ),
)
SAME = Draft("TRUE_MATCH", ("TM07",), "Name, trade and country agree with the entry.")
CANNOT_TELL = Draft(
    HitVerdict.CANNOT_TELL,
    ("CT04",),
    "The customer was asked for a copy of the passport.",
    contacted="The customer, by e-mail",
)
SEND_BACK = "Say which page of the list you looked at."


def judge_some(submissions: Iterable[list[uuid.UUID]], cast: dict[str, User]) -> int:
    """Judge hits of the seeded cases of which nobody has judged any; give how many were judged."""
    count = 0
    for together in submissions:
        seeded = Case.objects.open().filter(submission__in=together, hits__isnull=False)
        waiting = seeded.exclude(hits__judgements__isnull=False).distinct().order_by("submission")
        count += sum(_judge(case, cast) for case in waiting)
    return count


def _judge(case: Case, cast: dict[str, User]) -> int:
    dice = random.Random(f"{case.submission}/judged")  # noqa: S311 - the same judgements every time are the point
    if dice.random() < LEFT_ALONE:
        return 0
    listed = reading_of(case).result.screening.hits
    return sum(_judge_hit(case, hit, dice, cast) for hit in listed[: dice.randint(1, max(1, len(listed)))])


def reading_of(case: Case) -> CaptureReading:
    """The capture of a case as its page reads it."""
    sessions = sessions_of(case.pk)
    return read_session(to_read(sessions), sessions)


def _judge_hit(case: Case, hit: Hit, dice: random.Random, cast: dict[str, User]) -> int:
    how = _draft(hit, dice)
    submission = uuid.uuid5(NAMESPACE, f"{case.submission}/{hit.fingerprint}")
    judgement = judge(reading_of(case), Seen(hit.fingerprint), how, cast["analyst"], submission)
    if judgement.awaits_second and dice.random() < 0.8:
        reading = reading_of(case)
        if dice.random() < 0.8:
            second.confirm(reading, judgement, cast["reviewer"])
        else:
            second.send_back(reading, judgement, cast["reviewer"], SEND_BACK)
    return 1


def _draft(hit: Hit, dice: random.Random) -> Draft:
    """What an analyst would judge it to be: cleared by the first reason that the lines allow, else not yet."""
    policy = versions.hit_reasons_of(versions.in_force(PolicyKind.HIT_REASONS))
    today = timezone.localdate()
    if not hit.is_same:
        for draft in CLEARING:
            if not objections(policy, hit, draft, today):
                return draft
    if hit.is_same and dice.random() < 0.5:
        return SAME
    return replace(CANNOT_TELL, wake_up=today + datetime.timedelta(days=dice.randint(1, 14)))
