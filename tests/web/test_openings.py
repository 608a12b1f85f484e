"""Whatever shows a case keeps that it was opened, once for a person, a case and a browser session."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import AmlSession, AuditEvent, Case, ReportState, SessionState, Verb
from cases.web.case_page.tab_names import Tab
from tests import factories
from tests.web.case_page.test_case_page_live import OpenPage, capture
from tests.web.routes import filled_in, leaves, of_portal

pytestmark = pytest.mark.django_db

WORDS = {"tab": Tab.values, "number": [1], "kind": ["json", "aml"]}
ALWAYS_AN_OPENING = "case"
# Asked by a page of its own accord with the marks that it has; without any, everything is sent.
SHOWN = {200, 302, 422}
REFUSED = {403, 404, 405}


def openings(case: Case) -> int:
    return AuditEvent.objects.of_case(case).with_verbs(Verb.CASE_VIEWED).count()


def addresses(case: Case) -> Iterator[tuple[str, str]]:
    """Every address of the case that the project knows: the name and the path."""
    for path, route in leaves(of_portal()):
        if "<reference:reference>" in path:
            yield from (
                (route.name, f"/{text}") for text in filled_in(path, {**WORDS, "reference": [case.reference]})
            )


def whole_case() -> Case:
    """A case of everybody's with a complete capture and a report."""
    case = factories.session(factories.case(), SessionState.COMPLETE).case
    factories.report(case, ReportState.MADE)
    return case


@pytest.mark.parametrize(("method", "least"), [("get", 25), ("post", 10)])
def test_every_address_that_shows_a_case_opens_it_once(method: str, least: int) -> None:
    shown, wrong = 0, []
    for name, path in addresses(whole_case()):
        case, browser = Case.objects.get(), Client()
        browser.force_login(factories.lead())
        counts, statuses = [openings(case)], []
        for _ in range(2):
            statuses.append(getattr(browser, method)(path).status_code)
            counts.append(openings(case))
        first, again = counts[1] - counts[0], counts[2] - counts[1]
        shown += statuses[0] in SHOWN
        assert statuses[0] in SHOWN | REFUSED, path
        if statuses[0] in SHOWN and (first, again) != (1, int(name == ALWAYS_AN_OPENING)):
            wrong.append((method, path, statuses, first, again))
    assert wrong == []
    assert shown >= least


def test_the_walk_knows_every_way_to_a_case() -> None:
    walked = {name for name, _path in addresses(factories.case())}
    assert {
        "case",
        "case_tab",
        "case_live",
        "comment",
        "check_signers",
        "order_again",
        "reports_now",
    } <= walked
    assert len(walked) >= 23


def test_a_page_that_hears_nothing_new_opens_nothing(client: Client) -> None:
    client.force_login(factories.kari())
    running = factories.session(factories.case(), SessionState.OPEN)
    page = OpenPage(client, running.case)
    before = openings(running.case)
    assert page.changes() == ""
    assert openings(running.case) == before == 1


@pytest.mark.parametrize("tab", [Tab.OVERVIEW, Tab.OWNERSHIP, Tab.DOCUMENTS])
def test_a_page_left_open_that_gets_a_result_opens_the_case_again_once(tab: str, client: Client) -> None:
    client.force_login(factories.kari())
    running: AmlSession = factories.session(factories.case(), SessionState.OPEN)
    page = OpenPage(client, running.case, tab)
    capture(running, "json")
    Case.objects.filter(pk=running.case.pk).update(result_at=timezone.now())
    assert page.changes()
    assert openings(running.case) == 2
    page.changes()
    assert openings(running.case) == 2


def test_the_list_of_reports_is_no_opening_while_it_is_the_same(client: Client) -> None:
    client.force_login(factories.kari())
    case = whole_case()
    address = reverse("reports_now", args=[case.reference])
    assert client.get(address, {"seen": "1-1-0"}).status_code == 204
    assert openings(case) == 0
    assert client.get(address).status_code == 200
    assert openings(case) == 1
