"""Does everything that an approval of a seeded case waits for, as the people of the demonstration would."""

import uuid

from django.utils import timezone

from cases.assessment.owners.candidates import Answer
from cases.assessment.owners.grounds import Conclusion, Ground
from cases.assessment.owners.rule_sets import LAW_TODAY
from cases.assessment.policy.requirement_terms import Requirement, Who
from cases.assessment.requirements.draft import StatementDraft
from cases.assessment.requirements.statement import Outcome, StatementKind
from cases.assessment.requirements.work_out import RequirementStatus
from cases.assessment.risk.questions import questions
from cases.models import Case, User
from cases.presentation.case_owners import OwnerRow
from cases.workflows.casework import answers, answers_given, risk
from cases.workflows.casework.attachments import Upload
from cases.workflows.casework.owners import case_owners, concluding
from cases.workflows.casework.owners.concluding import ConclusionDraft, seen_of
from cases.workflows.casework.requirements import requirement_status, stating
from cases.workflows.casework.requirements.stating import Seen, known
from cases.workflows.demo_data.paper import sample_pdf

MOST_STATED = 40
SEEN_IN_REGISTER = "held against the register of shareholders."
GONE_THROUGH = "Gone through with the customer; see the note."
PAPER = sample_pdf(["Note for the file", "Made up for the demonstration. It proves nothing."])


def complete(case: Case, cast: dict[str, User], namespace: uuid.UUID) -> None:
    """Answer what nobody answered, conclude on whoever is open, and say of what waits that it is met."""
    if answers_given.newest(case) is None:
        given = {question.id: question.options[0] for question in questions(risk.model_in_force())}
        answers.answer(case, 0, given, cast["analyst"], uuid.uuid5(namespace, f"{case.submission}/answers"))
    _conclude(case, cast["analyst"], namespace)
    for _statement in range(MOST_STATED):
        present = requirement_status.of_case(case, timezone.localdate())
        waiting = [status for status in present.open if status.required.met_by is not Who.NOBODY]
        if not waiting:
            return
        newest = present.said_of(waiting[0].required.id)
        _state(case, waiting[0], newest[0].number if newest else 0, cast["lead"], namespace)


def conclusion_of(row: OwnerRow, capture: int | None) -> ConclusionDraft:
    """What is concluded on somebody: whom the law today does not exclude is an owner."""
    is_owner = row.candidate is None or row.candidate.under(LAW_TODAY).answer is not Answer.NO
    return ConclusionDraft(
        key=row.key,
        seen=seen_of(row, capture),
        conclusion=Conclusion.BENEFICIAL_OWNER if is_owner else Conclusion.NOT_ONE,
        ground=Ground.SHARES_OVER_LIMIT if is_owner else None,
        percent=None,
        words=f"{row.name}: {SEEN_IN_REGISTER}",
    )


def statement_of(
    required: Requirement, words: str = GONE_THROUGH, outcome: Outcome = Outcome.NOTHING_FOUND
) -> StatementDraft:
    """What is said of a requirement that is met; of a search also what it found."""
    return StatementDraft(
        kind=StatementKind.MET,
        words=words,
        outcome=outcome if required.is_search else Outcome.NONE,
        evidence_day=timezone.localdate(),
        attachments=int(required.has_attachment),
    )


def file_for(required: Requirement) -> Upload | None:
    """The file that shows it, where the requirement asks for one."""
    return Upload("note.pdf", len(PAPER), PAPER) if required.has_attachment else None


def _conclude(case: Case, analyst: User, namespace: uuid.UUID) -> None:
    present = case_owners.of_case(case, timezone.localdate())
    drafts = [conclusion_of(row, present.capture) for row in present.open]
    if drafts:
        concluding.conclude(case, drafts, analyst, uuid.uuid5(namespace, f"{case.submission}/owners"))


def _state(case: Case, status: RequirementStatus, newest: int, lead: User, namespace: uuid.UUID) -> None:
    required = status.required
    stating.state(
        case,
        Seen(required.id, newest, known(status)),
        statement_of(required),
        lead,
        uuid.uuid5(namespace, f"{case.submission}/{required.id}/{newest}"),
        upload=file_for(required),
    )
