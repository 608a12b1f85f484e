from django.db import models

from cases.models.capture.artefact import Artefact


class UnreadableAnswer(models.Model):
    """A whole answer that cannot be read, kept as evidence as it came; a better one may still be had. Never changed."""

    artefact = models.ForeignKey(Artefact, models.PROTECT, related_name="unreadable_answers")
    at = models.DateTimeField()
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    # Why it cannot be read (reasons.py).
    unreadable = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.artefact_id} {self.sha256[:10]} {self.unreadable}"
