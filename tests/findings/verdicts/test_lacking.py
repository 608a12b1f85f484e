"""What is lacking is a point to check, counted as any other; where nothing came, nothing was done."""

from typing import Any

import pytest

from cases.findings.result import Result, read
from cases.findings.verdicts.summary import Summary, summary
from cases.findings.verdicts.verdicts import ABSENT
from cases.findings.vocabulary.presence import Kind
from cases.findings.vocabulary.sections import Topic
from cases.workflows.results.derive import screening_of
from tests.findings.reading import CONTRACT, ordered, result
from tests.findings.verdicts.test_verdicts import changed, evidence, good, judged

CHAPTERS = (Topic.IDENTITY, Topic.OWNERS, Topic.AUTHORITY, Topic.SANCTIONS, Topic.PEP)


def without(*words: str) -> tuple[str, ...]:
    return tuple(expand for expand in CONTRACT.expands if expand not in words)


def points(found: Summary, topic: Topic) -> dict[str, str]:
    return {caution.code: str(caution.words) for caution in found.cautions if caution.topic is topic}


TABLE: tuple[tuple[dict[str, Any], tuple[str, ...], Topic, str, str], ...] = (
    (changed("keyInformation.name", "N/A"), (), Topic.IDENTITY, "name_not_stated", "Name not stated"),
    (
        changed("keyInformation.statusCodes", None),
        (),
        Topic.IDENTITY,
        "status_not_stated",
        "Status not stated",
    ),
    (changed("address", {}), (), Topic.IDENTITY, "address_not_stated", "Address not stated"),
    (changed("address", None), ("address",), Topic.IDENTITY, "part_not_ordered", "Address not ordered"),
    (
        changed("address", None),
        (),
        Topic.IDENTITY,
        "chapters_not_delivered",
        "Addresses: not delivered by the provider",
    ),
    (
        changed("ownership.shareholders", []),
        (),
        Topic.OWNERS,
        "no_shareholders",
        "No shareholders listed",
    ),
    (
        changed("ownership.shareholders", None),
        ("ownership.shareholders",),
        Topic.OWNERS,
        "part_not_ordered",
        "Shareholders not ordered",
    ),
    (
        changed("ownership.beneficials", None),
        ("ownership.beneficials",),
        Topic.OWNERS,
        "part_not_ordered",
        "Beneficial owners not ordered",
    ),
    (changed("authorities", {}), (), Topic.AUTHORITY, "authority_not_stated", "Searched, nothing found"),
    (
        changed("sanction.message", "Timed out."),
        (),
        Topic.SANCTIONS,
        "no_hit_unreliable",
        "‘No hits’ cannot be relied upon",
    ),
)


@pytest.mark.parametrize(("document", "left_out", "topic", "code", "words"), TABLE)
def test_every_reason_of_a_verdict_that_is_not_in_order_is_a_point_to_check(
    document: dict[str, Any], left_out: tuple[str, ...], topic: Topic, code: str, words: str
) -> None:
    found = judged(document, expands=without(*left_out))
    verdict = found.verdict(topic)
    assert str(verdict.state) == "points_to_check"
    assert points(found, topic)[code] == words
    assert words in [str(text) for text in verdict.because]


def test_what_was_ordered_of_the_owners_is_told_beside_what_was_not() -> None:
    found = judged(changed("ownership.shareholders", None), expands=without("ownership.shareholders"))
    because = [str(text) for text in found.verdict(Topic.OWNERS).because]
    assert because == ["Shareholders not ordered", "1 beneficial owner"]
    neither = good() | {"ownership": {}}
    nobody = judged(neither, expands=without("ownership.shareholders", "ownership.beneficials"))
    assert [str(text) for text in nobody.verdict(Topic.OWNERS).because] == ["Not ordered with this capture"]


def test_the_screening_of_pep_is_not_done_where_no_screening_was_ordered_or_came() -> None:
    table: tuple[tuple[dict[str, Any], tuple[str, ...], str], ...] = (
        (changed("sanction", None), ("sanction",), "Not ordered with this capture"),
        (changed("sanction", None), (), "Failed: not delivered by the provider"),
    )
    for document, left_out, words in table:
        verdict = judged(document, expands=without(*left_out)).verdict(Topic.PEP)
        assert (str(verdict.state), [str(text) for text in verdict.because]) == ("not_done", [words])


def nothing(capture: str, reason: str = "") -> Result:
    return read(None, ordered(capture=capture, reason=reason))


def test_where_no_result_came_nothing_was_done_whatever_became_of_it() -> None:
    for capture in ("waiting", "failed", "expired", "unreadable", "not_sent", "stopped", "number_unknown"):
        found = summary(nothing(capture), evidence(documents=()))
        states = {str(found.verdict(topic).state) for topic in CHAPTERS if topic is not Topic.SANCTIONS}
        assert states == {"not_done"}, capture


def test_of_an_order_that_was_refused_or_is_not_confirmed_each_place_says_the_same() -> None:
    table = (
        (
            "number_unknown",
            "screening_not_possible",
            "Nobody was screened",
            "No order was taken under this number",
        ),
        ("order_refused", "screening_not_possible", "Nobody was screened", "The order was refused"),
        ("not_confirmed", "screening_not_confirmed", None, "Order not confirmed"),
        ("stopped", "screening_not_confirmed", None, "Order stopped"),
    )
    for capture, code, first, words in table:
        found = summary(nothing(capture), evidence(documents=()))
        verdict = found.verdict(Topic.SANCTIONS)
        assert code in [caution.code for caution in found.cautions], capture
        assert (str(verdict.state), verdict.has_alarm) == ("not_done", first is not None), capture
        assert words in [str(text) for text in verdict.because], capture
        assert str(ABSENT[Kind(capture)]) == words, capture
        assert screening_of(nothing(capture).screening) == "NOT_RUN", capture


def test_of_a_number_under_which_no_order_was_taken_nobody_was_screened() -> None:
    found = summary(nothing("number_unknown"), evidence(documents=()))
    verdict = found.verdict(Topic.SANCTIONS)
    assert [alarm.code for alarm in found.alarms] == ["screening_not_possible"]
    assert (str(verdict.state), verdict.has_alarm) == ("not_done", True)
    assert str(verdict.because[0]) == "Nobody was screened"
    assert screening_of(nothing("number_unknown").screening) == "NOT_RUN"
    assert screening_of(nothing("failed").screening) == "UNCERTAIN"
    assert screening_of(result(good()).screening) == "NONE"
