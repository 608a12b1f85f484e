"""What results held that the portal has no place for: paths, never values (findings/coverage/unplaced.py)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.capture.artefact import Artefact


class UnplacedKind(models.TextChoices):
    FIELD = "field", _("Field")
    WORD = "word", _("Word")


class Unplaced(models.Model):
    """One path of one result. Rows of their own instead of a count: captures do not wait for each other."""

    artefact = models.ForeignKey(Artefact, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=UnplacedKind.choices)
    path = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("path without a place")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["artefact", "kind", "path"], name="unplaced_once_in_result"),
            models.CheckConstraint(
                condition=models.Q(kind__in=UnplacedKind.values), name="unplaced_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["kind", "path"], name="unplaced_by_path")]

    def __str__(self) -> str:
        return f"{self.kind} {self.path}"
