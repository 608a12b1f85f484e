"""What My work shows, and where."""

import datetime

from django.test import Client
from django.utils import timezone

from cases.models import ArtefactState, Case, CaseState, DecisionOutcome, SecondState, SessionState, User
from cases.models.casework.pressing import Urgency
from tests import factories, judging
from tests.web.pages import groups

DAY = datetime.timedelta(days=1)


def mine(due: int | None = None, **fields: object) -> Case:
    day = None if due is None else timezone.localdate() + due * DAY
    return factories.case(assignee=factories.kari(), due=day, **fields)


def ready(case: Case, minutes_left: int, state: str = SessionState.OPEN) -> None:
    session = factories.session(case, state, {})
    factories.artefact(
        session,
        "aml",
        ArtefactState.READY,
        expires_at=timezone.now() + datetime.timedelta(minutes=minutes_left),
    )


def read(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(read_at=timezone.now())
    return case


def clean(case: Case) -> Case:
    """As after a capture in which nobody was hit."""
    Case.objects.filter(pk=case.pk).update(screening="NONE", hit_count=0, likely_hit_count=0)
    return case


def group_of(client: Client, case: Case) -> str:
    found = [title for title, references in groups(client.get("/")).items() if case.reference in references]
    assert len(found) == 1
    return found[0].rstrip("0123456789 ")


def one_of_each_urgency(**fields: object) -> dict[Urgency, Case]:
    """One case for every group of risk, each with everything that less pressing groups ask for."""
    today = timezone.localdate()
    overdue = {"due": today - DAY, **fields}
    made = {urgency: factories.case(**overdue) for urgency in Urgency if urgency < Urgency.SENT_BACK}
    made[Urgency.SENT_BACK] = factories.case(**{**overdue, "due": today})
    made[Urgency.OPEN_HITS] = factories.case(**{**overdue, "due": today})
    made[Urgency.CONDITIONS] = factories.case(**{**overdue, "due": None})
    made[Urgency.THIS_WEEK] = factories.case(**{**overdue, "due": today + DAY})
    made[Urgency.UNREAD] = factories.case(**{**overdue, "due": None})
    for urgency, case in made.items():
        state = {
            Urgency.NEEDS_PERSON: SessionState.UNKNOWN,
            Urgency.EXPIRING: SessionState.OPEN,
        }.get(urgency, SessionState.COMPLETE)
        if urgency == Urgency.EXPIRING:
            ready(case, 29)
        else:
            factories.session(case, state)
        if urgency not in {Urgency.NEEDS_PERSON, Urgency.EXPIRING, Urgency.OPEN_HITS}:
            clean(case)
    change = Case.objects.filter
    alarm = {"screening": "HITS", "hit_count": 3, "likely_hit_count": 3, "verdicts": {"sanctions": "alarm"}}
    change(pk=made[Urgency.ALARM].pk).update(**alarm)
    change(pk=made[Urgency.NOT_USABLE].pk).update(evidence="UNREADABLE")
    by = made[Urgency.SENT_BACK].assignee or factories.kari()
    sent_back(made[Urgency.SENT_BACK], by)
    with_condition(made[Urgency.CONDITIONS], by, today)
    return made


def sent_back(case: Case, by: User, words: str = "Say what the account is for.") -> Case:
    """A case of which the decision that somebody proposed was sent back by another: the rows alone."""
    answered = {"second_by": _another(by), "second_at": timezone.now(), "second_words": words}
    judging.decision_row(case, by=by, second_state=SecondState.SENT_BACK, **answered)
    return _in_state(case, CaseState.SENT_BACK)


def with_condition(case: Case, by: User, due: datetime.date, words: str = "A copy of the passport") -> Case:
    """A case that was approved with one condition, as somebody proposed: the rows alone."""
    judging.decision_row(
        case,
        by=by,
        outcome=DecisionOutcome.CONDITIONS,
        reason="",
        next_review=due,
        conditions=[{"words": words, "due": due.isoformat()}],
        second_state=SecondState.CONFIRMED,
        second_by=_another(by),
        second_at=timezone.now(),
    )
    Case.objects.filter(pk=case.pk).update(condition_due=due)
    return _in_state(case, CaseState.CONDITIONS)


def _another(person: User) -> User:
    ola = factories.ola()
    return factories.lead() if person == ola else ola


def _in_state(case: Case, state: CaseState) -> Case:
    for one in (CaseState.PROPOSED, state):
        Case.objects.filter(pk=case.pk).update(state=one)
    case.refresh_from_db()
    return case
