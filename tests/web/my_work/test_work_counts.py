"""What My work counts: the same as the lists it leads to, and as the provider page."""

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import ArtefactState, Case, SessionState
from cases.models.casework.pressing import Urgency
from cases.web.my_work import work_groups
from cases.web.my_work.work_groups import KINDS
from tests import factories, judging
from tests.web.pages import groups, listed, page, words
from tests.web.work_groups import DAY, clean, mine, one_of_each_urgency, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def one_in_every_group() -> None:
    """And a graver one beside each, of others, and closed ones: none of them counts in a group of mine."""
    for fields in ({"assignee": factories.kari()}, {}, {"assignee": factories.ola()}):
        one_of_each_urgency(**fields)
        factories.session(clean(factories.case(**fields)), SessionState.OPEN)
    clean(mine())
    closed = mine(-1)
    closed.withdraw("a mistake", timezone.now())
    closed.save()


def test_what_a_group_counts_its_list_shows(kari: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_groups, "MOST_IN_A_GROUP", 1)
    one_in_every_group()
    answer = kari.get("/")
    counted = {}
    for kind in KINDS:
        (title,) = page(answer).xpath(f"//h2[@id='group-{kind.key}']")
        counted[kind.key] = int(words(title).removeprefix(kind.title))
        shown = kari.get(f"/cases/?{kind.query}")
        assert len(page(shown).xpath("//table/tbody/tr")) == counted[kind.key], kind.key
        assert f"My work: {kind.title}" in words(shown)
    assert len(counted) == len(Urgency)


def test_what_is_counted_beside_the_title_is_what_its_link_and_the_groups_show(kari: Client) -> None:
    one_in_every_group()
    answer = kari.get("/")
    (link,) = page(answer).xpath("//*[@class='head']//a[contains(., 'overdue')]")
    assert words(link) == "10 overdue"
    assert "10 cases" in words(kari.get(link.get("href")))
    (panel,) = page(answer).xpath("//section[@aria-labelledby='group-overdue']/header")
    assert words(panel) == "Overdue2 8 more in graver groups above"


def test_a_count_whose_own_group_is_empty_says_where_it_stands(kari: Client) -> None:
    case = mine(-1)
    ready(case, 29)
    Case.objects.filter(pk=case.pk).update(evidence="ALTERED", verdicts={"documents": "alarm"})
    assert words(page(kari.get("/")).xpath("//*[@class='head']/p")[0]) == (
        "1 case · 1 overdue (in a graver group) · A result expires in 28 min (in a graver group)"
    )


def test_who_watches_the_provider_reads_the_same_numbers_on_both_pages(client: Client) -> None:
    for assignee in (factories.kari(), factories.lead(), None):
        one_of_each_urgency(assignee=assignee)
        factories.session(factories.case(assignee=assignee), SessionState.PARTIAL)
    closed = factories.session(state=SessionState.UNKNOWN).case
    closed.withdraw("a mistake", timezone.now())
    closed.save()
    client.force_login(factories.lead())
    line = words(page(client.get("/")).xpath("//p[@class='house']")[0])
    assert line == (
        "Everybody’s cases: 3 waiting for a person · 3 with results about to expire or past their time ·"
        " 3 lost before capture · 3 partly captured · 3 ordered, awaited"
    )
    shown = words(client.get("/provider/"))
    for label in (
        "waiting for a person",
        "with results about to expire or past their time",
        "with results lost before capture",
        "partly captured",
    ):
        assert f"Cases {label} 3" in shown
    headings = [words(element) for element in page(client.get("/provider/")).xpath("//h2")]
    expiring = "Results about to expire or past their timeof 3 cases"
    expected = [expiring, "Waiting for a person3", "Partly captured3"]
    assert [heading for heading in headings if heading in expected] == expected
    assert "Cases ordered, awaited 3" in shown
    for link in page(client.get("/")).xpath("//p[@class='house']/a/@href"):
        assert "3 cases" in words(client.get(link))


def test_no_filter_of_the_list_bears_the_name_of_a_group_of_my_work_that_counts_otherwise(
    client: Client,
) -> None:
    client.force_login(factories.lead())
    shown = page(client.get("/cases/"))
    groups = {words(element).lower() for element in shown.xpath("//select[@id='id_group']/option")} - {"any"}
    captures = {words(element).lower() for element in shown.xpath("//select[@id='id_capture']/option")} - {
        "any"
    }
    assert captures & groups <= {"results about to expire or past their time"}
    assert not [one for one in captures if one.startswith(("waiting for you", "new results"))]


def test_what_belongs_to_a_withdrawn_case_counts_nowhere(client: Client) -> None:
    client.force_login(factories.lead())
    before = figures(client)
    for state in (SessionState.OPEN, SessionState.UNKNOWN, SessionState.FAILED, SessionState.PARTIAL):
        session = factories.session(state=state, results={}, requested_at=timezone.now() - DAY / 24)
        factories.artefact(
            session,
            "aml",
            ArtefactState.READY,
            available_at=timezone.now() - DAY / 72,
            expires_at=timezone.now() + DAY / 240,
        )
        session.case.withdraw("a mistake", timezone.now())
        session.case.save()
    changed = {label for label, value in figures(client).items() if before[label] != value}
    assert changed <= {"Partly captured", "Failed", "Sessions due for a step"}
    assert listed(client.get("/provider/")) == []


def test_what_is_still_to_come_of_a_decided_case_is_counted_and_found_and_is_nobodys_work(
    client: Client,
) -> None:
    client.force_login(factories.lead())
    before = figures(client)
    case = factories.case(assignee=factories.lead())
    ready(case, 10)
    judging.decided(case)
    shown = client.get("/")
    assert groups(shown) == {}
    line = words(page(shown).xpath("//p[@class='house']")[0])
    assert "1 with results about to expire or past their time" in line
    assert "1 ordered, awaited" in line
    for address in ("/cases/?capture=at_risk", "/cases/?capture=waiting"):
        assert case.reference in words(client.get(address)), address
        assert case.reference not in words(client.get(f"{address}&assignee=me")), address
    changed = {label for label, value in figures(client).items() if before[label] != value}
    assert changed >= {
        "Cases ordered, awaited",
        "Cases with results about to expire or past their time",
        "Oldest awaited",
        "Results awaited",
    }
    (at_risk,) = [row for row in listed(client.get("/provider/")) if "AML report" in row]
    assert any(case.reference in cell for cell in at_risk)


def figures(client: Client) -> dict[str, str]:
    """The figures of the provider page: what each is called, and what it says."""
    shown = page(client.get("/provider/"))
    return dict(zip(map(words, shown.xpath("//dt")), map(words, shown.xpath("//dd")), strict=True))
