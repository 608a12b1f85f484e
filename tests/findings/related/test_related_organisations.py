"""Organisations that a result names: each once, with every tie, and whether one can ask about it."""

from typing import Any

import pytest

from cases.findings.related.organisations import (
    RelatedOrganisation,
    not_come,
    related_organisations,
)
from tests.assessment.owners.made import document, firm, person, plain
from tests.findings.reading import payload, result

# Each passes the check of its register.
NORWEGIAN, OTHER, THIRD = "923609016", "974760673", "982463718"


def related(found: dict[str, Any], home: str = "no", **changes: Any) -> tuple[RelatedOrganisation, ...]:
    return related_organisations(result(found, **changes), home)


def described(found: tuple[RelatedOrganisation, ...]) -> list[tuple[str | None, list[str]]]:
    return [(one.name, [plain(tie) for tie in one.ties]) for one in found]


def owning(*subsidiaries: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = document(**more)
    found["ownership"]["subsidiaries"] = [*subsidiaries]
    return found


def owned(name: str | None, number: str | None = None, share: Any = 100.0) -> dict[str, Any]:
    return {"name": name, "organizationNumber": number, "percentage": share}


def test_every_chapter_names_organisations_and_persons_are_none() -> None:
    found = owning(
        owned("Datter AS", OTHER, 51.0),
        shareholders=[firm("Holding AS", 41.0, NORWEGIAN), person("Liv Strand", 59)],
        beneficials=[{"name": "Fond Ltd", "organizationNumber": "C-1", "percentageControl": 12.0}],
        roles={"chairman": person("Liv Strand"), "boardMembers": [{"name": "Bjelland AS"}]},
    )
    found["financials"] = {
        "auditor": {"name": "Revisor AS", "organizationNumber": THIRD},
        "accountant": {"name": "Tallknuseren AS"},
    }
    assert described(related(found)) == [
        ("Fond Ltd", ["Beneficial owner, 12 %"]),
        ("Holding AS", ["Owner, 41 %"]),
        ("Datter AS", ["Subsidiary, 51 %"]),
        ("Bjelland AS", ["Board member"]),
        ("Revisor AS", ["Auditor"]),
        ("Tallknuseren AS", ["Accountant"]),
    ]


def test_one_is_named_once_with_every_tie_by_number_or_else_by_name() -> None:
    found = owning(
        owned("HOLDING  as", f"NO {NORWEGIAN} MVA", 10.0),
        owned("Revisor AS"),
        shareholders=[firm("Holding AS", 41.0, NORWEGIAN)],
        roles={"auditor": [{"name": "REVISOR AS", "organizationNumber": THIRD}]},
    )
    found["financials"] = {"auditor": {"name": "Revisor AS"}}
    assert described(related(found)) == [
        ("Holding AS", ["Owner, 41 %", "Subsidiary, 10 %"]),
        ("Revisor AS", ["Subsidiary, 100 %", "Auditor"]),
    ]


def test_two_numbers_are_two_and_a_name_that_may_be_either_is_a_third() -> None:
    found = owning(owned("Lik AS", NORWEGIAN), owned("Lik AS", OTHER), owned("Lik AS"))
    assert [one.numbers for one in related(found)] == [(NORWEGIAN,), (OTHER,), ()]


def test_the_customer_itself_is_not_related() -> None:
    found = owning(
        shareholders=[firm("HAVBRIS REDERI AS", 5, "312904047"), firm("Holding AS", 95, NORWEGIAN)]
    )
    found["financials"] = {"auditor": {"name": "Other name", "organizationNumber": "NO312904047"}}
    assert [one.name for one in related(found)] == ["Holding AS"]


@pytest.mark.parametrize("name", [None, "", "N/A", "*****", "Skjult", "[REDACTED]"])
def test_who_is_masked_has_no_name_and_is_never_somebody_else(name: str | None) -> None:
    found = related(owning(owned(name, None, None), owned(name, NORWEGIAN), owned("Datter AS")))
    assert [(one.name, len(one.numbers)) for one in found] == [(None, 0), (None, 1), ("Datter AS", 0)]
    assert plain(found[0].ties[0]) == "Subsidiary, share not stated"


@pytest.mark.parametrize(
    ("number", "home", "identifier", "why"),
    [
        (NORWEGIAN, "no", "no 923609016", ""),
        ("923 609 016", "se", "no 923609016", ""),
        ("NO923609016MVA", "dk", "no 923609016", ""),
        ("556016-0680", "no", "se 556016-0680", ""),
        ("FI01120389", "no", "fi 0112038-9", ""),
        ("923609017", "no", "no 923609017", "the check digit of its number is wrong"),
        ("923609017", "fi", None, "not in a register we can ask"),
        ("C-88123", "no", None, "not in a register we can ask"),
        ("GB 03977902", "no", None, "not in a register we can ask"),
        ("19700501-1234", "se", None, "the number is that of a person: not asked by it"),
        ("000000000", "no", None, "number not stated"),
        (None, "no", None, "number not stated"),
        ("9" * 5000, "no", None, "number not stated"),
    ],
)
def test_one_can_ask_by_a_number_whose_register_is_known(
    number: str | None, home: str, identifier: str | None, why: str
) -> None:
    found = owning(owned("Datter AS", number))
    found["keyInformation"]["country"] = None
    (one,) = related(found, home)
    known = one.number.identifier
    assert (f"{known.country} {known.value}" if known else None) == identifier
    assert str(one.number.why_not_asked) == why


def test_what_did_not_come_may_name_others() -> None:
    found = result({"keyInformation": {"name": "A"}}, expands=("ownership.shareholders",))
    assert not related_organisations(found, "no")
    missing = {why.partition(":")[0]: [str(part) for part in parts] for why, parts in not_come(found).items()}
    assert missing == {
        "Failed": ["Shareholders"],
        "Not ordered": ["Subsidiaries", "Roles", "Auditor", "Accountant"],
    }
    assert not not_come(result(payload("no_full")))


@pytest.mark.parametrize("name", ["no_hostile", "no_odd", "no_null", "no_null_inside", "no_every_script"])
def test_whatever_came_is_read(name: str) -> None:
    for one in related(payload(name)):
        assert one.ties
        assert one.places
