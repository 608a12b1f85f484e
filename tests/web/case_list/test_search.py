"""Search: that it finds what pages print, however it is typed, says why, and leaves no name in an address."""

import logging
from dataclasses import replace

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.findings.search.folded_words import Query
from cases.models import ArtefactKind, ArtefactState, Case, CaseSearch, Organisation, SessionState
from cases.models.casework import search_index
from cases.provider.numbers.identifiers import Identifier
from cases.workflows.casework.cases import NewCase, open_case
from cases.workflows.casework.changing import Details, change
from cases.workflows.ordering.correcting import correct_number
from cases.workflows.ordering.session_requests import ResultRequest
from cases.workflows.results import searching
from cases.workflows.results.case_result import CaseResult
from tests import factories
from tests.findings.reading import result
from tests.web.pages import cells, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def answer(client: Client, text: str) -> HttpResponse:
    return client.post("/cases/", {"q": text}, follow=True)


def search(client: Client, text: str) -> list[str]:
    return [row[0] for row in cells(answer(client, text))]


def why(client: Client, text: str) -> list[str]:
    return [words(element) for element in page(answer(client, text)).xpath("//ul[@class='why']/li")]


def fjellheim(**fields: object) -> Case:
    """A case whose newest result is tests/payloads/no_full.json."""
    case = factories.case(
        factories.organisation("317835337"), reference="C-2026-000042", customer_reference="K-77", **fields
    )
    factories.session(case, SessionState.COMPLETE)
    return case


# typed, and what the row says of why it was found
FOUND = {
    "C-42": "C-2026-000042, reference",
    "c-2026-000042": "C-2026-000042, reference",
    "k-77": "K-77, customer reference",
    "317835337": "NO 317 835 337, organisation number",
    "NO 317 835 337": "NO 317 835 337, organisation number",
    "no317835337mva": "NO 317 835 337, organisation number",
    "317 835": "NO 317 835 337, organisation number",
    "30-123-4567": "301234567, DUNS number",
    "DUNS 301234567": "301234567, DUNS number",
    "000000fjellheimen091": "000000FJELLHEIMEN091, LEI",
    "se 5596570704": "559657-0704, shareholder",
    "SE559657070401": "559657-0704, shareholder",
    "storsjon": "Storsjön Invest AB, shareholder",
    "STORSJÖN": "Storsjön Invest AB, shareholder",
    "storsjoen invest": "Storsjön Invest AB, shareholder",
    "nordlys holding": "NORDLYS HOLDING AS, shareholder",
    "kammen": "VINDKAMMEN DRIFT AS, subsidiary",
    "revisjon": "REVISJON VEST AS, auditor",
    "haugland per": "Per Haugland, board member, signatory",
    "solvang": "Ingrid Solvang, beneficial owner, shareholder, chair of the board, signatory",
    "solvang i": "Ingrid Solvang, beneficial owner, shareholder, chair of the board, signatory",
    "I. Solvang": "Ingrid Solvang, beneficial owner, shareholder, chair of the board, signatory",
    "P.Haugland": "Per Haugland, board member, signatory",
    "energy trading": "Fjellheim Energy Trading, hit on a sanctions list",
    "fjellheim energi": "FJELLHEIM ENERGI AS, name of the organisation",
}


def test_search_finds_what_pages_print_and_each_row_says_why(kari: Client) -> None:
    case = fjellheim()
    factories.session(factories.case(factories.organisation("316923999"), name="Something else"))
    wrong = {}
    for typed, says in FOUND.items():
        found, reason = search(kari, typed), why(kari, typed)
        if found != [case.reference] or f"Found: {says}" not in reason:
            wrong[typed] = (found, reason)
    assert not wrong


def test_eight_digits_find_the_finnish_and_the_danish_firm_however_they_are_typed(kari: Client) -> None:
    both = set()
    for country, value in (("fi", "4291417-7"), ("dk", "42914177")):
        about = Organisation.objects.create(country=country, kind="ORG", value=value)
        both.add(factories.case(about).reference)
    for typed in ("42914177", "4291417-7", "42 91 41 77"):
        assert set(search(kari, typed)) == both, typed


def test_the_words_may_be_found_in_different_places_and_each_is_told(kari: Client) -> None:
    fjellheim()
    assert why(kari, "koskela storsjön") == [
        "Found: Aarne Koskela, beneficial owner",
        "Found: Storsjön Invest AB, shareholder",
    ]
    assert search(kari, "koskela nobody") == []


LETTERS = {
    "skjærgård": "Østskjærgård Rederi AS",
    "SKJÆRGÅRD": "Skjærgård Drift AS",
    "skjaergaard": "Skjærgård Drift AS",
    "vainola": "Väinölä Oy",
    "asbryn": "Åsbryn AS",
    "Aasbryn": "Åsbryn AS",
}


def test_letters_are_folded_alike_on_every_database(kari: Client) -> None:
    for name in set(LETTERS.values()):
        factories.case(name=name)
    missed = {typed: name for typed, name in LETTERS.items() if name not in words(answer(kari, typed))}
    assert not missed


def test_a_case_is_found_before_anything_is_captured_and_follows_its_own_row(kari: Client) -> None:
    case = open_case(NewCase(Identifier("se", "ORG", "556036-0793"), customer_reference="Åbro"), None)
    assert search(kari, "SE556036079301") == search(kari, "abro") == [case.reference]
    now = Details.of(case)
    change(case, now, replace(now, customer_reference="Övre"), factories.kari())
    assert search(kari, "abro") == []
    assert search(kari, "ovre") == [case.reference]


def test_a_corrected_number_is_found_and_the_wrong_one_no_longer(kari: Client) -> None:
    case = factories.case(factories.organisation("317835337"))
    factories.session(case, SessionState.FAILED)
    right = Identifier("no", "ORG", "312433060")
    correct_number(case, case.organisation.identifier, right, ResultRequest(), factories.kari())
    assert search(kari, "317835337") == []
    assert search(kari, "312 433 060") == [case.reference]


def test_what_a_newer_result_no_longer_names_is_no_longer_found(kari: Client) -> None:
    case = fjellheim()
    factories.session(case, SessionState.COMPLETE, payload="no_clean")
    assert search(kari, "solvang") == []
    assert search(kari, "C-42") == [case.reference]


def test_nobody_is_found_by_a_result_about_another_organisation(kari: Client) -> None:
    case = factories.case(factories.organisation("319003533"))
    session = factories.session(case, results={})
    factories.artefact(session, ArtefactKind.JSON, ArtefactState.CAPTURED, about_us=False)
    assert search(kari, "solvang") == search(kari, "317835337") == []
    assert search(kari, "319003533") == [case.reference]


def test_a_hostile_result_is_searched_up_to_a_limit(kari: Client) -> None:
    case = factories.case()
    searching.save([searching.row(case, [(f"Owner{n} " + "x" * 5000, ["shareholder"]) for n in range(400)])])
    assert search(kari, "owner7") == [case.reference]
    assert len(CaseSearch.objects.get(case=case).words) <= searching.MOST_WORDS


def test_a_name_too_long_to_search_hides_nobody_behind_it(kari: Client) -> None:
    case = factories.case(factories.organisation("317835337"))
    artefact = factories.artefact(factories.session(case, results={}), ArtefactKind.JSON, about_us=True)
    owners = [{"name": "x" * (searching.MOST_ENTRY_CHARACTERS + 1)}, {"name": "Kari Brattholmen"}]
    document = {"ownership": {"shareholders": owners}}
    searching.take_in(case, artefact, CaseResult(result(document), document))
    assert search(kari, "brattholmen") == [case.reference]


def test_no_search_breaks_the_index(kari: Client) -> None:
    fjellheim()
    for typed in [
        "'",
        '"',
        "a'b",
        "fjell:*",
        "NOT",
        "a AND b",
        "(",
        ")",
        "\\",
        "·heim",
        "!fjell",
        "<->",
        "ｆjell",
        "𝔘",
    ]:
        assert answer(kari, typed).status_code == 200, typed
    assert search(kari, "%") == search(kari, "_") == []


# --- The box on every page ---


@pytest.mark.parametrize("address", ["/", "/cases/new/", "/cases/"])
def test_the_search_is_on_every_page_once_and_posts(kari: Client, address: str) -> None:
    boxes = page(kari.get(address)).xpath("//input[@data-search]")
    assert [box.get("name") for box in boxes] == ["q"]
    form = boxes[0].xpath("./ancestor::form")[0]
    assert (form.get("method"), form.get("action")) == ("post", "/cases/")
    assert form.xpath(".//input[@name='csrfmiddlewaretoken']")
    assert form.xpath(".//button[@type='submit']")


def test_who_may_not_see_cases_has_no_search(client: Client) -> None:
    client.force_login(factories.admin())
    shown = client.get("/provider/")
    assert shown.status_code == 200
    assert not page(shown).xpath("//input[@data-search]")


def test_what_is_searched_for_stays_out_of_addresses_and_logs(
    kari: Client, caplog: pytest.LogCaptureFixture
) -> None:
    fjellheim()
    with caplog.at_level(logging.DEBUG):
        sent = kari.post("/cases/", {"q": "Ingrid Solvang"})
        shown = kari.get(sent.url)
    assert "Ingrid Solvang" in words(shown)
    assert "olvang" not in sent.url
    assert "olvang" not in " ".join(page(shown).xpath("//@href | //@action"))
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert "olvang" not in "".join(ours)


# --- Cost ---


def test_a_search_costs_three_queries_more_than_the_list_however_many_it_finds(kari: Client) -> None:
    def cost(query: str = "") -> int:
        with CaptureQueriesContext(connection) as queries:
            assert kari.get(f"/cases/{query}").status_code == 200
        return len(queries)

    for _ in range(3):
        factories.session(factories.case(name="Nordlys AS"), SessionState.COMPLETE)
    found = kari.post("/cases/", {"q": "fjellheim"}).url.removeprefix("/cases/")
    cost(found)  # the first time it is recorded (test_searches_recorded.py)
    bare, few = cost(), cost(found)
    assert few <= bare + 3
    for _ in range(20):
        factories.session(factories.case(), SessionState.COMPLETE)
    assert cost(found) == few


def test_going_through_cases_finds_what_the_index_finds() -> None:
    """The words are looked at in another way than the index does: beginnings, inner parts, whole numbers, either."""
    cases = [fjellheim(), *(factories.case(name=name) for name in LETTERS.values())]
    everything = Case.objects.order_by("-pk")
    texts = [
        *FOUND,
        *LETTERS,
        "koskela storsjön",
        "q. solvang",
        "k.-p. solvang",
        "a/s fjellheim",
        "i. solvang p. haugland",
        "C-4",
        "a",
        "as",
        "holding",
        "Ås",
        "zzyzx",
        "ｆjell",
        "·heim",
        "%",
        "_",
    ]
    wrong = {
        text: walked
        for text in texts
        if (walked := search_index.walk(everything, Query(text), 100, 100).keys if Query(text).parts else [])
        != [*everything.found_by(Query(text)).values_list("pk", flat=True)]
    }
    assert (wrong, len(cases)) == ({}, 7)


def test_the_index_is_used() -> None:
    """A search that reads all cases would be slow where there are many."""
    case = factories.case(name="Nordlys AS")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # of a few rows it rather reads them all
            cursor.execute("SET LOCAL enable_seqscan = off")
    found = Case.objects.found_by(Query("nordlys"))
    assert [*found] == [case]
    assert (
        "cases_casesearch_words" in found.values("pk").explain()
        or "VIRTUAL TABLE" in found.values("pk").explain()
    )


def test_the_row_goes_with_its_case_and_the_index_with_the_row(kari: Client) -> None:
    case = factories.case(name="Nordlys AS")
    assert search(kari, "nordlys") == [case.reference]
    CaseSearch.objects.all().delete()
    assert search(kari, "nordlys") == []
    assert Organisation.objects.filter(name="Nordlys AS").exists()
