"""What is named in another way, or stands where nobody reads, earns no verdict."""

from typing import Any

import pytest

from cases.findings.words import Word, is_ofac_list, is_pep_list
from cases.provider.placeholders import is_placeholder
from tests.findings.reading import codes, result
from tests.findings.test_verdicts import changed, good, judged, states

OWNER = {"name": "Ingrid Solvang", "dateOfBirth": "1968-11-02"}
NOBODY = (
    "No beneficial owner",
    "Ingen reelle rettighetshavere",
    "Finnes ikke",
    "Ubekendt",
    "To be confirmed",
    "Невідомо",
    "Bilinmiyor",
    "Nieznany",
    "Onbekend",
    "Brak danych",
    "Άγνωστος",
)
COLLECTIVE = (
    "Øvrige aksjonærer",
    "Other shareholders",
    "Egne aksjer",
    "Diverse eiere",
    "Övriga aktieägare",
    "Muut osakkaat",
    "Andre aktionærer",
    "Egna aktier",
)
VACANT = ("Vakant", "Styreleder", "Chairman of the board", "Toimitusjohtaja", "Ledig")


@pytest.mark.parametrize("name", [*NOBODY, *COLLECTIVE, *VACANT])
def test_words_for_nobody_and_for_many_name_nobody(name: str) -> None:
    assert is_placeholder(name)
    owners = judged(changed("ownership.beneficials", [{**OWNER, "name": name}]))
    assert states(owners)["owners"] == "points_to_check"
    signer = {"status": "CONCLUSIVE", "options": [{"required": [{**OWNER, "name": name}]}]}
    assert states(judged(changed("authorities.signatureRights", signer)))["authority"] == "points_to_check"
    found = changed("ownership.beneficials", [{**OWNER, "name": name}])
    hit = {
        "name": name.upper(),
        "birthDate": OWNER["dateOfBirth"],
        "source": "EU_GLOBAL",
        "matchIndicator": 300,
    }
    found["sanction"] |= {"status": "SANCTION", "sanctionResults": [hit]}
    assert "likely_hit" not in codes(result(found))


@pytest.mark.parametrize("name", COLLECTIVE)
def test_the_shares_of_many_together_explain_nothing(name: str) -> None:
    holders = [{**OWNER, "percentage": 60, "type": "PERSON"}, {"name": name, "percentage": 40, "type": None}]
    found = result(changed("ownership.shareholders", holders))
    assert found.ownership.unexplained == 40
    assert {"owner_without_name", "unexplained_quarter"} <= {*codes(found)}


@pytest.mark.parametrize(
    "name", ["Andre Berg", "Ledig Larsen", "Ingen Holm", "Director Films AS", "Styret AS"]
)
def test_a_name_that_only_holds_such_a_word_is_one(name: str) -> None:
    assert not is_placeholder(name)


@pytest.mark.parametrize(
    ("name", "is_pep"),
    [
        ("PEP_AC", True),
        ("pep", True),
        ("PEPPER", False),
        ("PEP_NOT_SEARCHED", False),
        ("NO_PEP", False),
        ("PEP_FAILED", False),
    ],
)
def test_a_list_is_known_by_its_words_and_none_that_was_not_searched(name: str, is_pep: bool) -> None:
    assert is_pep_list(Word(name)) is is_pep
    assert is_ofac_list(Word(name.upper().replace("PEP", "OFAC", 1))) is is_pep


@pytest.mark.parametrize(
    ("place", "value", "is_clear"),
    [
        ("pep", {"status": "HIT", "results": [{"name": "A"}]}, False),
        ("isPep", True, False),
        ("pepResults", [{"name": "A"}], False),
        ("screeningResults", [{"name": "A"}], False),
        ("watchlists", "HIT", False),
        ("sanction.metadata.failedSources", ["OFAC"], False),
        ("sanction.metadata.remarks", "partial", False),
        ("pep", False, True),
        ("pep", {}, True),
        ("peppol", {"id": 1}, True),
        ("sanction.metadata.failedSources", [], True),
        ("products", {"id": 1}, True),
    ],
)
def test_what_may_be_a_screening_and_is_not_read_clears_nobody(
    place: str, value: Any, is_clear: bool
) -> None:
    found = result(changed(place, value))
    assert found.screening.is_clear is is_clear
    assert ("screening_not_all_read" in codes(found)) is not is_clear


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("isBankrupt", True, "signs_of_distress"),
        ("status", "BANKRUPT", "signs_of_distress"),
        ("registerStatus", ["ACTIVE", "UNDER_LIQUIDATION"], "signs_of_distress"),
        ("bankruptcyDate", "2024-01-01", "signs_of_distress"),
        ("deletedDate", "2024-01-01", "signs_of_distress"),
        ("konkurs", {"dato": "2024-01-01"}, "signs_of_distress"),
        ("name", "HAVNELAGET RØR AS KONKURSBO", "signs_of_distress"),
        ("name", "Havnelaget Rør AS under avvikling", "signs_of_distress"),
        ("name", "Havnelaget Rør AS under tvangsavvikling", "signs_of_distress"),
        ("name", "Rør A/S i likvidation", "signs_of_distress"),
        ("organizationType", "OTHER_ESTATES", "estate"),
        ("organizationType", "FOO_BAR", "unknown_form"),
    ],
)
def test_signs_of_distress_are_told_wherever_they_stand(name: str, value: Any, code: str) -> None:
    found = changed(f"keyInformation.{name}", value)
    assert code in codes(result(found))
    assert states(judged(found))["identity"] == "points_to_check"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("isBankrupt", False),
        ("isBankrupt", "false"),
        ("bankruptcyDate", ""),
        ("deletedDate", "N/A"),
        ("status", "ACTIVE"),
        ("activity", "Konkursforvaltning"),
        ("name", "Avvikling og konkurs rådgivning AS"),
        ("organizationType", "aktiebolag"),
    ],
)
def test_what_denies_it_or_only_speaks_of_it_is_no_sign(name: str, value: Any) -> None:
    assert states(judged(changed(f"keyInformation.{name}", value)))["identity"] == "in_order"


def test_the_ordinary_result_keeps_its_verdicts() -> None:
    found = states(judged(good()))
    assert [found[topic] for topic in ("identity", "owners", "authority")] == ["in_order"] * 3
