"""The list of cases: what is found, how it is filtered and sorted, and that no address breaks it."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import ArtefactState, Case, Organisation, SessionState
from cases.web.case_list.case_list import SORTS
from tests import factories
from tests.web.pages import cells, chips, page, words

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def found(client: Client, query: str = "") -> list[str]:
    return [row[0] for row in cells(client.get(f"/cases/{query}"))]


# --- Search; what it finds is in test_search.py ---


def test_a_search_leaves_no_name_in_the_address(kari: Client) -> None:
    factories.case(name="Ingrid Sjøberg")
    answer = kari.post("/cases/", {"q": "Ingrid Sjøberg", "status": "NEW"})
    assert answer.status_code == 302
    assert "status=NEW" in answer.url
    assert "ngrid" not in answer.url
    shown = kari.get(answer.url)
    assert len(cells(shown)) == 1
    assert "“Ingrid Sjøberg”" in chips(shown)
    assert "Ingrid" not in " ".join(page(shown).xpath("//@href"))


def test_a_search_survives_paging_sorting_and_reloading(kari: Client) -> None:
    for _ in range(52):
        factories.case(name="Nordlys AS")
    factories.case(name="Sørlys AS")
    first = kari.post("/cases/", {"q": "nordlys"}, follow=True)
    following = page(first).xpath("//a[@rel='next']/@href")[0]
    assert len(cells(kari.get(f"/cases/{following}"))) == 2
    by_due = page(first).xpath("//th/a[starts-with(., 'Due')]/@href")[0]
    assert "of 52" in words(kari.get(by_due))


def test_another_persons_search_is_not_shown_but_explained(kari: Client, client: Client) -> None:
    address = kari.post("/cases/", {"q": "secret"}).url
    other = Client()
    other.force_login(factories.ola())
    factories.case()
    answer = other.get(address)
    assert "made in another sign-in" in words(answer)
    assert "secret" not in answer.content.decode()
    assert chips(answer) == {}


def test_a_text_in_the_address_is_searched_for_too(kari: Client) -> None:
    factories.case(name="Nordlys AS")
    factories.case(name="Sørlys AS")
    assert [row[1].split(" NO")[0] for row in cells(kari.get("/cases/?q=nordlys"))] == ["Nordlys AS"]


def test_only_so_many_searches_are_kept(kari: Client) -> None:
    for number in range(30):
        kari.post("/cases/", {"q": f"text {number}"})
    assert len(kari.session["searches"]) == 20


# --- Filters ---


def one_of_each() -> dict[str, Case]:
    today = timezone.localdate()
    cases = {
        "plain": factories.case(),
        "mine": factories.case(assignee=factories.kari(), due=today - DAY),
        "majas": factories.case(assignee=factories.maja(), due=today + 9 * DAY),
        "swedish": factories.case(
            Organisation.objects.create(country="se", kind="ORG", value="556036-0793"), due=today
        ),
        "hits": factories.case(screening="HITS", hit_count=1, due=today + 3 * DAY),
    }
    factories.session(cases["mine"], SessionState.UNKNOWN)
    factories.session(cases["majas"], SessionState.OPEN)
    factories.session(cases["swedish"], SessionState.COMPLETE, {"aml": "CAPTURED"})
    risky = factories.session(cases["hits"], SessionState.OPEN, {"json": "ASKED"})
    factories.artefact(risky, "aml", ArtefactState.READY, expires_at=timezone.now() + DAY / 100)
    Case.objects.filter(pk=cases["hits"].pk).update(screening="HITS", hit_count=1)
    return cases


@pytest.mark.parametrize(
    ("query", "names", "chip"),
    [
        ("status=NEW", ["hits", "swedish", "plain"], "Status: New"),
        ("status=IN_REVIEW", ["majas", "mine"], "Status: In review"),
        ("country=se", ["swedish"], "Country: Sweden"),
        ("screening=HITS", ["hits"], "Screening: open hits"),
        ("capture=waiting", ["hits", "majas"], "Capture: ordered, awaited"),
        ("capture=at_risk", ["hits"], "Capture: results about to expire or past their time"),
        ("capture=stuck", ["mine"], "Capture: waiting for a person"),
        ("capture=unknown", ["mine"], "Capture: order not confirmed or stopped"),
        ("capture=captured", ["swedish"], "Capture: captured"),
        ("capture=none", ["plain"], "Capture: nothing ordered"),
        ("assignee=me", ["mine"], "Assigned to: me"),
        ("assignee=nobody", ["hits", "swedish", "plain"], "Assigned to: nobody"),
        ("due=overdue", ["mine"], "Due: overdue"),
        ("due=today", ["swedish"], "Due: today"),
        ("due=week", ["hits", "swedish"], "Due: within seven days"),
        ("due=later", ["majas"], "Due: later"),
        ("due=none", ["plain"], "Due: no date"),
        ("assignee=nobody&due=week&country=no", ["hits"], "Assigned to: nobody"),
    ],
)
def test_a_filter_lives_in_the_address_and_shows_a_chip(
    kari: Client, query: str, names: list[str], chip: str
) -> None:
    cases = one_of_each()
    by_reference = {case.reference: name for name, case in cases.items()}
    answer = kari.get(f"/cases/?{query}&sort=-reference")
    shown = [by_reference[row[0]] for row in cells(answer)]
    assert sorted(shown) == sorted(names)
    assert chip in chips(answer)


def test_a_person_can_be_filtered_for(kari: Client) -> None:
    cases = one_of_each()
    maja = factories.maja()
    assert found(kari, f"?assignee={maja.pk}") == [cases["majas"].reference]
    assert "Assigned to: Maja Berg" in chips(kari.get(f"/cases/?assignee={maja.pk}"))


def test_a_chip_takes_its_own_filter_away_and_no_other(kari: Client) -> None:
    one_of_each()
    answer = kari.get("/cases/?status=NEW&country=no&page=1")
    assert chips(answer) == {"Status: New": "/cases/?country=no", "Country: Norway": "/cases/?status=NEW"}


def test_what_is_filtered_stays_chosen_in_the_form(kari: Client) -> None:
    one_of_each()
    chosen = page(kari.get("/cases/?country=se")).xpath("//select[@name='country']/option[@selected]")
    assert [option.get("value") for option in chosen] == ["se"]


# --- Order and pages ---


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{name}" for name in SORTS)])
def test_every_column_sorts_both_ways_and_says_so(kari: Client, sort: str) -> None:
    one_of_each()
    answer = kari.get(f"/cases/?sort={sort}")
    assert len(cells(answer)) == 5
    heads = page(answer).xpath("//th[@aria-sort]")
    assert [head.get("aria-sort") for head in heads] == ["descending" if sort[0] == "-" else "ascending"]


def organisations(client: Client, sort: str) -> list[str]:
    return [row[1].split(" NO ")[0] for row in cells(client.get(f"/cases/?sort={sort}"))]


def test_names_sort_as_nordic_readers_expect_and_the_nameless_last(kari: Client) -> None:
    in_order = ["abel AS", "Beta AS", "Ébo AS", "Zulu AS", "Ærfugl AS", "ØRNEN AS", "Ösp AB", "Ås AS"]
    for name in (*reversed(in_order), ""):
        factories.case(name=name)
    assert organisations(kari, "organisation") == [*in_order, "name not known yet"]
    assert organisations(kari, "-organisation") == [*reversed(in_order), "name not known yet"]


def test_a_name_that_a_result_brings_takes_its_place(kari: Client) -> None:
    factories.case(name="Ås AS")
    factories.session(factories.case(), SessionState.COMPLETE)
    assert organisations(kari, "organisation") == ["FJELLHEIM ENERGI AS", "Ås AS"]


def test_people_sort_by_their_last_name_and_nobody_last(kari: Client) -> None:
    for name in ("Zorn", "Ås", "Ærlig", "abel"):
        factories.case(assignee=factories.person(name, "analyst", first_name="A", last_name=name))
    factories.case()
    who = [row[8] for row in cells(kari.get("/cases/?sort=assignee"))]
    assert who == ["A abel", "A Zorn", "A Ærlig", "A Ås", "nobody"]


ALARM, UNCLEAR = {"sanctions": "alarm"}, {"sanctions": "points_to_check"}
# Of a screening, the gravest first.
GRAVITY: tuple[dict[str, object], ...] = (
    {"screening": "HITS", "hit_count": 2, "likely_hit_count": 1, "verdicts": ALARM},
    {"screening": "UNCERTAIN", "verdicts": ALARM},
    {"screening": "HITS", "hit_count": 12, "verdicts": UNCLEAR},
    {"screening": "HITS", "hit_count": 1, "verdicts": UNCLEAR},
    {"screening": "NOT_RUN", "verdicts": {"sanctions": "not_done"}},
    {"screening": "UNCERTAIN", "verdicts": UNCLEAR},
    {"screening": "NOT_RUN", "awaited": True},
    {"screening": "NONE", "verdicts": UNCLEAR},
    {"screening": "UNCERTAIN", "verdicts": ALARM, "withdrawn": True},
)


def of_gravity(*, awaited: bool = False, withdrawn: bool = False, **fields: object) -> str:
    case = factories.case()
    if awaited:
        factories.session(case, SessionState.OPEN, {"json": "ASKED"})
    if withdrawn:
        case.withdraw("a mistake", timezone.now())
        case.save()
    Case.objects.filter(pk=case.pk).update(**fields)
    return case.reference


def test_screening_sorts_the_gravest_first_at_the_first_click(kari: Client) -> None:
    made = [of_gravity(**fields) for fields in reversed(GRAVITY)][::-1]
    (head,) = page(kari.get("/cases/")).xpath("//th/a[starts-with(normalize-space(.), 'Screening')]")
    assert "sort=-screening" in head.get("href")
    assert "gravest first" in words(head)
    assert [row[0] for row in cells(kari.get(head.get("href")))] == made
    turned = [row[0] for row in cells(kari.get("/cases/?sort=screening"))]
    assert turned == [*reversed(made[:-1]), made[-1]], "nobody works on what is closed"


def test_a_heading_says_how_the_list_is_sorted_and_how_a_click_sorts_it(kari: Client) -> None:
    factories.case()
    heads = {
        words(element).split(" (")[0].split(" Sort")[0]: element
        for element in page(kari.get("/cases/?sort=due")).xpath("//th")
    }
    assert words(heads["Due"]) == "Due (sorted, earliest first). Sort: latest first ↑"
    assert heads["Due"].get("aria-sort") == "ascending"
    assert words(heads["Screening"]) == "Screening Sort: gravest first"
    assert [name for name, head in heads.items() if head.get("aria-sort")] == ["Due"]


def test_sorting_by_due_puts_the_earliest_first_and_no_date_last(kari: Client) -> None:
    cases = one_of_each()
    order = ["mine", "swedish", "hits", "majas", "plain"]
    assert found(kari, "?sort=due") == [cases[name].reference for name in order]


def test_the_newest_change_is_on_top_unless_asked_otherwise(kari: Client) -> None:
    old = factories.case(updated_at=timezone.now() - DAY)
    new = factories.case()
    assert found(kari) == [new.reference, old.reference]


def test_fifty_make_a_page_and_the_count_is_always_said(kari: Client) -> None:
    for _ in range(51):
        factories.case()
    first, second = kari.get("/cases/"), kari.get("/cases/?page=2")
    assert (len(cells(first)), len(cells(second))) == (50, 1)
    assert "1–50 of 51" in words(first)
    assert "51–51 of 51" in words(second)


# --- Nothing to show ---


def test_without_any_case_the_way_to_the_first_is_shown(kari: Client) -> None:
    answer = kari.get("/cases/")
    assert "There are no cases yet" in words(answer)
    assert "0 of 0" in words(answer)
    assert page(answer).xpath("//*[@class='empty']//a/@href") == ["/cases/new/"]


def test_who_may_not_open_cases_is_led_elsewhere(client: Client) -> None:
    client.force_login(factories.auditor())
    answer = client.get("/cases/")
    assert page(answer).xpath("//*[@class='empty']//a/@href") == ["/"]
    assert not page(answer).xpath("//a[@href='/cases/new/']")


def test_when_nothing_matches_the_way_back_to_all_is_shown(kari: Client) -> None:
    factories.case()
    answer = kari.get("/cases/?country=fi")
    assert "No case matches" in words(answer)
    assert page(answer).xpath("//*[@class='empty']//a/@href") == ["/cases/"]


# --- Hostile addresses ---

NASTY = [
    "%00",
    "a%00b",
    "%ff%fe",
    "'",
    '"><script>',
    "{{7*7}}",
    "1%27--",
    "9" * 5000,
    "-1",
    "0",
    "1e9",
    "%E2%80%AE",
    "٣",
]


@pytest.mark.parametrize(
    "name", ["q", "find", "page", "sort", "status", "country", "screening", "capture", "assignee", "due", "x"]
)
def test_no_address_breaks_the_list(kari: Client, name: str) -> None:
    factories.case(name="Nordlys AS")
    for value in NASTY:
        answer = kari.get(f"/cases/?{name}=again&{name}={value}")
        assert answer.status_code == 200, value
        assert "<script>" not in answer.content.decode()


SEARCHES = ["\0", "a\0b", "%", "_", "\\", "'", "x" * 100_000, "a " * 5000, "\u202e", "𝔘"]


def test_no_search_breaks_the_list(kari: Client) -> None:
    factories.case(name="Nordlys AS")
    for value in SEARCHES:
        answer = kari.post("/cases/", {"q": value, "status": value, "sort": value}, follow=True)
        assert answer.status_code == 200, value


@pytest.mark.parametrize(
    ("page_word", "shown"), [("abc", "1–50"), ("-3", "51–51"), ("99999999", "51–51"), ("", "1–50")]
)
def test_a_page_that_is_none_leads_to_one_that_is(kari: Client, page_word: str, shown: str) -> None:
    for _ in range(51):
        factories.case()
    assert f"{shown} of 51" in words(kari.get(f"/cases/?page={page_word}"))


# --- Cost ---


def test_the_list_costs_the_same_for_one_case_and_for_fifty(kari: Client) -> None:
    def cost(query: str = "") -> int:
        with CaptureQueriesContext(connection) as queries:
            kari.get(f"/cases/{query}")
        return len(queries)

    factories.session(factories.case(assignee=factories.maja()), SessionState.OPEN)
    cost()  # keeps when the sign-in began
    few = cost()
    for _ in range(6):
        for state in SessionState.values:
            factories.session(factories.case(assignee=factories.kari()), state)
    assert cost() == few
    assert cost("?capture=at_risk&assignee=me&status=IN_REVIEW&sort=due") <= few + 1
    assert few <= 13
