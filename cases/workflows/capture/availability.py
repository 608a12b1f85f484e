"""What a poll tells of a session: which results are there, since when and until when, and which to fetch first."""

import datetime
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from cases.models import AmlSession, Artefact, ArtefactState, Delivery
from cases.models.capture.artefact import LIFETIME, of_kind, pending_of
from cases.models.capture.session import FURTHEST_STEP
from cases.provider.client import EntityStatus, Information
from cases.workflows.capture import unreadable
from cases.workflows.capture.fetch import Outcome

# What was fetched is kept in files alone for no longer than this while more is fetched.
MOST_UNRECORDED_SECONDS = 2.0
LAST = datetime.datetime.max.replace(tzinfo=datetime.UTC)
CLOCKS_DIFFER = datetime.timedelta(seconds=2)


@dataclass
class PollResult:
    """What a poll was told, `at` that time, and what was fetched after it, as long as that is not recorded.

    `answer` None: that was recorded before.
    """

    answer: Information | None = None
    # Since when and until when each entity that is new there is available.
    available: dict[str, tuple[datetime.datetime, datetime.datetime]] = field(default_factory=dict)
    fetched: list[tuple[str, Outcome]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    at: datetime.datetime = field(default_factory=lambda: timezone.now())  # noqa: PLW0108 - tests move the clock

    @property
    def must_be_recorded(self) -> bool:
        """Has what was found been in memory alone for as long as that may be?"""
        return bool(self.fetched or self.answer) and time.monotonic() - self.began > MOST_UNRECORDED_SECONDS


def read_answer(session: AmlSession, information: Information) -> PollResult:
    """The poll result of an answer, with since when and until when each newly ready result is available."""
    found = PollResult(information)
    news = [
        (artefact, status)
        for artefact in pending_of(session)
        if (status := information.entities.get(artefact.kind)) and _is_news(status, artefact)
    ]
    announced = {} if all(status.available_until for _artefact, status in news) else _announced(session)
    for artefact, status in news:
        since = announced.get(artefact.kind)
        found.available[artefact.kind] = _available(session, status, information.server_time, since)
    return found


def _announced(session: AmlSession) -> dict[str, datetime.datetime]:
    """When a webhook first said that a result is ready, by the result's kind."""
    deliveries = Delivery.objects.about(session).filter(received_at__lte=timezone.now())
    return dict(deliveries.order_by("-received_at").values_list("kind", "received_at"))


def _is_news(status: EntityStatus, artefact: Artefact) -> bool:
    """Is a result ready now that was not before?"""
    return status.ready and not _has_ended(status) and artefact.state == ArtefactState.ORDERED


def to_fetch(session: AmlSession, found: PollResult) -> list[str]:
    """The kinds that are there to be fetched now, the one that expires first at the front."""
    entities = found.answer.entities if found.answer else {}
    until = {
        artefact.kind: found.available[artefact.kind][1]
        if artefact.kind in found.available
        else artefact.expires_at
        for artefact in pending_of(session)
        if artefact.kind in found.available
        or (artefact.state == ArtefactState.READY and not _has_ended(entities.get(artefact.kind)))
    }
    return [kind for kind in _deadline_first(until) if not _is_paused(of_kind(session, kind))]


def _has_ended(status: EntityStatus | None) -> bool:
    return status is not None and (status.failed or status.expired)


def _deadline_first(until: Mapping[str, datetime.datetime | None]) -> list[str]:
    """Sort kinds by when their results are gone; those of which that is not known come last."""
    return sorted(until, key=lambda kind: until[kind] or LAST)


def _is_paused(artefact: Artefact) -> bool:
    return unreadable.is_paused(artefact, timezone.now())


def unwatched(session: AmlSession, now: datetime.datetime) -> datetime.timedelta:
    """How long nobody polled, if longer than any delay: the machine slept, or the clock was put ahead."""
    since = now - _last_poll(session, now)
    return since if since > FURTHEST_STEP else datetime.timedelta()


def _last_poll(session: AmlSession, now: datetime.datetime) -> datetime.datetime:
    """When a session was last polled, or began to be: while it had ended nobody was to poll."""
    polled_at = session.polled_at or session.opened_at or now
    return max(polled_at, session.reopened_at) if session.reopened_at else polled_at


def _available(
    session: AmlSession,
    status: EntityStatus,
    server_time: datetime.datetime | None,
    announced: datetime.datetime | None,
) -> tuple[datetime.datetime, datetime.datetime]:
    """Since when and until when a result is available, by the portal's clock.

    Said by the provider, or else: there since the webhook that announced it (or since now), and gone two hours after
    the last poll that did not see it ready.
    """
    now = timezone.now()
    if status.available_until is not None:
        apart = now - server_time if server_time else datetime.timedelta()
        until = status.available_until + (apart if abs(apart) > CLOCKS_DIFFER else datetime.timedelta())
        return min(until - LIFETIME, now), until
    return announced or now, _last_poll(session, now) + LIFETIME
