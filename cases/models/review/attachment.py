"""Files that people attach to a case as evidence: stored under their hash, and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.casework.case import Case
from cases.models.review.judgement import Judgement
from cases.models.review.owner_conclusion import OwnerConclusion
from cases.models.review.party_search import PartySearch
from cases.models.review.statement import RequirementStatement

# What a file can show: each has a column of its own, and a file fills one of them.
SHOWS = ("judgement", "statement", "conclusion", "search")


def _of_one() -> Q:
    """Exactly one of the columns is filled."""
    found = Q()
    for shown in SHOWS:
        found |= Q(**{f"{name}__isnull": name != shown for name in SHOWS})
    return found


class Attachment(models.Model):
    """One file, for one thing that people did (SHOWS). `name` is made safe; `media_type`: what its bytes are."""

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
    search = models.ForeignKey(PartySearch, models.PROTECT, null=True, related_name="attachments")

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
                condition=_of_one(),
                name="attachment_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"
