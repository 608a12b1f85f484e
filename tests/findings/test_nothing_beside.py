"""What stands empty among others, or beside an outcome under a name nobody knows, is never passed over."""

from typing import Any

import pytest

from tests.findings.reading import result
from tests.findings.verdicts.test_verdicts import changed, good, judged, states


def test_a_list_of_roles_that_is_empty_gives_no_signer_a_role() -> None:
    for came in ({}, {"boardMembers": []}, {"metadata": {"sources": ["BRREG"]}}):
        found = judged(changed("roles", came))
        assert states(found)["authority"] == "points_to_check", came
    assert states(judged(changed("roles.deputyChairman", {})))["authority"] == "in_order"


def test_an_empty_entry_of_a_list_is_something_that_did_not_come() -> None:
    kept = []
    for place, topic in (
        ("roles.boardMembers", "authority"),
        ("roles.others", "authority"),
        ("ownership.shareholders", "owners"),
        ("ownership.beneficials", "owners"),
        ("ownership.subsidiaries", "owners"),
    ):
        for empty in ({}, "", None):
            document = good()
            chapter, _dot, name = place.partition(".")
            document[chapter].setdefault(name, []).append(empty)
            found = judged(document)
            if states(found)[topic] != "points_to_check":
                kept.append((place, empty))
    assert not kept


@pytest.mark.parametrize(
    ("name", "value", "is_clear"),
    [
        ("isSanctioned", True, False),
        ("verdict", "POSITIVE", False),
        ("brandNewThing", "FAILED", False),
        ("coverage", "owners only", False),
        ("isSanctioned", False, True),
        ("brandNewThing", " ", True),
        ("status2", "OK", True),
        ("screeningId", "7f2a", True),
        ("searchedAt", "2026-11-27T10:00:00Z", True),
    ],
)
def test_no_hits_are_clear_only_where_no_word_beside_them_may_say_more(
    name: str, value: Any, is_clear: bool
) -> None:
    found = result(changed(f"sanction.{name}", value))
    assert found.screening.is_clear is is_clear
