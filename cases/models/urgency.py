"""How pressing cases are: one order for My work, its lists and Take next, by risk first and then by time."""

import datetime

from django.db.models import Case as FirstOf
from django.db.models import Exists, F, IntegerChoices, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.findings.verdicts.verdicts import TOPICS, State
from cases.findings.vocabulary.sections import Topic
from cases.models.capture.artefact import Artefact, ArtefactKind, ArtefactState
from cases.models.capture.capture_groups import EXPIRING, LOST, NEEDS_PERSON, PARTLY, UNDER_WAY, with_risk
from cases.models.capture.session import AmlSession, SessionState
from cases.models.casework.case import UNREAD, Case, CaseQuerySet, EvidenceState, Screening, overdue
from cases.models.reasons import NOT_MADE

THIS_WEEK = datetime.timedelta(days=7)
# What may never pass for 'no hits'.
NOT_SCREENED = (Screening.NOT_RUN, Screening.UNCERTAIN, Screening.UNUSABLE)


class Urgency(IntegerChoices):
    """Why a case is looked at: the first reason that fits it.

    ALARM is every case of which a verdict reads 'Alarm' (findings/verdicts/verdicts.py), as its chips do. What was not
    done is NOT_USABLE: nobody screened, an outcome that is not clear, evidence that is missing or cannot be read.
    """

    ALARM = 1, _("Alarm")
    NEEDS_PERSON = 2, _("Waiting for you")
    NOT_USABLE = 3, _("Screening not done, or evidence not usable")
    EXPIRING = 4, _("Results about to expire or past their time")
    OVERDUE = 5, _("Overdue")
    OPEN_HITS = 6, _("Open hits")
    THIS_WEEK = 7, _("Due this week")
    UNREAD = 8, _("New results")
    AWAITED = 9, _("Waiting for the provider")
    UNASSIGNED = 10, _("Unassigned")
    OTHER = 11, _("My other cases")


LIKELY_FIRST = FirstOf(When(likely_hit_count__gt=0, then=Value(0)), default=Value(1))
# Among cases that are equally pressing.
BY_TIME = (
    LIKELY_FIRST.asc(),
    F("risk_at").asc(nulls_last=True),
    F("due").asc(nulls_last=True),
    F("opened_at").asc(),
    F("pk").asc(),
)


def is_alarm(*topics: Topic) -> Q:
    """The condition that one of these verdicts of a case reads 'Alarm'."""
    found = Q()
    for topic in topics:
        found |= Q(**{f"verdicts__{topic}": str(State.ALARM)})
    return found


# What the newest capture lacks was ordered before, and the provider made it neither time (outcome.is_missing_again).
MISSING_AGAIN = PARTLY & Q(misses_anew=False)
# Once who has the case has seen that, it presses no more: it stays a point to check on its documents.
PRESSES = PARTLY & (~MISSING_AGAIN | Q(read_at=None) | Q(read_at__lt=F("newest_ended_at")))
# While the newest capture's result is awaited, the screening may still come.
SCREENING_CAME = ~UNDER_WAY | Q(has_result=True)
REASONS: dict[Urgency, Q] = {
    Urgency.ALARM: is_alarm(*TOPICS),
    Urgency.NEEDS_PERSON: NEEDS_PERSON,
    Urgency.NOT_USABLE: (
        ~Q(evidence=EvidenceState.USABLE) | LOST | PRESSES | (Q(screening__in=NOT_SCREENED) & SCREENING_CAME)
    ),
    Urgency.EXPIRING: EXPIRING,
    Urgency.OPEN_HITS: Q(screening=Screening.HITS),
    Urgency.UNREAD: UNREAD,
    Urgency.AWAITED: Q(assignee__isnull=False) & UNDER_WAY,
    Urgency.UNASSIGNED: Q(assignee=None),
}


def _reasons(today: datetime.date) -> dict[Urgency, Q]:
    return REASONS | {
        Urgency.OVERDUE: overdue(today),
        Urgency.THIS_WEEK: Q(due__lt=today + THIS_WEEK),
    }


def _lacking() -> dict[str, Exists | Subquery]:
    """Annotations: whether the newest capture lacks something for the first time, and when it ended."""
    newest = AmlSession.objects.filter(pk=OuterRef("newest_session"))
    before = Artefact.objects.not_made().filter(
        kind=OuterRef("kind"),
        session__case=OuterRef("session__case"),
        session__number__lt=OuterRef("session__number"),
    )
    lacks = Artefact.objects.filter(session=OuterRef("newest_session"), state=ArtefactState.FAILED)
    return {
        "misses_anew": Exists(lacks.exclude(Exists(before), reason__in=NOT_MADE)),
        "newest_ended_at": Subquery(newest.values("ended_at")),
    }


def is_missing_again(case: Case) -> bool:
    """Does MISSING_AGAIN hold for a case from with_urgency()?"""
    return vars(case)["capture_state"] == SessionState.PARTIAL and not vars(case)["misses_anew"]


def with_result(cases: CaseQuerySet) -> CaseQuerySet:
    """Add `has_result`, which SCREENING_CAME asks for: did the newest capture bring its JSON result?"""
    result = Artefact.objects.captured().filter(session=OuterRef("newest_session"), kind=ArtefactKind.JSON)
    return cases.annotate(has_result=Exists(result))


def with_urgency(cases: CaseQuerySet, now: datetime.datetime) -> CaseQuerySet:
    """Add `urgency`, and what with_risk() and with_result() add."""
    reasons = sorted(_reasons(timezone.localdate(now)).items())
    return (
        with_result(with_risk(cases, now))
        .annotate(**_lacking())
        .annotate(
            urgency=FirstOf(
                *(When(why, then=Value(urgency)) for urgency, why in reasons),
                default=Value(Urgency.OTHER),
                output_field=IntegerField(),
            )
        )
    )


def most_urgent_first(cases: CaseQuerySet, now: datetime.datetime) -> CaseQuerySet:
    """Sort cases by urgency, then by time."""
    return with_urgency(cases, now).order_by(F("urgency").asc(), *BY_TIME)


def urgency_of(case: Case) -> Urgency:
    """The urgency of a case from with_urgency()."""
    return Urgency(vars(case)["urgency"])
