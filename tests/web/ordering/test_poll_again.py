"""Looking again for results that never came, and what is told of a failure that was announced."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import AmlSession, ArtefactState, SessionState
from tests import factories
from tests.findings.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

_S = SessionState
BUTTON = (
    "Look again asks the provider once more for what never came. Nothing is ordered, and it costs nothing."
)


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def read(client: Client, session: AmlSession, query: str = "") -> str:
    answer = client.get(f"/cases/{session.case.reference}/overview/{query}")
    assert answer.status_code == 200
    return Page(answer.content.decode()).text


def poll_again_address(session: AmlSession) -> str:
    return reverse("poll_again", args=[session.case.reference])


def test_it_is_offered_where_results_of_a_session_that_was_paid_for_never_came(kari: Client) -> None:
    expired = dict.fromkeys(("json", "aml"), ArtefactState.EXPIRED)
    for offered, session in (
        (True, factories.session(state=_S.FAILED, provider_id="s-1")),
        (True, factories.session(state=_S.PARTIAL)),
        (False, factories.session(state=_S.FAILED)),  # never made
        (False, factories.session(state=_S.FAILED, provider_id="s-2", results=expired)),
        (False, factories.session(state=_S.COMPLETE)),
        (False, factories.session(state=_S.OPEN)),
        (False, factories.session(state=_S.UNKNOWN)),
    ):
        assert (BUTTON in read(kari, session)) == offered, session


def test_who_only_reads_is_offered_nothing(client: Client) -> None:
    session = factories.session(state=_S.FAILED, provider_id="s-1")
    client.force_login(factories.auditor())
    assert BUTTON not in read(client, session)


def test_pressed_it_looks_and_pressed_again_it_does_nothing_more(kari: Client) -> None:
    session = factories.session(state=_S.FAILED, provider_id="s-1")
    assert "The portal looks again." in poll_again_answer(kari, session, "1")

    session.refresh_from_db()
    assert (session.state, session.case.sessions.count()) == (_S.OPEN, 1)
    reopened = session.reopened_at
    for number in ("1", "2", "", "x", "9" * 50):
        assert "There is nothing to look for just now" in poll_again_answer(kari, session, number)
    session.refresh_from_db()
    assert session.reopened_at == reopened


def poll_again_answer(client: Client, session: AmlSession, number: str) -> str:
    answer = client.post(poll_again_address(session), {"capture": number}, follow=True)
    assert answer.redirect_chain
    return Page(answer.content.decode()).text


def test_an_older_capture_is_looked_at_where_it_is_read(kari: Client) -> None:
    old = factories.session(state=_S.FAILED, provider_id="s-1")
    factories.session(old.case, state=_S.COMPLETE)
    assert BUTTON not in read(kari, old)
    assert BUTTON in read(kari, old, "?session=1")
    assert kari.post(poll_again_address(old), {"capture": 1}).url.endswith("?session=1")


def test_a_failure_that_was_announced_is_told_with_its_time_and_what_follows(kari: Client) -> None:
    give_up_at = timezone.now() + datetime.timedelta(days=3)
    session = factories.session(state=_S.OPEN, give_up_at=give_up_at)
    assert "announced a failure" not in read(kari, session)

    at = timezone.localtime()
    until = at + datetime.timedelta(minutes=10)
    AmlSession.objects.update(failure_announced_at=at)
    text = read(kari, session)
    assert f"The provider announced a failure at {at:%H:%M}" in text
    assert f"goes on looking until {until:%H:%M}" in text

    half = factories.session(
        state=_S.OPEN,
        results={"json": ArtefactState.CAPTURED, "aml": ArtefactState.ORDERED},
        failure_announced_at=at - datetime.timedelta(hours=1),
    )
    text = read(kari, half)
    assert "– results came all the same." in text
    assert "goes on looking" not in text


def test_the_next_step_of_what_is_awaited_says_what_is_known_and_what_to_do(kari: Client) -> None:
    at = timezone.localtime()
    until = f"{at + datetime.timedelta(minutes=10):%H:%M}"
    later = at + datetime.timedelta(days=3)
    came = {"json": ArtefactState.ORDERED, "aml": ArtefactState.CAPTURED}
    nothing = "There is nothing to do: it goes on by itself."
    failed = f"Wait until {until}: what has not come by then can be looked for again, or ordered anew."
    doubtful = "There is nothing to do yet: if the order is not found, a person must resolve it."
    wrong = []
    for state, fields, says in (
        (_S.REQUESTED, {}, f"Order not sent yet. {nothing}"),
        (_S.DOUBTFUL, {}, f"Order not confirmed. {doubtful}"),
        (_S.OPEN, {}, f"The result is awaited. {nothing}"),
        (_S.OPEN, {"failure_announced_at": at}, f"The provider announced a failure. {failed}"),
        (
            _S.OPEN,
            {"failure_announced_at": at - datetime.timedelta(hours=1), "results": came},
            f"The result is awaited. {nothing}",
        ),
    ):
        case = factories.case(assignee=factories.kari())
        session = factories.session(case, state, give_up_at=later, **fields)
        if says not in read(kari, session):
            wrong.append((state, fields, says))
    assert wrong == []


def test_of_another_day_the_day_is_told_too(kari: Client) -> None:
    then = timezone.now() - datetime.timedelta(days=2)
    session = factories.session(state=_S.FAILED, provider_id="s-1", failure_announced_at=then)
    text = read(kari, session)
    assert f"announced a failure at {timezone.localtime(then):%-d %b %Y, %H:%M}" in text
    assert "goes on looking" not in text
