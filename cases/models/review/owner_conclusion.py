"""What people concluded on beneficial owners: added and never changed; the newest on a person counts."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.assessment.owners import grounds
from cases.models.capture.artefact import Artefact
from cases.models.casework.case import Case
from cases.models.state_machine import one_of


class OwnerConclusionWord(models.TextChoices):
    """What was concluded, as the assessment names it."""

    BENEFICIAL_OWNER = grounds.Conclusion.BENEFICIAL_OWNER, grounds.Conclusion.BENEFICIAL_OWNER.words
    NOT_ONE = grounds.Conclusion.NOT_ONE, grounds.Conclusion.NOT_ONE.words
    SENIOR_MANAGER = grounds.Conclusion.SENIOR_MANAGER, grounds.Conclusion.SENIOR_MANAGER.words


class OwnerGround(models.TextChoices):
    """On which ground; '' where none is needed."""

    NONE = "", _("No ground")
    SHARES_OVER_LIMIT = grounds.Ground.SHARES_OVER_LIMIT, grounds.Ground.SHARES_OVER_LIMIT.words
    SHARES_THROUGH_ANOTHER = (
        grounds.Ground.SHARES_THROUGH_ANOTHER,
        grounds.Ground.SHARES_THROUGH_ANOTHER.words,
    )
    VOTES_OVER_LIMIT = grounds.Ground.VOTES_OVER_LIMIT, grounds.Ground.VOTES_OVER_LIMIT.words
    APPOINTS_MAJORITY = grounds.Ground.APPOINTS_MAJORITY, grounds.Ground.APPOINTS_MAJORITY.words
    TOGETHER_WITH_FAMILY = grounds.Ground.TOGETHER_WITH_FAMILY, grounds.Ground.TOGETHER_WITH_FAMILY.words
    AGREEMENT_OR_OTHER = grounds.Ground.AGREEMENT_OR_OTHER, grounds.Ground.AGREEMENT_OR_OTHER.words
    FOUNDATION_BOARD_OR_CHIEF = (
        grounds.Ground.FOUNDATION_BOARD_OR_CHIEF,
        grounds.Ground.FOUNDATION_BOARD_OR_CHIEF.words,
    )


_w = OwnerConclusionWord


class OwnerConclusion(models.Model):
    """One conclusion on one person. `person` is the key of a candidate, or of somebody whom people added.

    `reckoned` is frozen: what the portal worked out of the person then. `is_search_stated`: the search is described,
    and it is stated that nothing is suspected. `capture`: the JSON result that was read, None if there was none.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="owner_conclusions")
    number = models.PositiveIntegerField()
    person = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    born = models.CharField(max_length=40, blank=True)
    is_added = models.BooleanField(default=False)
    conclusion = models.CharField(max_length=16, choices=OwnerConclusionWord)
    ground = models.CharField(max_length=25, choices=OwnerGround, blank=True)
    percent = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    words = models.TextField(_("evidence and words"))
    is_search_stated = models.BooleanField(default=False)
    reckoned = models.JSONField(default=dict)
    capture = models.ForeignKey(Artefact, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    # One form makes one row for a person, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("conclusion on a beneficial owner")
        default_permissions = ()
        permissions = [("conclude_owner", "Can conclude who is a beneficial owner")]
        ordering = ["case", "-number"]
        constraints = [
            one_of("conclusion", OwnerConclusionWord, "owner_conclusion_known"),
            one_of("ground", OwnerGround, "owner_ground_known"),
            models.UniqueConstraint(fields=["case", "number"], name="owner_number_once"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(person="") & ~Q(name=""), name="owner_says_why"
            ),
            models.CheckConstraint(
                condition=(Q(conclusion=_w.BENEFICIAL_OWNER) & ~Q(ground=""))
                | (~Q(conclusion=_w.BENEFICIAL_OWNER) & Q(ground="")),
                name="owner_has_ground",
            ),
            models.CheckConstraint(
                condition=~Q(conclusion=_w.SENIOR_MANAGER) | Q(is_search_stated=True),
                name="owner_manager_after_search",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=0, percent__lte=100), name="owner_percent_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.conclusion}"
