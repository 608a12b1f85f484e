"""Risk classes that people set apart from the one that is worked out: added, answered by a second person once."""

from __future__ import annotations

import datetime
import uuid
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.risk.override import SETTABLE
from cases.models.casework.case import Case
from cases.models.people.user import User
from cases.models.review.judgement import MOVES, SecondState
from cases.models.review.policy import PolicyVersion
from cases.models.state_machine import move, one_of


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


class RiskOverride(models.Model):
    """One setting of a case's class. The newest that needs nobody, or was confirmed, counts; '' takes it back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="risk_overrides")
    number = models.PositiveIntegerField()
    to_class = models.CharField(max_length=10, choices=SettableClass, blank=True)
    worked_out = models.CharField(max_length=10, choices=WorkedOutClass)
    rationale = models.TextField(_("in your words"))
    until = models.DateField(null=True)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="risk_overrides")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    second_state = models.CharField(max_length=10, choices=SecondState, default=_s.NOT_NEEDED)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    second_words = models.TextField(blank=True)
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
            one_of("second_state", SecondState, "override_second_known"),
            models.UniqueConstraint(fields=["case", "number"], name="override_number_once"),
            models.CheckConstraint(condition=~Q(rationale=""), name="override_says_why"),
            models.CheckConstraint(
                condition=Q(to_class="", until=None) | (~Q(to_class="") & Q(until__isnull=False)),
                name="override_ends",
            ),
            # Nobody is their own second person.
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("by")), name="override_second_is_another"
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(second_state__in=(_s.CONFIRMED, _s.SENT_BACK))
                    & Q(second_by=None, second_at=None, second_words="")
                )
                | Q(second_state=_s.CONFIRMED, second_by__isnull=False, second_at__isnull=False)
                | (
                    Q(second_state=_s.SENT_BACK, second_by__isnull=False, second_at__isnull=False)
                    & ~Q(second_words="")
                ),
                name="override_second_is_named",
            ),
            # A class is not lowered by one alone.
            models.CheckConstraint(
                condition=~(Q(second_state=_s.NOT_NEEDED) & _LOWERED), name="override_down_needs_second"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.to_class}"

    @property
    def awaits_second(self) -> bool:
        return self.second_state == _s.AWAITED

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

    def answer(self, answer: SecondState, by: User, at: datetime.datetime, words: str = "") -> None:
        """Confirm it or send it back, as the second person."""
        move(self, MOVES, answer, "second_state")
        self.second_by, self.second_at, self.second_words = by, at, words
