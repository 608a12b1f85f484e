"""What the portal has no place for is told, and no verdict of its chapter is in order beside it."""

from typing import Any

from amlportal.sandbox.universe.catalogue import Universe
from cases.findings.result import Result
from cases.findings.verdicts.verdicts import State
from cases.findings.vocabulary.sections import Topic
from tests.findings.reading import NAMES, codes, of, page, result
from tests.findings.verdicts.test_verdicts import good, judged, states

IVAN = {"name": "Ivan Petrov", "dateOfBirth": "1955-05-05"}
HIT = {"name": "Ivan Petrov", "birthDate": "1955-05-05", "source": "OFAC", "matchIndicator": 490}
VERDICTS = ("identity", "owners", "authority")


def with_part(chapter: str, name: str, value: Any) -> dict[str, Any]:
    """The good result with one more element, in a chapter or ('') at the top."""
    document = good()
    node: Any = document
    for step in chapter.split(".") if chapter else ():
        node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
    node[name] = value
    return document


def told(found: Result) -> list[tuple[str, str]]:
    return [
        (warning.topic, str(warning.words)) for warning in found.warnings if warning.code == "parts_not_read"
    ]


def test_a_verdict_is_not_in_order_beside_what_is_not_read_of_its_chapter() -> None:
    table: tuple[tuple[str, str, Any, str], ...] = (
        ("ownership", "beneficialOwners", [IVAN], "owners"),
        ("ownership", "beneficialOwner", IVAN, "owners"),
        ("ownership", "ultimateOwners", ["Ivan Petrov"], "owners"),
        ("ownership", "indirectShareholders", [{"share": 51}], "owners"),
        ("ownership", "error", "timeout", "owners"),
        ("ownership", "status", "FAILED", "owners"),
        ("ownership", "message", "Ownership could not be determined", "owners"),
        ("ownership", "incomplete", True, "owners"),
        ("ownership", "complete", False, "owners"),
        ("ownership", "numberOfOwnersLeftOut", 0, "owners"),
        ("ownership.metadata", "status", "FAILED", "owners"),
        ("ownership.shareholders.0", "votes", 12.5, "owners"),
        ("ownership.shareholders.0", "pledged", False, "owners"),
        ("ownership.beneficials.0", "nominee", True, "owners"),
        ("roles.metadata", "warning", "register not reached", "authority"),
        ("roles.chairman", "endDate", "2019-01-01", "authority"),
        ("authorities", "warnings", ["stale"], "authority"),
        ("authorities.signatureRights", "validUntil", "2019-01-01", "authority"),
        ("authorities.signatureRights.options.0.required.0", "resigned", True, "authority"),
        ("keyInformation", "isActive", False, "identity"),
        ("keyInformation", "shareCapital", {"amount": 30000}, "identity"),
        ("address", "undeliverable", True, "identity"),
        ("address.visitingAddress", "careOf", "X", "identity"),
        ("financials", "error", "timeout", "identity"),
        ("links", "status", "FAILED", "identity"),
    )
    for chapter, name, value, topic in table:
        found = judged(with_part(chapter, name, value))
        assert states(found)[topic] == State.POINTS_TO_CHECK, (chapter, name)
        points = [
            caution for caution in found.cautions if caution.code in ("parts_not_read", "elements_not_read")
        ]
        assert [str(point.topic) for point in points] == [topic], (chapter, name)
        assert f".{name}”" in str(points[0].text), (chapter, name)
        others = {verdict for verdict in VERDICTS if verdict != topic}
        assert {states(found)[other] for other in others} == {State.IN_ORDER}, (chapter, name)


def test_what_is_not_read_at_the_top_concerns_the_identity_and_what_its_words_name() -> None:
    everything = {*VERDICTS, "sanctions"}
    table: tuple[tuple[str, Any, set[str]], ...] = (
        ("somethingElse", 7, {"identity"}),
        ("beneficialOwners", [IVAN], {"identity", "owners"}),
        ("ultimate_owner", IVAN, {"identity", "owners"}),
        ("Share-Register", ["x"], {"identity", "owners"}),
        ("extra", {"shareClasses": [1]}, {"identity", "owners"}),
        ("boardRoles", ["x"], {"identity", "authority"}),
        ("procurators", ["x"], {"identity", "authority"}),
        ("signingRules", "two together", {"identity", "authority"}),
        ("screenings", [{"name": "x"}], {"identity", "sanctions"}),
        ("pepScreening", False, {"identity", "sanctions"}),
        ("errors", ["timeout"], everything),
        ("error", {"code": 504}, everything),
        ("status", "PARTIAL", everything),
        ("message", "Some chapters could not be read", everything),
        ("warning", True, everything),
        ("isIncomplete", "yes", everything),
        ("meta", {"state": "FAILED"}, everything),
    )
    for name, value, topics in table:
        found = judged(with_part("", name, value))
        sentences = {
            str(caution.topic)
            for caution in found.cautions
            if caution.code in ("parts_not_read", "screening_not_all_read")
        }
        assert sentences == topics, name
        assert {verdict for verdict in VERDICTS if states(found)[verdict] == State.IN_ORDER} == {
            *VERDICTS
        } - topics, name


def test_what_is_empty_or_known_to_be_good_is_not_told() -> None:
    table: tuple[tuple[str, Any], ...] = (
        *(("beneficialOwners", nothing) for nothing in (None, "", " ", [], {}, {"a": [None, {}]}, [[]])),
        *(("status", good) for good in ("OK", "ok", "COMPLETED", "Success", 200)),
        *(("errors", none) for none in ([], None, 0, False, "none")),
        ("message", "OK"),
        ("incomplete", False),
        ("complete", True),
        ("meta", {"status": "COMPLETE", "errors": [], "warning": "no"}),
    )
    before = states(judged(good()))
    for chapter in ("", "ownership", "sanction"):
        for name, value in table:
            if (chapter, name) not in {("sanction", "status"), ("sanction", "message")}:
                found = judged(with_part(chapter, name, value))
                assert states(found) == before, (chapter, name, value)
                assert "parts_not_read" not in [caution.code for caution in found.cautions], (
                    chapter,
                    name,
                    value,
                )


def test_what_is_not_read_is_counted_kind_by_kind_and_named() -> None:
    document = good()
    document["ownership"]["shareholders"] = [{**IVAN, "percentage": 1, "votes": 1, "class": "A"}] * 40
    document["ownership"]["error"] = "timeout"
    (caution,) = [warning for warning in result(document).warnings if warning.code == "parts_not_read"]
    assert (caution.topic, caution.words) == (Topic.OWNERS, "3 things not read")
    assert str(caution.text).startswith(
        "The result holds 3 things here that this portal does not read: “ownership.shareholders[].votes”, "
        "“ownership.shareholders[].class”, “ownership.error”."
    )
    assert "holds 3 things here" in page(result(document), "ownership/_ownership").text


def test_a_screening_with_a_failure_beside_its_no_hits_is_not_clear() -> None:
    for name, value in (("error", "timeout"), ("incomplete", True), ("warnings", 2), ("listStatus", "STALE")):
        assert not result(with_part("sanction", name, value)).screening.is_clear, name
        assert not result(with_part("", name, value)).screening.is_clear, name
    assert result(with_part("sanction", "errors", 0)).screening.is_clear


def compared(chapter: str, name: str, value: Any) -> tuple[Any, Any, list[str]]:
    document = with_part(chapter, name, value)
    document["sanction"] |= {"status": "SANCTION", "sanctionResults": [HIT]}
    found = result(document)
    (hit,) = found.screening.hits
    assert hit.comparison is not None
    party = hit.comparison.party
    return (party.name if party else None), str(hit.comparison.lines[0].verdict), codes(found)


def test_a_hit_is_compared_with_people_of_parts_that_are_not_read() -> None:
    table: tuple[tuple[str, str, Any], ...] = (
        ("ownership", "beneficialOwners", [IVAN]),
        ("ownership", "ultimateOwner", IVAN),
        (
            "ownership",
            "chain",
            {"levels": [{"owners": [{"firstName": "Ivan", "lastName": "Petrov"} | IVAN]}]},
        ),
        ("ownership", "shareholder", [IVAN]),
        ("authorities", "attorneys", [IVAN]),
        ("financials", "banker", IVAN),
        ("", "beneficialOwners", [IVAN]),
        ("", "x", {"NAME": "Ivan Petrov", "date_of_birth": "1955-05-05"}),
    )
    for chapter, name, value in table:
        party, line, sentence = compared(chapter, name, value)
        assert (party, line, "likely_hit" in sentence) == ("Ivan Petrov", "equal", True), (chapter, name)


def test_the_name_of_a_hit_is_different_from_nobody_who_was_not_read() -> None:
    table: tuple[tuple[str, str, Any, str], ...] = (
        ("ownership", "beneficialOwners", ["Ivan P."], "unknown"),
        ("ownership", "ultimateOwner", "I. Petroff", "unknown"),
        ("ownership", "error", "timeout", "unknown"),
        ("keyInformation", "contact", "Petrov", "unknown"),
        ("", "people", {"first": ["someone"]}, "unknown"),
        ("ownership", "votes", 12, "different"),
        ("ownership", "updated", "2026-01-01", "different"),
        ("ownership.metadata", "register", "Brønnøysund", "different"),
        ("sanction", "matches", [{"name": "Ivan Petrov"}], "different"),
    )
    for chapter, name, value, line in table:
        assert compared(chapter, name, value)[:2] == (None, line), (chapter, name)


def test_honest_results_hold_nothing_that_is_not_read() -> None:
    odd = {"no_general_roles", "no_odd", "no_hostile"}
    for name in NAMES:
        assert bool(told(of(name))) is (name in odd), name
    for organisation in Universe().organisations[::5]:
        is_odd = "newField" in organisation.result.get("keyInformation", {})
        assert bool(told(result(organisation.result))) is is_odd, organisation.scope
