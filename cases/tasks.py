"""What the queue calls. Each is thin: a number in, one workflow called."""

from cases.workflows import heartbeat as heartbeats
from cases.workflows.background import jobs
from cases.workflows.capture import advancing
from cases.workflows.safe_errors import contained


@contained
def advance(session: int = 0) -> None:
    advancing.advance_due(session or None)


@contained
def background() -> None:
    jobs.do_due()


@contained
def heartbeat() -> None:
    heartbeats.beat_of_this_cluster()
