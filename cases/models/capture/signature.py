"""Signature checks of captured PDFs, which are added and never changed, and the PDFs that wait for their first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.capture.artefact import Artefact, ArtefactKind
from cases.models.lease import CLOCKS_DIFFER, Leased, LeasedQuerySet
from cases.models.state_machine import one_of

# How long one check is leased.
LEASE = datetime.timedelta(seconds=120)
# A check that is put off further than any is was put off before the clock was put back.
FURTHEST_CHECK = datetime.timedelta(minutes=30)


class Verdict(models.TextChoices):
    VERIFIED = "VERIFIED", _("Signature verified")
    NOT_TRUSTED = "NOT_TRUSTED", _("Intact, signer not trusted")
    ALTERED = "ALTERED", _("Altered, or the signature is invalid")
    UNSIGNED = "UNSIGNED", _("No signature")
    NOT_A_PDF = "NOT_A_PDF", _("Not a PDF")
    CANNOT_TELL = "CANNOT_TELL", _("Cannot tell")


class SignatureCheck(models.Model):
    """One look. `explanation` is a safe word (signatures/signature_result.py says it in a sentence); `about_us` whether
    the PDF's own text names the organisation, None if its text cannot be read."""

    artefact = models.ForeignKey(Artefact, models.PROTECT, related_name="signature_checks")
    at = models.DateTimeField(_("time"))
    # None: the portal itself, when it captured the PDF.
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_column="asked_by_id"
    )
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    explanation = models.CharField(max_length=40, blank=True)
    about_us = models.BooleanField(null=True)
    # SHA-256 of the trust roots it was held against, '' if there were none.
    roots = models.CharField(max_length=64, blank=True)
    # Every signature of the file in its order, as signatures/signature_result.py reads it.
    signatures = models.JSONField(default=list)

    class Meta:
        verbose_name = _("signature check")
        default_permissions = ()
        ordering = ["artefact", "pk"]
        constraints = [one_of("verdict", Verdict, "signature_verdict_known")]

    def __str__(self) -> str:
        return f"{self.artefact_id} {self.verdict}"


class PendingSignatureCheckQuerySet(LeasedQuerySet["PendingSignatureCheck"]):
    def unfinished(self) -> PendingSignatureCheckQuerySet:
        return self.all()

    def longest_lease(self) -> datetime.timedelta:
        """Longer than a check of a large file from a slow store takes: nobody renews the lease meanwhile."""
        return max(super().longest_lease(), LEASE + CLOCKS_DIFFER)

    def due(self, now: datetime.datetime) -> PendingSignatureCheckQuerySet:
        """The newest first: somebody may be looking at it this moment."""
        at_its_time = Q(not_before__lte=now) | Q(not_before__gt=now + FURTHEST_CHECK)
        return self.filter(at_its_time).unheld(now).order_by("-pk")

    def add(self, artefacts: Iterable[Artefact]) -> None:
        """Have the PDFs among them checked that are captured now."""
        pdfs = [
            artefact for artefact in artefacts if artefact.is_captured and artefact.kind != ArtefactKind.JSON
        ]
        self.bulk_create(PendingSignatureCheck(artefact=artefact) for artefact in pdfs)


class PendingSignatureCheck(Leased):
    """A captured PDF that nobody has checked. The row is removed by the transaction that records a check."""

    artefact = models.OneToOneField(
        Artefact, models.PROTECT, primary_key=True, related_name="pending_signature_check"
    )
    not_before = models.DateTimeField(default=timezone.now)
    # Checks that the process of the checker did not bring to an end, and tries in a row that ended for a reason that is
    # not the file's.
    broke_off = models.PositiveSmallIntegerField(default=0)
    troubles = models.PositiveSmallIntegerField(default=0)

    objects = PendingSignatureCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending signature check")
        default_permissions = ()
        indexes = [models.Index(fields=["not_before"], name="pending_check_when")]

    def __str__(self) -> str:
        return f"{self.artefact_id}"
