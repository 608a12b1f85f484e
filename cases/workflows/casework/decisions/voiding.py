"""Make a proposal void once what it rests on is another, and only then; the trail tells what changed."""

from django.utils import timezone

from cases.models import Case, ProposalEnd, User
from cases.workflows.casework.decisions import case_basis, ending, proposals


def void_if_changed(case: Case, actor: User | None) -> bool:
    """Hold the proposal that waits, if any, against what is so now. Inside the lock of the case; False if it stands.

    `actor` is who changed something; None if nobody did: a capture came, or a day passed. As long as what was captured
    is out of reach, nothing is known to have changed.
    """
    row = proposals.awaited_of(case)
    if row is None:
        return False
    was = proposals.basis_of(row)
    present = case_basis.of_case(case, timezone.localdate())
    if present.is_out_of_reach:
        return False
    now = present.of(row)
    if now.digest == row.digest:
        return False
    because = [change.words for change in was.changes_to(now)]
    ending.end(case, row, ProposalEnd.VOID, actor, because)
    return True
