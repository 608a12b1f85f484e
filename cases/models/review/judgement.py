"""What people judged hits to be: added, confirmed or sent back by a second person once, and never changed."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.hit_reason_terms import HitVerdict
from cases.models.capture.artefact import Artefact
from cases.models.casework.case import Case
from cases.models.review.hit import Hit
from cases.models.review.policy import PolicyVersion
from cases.models.review.second_person import ByTwo, SecondState, by_another
from cases.models.state_machine import one_of


class JudgementVerdict(models.TextChoices):
    """The four verdicts, as the hit reasons name them (assessment/policy/hit_reason_terms.py)."""

    FALSE_POSITIVE = HitVerdict.FALSE_POSITIVE, HitVerdict.FALSE_POSITIVE.words
    TRUE_MATCH = HitVerdict.TRUE_MATCH, HitVerdict.TRUE_MATCH.words
    NOT_APPLICABLE = HitVerdict.NOT_APPLICABLE, HitVerdict.NOT_APPLICABLE.words
    CANNOT_TELL = HitVerdict.CANNOT_TELL, HitVerdict.CANNOT_TELL.words


ALWAYS_BY_TWO = (JudgementVerdict.TRUE_MATCH, JudgementVerdict.NOT_APPLICABLE)


_s = SecondState


class PartyList(models.Model):
    """The parties of ours that hits of a case were compared with, once however many judgements rest on them.

    `parties`: the name of each by its key (assessment/judging/compared_content.py); `digest` is over all of it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    parties = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="party_list_once_in_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.digest}"


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def newest_of(self, case: Case | int) -> list[Judgement]:
        """The newest judgement of each hit of a case, with what it rests on."""
        return self.newest_of_all([case])

    def newest_of_all(self, cases: Collection[Case | int]) -> list[Judgement]:
        """The same of several cases.

        What many of them share, policy and parties, is read once, however many hits there are.
        """
        of_cases = self.filter(hit__case__in=cases)
        found = of_cases.select_related("hit", "by", "second_by").order_by("hit", "number")
        newest: list[Judgement] = [*{judgement.hit_id: judgement for judgement in found}.values()]
        models.prefetch_related_objects(newest, "policy", "parties", "attachments", "capture__session")
        return newest


class Judgement(ByTwo):
    """One judgement of one hit. Judged again, a hit gets a further row; the newest counts.

    `content`, `comparison` and `parties` are frozen: the entry and the lines as the person saw them, and everybody of
    ours it was compared with. `second_because`: why a second person confirms it, in the words of
    assessment/judging/second_person.py; empty if nobody must.
    """

    hit = models.ForeignKey(Hit, models.PROTECT, related_name="judgements")
    number = models.PositiveSmallIntegerField()
    verdict = models.CharField(_("verdict"), max_length=14, choices=JudgementVerdict)
    reasons = models.JSONField(default=list)
    rationale = models.TextField(_("in your words"))
    particulars = models.TextField(blank=True)
    contacted = models.TextField(blank=True)
    wake_up = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="judgements")
    # The JSON result that it was judged by.
    capture = models.ForeignKey(Artefact, models.PROTECT, related_name="+")
    parties = models.ForeignKey(PartyList, models.PROTECT, related_name="judgements")
    # The key of the party it was compared with, '' if it was near to nobody.
    party = models.CharField(max_length=64, blank=True)
    content = models.JSONField(default=dict)
    comparison = models.JSONField(default=list)
    match = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField(_("time"))
    second_because = models.JSONField(default=list)
    # When it was found that it does not hold, as a capture came or its time was over; an event says why.
    reopened_at = models.DateTimeField(null=True)
    # One form makes one judgement of each hit, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement")
        default_permissions = ()
        permissions = [
            ("judge_hit", "Can judge hits"),
            ("confirm_hit", "Can confirm or send back how somebody else judged a hit"),
        ]
        ordering = ["hit", "-number"]
        indexes = [
            models.Index(
                fields=["expires_on"],
                condition=Q(expires_on__isnull=False, reopened_at=None),
                name="judgement_expires",
            ),
            models.Index(fields=["by"], condition=Q(second_state=_s.SENT_BACK), name="judgement_sent_back"),
        ]
        constraints = [
            one_of("verdict", JudgementVerdict, "judgement_verdict_known"),
            *by_another("judgement"),
            models.UniqueConstraint(fields=["hit", "number"], name="judgement_number_once"),
            models.CheckConstraint(condition=~Q(rationale=""), name="judgement_says_why"),
            # What always needs a second person cannot do without.
            models.CheckConstraint(
                condition=~Q(verdict__in=ALWAYS_BY_TWO, second_state=_s.NOT_NEEDED),
                name="judgement_needs_second",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=JudgementVerdict.CANNOT_TELL) | Q(wake_up__isnull=False),
                name="judgement_waits_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hit_id}/{self.number} {self.verdict}"
