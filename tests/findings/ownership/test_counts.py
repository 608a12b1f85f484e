"""Every count of a result is held against what it lists."""

from typing import Any

from tests.findings.reading import codes, result
from tests.findings.verdicts.test_verdicts import good


def counted(name: str, value: Any, **lists: Any) -> list[str]:
    document = good()
    document["ownership"] |= {"indicators": {name: value}, **lists}
    return codes(result(document))


def test_indicators_are_held_against_their_lists() -> None:
    table: tuple[tuple[str, int, dict[str, Any], bool], ...] = (
        ("numberOfBeneficialOwners", 7, {}, True),
        ("numberOfBeneficialOwners", 1, {}, False),
        ("number_of_beneficials", 2, {}, True),
        ("BeneficialOwnerCount", 2, {}, True),
        ("numberOfUltimateBeneficialOwners", 0, {}, True),
        ("numberOfShareholders", 1, {}, False),
        ("NumberOfShareholders", 2, {}, True),
        ("number-of-owners", 2, {}, True),
        ("shareholderCount", 3, {}, True),
        ("totalShareholders", 3, {}, True),
        ("numberOfSubsidiaries", 7, {"subsidiaries": []}, True),
        ("numberOfSubsidiaries", 7, {"subsidiaries": {}}, True),
        ("numberOfSubsidiaries", 0, {"subsidiaries": []}, False),
        ("numberOfShareholders", 4, {"shareholders": []}, True),
        ("numberOfBeneficialOwners", 4, {"beneficials": []}, True),
        ("ownershipLevels", 3, {}, False),
        ("numberOfLevels", 3, {}, False),
    )
    for name, value, lists, differs in table:
        assert ("indicator_differs" in counted(name, value, **lists)) is differs, (name, value)


def test_a_count_is_not_held_against_a_list_that_did_not_come() -> None:
    document = good()
    document["ownership"] = {"indicators": {"numberOfSubsidiaries": 7}}
    assert "indicator_differs" not in codes(result(document))


def test_a_screening_that_counts_other_hits_than_it_lists_is_not_clear() -> None:
    for name in ("numberOfHits", "hitCount", "totalResults", "match_count"):
        for value, is_clear in ((3, False), (0, True)):
            document = good()
            document["sanction"][name] = value
            assert result(document).screening.is_clear is is_clear, (name, value)
