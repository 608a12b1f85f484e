"""What people ask for, alone and at once: one form makes one case, and a case never has two sessions under way."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from django.db import connections, transaction
from django.utils import timezone

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, Case, Organisation, ReferenceCounter, SessionState, Verb
from cases.models.capture.session import ACTIVE, ENDED, STUCK
from cases.provider.numbers.identifiers import parse
from cases.workflows.casework.cases import NewCase, open_case
from cases.workflows.ordering import session_requests
from tests import chains, factories, portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import NUMBER, deliver, follow, in_state, named

_S = SessionState
JSON_ALONE = {"reports": (), "expands": ("address",)}
DUNS = "301234567"


def all_at_once(work: Callable[[int], Any], people: int) -> list[Any]:
    """What each of them gets who do the same at the same moment."""
    together = threading.Barrier(people)

    def one(number: int) -> Any:
        try:
            together.wait(30)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(people) as threads:
        return list(threads.map(one, range(people)))


def new(number: str = NUMBER) -> NewCase:
    return NewCase(parse("no", "ORG", number)[0], again_reason="Tests order as they please")


# --- At once -------------------------------------------------------------------------------------------------


def test_a_form_sent_from_two_tabs_makes_one_case_and_one_session(own_database: str) -> None:
    form, kari = new(), factories.kari()

    opened = all_at_once(lambda _: open_case(form, kari), 6)

    assert len({case.pk for case in opened}) == 1
    assert (Case.objects.count(), AmlSession.objects.count()) == (1, 1)
    assert ReferenceCounter.objects.get().last == 1
    assert engine_steps.verbs_of(opened[0]) == [Verb.CASE_CREATED, Verb.SESSION_REQUESTED]


def test_cases_opened_at_once_get_references_without_a_gap_or_a_double(own_database: str) -> None:
    people = 20

    opened = all_at_once(lambda number: open_case(new(str(917_300_000 + number % 4)), None), people)

    year = timezone.localtime().year
    assert sorted(case.reference for case in opened) == [f"C-{year}-{n:06d}" for n in range(1, people + 1)]
    assert Organisation.objects.count() == 4
    assert set(chains.breaks()) == {None}


def test_to_ask_again_twice_at_once_orders_once(own_database: str) -> None:
    with transaction.atomic():
        case = factories.session(state=_S.COMPLETE).case

    requests = all_at_once(
        lambda _: session_requests.request(case, session_requests.ResultRequest(), None), 6
    )

    assert {session.pk for session in requests} == {case.sessions.get(number=2).pk}
    assert engine_steps.verbs_of(case).count(Verb.SESSION_REQUESTED) == 1


def test_two_people_who_resolve_the_same_order_resolve_it_once(own_database: str) -> None:
    with transaction.atomic():
        session = factories.session(state=_S.UNKNOWN)
        kari = factories.kari()

    def resolve(number: int) -> str:
        try:
            session_requests.order_again(session.pk, kari, "x") if number % 2 else session_requests.close(
                session.pk, kari
            )
        except session_requests.NotPossible:
            return "too late"
        return "resolved"

    assert sorted(all_at_once(resolve, 6)) == ["resolved", *["too late"] * 5]


# --- One after the other -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("state", [*ACTIVE, *STUCK])
def test_while_a_session_is_under_way_or_stuck_no_other_is_ordered(state: str) -> None:
    session = factories.session(state=state)

    assert (
        session_requests.request(session.case, session_requests.ResultRequest(), factories.kari()) == session
    )

    assert session.case.sessions.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", ENDED)
def test_after_the_end_of_one_session_another_can_be_ordered(state: str) -> None:
    first = factories.session(state=state)

    second = session_requests.request(first.case, session_requests.ResultRequest(), factories.kari())

    assert (second.number, second.state, second.requested_by) == (2, _S.REQUESTED, factories.kari())
    assert set(portal.entities(second).values()) == {"ASKED"}


@pytest.mark.django_db
def test_a_case_that_could_not_be_opened_leaves_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    open_case(new(), None)
    with monkeypatch.context() as patch:
        patch.setattr(session_requests, "request", _fail)
        with pytest.raises(ZeroDivisionError):
            open_case(new(), None)

    assert open_case(new(), None).reference.endswith("-000002")


def _fail(*_: Any) -> None:
    raise ZeroDivisionError


@pytest.mark.django_db
@pytest.mark.parametrize("state", [*ACTIVE, *ENDED, _S.QUARANTINED])
def test_only_an_unknown_outcome_can_be_ordered_again(state: str) -> None:
    with pytest.raises(session_requests.NotPossible):
        session_requests.order_again(factories.session(state=state).pk, factories.kari(), "asked them")


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", " "])
def test_an_order_that_may_have_been_taken_is_not_sent_again_without_a_reason(reason: str) -> None:
    session = factories.session(state=_S.UNKNOWN)
    with pytest.raises(session_requests.ReasonMissing):
        session_requests.order_again(session.pk, factories.kari(), reason)
    session.refresh_from_db()
    assert session.state == _S.UNKNOWN


@pytest.mark.django_db
@pytest.mark.parametrize("state", [*ACTIVE, *ENDED])
def test_only_what_is_stuck_can_be_closed(state: str) -> None:
    with pytest.raises(session_requests.NotPossible):
        session_requests.close(factories.session(state=state).pk, factories.kari())


# --- With the provider ---------------------------------------------------------------------------------------


def test_captures_of_a_case_follow_one_another(untold: RunningSandbox) -> None:
    case = portal.order(NUMBER, **JSON_ALONE)
    first = follow(case)
    session_requests.request(case, session_requests.ResultRequest(**JSON_ALONE), factories.kari())

    second = follow(case)

    assert (first.number, second.number) == (1, 2)
    assert (first.state, second.state) == (_S.COMPLETE, _S.COMPLETE)
    assert first.provider_id != second.provider_id
    case.refresh_from_db()
    assert case.result_at == second.artefacts.get().captured_at


def test_what_is_asked_for_is_what_is_ordered(untold: RunningSandbox) -> None:
    session = follow(portal.order(NUMBER, reports=("aml",), expands=("address", "roles"), language="nb"))

    order = untold.sandbox.sessions.latest()[0].order
    assert (order.reports, order.expands, order.language) == (("aml",), {"address", "roles"}, "nb")
    assert set(portal.entities(session)) == {"json", "aml"}


def test_a_number_with_a_wrong_check_digit_goes_through(untold: RunningSandbox) -> None:
    _identifier, warnings = parse("no", "ORG", "123456789")
    assert warnings == ["check_digit"]

    session = follow(portal.order("123456789", **JSON_ALONE))

    assert session.state == _S.COMPLETE
    assert session.artefacts.get().about_us is True


def test_a_duns_number_finds_its_organisation(untold: RunningSandbox) -> None:
    session = follow(portal.order(DUNS, kind="DUNS", **JSON_ALONE))

    assert session.state == _S.COMPLETE
    assert session.artefacts.get().about_us is True
    assert Organisation.objects.get().name


def test_a_lost_answer_to_an_order_by_duns_number_is_found_again(untold: RunningSandbox) -> None:
    portal.switch(untold, {"name": "create_lost"})
    case = portal.order(DUNS, kind="DUNS", **JSON_ALONE)
    session = follow(case, in_state(_S.DOUBTFUL))
    deliver(session.attempts.get(), named(engine_steps.made_by(untold)[0]))

    assert follow(case).state == _S.COMPLETE
    assert untold.stats()["creates"]["total"] == 1


@pytest.mark.parametrize(
    ("country", "kind", "number"),
    [
        ("no", "ORG", "899000006"),
        ("se", "ORG", "001234-5678"),
        ("fi", "ORG", "0001234-5"),
        ("dk", "ORG", "99123456"),
    ],
)
def test_an_organisation_nobody_knows_fails_with_the_words_of_the_provider(
    country: str, kind: str, number: str, untold: RunningSandbox
) -> None:
    session = follow(portal.order(number, country=country, kind=kind))

    reason = "assumed_address" if country == "dk" else "not_found"
    assert (session.state, session.reason) == (_S.FAILED, reason)
    assert session.reason_text == "No organisation has this identifier."
    assert {artefact.reason_text for artefact in session.artefacts.all()} == {session.reason_text}
    assert (session.lost_answers, len(engine_steps.made_by(untold))) == (0, 0)
    assert session_requests.request(session.case, session_requests.ResultRequest(), None).number == 2


def test_a_session_holds_the_scopes_it_was_ordered_under(untold: RunningSandbox) -> None:
    portal.switch(untold, {"name": "fewer_scopes"})

    session = follow(portal.order(NUMBER, **JSON_ALONE))

    assert session.granted_scopes == ["aml_organization/basic"]


def test_scopes_that_were_lost_with_the_token_just_before_the_order_are_not_claimed(
    untold: RunningSandbox,
) -> None:
    follow(portal.order(NUMBER, **JSON_ALONE))  # a token with every scope is in our hands
    portal.switch(untold, {"name": "fewer_scopes"})
    requests.delete(f"{untold.url}/sandbox/tokens", timeout=30)

    session = follow(portal.order(NUMBER, **JSON_ALONE))

    assert (session.state, session.granted_scopes) == (_S.COMPLETE, ["aml_organization/basic"])


def test_every_result_of_a_session_that_failed_is_told_of_by_itself(untold: RunningSandbox) -> None:
    portal.switch(untold, {"name": "http_404"})
    case = portal.order(NUMBER)
    assert follow(case).state == SessionState.FAILED
    assert engine_steps.verbs_of(case).count(Verb.ARTEFACT_FAILED) == 3
