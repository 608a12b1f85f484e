"""What a look at the signature of a captured PDF told. Looks are added, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.capture.artefact import Artefact, ArtefactKind, ArtefactQuerySet
from cases.models.state_machine import one_of


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

    @staticmethod
    def due() -> ArtefactQuerySet:
        """Captured PDFs that nobody has looked at."""
        pdfs = Artefact.objects.captured().exclude(kind=ArtefactKind.JSON)
        return pdfs.filter(signature_checks=None)
