"""What presses on a case, and how grave its screening is, as far as the case's own columns tell, and no clock.

The database keeps the outcomes in columns of their own (casework/case.py), which lists filter and sort by.
"""

from django.db.models import Case as FirstOf
from django.db.models import F, IntegerChoices, Q, Value, When
from django.utils.translation import gettext_lazy as _

from cases.findings.verdicts.verdicts import TOPICS, State
from cases.findings.vocabulary.sections import Topic
from cases.models.casework.case_states import (
    CLOSED,
    OF_A_PERSON,
    CaseState,
    EvidenceState,
    NewestCapture,
    Screening,
)


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
    SENT_BACK = 6, _("Sent back to me")
    OPEN_HITS = 7, _("Open hits")
    CONDITIONS = 8, _("Conditions to be shown")
    THIS_WEEK = 9, _("Due this week")
    UNREAD = 10, _("New results")
    AWAITED = 11, _("Waiting for the provider")
    UNASSIGNED = 12, _("Unassigned")
    OTHER = 13, _("My other cases")


OPEN = ~Q(state__in=CLOSED)
# Something was captured since anybody responsible looked.
UNREAD = Q(result_at__isnull=False) & (Q(read_at=None) | Q(read_at__lt=F("result_at")))
UNDER_WAY = Q(newest_capture=NewestCapture.UNDER_WAY)
PARTLY = Q(newest_capture=NewestCapture.PARTIAL)
NEEDS_PERSON = Q(newest_capture__in=OF_A_PERSON)
LOST = Q(has_expired=True)

# What may never pass for 'no hits'.
NOT_SCREENED = (Screening.NOT_RUN, Screening.UNCERTAIN, Screening.UNUSABLE)
# What the newest capture lacks was ordered before, and the provider made it neither time (outcome.is_missing_again).
MISSING_AGAIN = PARTLY & Q(misses_anew=False)
# Once who has the case has seen that, it presses no more: it stays a point to check on its documents.
PRESSES = PARTLY & (~MISSING_AGAIN | Q(read_at=None) | Q(read_at__lt=F("newest_ended_at")))
# While the newest capture's result is awaited, the screening may still come.
SCREENING_CAME = ~UNDER_WAY | Q(has_result=True)


def is_alarm(*topics: Topic) -> Q:
    """The condition that one of these verdicts of a case reads 'Alarm'."""
    found = Q()
    for topic in topics:
        found |= Q(**{f"verdicts__{topic}": str(State.ALARM)})
    return found


# The reasons that do not come or go with time.
LASTING: dict[Urgency, Q] = {
    Urgency.ALARM: is_alarm(*TOPICS),
    Urgency.NEEDS_PERSON: NEEDS_PERSON,
    Urgency.NOT_USABLE: (
        ~Q(evidence=EvidenceState.USABLE) | LOST | PRESSES | (Q(screening__in=NOT_SCREENED) & SCREENING_CAME)
    ),
    Urgency.OPEN_HITS: Q(screening=Screening.HITS) & ~Q(state=CaseState.WAITING),
    Urgency.UNREAD: UNREAD,
    Urgency.AWAITED: Q(assignee__isnull=False) & UNDER_WAY,
    Urgency.UNASSIGNED: Q(assignee=None),
}
LASTING_URGENCY = FirstOf(
    *(When(why, then=Value(urgency.value)) for urgency, why in sorted(LASTING.items())),
    default=Value(Urgency.OTHER.value),
)
IS_UNREAD = FirstOf(When(UNREAD, then=Value(True)), default=Value(False))

# What a screening comes to, the gravest first: an alarm, open hits, nobody screened, an outcome that is not clear, one
# that is awaited, hits that are all judged, no hits. Nobody works on a closed case, whatever its screening says: it
# stands last both ways.
GRAVITY = (
    is_alarm(Topic.SANCTIONS, Topic.PEP),
    Q(screening=Screening.HITS),
    Q(screening=Screening.UNUSABLE) | (Q(screening=Screening.NOT_RUN) & SCREENING_CAME),
    Q(screening=Screening.UNCERTAIN),
    Q(screening=Screening.NOT_RUN),
    Q(screening=Screening.JUDGED),
    Q(screening=Screening.NONE),
)
BY_GRAVITY = FirstOf(
    When(~OPEN, then=Value(None)),
    *(When(which, then=Value(-place)) for place, which in enumerate(GRAVITY)),
)
