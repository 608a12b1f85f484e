"""The verdict on politically exposed persons: 'no hits' only where no hit may be of their lists."""

from typing import Any

from tests.findings.verdicts.test_verdicts import good, judged, states

LISTS = {"sources": ["EU_GLOBAL", "OFAC", "PEP_AC"]}
HIT = {"name": "Kari Nord", "matchIndicator": 480}
SAYS_NONE = ("No hits", "No hit of these lists is listed")


def screened(**sanction: Any) -> dict[str, Any]:
    return {**good(), "sanction": {"metadata": LISTS, **sanction}}


def because(document: dict[str, Any]) -> list[str]:
    (verdict,) = [item for item in judged(document).verdicts if item.topic == "pep"]
    return [str(words) for words in verdict.because]


def test_no_hits_is_not_said_beside_what_may_be_one() -> None:
    table: tuple[tuple[dict[str, Any], str], ...] = (
        ({"status": "SANCTION", "sanctionResults": [HIT]}, "1 hit of a list not told"),
        ({"status": "SANCTION", "sanctionResults": [{**HIT, "source": None}]}, "1 hit of a list not told"),
        ({"status": "SANCTION", "sanctionResults": [{**HIT, "source": "ODD"}]}, "1 hit of a list not told"),
        ({"status": "SANCTION", "sanctionResults": [{**HIT, "source": ["PEP"]}]}, "1 hit of a list not told"),
        ({"status": "NONE", "sanctionResults": [HIT, HIT | {"name": "B"}]}, "2 hits of lists not told"),
        ({"status": "NONE", "sanctionResults": ["Kari Nord"]}, "A hit that cannot be read"),
        ({"status": "SANCTION", "sanctionResults": ["Kari Nord"]}, "A hit that cannot be read"),
        ({"status": "SANCTION", "sanctionResults": []}, "Hits said, and none listed"),
        ({"status": "SANCTION"}, "Hits said, and none listed"),
        ({"status": "NONE", "hits": [HIT]}, "The screening was not all read, or contradicts itself"),
        (
            {"status": "NONE", "sanctionResult": [HIT]},
            "The screening was not all read, or contradicts itself",
        ),
    )
    for sanction, words in table:
        found = screened(**sanction)
        assert states(judged(found))["pep"] == "points_to_check", sanction
        assert words in because(found), sanction
        assert not {*SAYS_NONE} & {*because(found)}, sanction


def test_what_is_of_no_such_list_is_said_to_be_none_of_these() -> None:
    assert "No hits" in because(screened(status="NONE", sanctionResults=[]))
    other = screened(status="SANCTION", sanctionResults=[{**HIT, "source": "EU_GLOBAL"}])
    assert "No hit of these lists is listed" in because(other)


def test_hits_of_these_lists_count_also_where_the_lists_are_not_named() -> None:
    for sources in (LISTS["sources"], [], ["EU_GLOBAL"]):
        hit = {**HIT, "source": "PEP_EDGE"}
        found = {
            **good(),
            "sanction": {"status": "SANCTION", "sanctionResults": [hit], "metadata": {"sources": sources}},
        }
        assert states(judged(found))["pep"] == "points_to_check", sources
        assert "1 open hit" in because(found), sources


def test_what_is_not_told_is_not_said_to_be_not_searched() -> None:
    nobody, outcome = "Not told whether it was searched", "Not told what came of the search"
    table: tuple[tuple[dict[str, Any], list[str], str], ...] = (
        ({"status": "NONE"}, ["EU_GLOBAL", "OFAC"], "Not searched"),
        ({"status": "NONE"}, ["EU_GLOBAL", "A_LIST_NOBODY_KNOWS"], nobody),
        ({"status": "NONE"}, [], nobody),
        ({}, ["EU_GLOBAL", "PEP_AC"], outcome),
        ({"status": "UNKNOWN"}, ["EU_GLOBAL", "PEP_AC"], outcome),
        ({"status": "ODD"}, ["PEP_AC"], outcome),
        ({"status": "UNKNOWN"}, ["EU_GLOBAL"], outcome),
    )
    for sanction, sources, words in table:
        found = {**good(), "sanction": {**sanction, "metadata": {"sources": sources}}}
        assert states(judged(found))["pep"] == "cannot_be_known", (sanction, sources)
        assert words in because(found), (sanction, sources)
