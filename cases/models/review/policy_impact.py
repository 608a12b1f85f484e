"""What a draft of policy would do to the open cases, worked out by the queue and kept."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.lease import Leased, LeasedQuerySet
from cases.models.review.policy import PolicyVersion
from cases.models.state_machine import move, one_of


class ImpactState(models.TextChoices):
    ORDERED = "ORDERED", _("Being worked out")
    WORKED_OUT = "WORKED_OUT", _("Worked out")
    FAILED = "FAILED", _("Could not be worked out")


_s = ImpactState
MOVES: dict[str, set[str]] = {
    _s.ORDERED: {_s.WORKED_OUT, _s.FAILED},
    _s.WORKED_OUT: set(),
    _s.FAILED: set(),
}


class PolicyImpactQuerySet(LeasedQuerySet["PolicyImpact"]):
    def due(self, now: datetime.datetime) -> PolicyImpactQuerySet:
        return self.unfinished().unheld(now).order_by("ordered_at", "pk")

    def unfinished(self) -> PolicyImpactQuerySet:
        return self.filter(state=_s.ORDERED)

    def worked_out(self) -> PolicyImpactQuerySet:
        """Those that are finished, the newest first."""
        return self.filter(state=_s.WORKED_OUT).order_by("-worked_out_at", "-pk")


class PolicyImpact(Leased):
    """One working out. It goes through the open cases by their keys, in pieces: `last_case` is the last one looked at.

    `sha256` is of the document it is about, `against` the version in force that it compares with; if another one comes
    in force meanwhile, it begins anew. `tallies` counts all changes of a kind (`what`, `was`, `now`, `number`);
    `changes` names the leading ones (`case`, `what`, `was`, `now`), `not_read` cases of which nothing could be said. No
    name of a hit is kept.
    """

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="impacts")
    state = models.CharField(_("state"), max_length=10, choices=ImpactState, default=_s.ORDERED)
    reason = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64)
    against = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    worked_out_at = models.DateTimeField(null=True)

    last_case = models.PositiveBigIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)  # open cases there were when it began
    cases = models.PositiveIntegerField(default=0)
    not_worked_out = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    tallies = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    not_read = models.JSONField(default=list)

    objects = PolicyImpactQuerySet.as_manager()

    class Meta:
        verbose_name = _("impact of a draft of policy")
        default_permissions = ()
        ordering = ["version", "-ordered_at"]
        constraints = [
            one_of("state", ImpactState, "policy_impact_state_known"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(state=_s.ORDERED), name="policy_impact_ordered_once"
            ),
            models.CheckConstraint(
                condition=Q(state=_s.WORKED_OUT, worked_out_at__isnull=False, against__isnull=False)
                | (~Q(state=_s.WORKED_OUT) & Q(worked_out_at=None)),
                name="policy_impact_worked_out_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=_s.FAILED) | ~Q(reason=""), name="policy_impact_failed_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.state}"

    @property
    def is_ordered(self) -> bool:
        return self.state == _s.ORDERED

    @property
    def is_worked_out(self) -> bool:
        return self.state == _s.WORKED_OUT

    def begin(self, against: PolicyVersion, expected: int) -> None:
        """Begin with the leading case, beside a version in force. Saves nothing."""
        self.against, self.expected = against, expected
        self.last_case = self.cases = self.not_worked_out = self.changed = 0
        self.tallies, self.changes, self.not_read = [], [], []

    def mark_worked_out(self, at: datetime.datetime) -> None:
        move(self, MOVES, _s.WORKED_OUT)
        self.worked_out_at = at

    def mark_failed(self, reason: str) -> None:
        move(self, MOVES, _s.FAILED)
        self.reason = reason
