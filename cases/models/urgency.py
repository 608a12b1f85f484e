"""How pressing cases are now: one order for My work, its lists and Take next, by risk first and then by time."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case as FirstOf
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from cases.models.capture.capture_groups import expiring
from cases.models.casework.case import Case, CaseQuerySet, due_before, of_or_unassigned, overdue
from cases.models.casework.case_states import CaseState, NewestCapture, Screening
from cases.models.casework.pressing import OPEN, Urgency
from cases.models.people.user import User
from cases.models.review.decision import Decision
from cases.models.review.judgement import Judgement
from cases.models.review.second_person import SecondState

THIS_WEEK = datetime.timedelta(days=7)
# What was sent back to one person and not done again; nobody has more.
MOST_SENT_BACK = 500

LIKELY_FIRST = FirstOf(When(likely_hit_count__gt=0, then=Value(0)), default=Value(1))


@dataclass(frozen=True)
class WorkOf:
    """Whose work is looked at and when; `sent_back`: the keys of the cases in which something was sent back to them."""

    user: User
    now: datetime.datetime
    sent_back: tuple[int, ...]

    @classmethod
    def at(cls, user: User, now: datetime.datetime) -> "WorkOf":
        """The work of a person at a moment."""
        return cls(user, now, sent_back_to(user))

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.now)

    def of_others(self) -> dict[Urgency, Q]:
        """The conditions for cases that are this person's work though others have them, or they are decided."""
        of_another = Q(assignee__isnull=False) & ~Q(assignee=self.user)
        found = {Urgency.CONDITIONS: conditions_of(self.user, self.today)}
        if self.sent_back:
            found[Urgency.SENT_BACK] = OPEN & of_another & Q(pk__in=self.sent_back)
        return found

    def in_group(self, urgency: Urgency) -> Q:
        """The condition for all cases of a group of this person's work."""
        usual = OPEN & of_or_unassigned(self.user) & of_urgency(urgency, self)
        of_others = self.of_others().get(urgency)
        return usual if of_others is None else usual | of_others


def sent_back_to(user: User) -> tuple[int, ...]:
    """The keys of open cases in which a second person sent back what the user proposed or judged, not done since."""
    proposals = Decision.objects.filter(
        by=user, second_state=SecondState.SENT_BACK, case__state=CaseState.SENT_BACK
    )
    later = Decision.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    found = [
        *proposals.filter(~Exists(later)).values_list("case", flat=True)[:MOST_SENT_BACK],
        *judgements_sent_back().filter(by=user).values_list("hit__case", flat=True)[:MOST_SENT_BACK],
    ]
    recused = {*user.recusals.filter(case__in=found).values_list("case", flat=True)} if found else set()
    return tuple(sorted({*found} - recused))


def judgements_sent_back() -> QuerySet[Judgement]:
    """The newest judgements of hits, of open cases with open hits, that a second person sent back."""
    later = Judgement.objects.filter(hit=OuterRef("hit"), number__gt=OuterRef("number"))
    of_open_hits = Q(hit__case__in=Case.objects.open().filter(screening=Screening.HITS))
    return Judgement.objects.filter(~Exists(later), of_open_hits, second_state=SecondState.SENT_BACK)


def conditions_of(user: User, today: datetime.date) -> Q:
    """The condition for decided cases of which a condition is overdue or due within a week, and is the user's work.

    It is that of who has the case; where nobody has, of who proposed the decision.
    """
    later = Decision.objects.filter(
        case=OuterRef("case"), number__gt=OuterRef("number"), second_state=SecondState.CONFIRMED
    )
    proposed = Decision.objects.filter(~Exists(later), by=user, second_state=SecondState.CONFIRMED)
    theirs = Q(assignee=user) | (Q(assignee=None) & Q(pk__in=proposed.values("case")))
    return Q(condition_due__lt=today + THIS_WEEK) & theirs & ~Q(recusals__person=user.pk)


def _passing(work: WorkOf) -> dict[Urgency, Q]:
    """The reasons that come and go with time and person. A due day is none while the case waits for information."""
    found = {Urgency.EXPIRING: expiring(work.now), Urgency.OVERDUE: overdue(work.today)}
    if work.sent_back:
        found[Urgency.SENT_BACK] = Q(pk__in=work.sent_back)
    return {**found, Urgency.THIS_WEEK: due_before(work.today + THIS_WEEK)}


def of_urgency(urgency: Urgency, work: WorkOf) -> Q:
    """The condition for cases that are that pressing, and no more."""
    passing = _passing(work)
    is_it = passing[urgency] if urgency in passing else Q(lasting_urgency=urgency)
    if urgency in passing:
        is_it &= Q(lasting_urgency__gt=urgency)
    for graver, condition in passing.items():
        if graver < urgency:
            is_it &= ~condition
    return is_it


def urgency_now(work: WorkOf) -> FirstOf:
    """How pressing a case is, as an expression of its columns."""
    return FirstOf(
        *(
            When(condition, lasting_urgency__gt=passing, then=Value(passing))
            for passing, condition in sorted(_passing(work).items())
        ),
        default=F("lasting_urgency"),
        output_field=IntegerField(),
    )


def first_of(
    parts: Sequence[CaseQuerySet], urgency: Urgency, work: WorkOf, most: int, beside: Q | None = None
) -> list[int]:
    """The keys of the first cases of these parts that are that pressing: likely hits and what expires first.

    Of the rest the graver class stands first, and of one class what is due first. `beside` are cases of none of the
    parts that stand with them.
    """
    columns = ("likely_first", "expires", "risk_rank", "day", "opened_at", "pk")
    expires = FirstOf(When(expiring(work.now), then=F("next_expiry")))
    matching = [part.filter(of_urgency(urgency, work)) for part in parts]
    if beside is not None:
        matching.append(Case.objects.filter(beside))
    day = F("condition_due" if urgency == Urgency.CONDITIONS else "due")
    first, *others = (
        part.annotate(likely_first=LIKELY_FIRST, expires=expires, day=day).values_list(*columns)
        for part in matching
    )
    found = first.union(*others, all=True)
    in_order = found.order_by(*(F(column).asc(nulls_last=True) for column in columns))
    return [key for *_columns, key in in_order[:most]]


def is_missing_again(case: Case) -> bool:
    """pressing.MISSING_AGAIN of one case."""
    return case.newest_capture == NewestCapture.PARTIAL and not case.misses_anew
