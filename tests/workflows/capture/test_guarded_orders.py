"""What an order rests on changes in the one form that the portal's own acts have, and in no other."""

import datetime
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.models import AmlSession, AttemptOutcome, Case, CreateAttempt, SessionState, Verb
from cases.provider.numbers.identifiers import Identifier
from cases.workflows.audit import trail
from cases.workflows.casework import changing
from cases.workflows.casework.changing import Details
from cases.workflows.ordering import correcting
from cases.workflows.ordering.session_requests import ResultRequest
from tests import factories

pytestmark = pytest.mark.django_db

_s = SessionState
Act = Callable[[], object]


def is_refused(act: Act) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def update(row: Case | AmlSession | CreateAttempt, **fields: object) -> Act:
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**fields)


def reword(case: Case, purpose: str) -> None:
    case.refresh_from_db()
    now = Details.of(case)
    changing.change(case, now, Details(now.due, purpose, "ref", now.assignee), factories.kari())


def test_the_purpose_changes_with_the_event_that_tells_of_it_each_time_anew() -> None:
    case = factories.case(purpose="Onboarding", assignee=factories.kari())
    for purpose in ("Review", "Onboarding"):
        reword(case, purpose)
        case.refresh_from_db()
        newest = case.audit_chain.events.latest("sequence")
        assert (case.purpose, newest.verb, newest.sequence) == (purpose, Verb.CASE_CHANGED, case.change_event)
    event_before = case.change_event
    trail.record(case, Verb.CASE_VIEWED, subject="case")
    forged = [
        update(case, purpose="else"),
        update(case, purpose="else", change_event=event_before),
        update(
            case, purpose="else", change_event=event_before + 1
        ),  # the newest, which tells of something else
        update(case, purpose="else", change_event=event_before + 2),
        update(case, change_event=event_before - 1),
        update(case, change_event=event_before + 2),
    ]
    assert [is_refused(act) for act in forged] == [True] * len(forged)


def test_a_number_is_corrected_with_all_that_was_ordered_so_far_and_only_so() -> None:
    case = factories.case(factories.organisation("999999999"))
    other = factories.organisation()
    session = factories.session(case, _s.FAILED, {}, reason="not_found")
    assert is_refused(update(case, organisation=other))
    assert is_refused(update(session, ordered_for=case.organisation))
    trail.record(case, Verb.NUMBER_CORRECTED, subject="case")
    newest = case.audit_chain.events.latest("sequence").sequence
    assert is_refused(
        update(case, organisation=other, change_event=newest)
    )  # what was ordered does not say so
    assert is_refused(update(session, ordered_for=other))
    number = Identifier("no", "ORG", "317835337")
    correcting.correct_number(case, case.organisation.identifier, number, ResultRequest(), factories.kari())
    case.refresh_from_db()
    session.refresh_from_db()
    assert (case.organisation.value, session.ordered_for.value) == ("317835337", "999999999")
    again = case.sessions.first()
    forged = [
        update(session, ordered_for=None),
        update(session, ordered_for=case.organisation),
        update(again, ordered_for=case.organisation),
        update(case, organisation=other),
        update(case, organisation=other, change_event=case.change_event + 1),
    ]
    assert [is_refused(act) for act in forged] == [True] * len(forged)


def test_a_withdrawn_case_stays_as_it_was_withdrawn() -> None:
    case = factories.case(purpose="Onboarding")
    correcting.withdraw(case, "opened by mistake", factories.kari())
    trail.record(case, Verb.CASE_CHANGED, subject="case")
    newest = case.audit_chain.events.latest("sequence").sequence
    forged = [
        update(case, purpose="else", change_event=newest),
        update(case, withdrawn_reason="else"),
        update(case, state="NEW", withdrawn_at=None, withdrawn_reason=""),
    ]
    assert [is_refused(act) for act in forged] == [True] * len(forged)
    assert not is_refused(update(case, hit_count=3, screening="HITS", updated_at=timezone.now()))


@pytest.mark.parametrize(
    ("was", "fields", "refused"),
    [
        (_s.REQUESTED, {"state": _s.CREATING}, False),
        (_s.REQUESTED, {}, True),
        (_s.CREATING, {"state": _s.OPEN, "provider_id": "p"}, False),
        (_s.DOUBTFUL, {"state": _s.OPEN, "provider_id": "p"}, False),
        (_s.CREATING, {}, True),
        (_s.CREATING, {"state": _s.DOUBTFUL}, True),
        (_s.OPEN, {}, True),
        (_s.OPEN, {"provider_id": "another"}, True),
    ],
)
def test_scopes_are_written_down_when_an_order_is_sent_and_when_it_opens(
    was: str, fields: dict[str, str], refused: bool
) -> None:
    session = factories.session(state=was, results={})
    assert is_refused(update(session, granted_scopes=["aml_organization/basic"], **fields)) is refused


@pytest.mark.parametrize(
    ("was", "becomes", "refused"),
    [
        (was, becomes, was in {"OPENED", "ADOPTED"} and was != becomes)
        for was in AttemptOutcome.values
        for becomes in AttemptOutcome.values
    ],
)
def test_what_became_of_an_attempt_is_recorded_once_it_is_known(
    was: str, becomes: str, refused: bool
) -> None:
    attempt = factories.attempt(factories.session(results={}), was)
    assert is_refused(update(attempt, outcome=becomes)) is refused


def test_a_sending_is_put_earlier_when_the_clock_was_and_never_later() -> None:
    attempt = factories.attempt(factories.session(results={}), AttemptOutcome.SENT)
    hour = datetime.timedelta(hours=1)
    assert not is_refused(update(attempt, sent_at=attempt.sent_at - hour))
    assert is_refused(update(attempt, sent_at=attempt.sent_at + hour))


def test_another_attempt_follows_an_attempt() -> None:
    session = factories.session(state=_s.DOUBTFUL, results={})
    factories.attempt(session, AttemptOutcome.ABANDONED)
    assert factories.attempt(session, AttemptOutcome.SENT).number == 2
