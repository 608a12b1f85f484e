"""Cases that can be decided: everything that an approval waits for is done, through the same steps as people take."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from cases.assessment.decision.draft import Condition, DecisionDraft
from cases.assessment.decision.outcomes import Outcome, Reason
from cases.assessment.policy.requirement_terms import Check, Who
from cases.assessment.requirements import statement as terms
from cases.assessment.requirements.work_out import RequirementStatus
from cases.assessment.risk.questions import questions
from cases.models import Case, Decision, User
from cases.workflows.casework import answers, answers_given, risk
from cases.workflows.casework.decisions import case_basis, countersigning, proposals, proposing
from cases.workflows.casework.decisions.case_basis import CaseBasis
from cases.workflows.casework.owners import case_owners, concluding
from cases.workflows.casework.requirements import requirement_status, stating
from cases.workflows.casework.requirements.stating import known
from cases.workflows.demo_data.completing import conclusion_of, file_for, statement_of
from tests import factories, judging
from tests.findings.reading import payload
from tests.judging import judged_by_two

MOST_LOOKS = 40  # what is said may bring further requirements
RATIONALE = "The structure is simple, and the owner is known."


def document(*entries: dict[str, Any]) -> dict[str, Any]:
    """A full result with these entries, which are about its chair; without any hit by default."""
    found, of_hits = payload("no_full"), judging.document(*entries)
    found["sanction"] = of_hits["sanction"]
    found["roles"] |= {"chairman": judging.person()}
    return found


def ready(*entries: dict[str, Any], exposed: bool = False) -> Case:
    """A case of Kari's whose hits are judged, owners concluded, questions answered and requirements met.

    The search for exposed persons found somebody, if it is to have.
    """
    case = factories.case(assignee=factories.kari(), purpose="A loan for the shop")
    case.begin_review()
    case.save()
    judging.result_of(case, document(*entries))
    make_ready(case, exposed=exposed)
    return case


def make_ready(case: Case, *, exposed: bool = False) -> None:
    """Do everything that an approval of a case waits for."""
    for hit in case.hits.all():
        judged_by_two(case, hit)
    answer_all(case)
    conclude_all(case)
    state_all(case, exposed=exposed)


def state_all(case: Case, *, but: str = "", exposed: bool = False) -> None:
    """Say of every requirement that waits that it is met, as far as somebody's word meets it.

    Of the search for exposed persons, whether it found somebody.
    """
    for _look in range(MOST_LOOKS):
        present = requirement_status.of_case(case, timezone.localdate())
        waiting = [
            status
            for status in present.open
            if status.required.met_by is not Who.NOBODY and status.required.id != but
        ]
        if not waiting:
            return
        _state_those(case, waiting, exposed=exposed)


def _state_those(case: Case, waiting: list[RequirementStatus], *, exposed: bool) -> None:
    """Say it of all of them, or of those before one of which another is known now; the first is as it was seen."""
    for status in waiting:
        is_found = exposed and status.required.check is Check.EXPOSED
        try:
            state(case, status, outcome=terms.Outcome.FOUND if is_found else terms.Outcome.NOTHING_FOUND)
        except stating.NotStated:
            if status is waiting[0]:
                raise
            return


def answer_all(case: Case) -> None:
    """Answer every question of the risk model with its mildest option."""
    given = {question.id: question.options[0] for question in questions(risk.model_in_force())}
    before = answers_given.newest(case)
    answers.answer(case, before.number if before else 0, given, factories.kari(), uuid.uuid4())


def conclude_all(case: Case) -> None:
    """Conclude on everybody who may be a beneficial owner: whom the law today does not exclude is one."""
    present = case_owners.of_case(case, timezone.localdate())
    drafts = [conclusion_of(row, present.capture) for row in present.rows]
    if drafts:
        concluding.conclude(case, drafts, factories.kari(), uuid.uuid4())


def state(
    case: Case,
    status: RequirementStatus,
    words: str = "Gone through with the customer.",
    outcome: terms.Outcome = terms.Outcome.NOTHING_FOUND,
) -> None:
    """Say of a requirement that it is met, as who may."""
    required = status.required
    newest = case.requirement_statements.filter(requirement=required.id).first()
    seen = stating.Seen(required.id, newest.number if newest else 0, known(status))
    stating.state(
        case,
        seen,
        statement_of(required, words, outcome),
        factories.lead(),
        uuid.uuid4(),
        upload=file_for(required),
    )


def present_of(case: Case) -> CaseBasis:
    """What a decision of a case would rest on now."""
    case.refresh_from_db()
    return case_basis.of_case(case, timezone.localdate())


def draft(outcome: Outcome = Outcome.APPROVE, **fields: Any) -> DecisionDraft:
    """What a person fills in to propose it."""
    soon = timezone.localdate() + datetime.timedelta(days=30)
    fields.setdefault("rationale", RATIONALE)
    if outcome.is_approval:
        fields.setdefault("next_review", soon)
    if outcome is Outcome.CONDITIONS:
        fields.setdefault("conditions", (Condition("A certified copy of the passport", soon),))
    if outcome is Outcome.REFUSE:
        fields.setdefault("reason", Reason.OUTSIDE_APPETITE)
    if outcome is Outcome.CLOSE:
        fields.setdefault("reason", Reason.CUSTOMER_WITHDREW)
    return DecisionDraft(outcome, **fields)


def seen(case: Case) -> proposing.Seen:
    """What the page of a case shows now."""
    rows = proposals.of_case(case)
    return proposing.Seen(rows[0].number if rows else 0, present_of(case).of_approval.digest)


def proposed(case: Case, how: DecisionDraft | None = None, by: User | None = None) -> Decision:
    """A proposal of Kari's."""
    return proposing.propose(case, seen(case), how or draft(), by or factories.kari(), uuid.uuid4())


def countersigned(case: Case, row: Decision, by: User | None = None) -> Decision:
    """The proposal, countersigned by Ola."""
    return countersigning.countersign(case, row.number, row.digest, by or factories.ola())


def decided(case: Case, how: DecisionDraft | None = None) -> Decision:
    """A decision that Kari proposed and Ola countersigned."""
    made = countersigned(case, proposed(case, how))
    case.refresh_from_db()
    return made
