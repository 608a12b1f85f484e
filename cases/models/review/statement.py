"""What people said of requirements: added and never changed; the newest of a requirement counts."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.assessment.requirements import statement as terms
from cases.models.casework.case import Case
from cases.models.review.policy import PolicyVersion
from cases.models.state_machine import one_of


class StatementKind(models.TextChoices):
    """What was said, as the assessment names it."""

    MET = terms.StatementKind.MET, terms.StatementKind.MET.words
    WAIVED = terms.StatementKind.WAIVED, terms.StatementKind.WAIVED.words
    TAKEN_BACK = terms.StatementKind.TAKEN_BACK, terms.StatementKind.TAKEN_BACK.words


class SearchOutcome(models.TextChoices):
    """What a search found; '' of a statement about something else."""

    NOT_A_SEARCH = terms.Outcome.NONE, terms.Outcome.NONE.words
    NOTHING_FOUND = terms.Outcome.NOTHING_FOUND, terms.Outcome.NOTHING_FOUND.words
    FOUND = terms.Outcome.FOUND, terms.Outcome.FOUND.words


_k = StatementKind


class RequirementStatement(models.Model):
    """One statement of a person about one requirement of a case.

    `about`: what was known then, as assessment/requirements names it, under `parts`; when that is another, the
    statement does not count. `evidence_day`: of which day the evidence is; `until`: the last day of a waiver.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="requirement_statements")
    number = models.PositiveIntegerField()
    requirement = models.CharField(max_length=8)
    kind = models.CharField(max_length=10, choices=StatementKind)
    outcome = models.CharField(max_length=13, choices=SearchOutcome, blank=True)
    words = models.TextField(_("in your words"))
    evidence_day = models.DateField(null=True)
    until = models.DateField(null=True)
    about = models.JSONField(default=dict)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="requirement_statements")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    # One form makes one row, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("statement about a requirement")
        default_permissions = ()
        permissions = [
            ("meet_requirement", "Can say that a requirement is met"),
            ("waive_requirement", "Can waive a requirement, or say that one is met that is a lead's"),
        ]
        ordering = ["case", "-number"]
        constraints = [
            one_of("kind", StatementKind, "statement_kind_known"),
            one_of("outcome", SearchOutcome, "statement_outcome_known"),
            models.UniqueConstraint(fields=["case", "number"], name="statement_number_once"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(requirement=""), name="statement_says_what"),
            models.CheckConstraint(
                condition=Q(kind=_k.WAIVED, until__isnull=False) | (~Q(kind=_k.WAIVED) & Q(until=None)),
                name="statement_waiver_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.requirement} {self.kind}"
