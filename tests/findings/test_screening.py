"""What was searched, in which lists, and what may match."""

from typing import Any

import pytest

from cases.findings.result import Result
from tests.findings.reading import CONTRACT, of, page, result

BASIC = (CONTRACT.scope_basic,)


def screened(*hits: Any, **sanction: Any) -> Result:
    return result({"sanction": {"status": "SANCTION", "sanctionResults": list(hits), **sanction}})


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
    assert "MAYBE" in page(of("no_odd"), "_screening").text


def test_a_hit_that_cannot_be_read_is_a_grave_finding() -> None:
    found = screened({"name": "A"}, "odd")
    assert found.warnings[0].code == "hit_not_read"


def test_ofac_was_not_searched_without_its_scope() -> None:
    found = of("no_clean", scopes=BASIC)
    assert found.screening.ofac_searched is False
    assert "OFAC was not searched" in page(found, "_screening").text


def test_ofac_was_not_searched_when_other_lists_are_named() -> None:
    assert of("no_every_script").screening.ofac_searched is False


def test_ofac_is_not_claimed_either_way_when_no_list_is_named() -> None:
    found = of("no_clean")
    assert found.screening.ofac_searched is None
    assert "It is not stated whether OFAC was searched." in page(found, "_screening").text


def test_ofac_was_searched_when_it_is_among_the_lists_or_has_a_hit() -> None:
    assert of("no_full").screening.ofac_searched
    assert of("no_full").screening.ofac is None
    assert screened({"source": "OFAC"}).screening.ofac_searched


def test_an_empty_screening_without_the_scope_still_says_that_ofac_was_not_searched() -> None:
    text = page(result({"sanction": {}}, scopes=BASIC), "_screening").text
    assert "Searched, nothing found" in text
    assert "OFAC was not searched" in text


def test_nothing_is_said_of_ofac_when_nothing_was_screened() -> None:
    assert "OFAC" not in page(result({}, expands=()), "_screening").text


def test_a_crowd_of_hits_is_folded_and_whole() -> None:
    seen = page(screened(*({"name": f"H{n}z", "externalId": str(n)} for n in range(300))), "_screening")
    assert "Show 200 more" in seen.text
    assert all(f"H{n}z" in seen.text for n in range(300))
