"""Each hit stands beside the one of ours it is nearest to."""

import random
from typing import Any

import pytest

from cases.findings.identity.verdict import Verdict
from cases.findings.names import name_index, names
from cases.findings.screening.candidates import CandidateIndex
from cases.findings.screening.comparison import Comparison, Line
from cases.findings.screening.named_parties import Parties
from tests.findings.reading import of, page, payload, result

COMPANY = {"name": "Fjellheim Energi AS", "organizationNumber": "317835337", "country": "NO"}


def beside(hit: dict[str, Any], **chapters: Any) -> Comparison:
    """The comparison of one hit with an organisation that has these further chapters."""
    sanction = {"status": "SANCTION", "sanctionResults": [hit]}
    document = {"keyInformation": COMPANY, **chapters, "sanction": sanction}
    found = result(document).screening.hits[0].comparison
    assert found is not None
    return found


def owners(*shareholders: dict[str, Any]) -> dict[str, Any]:
    return {"shareholders": list(shareholders)}


def line(found: Comparison, attribute: str) -> Line:
    return next(line for line in found.lines if line.attribute == attribute)


def verdict(found: Comparison, attribute: str) -> Verdict:
    return line(found, attribute).verdict


# --- Whom of ours ---


def test_everybody_of_the_result_can_be_the_nearest() -> None:
    for name, what in {
        "Fjellheim Energi": "the organisation itself",
        "Solvang, Ingrid": "Shareholder",
        "Aarne Koskela": "Beneficial owner",
        "Fjellheim Nett": "Subsidiary",
    }.items():
        document = payload("no_full")
        document["sanction"]["sanctionResults"] = [{"name": name}]
        found = result(document).screening.hits[0].comparison
        assert found is not None
        assert verdict(found, "name") is Verdict.EQUAL
        assert what in [str(text) for text in found.party.what]


def test_one_person_in_several_chapters_is_one_of_ours() -> None:
    document = payload("no_full")
    document["sanction"]["sanctionResults"] = [{"name": "Ingrid Solvang", "birthDate": "1968-11-02"}]
    found = result(document).screening.hits[0].comparison
    assert found is not None
    assert [str(text) for text in found.party.what][:2] == ["Shareholder", "Beneficial owner"]
    assert verdict(found, "country") is Verdict.UNKNOWN
    assert [country.raw for country in found.party.countries] == ["NO"]


def everybody(**chapters: Any) -> list[list[str]]:
    """What each of ours is called by, beside the organisation itself."""
    found = result({"keyInformation": COMPANY, **chapters})
    ours = Parties(
        found.company, found.address, found.ownership, found.roles, found.financials, found.authorities
    )
    return [[str(text) for text in party.what] for party in ours.parties()[1:]]


@pytest.mark.parametrize("more", [{}, {"type": "PERSON"}, {"firstName": "Ola", "lastName": "Hansen"}])
def test_people_of_one_name_and_nothing_else_are_as_many_as_are_listed(more: dict[str, Any]) -> None:
    ola = {"name": "Ola Hansen", **more}
    found = everybody(ownership=owners(ola, ola), roles={"ceo": {"name": "Ola Hansen"}})
    assert found == [["Shareholder"], ["Shareholder"], ["Chief executive"]]


@pytest.mark.parametrize("holder", [{"name": "Nordlys Ltd"}, {"name": "Nordlys", "type": "ORGANIZATION"}])
def test_an_organisation_is_known_by_its_name_where_something_says_that_it_is_one(holder: Any) -> None:
    owned = {"shareholders": [holder], "subsidiaries": [{"name": holder["name"].upper()}]}
    assert everybody(ownership=owned) == [["Shareholder", "Subsidiary"]]


def test_one_with_a_number_here_and_a_birth_there_is_one_of_ours() -> None:
    eva = {"name": "Eva Lund", "dateOfBirth": "1980-01-02"}
    found = everybody(ownership=owners({**eva, "organizationNumber": "77"}), roles={"ceo": eva})
    assert found == [["Shareholder", "Chief executive"]]


def test_of_two_with_one_name_the_one_born_on_the_day_is_the_nearest() -> None:
    people = [{"name": "Ola Hansen", "dateOfBirth": f"19{year}-03-04"} for year in range(10, 99)]
    found = beside({"name": "HANSEN Ola", "birthDate": "1988-03-04"}, ownership=owners(*people))
    assert found.party.births[0].raw == "1988-03-04"
    assert verdict(found, "born") is Verdict.EQUAL


def test_a_near_name_with_the_same_day_of_birth_goes_before_an_equal_one_with_another() -> None:
    people = [
        {"name": "Ola Nordmann", "dateOfBirth": "1950-01-01"},
        {"name": "Ola Magnus Nordmann", "dateOfBirth": "1971-06-07"},
    ]
    found = beside({"name": "Ola Nordmann", "birthDate": "1971-06-07"}, ownership=owners(*people))
    assert found.party.name == "Ola Magnus Nordmann"


def test_a_number_that_the_list_names_finds_its_owner_whatever_the_name() -> None:
    found = beside(
        {"name": "Another Name Entirely", "comment": "Swedish reg. no. 559657-0704."},
        ownership=owners({"name": "Storsjön Invest AB", "organizationNumber": "5596570704"}),
    )
    assert found.party.name == "Storsjön Invest AB"
    assert verdict(found, "number") is Verdict.EQUAL


def test_near_to_nobody_is_said_and_the_organisation_is_no_fallback() -> None:
    hit = {"name": "Zyx Wvu", "birthDate": "1960-01-02", "externalId": "EU-1"}
    found = beside(hit, ownership=owners({"name": "Ingrid Solvang", "dateOfBirth": "1968-11-02"}))
    assert found.party is None
    assert verdict(found, "name") is Verdict.DIFFERENT
    assert {verdict(found, word) for word in ("kind", "born", "number")} == {Verdict.UNKNOWN}
    assert found.words == "Near to nobody that the result names"
    assert not found.is_equal


def test_a_result_that_names_nobody_is_compared_without_an_error() -> None:
    found = result({"sanction": {"sanctionResults": [{"name": "A"}, {}]}}).screening.hits
    assert all(hit.comparison and verdict(hit.comparison, "name") is Verdict.UNKNOWN for hit in found)


# --- Attribute by attribute ---


def test_the_nearest_name_may_be_an_alias_and_is_said_to_be_one() -> None:
    found = beside({"name": "FET Group", "aliasList": ["Somebody", "Fjellheim Energi"]})
    name = line(found, "name")
    assert (name.verdict, name.theirs, str(name.note)) == (
        Verdict.EQUAL,
        ("Fjellheim Energi",),
        "by the alias",
    )


@pytest.mark.parametrize("name", ["شركة النور", "富士能源", "さとう たろう"])
def test_a_name_in_another_script_is_unknown_and_not_different(name: str) -> None:
    found = beside({"name": name})
    assert (found.party, verdict(found, "name")) == (None, Verdict.UNKNOWN)
    assert "as far as names in different scripts can be compared" in found.words
    people = owners({"name": "Ingrid Solvang", "dateOfBirth": "1968-11-02"})
    born = line(beside({"name": name, "birthDate": "1968-11-02"}, ownership=people), "name")
    assert (born.verdict, born.ours, str(born.note)) == (
        Verdict.UNKNOWN,
        ("Ingrid Solvang",),
        "written in different scripts",
    )


def test_a_name_in_another_alphabet_is_compared_letter_by_letter() -> None:
    for name, expected in {
        "Фьеллхейм Энерги": Verdict.EQUAL,
        "ООО Фьельхейм Энергия": Verdict.NEAR,
        "Φγέλχαϊμ Ενέργεια": Verdict.NEAR,
    }.items():
        found = line(beside({"name": name}), "name")
        assert found.verdict is expected, name
        assert str(found.note) == "written in different scripts, compared letter by letter"


def test_an_alias_in_our_script_is_compared_instead() -> None:
    found = beside({"name": "Фьельхейм Энергия", "aliasList": ["Fjellheim Energi"]})
    assert verdict(found, "name") is Verdict.EQUAL


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        ([{"countryCode": "CY"}], Verdict.DIFFERENT),
        ([{"countryCode": "CY"}, {"countryCode": "no"}], Verdict.EQUAL),
        ([{"countryName": "Norway"}], Verdict.EQUAL),
        ([{"countryName": "Norge"}], Verdict.EQUAL),
        ([{"countryCode": "Norway"}], Verdict.EQUAL),
        ([{"countryName": "Cyprus"}], Verdict.DIFFERENT),
        ([{"countryName": "the high seas"}], Verdict.UNKNOWN),
        ([{"city": "Oslo"}], Verdict.UNKNOWN),
        ([], Verdict.UNKNOWN),
    ],
)
def test_countries_are_compared_by_code_or_by_name(addresses: list[Any], expected: Verdict) -> None:
    assert verdict(beside({"name": "Fjellheim", "addressList": addresses}), "country") is expected


@pytest.mark.parametrize(
    ("hit", "expected"),
    [
        ({"name": "Fjellheim Energi LLC"}, Verdict.EQUAL),
        ({"name": "Fjellheim Energi", "birthDate": "1970-01-01"}, Verdict.DIFFERENT),
        ({"name": "Fjellheim Energi", "function": "Minister"}, Verdict.UNKNOWN),
        ({"name": "Fjellheim Energi"}, Verdict.UNKNOWN),
    ],
)
def test_the_kind_is_inferred_where_something_tells_it(hit: dict[str, Any], expected: Verdict) -> None:
    assert verdict(beside(hit), "kind") is expected


def test_a_surname_that_looks_like_a_form_hides_no_exact_match(subtests: pytest.Subtests) -> None:
    for name in [
        "Amadou Ba",
        "Maria Sá",
        "Ana Da",
        "Lindgren, Åsa",
        "Sia Koroma",
        "Rao B.V.",
        "Ulf As",
        "Wei Pao",
        "Kim Co",
    ]:
        for hit in [{}, {"birthDate": "1970-01-01"}, {"function": "Minister"}]:
            for ours in [{}, {"type": "PERSON"}, {"dateOfBirth": "1970-01-01"}, {"firstName": "A"}]:
                with subtests.test(name=name, hit=hit, ours=ours):
                    found = beside({"name": name, **hit}, ownership=owners({"name": name, **ours}))
                    assert found.party.name == name
                    assert found.words.startswith("Name same · ")
                    assert "kind different" not in found.words


def test_a_guess_at_the_kind_speaks_against_nothing_and_is_said_to_be_one() -> None:
    found = line(
        beside({"name": "Ola Hansen Ltd"}, ownership=owners({"name": "Ola Hansen", "type": "PERSON"})), "kind"
    )
    assert (found.verdict, str(found.note)) == (Verdict.UNKNOWN, "inferred, not stated")


def test_a_lists_own_number_is_never_taken_for_a_registers() -> None:
    found = line(beside({"name": "Fjellheim", "externalId": "EU-7781"}), "number")
    assert (found.verdict, found.theirs, found.ours) == (
        Verdict.UNKNOWN,
        ("EU-7781",),
        ("317\xa0835\xa0337",),
    )


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        ("ODDA", "Odda", Verdict.EQUAL),
        ("Malmo", "Malmö", Verdict.EQUAL),
        ("Stavangr", "Stavanger", Verdict.NEAR),
        ("Limassol", "Odda", Verdict.DIFFERENT),
    ],
)
def test_cities_are_compared_like_names(theirs: str, ours: str, expected: Verdict) -> None:
    at = {"visitingAddress": {"city": ours}}
    found = beside({"name": "Fjellheim", "addressList": [{"city": theirs}]}, address=at)
    assert verdict(found, "city") is expected


# --- In words ---


def test_the_comparison_says_in_a_line_what_makes_it_likely_or_not() -> None:
    first, second = of("no_full").screening.hits
    assert first.comparison is not None
    assert second.comparison is not None
    assert first.comparison.words == "Name similar (0.97) · country different (CY, NO) · number unknown"
    assert second.comparison.words == "Name similar (0.85) · country unknown · number unknown"


def test_a_persons_line_tells_of_the_birth_and_not_of_a_number() -> None:
    people = owners({"name": "Ingrid Solvang", "dateOfBirth": "1968-11-02"})
    found = beside({"name": "Ingrid Solvang", "birthDate": "1971-11-02"}, ownership=people)
    text = found.words.replace("\xa0", " ")
    assert text == "Name same · date of birth different (2 Nov 1971, 2 Nov 1968) · country unknown"


def test_a_score_is_not_rounded_up_to_a_whole() -> None:
    assert Line("name", Verdict.NEAR, (), (), 0.99).score_words == "0.99"
    assert Line("name", Verdict.NEAR, (), (), 0.8571).score_words == "0.85"


def test_every_verdict_is_said_in_a_word() -> None:
    text = page(of("no_full"), "screening/_screening").text
    for words in ("similar 0.97 by the alias", "different", "unknown", "same"):
        assert words in text


# --- Hostile, and many ---


def test_names_of_a_megabyte_and_floods_of_aliases_are_compared_in_part() -> None:
    huge = "A" * 1_000_000
    found = beside(
        {"name": huge, "aliasList": [*(f"Alias {n}" for n in range(10_000)), "Fjellheim Energi"]},
        ownership=owners({"name": huge, "dateOfBirth": huge, "organizationNumber": huge}),
    )
    assert verdict(found, "name") is Verdict.EQUAL
    assert str(line(found, "name").note) == "of the first 100 names"
    assert len(found.words) < 400


def test_in_a_crowd_the_near_one_is_found() -> None:
    dice = random.Random(5)
    parts = ["an", "ber", "ko", "la", "mi", "so", "ta", "ven", "rik", "ol", "sen", "hau", "gen"]

    def word() -> str:
        return "".join(dice.choice(parts) for _ in range(3)).capitalize()

    people = [f"{word()} {word()}" for _ in range(1500)]
    hits = [f"{name.split()[1]}, {name.split()[0][:-1]}" for name in people[::100]]
    document = {
        "ownership": owners(*({"name": name, "dateOfBirth": "1970-01-01"} for name in people)),
        "sanction": {"sanctionResults": [{"name": name, "externalId": name} for name in hits]},
    }
    found = {hit.name: hit.comparison for hit in result(document).screening.hits}
    for name, hit in zip(people[::100], hits, strict=True):
        beside = found[hit]
        assert beside is not None
        assert beside.name.score is not None
        assert beside.name.score >= 0.9, name


def test_the_names_of_ours_are_folded_once_however_many_the_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    class Counted(CandidateIndex):
        def __init__(self, parties: Any, **how: Any) -> None:
            made.append(len(parties))
            super().__init__(parties, **how)

    monkeypatch.setattr("cases.findings.screening.screening.CandidateIndex", Counted)
    result({"keyInformation": COMPANY, "sanction": {"sanctionResults": [{"name": "A"}] * 50}})
    assert made == [1]


def test_one_name_is_compared_with_no_more_than_a_part_of_a_crowd() -> None:
    document = {
        "keyInformation": COMPANY,
        "ownership": owners(*({"name": f"Nordnes {n}"} for n in range(3000))),
    }
    found = result({**document, "sanction": {"sanctionResults": [{"name": "Nordnes"}]}})
    ours = Parties(
        found.company, found.address, found.ownership, found.roles, found.financials, found.authorities
    )
    crowd = CandidateIndex(ours.parties())
    (reading,) = names.readings("Nordnes", None)
    assert len(crowd._index._candidates(reading)) == name_index.MOST_COMPARED
