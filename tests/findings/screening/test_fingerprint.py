"""The same entry of the same list keeps its fingerprint; two entries never share one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.findings.screening.hit import listed
from cases.provider.result.placeholders import is_placeholder
from cases.provider.result.wire import Organization, Sanction

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
maybe = st.none() | texts
entries = st.fixed_dictionaries(
    {},
    optional={
        "source": st.sampled_from(["EU_GLOBAL", "OFAC"]),
        "externalId": texts,
        "name": texts,
        "birthDate": st.dates().map(str),
        "aliasList": st.lists(texts, max_size=4),
        "addressList": st.lists(st.fixed_dictionaries({"countryCode": texts}), max_size=3),
        "comment": texts,
        "firstUpdate": st.dates().map(str),
    },
)


def fingerprints(*hits: dict[str, Any]) -> list[str]:
    read = Organization.read({"sanction": {"sanctionResults": list(hits)}}).sanction
    assert isinstance(read, Sanction)
    return [hit.fingerprint for hit in listed(read)]


def fingerprint(hit: dict[str, Any]) -> str:
    return fingerprints(hit)[0]


@given(
    entries.filter(lambda entry: not all(is_placeholder(entry.get(word)) for word in ("externalId", "name"))),
    st.integers(0, 500),
    st.dates().map(str),
    st.randoms(use_true_random=False),
    maybe,
)
def test_what_may_change_of_an_entry_changes_nothing(
    entry: dict[str, Any], match: int, day: str, dice: Any, comment: str | None
) -> None:
    aliases = [*entry.get("aliasList", []), "another"]
    dice.shuffle(aliases)
    later = {
        **entry,
        "matchIndicator": match,
        "matchIndicatorDescription": "new",
        "nameMatchValue": match / 500,
        "lastUpdate": day,
        "metadata": {"sources": ["EU_GLOBAL"], "lastChanged": day},
        "aliasList": aliases,
        "addressList": [{"countryCode": "CY", "city": comment}],
        "comment": comment,
        "provider": "ANOTHER",
        "urlList": ["https://lists.example/"],
    }
    assert fingerprint(later) == fingerprint(entry)


@given(st.lists(entries, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_no_two_hits_of_a_result_share_one_and_each_keeps_its_own_in_any_order(
    hits: list[dict[str, Any]], dice: Any
) -> None:
    named = fingerprints(*hits)
    assert len(set(named)) == len(hits)
    places = list(range(len(hits)))
    dice.shuffle(places)
    again = dict(zip(places, fingerprints(*(hits[place] for place in places)), strict=True))
    assert len(set(again.values())) == len(hits)
    for place, hit in enumerate(hits):
        twins = {named[other] for other, twin in enumerate(hits) if fingerprint(twin) == fingerprint(hit)}
        assert again[place] in twins


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"source": "OFAC", "externalId": "1"}, {"source": "EU_GLOBAL", "externalId": "1"}),
        ({"source": "OFAC", "externalId": "a1"}, {"source": "OFAC", "externalId": "A1"}),
        ({"source": "OFAC", "name": "Ola"}, {"source": "EU_GLOBAL", "name": "Ola"}),
        ({"name": "Ola"}, {"name": "Øla"}),
        ({"name": "Alpha AS"}, {"name": "Alpha Ltd"}),
        ({"name": "Ola", "birthDate": "1970-01-01"}, {"name": "Ola", "birthDate": "1971-01-01"}),
        ({"externalId": "Ola"}, {"name": "Ola"}),
        ({"aliasList": ["A"]}, {"aliasList": ["B"]}),
        ({"comment": "A"}, {"title": "A"}),
    ],
)
def test_different_entries_of_different_results_have_different_ones(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"source": "OFAC", "externalId": 7781}, {"source": "ofac ", "externalId": "7781"}),
        ({"source": "OFAC", "name": "Ola  Hansen"}, {"source": "OFAC", "name": "OLA HANSEN"}),
        (
            {"name": "Ola", "birthDate": "1970-01-01"},
            {"name": "Ola", "birthDate": "1970-01-01T00:00:00"},
        ),
        ({"name": "Ola", "externalId": ""}, {"name": "Ola", "externalId": None}),
    ],
)
def test_how_an_entry_is_written_makes_no_difference(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert fingerprint(one) == fingerprint(other)


def test_an_entry_keeps_its_fingerprint_when_one_like_it_comes_before_it() -> None:
    one = {"name": "Ola", "firstUpdate": "2020-01-01", "comment": "the first"}
    other = {"name": "Ola", "firstUpdate": "2021-01-01", "comment": "the second"}
    alone = fingerprint(one)
    assert fingerprints(other, one)[1] == alone == fingerprints(one, other)[0]


def test_a_placeholder_for_a_number_on_the_list_names_no_entry() -> None:
    for number in ("N/A", "0", "-", "unknown"):
        one, other = ({"source": "OFAC", "externalId": number, "name": name} for name in ("Ola", "Kari"))
        assert fingerprint(one) != fingerprint(other)
        assert fingerprint(one) == fingerprint({"source": "OFAC", "name": "Ola"})
