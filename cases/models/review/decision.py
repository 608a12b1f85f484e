"""Decisions: proposed by one person, countersigned or sent back by another, void once what they rest on is another."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.assessment.decision import outcomes as terms
from cases.models.capture.artefact import Artefact
from cases.models.casework.case import Case
from cases.models.casework.case_states import CaseState
from cases.models.review.policy import PolicyVersion
from cases.models.review.second_person import ByTwo, SecondState, by_another
from cases.models.state_machine import one_of

_o, _r = terms.Outcome, terms.Reason
_APPROVALS = [outcome.value for outcome in terms.APPROVALS]


class DecisionOutcome(models.TextChoices):
    """What is decided, as the assessment names it."""

    APPROVE = _o.APPROVE, _o.APPROVE.words
    CONDITIONS = _o.CONDITIONS, _o.CONDITIONS.words
    REFUSE = _o.REFUSE, _o.REFUSE.words
    CLOSE = _o.CLOSE, _o.CLOSE.words


class DecisionReason(models.TextChoices):
    """Why a case is refused or closed, as the assessment names it; '' of an approval."""

    NONE = _r.NONE, _r.NONE.words
    OUTSIDE_APPETITE = _r.OUTSIDE_APPETITE, _r.OUTSIDE_APPETITE.words
    CANNOT_BE_COMPLETED = _r.CANNOT_BE_COMPLETED, _r.CANNOT_BE_COMPLETED.words
    SANCTIONS = _r.SANCTIONS, _r.SANCTIONS.words
    CUSTOMER_WITHDREW = _r.CUSTOMER_WITHDREW, _r.CUSTOMER_WITHDREW.words
    DUPLICATE = _r.DUPLICATE, _r.DUPLICATE.words
    OPENED_IN_ERROR = _r.OPENED_IN_ERROR, _r.OPENED_IN_ERROR.words


class ProposalEnd(models.TextChoices):
    """How a proposal ended that nobody answered; '' of one that waits, or was answered."""

    NONE = "", _("Not ended")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    VOID = "VOID", _("Void")


_s = SecondState
# The state that a case has once a decision is countersigned.
DECIDES: dict[str, CaseState] = {
    _o.APPROVE: CaseState.APPROVED,
    _o.CONDITIONS: CaseState.CONDITIONS,
    _o.REFUSE: CaseState.REFUSED,
    _o.CLOSE: CaseState.CLOSED,
}
ENDED = ("ending", "ended_by", "ended_at", "ended_because")


class Decision(ByTwo):
    """One proposal, with what became of it. It waits while `second_state` is AWAITED and nothing ended it.

    `digest`: the SHA-256 of what it rests on, which `basis` holds part by part (assessment/decision/basis.py).
    `conditions`: [{"words", "due": YYYY-MM-DD}]. `superior_because`: why a superior must countersign; '' if none must.
    `held_at`: when what it rests on was last held against what is so.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=DecisionOutcome)
    reason = models.CharField(max_length=20, choices=DecisionReason, blank=True)
    rationale = models.TextField(_("rationale"))
    conditions = models.JSONField(default=list)
    next_review = models.DateField(_("next review"), null=True)
    risk_class = models.CharField(max_length=10, blank=True)
    superior_because = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    basis = models.JSONField(default=list)
    risk_model = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+")
    requirement_set = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+")
    capture = models.ForeignKey(Artefact, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))
    ending = models.CharField(max_length=9, choices=ProposalEnd, default=ProposalEnd.NONE, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.JSONField(default=list)
    held_at = models.DateTimeField()
    # One form makes one proposal, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("decision")
        default_permissions = ()
        permissions = [
            ("propose_decision", "Can propose a decision"),
            ("countersign_decision", "Can countersign a decision or send it back"),
            ("act_as_superior", "Can countersign what the law reserves to a superior"),
        ]
        ordering = ["case", "-number"]
        indexes = [
            models.Index(fields=["by"], condition=Q(second_state=_s.SENT_BACK), name="decision_sent_back")
        ]
        constraints = [
            one_of("outcome", DecisionOutcome, "decision_outcome_known"),
            one_of("reason", DecisionReason, "decision_reason_known"),
            one_of("ending", ProposalEnd, "decision_ending_known"),
            *by_another("decision"),
            models.UniqueConstraint(fields=["case", "number"], name="decision_number_once"),
            # One proposal at a time.
            models.UniqueConstraint(
                fields=["case"], condition=Q(second_state=_s.AWAITED, ending=""), name="decision_awaited"
            ),
            models.CheckConstraint(condition=~Q(rationale="") & ~Q(digest=""), name="decision_says_why"),
            # Nobody decides alone.
            models.CheckConstraint(condition=~Q(second_state=_s.NOT_NEEDED), name="decision_by_two"),
            models.CheckConstraint(
                condition=Q(outcome__in=_APPROVALS, reason="", next_review__isnull=False)
                | (~Q(outcome__in=_APPROVALS) & ~Q(reason="") & Q(next_review=None)),
                name="decision_has_review_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_at=None, ended_by=None)
                | (~Q(ending="") & Q(second_state=_s.AWAITED, ended_at__isnull=False)),
                name="decision_ends_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.outcome}"

    @property
    def is_awaited(self) -> bool:
        """Does it wait for a second person?"""
        return self.awaits_second and not self.ending

    @property
    def is_void(self) -> bool:
        return self.ending == ProposalEnd.VOID

    @property
    def is_withdrawn(self) -> bool:
        return self.ending == ProposalEnd.WITHDRAWN

    @property
    def state_words(self) -> str:
        """What became of it, as a reader sees it."""
        if self.ending:
            return str(self.get_ending_display())
        return str(_("Countersigned") if self.is_confirmed else self.get_second_state_display())

    @property
    def is_approval(self) -> bool:
        return _o(self.outcome).is_approval
