"""What lies on a desk, and where."""

import datetime

from django.test import Client
from django.utils import timezone

from cases.models import ArtefactState, Case, SessionState
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
