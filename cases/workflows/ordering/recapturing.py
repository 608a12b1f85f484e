"""A further order in a case."""

from django.db import transaction

from cases.models import AmlSession, Case, User
from cases.workflows.locks.open_case import locked_open
from cases.workflows.ordering import ordered_lately, session_requests
from cases.workflows.ordering.session_requests import ResultRequest
from cases.workflows.results import identities


@transaction.atomic
def order_new_capture(
    case: Case,
    result_request: ResultRequest,
    actor: User | None,
    *,
    again_reason: str = "",
    is_missing_only: bool = False,
) -> AmlSession:
    """Order in a case. A firm that was ordered lately needs a reason, unless only what did not come is ordered.

    Raises ordered_lately.OrderedLately without one; CaseIsClosed.
    """
    about = locked_open(case).organisation.identifier
    identities.organisation_of(about)
    reason = "" if is_missing_only else ordered_lately.require_reason(about, again_reason)
    return session_requests.request(case, result_request, actor, again_reason=reason)
