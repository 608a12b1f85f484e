"""Who owns, who controls, and what does not add up."""

from decimal import Decimal
from typing import Any

import pytest

from cases.findings.ownership import Ownership
from tests.findings.reading import of, page, result


def owned(*shares: Any, **more: Any) -> Ownership:
    holders = [{"name": f"Owner {place}", "percentage": share} for place, share in enumerate(shares)]
    return result({"ownership": {"shareholders": holders, **more}}).ownership


def codes(found: Ownership) -> list[str]:
    return [caution.code for caution in found.cautions]


def test_owners_are_read_in_their_order() -> None:
    found = of("no_full").ownership
    assert [(each.name, each.share) for each in found.shareholders] == [
        ("NORDLYS HOLDING AS", Decimal("60.0")),
        ("Ingrid Solvang", Decimal("25.0")),
        ("Storsjön Invest AB", Decimal("14.9")),
    ]


def test_what_is_not_explained_is_said() -> None:
    found = of("no_full").ownership
    assert (found.total, found.unexplained) == (Decimal("99.9"), Decimal("0.1"))
    assert "99.9" in str(found.cautions[0].text)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([60, 40], []),
        ([33.33, 33.33, 33.33], []),
        (["33.34", 33.33, 33.33], []),
        ([20, 20], ["shares_below_whole"]),
        ([60, 60], ["shares_above_whole"]),
        ([120], ["share_above_whole", "shares_above_whole"]),
        ([-5, 100], ["share_negative", "shares_below_whole"]),
        ([None, 100], ["share_not_stated"]),
        (["a half", 100], ["share_not_stated"]),
        ([True, 100], ["share_not_stated"]),
        ([], []),
    ],
)
def test_shares_that_do_not_make_a_whole_are_findings(shares: list[Any], expected: list[str]) -> None:
    assert codes(owned(*shares)) == expected


def test_a_company_that_owns_itself_is_a_finding_and_marked() -> None:
    found = of("no_odd").ownership
    assert [each.is_itself for each in found.shareholders] == [True, False]
    assert "owns_itself" in codes(found)


def test_a_finding_about_one_owner_points_at_its_place() -> None:
    places = {caution.code: caution.rests_on for caution in of("no_odd").ownership.cautions}
    assert places["share_above_whole"] == "ownership.shareholders[1]"


def test_an_element_that_cannot_be_read_is_counted() -> None:
    assert of("no_odd").ownership.unread == 1
    assert "elements_not_read" in codes(of("no_odd").ownership)


def test_the_same_person_is_recognised_as_shareholder_and_beneficial_owner() -> None:
    found = of("no_full").ownership
    assert [each.beneficial for each in found.shareholders] == [False, True, False]
    assert [each.shareholder for each in found.beneficials] == [True, False]


def test_a_name_alone_does_not_make_two_people_one() -> None:
    found = owned(100, beneficials=[{"name": "Owner 0"}])
    assert not found.shareholders[0].beneficial


def test_control_without_a_percentage_is_by_role_or_indirect() -> None:
    assert of("no_full").ownership.beneficials[1].control is None
    assert "by role or indirect" in page(of("no_full"), "_ownership").text


def test_a_deceased_beneficial_owner_is_marked_and_a_finding() -> None:
    found = of("no_general_roles")
    assert "beneficial_deceased" in codes(found.ownership)
    assert "deceased 1 Feb 2026" in page(found, "_ownership").text


def test_the_old_name_of_beneficial_owners_is_read() -> None:
    assert of("fi").ownership.beneficials[0].name == "Aarne Koskela"


def test_an_unknown_kind_of_holder_and_reason_are_shown_as_they_came() -> None:
    text = page(of("no_odd"), "_ownership").text
    assert "TRUST" in text
    assert "REASON_NOBODY_KNOWS" in text


def test_the_five_largest_stated_shares_are_the_top_owners() -> None:
    assert [each.share for each in owned(None, 5, "x", 50, 10, 20, 15).top_owners] == [50, 20, 15, 10, 5]


def test_indicators_are_shown_by_name_and_number() -> None:
    found = result({"ownership": {"indicators": {"numberOfShareholders": 3, "neverHeardOf": 7}}})
    text = page(found, "_ownership").text
    assert "Number of shareholders 3" in text
    assert "neverHeardOf 7" in text


def test_a_long_list_is_folded_and_whole() -> None:
    seen = page(
        result({"ownership": {"shareholders": [{"name": f"N{n}z"} for n in range(5000)]}}), "_ownership"
    )
    assert "Show 4900 more" in seen.text
    assert all(f"N{n}z" in seen.text for n in (0, 99, 100, 4999))


def test_first_and_last_names_show_where_the_name_does_not_hold_them() -> None:
    holder = {"name": "E. Lund", "firstName": "Eva", "lastName": "Lund"}
    assert result({"ownership": {"shareholders": [holder]}}).ownership.shareholders[0].names_apart == ("Eva",)
