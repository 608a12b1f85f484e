from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.capture.attempt_outcome import AttemptOutcome
from cases.models.capture.session import AmlSession
from cases.models.state_machine import one_of


class DeliveryVerdict(models.TextChoices):
    WOKE = "RANG", _("Made the portal look")
    NOT_NEEDED = "NOT_NEEDED", _("Came when nothing was awaited")
    NOT_UNDERSTOOD = "NOT_UNDERSTOOD", _("Not understood, made the portal look")
    REJECTED = "REJECTED", _("Names a session that is not ours")
    DUPLICATE_SESSION = "DUPLICATE_SESSION", _("Tells of a second session at the provider")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def about(self, session: AmlSession) -> DeliveryQuerySet:
        """The deliveries at a session's addresses, without those that named another session."""
        elsewhere = [DeliveryVerdict.REJECTED, DeliveryVerdict.DUPLICATE_SESSION]
        return self.filter(attempt__session=session).exclude(verdict__in=elsewhere)

    def candidates(self, session: AmlSession) -> DeliveryQuerySet:
        """The deliveries, oldest first, not rejected, that name a session for an order of unknown answer."""
        return (
            self.filter(attempt__session=session, attempt__outcome__in=AttemptOutcome.unanswered())
            .filter(verdict=DeliveryVerdict.WOKE)
            .exclude(named_session="")
            .order_by("received_at", "pk")
        )


class Delivery(models.Model):
    """One webhook delivery at an address of ours, as it came. It proves nothing: the API is asked (contract §5)."""

    Verdict = DeliveryVerdict
    BODY_LIMIT = 64 * 2**10  # bytes

    attempt = models.ForeignKey("cases.CreateAttempt", models.PROTECT, related_name="deliveries")
    received_at = models.DateTimeField(_("received"))
    media_type = models.CharField(max_length=100, blank=True)
    body = models.BinaryField()
    word = models.CharField(_("status word"), max_length=50, blank=True)
    # The kind of artefact it says is ready; '' if none.
    kind = models.CharField(max_length=40, blank=True)
    named_session = models.CharField(_("session named"), max_length=200, blank=True)
    verdict = models.CharField(max_length=20, choices=DeliveryVerdict)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        indexes = [models.Index(fields=["-received_at"], name="delivery_newest")]
        constraints = [one_of("verdict", DeliveryVerdict, "delivery_verdict_known")]

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d %H:%M:%S} {self.word or '?'}"


class RefusedDeliveries(models.Model):
    """How many webhooks an hour were refused. Counted, not kept: a stranger must not be able to fill the database."""

    hour = models.DateTimeField(primary_key=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}: {self.count}"
