"""What the queue calls. Each rings a doorbell: a number in, one workflow called."""

from cases.workflows import heartbeat as pulses
from cases.workflows.background import jobs as papers
from cases.workflows.capture import advancing
from cases.workflows.safe_errors import contained


@contained
def advance(session: int = 0) -> None:
    advancing.advance_due(session or None)


@contained
def paperwork() -> None:
    papers.do_due()


@contained
def pulse() -> None:
    pulses.beat_of_this_cluster()
