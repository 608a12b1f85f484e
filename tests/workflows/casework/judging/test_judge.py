"""Judging hits: what is kept and what is refused, who confirms, and when a judgement holds no more."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from cases.assessment.judging.draft import Draft
from cases.models import AuditEvent, Case, Judgement, Screening, SecondState, Verb
from cases.workflows.casework.judging import second
from cases.workflows.casework.judging.as_read import NotTheirs, Overtaken
from cases.workflows.casework.judging.judge import Refused, Seen, judge
from cases.workflows.locks.open_case import CaseIsClosed
from tests import chains, factories, judging
from tests.judging import (
    BORN,
    NAME,
    OTHER_BORN,
    case_with,
    draft,
    entry,
    held,
    judged,
    judged_by_two,
    reading_of,
)

pytestmark = pytest.mark.django_db
FEW_IN_A_HUNDRED = 20


def columns(case: Case) -> tuple[str, int, int]:
    case.refresh_from_db()
    return case.screening, case.hit_count, case.unconfirmed_hit_count


def objections(case: Case, how: Draft) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        judged(case, how=how)
    assert not Judgement.objects.exists()
    assert not AuditEvent.objects.of_case(case).with_verbs(Verb.HIT_JUDGED).exists()
    return {objection.field: str(objection.words) for objection in refused.value.objections}


# --- What is kept ---


def test_a_hit_that_is_judged_not_the_same_is_open_no_more() -> None:
    case = case_with()
    assert columns(case) == (Screening.HITS, 1, 0)
    found = judged_by_two(case)
    assert (found.number, found.reasons, found.verdict) == (1, ["FP01"], "FALSE_POSITIVE")
    assert columns(case) == (Screening.JUDGED, 0, 0)
    assert list(chains.breaks(case.reference)) == [None]


def test_a_judgement_freezes_what_the_person_saw() -> None:
    found = judged(case_with())
    born = next(line for line in found.comparison if line["attribute"] == "born")
    assert (born["verdict"], born["theirs"], born["ours"]) == ("different", [OTHER_BORN], [BORN])
    assert found.content["aliases"] == ["A. Storholm"]
    assert NAME in found.parties.parties.values()
    assert found.parties.parties[found.party] == NAME


def test_the_same_sending_is_the_same_judgement() -> None:
    case = case_with()
    seen, sending = Seen(case.hits.get().fingerprint), uuid.uuid4()
    first, again = (judge(reading_of(case), seen, draft(), factories.kari(), sending) for _time in range(2))
    assert first == again
    assert Judgement.objects.count() == 1


def test_confirming_one_of_five_leaves_four_open() -> None:
    case = case_with(*(entry(number) for number in range(5)))
    first = case.hits.get(external_id="GB-0")
    found = judged(case, first, draft("TRUE_MATCH"))
    assert columns(case) == (Screening.HITS, 5, 1)
    second.confirm(reading_of(case), found, factories.ola())
    assert columns(case) == (Screening.HITS, 4, 0)
    case.refresh_from_db()
    assert case.verdicts["sanctions"] == "alarm"


# --- The same person on several lists ---


def of_one_person(*more: dict[str, Any]) -> Case:
    return case_with(
        entry(1, source="HMTREASURY"),
        entry(2, source="OFAC", name="STORHOLM, Arvid", matchIndicator=110),
        *more,
    )


def seen_of(case: Case, *numbers: str) -> list[Seen]:
    rows = {hit.external_id: hit.fingerprint for hit in case.hits.all()}
    return [Seen(rows[number]) for number in numbers]


def test_one_person_on_several_lists_is_judged_once_with_a_record_each() -> None:
    case = of_one_person(entry(3, source="UN_CONSOLIDATED", birthDate="1971-01-01"))
    first, other, third = seen_of(case, "GB-1", "GB-2", "GB-3")
    judge(reading_of(case), first, draft(), factories.kari(), uuid.uuid4(), together=[other])
    assert sorted(Judgement.objects.values_list("hit__external_id", "rationale")) == [
        ("GB-1", "The passport shows it."),
        ("GB-2", "The passport shows it."),
    ]
    assert AuditEvent.objects.of_case(case).with_verbs(Verb.HIT_JUDGED).count() == len(("GB-1", "GB-2"))
    with pytest.raises(Refused):  # another day of birth: somebody else
        judge(
            reading_of(case),
            third,
            draft(),
            factories.kari(),
            uuid.uuid4(),
            together=[Seen(first.fingerprint, 1)],
        )


def test_the_same_is_judged_hit_by_hit_and_a_failure_keeps_none() -> None:
    case = of_one_person()
    first, other = seen_of(case, "GB-1", "GB-2")
    with pytest.raises(Refused):
        judge(reading_of(case), first, draft("TRUE_MATCH"), factories.kari(), uuid.uuid4(), together=[other])
    stale = Seen(other.fingerprint, 4)
    with pytest.raises(Overtaken):
        judge(reading_of(case), first, draft(), factories.kari(), uuid.uuid4(), together=[stale])
    assert not Judgement.objects.exists()


# --- What is refused ---

BORN_REFUSES = [
    ({"birthDate": BORN}, "Date of birth is the same"),
    ({"birthDate": "1961-12-17"}, "Date of birth is similar"),
    ({"birthDate": None}, "Date of birth is unknown"),
    ({"birthDate": None, "birthDateInfo": ["1970"]}, "Only a year of birth is compared"),
]


@pytest.mark.parametrize(("listed", "line"), BORN_REFUSES)
def test_another_date_of_birth_is_refused_by_the_line(listed: dict[str, Any], line: str) -> None:
    words = objections(case_with(entry(**listed)), draft())
    assert list(words) == ["reasons"]
    assert line in words["reasons"]


SLIPS: list[tuple[Draft, str]] = [
    (draft(rationale=""), "rationale"),
    (draft(rationale=" \u200b\n"), "rationale"),
    (draft(rationale="x" * 5001), "rationale"),
    (Draft(), "verdict"),
    (Draft("CLEARED", ("FP01",), "Why"), "verdict"),
    (Draft("FALSE_POSITIVE", (), "Why"), "reasons"),
    (draft("FALSE_POSITIVE", "TM01"), "reasons"),
    (draft("FALSE_POSITIVE", "FP90"), "reasons"),  # the system's alone
    (draft("FALSE_POSITIVE", "FP07", particulars="A dentist, by the list"), "reasons"),  # not enough alone
    (draft("FALSE_POSITIVE", "FP06", "FP07"), "particulars"),
    (draft("FALSE_POSITIVE", "FP09", particulars="Passport"), "attachment"),
    (draft("TRUE_MATCH", "TM01", "TM02"), "reasons"),
    (draft("TRUE_MATCH", "TM04"), "particulars"),
    (draft("CANNOT_TELL"), "contacted"),
    (draft("CANNOT_TELL", contacted="The customer"), "wake_up"),
]


def test_what_lacks_something_is_refused_at_its_field() -> None:
    case = case_with()
    today = timezone.localdate()
    late = [
        draft("CANNOT_TELL", contacted="The customer", wake_up=today + datetime.timedelta(days=days))
        for days in (0, 15)
    ]
    for how, field in [*SLIPS, *((slip, "wake_up") for slip in late)]:
        assert field in objections(case, how), how


def test_cannot_tell_leaves_the_hit_open_until_its_day() -> None:
    case = case_with()
    wake_up = timezone.localdate() + datetime.timedelta(days=14)
    found = judged(case, how=draft("CANNOT_TELL", contacted="The customer", wake_up=wake_up))
    assert (found.wake_up, found.second_state) == (wake_up, SecondState.NOT_NEEDED)
    assert columns(case) == (Screening.HITS, 1, 0)


def test_who_has_no_right_judges_nothing() -> None:
    case = case_with()
    for person_ in (factories.auditor(), factories.admin(), factories.stranger()):
        with pytest.raises(NotTheirs):
            judged(case, by=person_)
    assert not Judgement.objects.exists()


def test_of_two_who_judge_at_once_the_second_is_told() -> None:
    case = case_with()
    seen, reading = Seen(case.hits.get().fingerprint), reading_of(case)
    judge(reading, seen, draft(), factories.kari(), uuid.uuid4())
    with pytest.raises(Overtaken, match=r"^Overtaken$") as overtaken:
        judge(reading, seen, draft("TRUE_MATCH"), factories.maja(), uuid.uuid4())
    assert "Kari Nordmann" in str(overtaken.value.words)
    assert Judgement.objects.count() == 1


def test_what_was_read_before_a_newer_capture_is_not_judged() -> None:
    case = case_with()
    reading = reading_of(case)
    judging.capture(case, entry())
    with pytest.raises(Overtaken):
        judge(reading, Seen(case.hits.get().fingerprint), draft(), factories.kari(), uuid.uuid4())
    assert not Judgement.objects.exists()


def test_nothing_is_judged_in_a_closed_case() -> None:
    case = case_with()
    case.withdraw("Opened in error", timezone.now())
    case.save()
    with pytest.raises(CaseIsClosed):
        judged(case)


# --- The second person ---

SECONDS: list[tuple[dict[str, Any], Draft, list[str]]] = [
    ({}, draft("TRUE_MATCH"), ["verdict"]),
    ({}, draft("NOT_APPLICABLE"), ["verdict"]),
    ({"matchIndicator": 300}, draft(), ["match"]),
    ({"matchIndicator": None}, draft(), ["match"]),
    (
        {"birthDate": None, "birthDateInfo": ["1970"]},
        draft("FALSE_POSITIVE", "FP06", "FP07", particulars="A dentist, by the list"),
        ["nothing_decisive"],
    ),
    (
        {"birthDate": BORN},
        draft("FALSE_POSITIVE", "FP09", particulars="Passport", attachments=1),
        ["nothing_decisive", "decisive_alike"],
    ),
    (
        {"source": "EU_GLOBAL"},
        draft("FALSE_POSITIVE", "FP06", "FP07", particulars="A dentist, by the list"),
        ["main_list"],
    ),
]


def test_a_second_person_confirms_by_evidence() -> None:
    for listed, how, why in SECONDS:
        found = judged(case_with(entry(**listed)), how=how)
        assert (found.second_because, found.second_state) == (why, SecondState.AWAITED), (listed, how)


@pytest.mark.one_database
def test_a_few_of_the_rest_are_drawn_and_judging_again_draws_no_other_lot() -> None:
    drawn = 0
    case = case_with(*(entry(number) for number in range(100)))
    for hit in case.hits.all():
        why = [judged(case, hit).second_because for _time in range(2)]
        assert why[0] == why[1]
        assert why[0] in ([], ["sample"])
        drawn += bool(why[0])
    assert 0 < drawn < FEW_IN_A_HUNDRED


def test_nobody_confirms_what_they_judged() -> None:
    case = case_with()
    found = judged(case, how=draft("TRUE_MATCH"), by=factories.ola())
    with pytest.raises(NotTheirs):
        second.confirm(reading_of(case), found, factories.ola())
    with pytest.raises(NotTheirs):
        second.confirm(reading_of(case), found, factories.kari())  # an analyst is no second person
    found.refresh_from_db()
    assert found.awaits_second
    second.confirm(reading_of(case), found, factories.lead())


def test_the_database_refuses_one_person_as_both() -> None:
    found = judged(case_with(), how=draft("TRUE_MATCH"), by=factories.ola())
    with pytest.raises(IntegrityError), transaction.atomic():
        found.answer(SecondState.CONFIRMED, factories.ola(), timezone.now())
    confirm = (
        "UPDATE cases_judgement SET second_state = 'CONFIRMED', second_by_id = by_id, second_at = at"
        " WHERE id = %s"
    )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(confirm, [found.pk])
    found.refresh_from_db()
    assert found.awaits_second


CHANGED = [
    "verdict = 'FALSE_POSITIVE'",
    "rationale = 'Other words'",
    "by_id = (SELECT MAX(id) FROM cases_user)",
    "reasons = '[]'",
    "second_state = 'NOT_NEEDED', second_because = '[]'",
    "expires_on = '2040-01-01'",
    "match = 7",
]


def test_the_database_keeps_a_judgement_as_it_was_made() -> None:
    found = judged(case_with(), how=draft("TRUE_MATCH"))
    factories.ola()
    for change in CHANGED:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE cases_judgement SET {change} WHERE id = %s", [found.pk])  # noqa: S608
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_judgement WHERE id = %s", [found.pk])


def test_what_is_sent_back_is_open_with_the_words() -> None:
    case = case_with()
    found = judged(case, how=draft("TRUE_MATCH"))
    second.send_back(reading_of(case), found, factories.ola(), "Look at the passport again.")
    assert columns(case) == (Screening.HITS, 1, 0)
    assert held(case).judgement.second_words == "Look at the passport again."
    with pytest.raises(Overtaken):
        second.confirm(reading_of(case), found, factories.lead())
    again = judged(case)
    assert again.number == 2


def test_what_two_people_judged_one_alone_does_not_overturn() -> None:
    case = case_with()
    found = judged(case, how=draft("TRUE_MATCH"))
    second.confirm(reading_of(case), found, factories.ola())
    assert judged(case).second_because == ["overturns"]


def test_nobody_overturns_in_two_steps_what_two_people_judged() -> None:
    case = case_with()
    judged_by_two(case, how=draft("TRUE_MATCH"))
    wake_up = timezone.localdate() + datetime.timedelta(days=3)
    judged(case, how=draft("CANNOT_TELL", contacted="The customer", wake_up=wake_up))
    assert "overturns" in judged(case).second_because
