"""How pressing cases are now: one order for My work, its lists and Take next, by risk first and then by time."""

import datetime
from collections.abc import Sequence

from django.db.models import Case as FirstOf
from django.db.models import F, IntegerField, Q, Value, When
from django.utils import timezone

from cases.models.capture.capture_groups import expiring
from cases.models.casework.case import Case, CaseQuerySet, due_before, overdue
from cases.models.casework.case_states import NewestCapture
from cases.models.casework.pressing import Urgency

THIS_WEEK = datetime.timedelta(days=7)

LIKELY_FIRST = FirstOf(When(likely_hit_count__gt=0, then=Value(0)), default=Value(1))


def _of_time(now: datetime.datetime) -> dict[Urgency, Q]:
    """The reasons that come and go with time. A due day is none while the case waits for information."""
    today = timezone.localdate(now)
    return {
        Urgency.EXPIRING: expiring(now),
        Urgency.OVERDUE: overdue(today),
        Urgency.THIS_WEEK: due_before(today + THIS_WEEK),
    }


def of_urgency(urgency: Urgency, now: datetime.datetime) -> Q:
    """The condition for cases that are that pressing, and no more."""
    of_time = _of_time(now)
    is_it = of_time[urgency] if urgency in of_time else Q(lasting_urgency=urgency)
    if urgency in of_time:
        is_it &= Q(lasting_urgency__gt=urgency)
    for graver, condition in of_time.items():
        if graver < urgency:
            is_it &= ~condition
    return is_it


def urgency_now(now: datetime.datetime) -> FirstOf:
    """How pressing a case is, as an expression of its columns."""
    return FirstOf(
        *(
            When(condition, lasting_urgency__gt=of_time, then=Value(of_time))
            for of_time, condition in sorted(_of_time(now).items())
        ),
        default=F("lasting_urgency"),
        output_field=IntegerField(),
    )


def first_of(parts: Sequence[CaseQuerySet], urgency: Urgency, now: datetime.datetime, most: int) -> list[int]:
    """The keys of the first cases of these parts that are that pressing: likely hits first, and then by time."""
    columns = ("likely_first", "expires", "due", "opened_at", "pk")
    expires = FirstOf(When(expiring(now), then=F("next_expiry")))
    first, *others = (
        part.filter(of_urgency(urgency, now))
        .annotate(likely_first=LIKELY_FIRST, expires=expires)
        .values_list(*columns)
        for part in parts
    )
    found = first.union(*others, all=True)
    by_time = found.order_by(*(F(column).asc(nulls_last=True) for column in columns))
    return [key for *_columns, key in by_time[:most]]


def is_missing_again(case: Case) -> bool:
    """pressing.MISSING_AGAIN of one case."""
    return case.newest_capture == NewestCapture.PARTIAL and not case.misses_anew
