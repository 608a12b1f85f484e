"""What the chart of the owners draws: which nodes, and which ties between them."""

from dataclasses import replace
from typing import Any

import pytest

from cases.presentation.charts.structure import LEGIBLE, OPENED, SMALL, Structure, structure
from cases.presentation.charts.structure_parts import CUSTOMER, Line, Node, Shape, Sign
from tests.findings.reading import NAMES, of, result

ITSELF = "317835337"


def drawn(found: Any, limits: Any = LEGIBLE) -> Structure:
    return structure(found, limits)


def owned(holders: list[dict[str, Any]], limits: Any = LEGIBLE, **more: Any) -> Structure:
    key = {"name": "Customer AS", "organizationNumber": ITSELF}
    ownership = {"shareholders": holders, **more.pop("ownership", {})}
    return drawn(result({"keyInformation": key, "ownership": ownership, **more}), limits)


def many(count: int, **every: Any) -> list[dict[str, Any]]:
    return [
        {"name": f"Viken {n}", "organizationNumber": f"8{n:08}", "percentage": 100 / count, **every}
        for n in range(count)
    ]


def node(found: Structure, name: str) -> Node:
    return next(node for node in found.nodes if node.name == name)


def tie_words(found: Structure) -> dict[str, str]:
    names = {node.key: node.name for node in found.nodes}
    return {f"{names[tie.owner]} > {names[tie.owned]}": tie.words for tie in found.ties}


def test_owners_stand_above_the_customer_and_subsidiaries_below() -> None:
    found = drawn(of("no_full"))
    assert [item.name for item in found.indirect] == ["Aarne Koskela"]
    assert [node.name for node in found.direct][:3] == [
        "NORDLYS HOLDING AS",
        "Ingrid Solvang",
        "Storsjön Invest AB",
    ]
    assert [node.name for node in found.below] == ["FJELLHEIM NETT AS", "VINDKAMMEN DRIFT AS"]


def test_the_share_stands_on_the_tie() -> None:
    found = tie_words(drawn(of("no_full")))
    assert found["NORDLYS HOLDING AS > FJELLHEIM ENERGI AS"] == "60\N{NO-BREAK SPACE}%"
    assert found["FJELLHEIM ENERGI AS > VINDKAMMEN DRIFT AS"] == "51\N{NO-BREAK SPACE}%"


def test_a_beneficial_owner_without_shares_is_tied_indirectly() -> None:
    found = drawn(of("no_full"))
    tie = next(tie for tie in found.ties if tie.owner == found.indirect[0].key)
    assert (tie.line, tie.words) == (Line.INDIRECT, "42\N{NO-BREAK SPACE}% integrated")


def test_control_without_a_number_says_so_on_the_tie() -> None:
    found = owned([], ownership={"beneficials": [{"name": "A", "dateOfBirth": "1970-01-01"}]})
    assert "by role or indirect" in tie_words(found).values()


def test_persons_companies_and_unknown_kinds_have_shapes_of_their_own() -> None:
    holders = [
        {"name": "P", "type": "PERSON"},
        {"name": "O", "type": "ORGANIZATION"},
        {"name": "T", "type": "TRUST"},
    ]
    found = owned(holders)
    assert [node(found, name).shape for name in "POT"] == [Shape.PERSON, Shape.COMPANY, Shape.UNKNOWN]
    assert [node(found, name).under for name in "POT"] == ["Person", "Organisation", "TRUST"]


def test_a_beneficial_owner_bears_the_providers_reason() -> None:
    badges = node(drawn(of("no_full")), "Ingrid Solvang").badges
    assert [(badge.sign, badge.words) for badge in badges] == [
        (Sign.BENEFICIAL, "Beneficial owner: Direct ownership")
    ]


def test_a_dead_owner_is_marked_with_the_day() -> None:
    badges = node(drawn(of("no_general_roles")), "Eva Lund").badges
    assert "Deceased 1 Feb 2026" in [badge.words.replace("\N{NO-BREAK SPACE}", " ") for badge in badges]


@pytest.mark.parametrize(
    ("shares", "name"), [([60], "40 % not explained"), ([70, 60], "30 % more than there is")]
)
def test_what_is_missing_to_the_whole_or_too_much_is_a_node(shares: list[int], name: str) -> None:
    found = owned([{"name": f"N{n}", "percentage": share} for n, share in enumerate(shares)])
    rest = next(node for node in found.direct if node.shape is Shape.REMAINDER)
    assert rest.name.replace("\N{NO-BREAK SPACE}", " ") == name


def test_a_whole_has_no_remainder() -> None:
    assert Shape.REMAINDER not in {item.shape for item in owned(many(3)).nodes}


def test_a_customer_that_owns_itself_is_a_loop_and_no_owner_above() -> None:
    found = owned([{"name": "Customer AS", "organizationNumber": ITSELF, "percentage": 10}])
    assert found.itself is not None
    assert found.itself.under == "10\N{NO-BREAK SPACE}%"
    assert [node.shape for node in found.direct] == [Shape.REMAINDER, Shape.NOTHING]


def test_an_owner_that_is_a_subsidiary_too_is_one_node_with_two_ties() -> None:
    company = {"name": "A", "organizationNumber": "312433060"}
    found = owned(
        [{**company, "percentage": 100}], ownership={"subsidiaries": [{**company, "percentage": 12}]}
    )
    assert len([node for node in found.nodes if node.name == "A"]) == 1
    assert tie_words(found) == {
        "A > Customer AS": "100\N{NO-BREAK SPACE}%",
        "Customer AS > A": "12\N{NO-BREAK SPACE}%",
        "Beneficial owners > Customer AS": "",
    }


@pytest.mark.parametrize(
    ("document", "changes", "words"),
    [
        ({"ownership": {"shareholders": []}}, {}, "Searched, nothing found"),
        ({}, {"expands": ()}, "Not ordered"),
        (None, {"capture": "expired"}, "Expired before capture"),
        (None, {"capture": "failed", "reason": "cancelled"}, "Failed: cancelled"),
        (None, {"capture": "waiting"}, "Awaited from the provider"),
    ],
)
def test_each_kind_of_nothing_is_drawn_as_such(document: Any, changes: dict[str, Any], words: str) -> None:
    assert node(drawn(result(document, **changes)), "Shareholders").under == words


def hit(name: str, *aliases: str) -> dict[str, Any]:
    return {
        "name": name,
        "aliasList": list(aliases),
        "source": "EU_GLOBAL",
        "matchIndicator": 325,
        "externalId": name,
    }


@pytest.mark.parametrize("name", ["Viken 1", "VIKEN  1", "Vikén 1", "ｖｉｋｅｎ 1"])
def test_a_hit_of_the_same_name_is_a_badge(name: str) -> None:
    found = owned(many(2), sanction={"sanctionResults": [hit(name)]})
    assert [badge.words for badge in node(found, "Viken 1").badges] == [
        "Open hit: EU consolidated list · 325 of 500"
    ]
    assert node(found, "Viken 0").badges == ()


def test_a_hit_by_alias_and_one_on_the_customer_are_badges_too() -> None:
    found = owned(many(2), sanction={"sanctionResults": [hit("X", "viken 0"), hit("CUSTOMER AS")]})
    assert node(found, "Viken 0").badges[0].sign is Sign.HIT
    assert found.customer.badges[0].sign is Sign.HIT


def test_a_hit_that_is_near_to_one_of_ours_is_a_badge_there() -> None:
    found = owned(
        [{"name": "Nordlys Energi AS", "organizationNumber": "312433060", "percentage": 100}],
        sanction={"sanctionResults": [hit("Nordlys Energien")]},
    )
    assert node(found, "Nordlys Energi AS").badges[0].sign is Sign.HIT


def test_another_name_is_no_hit() -> None:
    found = owned(
        [{"name": "Ingrid Solvang", "percentage": 100}], sanction={"sanctionResults": [hit("Per Berg")]}
    )
    assert [badge.sign for badge in node(found, "Ingrid Solvang").badges] == []


# --- Limits ---


@pytest.mark.parametrize(("count", "nodes"), [(3, 3), (24, 24), (25, 25), (30, 25), (5000, 25)])
def test_beyond_the_limit_the_tail_is_one_counted_node(count: int, nodes: int) -> None:
    found = owned(many(count))
    assert len([node for node in found.direct if node.shape is not Shape.NOTHING]) == nodes


def test_the_fold_says_how_many_and_how_much_together() -> None:
    found = owned(many(100))
    fold = next(node for node in found.nodes if node.shape is Shape.FOLDED)
    assert (fold.name, fold.count) == ("76 further owners", 76)
    assert next(tie.words for tie in found.ties if tie.owner == fold.key) == "76\N{NO-BREAK SPACE}% together"


@pytest.mark.parametrize(
    ("silent", "words"),
    [
        (1, "3\xa0% together, 1 not stated"),
        (2, "1.5\xa0% together, 2 not stated"),
        (4, "shares not stated"),
    ],
)
def test_the_fold_says_how_many_of_its_shares_are_not_stated(silent: int, words: str) -> None:
    holders = many(100, percentage=None)[: 60 + silent]
    shares = [{"name": f"Small {n}", "percentage": n / 2 + 0.5} for n in range(4 - silent)]
    large = [{"name": f"Large {n}", "percentage": 5} for n in range(6)]
    found = owned([*holders, *shares, *large])
    fold = next(node for node in found.nodes if node.shape is Shape.FOLDED)
    assert fold.name == "4 further owners"
    assert next(tie.words for tie in found.ties if tie.owner == fold.key) == words


def test_a_chart_takes_the_owners_that_are_known_and_does_not_seek_them_anew() -> None:
    found = of("no_full")
    assert structure(found).direct[0].entry in found.owners
    assert structure(replace(found, owners=())).direct[0].shape is not Shape.COMPANY


def test_the_largest_are_drawn_and_the_smallest_folded() -> None:
    holders = [{"name": f"N{n}", "percentage": n / 50} for n in range(1, 101)]
    names = [item.name for item in owned(holders).direct]
    assert names[:2] == ["N100", "N99"]
    assert "N1" not in names


def test_a_small_owner_one_must_notice_is_never_folded() -> None:
    holders = many(200)
    holders[150] |= {"percentage": None}
    beneficial = {"name": "Viken 199", "organizationNumber": holders[199]["organizationNumber"]}
    found = owned(
        holders, ownership={"beneficials": [beneficial]}, sanction={"sanctionResults": [hit("Viken 180")]}
    )
    assert {"Viken 150", "Viken 180", "Viken 199"} <= {node.name for node in found.direct}


def test_a_crowd_to_notice_leaves_room_for_the_largest() -> None:
    holders = [{"name": f"Null {n}"} for n in range(500)] + [{"name": "Large", "percentage": 80}]
    found = owned(holders)
    assert len(found.nodes) < 75
    assert "Large" in {node.name for node in found.nodes}


def test_opened_three_hundred_are_drawn_and_more_are_folded() -> None:
    assert not owned(many(300), OPENED).is_folded
    assert owned(many(5000), OPENED).is_folded
    assert len(owned(many(5000), OPENED).nodes) < 310


def test_a_glance_shows_few_and_the_largest_among_them() -> None:
    found = owned(
        [{**entry, "percentage": None} for entry in many(30)] + [{"name": "Large", "percentage": 80}], SMALL
    )
    assert len(found.nodes) <= 10
    assert "Large" in {node.name for node in found.nodes}
    assert found.below == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_tie_of_every_payload_joins_two_nodes_and_one_of_them_is_the_customer(name: str) -> None:
    found = drawn(of(name))
    keys = [node.key for node in found.nodes]
    assert len(keys) == len({*keys})
    for tie in found.ties:
        assert {tie.owner, tie.owned} <= {*keys}
        assert CUSTOMER in {tie.owner, tie.owned}


def test_a_hit_on_the_customer_itself_is_a_badge_there_whatever_it_is_called() -> None:
    found = owned(many(2), sanction={"sanctionResults": [hit("Costumer Limited")]})
    assert [badge.sign for badge in found.customer.badges] == [Sign.HIT]


def test_what_an_owner_holds_through_others_is_beside_what_it_holds_itself() -> None:
    holders = [{"name": "Eva", "dateOfBirth": "1970-01-01", "percentage": 25}]
    control = [
        {"name": "Eva", "dateOfBirth": "1970-01-01", "percentageControl": 25, "integratedOwnership": 43}
    ]
    found = owned(holders, ownership={"beneficials": control})
    assert [tie.words.replace("\N{NO-BREAK SPACE}", " ") for tie in found.ties if tie.owned == CUSTOMER][
        :1
    ] == ["25 % · 43 % integrated"]
