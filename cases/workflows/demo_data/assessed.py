"""Assesses some seeded cases as the people of the demonstration would: answers, class, owners, requirements."""

import random
import uuid
from collections.abc import Iterable

from django.utils import timezone

from cases.assessment.owners.candidates import Answer
from cases.assessment.owners.rule_sets import LAW_TODAY
from cases.assessment.policy.requirement_terms import Who
from cases.assessment.risk.override import highest, settable
from cases.assessment.risk.questions import questions
from cases.models import Case, User
from cases.workflows import heartbeat
from cases.workflows.background import changed_assessments
from cases.workflows.casework import answers, overriding, risk, risk_in_force
from cases.workflows.casework.overriding import WantedClass
from cases.workflows.casework.owners import case_owners, concluding
from cases.workflows.casework.requirements import requirement_status, stating
from cases.workflows.casework.requirements.stating import Seen, known
from cases.workflows.demo_data.completing import conclusion_of, statement_of

NAMESPACE = uuid.UUID("5a5b0f0c-3f0f-5d51-9a0c-8a1d1a2f6c11")
LEFT_ALONE = 0.7  # the share of cases of which nobody has answered anything yet
FITTING = 0.8  # the share of answers that are the mildest of the model
OVERRIDDEN = 0.5
ANSWERED, CONFIRMED = 0.7, 0.6  # by a second person; of these, confirmed
LEFT_OPEN = 0.4  # the share of candidates that nobody has concluded on yet
MOST_CONCLUDED, MOST_STATED = 10, 3  # of a case
WORDS_OF_A_STATEMENT = "Gone through with the customer, and noted in the file."
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


def work_out_columns() -> None:
    """Work out what lists say of classes and conditions, as the queue would do next."""
    beats = heartbeat.Beats()
    while changed_assessments.do(beats):
        pass


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
    _conclude(case, dice, cast["analyst"])
    _state(case, dice, cast["analyst"])
    return 1


def _conclude(case: Case, dice: random.Random, analyst: User) -> None:
    """Conclude on some candidates: as the law today answers, where it does."""
    present = case_owners.of_case(case, timezone.localdate())
    drafts = []
    for row in present.rows:
        answer = row.candidate.under(LAW_TODAY).answer if row.candidate else Answer.UNKNOWN
        if answer is Answer.UNKNOWN or dice.random() < LEFT_OPEN:
            continue
        drafts.append(conclusion_of(row, present.capture))
    if drafts:
        submission = uuid.uuid5(NAMESPACE, f"{case.submission}/owners")
        concluding.conclude(case, drafts[:MOST_CONCLUDED], analyst, submission)


def _state(case: Case, dice: random.Random, analyst: User) -> None:
    """Say of some requirements that they are met, as far as words alone do."""
    today = timezone.localdate()
    present = requirement_status.of_case(case, today)
    by_words = [
        status
        for status in present.open
        if status.is_read and status.required.met_by is Who.ANALYST and not status.required.has_attachment
    ]
    for status in dice.sample(by_words, min(MOST_STATED, len(by_words))):
        required = status.required
        seen = Seen(required.id, 0, known(status))
        draft = statement_of(required, WORDS_OF_A_STATEMENT)
        submission = uuid.uuid5(NAMESPACE, f"{case.submission}/{required.id}")
        stating.state(case, seen, draft, analyst, submission)


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
