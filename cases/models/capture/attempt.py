"""Every sending of an order, with the webhook address that is its own (contract §2)."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.capture.attempt_outcome import AttemptOutcome
from cases.models.capture.session import AmlSession
from cases.models.state_machine import one_of


class CreateAttempt(models.Model):
    """One sending of a create, written down before it is sent. Its webhook address is its own (contract §2)."""

    session = models.ForeignKey(AmlSession, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=AttemptOutcome, default=AttemptOutcome.SENT)
    # The session that its answer named when it came too late to be used; '' if it did not.
    second_session = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("attempt to create")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="attempt_number_once"),
            one_of("outcome", AttemptOutcome, "attempt_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.number} {self.outcome}"

    @staticmethod
    def new_token() -> str:
        return secrets.token_urlsafe(32)
