"""What became of one sending of an order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptOutcome(models.TextChoices):
    SENT = "SENT", _("Sent, answer not seen")
    OPENED = "OPENED", _("Session opened")
    ADOPTED = "ADOPTED", _("Answer lost, session found by its webhook")
    REFUSED = "REFUSED", _("No session was made")
    ABANDONED = "ABANDONED", _("Answer lost, no session found")

    @classmethod
    def unanswered(cls) -> tuple[AttemptOutcome, ...]:
        """The outcomes after which the provider may have a session that the portal does not know of."""
        return cls.SENT, cls.ABANDONED
