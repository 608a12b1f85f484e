"""Policy by which cases are judged: documents in versions, each written by one person and activated by another."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.state_machine import move, one_of


class PolicyKind(models.TextChoices):
    """The documents there are; the stored word is the name of the file of its default."""

    RISK_MODEL = "risk_model", _("Risk model")
    HIT_REASONS = "hit_reasons", _("Hit reasons")
    REQUIREMENT_SET = "requirement_set", _("Requirement set")


class PolicyState(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    ACTIVE = "ACTIVE", _("In force")
    RETIRED = "RETIRED", _("No longer in force")
    DISCARDED = "DISCARDED", _("Discarded")


_s = PolicyState
MOVES: dict[str, set[str]] = {
    _s.DRAFT: {_s.ACTIVE, _s.DISCARDED},
    _s.ACTIVE: {_s.RETIRED},
    _s.RETIRED: set(),
    _s.DISCARDED: set(),
}


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def of_kind(self, kind: str) -> PolicyVersionQuerySet:
        """The versions of a document, the newest first."""
        return self.filter(kind=kind).order_by("-number")

    def in_force(self, kind: str) -> PolicyVersion | None:
        """The version by which cases are judged now; None if none ever was activated."""
        return self.filter(kind=kind, state=_s.ACTIVE).first()

    def key_in_force(self, kind: str) -> int | None:
        """The key of that version; its document is not read."""
        return self.filter(kind=kind, state=_s.ACTIVE).values_list("pk", flat=True).first()


class PolicyVersion(models.Model):
    """One version of a document. A draft may be changed by its author; what once was in force never changes.

    A version of the portal's own (`author` None) is a default that nobody has reviewed: the portal activates it where
    nothing is in force yet, and nobody else may have written one without being named.
    """

    kind = models.CharField(_("document"), max_length=20, choices=PolicyKind)
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=PolicyState, default=_s.DRAFT)
    # The document as JSON text, in the order in which it was written, and the SHA-256 (hex) over its bytes.
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    activated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    activated_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of policy")
        default_permissions = ()
        permissions = [
            ("view_policy", "Can read the policy by which cases are judged"),
            ("edit_policy", "Can write drafts of policy"),
            ("activate_policy", "Can put a draft of policy by somebody else in force"),
        ]
        ordering = ["kind", "-number"]
        constraints = [
            one_of("kind", PolicyKind, "policy_kind_known"),
            one_of("state", PolicyState, "policy_state_known"),
            models.UniqueConstraint(fields=["kind", "number"], name="policy_number_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state=_s.ACTIVE), name="policy_in_force_once"
            ),
            # Nobody puts in force what they wrote; only the portal's own default needs no person.
            models.CheckConstraint(
                condition=Q(author=None, activated_by=None)
                | Q(author__isnull=False, activated_by=None, activated_at=None)
                | (Q(activated_by__isnull=False) & (Q(author=None) | ~Q(author=F("activated_by")))),
                name="policy_activated_by_another",
            ),
            models.CheckConstraint(
                condition=(~Q(state__in=(_s.ACTIVE, _s.RETIRED)) & Q(activated_at=None))
                | Q(state__in=(_s.ACTIVE, _s.RETIRED), activated_at__isnull=False),
                name="policy_in_force_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.state}"

    @property
    def title(self) -> str:
        """What it is called: 'Hit reasons 3'."""
        return f"{self.get_kind_display()} {self.number}"

    @property
    def is_default(self) -> bool:
        """Is it the portal's own proposal, which nobody has reviewed?"""
        return self.author_id is None

    @property
    def is_draft(self) -> bool:
        return self.state == _s.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.state == _s.ACTIVE

    @property
    def content(self) -> dict[str, Any]:
        """The document, read anew."""
        found: dict[str, Any] = json.loads(self.document)
        return found

    def move_to(self, state: PolicyState) -> None:
        move(self, MOVES, state)
