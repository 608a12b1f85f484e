"""What comes in another form than expected is read, or no verdict of its chapter is in order beside it."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cases.findings.as_json.findings import plain
from cases.findings.coverage.unplaced import unplaced
from cases.findings.verdicts.summary import Summary
from cases.findings.verdicts.verdicts import State
from cases.findings.vocabulary.sections import JUDGED_CHAPTERS, TOPICS
from cases.provider.result.coverage import NUMERIC
from cases.provider.result.wire import Organization
from tests.findings.coverage.test_completeness import unhurried
from tests.findings.reading import codes, result
from tests.findings.verdicts.test_verdicts import changed, good, judged, states

PER = {"name": "Per Rolle", "dateOfBirth": "1970-05-01", "role": "CHAIRMAN"}
HIT = {"name": "Per Rolle", "birthDate": "1970-05-01", "source": "EU_GLOBAL", "matchIndicator": 480}


def test_roles_that_are_listed_are_read() -> None:
    for listed in ([PER], PER, [PER, {"name": "Kari Nord", "role": "CEO"}], [{**PER, "role": None}]):
        document = {**good(), "roles": listed, "sanction": {"status": "SANCTION", "sanctionResults": [HIT]}}
        found = result(document)
        per = found.roles.holders[0]
        assert (per.name, per.places) == ("Per Rolle", ("roles[0]",)), listed
        roles = ["Chair of the board"] if isinstance(listed, dict) or listed[0]["role"] else []
        assert [str(role.text) for role in per.roles] == roles, listed
        (hit,) = found.screening.hits
        assert hit.comparison is not None
        assert hit.comparison.party is not None, listed
        assert "elements_not_read" not in codes(found), listed
        assert not [leaf.path for leaf in found.remainder if leaf.path.startswith("roles")], listed
        read = Organization.read(document)
        assert not [leaf.path for leaf in unplaced(document, read) if leaf.path.startswith("roles")], listed


def test_what_is_not_read_of_a_chapter_is_said_of_its_verdict() -> None:
    table: tuple[tuple[str, str, Any], ...] = (
        ("authority", "roles", {"chairman": "Kari P"}),
        ("authority", "roles", [PER, "Kari P"]),
        ("authority", "roles", {"chairman": [PER, None]}),
        ("authority", "roles", "Kari P"),
        ("authority", "roles", 5),
        ("authority", "authorities.signatureRights.remarks", ["Two of three sign"]),
        ("authority", "authorities.signatureRights.remarks", "Two of three sign"),
        ("authority", "authorities.signatureRights.description", {"text": "Two sign"}),
        ("authority", "authorities.signatureRights.options", "Per alone"),
        ("authority", "authorities.powerOfProcuration", ["x"]),
        ("owners", "ownership.indicators", "many"),
        ("owners", "ownership.beneficials.0.otherInformation", "deceased"),
        ("owners", "ownership.beneficials.0.otherInformation", {"state": {"deceased": True}}),
        ("owners", "ownership.beneficials.0.otherInformation", {"deceased": "yes"}),
        ("owners", "ownership.beneficials.0.percentageControl", "most"),
        ("owners", "ownership.beneficials.0.percentageControl", True),
        ("owners", "ownership.beneficials.0.address", "Dubai"),
        ("owners", "ownership.beneficials.0.roles", 7),
        ("owners", "ownership.subsidiaries", [None]),
        ("owners", "ownership.shareholders", {"first": {"name": "Kari", "percentage": 100}}),
        ("identity", "keyInformation.name", ["Kystfrakt AS"]),
        ("identity", "keyInformation.name", 5),
        ("identity", "keyInformation.name", True),
        ("identity", "keyInformation.establishedDate", {"year": 1990}),
        ("identity", "keyInformation.statusCodes", ["ACTIVE", {"code": "BANKRUPT"}]),
        ("identity", "keyInformation.statusCodes", {"first": "BANKRUPT"}),
        ("identity", "keyInformation.employees", "5"),
        ("identity", "address.postalAddress", "Storgata 1, Bergen"),
        ("identity", "address", [{"visitingAddress": {"city": "Bergen"}}, "Storgata 1"]),
    )
    for topic, path, value in table:
        found = judged(changed(path, value))
        assert states(found)[topic] == State.POINTS_TO_CHECK, (path, value)
        assert [caution for caution in found.cautions if caution.topic == topic], (path, value)


def test_a_screening_of_which_a_part_is_not_read_is_not_clear() -> None:
    for path, value in (
        ("sanctionResults", "x"),
        ("metadata", "EU_GLOBAL"),
        ("metadata", {"sources": {"first": "PEP_AC"}}),
        ("metadata", {"sources": ["EU_GLOBAL", {"name": "PEP_AC"}]}),
    ):
        found = result(changed(f"sanction.{path}", value))
        assert not found.screening.is_clear, (path, value)


def test_each_topic_is_told_what_of_it_did_not_come() -> None:
    found = good()
    del found["address"], found["roles"]
    warned = [caution for caution in judged(found).cautions if caution.code == "chapters_not_delivered"]
    assert [str(item.topic) for item in warned] == ["identity", "authority"]
    assert states(judged(found))["authority"] == State.POINTS_TO_CHECK


def test_a_number_that_came_as_one_is_read_as_text() -> None:
    found = changed("keyInformation.organizationNumber", int(good()["keyInformation"]["organizationNumber"]))
    assert states(judged(found)) == states(judged(good()))


# --- Any node, in any other form ---


def nodes(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every node but the sources: of them none bears on a verdict that can be in order."""
    if way:
        yield way
    inside: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, below in inside:
        if name != "metadata":
            yield from nodes(below, (*way, name))


def misshapen(value: Any, form: int) -> Any:
    """The value in another form: wrapped, merely a word or a number, or unwrapped."""
    forms: list[Any] = [
        [value],
        {"value": value},
        "a word",
        12,
        True,
        [[value]],
        {"a": {"b": value}},
        [value, "x"],
    ]
    if isinstance(value, list) and value:
        forms += [{str(place): item for place, item in enumerate(value)}]
    if isinstance(value, dict) and value:
        forms += [[*value.values()], next(iter(value.values()))]
    return forms[form % len(forms)]


def facts(found: Any) -> Any:
    as_json = plain(result(found))
    return {
        name: as_json[name]
        for name in as_json
        if name not in {"verdicts", "warnings", "as_it_came", "nothing"}
    }


def with_one(way: tuple[str | int, ...], form: int) -> Any:
    document = deepcopy(FULL)
    *above, last = way
    node: Any = document
    for step in above:
        node = node[step]
    node[last] = misshapen(node[last], form)
    return document


def is_told(found: Summary, topic: str) -> bool:
    verdict = next(item for item in found.verdicts if item.topic == topic)
    return verdict.state is not State.IN_ORDER and any(caution.topic == topic for caution in found.cautions)


FULL = {chapter: item for chapter, item in good().items() if chapter in JUDGED_CHAPTERS}
FORMS = range(12)


def at(way: tuple[str | int, ...]) -> Any:
    value: Any = FULL
    for step in way:
        value = value[step]
    return value


def is_right(way: tuple[str | int, ...], form: int) -> bool:
    """Is it a value in the place of one: a text in that of a text, a number in that of a number?"""
    came, turned = at(way), misshapen(at(way), form)
    if isinstance(turned, bool | dict | list):
        return False
    may_be_number = came is None or isinstance(came, int) or bool(NUMERIC.search(str(way[-1])))
    if way[-1] == "memberOfRegistries":
        return isinstance(turned, str)
    return isinstance(came, str | None) if isinstance(turned, str) else may_be_number


MUTATIONS = [(way, form) for way in nodes(FULL) for form in FORMS if not is_right(way, form)]


@unhurried
@given(st.sampled_from(MUTATIONS))
def test_a_node_in_another_form_leaves_the_facts_or_is_told(
    mutation: tuple[tuple[str | int, ...], int],
) -> None:
    way, form = mutation
    document = with_one(way, form)
    assert facts(document) == facts(FULL) or is_told(judged(document), TOPICS[str(way[0])])
