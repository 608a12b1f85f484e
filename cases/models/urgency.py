"""How pressing cases are: one order for My work and for Take next, by risk first and then by time."""

import datetime

from django.db.models import Case as FirstOf
from django.db.models import Exists, F, IntegerChoices, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.artefact import Artefact, ArtefactKind
from cases.models.case import UNREAD, Case, CaseQuerySet, EvidenceState, Screening
from cases.models.standing import EXPIRING, LOST, NEEDS_PERSON, UNDER_WAY, with_risk

THIS_WEEK = datetime.timedelta(days=7)
# What may never pass for 'no hits'.
NOT_SCREENED = (Screening.NOT_RUN, Screening.UNCERTAIN, Screening.UNUSABLE)


class Urgency(IntegerChoices):
    """Why a case is looked at: the first reason that fits it."""

    LIKELY_HIT = 1, _("Likely sanctions hit")
    NEEDS_PERSON = 2, _("Waiting for you")
    NOT_USABLE = 3, _("Screening not done, or evidence not usable")
    EXPIRING = 4, _("Results about to expire")
    OVERDUE = 5, _("Overdue")
    OPEN_HITS = 6, _("Open hits")
    THIS_WEEK = 7, _("Due this week")
    UNREAD = 8, _("New results")
    AWAITED = 9, _("Waiting for the provider")
    UNASSIGNED = 10, _("Unassigned")
    OTHER = 11, _("My other cases")


# Among cases that are equally pressing.
BY_TIME = (
    F("risk_at").asc(nulls_last=True),
    F("due").asc(nulls_last=True),
    F("opened_at").asc(),
    F("pk").asc(),
)


def with_urgency(cases: CaseQuerySet, now: datetime.datetime) -> CaseQuerySet:
    """Add `urgency`, and what standing.with_risk() adds."""
    today = timezone.localdate(now)
    result = Artefact.objects.captured().filter(session=OuterRef("newest_session"), kind=ArtefactKind.JSON)
    # While the newest capture's result is awaited, the screening may still come.
    not_screened = Q(screening__in=NOT_SCREENED) & (~UNDER_WAY | Q(has_result=True))
    not_usable = ~Q(evidence=EvidenceState.USABLE) | LOST | not_screened
    return (
        with_risk(cases, now)
        .annotate(has_result=Exists(result))
        .annotate(
            urgency=FirstOf(
                When(likely_hit_count__gt=0, then=Value(Urgency.LIKELY_HIT)),
                When(NEEDS_PERSON, then=Value(Urgency.NEEDS_PERSON)),
                When(not_usable, then=Value(Urgency.NOT_USABLE)),
                When(EXPIRING, then=Value(Urgency.EXPIRING)),
                When(due__lt=today, then=Value(Urgency.OVERDUE)),
                When(screening=Screening.HITS, then=Value(Urgency.OPEN_HITS)),
                When(due__lt=today + THIS_WEEK, then=Value(Urgency.THIS_WEEK)),
                When(UNREAD, then=Value(Urgency.UNREAD)),
                When(Q(assignee__isnull=False) & UNDER_WAY, then=Value(Urgency.AWAITED)),
                When(assignee=None, then=Value(Urgency.UNASSIGNED)),
                default=Value(Urgency.OTHER),
                output_field=IntegerField(),
            )
        )
    )


def most_urgent_first(cases: CaseQuerySet, now: datetime.datetime) -> CaseQuerySet:
    """By risk, then by time."""
    return with_urgency(cases, now).order_by(F("urgency").asc(), *BY_TIME)


def urgency_of(case: Case) -> Urgency:
    """That of a case from with_urgency()."""
    return Urgency(getattr(case, "urgency", Urgency.OTHER))
