"""To which version of the requirement set a case was moved: added and never changed; the newest counts."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.casework.case import Case
from cases.models.review.policy import PolicyVersion


class RequirementSetChoice(models.Model):
    """One move of a case to another version; a case without any keeps the one in force when it was opened."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requirement_set_choices")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    # One form makes one move, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("version of the requirement set of a case")
        default_permissions = ()
        ordering = ["case", "-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="set_choice_number_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.version_id}"
