"""How the last runs of `verify_audit` and `verify_evidence` went."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.state_machine import one_of

# Run every night; a night that was missed shows.
OVERDUE_AFTER = datetime.timedelta(hours=36)


class VerificationKind(models.TextChoices):
    AUDIT = "AUDIT", _("Audit trail and rows")
    EVIDENCE = "EVIDENCE", _("Stored files")
    # Told to those entitled to see suspicion alone, and kept of every run, be there notes or not.
    SEALED = "SEALED", _("Notes of suspicion")


class Verification(models.Model):
    """A completed verification run over everything. `lines` are the first of what was found, `summary` what was
    looked at and could not be compared, as the command said it."""

    kind = models.CharField(_("kind"), max_length=8, choices=VerificationKind)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    # Cases, files, or notes.
    extent = models.PositiveIntegerField()
    problems = models.PositiveIntegerField()
    summary = models.TextField()
    lines = models.JSONField(default=list)

    class Meta:
        verbose_name = _("verification")
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [one_of("kind", VerificationKind, "verification_kind_known")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ended_at:%Y-%m-%d %H:%M}"

    @property
    def seconds(self) -> float:
        return (self.ended_at - self.began_at).total_seconds()

    @property
    def is_overdue(self) -> bool:
        """Has a night gone by without another run?"""
        return timezone.now() - self.ended_at > OVERDUE_AFTER

    @classmethod
    def last(cls, kind: str) -> Verification | None:
        """The last completed run of a kind; None if there is none."""
        return cls.objects.filter(kind=kind).first()
