"""Who is recused from a case: added and never changed; a person is recused for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.casework.case import Case


class Recusal(models.Model):
    """One person who has nothing more to do with a case, and why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="recusals")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("recusal")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="recused_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"
