"""What people change of a case, to whom they hand it, and how one of which nothing came is corrected or withdrawn."""

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cases.models import AuditEvent, Case, CaseState, SessionState, Verb
from cases.provider.numbers.identifiers import Identifier
from cases.workflows.casework import changing, comments
from cases.workflows.casework.cases import take, take_next
from cases.workflows.casework.changing import Details
from cases.workflows.locks.open_case import CaseIsClosed
from cases.workflows.ordering import correcting, session_requests
from cases.workflows.ordering.session_requests import NotPossible, ResultRequest
from tests import chains, factories

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 12, 24)
OTHER = Identifier("se", "ORG", "556036-0793")


def detail(case: Case, verb: Verb) -> dict[str, Any]:
    event = AuditEvent.objects.of_case(case).get(verb=verb)
    found: dict[str, Any] = json.loads(event.detail.body)
    return found


def verbs(case: Case) -> list[str]:
    return list(AuditEvent.objects.of_case(case).order_by("sequence").values_list("verb", flat=True))


def withdrawn(**fields: Any) -> Case:
    case = factories.case(**fields)
    correcting.withdraw(case, "Opened twice", factories.kari())
    case.refresh_from_db()
    return case


# --- Changing ------------------------------------------------------------------------------------------------


def test_what_differs_is_changed_and_told_from_what_to_what() -> None:
    case = factories.case(assignee=factories.kari(), purpose="Onboarding")
    seen = Details.of(case)
    changed = changing.change(case, seen, replace(seen, due=DAY, purpose="Review"), factories.kari())
    case.refresh_from_db()
    assert changed == ("due", "purpose")
    assert (case.due, case.purpose, case.assignee) == (DAY, "Review", factories.kari())
    assert verbs(case) == [Verb.CASE_CREATED, Verb.CASE_CHANGED]
    recorded = detail(case, Verb.CASE_CHANGED)
    assert (recorded["due"], recorded["purpose"]) == (["", "2026-12-24"], ["Onboarding", "Review"])
    assert "customer_reference" not in recorded
    assert not list(filter(None, chains.breaks(case.reference)))


def test_what_does_not_differ_is_no_event_even_from_a_form_served_before() -> None:
    """The same form sent twice: the second finds what it wants."""
    case = factories.case()
    seen = Details.of(case)
    wanted = replace(seen, due=DAY)
    assert changing.change(case, seen, wanted, factories.kari()) == ("due",)
    assert changing.change(case, seen, wanted, factories.kari()) == ()
    assert verbs(case).count(Verb.CASE_CHANGED) == 1


@pytest.mark.parametrize("meanwhile", [{"due": DAY}, {"purpose": "x"}, {"assignee": "maja"}])
def test_a_form_served_before_somebody_elses_change_is_refused_with_what_the_case_says(
    meanwhile: dict[str, Any],
) -> None:
    case = factories.case()
    seen = Details.of(case)
    now = replace(seen, **({"assignee": factories.maja().pk} if "assignee" in meanwhile else meanwhile))
    changing.change(case, seen, now, factories.maja())
    with pytest.raises(changing.Stale) as stale:
        changing.change(case, seen, replace(seen, customer_reference="K-1"), factories.kari())
    assert stale.value.now == now
    case.refresh_from_db()
    assert case.customer_reference == ""


# --- Handing over --------------------------------------------------------------------------------------------


def hand(case: Case, to: int | None, actor: Callable[[], Any]) -> None:
    seen = Details.of(case)
    changing.change(case, seen, replace(seen, assignee=to), actor())
    case.refresh_from_db()


def test_a_case_is_handed_over_and_back_and_both_are_told() -> None:
    case = factories.case(assignee=factories.kari())
    hand(case, factories.maja().pk, factories.kari)
    assert case.assignee == factories.maja()
    assert detail(case, Verb.CASE_HANDED_OVER)["assignee"] == "Maja Berg"
    assert not changing.hand_back(case, factories.kari())
    assert changing.hand_back(case, factories.maja())
    case.refresh_from_db()
    assert (case.assignee, case.state) == (None, CaseState.IN_REVIEW)
    assert verbs(case)[-2:] == [Verb.CASE_HANDED_OVER, Verb.CASE_HANDED_BACK]
    assert take(case, factories.ola())


def test_nobodys_case_given_to_somebody_goes_into_review() -> None:
    case = factories.case()
    hand(case, factories.kari().pk, factories.kari)
    assert (case.state, verbs(case)[-1]) == (CaseState.IN_REVIEW, Verb.CASE_TAKEN)
    other = factories.case()
    hand(other, factories.maja().pk, factories.kari)
    assert (other.state, verbs(other)[-1]) == (CaseState.IN_REVIEW, Verb.CASE_HANDED_OVER)


def test_the_case_of_somebody_else_is_handed_over_by_a_lead_alone() -> None:
    case = factories.case(assignee=factories.maja())
    for to in (None, factories.kari().pk):
        with pytest.raises(changing.NotTheirs):
            hand(case, to, factories.kari)
    hand(case, factories.kari().pk, factories.lead)
    assert detail(case, Verb.CASE_HANDED_OVER)["assignee_was"] == "Maja Berg"


def test_a_case_goes_only_to_active_people_who_may_take_cases() -> None:
    gone = factories.person("gone", "analyst", is_active=False)
    wrong = [gone.pk, factories.auditor().pk, factories.admin().pk, factories.stranger().pk, 10**9]
    case = factories.case(assignee=factories.kari())
    for to in wrong:
        with pytest.raises(changing.NotTheirs):
            hand(case, to, factories.kari)
    assert not set(wrong) & {person.pk for person in changing.who_may_have(case)}
    assert {factories.kari(), factories.ola(), factories.lead()} <= set(changing.who_may_have(case))


# --- Of which nothing came -----------------------------------------------------------------------------------


def unknown(**fields: Any) -> Case:
    """A case whose number the register does not know."""
    case = factories.case(**fields)
    factories.session(case, SessionState.FAILED, {"json": "FAILED"}, reason="not_found")
    return case


def test_a_number_is_corrected_and_ordered_in_one_step() -> None:
    case = unknown()
    before = case.organisation
    session = correcting.correct_number(case, before.identifier, OTHER, ResultRequest(), factories.kari())
    case.refresh_from_db()
    assert case.organisation.identifier == OTHER
    assert (session.number, session.state) == (2, SessionState.REQUESTED)
    assert verbs(case)[-2:] == [Verb.NUMBER_CORRECTED, Verb.SESSION_REQUESTED]
    assert detail(case, Verb.NUMBER_CORRECTED)["number"] == [before.number, "SE 556036-0793"]
    assert [capture.ordered_for for capture in case.sessions.order_by("number")] == [before, None]
    with pytest.raises(NotPossible):  # sent again
        correcting.correct_number(case, before.identifier, OTHER, ResultRequest(), factories.kari())
    assert case.sessions.count() == 2


def test_a_number_is_not_corrected_and_no_case_withdrawn_where_something_came_or_may_come() -> None:
    """A stale result of one firm under another's name would be worse than a wrong number."""
    busy = [
        lambda case: factories.session(case, SessionState.OPEN),
        lambda case: factories.session(case, SessionState.UNKNOWN),
        lambda case: factories.session(case, SessionState.COMPLETE),
        lambda case: factories.session(case, SessionState.PARTIAL),
    ]
    for begin in busy:
        case = unknown()
        begin(case)
        with pytest.raises(NotPossible):
            correcting.correct_number(
                case, case.organisation.identifier, OTHER, ResultRequest(), factories.kari()
            )
        with pytest.raises(NotPossible):
            correcting.withdraw(case, "typed wrongly", factories.kari())
    same = unknown()
    number = same.organisation.identifier
    with pytest.raises(NotPossible):
        correcting.correct_number(same, number, number, ResultRequest(), factories.kari())


def test_a_case_is_withdrawn_with_its_reason_and_told() -> None:
    case = unknown(assignee=factories.kari())
    correcting.withdraw(case, "The customer gave a wrong number", factories.kari())
    case.refresh_from_db()
    assert (case.state, case.withdrawn_reason) == (CaseState.WITHDRAWN, "The customer gave a wrong number")
    assert case.withdrawn_at is not None
    recorded = detail(case, Verb.CASE_WITHDRAWN)
    assert (recorded["was"], recorded["now"]) == ("IN_REVIEW", "WITHDRAWN")
    assert recorded["withdrawn_reason"] == "The customer gave a wrong number"


def test_nothing_is_done_to_a_withdrawn_case() -> None:
    kari, checked = factories.kari(), factories.artefact(factories.session(results={}))
    signers = comments.SignersChecked(checked, ("A",), "", "", "", "")
    steps: list[Callable[[Case], Any]] = [
        lambda case: take(case, kari),
        lambda case: session_requests.request(case, ResultRequest(), kari),
        lambda case: comments.comment(case, kari, "x", case.submission),
        lambda case: comments.signers_checked(case, kari, signers, case.submission),
        lambda case: changing.change(case, Details.of(case), replace(Details.of(case), due=DAY), kari),
        lambda case: correcting.withdraw(case, "again", kari),
        lambda case: correcting.correct_number(
            case, case.organisation.identifier, OTHER, ResultRequest(), kari
        ),
    ]
    for step in steps:
        case = withdrawn()
        before = verbs(case)
        with pytest.raises(CaseIsClosed):
            step(case)
        assert verbs(case) == before


def test_a_withdrawn_case_is_nobodys_turn() -> None:
    withdrawn()
    withdrawn(assignee=factories.kari())
    assert not Case.objects.open().exists()
    assert not Case.objects.unassigned().exists()
    assert take_next(factories.kari()) is None
