"""What the queue calls. Each rings a doorbell: a number in, one workflow called."""

from cases.workflows import advancing
from cases.workflows import paperwork as papers
from cases.workflows import pulse as pulses
from cases.workflows.unforeseen import contained


@contained
def advance(session: int = 0) -> None:
    advancing.advance_due(session or None)


@contained
def paperwork() -> None:
    papers.do_due()


@contained
def pulse() -> None:
    pulses.beat_of_this_cluster()
