"""What people answered to the questions of the risk model: each time all of it, added and never changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.casework.case import Case
from cases.models.review.policy import PolicyVersion


class RiskAnswers(models.Model):
    """The answers of a case, by the id of the question; the newest row of a case counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="risk_answers")
    number = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="risk_answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    # One form makes one row, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("answers")
        default_permissions = ()
        permissions = [("assess_risk", "Can answer the questions of the risk model")]
        ordering = ["case", "-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="answers_number_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"
