"""Provider and queue: what those who run the portal watch, counted from our own rows; nobody is asked."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Q, Sum, prefetch_related_objects
from django.utils import timezone

from cases.findings.vocabulary import durations
from cases.models import (
    AmlSession,
    Artefact,
    AttemptOutcome,
    Case,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    Heartbeat,
    RefusedDeliveries,
    SessionState,
    reasons,
)
from cases.models.capture import capture_groups as stands
from cases.models.capture.artefact import AMBER_AFTER, ArtefactState
from cases.models.capture.outcome import prefetch_for_unknown_numbers
from cases.models.capture.session import ACTIVE, ENDED, STUCK
from cases.models.casework.pressing import NEEDS_PERSON, PARTLY
from cases.models.reasons import sentence
from cases.presentation.capture_status import CaptureStatus, status_of
from cases.provider.client import KeptToken
from cases.queue import depth
from cases.web.ordering.remedy import Remedy, remedy
from cases.workflows import heartbeat, provider
from cases.workflows.locks import leases

LATELY = datetime.timedelta(hours=24)
CAPTURES_MEASURED = 1000
MOST_LISTED = 50


@dataclass(frozen=True)
class Figures:
    """Numbers at a glance; those of ended sessions and of deliveries are of the last 24 hours."""

    under_way: list[tuple[str, int]]
    ended: list[tuple[str, int]]
    oldest: AmlSession | None
    due: int
    depth: int
    tally: stands.Tally
    unfetched: int
    captures: int
    median: float | None
    p95: float | None
    lost_answers: int
    attempts: list[tuple[str, int]]
    verdicts: list[tuple[str, int]]
    refused: int
    token: KeptToken | None
    paused_until: datetime.datetime | None
    cluster_at: datetime.datetime | None
    dispatcher_at: datetime.datetime | None
    silent: list[str]
    at: datetime.datetime

    @property
    def token_is_valid(self) -> bool:
        return self.token is not None and self.token.expires_at > self.at

    @property
    def oldest_age(self) -> str:
        return durations.span((self.at - self.oldest.requested_at).total_seconds()) if self.oldest else ""

    @property
    def median_time(self) -> str:
        return durations.took(self.median or 0)

    @property
    def p95_time(self) -> str:
        return durations.took(self.p95 or 0)

    @property
    def is_busy(self) -> bool:
        return any(count for _label, count in self.under_way) or self.depth > 0


def figures() -> Figures:
    now = timezone.now()
    states = _states(now)
    seconds = _seconds_to_capture()
    client = provider.client()
    paused = provider.paused_until()
    beats = dict(Heartbeat.objects.values_list("name", "beat_at"))
    attempts = dict(CreateAttempt.objects.order_by().values_list("outcome").annotate(count=Count("pk")))
    ready = Artefact.objects.not_withdrawn().filter(state=ArtefactState.READY)
    return Figures(
        under_way=[(str(state.label), states.get(state, 0)) for state in (*ACTIVE, *STUCK)],
        ended=[(str(state.label), states.get(state, 0)) for state in ENDED],
        oldest=AmlSession.objects.not_withdrawn()
        .active()
        .order_by("requested_at")
        .select_related("case")
        .first(),
        due=leases.due().count(),
        depth=depth(),
        tally=stands.tally(now),
        unfetched=ready.filter(available_at__lt=now - AMBER_AFTER).count(),
        captures=len(seconds),
        median=percentile(seconds, 50),
        p95=percentile(seconds, 95),
        lost_answers=AmlSession.objects.aggregate(all=Sum("lost_answers"))["all"] or 0,
        attempts=[(str(outcome.label), attempts.get(outcome, 0)) for outcome in LOST_ANSWERS],
        verdicts=_verdicts(now),
        refused=RefusedDeliveries.objects.filter(hour__gte=now - LATELY).aggregate(all=Sum("count"))["all"]
        or 0,
        token=client.kept_token(),
        paused_until=datetime.datetime.fromtimestamp(paused, datetime.UTC) if paused else None,
        cluster_at=max((at for name, at in beats.items() if name not in heartbeat.NO_CLUSTERS), default=None),
        dispatcher_at=beats.get(heartbeat.DISPATCHER),
        silent=heartbeat.silence(),
        at=now,
    )


LOST_ANSWERS = (AttemptOutcome.SENT, AttemptOutcome.ADOPTED, AttemptOutcome.ABANDONED)


def _states(now: datetime.datetime) -> dict[str, int]:
    live = Q(ended_at=None) & Q(case__in=Case.objects.not_withdrawn())
    sessions = AmlSession.objects.filter(live | Q(ended_at__gte=now - LATELY))
    return dict(sessions.order_by().values_list("state").annotate(count=Count("pk")))


def _verdicts(now: datetime.datetime) -> list[tuple[str, int]]:
    lately = Delivery.objects.filter(received_at__gte=now - LATELY)
    counts = dict(lately.order_by().values_list("verdict").annotate(count=Count("pk")))
    return [(str(verdict.label), counts.get(verdict, 0)) for verdict in DeliveryVerdict]


def _seconds_to_capture() -> list[float]:
    captures = Artefact.objects.captured().filter(available_at__isnull=False).order_by("-captured_at", "-pk")
    times = captures.values_list("available_at", "captured_at")[:CAPTURES_MEASURED]
    return [
        max(0.0, (captured - available).total_seconds())
        for available, captured in times
        if captured and available
    ]


def percentile(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that `percent` per cent of them do not exceed (nearest rank); None without values."""
    if not values:
        return None
    return sorted(values)[max(1, math.ceil(len(values) * percent / 100)) - 1]


@dataclass(frozen=True)
class Trouble:
    """The newest session of a case, which ended badly, is stuck or brought only a part; and what helps."""

    session: AmlSession
    reason: str
    text: str
    remedy: Remedy | None

    @property
    def status(self) -> CaptureStatus:
        return status_of(self.session, self.session.case)


def troubles() -> tuple[list[Trouble], list[Trouble]]:
    """What waits for a person and what was partly captured, as stands.tally() counts them, the latest ordered first."""
    of_a_person, partly = _newest_of(NEEDS_PERSON), _newest_of(PARTLY)
    prefetch_related_objects([*of_a_person, *partly], "artefacts")
    prefetch_for_unknown_numbers(of_a_person)
    return [_trouble(session) for session in of_a_person], [_trouble(session) for session in partly]


def _newest_of(which: Q) -> list[AmlSession]:
    """The newest sessions of the open cases that stand so."""
    cases = Case.objects.open().filter(which)
    sessions = AmlSession.objects.filter(pk__in=cases.values("newest_session"))
    listed = sessions.select_related("case__organisation").order_by("-requested_at", "-pk")
    return list(listed[:MOST_LISTED])


def _trouble(session: AmlSession) -> Trouble:
    return Trouble(session, _reason(session), session.reason_text, remedy(session.case, session))


def _reason(session: AmlSession) -> str:
    if session.state != SessionState.PARTIAL:
        return session.why
    missing = [artefact for artefact in session.artefacts.all() if not artefact.is_captured]
    return " ".join(
        f"{artefact.get_kind_display()}: {sentence(artefact.reason) or artefact.get_state_display()}"
        for artefact in missing
    )


@dataclass(frozen=True)
class Risk:
    """A result that is about to be lost, and how long is left; '' if it should be gone by now."""

    artefact: Artefact
    left: str


def captures_at_risk() -> list[Risk]:
    """Results that are ready, not ours yet, and gone within half an hour: the most urgent first."""
    now = timezone.now()
    at_risk = Artefact.objects.not_withdrawn().at_risk(now)
    found = at_risk.select_related("session__case__organisation", "session__case__assignee")
    return [
        Risk(
            artefact,
            durations.span((artefact.expires_at - now).total_seconds()) if artefact.expires_at > now else "",
        )
        for artefact in found.deadline_first()[:MOST_LISTED]
        if artefact.expires_at
    ]


def configuration_alarms() -> list[tuple[str, int]]:
    """What of our settings did not serve in the last 24 hours: the sentence, and for how many sessions.

    What came to a halt before the last capture says nothing any more: since then the settings served.
    """
    lately = timezone.now() - LATELY
    captured_at = Artefact.objects.captured().aggregate(last=Max("captured_at"))["last"]
    since = max(lately, captured_at or lately)
    # When a stuck one came to its halt is not kept.
    halted = Q(ended_at__gte=since) | Q(state__in=STUCK, requested_at__gte=since)
    recent = AmlSession.objects.filter(Q(state__in=ACTIVE) | halted, reason__in=reasons.CONFIGURATION)
    counts = recent.order_by().values_list("reason").annotate(count=Count("pk"))
    return [(sentence(reason), count) for reason, count in counts]


def scopes_missing(token: KeptToken | None) -> list[str]:
    """Scopes that the settings ask for and that the last token, or else the newest session, did not get."""
    if token is not None:
        return list(token.missing_scopes)
    newest = AmlSession.objects.filter(opened_at__isnull=False).order_by("-opened_at").first()
    if newest is None:
        return []
    return [scope for scope in settings.AML_SCOPES if scope not in newest.granted_scopes]
