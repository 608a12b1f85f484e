"""Some hits of seeded cases are judged and their classes set, as the people of the demonstration would."""

import pytest
from django.utils import timezone

from cases.models import (
    AuditEvent,
    Case,
    CaseState,
    Decision,
    Judgement,
    OwnerConclusion,
    Recusal,
    RequirementStatement,
    RiskOverride,
    SuspicionNote,
    Verb,
)
from cases.workflows import demo_data, heartbeat
from cases.workflows.background import waits_over
from cases.workflows.demo_data import assessed, decided, judged, people, suspected
from tests import chains
from tests.management.commands import run
from tests.management.test_seed import seeded

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_some_hits_are_judged_in_every_way_and_seeding_again_judges_nothing_more() -> None:
    seeded(120)
    cast = people.ensure()
    count = judged.judge_some(demo_data.submissions(1, 120), cast)
    found = Judgement.objects.all()
    assert found.count() == count > 0
    assert {"FALSE_POSITIVE", "CANNOT_TELL"} <= set(found.values_list("verdict", flat=True))
    assert {"NOT_NEEDED", "CONFIRMED"} <= set(found.values_list("second_state", flat=True))
    assert Case.objects.filter(screening="HITS").exists()
    assert judged.judge_some(demo_data.submissions(1, 120), cast) == 0
    assert set(chains.breaks()) == {None}


def test_some_classes_are_set_and_confirmed_and_seeding_again_sets_no_more() -> None:
    seeded(120)
    cast = people.ensure()
    assert assessed.assess_some(demo_data.submissions(1, 120), cast) > 0
    states = set(RiskOverride.objects.values_list("second_state", flat=True))
    assert {"NOT_NEEDED", "AWAITED", "CONFIRMED"} <= states
    assert RequirementStatement.objects.exists()
    assert OwnerConclusion.objects.filter(conclusion="BENEFICIAL_OWNER").exists()
    assert assessed.assess_some(demo_data.submissions(1, 120), cast) == 0
    assert set(chains.breaks()) == {None}


def test_decisions_are_made_in_every_way_and_seeding_again_makes_no_more() -> None:
    seeded(40)  # as many as the demonstration has
    cast = people.ensure()
    assert decided.decide_some(demo_data.submissions(1, 40), cast) == len(decided.ENDS)
    states = set(Case.objects.values_list("state", flat=True))
    assert {"APPROVED", "CONDITIONS", "REFUSED", "CLOSED", "PROPOSED", "SENT_BACK", "REOPENED"} <= states
    assert Decision.objects.filter(ending="WITHDRAWN").exists()
    assert decided.decide_some(demo_data.submissions(1, 40), cast) == 0
    assert set(chains.breaks()) == {None}


def test_one_case_has_a_note_of_suspicion_and_seeding_again_writes_no_more() -> None:
    seeded(120)
    for _ in range(2):
        suspected.suspect_one(demo_data.submissions(1, 120), people.ensure())
    assert SuspicionNote.objects.get().by.username == "suspicion"
    assert set(chains.breaks()) == {None}


def test_the_demonstration_has_a_case_in_every_state_and_seeding_again_makes_no_more() -> None:
    run("seed", "--people", "--cases", "40", "--password", "correct horse battery staple 9")
    today, now = timezone.localdate(), timezone.now()
    states = set(Case.objects.values_list("state", flat=True))
    assert states == {*CaseState.values}
    newest = {row.hit_id: row for row in Judgement.objects.order_by("hit", "number")}.values()
    left_open = [row.wake_up for row in newest if row.verdict == "CANNOT_TELL" and row.wake_up]
    there = {
        "waits": Case.objects.waiting().filter(waits_until__gt=today).exists(),
        "went on by itself": AuditEvent.objects.filter(verb=Verb.CASE_RESUMED, actor=None).exists(),
        "recused": Recusal.objects.exists(),
        "left open": any(day > today for day in left_open),
        "to follow up": any(day <= today for day in left_open),
        "awaited": any(row.awaits_second for row in newest),
        "sent back": any(row.is_sent_back for row in newest),
        "withdrawn": Decision.objects.filter(ending="WITHDRAWN").exists(),
        "condition overdue": Case.objects.filter(condition_due__lt=today).exists(),
        "condition to come": Case.objects.filter(condition_due__gt=today).exists(),
        "provisional": Case.objects.filter(risk_is_provisional=True).exists(),
        "all worked out": not Case.objects.filter(assess_at__lte=now).exists(),
    }
    assert [name for name, is_there in there.items() if not is_there] == []
    assert not waits_over.do(heartbeat.Beats())
    assert set(chains.breaks()) == {None}
    before = (AuditEvent.objects.count(), Judgement.objects.count())
    run("seed", "--cases", "40")
    assert (AuditEvent.objects.count(), Judgement.objects.count()) == before
