"""A judgement that expires opens its hit on that day, in lists too, and the trail tells it once."""

import datetime
import json

import pytest
from django.utils import timezone

from cases.models import AuditEvent, Case, Judgement, Screening, Verb
from cases.workflows import heartbeat
from cases.workflows.background import expired_judgements, jobs
from cases.workflows.verification.reconciling import derived
from tests import chains, judging
from tests.judging import case_with, draft, entry, judged_by_two

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def case() -> Case:
    """A case whose only hit no measure applies to, for a time."""
    made = case_with()
    judged_by_two(made, how=draft("NOT_APPLICABLE"))
    made.refresh_from_db()
    assert made.screening == Screening.JUDGED
    return made


def on_the_day(monkeypatch: pytest.MonkeyPatch, days: int = 0) -> None:
    """Let it be the day on which the first judgement expires, or so many days later."""
    expires = Judgement.objects.get(number=1).expires_on
    assert expires is not None
    day_of, today = timezone.localdate, expires + datetime.timedelta(days=days)
    monkeypatch.setattr(timezone, "localdate", lambda at=None: day_of(at) if at else today)


def test_on_its_day_the_hit_is_open_in_lists_and_the_trail_tells_why(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_day(monkeypatch, -1)
    assert not expired_judgements.is_due()
    on_the_day(monkeypatch)
    assert expired_judgements.is_due()
    jobs.do_due()
    case.refresh_from_db()
    assert (case.screening, case.hit_count) == (Screening.HITS, 1)
    (event,) = AuditEvent.objects.of_case(case).with_verbs(Verb.HIT_REOPENED).select_related("detail")
    assert json.loads(event.detail.body)["reopened"] == ["The judgement has expired."]
    assert not expired_judgements.do(heartbeat.Beats())
    assert list(chains.breaks(case.reference)) == [None]
    assert derived.held(case.pk).problems == []


def test_what_was_judged_again_since_does_not_open(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    judging.judged(case)
    on_the_day(monkeypatch)
    assert not expired_judgements.is_due()


def test_an_entry_that_is_not_listed_any_more_is_looked_at_once(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging.capture(case, entry(2))
    on_the_day(monkeypatch)
    assert expired_judgements.do(heartbeat.Beats())
    assert not expired_judgements.is_due()
    assert not AuditEvent.objects.of_case(case).with_verbs(Verb.HIT_REOPENED).exists()


def test_a_withdrawn_case_stays_as_it_was(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.withdraw("Opened in error", timezone.now())
    case.save()
    on_the_day(monkeypatch)
    assert not expired_judgements.is_due()
