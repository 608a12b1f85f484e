"""Notes of suspicion: added and never changed, for those entitled alone. Nobody else may learn that there are any."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.audit.event import AuditEvent
from cases.models.casework.case import Case
from cases.models.state_machine import one_of


class SuspicionConclusion(models.TextChoices):
    """What came of considering a suspicion."""

    CONSIDERED = "CONSIDERED_NOT_REPORTED", _("Considered, not reported")
    REPORTED = "REPORTED", _("Reported")
    LOOKED_INTO = "STILL_LOOKED_INTO", _("Still looked into")


class SuspicionNote(models.Model):
    """One note of a suspicion officer about a case.

    `event` tells of it in the stream of suspicion of the case. The case's own chain holds nothing but the hash of
    `salt` and that event: whoever reads it, and has not the salt, cannot find out what it is the hash of. `triggers`:
    the keys of what gave rise to it when it was written.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspicion_notes")
    number = models.PositiveIntegerField()
    words = models.TextField(_("in your words"))
    conclusion = models.CharField(_("conclusion"), max_length=23, choices=SuspicionConclusion)
    triggers = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="suspicion_note")
    salt = models.CharField(max_length=32)
    # One form makes one note, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("note of suspicion")
        default_permissions = ()
        permissions = [("see_suspicion", "Can see and write notes of suspicion")]
        ordering = ["case", "-number"]
        constraints = [
            one_of("conclusion", SuspicionConclusion, "suspicion_conclusion_known"),
            models.UniqueConstraint(fields=["case", "number"], name="suspicion_number_once"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(salt=""), name="suspicion_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.conclusion}"
