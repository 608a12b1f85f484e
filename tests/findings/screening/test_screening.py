"""What was searched, in which lists, and what may match."""

import datetime
from typing import Any

import pytest
from django.template.loader import render_to_string

from cases.findings.result import Result
from cases.findings.vocabulary.formats import day_words
from cases.presentation.paging import Paging
from tests.findings.reading import CONTRACT, Page, of, page, result

BASIC = (CONTRACT.scope_basic,)


def screened(*hits: Any, **sanction: Any) -> Result:
    return result({"sanction": {"status": "SANCTION", "sanctionResults": list(hits), **sanction}})


def sanction(hits: list[Any], **more: Any) -> dict[str, Any]:
    return {"sanction": {"status": "SANCTION", "sanctionResults": hits, **more}}


def codes(found: Result) -> list[str]:
    return [caution.code for caution in found.screening.cautions]


def test_the_likeliest_hit_comes_first_and_those_without_a_number_last() -> None:
    hits = [{"matchIndicator": match} for match in (None, 140, "325", "high", 90, 500)]
    assert [hit.match for hit in screened(*hits).screening.hits] == [500, 325, 140, 90, None, "high"]


def test_a_hit_holds_everything_the_provider_says() -> None:
    hit = of("no_full").screening.hits[0]
    assert (hit.match, hit.match_words, hit.name) == (325, "Name match, partial", "Fjellheim Energy Trading")
    assert hit.aliases == ("FET LLC", "Fjelheim Energy")
    assert hit.addresses[0].country_name == "Cyprus"
    assert hit.external_id == "EU-7781"


@pytest.mark.parametrize(("match", "shown"), [(325, 325), (9000, 500), (-1, 0), ("high", None), (None, None)])
def test_the_match_number_is_held_to_its_scale(match: object, shown: int | None) -> None:
    assert screened({"matchIndicator": match}).screening.hits[0].on_scale == shown


def test_the_fingerprint_of_a_list_entry_survives_a_new_match_number() -> None:
    entry = {"source": "OFAC", "externalId": "SDN-1", "matchIndicator": 1, "lastUpdate": "2026-01-01"}
    later = {**entry, "matchIndicator": 400, "lastUpdate": "2026-02-02", "comment": "new"}
    (one,), (two,) = screened(entry).screening.hits, screened(later).screening.hits
    assert one.fingerprint == two.fingerprint


def test_different_entries_have_different_fingerprints_and_so_has_each_of_two_alike() -> None:
    found = screened({"externalId": "1"}, {"externalId": "2"}, {"name": "A"}, {"name": "A"}, {}, {}).screening
    assert len({hit.fingerprint for hit in found.hits}) == 6


def test_no_hit_is_clear_only_if_the_provider_says_so_and_nothing_contradicts() -> None:
    assert of("no_clean").screening.is_clear
    assert not of("no_full").screening.is_clear
    assert not result({"sanction": {"status": "UNKNOWN"}}).screening.is_clear
    assert not result({"sanction": {"status": "NONE", "sanctionResults": [None]}}).screening.is_clear
    assert not result({"sanction": None}).screening.is_clear


def test_hits_despite_the_word_none_are_a_finding() -> None:
    assert "hits_despite_none" in codes(screened({"name": "A"}, status="NONE"))


def test_the_word_sanction_without_a_hit_is_a_finding() -> None:
    assert "no_hits_despite_sanction" in codes(screened())


def test_an_unknown_outcome_is_shown_as_it_came() -> None:
    assert "screening_word_unknown" in codes(of("no_odd"))
    assert "MAYBE" in page(of("no_odd"), "screening/_screening").text


def test_a_hit_that_cannot_be_read_is_a_grave_finding() -> None:
    found = screened({"name": "A"}, "odd")
    assert found.warnings[0].code == "hit_not_read"


def test_ofac_was_not_searched_without_its_scope() -> None:
    found = of("no_clean", scopes=BASIC)
    assert found.screening.ofac_searched is False
    assert "OFAC was not searched" in page(found, "screening/_screening").text


def test_ofac_was_not_searched_when_other_lists_are_named() -> None:
    assert of("no_every_script").screening.ofac_searched is False


def test_ofac_is_not_claimed_either_way_when_no_list_is_named() -> None:
    found = of("no_clean")
    assert found.screening.ofac_searched is None
    assert "It is not stated whether OFAC was searched." in page(found, "screening/_screening").text


def test_ofac_was_searched_when_it_is_among_the_lists_or_has_a_hit() -> None:
    assert of("no_full").screening.ofac_searched
    assert of("no_full").screening.ofac is None
    assert screened({"source": "OFAC"}).screening.ofac_searched


@pytest.mark.parametrize("name", ["OFAC SDN", "us_ofac_sdn", "OFAC_CONSOLIDATED"])
def test_a_list_whose_name_holds_ofac_is_ofacs(name: str) -> None:
    assert screened(metadata={"sources": ["EU_GLOBAL", name]}).screening.ofac_searched
    assert screened({"source": name}, metadata={"sources": ["EU_GLOBAL"]}).screening.ofac_searched


@pytest.mark.parametrize(
    "name",
    ["SDN", "NON_OFAC", "non-ofac lists", "NOT OFAC", "US Treasury", "", None, {"name": "OFAC"}, ["OFAC"]],
)
def test_a_list_that_nobody_knows_or_can_read_may_be_ofacs(name: object) -> None:
    found = screened(metadata={"sources": ["EU_GLOBAL", name]})
    assert found.screening.ofac_searched is None
    assert "It is not stated whether OFAC was searched." in page(found, "screening/_screening").text


def test_an_empty_screening_without_the_scope_still_says_that_ofac_was_not_searched() -> None:
    text = page(result({"sanction": {}}, scopes=BASIC), "screening/_screening").text
    assert "Searched, nothing found" in text
    assert "OFAC was not searched" in text


def test_nothing_is_said_of_ofac_when_nothing_was_screened() -> None:
    assert "OFAC" not in page(result({}, expands=()), "screening/_screening").text


def test_a_crowd_of_hits_is_whole_on_paper_and_portioned_on_a_page() -> None:
    found = screened(*({"name": f"H{n}z", "externalId": str(n), "matchIndicator": n} for n in range(300)))
    paper = page(found, "screening/_screening").text
    assert all(f"H{n}z" in paper for n in range(300))
    context = {"result": found, "paging": Paging({"hits": "2"})}
    second = Page(render_to_string("findings/screening/_screening.html", context))
    shown = [attributes["id"] for tag, attributes in second.tags if tag == "article"]
    assert shown == [f"hit-{hit.fingerprint}" for hit in found.screening.hits[25:50]]
    assert "26–50 of 300" in second.text


def test_of_hits_with_the_same_number_the_nearer_by_our_comparison_comes_first() -> None:
    hits = [{"name": name, "matchIndicator": 200} for name in ("Zyx", "Fjellheim Energi", "Fjelheim Energy")]
    found = result({"keyInformation": {"name": "Fjellheim Energi AS"}, **sanction(hits)})
    assert [hit.name for hit in found.screening.hits] == ["Fjellheim Energi", "Fjelheim Energy", "Zyx"]


def test_a_hit_without_a_number_that_equals_one_of_ours_is_not_hidden_at_the_end() -> None:
    hits = [{"name": "Zyx", "matchIndicator": 400}, {"name": "Abc"}, {"name": "Fjellheim Energi"}]
    found = result({"keyInformation": {"name": "Fjellheim Energi AS"}, **sanction(hits)})
    assert [hit.name for hit in found.screening.hits] == ["Fjellheim Energi", "Zyx", "Abc"]


def test_the_words_about_the_match_number_are_the_providers_and_promise_nothing() -> None:
    by_provider, no_words = (
        "Match number: Exact name, by the provider",
        "Match number by the provider, without",
    )
    wanted: dict[tuple[object, str | None], str] = {
        (500, "Exact name"): by_provider,
        (3, "Exact name"): by_provider,
        (500, None): no_words,
        (0, None): no_words,
        (501, "Exact name"): f"{by_provider} · Outside the provider’s scale of 0 to 500",
        (-1, None): "Outside the provider’s scale",
        ("high", None): "The match came as no number",
        (None, "Exact name"): f"{by_provider} · Without a match number",
        (None, None): "Without a match number",
    }
    for (match, status), words in wanted.items():
        hit = {"matchIndicator": match, "matchIndicatorDescription": status}
        text = page(screened(hit), "screening/_screening").text
        assert words in text, (match, status)
        assert "trusted" not in text


def test_a_high_number_beside_a_name_and_a_kind_that_differ_is_not_called_certain() -> None:
    hit = {"name": "Olga Petrova", "birthDate": "1960-01-01", "matchIndicator": 499}
    found = result({"keyInformation": {"name": "Fjellheim Energi AS"}, **sanction([hit])})
    text = page(found, "screening/_screening").text
    assert "Near to nobody that the result names" in text
    assert "trusted" not in text


def test_what_the_provider_says_of_the_outcome_is_quoted_as_its_words() -> None:
    for template in ("screening/_screening", "overview/_overview_facts"):
        shown = page(of("no_clean"), template)
        assert "No hits: " not in shown.text, template
        assert "The provider’s words" in shown.text, template
        assert ("q", {}) in shown.tags, template


def test_a_date_of_birth_is_told_once() -> None:
    wanted: dict[tuple[str | None, tuple[str, ...]], list[str]] = {
        ("1961-05-05", ("1961-05-05",)): ["5 May 1961"],
        ("1961-05-05", ("05.05.1961", "5 May 1961", "1961-05-05T00:00:00", "1961")): ["5 May 1961", "1961"],
        ("1961-05-05", ("05/04/1961", "circa 1961-05-05")): ["5 May 1961", "05/04/1961", "circa 1961-05-05"],
        ("1961-05-05", ("5 May 1961, Minsk",)): ["5 May 1961", "5 May 1961, Minsk"],
        (None, ("1961", "1961", "1962")): ["1961", "1962"],
        ("about 1961", ("about 1961", "1961")): ["about 1961", "1961"],
    }
    for (day, texts), words in wanted.items():
        beside = screened({"birthDate": day, "birthDateInfo": [*texts]}).screening.hits[0].comparison
        assert beside is not None
        line = next(line for line in beside.lines if line.attribute == "born")
        shown = [text if isinstance(text, str) else day_words(text) for text in line.theirs]
        assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown] == words, (day, texts)


def test_a_country_is_named_once() -> None:
    wanted: dict[tuple[str | None, str | None], str] = {
        ("CY", "Cyprus"): "Limassol Cyprus Number",
        ("CY", "CYPRUS"): "Limassol Cyprus Number",
        ("CYP", " cyprus"): "Limassol Cyprus Number",
        ("CY", "CY"): "Limassol Cyprus Number",
        ("CY", "Kypros"): "Limassol Kypros (Cyprus) Number",
        ("CY", "Malta"): "Limassol Malta (Cyprus) Number",
        (None, "Cyprus"): "Limassol Cyprus Number",
        ("CY", None): "Limassol Cyprus Number",
        ("X9", "Atlantis"): "Limassol Atlantis (X9) Number",
    }
    for (code, name), words in wanted.items():
        where = {"city": "Limassol", "countryCode": code, "countryName": name}
        text = page(screened({"externalId": "7", "addressList": [where]}), "screening/_screening").text
        assert words in text, (code, name)


def test_what_a_list_does_not_state_is_said_in_one_line() -> None:
    text = page(
        screened({"name": "A", "comment": "B", "birthDate": "1970-01-01"}), "screening/_screening"
    ).text
    assert (
        "Not stated Title, Function, On the list since, Last updated, Number on the list, Screened by, "
        "Name match, by the provider, Pages, Also known as, Addresses" in text
    )


def test_no_hit_says_for_whom_in_which_lists_and_when_if_that_is_known() -> None:
    found = of("no_holding")
    text = page(found, "screening/_screening").text
    assert "No hits Outcome No hits" in text
    assert "Lists searched EU consolidated list, UN consolidated list, OFAC (US), HM Treasury (UK)" in text
    assert "Captured" not in text
    at = datetime.datetime(2026, 11, 22, 11, 3, tzinfo=datetime.UTC)
    html = render_to_string("findings/screening/_screening.html", {"result": found, "captured_at": at})
    assert "Captured 22 Nov 2026" in Page(html).text


@pytest.mark.parametrize("status", ["UNKNOWN", "MAYBE", "SANCTION", None])
def test_only_the_providers_own_no_hit_is_called_no_hit(status: str | None) -> None:
    text = page(result(sanction([], status=status)), "screening/_screening").text
    assert "No hit is listed, and ‘no hits’ is not said" in text


def test_the_overview_tells_of_each_hit_in_a_line_and_of_ofac() -> None:
    text = page(of("no_full"), "overview/_overview_facts").text
    assert "Name similar (0.97) · country different (CY, NO) · number unknown" in text
    assert "OFAC was not searched" in page(of("no_clean", scopes=BASIC), "overview/_overview_facts").text


def test_hits_are_warned_of_and_the_first_is_named() -> None:
    (warning,) = [item for item in of("no_full").warnings if item.code == "possible_hits"]
    assert "2 sanctions hits are to be judged; the first in order is Fjellheim Energy Trading" in str(
        warning.text
    )
    assert not [item for item in of("no_clean").warnings if item.code == "possible_hits"]
