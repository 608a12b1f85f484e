"""Files that people attach to a case as evidence: stored under their hash, and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.casework.case import Case
from cases.models.review.judgement import Judgement
from cases.models.review.owner_conclusion import OwnerConclusion
from cases.models.review.statement import RequirementStatement


class Attachment(models.Model):
    """One file, for a judgement, a statement or a conclusion. `name` is made safe; `media_type`: what its bytes are."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    number = models.PositiveIntegerField(_("number in its case"))
    name = models.CharField(_("name"), max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200)
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    attached_at = models.DateTimeField(_("attached"))
    judgement = models.ForeignKey(Judgement, models.PROTECT, null=True, related_name="attachments")
    statement = models.ForeignKey(RequirementStatement, models.PROTECT, null=True, related_name="attachments")
    conclusion = models.ForeignKey(OwnerConclusion, models.PROTECT, null=True, related_name="attachments")

    class Meta:
        verbose_name = _("attachment")
        default_permissions = ()
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="attachment_number_once"),
            models.CheckConstraint(
                condition=~Q(sha256="") & ~Q(file="") & ~Q(name=""), name="attachment_has_bytes"
            ),
            models.CheckConstraint(
                condition=Q(judgement__isnull=False, statement=None, conclusion=None)
                | Q(judgement=None, statement__isnull=False, conclusion=None)
                | Q(judgement=None, statement=None, conclusion__isnull=False),
                name="attachment_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"
