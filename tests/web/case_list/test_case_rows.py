"""The list of cases: what a row says."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case, SessionState
from tests import factories
from tests.web.pages import cells, page, words

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def test_a_row_says_everything_the_list_promises(kari: Client) -> None:
    case = factories.case(
        factories.organisation("317835337"), assignee=factories.kari(), due=timezone.localdate() - DAY
    )
    factories.session(case, SessionState.COMPLETE)
    row = cells(kari.get("/cases/"))[0]
    day = f"{timezone.localdate() - DAY:%-d %b %Y}"
    assert row[0] == case.reference
    assert row[1] == "FJELLHEIM ENERGI AS NO 317 835 337"
    assert row[2:4] == ["In review", "Complete"]
    assert row[4].startswith("Id. Identity: In order; Own. Owners: ")
    assert row[6:9] == ["2 open hits (sanctions)", "2", "Kari Nordmann"]
    assert row[9] == f"{day} overdue"
    assert row[10] == f"{timezone.localdate():%-d %b %Y}"


def test_no_cell_is_ever_empty(kari: Client) -> None:
    factories.case()
    for state in SessionState.values:
        factories.session(state=state)
    assert all(cell for row in cells(kari.get("/cases/")) for cell in row)


@pytest.mark.parametrize(
    ("screening", "count", "says"),
    [
        ("NOT_RUN", 0, "not screened"),
        ("NONE", 0, "no hits"),
        ("HITS", 1, "1 open hit (sanctions)"),
        ("HITS", 3, "3 open hits (sanctions)"),
        ("UNCERTAIN", 0, "outcome not known"),
        ("UNUSABLE", 0, "not usable"),
    ],
)
def test_the_screening_cell_says_which_kind_of_nothing_it_is(
    kari: Client, screening: str, count: int, says: str
) -> None:
    factories.case(screening=screening, hit_count=count)
    assert cells(kari.get("/cases/"))[0][6] == says


def test_of_an_order_that_brought_no_session_list_work_and_page_say_the_same(kari: Client) -> None:
    for state, fields, says in (
        (SessionState.UNKNOWN, {}, "Order not confirmed"),
        (SessionState.QUARANTINED, {}, "Order stopped"),
        (SessionState.FAILED, {"reason": "scope_missing"}, "The order was refused"),
        (SessionState.FAILED, {"reason": "not_found"}, "No order was taken under this number"),
    ):
        case = factories.session(state=state, **fields).case
        assert cells(kari.get("/cases/"))[0][6] == says, state
        shown = words(kari.get(f"/cases/{case.reference}/"))
        assert says in shown, state
        assert "0 points to check" not in shown.lower(), state
        assert says in words(kari.get("/")), state
    # An answer that was lost before may have been an order all the same.
    factories.session(state=SessionState.FAILED, reason="scope_missing", lost_answers=1)
    assert cells(kari.get("/cases/"))[0][6] == "Order refused, one before not confirmed"


def test_a_screening_that_did_not_fail_and_has_no_clear_outcome_says_so(kari: Client) -> None:
    factories.case(screening="UNCERTAIN", verdicts={"sanctions": "points_to_check"})
    assert cells(kari.get("/cases/"))[0][6] == "outcome not clear"
    factories.case(screening="UNCERTAIN", verdicts={"sanctions": "alarm"})
    assert cells(kari.get("/cases/"))[0][6] == "outcome not known"
    factories.case(screening="UNCERTAIN", verdicts={"sanctions": "alarm", "screening_failed": True})
    assert cells(kari.get("/cases/"))[0][6] == "screening failed"


@pytest.mark.parametrize(
    ("screening", "fields", "colour"),
    [
        ("HITS", {"hit_count": 3, "likely_hit_count": 1}, "late"),
        ("HITS", {"hit_count": 3}, "amber"),
        ("NOT_RUN", {}, "amber"),
        ("UNCERTAIN", {"verdicts": {"sanctions": "points_to_check"}}, "amber"),
        ("UNCERTAIN", {"verdicts": {"sanctions": "alarm", "screening_failed": True}}, "late"),
        ("UNCERTAIN", {}, "late"),
        ("UNUSABLE", {}, "late"),
    ],
)
def test_red_is_kept_for_a_likely_hit_and_for_what_cannot_be_had(
    kari: Client, screening: str, fields: dict[str, object], colour: str
) -> None:
    factories.case(screening=screening, **fields)
    (shown,) = page(kari.get("/cases/")).xpath("//tbody//td[@data-label='Screening']/span/span")
    assert shown.get("class") == colour


def test_hits_of_a_list_are_counted_once_by_the_kind_of_their_lists(kari: Client) -> None:
    factories.case(screening="HITS", hit_count=32, likely_hit_count=2, verdicts={"pep_hits": 8})
    assert cells(kari.get("/cases/"))[0][6] == "32 open hits (24 sanctions, 8 PEP), 2 of them likely"


def test_the_six_verdicts_are_signs_with_words(kari: Client) -> None:
    case = factories.case(verdicts={"sanctions": "alarm", "identity": "in_order"})
    shown = page(kari.get("/cases/")).xpath("//ul[@class='six']/li")
    assert [element.get("title") for element in shown] == [
        "Identity: In order",
        "Owners: Not done",
        "Authority: Not done",
        "Sanctions: Alarm",
        "PEP: Not done",
        "Documents: Not done",
    ]
    assert all(
        element.get("title") in words(element) and element.xpath(".//*[name()='svg']") for element in shown
    )
    assert case.reference in words(kari.get("/cases/"))


@pytest.mark.parametrize(
    ("evidence", "says"),
    [
        ("ABOUT_ANOTHER", "About another organisation"),
        ("ALTERED", "Altered document"),
        ("UNREADABLE", "Captured, not readable"),
    ],
)
def test_what_must_not_be_used_is_said_in_red_and_never_captured_in_green(
    kari: Client, evidence: str, says: str
) -> None:
    case = factories.case()
    factories.session(case, SessionState.COMPLETE)
    Case.objects.filter(pk=case.pk).update(evidence=evidence)
    tag = page(kari.get("/cases/")).xpath("//tbody//td[@data-label='Capture']//*[@data-color]")[0]
    assert (words(tag), tag.get("data-color")) == (says, "danger")
