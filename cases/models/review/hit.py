"""The provider's hits, as rows. What people think of a hit will stand beside it, by the fingerprint."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.capture.artefact import Artefact
from cases.models.casework.case import Case
from cases.models.names import NAME_LENGTH


class HitQuerySet(models.QuerySet["Hit"]):
    def of_capture(self, artefact: Artefact) -> HitQuerySet:
        """The hits that this result names, if it is the newest."""
        return self.filter(last_seen=artefact)


class Hit(models.Model):
    """One entry of a list that may be somebody of the case. Found again, it is the same row."""

    LIST_LENGTH, ID_LENGTH = 100, 200

    case = models.ForeignKey(Case, models.PROTECT, related_name="hits")
    fingerprint = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    # The list's word as it came, and the entry's number on it.
    list_word = models.CharField(_("list"), max_length=LIST_LENGTH, blank=True)
    external_id = models.CharField(_("number on the list"), max_length=ID_LENGTH, blank=True)
    # The match number held to its scale of 0 to 500; None if it came as no number.
    match = models.PositiveSmallIntegerField(_("match"), null=True)
    first_seen = models.ForeignKey(Artefact, models.PROTECT, related_name="+")
    last_seen = models.ForeignKey(Artefact, models.PROTECT, related_name="hits")

    objects = HitQuerySet.as_manager()

    class Meta:
        verbose_name = _("hit")
        default_permissions = ()
        ordering = ["case", models.F("match").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "fingerprint"], name="hit_once_in_case"),
            models.CheckConstraint(condition=~Q(fingerprint=""), name="hit_has_fingerprint"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.fingerprint}"
