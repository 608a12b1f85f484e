"""How long results are waited for, and how often the provider is asked meanwhile (docs/engine.md)."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from cases.models import AmlSession, Artefact, ArtefactState
from cases.workflows.locks import delays

# Beyond its expiry a ready entity is asked for a little longer: only the provider's own word ends it.
AFTER_EXPIRY = datetime.timedelta(minutes=5)
# Once something came, the rest of a session is not far; one that was reopened for a look is given less.
FOR_THE_REST = datetime.timedelta(hours=1)
FOR_A_POLL = datetime.timedelta(minutes=10)


def patience() -> datetime.timedelta:
    return datetime.timedelta(seconds=settings.AML_PATIENCE_SECONDS)


def after_failure() -> datetime.timedelta:
    """What is left of the patience once the provider announced a failure."""
    return datetime.timedelta(seconds=settings.AML_FAILED_PATIENCE_SECONDS)


def for_the_rest() -> datetime.timedelta:
    return min(patience(), FOR_THE_REST)


def for_a_poll() -> datetime.timedelta:
    return min(patience(), FOR_A_POLL)


def announced_failure(session: AmlSession) -> datetime.datetime | None:
    """When a webhook first said that it failed, unless something was captured (or it was reopened) since.

    A hint and no more: it may be forged, so it shortens the patience and ends nothing.
    """
    at, since = session.failure_announced_at, _came_or_reopened(session)
    return at if at is not None and (since is None or at > since) else None


def note_failure(session: AmlSession, at: datetime.datetime) -> bool:
    """Note the failure a webhook announced; say whether it was news: said again, it is none. Saves nothing."""
    if announced_failure(session) is not None:
        return False
    session.failure_announced_at = at
    return True


@dataclass(frozen=True)
class Announced:
    """A failure that a webhook announced: `until` when the portal polls on; refuted if results came anyway."""

    at: datetime.datetime
    until: datetime.datetime | None = None
    is_refuted: bool = False

    @property
    def is_of_today(self) -> bool:
        return timezone.localdate(self.at) == timezone.localdate()


def announced(session: AmlSession) -> Announced | None:
    """The failure that a webhook announced of a session, as people are told of it; None if none did."""
    at = session.failure_announced_at
    if at is None:
        return None
    if announced_failure(session) is not None:
        return Announced(at, min(session.give_up_at, at + after_failure()) if session.is_active else None)
    return Announced(at, is_refuted=any(came >= at for came in _captured_at(session)))


def ends(session: AmlSession, artefact: Artefact, *, in_trouble: bool) -> datetime.datetime:
    """When a pending artefact is given up."""
    if artefact.state == ArtefactState.READY and artefact.expires_at is not None:
        over = artefact.expires_at + AFTER_EXPIRY
        return over if in_trouble else max(session.give_up_at, over)
    announced = announced_failure(session)
    return min(session.give_up_at, announced + after_failure()) if announced else session.give_up_at


def without_news(session: AmlSession, now: datetime.datetime, *, in_trouble: bool) -> float:
    """Seconds since something last happened that may bring results soon; 0 while one is there to be fetched.

    With trouble beyond its expiry a ready one is given up soon; without, the provider says that it is not ready yet.
    """
    ready = [artefact for artefact in session.artefacts.all() if artefact.state == ArtefactState.READY]
    if any(in_trouble or _is_there(artefact, now) for artefact in ready):
        return 0.0
    began = session.give_up_at - patience()  # moves with the time in which nobody looked
    news = (began, session.opened_at, _came_or_reopened(session), announced_failure(session))
    return (now - max(at for at in news if at is not None)).total_seconds()


def _is_there(artefact: Artefact, now: datetime.datetime) -> bool:
    return artefact.expires_at is not None and artefact.expires_at > now - AFTER_EXPIRY


def until_next_poll(
    session: AmlSession, now: datetime.datetime, *, in_trouble: bool, wait: float | None = None
) -> datetime.timedelta:
    """The time until the next poll, with or without trouble; `wait` is what the provider asked for (seconds)."""
    first = settings.AML_POLL_SECONDS
    if not in_trouble:
        seconds = delays.before_poll(session.polls, first)
    elif wait is not None:
        seconds = wait + delays.before_poll(0, first)
    else:
        seconds = delays.after_trouble(session.troubles, first)
    quiet = without_news(session, now, in_trouble=in_trouble)
    return datetime.timedelta(seconds=delays.slowed(seconds, quiet))


def _came_or_reopened(session: AmlSession) -> datetime.datetime | None:
    return max(filter(None, (*_captured_at(session), session.reopened_at)), default=None)


def _captured_at(session: AmlSession) -> list[datetime.datetime]:
    return [one.captured_at for one in session.artefacts.all() if one.captured_at is not None]
