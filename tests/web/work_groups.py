"""What My work shows, and where."""

import datetime

from django.test import Client
from django.utils import timezone

from cases.models import ArtefactState, Case, SessionState
from cases.models.casework.pressing import Urgency
from tests import factories
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
    made = {urgency: factories.case(**overdue) for urgency in Urgency if urgency < Urgency.OPEN_HITS}
    made[Urgency.OPEN_HITS] = factories.case(**{**overdue, "due": today})
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
    return made
