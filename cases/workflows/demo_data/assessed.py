"""Answers questions of some seeded cases, and sets their risk class, as the people of the demonstration would."""

import random
import uuid
from collections.abc import Iterable

from django.utils import timezone

from cases.assessment.risk.override import highest, settable
from cases.assessment.risk.questions import questions
from cases.models import Case, User
from cases.workflows.casework import answers, overriding, risk, risk_in_force
from cases.workflows.casework.overriding import WantedClass

NAMESPACE = uuid.UUID("5a5b0f0c-3f0f-5d51-9a0c-8a1d1a2f6c11")
LEFT_ALONE = 0.7  # the share of cases of which nobody has answered anything yet
FITTING = 0.8  # the share of answers that are the mildest of the model
OVERRIDDEN = 0.5
ANSWERED, CONFIRMED = 0.7, 0.6  # by a second person; of these, confirmed
WHY = "We have known the owners for years, and have seen the audited accounts."
SEND_BACK = "Attach the accounts, and say of which year they are."


def assess_some(submissions: Iterable[list[uuid.UUID]], cast: dict[str, User]) -> int:
    """Answer questions of seeded cases with a result of which nobody has answered any; give of how many."""
    count = 0
    for together in submissions:
        seeded = Case.objects.open().filter(submission__in=together, read_at__isnull=False)
        waiting = seeded.filter(risk_answers__isnull=True).order_by("submission")
        count += sum(_assess(case, cast) for case in waiting)
    return count


def _assess(case: Case, cast: dict[str, User]) -> int:
    dice = random.Random(f"{case.submission}/assessed")  # noqa: S311 - the same every time is the point
    if dice.random() < LEFT_ALONE:
        return 0
    given = {
        question.id: question.options[0] if dice.random() < FITTING else dice.choice(question.options)
        for question in questions(risk.model_in_force())
    }
    answers.answer(case, 0, given, cast["analyst"], uuid.uuid5(NAMESPACE, f"{case.submission}/answers"))
    if dice.random() < OVERRIDDEN:
        _override(case, dice, cast)
    return 1


def _override(case: Case, dice: random.Random, cast: dict[str, User]) -> None:
    try:
        present = risk_in_force.of_case(case, risk.model_in_force(), timezone.localdate())
    except risk.CannotAssess:
        return
    worked_out = present.found.risk_class
    possible = settable(present.found)
    if not possible:
        return
    wanted = WantedClass(highest(*possible), WHY, 0, worked_out.value)
    submission = uuid.uuid5(NAMESPACE, f"{case.submission}/override")
    row = overriding.override(case, wanted, cast["analyst"], submission)
    if row.awaits_second and dice.random() < ANSWERED:
        if dice.random() < CONFIRMED:
            overriding.confirm(row, cast["reviewer"])
        else:
            overriding.send_back(row, cast["reviewer"], SEND_BACK)
