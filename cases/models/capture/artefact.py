from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amlportal.compiled import Compiled, attach
from cases.models.capture.refusals import Refusals
from cases.models.capture.session import AmlSession
from cases.models.casework.case_states import CaseState
from cases.models.changes import SavesChanges
from cases.models.reasons import NOT_MADE
from cases.models.state_machine import move, one_of


class ArtefactKind(models.TextChoices):
    JSON = "json", _("JSON result")
    AML = "aml", _("AML report")
    CERTIFICATE = "certificate_of_registration", _("Certificate of registration")


class ArtefactState(models.TextChoices):
    ORDERED = "ASKED", _("Awaited")
    READY = "READY", _("Ready, being fetched")
    CAPTURED = "CAPTURED", _("Captured")
    FAILED = "FAILED", _("Failed")
    EXPIRED = "EXPIRED", _("Expired before capture")


_s = ArtefactState
MOVES: dict[str, set[str]] = {
    _s.ORDERED: {_s.READY, _s.CAPTURED, _s.FAILED, _s.EXPIRED},
    _s.READY: {_s.CAPTURED, _s.FAILED, _s.EXPIRED},
    _s.CAPTURED: set(),
    _s.FAILED: {_s.ORDERED},  # when its session is reopened
    _s.EXPIRED: set(),
}
PENDING = (_s.ORDERED, _s.READY)

LIFETIME = datetime.timedelta(hours=2)  # contract §4
AMBER_AFTER = datetime.timedelta(minutes=15)
ALARM_AFTER = datetime.timedelta(minutes=60)
RISK_BEFORE = datetime.timedelta(minutes=30)


class ArtefactQuerySet(models.QuerySet["Artefact"]):
    def pending(self) -> ArtefactQuerySet:
        return self.filter(state__in=PENDING)

    def captured(self) -> ArtefactQuerySet:
        return self.filter(state=_s.CAPTURED)

    def not_made(self) -> ArtefactQuerySet:
        return self.filter(state=_s.FAILED, reason__in=NOT_MADE)

    def at_risk(self, now: datetime.datetime) -> ArtefactQuerySet:
        """The results that are ready at the provider, not captured yet, and gone within half an hour."""
        return self.filter(state=_s.READY, expires_at__lt=now + RISK_BEFORE)

    def not_withdrawn(self) -> ArtefactQuerySet:
        """Those of cases that were not withdrawn: for one that was decided results are fetched all the same."""
        return self.exclude(session__case__state=CaseState.WITHDRAWN)

    def deadline_first(self) -> ArtefactQuerySet:
        return self.order_by(F("expires_at").asc(nulls_last=True), "pk")


class Artefact(SavesChanges, Refusals):
    """One result entity of a session: the JSON, or one of the PDFs. Its bytes are kept as they came."""

    session = models.ForeignKey(AmlSession, models.PROTECT, related_name="artefacts")
    kind = models.CharField(_("kind"), max_length=40, choices=ArtefactKind)
    state = models.CharField(_("state"), max_length=10, choices=ArtefactState, default=ArtefactState.ORDERED)
    reason = models.CharField(max_length=40, blank=True)
    reason_text = models.CharField(max_length=500, blank=True)
    # The provider's own status word when we last looked, as it came.
    provider_word = models.CharField(max_length=50, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    # By the provider's clock, told in ours: when it became available (or was first seen so) and when it will be gone.
    available_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    media_type = models.CharField(max_length=100, blank=True)
    # Whether the bytes are what they should be (a JSON object, a PDF); '' until captured or when they are.
    unreadable = models.CharField(max_length=40, blank=True)
    # Whether the result says it is about the organisation that was asked for; None when it does not say.
    about_us = models.BooleanField(null=True)

    objects = ArtefactQuerySet.as_manager()

    class Meta:
        verbose_name = _("artefact")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            one_of("kind", ArtefactKind, "artefact_kind_known"),
            one_of("state", ArtefactState, "artefact_state_known"),
            models.UniqueConstraint(fields=["session", "kind"], name="artefact_once_per_session"),
            models.CheckConstraint(
                condition=(
                    Q(state=_s.CAPTURED, captured_at__isnull=False, size__isnull=False)
                    & ~Q(sha256="")
                    & ~Q(file="")
                )
                | (~Q(state=_s.CAPTURED) & Q(captured_at=None, size=None, sha256="", file="")),
                name="artefact_captured_has_bytes",
            ),
            models.CheckConstraint(
                condition=~Q(state=_s.FAILED) | ~Q(reason=""), name="artefact_failed_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind} {self.state}"

    @property
    def is_captured(self) -> bool:
        return self.state == _s.CAPTURED

    @property
    def is_usable(self) -> bool:
        """Was it captured, and can it be read, and is it not about another organisation?"""
        return self.is_captured and not self.unreadable and self.about_us is not False

    @property
    def is_failed(self) -> bool:
        return self.state == _s.FAILED

    @property
    def is_not_made(self) -> bool:
        """Did it fail because the provider did not make it, and for no other reason?"""
        return self.is_failed and self.reason in NOT_MADE

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING

    def is_at_risk(self, now: datetime.datetime) -> bool:
        """Is this artefact one of those that ArtefactQuerySet.at_risk() finds?"""
        return self.state == _s.READY and self.expires_at is not None and self.expires_at < now + RISK_BEFORE

    @property
    def seconds_to_capture(self) -> float | None:
        """The seconds from when it was known to be available until it was captured."""
        if self.captured_at is None or self.available_at is None:
            return None
        return max(0.0, (self.captured_at - self.available_at).total_seconds())

    def urgency(self, now: datetime.datetime) -> str:
        """How pressing it is to fetch it: '' | 'amber' (15 minutes unfetched) | 'alarm' (an hour)."""
        if self.state != _s.READY or self.available_at is None:
            return ""
        waited = now - self.available_at
        return "alarm" if waited >= ALARM_AFTER else "amber" if waited >= AMBER_AFTER else ""

    def mark_ready(self, available_at: datetime.datetime, expires_at: datetime.datetime) -> None:
        move(self, MOVES, _s.READY)
        self.available_at, self.expires_at = available_at, expires_at

    def mark_captured(
        self, at: datetime.datetime, *, file: str, sha256: str, size: int, media_type: str
    ) -> None:
        move(self, MOVES, _s.CAPTURED)
        self.captured_at, self.file, self.sha256, self.size = at, file, sha256, size
        self.media_type = media_type
        self.available_at = self.available_at or at
        self.reason = self.reason_text = ""

    def mark_failed(self, reason: str, text: str = "") -> None:
        move(self, MOVES, _s.FAILED)
        self.reason, self.reason_text = reason, text

    def mark_awaited_again(self) -> None:
        move(self, MOVES, _s.ORDERED)
        self.reason, self.reason_text, self.tries = "", "", 0
        self.forget_refusals()
        self.available_at = self.expires_at = None

    def mark_expired(self) -> None:
        move(self, MOVES, _s.EXPIRED)


OF_SESSION = Compiled(lambda session: Artefact.objects.filter(session=session), int)


def load_artefacts(session: AmlSession) -> None:
    """Load a session's results with it, each once: whoever asks for them later has the same."""
    attach([session], "artefacts", OF_SESSION.all(session.pk))


def pending_of(session: AmlSession) -> list[Artefact]:
    """The results of a session that may still come."""
    return [artefact for artefact in session.artefacts.all() if artefact.is_pending]


def of_kind(session: AmlSession, kind: str) -> Artefact:
    """A session's result of that kind. KeyError if none was ordered."""
    return {artefact.kind: artefact for artefact in session.artefacts.all()}[kind]
