"""What people judged hits to be: added, confirmed or sent back by a second person once, and never changed."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.hit_reason_terms import HitVerdict
from cases.models.capture.artefact import Artefact
from cases.models.casework.case import Case
from cases.models.people.user import User
from cases.models.review.hit import Hit
from cases.models.review.policy import PolicyVersion
from cases.models.state_machine import move, one_of


class JudgementVerdict(models.TextChoices):
    """The four verdicts, as the hit reasons name them (assessment/policy/hit_reason_terms.py)."""

    FALSE_POSITIVE = HitVerdict.FALSE_POSITIVE, HitVerdict.FALSE_POSITIVE.words
    TRUE_MATCH = HitVerdict.TRUE_MATCH, HitVerdict.TRUE_MATCH.words
    NOT_APPLICABLE = HitVerdict.NOT_APPLICABLE, HitVerdict.NOT_APPLICABLE.words
    CANNOT_TELL = HitVerdict.CANNOT_TELL, HitVerdict.CANNOT_TELL.words


ALWAYS_BY_TWO = (JudgementVerdict.TRUE_MATCH, JudgementVerdict.NOT_APPLICABLE)


class SecondState(models.TextChoices):
    """What the second person made of it."""

    NOT_NEEDED = "NOT_NEEDED", _("No second person needed")
    AWAITED = "AWAITED", _("Waiting for a second person")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    SENT_BACK = "SENT_BACK", _("Sent back")


_s = SecondState
MOVES: dict[str, set[str]] = {
    _s.NOT_NEEDED: set(),
    _s.AWAITED: {_s.CONFIRMED, _s.SENT_BACK},
    _s.CONFIRMED: set(),
    _s.SENT_BACK: set(),
}


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
        """The newest judgement of each hit of a case, with what it rests on.

        What many of them share, policy and parties, is read once, however many hits there are.
        """
        found = self.filter(hit__case=case).select_related("hit", "by", "second_by").order_by("hit", "number")
        newest: list[Judgement] = [*{judgement.hit_id: judgement for judgement in found}.values()]
        models.prefetch_related_objects(newest, "policy", "parties", "attachments", "capture__session")
        return newest


class Judgement(models.Model):
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
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    second_because = models.JSONField(default=list)
    second_state = models.CharField(max_length=10, choices=SecondState, default=_s.NOT_NEEDED)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    second_words = models.TextField(blank=True)
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
            )
        ]
        constraints = [
            one_of("verdict", JudgementVerdict, "judgement_verdict_known"),
            one_of("second_state", SecondState, "judgement_second_known"),
            models.UniqueConstraint(fields=["hit", "number"], name="judgement_number_once"),
            models.CheckConstraint(condition=~Q(rationale=""), name="judgement_says_why"),
            # Nobody is their own second person.
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("by")), name="judgement_second_is_another"
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
                name="judgement_second_is_named",
            ),
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

    @property
    def awaits_second(self) -> bool:
        return self.second_state == _s.AWAITED

    @property
    def is_sent_back(self) -> bool:
        return self.second_state == _s.SENT_BACK

    @property
    def is_confirmed(self) -> bool:
        return self.second_state == _s.CONFIRMED

    def answer(self, answer: SecondState, by: User, at: datetime.datetime, words: str = "") -> None:
        """Confirm it or send it back, as the second person."""
        move(self, MOVES, answer, "second_state")
        self.second_by, self.second_at, self.second_words = by, at, words
