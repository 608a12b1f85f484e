"""Whether somebody lives is read wherever an entry says so, and nothing is said where nothing is stated."""

from typing import Any

from cases.findings.as_json.findings import plain
from cases.findings.result import Result
from tests.findings.reading import codes, page, result
from tests.findings.verdicts.test_verdicts import good

SIGNS: tuple[tuple[dict[str, Any], bool | None], ...] = (
    ({}, None),
    ({"deceased": None}, None),
    ({"deceasedDate": ""}, None),
    ({"deceasedDate": "1900-01-01"}, None),
    ({"otherInformation": {}}, None),
    ({"otherInformation": {"deceased": None}}, None),
    ({"deceased": "perhaps"}, None),
    ({"deceased": False}, False),
    ({"otherInformation": {"deceased": False}}, False),
    ({"isDeceased": "no"}, False),
    ({"deceased": True}, True),
    ({"Deceased": "ja"}, True),
    ({"is_deceased": "yes"}, True),
    ({"deceasedDate": "2025-05-06"}, True),
    ({"dateOfDeath": "2025-05-06"}, True),
    ({"otherInformation": {"deceased": True}}, True),
    ({"otherInformation": {"dateOfDeath": "2025-05-06"}}, True),
    ({"deceased": False, "otherInformation": {"deceased": True}}, True),
)


def with_sign(sign: dict[str, Any], place: str) -> Result:
    document = good()
    entry = {"roles": ("chairman",), "ownership.shareholders": (0,), "ownership.beneficials": (0,)}[place]
    node: Any = document
    for step in (*place.split("."), *entry):
        node = node[step]
    node.update(sign)
    return result(document)


def test_owners_are_deceased_wherever_their_entries_say_so_and_alive_nowhere_unsaid() -> None:
    for place, code in (
        ("ownership.shareholders", "owner_deceased"),
        ("ownership.beneficials", "beneficial_deceased"),
    ):
        for sign, is_deceased in SIGNS:
            found = with_sign(sign, place)
            assert plain(found)["owners"][0]["deceased"] is is_deceased, (place, sign)
            assert (code in codes(found)) is (is_deceased is True), (place, sign)
            assert ("elements_not_read" in codes(found)) is ("perhaps" in sign.values()), (place, sign)
            text = page(found, "ownership/_ownership").text
            assert ("not registered as deceased" in text) is (("deceased" in str(sign).lower() and "False" in str(sign))
                                                              or "no" in sign.values()), (place, sign)  # fmt: skip
            assert "alive" not in text.casefold(), (place, sign)


def test_a_holder_of_a_role_is_deceased_where_the_role_says_so() -> None:
    for sign, is_deceased in SIGNS:
        found = with_sign(sign, "roles")
        assert any(holder.is_deceased for holder in found.roles.holders) is (is_deceased is True), sign
        assert ("role_holder_deceased" in codes(found)) is (is_deceased is True), sign
        assert ("elements_not_read" in codes(found)) is ("perhaps" in sign.values()), sign
    gone = page(with_sign({"deceasedDate": "2025-05-06"}, "roles"), "authority/_people").text
    assert "deceased 6 May 2025" in gone
    assert "deceased: perhaps" in page(with_sign({"deceased": "perhaps"}, "roles"), "authority/_people").text
