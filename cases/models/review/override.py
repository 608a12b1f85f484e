"""Risk classes that people set apart from the one that is worked out: added, answered by a second person once."""

from __future__ import annotations

import uuid
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.risk.override import SETTABLE
from cases.models.casework.case import Case
from cases.models.review.policy import PolicyVersion
from cases.models.review.second_person import ByTwo, SecondState, by_another
from cases.models.state_machine import one_of


class SettableClass(models.TextChoices):
    """The classes that a person can set, as the risk model names them; '' takes an override back."""

    AS_WORKED_OUT = "", _("As worked out")
    LOW = RiskClass.LOW, RiskClass.LOW.words
    NORMAL = RiskClass.NORMAL, RiskClass.NORMAL.words
    HIGH = RiskClass.HIGH, RiskClass.HIGH.words


class WorkedOutClass(models.TextChoices):
    """The classes that a model gives."""

    LOW = RiskClass.LOW, RiskClass.LOW.words
    NORMAL = RiskClass.NORMAL, RiskClass.NORMAL.words
    HIGH = RiskClass.HIGH, RiskClass.HIGH.words
    PROHIBITED = RiskClass.PROHIBITED, RiskClass.PROHIBITED.words


_s = SecondState
_LOWERED = reduce(
    or_,
    (
        Q(to_class=to.value, worked_out__in=[found.value for found in RiskClass if found.rank > to.rank])
        for to in SETTABLE
    ),
)


class RiskOverride(ByTwo):
    """One setting of a case's class. The newest that needs nobody, or was confirmed, counts; '' takes it back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="risk_overrides")
    number = models.PositiveIntegerField()
    to_class = models.CharField(max_length=10, choices=SettableClass, blank=True)
    worked_out = models.CharField(max_length=10, choices=WorkedOutClass)
    rationale = models.TextField(_("in your words"))
    until = models.DateField(null=True)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="risk_overrides")
    at = models.DateTimeField(_("time"))
    # One form makes one row, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("override")
        default_permissions = ()
        permissions = [("confirm_override", "Can confirm or send back an override of the risk class")]
        ordering = ["case", "-number"]
        indexes = [
            models.Index(fields=["case"], condition=Q(second_state=_s.AWAITED), name="override_awaited")
        ]
        constraints = [
            one_of("to_class", SettableClass, "override_class_known"),
            one_of("worked_out", WorkedOutClass, "override_worked_out_known"),
            *by_another("override"),
            models.UniqueConstraint(fields=["case", "number"], name="override_number_once"),
            models.CheckConstraint(condition=~Q(rationale=""), name="override_says_why"),
            models.CheckConstraint(
                condition=Q(to_class="", until=None) | (~Q(to_class="") & Q(until__isnull=False)),
                name="override_ends",
            ),
            # A class is not lowered by one alone.
            models.CheckConstraint(
                condition=~(Q(second_state=_s.NOT_NEEDED) & _LOWERED), name="override_down_needs_second"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.to_class}"

    @property
    def is_agreed(self) -> bool:
        """Did it need nobody else, or has a second person confirmed it?"""
        return self.second_state in (_s.NOT_NEEDED, _s.CONFIRMED)

    @property
    def to_words(self) -> str:
        """The class that it sets, or that the one worked out counts again."""
        return str(SettableClass(self.to_class).label)

    @property
    def worked_out_words(self) -> str:
        return str(WorkedOutClass(self.worked_out).label)
