"""What a case keeps of how it is assessed, for lists and sorting: its risk class, and the next of its conditions."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Case as FirstOf
from django.db.models import Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_terms import RiskClass
from cases.models.casework.case_states import CLOSED, DECIDED


class KeptClass(models.TextChoices):
    """The risk class that counts; '' where none can be worked out, or none was yet."""

    PROHIBITED = RiskClass.PROHIBITED, RiskClass.PROHIBITED.words
    HIGH = RiskClass.HIGH, RiskClass.HIGH.words
    NORMAL = RiskClass.NORMAL, RiskClass.NORMAL.words
    NOT_KNOWN = "", _("not known")
    LOW = RiskClass.LOW, RiskClass.LOW.words


# The gravest first; what is not known is not known to be low. Nobody works on a closed case: it stands last both ways.
RANK = FirstOf(
    When(state__in=CLOSED, then=Value(None)),
    *(When(risk_class=value, then=Value(rank)) for rank, value in enumerate(KeptClass.values)),
)
# A case that was decided keeps the risk model of its decision. All others are by the model in force.
BY_MODEL_IN_FORCE = ~Q(state__in=DECIDED)


class Assessed(models.Model):
    """The columns of a case that are worked out from its captures, what people did, policy and the day.

    workflows/casework/assessed_columns.py keeps them. `assess_at`: when they are to be worked out anew, in the past as
    long as that is still to be done; None if no day changes them. `risk_model`: by which the class was worked out; None
    if it was not, or cannot be at the moment. `condition_due`: the last day of the first condition of its approval that
    nobody has shown or waived.
    """

    risk_class = models.CharField(
        _("risk"), max_length=10, choices=KeptClass, default=KeptClass.NOT_KNOWN, blank=True
    )
    risk_is_provisional = models.BooleanField(default=False)
    # The list has an index of its own for it (casework/case.py).
    risk_model = models.ForeignKey(
        "cases.PolicyVersion", models.PROTECT, null=True, related_name="+", db_index=False
    )
    assess_at = models.DateTimeField(null=True, default=timezone.now)
    condition_due = models.DateField(null=True)
    risk_rank = models.GeneratedField(
        expression=RANK, output_field=models.PositiveSmallIntegerField(null=True), db_persist=True
    )

    class Meta:
        abstract = True

    @property
    def assessed(self) -> dict[str, Any]:
        """What is kept, by the name of the column."""
        names = ("risk_class", "risk_is_provisional", "condition_due")
        return {name: getattr(self, name) for name in names}

    def is_assessed(self, now: datetime.datetime) -> bool:
        """Was it worked out, and nothing changed since?"""
        return self.risk_model_id is not None and (self.assess_at is None or self.assess_at > now)
