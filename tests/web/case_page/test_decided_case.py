"""A decided case is read: what is refused says that it is decided, and never that it was withdrawn."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from tests import factories, judging
from tests.web.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DECIDED = "The case is decided; it can be read, and reopened."


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def to(name: str, case: Case) -> str:
    return reverse(name, args=[case.reference])


def test_its_page_says_what_was_decided_and_that_nothing_is_to_be_done(kari: Client) -> None:
    shown = words(kari.get(to("case", judging.decided())))
    assert f"Refused {DECIDED}" in shown
    assert shown.count(DECIDED) == 2  # as a notice, and as the next step
    assert "withdrawn" not in shown


@pytest.mark.parametrize("name", ["change_case", "withdraw_case", "order_again", "take"])
def test_nothing_is_done_to_it_and_the_words_are_of_a_decided_case(kari: Client, name: str) -> None:
    answer = kari.post(to(name, judging.decided()), {"reason": "x", "after": 1}, follow=True)
    assert f"{DECIDED} Nothing was done." in words(answer)
    assert "withdrawn" not in words(answer)


def test_a_comment_written_before_one_knew_stays_in_its_form(kari: Client) -> None:
    sent = {"text": "Called the chair", "submission": "0b9a7f3a-0000-4000-8000-000000000000"}
    shown = words(kari.post(to("comment", judging.decided()), sent))
    assert f"{DECIDED} Nothing was written in it." in shown
    assert "Called the chair" in shown
