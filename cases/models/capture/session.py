"""The life of a session at the provider, from intent to end (contract §2–§4; docs/engine.md)."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amlportal.compiled import Compiled
from cases.models import reasons
from cases.models.capture import languages
from cases.models.capture.attempt_outcome import AttemptOutcome
from cases.models.capture.refusals import Refusals
from cases.models.casework.case import Case
from cases.models.casework.case_states import CaseState
from cases.models.casework.organisation import Organisation
from cases.models.changes import SavesChanges
from cases.models.lease import Leased, LeasedQuerySet
from cases.models.state_machine import IllegalMove, move, one_of


class SessionState(models.TextChoices):
    REQUESTED = "REQUESTED", _("Order not sent yet")
    CREATING = "CREATING", _("Being sent")
    DOUBTFUL = "DOUBTFUL", _("Answer lost, looking for it")
    OPEN = "OPEN", _("Results awaited")
    COMPLETE = "COMPLETE", _("Complete")
    PARTIAL = "PARTIAL", _("Partly captured")
    FAILED = "FAILED", _("Failed")
    UNKNOWN = "UNKNOWN", _("Order not confirmed")
    QUARANTINED = "QUARANTINED", _("Stopped")


ACTIVE = (SessionState.REQUESTED, SessionState.CREATING, SessionState.DOUBTFUL, SessionState.OPEN)
STUCK = (SessionState.UNKNOWN, SessionState.QUARANTINED)
ENDED = (SessionState.COMPLETE, SessionState.PARTIAL, SessionState.FAILED)

_s = SessionState
MOVES: dict[str, set[str]] = {
    # To doubtful when the webhook of an earlier, abandoned attempt arrives before the next is sent.
    _s.REQUESTED: {_s.CREATING, _s.DOUBTFUL, _s.FAILED, _s.QUARANTINED},
    _s.CREATING: {_s.OPEN, _s.REQUESTED, _s.DOUBTFUL, _s.FAILED, _s.QUARANTINED},
    _s.DOUBTFUL: {_s.OPEN, _s.REQUESTED, _s.UNKNOWN, _s.FAILED, _s.QUARANTINED},
    _s.OPEN: {_s.COMPLETE, _s.PARTIAL, _s.FAILED, _s.QUARANTINED},
    # A person decides, or a late webhook tells us the session after all.
    _s.UNKNOWN: {_s.REQUESTED, _s.DOUBTFUL, _s.FAILED},
    _s.QUARANTINED: {_s.REQUESTED, _s.DOUBTFUL, _s.OPEN, _s.FAILED},
    _s.COMPLETE: set(),
    # A late webhook, or a person who polls again, when results that were paid for never came.
    _s.PARTIAL: {_s.OPEN},
    _s.FAILED: {_s.OPEN},
}


# No delay of ours is longer (a Retry-After is at most 15 minutes): a later time was set before the clock was put back.
FURTHEST_STEP = datetime.timedelta(minutes=20)


class SessionQuerySet(LeasedQuerySet["AmlSession"]):
    def active(self) -> SessionQuerySet:
        return self.filter(state__in=ACTIVE)

    def unfinished(self) -> SessionQuerySet:
        return self.active()

    def longest_lease(self) -> datetime.timedelta:
        """Longer than any lease of a session, yet short. A lease lasts 20 seconds.

        What a clock that was put back keeps waiting is lost after two hours.
        """
        return datetime.timedelta(seconds=settings.LEASE_SECONDS + 5)

    def due(self, now: datetime.datetime) -> SessionQuerySet:
        at_its_time = Q(next_step_at__lte=now) | Q(next_step_at__gt=now + FURTHEST_STEP)
        return self.unfinished().filter(at_its_time).unheld(now)

    def unended(self) -> SessionQuerySet:
        return self.exclude(state__in=ENDED)

    def not_withdrawn(self) -> SessionQuerySet:
        """Those of cases that were not withdrawn: for one that was decided results are fetched all the same."""
        return self.exclude(case__state=CaseState.WITHDRAWN)


class AmlSession(SavesChanges, Leased, Refusals):
    """One order at the provider and everything that became of it.

    Its row is the truth; queue and webhooks only hint.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("number in its case"))
    state = models.CharField(_("state"), max_length=12, choices=SessionState, default=SessionState.REQUESTED)
    # Why it ended, is stuck, or was last held up: a safe word (see reasons.py), and the provider's text if it gave one.
    reason = models.CharField(max_length=40, blank=True)
    reason_text = models.CharField(max_length=500, blank=True)

    # What was ordered, as sent.
    ordered_reports = models.JSONField(default=list, db_column="reports")
    expands = models.JSONField(default=list)
    language = models.CharField(max_length=2, default="en")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    # The organisation it was ordered for, where the case's number was corrected since; None: that of the case.
    ordered_for = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    # The scopes the token held when the session was created: without OFAC, silence about OFAC means nothing.
    granted_scopes = models.JSONField(default=list)

    provider_id = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    give_up_at = models.DateTimeField()
    # When it was last reopened after it had ended; and how often webhooks did that since a person last did.
    reopened_at = models.DateTimeField(null=True)
    reopenings = models.PositiveSmallIntegerField(default=0)
    # When a webhook said that it failed: a hint, which shortens the patience as long as nothing came after it.
    failure_announced_at = models.DateTimeField(null=True)

    # The engine's own: when the next step is due, when it last polled, how it has gone.
    next_step_at = models.DateTimeField(null=True)
    polled_at = models.DateTimeField(null=True)
    # A webhook came while somebody was at work: poll again at once.
    wake_requested = models.BooleanField(default=False)
    polls = models.PositiveIntegerField(default=0)
    troubles = models.PositiveIntegerField(default=0)
    lost_answers = models.PositiveSmallIntegerField(default=0)
    # Creates repeated by ourselves after a doubt, since a person last decided.
    retries = models.PositiveSmallIntegerField(default=0)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        default_permissions = ()
        ordering = ["-number"]
        indexes = [models.Index(fields=["next_step_at"], name="session_due")]
        constraints = [
            one_of("state", SessionState, "session_state_known"),
            models.UniqueConstraint(fields=["case", "number"], name="session_number_once"),
            # One that was reopened may be looked at beside a newer one: it orders nothing.
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(state__in=ENDED) & Q(reopened_at=None),
                name="session_one_unended_per_case",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None) | ~Q(provider_id=""), name="session_reopened_has_provider_id"
            ),
            models.UniqueConstraint(
                fields=["provider_id"], condition=~Q(provider_id=""), name="session_provider_id_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at=None)),
                name="session_ended_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ACTIVE, next_step_at__isnull=False)
                | (~Q(state__in=ACTIVE) & Q(next_step_at=None)),
                name="session_active_has_next_step",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[_s.OPEN, _s.COMPLETE, _s.PARTIAL]) | ~Q(provider_id=""),
                name="session_open_has_provider_id",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[_s.FAILED, _s.PARTIAL, *STUCK]) | ~Q(reason=""),
                name="session_unhappy_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.state}"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def has_ended_once(self) -> bool:
        """Has it ended at least once, even if it was reopened since?"""
        return self.is_ended or self.reopened_at is not None

    @property
    def is_stuck(self) -> bool:
        return self.state in STUCK

    @property
    def can_be_reopened(self) -> bool:
        """Did it end at the provider without some of its results, which were not said to be gone either?"""
        return self.is_ended and bool(self.provider_id) and any(one.is_failed for one in self.artefacts.all())

    @property
    def why(self) -> str:
        """The sentence for why it ended, is stuck or was held up; '' if it is not."""
        return reasons.sentence(self.reason, of_an_order=not self.provider_id)

    @property
    def has_usable(self) -> bool:
        """Did anything come that may be used: readable, and of a result that is not about another organisation?"""
        return not self.is_about_another and any(artefact.is_usable for artefact in self.artefacts.all())

    @property
    def is_about_another(self) -> bool:
        """Did a result come that is about another organisation?"""
        return any(artefact.about_us is False for artefact in self.artefacts.all())

    @property
    def earlier_number(self) -> str:
        """The number it was ordered for, as people write it; '' if that is the number of the case."""
        return self.ordered_for.number if self.ordered_for is not None else ""

    @property
    def language_name(self) -> str:
        return str(languages.name(self.language))

    def let_go(self) -> None:
        """Free the session after a step that ended as it should; its claims count no more. Saves nothing."""
        super().let_go()
        self.claims = 0

    # --- Moves. Each sets what its state demands; none saves. ---

    def mark_creating(self) -> None:
        move(self, MOVES, _s.CREATING)

    def mark_open(self, provider_id: str, at: datetime.datetime, give_up_at: datetime.datetime) -> None:
        if self.is_ended:  # another session's name must not take the place of the one it had
            raise IllegalMove(self, self.state, _s.OPEN)
        move(self, MOVES, _s.OPEN)
        self.provider_id, self.opened_at, self.next_step_at = provider_id, at, at
        self.give_up_at = give_up_at
        self.reason = self.reason_text = ""
        self.polls = self.troubles = 0
        self.forget_refusals()

    def mark_to_be_created(self, at: datetime.datetime) -> None:
        """Put it back to the start: the order was not taken, or a person wants another."""
        move(self, MOVES, _s.REQUESTED)
        self.next_step_at = at

    def mark_doubtful(self, at: datetime.datetime) -> None:
        move(self, MOVES, _s.DOUBTFUL)
        self.next_step_at = at

    def mark_unknown(self, reason: str) -> None:
        move(self, MOVES, _s.UNKNOWN)
        self.reason, self.next_step_at = reason, None

    def mark_quarantined(self, reason: str) -> None:
        move(self, MOVES, _s.QUARANTINED)
        self.reason, self.next_step_at = reason, None

    def mark_resumed(self, at: datetime.datetime) -> None:
        """Take it out of quarantine, to the state from which it goes on."""
        move(self, MOVES, self._state_to_resume())
        self.next_step_at, self.claims, self.troubles = at, 0, 0
        self.forget_refusals()

    def mark_reopened(self, at: datetime.datetime, give_up_at: datetime.datetime) -> None:
        """Reopen it after its end, to poll for what did not come."""
        if not (self.is_ended and self.provider_id):
            raise IllegalMove(self, self.state, _s.OPEN)
        move(self, MOVES, _s.OPEN)
        self.reopened_at, self.next_step_at, self.give_up_at, self.ended_at = at, at, give_up_at, None
        self.reason = self.reason_text = ""
        self.polls = self.troubles = self.claims = 0
        self.forget_refusals()

    def mark_failed(self, reason: str, text: str, at: datetime.datetime) -> None:
        self._end(_s.FAILED, at, reason, text)

    def mark_complete(self, at: datetime.datetime) -> None:
        self._end(_s.COMPLETE, at, "", "")

    def mark_partial(self, reason: str, at: datetime.datetime) -> None:
        self._end(_s.PARTIAL, at, reason, "")

    def _end(self, state: SessionState, at: datetime.datetime, reason: str, text: str) -> None:
        move(self, MOVES, state)
        self.ended_at, self.next_step_at = at, None
        self.reason, self.reason_text = reason, text

    def _state_to_resume(self) -> SessionState:
        if self.provider_id:
            return _s.OPEN
        return _s.DOUBTFUL if self.attempts.filter(outcome=AttemptOutcome.SENT).exists() else _s.REQUESTED


SESSION = Compiled(lambda pk: AmlSession.objects.filter(pk=pk).order_by(), int)
