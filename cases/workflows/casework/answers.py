"""Answer the questions of the risk model. Each sending keeps all answers anew; the newest count."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_terms import RiskModel
from cases.assessment.risk.questions import not_answers, questions
from cases.models import Case, PolicyKind, PolicyVersion, RiskAnswers, User, Verb
from cases.models.audit.subject import CASE
from cases.models.people.permissions import Perm
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import answers_given
from cases.workflows.casework.worked_on import worked_on
from cases.workflows.locks.open_case import locked_open
from cases.workflows.policy import versions
from cases.workflows.refusal import Refusal


class NotKept(Refusal):
    """The answers cannot be kept; `words` say why. Nothing was written."""


def answer(
    case: Case, seen: int, answers: Mapping[str, str], actor: User, submission: uuid.UUID
) -> RiskAnswers:
    """Keep a person's answers, by the id of the question; the same submission is the same answers.

    `seen` is the number of the answers that the form showed, 0 if there were none. Raises NotKept; CaseIsClosed;
    versions.NothingInForce.
    """
    if not actor.has_perm(Perm.ASSESS_RISK):
        raise NotKept(_("Your role does not allow this."))
    version = versions.in_force(PolicyKind.RISK_MODEL)
    model = versions.risk_model_of(version)
    given = {name: option for name, option in answers.items() if option}
    if not_answers(model, given):
        raise NotKept(_("An answer is none of those that the model has: choose again."))
    own = idempotency.own(submission, case, actor, Verb.QUESTIONS_ANSWERED)
    return idempotency.once(
        lambda: RiskAnswers.objects.filter(submission=own).first(),
        lambda: _answer(case, seen, given, actor, (version, model, own)),
    )


@transaction.atomic
def _answer(
    case: Case,
    seen: int,
    given: dict[str, str],
    actor: User,
    by_what: tuple[PolicyVersion, RiskModel, uuid.UUID],
) -> RiskAnswers:
    version, model, own = by_what
    locked = locked_open(case)
    before = answers_given.newest(locked)
    if (before.number if before else 0) != seen:
        name = before.by.name if before else ""
        raise NotKept(
            _("%(name)s answered meanwhile. Look at the answers, then send yours again.") % {"name": name}
        )
    if before is not None and before.answers == given:
        return before
    row = RiskAnswers(
        case=locked,
        number=seen + 1,
        answers=given,
        policy=version,
        by=actor,
        at=timezone.now(),
        submission=own,
    )
    row.save()
    trail.record(
        locked,
        Verb.QUESTIONS_ANSWERED,
        actor=actor,
        subject=CASE,
        detail={
            "answers": _changes(model, before.answers if before else {}, given),
            **recorded_columns.of_answers(row),
        },
    )
    worked_on(locked, actor)
    return row


def _changes(model: RiskModel, was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What was answered otherwise than before, a sentence each."""
    return [
        f"{question.title}: {was.get(question.id, '–')} → {now.get(question.id, '–')}"
        for question in questions(model)
        if was.get(question.id) != now.get(question.id)
    ]
