"""Signs of bankruptcy, winding up or deletion are told wherever they stand; and that nothing tells what an owner is."""

from typing import Any

import pytest

from tests.findings.reading import codes, result
from tests.findings.verdicts.test_verdicts import changed, judged, states

OWNER = {"name": "Ingrid Solvang", "dateOfBirth": "1968-11-02"}


def test_signs_of_distress_are_told_wherever_they_stand(subtests: pytest.Subtests) -> None:
    for name, value, code in [
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
        ("name", "Rør AS (slettet)", "signs_of_distress"),
        ("name", "Rør AS [slettet 2019]", "signs_of_distress"),
        ("name", "RØR AS TVANGSAVVIKLET", "signs_of_distress"),
        ("name", "Rör AB, avregistrerad", "signs_of_distress"),
        ("name", "Rør ApS - opløst", "signs_of_distress"),
        ("name", "Putki Oy konkurssi", "signs_of_distress"),
        ("name", "Rohr GmbH (gelöscht)", "signs_of_distress"),
        ("isActive", False, "signs_of_distress"),
        ("active", "No", "signs_of_distress"),
        ("erAktiv", 0, "signs_of_distress"),
        ("isInactive", True, "signs_of_distress"),
        ("slettedato", "2020-01-01", "signs_of_distress"),
        ("slettetDato", "2020-01-01", "signs_of_distress"),
        ("avregistreringsdatum", "2020-01-01", "signs_of_distress"),
        ("ophørsdato", "2020-01-01", "signs_of_distress"),
        ("lakkautettu", "2020-01-01", "signs_of_distress"),
        ("registration", {"state": {"deletedOn": "2020-01-01"}}, "signs_of_distress"),
        ("country", None, "country_not_stated"),
        ("country", "XX", "country_not_stated"),
        ("country", "Unknown", "country_not_stated"),
        ("organizationType", "OTHER_ESTATES", "estate"),
        ("organizationType", "FOO_BAR", "unknown_form"),
    ]:
        with subtests.test(name=name, value=value, code=code):
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
        ("name", "Sletteland (Norge) AS"),
        ("name", "Konkurs AS"),
        ("isActive", True),
        ("isActive", ""),
        ("active", "yes"),
        ("isInactive", False),
        ("slettedato", ""),
        ("country", "no"),
        ("organizationType", "aktiebolag"),
    ],
)
def test_what_denies_it_or_only_speaks_of_it_is_no_sign(name: str, value: Any) -> None:
    found = changed(f"keyInformation.{name}", value)
    assert "signs_of_distress" not in codes(result(found))
    assert (states(judged(found))["identity"] == "in_order") is (name != "activity"), "that alone is not read"


def test_signs_of_distress_stand_in_roles_and_beside_the_chapters_too() -> None:
    somebody = {"name": "Ivan Moe"}
    roles = (
        "bankruptcyAdministrator",
        "liquidator",
        "bobestyrer",
        "konkursforvalter",
        "Selvitysmies",
        "trustee",
    )
    for place, value in (
        *((f"roles.{role}", somebody) for role in roles),
        ("roles.others", [{**somebody, "role": "LIQUIDATOR"}]),
        ("bankruptcy", {"date": "2024-01-01"}),
        ("address.deletedDate", "2024-01-01"),
    ):
        found = changed(place, value)
        assert "signs_of_distress" in codes(result(found)), place
        assert states(judged(found))["identity"] == "points_to_check", place
    for place, value in (("roles.liquidator", []), ("roles.secretary", somebody), ("bankruptcy", False)):
        assert "signs_of_distress" not in codes(result(changed(place, value))), place


def test_a_name_says_no_more_where_status_or_form_already_do() -> None:
    estate = changed("keyInformation.organizationType", "BANKRUPT_ESTATE")
    estate["keyInformation"]["name"] = "RØR AS KONKURSBO"
    assert "bankrupt_estate" in codes(result(estate))
    assert "signs_of_distress" not in codes(result(estate))


def test_an_owner_of_which_it_is_not_told_what_it_is_leaves_points_to_check() -> None:
    holder = {"name": "Alfa Holdings SA", "percentage": 40}
    kind, country = "owner_kind_not_told", "owner_without_country"
    table: tuple[tuple[dict[str, Any], set[str]], ...] = (
        ({}, {kind, country}),
        ({"type": "TRUST"}, {country}),
        ({"type": "ORGANIZATION"}, {country}),
        ({"organizationNumber": "923609016"}, set()),
        ({"type": "PERSON"}, set()),
        ({"dateOfBirth": "1970-05-01"}, set()),
        ({"firstName": "Liv", "lastName": "Moe"}, set()),
    )
    for more, expected in table:
        holders = [{**OWNER, "percentage": 60, "type": "PERSON"}, {**holder, **more}]
        found = changed("ownership.shareholders", holders)
        assert {*codes(result(found))} & {kind, country} == expected, more
        if expected:
            assert states(judged(found))["owners"] == "points_to_check", more
