"""What stands behind the name of a tab: how much is to be done there, on every tab, until the case is closed."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement

from cases.models import Case
from tests import deciding, factories
from tests.judging import case_with
from tests.web.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def badges(client: Client, case: Case, tab: str = "timeline") -> dict[str, str]:
    """The numbers behind the names of tabs, as another tab shows them."""
    shown: HtmlElement = page(client.get(reverse("case_tab", args=[case.reference, tab])))
    links = {
        link.get("id").removeprefix("tab-"): link.xpath(".//b") for link in shown.xpath("//a[@id and .//b]")
    }
    return {tab: words(found[0]) for tab, found in links.items()}


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def test_what_is_to_be_done_is_counted_and_falls_as_it_is_done(kari: Client) -> None:
    case = case_with()
    before = badges(kari, case)
    assert before["ownership"].endswith("to conclude")
    assert before["risk"].endswith("not answered")
    assert before["screening"].startswith("1")
    deciding.answer_all(case)
    deciding.conclude_all(case)
    assert badges(kari, case).keys() == {"screening"}


def test_nothing_is_to_be_done_in_a_closed_case(kari: Client) -> None:
    case = case_with()
    Case.objects.filter(pk=case.pk).update(
        state="WITHDRAWN", withdrawn_reason="TYPO", withdrawn_at=timezone.now()
    )
    assert badges(kari, case).keys() <= {"screening"}


def test_nothing_is_counted_where_nothing_is_known(kari: Client) -> None:
    assert "ownership" not in badges(kari, factories.case(assignee=factories.kari()))
