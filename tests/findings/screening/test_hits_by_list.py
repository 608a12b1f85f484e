"""A hit belongs to the verdict of its list, is counted once, and a party it is like is told of once."""

import re
from typing import Any

from cases.findings.screening.hit_counts import HitCount
from cases.findings.verdicts.signs import hit_count, kept
from cases.findings.vocabulary.sections import Topic
from tests.findings.reading import result
from tests.findings.verdicts.test_verdicts import good, judged, states

INGRID = {"name": "Ingrid Solvang", "birthDate": "1968-11-02", "matchIndicator": 480}
OTHER = {"name": "Somebody Else", "matchIndicator": 100}
LISTS = {"sources": ["EU_GLOBAL", "OFAC", "PEP_EDGE"]}
EU, PEP = {"source": "EU_GLOBAL"}, {"source": "PEP_EDGE"}


def listed(*hits: dict[str, Any], status: str = "SANCTION") -> dict[str, Any]:
    return {**good(), "sanction": {"status": status, "sanctionResults": [*hits], "metadata": LISTS}}


def said(document: dict[str, Any], topic: Topic) -> list[str]:
    """The parts of a verdict that speak of hits or of a list."""
    because = map(str, judged(document).verdict(topic).because)
    return [words for words in because if "hit" in words.lower()]


def test_a_hit_bears_on_the_verdict_of_its_list_and_on_no_other() -> None:
    none_of_sanctions = ["No hit of a sanctions list is listed"]
    none_of_pep = ["No hit of these lists is listed"]
    table: list[tuple[tuple[dict[str, Any], ...], list[str], list[str], str]] = [
        (({**OTHER, **PEP},), none_of_sanctions, ["1 open hit"], "1 open hit (PEP)"),
        (({**OTHER, **EU},), ["1 open hit"], none_of_pep, "1 open hit (sanctions)"),
        (
            ({**OTHER, **EU}, {**OTHER, **EU}, {**OTHER, **PEP}),
            ["2 open hits"],
            ["1 open hit"],
            "3 open hits (2 sanctions, 1 PEP)",
        ),
        ((OTHER,), ["1 open hit, list not told"], ["1 hit of a list not told"], "1 open hit (list not told)"),
        (
            (OTHER, {**OTHER, **EU}, {**OTHER, **PEP}),
            ["2 open hits, 1 of them list not told"],
            ["1 open hit", "1 hit of a list not told"],
            "3 open hits (1 sanctions, 1 PEP, 1 list not told)",
        ),
        (
            ({**INGRID, **EU}, {**OTHER, **EU}, {**OTHER, **EU}),
            ["3 open hits, 1 of them likely"],
            none_of_pep,
            "3 open hits (sanctions), 1 of them likely",
        ),
        (({**INGRID, **PEP},), none_of_sanctions, ["1 open hit, likely"], "1 open hit (PEP)"),
    ]
    for hits, sanctions, pep, total in table:
        document = listed(*hits)
        assert said(document, Topic.SANCTIONS) == sanctions, hits
        assert said(document, Topic.PEP) == pep, hits
        assert result(document).screening.hit_count.words == total, hits


def test_a_likely_hit_is_an_alarm_of_sanctions_and_the_first_point_to_check_of_pep() -> None:
    document = listed({**INGRID, **PEP}, {**OTHER, **PEP})
    found = judged(document)
    assert (states(found)["sanctions"], states(found)["pep"]) == ("points_to_check", "points_to_check")
    of_pep = [caution for caution in found.cautions if caution.topic is Topic.PEP]
    assert [item.code for item in of_pep] == ["likely_pep_hit", "pep_hits", "pep_parties_not_told"]
    assert str(of_pep[0].text).startswith("Likely PEP hit: Ingrid Solvang")
    assert not found.alarms
    assert states(judged(listed({**INGRID, **EU})))["sanctions"] == "alarm"
    assert result(document).screening.likely == ()
    assert kept(found.verdicts, result(document).screening)["pep_hits"] == 2


def test_one_of_ours_on_several_lists_is_one_alarm_that_names_them_all() -> None:
    table: list[tuple[tuple[dict[str, Any], ...], list[str]]] = [
        (({**INGRID, **EU}, {**INGRID, "source": "OFAC"}), ["EU consolidated list", "OFAC (US)"]),
        (({**INGRID, **EU},), ["EU consolidated list"]),
        (({**INGRID, **EU}, {**INGRID, **PEP}), ["EU consolidated list"]),
        (({**INGRID, **EU},) * 7, ["and 2 more"]),
    ]
    for hits, lists in table:
        found = judged(listed(*hits))
        assert [alarm.code for alarm in found.alarms] == ["likely_hit"], hits
        text = str(found.alarms[0].text)
        assert [item for item in lists if item not in text] == [], text
        assert re.search("in name,( kind,)? date of birth", text), text


def test_without_a_status_word_pep_hits_alone_say_nothing_of_sanctions_lists() -> None:
    document = listed({**OTHER, **PEP}, status="")
    assert "screening_status_not_told" in [alarm.code for alarm in judged(document).alarms]
    assert "screening_status_not_told" not in [
        alarm.code for alarm in judged(listed({**OTHER, **EU}, status="")).alarms
    ]


def test_what_there_is_to_judge_is_told_by_the_kind_of_list() -> None:
    table = {
        HitCount(2): "2 sanctions hits",
        HitCount(1, pep=1): "1 PEP hit",
        HitCount(3, pep=1, likely=1): "2 sanctions hits and 1 PEP hit",
        HitCount(1, without_list=1): "1 hit of a list not told",
        HitCount(4, pep=1, without_list=2): "1 sanctions hit, 1 PEP hit and 2 hits of lists not told",
        HitCount(0): "0 open hits",
    }
    assert {count: count.each for count in table} == table
    likely = {
        HitCount(3, likely=2): "2 likely sanctions hits",
        HitCount(2, likely=1, without_list=1): "1 likely hit",
    }
    assert {count: count.likely_words for count in likely} == likely


def test_a_case_keeps_what_its_count_needs() -> None:
    screening = result(listed(OTHER, {**OTHER, **EU}, {**OTHER, **PEP})).screening
    found = hit_count(kept(judged(listed(OTHER)).verdicts, screening), 3, 0)
    assert found == screening.hit_count
