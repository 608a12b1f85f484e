"""What is said on every tab of a case that waits for information."""

from dataclasses import dataclass

from cases.models import AuditEvent, Case, Verb
from cases.workflows.casework.waiting import Wait


@dataclass(frozen=True)
class WaitingNotice:
    """What the case waits for, and the name of who let it wait."""

    wait: Wait
    by: str


def waiting_notice(case: Case) -> WaitingNotice | None:
    """The notice of a case that waits; None of one that does not."""
    wait = Wait.of(case)
    if wait is None:
        return None
    paused = AuditEvent.objects.of_case(case).with_verbs(Verb.CASE_PAUSED).select_related("actor")
    newest = paused.order_by("-sequence").first()
    return WaitingNotice(wait, newest.actor.name if newest and newest.actor else "")
