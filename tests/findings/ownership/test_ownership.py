"""Who owns, who controls, and what does not add up."""

from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string

from cases.findings.ownership.ownership import Ownership
from tests.findings.reading import Page, of, page, result


def owned(*shares: Any, **more: Any) -> Ownership:
    holders = [
        {"name": f"Viken {place}", "type": "PERSON", "percentage": share}
        for place, share in enumerate(shares)
    ]
    return result({"ownership": {"shareholders": holders, **more}}).ownership


def codes(found: Ownership) -> list[str]:
    return [caution.code for caution in found.cautions]


def test_owners_are_read_in_their_order() -> None:
    found = of("no_full").ownership
    assert [(shareholder.name, shareholder.share) for shareholder in found.shareholders] == [
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
        ([20, 20], ["unexplained_quarter"]),
        ([75], ["unexplained_quarter"]),
        ([75.01], ["shares_below_whole"]),
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
    assert [shareholder.is_itself for shareholder in found.shareholders] == [True, False]
    assert "owns_itself" in codes(found)


def test_a_finding_about_one_owner_points_at_its_place() -> None:
    places = {caution.code: caution.rests_on for caution in of("no_odd").ownership.cautions}
    assert places["share_above_whole"] == "ownership.shareholders[1]"


def test_an_element_that_cannot_be_read_is_told_by_its_place() -> None:
    texts = [str(warning.text) for warning in of("no_odd").warnings if warning.code == "elements_not_read"]
    assert any("ownership.shareholders[2]" in text for text in texts)


def test_the_same_person_is_recognised_as_shareholder_and_beneficial_owner() -> None:
    found = of("no_full").ownership
    both = [party.name for party in found.parties if party.is_shareholder and party.is_beneficial]
    assert both == ["Ingrid Solvang"]


def test_a_name_alone_does_not_make_two_people_one() -> None:
    found = owned(100, beneficials=[{"name": "Viken 0"}])
    assert [party.is_beneficial for party in found.parties] == [*[False] * (len(found.parties) - 1), True]


def test_control_without_a_percentage_is_by_role_or_indirect() -> None:
    assert of("no_full").ownership.beneficials[1].control is None
    assert "by role or indirect" in page(of("no_full"), "ownership/_ownership").text


def test_a_deceased_beneficial_owner_is_marked_and_a_finding() -> None:
    found = of("no_general_roles")
    assert "beneficial_deceased" in codes(found.ownership)
    assert "deceased 1 Feb 2026" in page(found, "ownership/_ownership").text


def test_the_old_name_of_beneficial_owners_is_read() -> None:
    assert of("fi").ownership.beneficials[0].name == "Aarne Koskela"


def test_an_unknown_kind_of_holder_and_reason_are_shown_as_they_came() -> None:
    text = page(of("no_odd"), "ownership/_ownership").text
    assert "TRUST" in text
    assert "REASON_NOBODY_KNOWS" in text


def test_indicators_are_shown_by_name_and_number() -> None:
    found = result({"ownership": {"indicators": {"numberOfShareholders": 3, "neverHeardOf": 7}}})
    text = page(found, "ownership/_ownership").text
    assert "Number of shareholders 3" in text
    assert "neverHeardOf 7" in text


def test_a_long_list_is_whole_where_nothing_is_turned_over() -> None:
    seen = page(
        result({"ownership": {"shareholders": [{"name": f"N{n}z"} for n in range(5000)]}}),
        "ownership/_ownership",
    )
    assert all(f"N{n}z" in seen.text for n in (0, 99, 100, 4999))


def test_on_paper_a_long_list_is_cut_and_says_so() -> None:
    found = result({"ownership": {"shareholders": [{"name": f"N{n}z"} for n in range(5000)]}})
    html = render_to_string("findings/ownership/_ownership.html", {"result": found, "most_rows": 200})
    assert "1–200 of 5000" in Page(html).text
    assert "N199z" in html
    assert "N200z" not in html


@pytest.mark.parametrize(
    ("subsidiaries", "expected"),
    [
        ([{"name": "A", "percentage": 100}], []),
        ([{"name": "A"}], ["owned_share_not_stated"]),
        ([{"name": "A", "percentage": 130}], ["owned_share_out_of_range"]),
        ([{"name": "A", "percentage": -1}], ["owned_share_out_of_range"]),
        (
            [
                {"organizationNumber": "1001", "percentage": 5},
                {"organizationNumber": "1001", "percentage": 5},
            ],
            ["listed_twice"],
        ),
        ([{"organizationNumber": "317835337", "percentage": 5}], ["owns_itself"]),
    ],
)
def test_what_is_odd_about_subsidiaries_is_a_finding(subsidiaries: list[Any], expected: list[str]) -> None:
    document = {
        "keyInformation": {"organizationNumber": "317835337"},
        "ownership": {"subsidiaries": subsidiaries},
    }
    assert codes(result(document).ownership) == expected


def test_an_owner_that_is_a_subsidiary_too_is_a_finding() -> None:
    company = {"name": "A", "organizationNumber": "312433060", "percentage": 100}
    found = result({"ownership": {"shareholders": [company], "subsidiaries": [company]}}).ownership
    assert codes(found) == ["owns_each_other"]


def test_the_same_shareholder_listed_twice_is_a_finding_at_the_second_place() -> None:
    half = {"name": "A", "organizationNumber": "312433060", "percentage": 50}
    found = result({"ownership": {"shareholders": [half, half]}}).ownership
    assert [(caution.code, caution.rests_on) for caution in found.cautions] == [
        ("listed_twice", "ownership.shareholders[1]")
    ]


def test_one_name_twice_without_number_or_birth_is_left_open() -> None:
    found = owned(100, beneficials=[{"name": "VIKEN  0"}])
    assert "same_name" in codes(found)


def test_control_of_more_than_there_is_is_a_finding() -> None:
    found = result(
        {"ownership": {"beneficials": [{"name": "A", "dateOfBirth": "1970-05-01", "percentageControl": 101}]}}
    ).ownership
    assert codes(found) == ["control_out_of_range"]


def test_first_and_last_names_show_where_the_name_does_not_hold_them() -> None:
    holder = {"name": "E. Lund", "firstName": "Eva", "lastName": "Lund"}
    assert result({"ownership": {"shareholders": [holder]}}).ownership.shareholders[0].names_apart == ("Eva",)


def test_many_doubts_of_a_kind_are_counted_and_the_next_is_named() -> None:
    document = {"ownership": {"shareholders": [{"percentage": -n} for n in range(1, 31)]}}
    negative = [warning for warning in result(document).warnings if warning.code == "share_negative"]
    assert len(negative) == 11
    assert "There are 20 more of this kind" in str(negative[-1].text)
    assert negative[-1].rests_on == "ownership.shareholders[10]"


def test_eleven_doubts_of_a_kind_are_eleven_sentences() -> None:
    found = owned(*(-n for n in range(1, 12)))
    negative = [str(caution.text) for caution in found.cautions if caution.code == "share_negative"]
    assert len(negative) == 11
    assert not [text for text in negative if "more of this kind" in text]


def test_a_reason_that_its_phrase_begins_with_is_told_once() -> None:
    wanted: dict[tuple[str | None, str | None], str] = {
        (
            "DIRECT_OWNERSHIP",
            "Direct ownership of more than 25 %",
        ): "Direct ownership of more than 25 %",
        ("DIRECT_OWNERSHIP", "DIRECT OWNERSHIP"): "DIRECT OWNERSHIP",
        ("DIRECT_OWNERSHIP", None): "Direct ownership",
        ("ROLE", "Owns more than 25 %"): "By role Owns more than 25 %",
        (None, "Owns more than 25 %"): "Owns more than 25 %",
        (None, None): "Not stated",
    }
    for (reason, phrase), words in wanted.items():
        one = {"name": "Eva Lund", "reason": reason, "reasonPhrase": phrase, "percentageControl": 30}
        seen = page(result({"ownership": {"beneficials": [one]}}), "ownership/_ownership")
        labels = [attrs.get("data-label") for tag, attrs in seen.tags if tag == "td"]
        assert "Beneficial owner because" in labels
        assert f"{words} 30 %" in seen.text, (reason, phrase)
        assert seen.text.casefold().count("direct ownership") <= 1, (reason, phrase)
