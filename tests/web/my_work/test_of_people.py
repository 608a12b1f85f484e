"""What people's steps make somebody's work: what was sent back, conditions, hits to ask about again."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cases.models import Case, Judgement
from cases.workflows.casework import recusing
from cases.workflows.casework.judging import second
from tests import deciding, factories, judging
from tests.web.pages import groups, page, words
from tests.web.work_groups import DAY, clean, group_of, mine, sent_back, with_condition

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BACK, CONDITIONS = "Sent back to me", "Conditions to be shown"


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def row_of(client: Client, case: Case) -> str:
    return words(page(client.get("/")).xpath(f"//*[@id='task-{case.reference}']")[0])


def in_group(client: Client, title: str) -> list[str]:
    found = {name.rstrip("0123456789 "): references for name, references in groups(client.get("/")).items()}
    return found.get(title, [])


def judged_and_sent_back(case: Case) -> Judgement:
    """The only hit of a case, judged by Kari and sent back by Ola."""
    row = judging.judged(case, how=judging.draft("TRUE_MATCH"))
    return second.send_back(judging.reading_of(case), row, factories.ola(), "Which passport?")


# --- Sent back -----------------------------------------------------------------------------------------------


def test_a_proposal_that_was_sent_back_is_its_makers_work_whoever_has_the_case(kari: Client) -> None:
    theirs = factories.case(assignee=factories.maja())
    for case in (mine(), theirs):
        sent_back(clean(case), factories.kari())
        assert case.reference in in_group(kari, BACK)
        assert row_of(kari, case) == "Ola Hansen: “Say what the account is for.”"
    shown = words(kari.get("/cases/?group=sent_back"))
    assert theirs.reference in shown
    kari.force_login(factories.maja())
    assert in_group(kari, BACK) == []
    assert theirs.reference in words(kari.get("/"))


def test_a_judgement_that_was_sent_back_is_its_makers_work_until_it_is_judged_again(kari: Client) -> None:
    case = judging.case_with()
    judged_and_sent_back(case)
    Case.objects.update(verdicts={}, assignee=factories.maja())
    assert in_group(kari, BACK) == [case.reference]
    assert row_of(kari, case) == "Ola Hansen: “Which passport?”"
    (button,) = page(kari.get("/")).xpath("//td[@class='act']//a")
    assert button.get("href") == f"/cases/{case.reference}/screening/"
    assert case.reference in words(kari.get("/cases/?hits=sent_back"))
    judging.judged(case, how=judging.draft("TRUE_MATCH"))
    assert in_group(kari, BACK) == []
    assert case.reference not in words(kari.get("/cases/?hits=sent_back"))
    assert case.reference in words(kari.get("/cases/?hits=second"))


def test_what_is_graver_comes_first_and_who_is_recused_sees_nothing_of_it(kari: Client) -> None:
    case = mine(-1)
    sent_back(clean(case), factories.kari())
    assert group_of(kari, case) == "Overdue"
    recusing.recuse(case, "A relative.", factories.kari())
    assert case.reference not in words(kari.get("/"))


# --- Conditions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "is_work", "says"), [(-1, True, "overdue"), (0, True, ""), (6, True, ""), (7, False, "")]
)
def test_a_condition_that_is_overdue_or_due_within_a_week_is_work_of_who_has_the_case(
    kari: Client, days: int, is_work: bool, says: str
) -> None:
    case = mine()
    with_condition(case, factories.maja(), timezone.localdate() + days * DAY)
    assert (case.reference in in_group(kari, CONDITIONS)) is is_work
    assert (case.reference in words(kari.get("/cases/?group=conditions"))) is is_work
    if is_work:
        assert row_of(kari, case) == "Condition of the approval: A copy of the passport"
        due = words(page(kari.get("/")).xpath("//td[contains(@class, 'due')]")[0])
        assert says in due
        assert not page(kari.get("/")).xpath("//td[@class='act']//form")
    kari.force_login(factories.maja())
    assert in_group(kari, CONDITIONS) == []


def test_where_nobody_has_the_case_it_is_work_of_who_proposed(kari: Client) -> None:
    case = factories.case()
    with_condition(case, factories.kari(), timezone.localdate())
    assert in_group(kari, CONDITIONS) == [case.reference]
    kari.force_login(factories.maja())
    assert in_group(kari, CONDITIONS) == []


def test_a_condition_shown_is_nobodys_work_any_more(kari: Client) -> None:
    made = deciding.ready()
    deciding.decided(made, deciding.draft(deciding.Outcome.CONDITIONS))
    from cases.workflows.background import jobs
    from cases.workflows.casework.requirements import requirement_status

    jobs.do_due()
    with time_machine.travel(timezone.now() + 27 * DAY):
        kari.force_login(factories.kari())
        assert in_group(kari, CONDITIONS) == [made.reference]
        made.refresh_from_db()
        status = requirement_status.of_case(made, timezone.localdate()).by_id["K1"]
        deciding.state(made, status)
        assert in_group(kari, CONDITIONS) == []


# --- To ask again --------------------------------------------------------------------------------------------


def test_on_its_day_a_hit_that_was_left_open_is_asked_about_again(kari: Client) -> None:
    case = judging.case_with()
    day = timezone.localdate() + 7 * DAY
    how = judging.draft("CANNOT_TELL", contacted="The customer, by e-mail", wake_up=day)
    judging.judged(case, how=how)
    assert "Follow up" not in row_of(kari, case)
    assert "Follow up" not in words(kari.get(f"/cases/{case.reference}/"))
    noon = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    with time_machine.travel(noon):
        kari.force_login(factories.kari())
        assert row_of(kari, case).startswith("Follow up: The customer, by e-mail. Judge 1 ")
        shown = words(kari.get(f"/cases/{case.reference}/"))
        assert "Follow up: The customer, by e-mail." in shown
        judging.judged(case)
        assert "Follow up" not in row_of(kari, case)


# --- By class ------------------------------------------------------------------------------------------------

RANKS = ("prohibited", "high", "normal", "", "low")


def test_inside_a_group_and_for_take_next_the_graver_class_is_first_and_then_what_is_due(
    kari: Client,
) -> None:
    expected = []
    for risk_class in reversed(RANKS):
        for due in (5, 3):
            case = clean(factories.case(due=timezone.localdate() + due * DAY))
            Case.objects.filter(pk=case.pk).update(risk_class=risk_class)
            expected.insert(0, case.reference)
    (shown,) = groups(kari.get("/")).values()
    assert shown == expected
    assert [kari.post("/work/take-next/").url.split("/")[2] for _ in expected] == expected
