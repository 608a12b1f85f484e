"""What an order left out is read from the newest earlier capture that had it, however its names are written."""

import datetime
from typing import Any

import pytest

from cases.findings.captures.joining import Joined, Origin, Part, join
from cases.findings.result import Result, read_joined
from cases.findings.vocabulary.presence import Kind, OrderedParts
from cases.provider.contract import Contract
from cases.provider.result.bounds import Document

AT = datetime.datetime(2026, 11, 26, tzinfo=datetime.UTC)
BASIC, OFAC = Contract.scope_basic, Contract.scope_ofac
HIT = {"status": "SANCTION", "sanctionResults": [{"name": "Kari Nordmann"}]}
OWNER, HOLDER = {"name": "Kari Nordmann"}, {"name": "Holding AS", "percentage": 100}
FIRM = {"keyInformation": {"name": "Firma AS", "organizationNumber": "317835337"}}


def ordered(*words: str, scopes: tuple[str, ...] = (BASIC, OFAC)) -> OrderedParts:
    return OrderedParts(expands=words, reports=(), scopes=scopes)


def part(number: int, document: dict[str, Any] | None, *words: str, **kwargs: Any) -> Part:
    return Part(document, ordered(*words, **kwargs), Origin(number, AT, f"{number}" * 64))


def joined(document: dict[str, Any], words: tuple[str, ...], *earlier: Part, **kwargs: Any) -> Joined:
    return join(FIRM | document, ordered(*words), earlier, **kwargs)


def said(document: dict[str, Any], words: tuple[str, ...], *earlier: Part, **kwargs: Any) -> Result:
    return read_joined(joined(document, words, *earlier, **kwargs))


def names(result: Result) -> tuple[list[str | None], ...]:
    owned = result.ownership
    return (
        [hit.name for hit in result.screening.hits],
        [beneficial.name for beneficial in owned.beneficials],
        [shareholder.name for shareholder in owned.shareholders],
    )


OWNED = ("ownership.beneficials", "ownership.shareholders")
BOTH = {"ownership": {"beneficials": [OWNER], "shareholders": [HOLDER]}, "sanction": HIT}
SPELLED = {"Sanction": HIT, "OWNERSHIP": {"Beneficial": [OWNER], "share_holders": [HOLDER]}}
PART_SPELLED = {"Ownership": {"BENEFICIALS": [{"name": "Ola Nordmann"}], "shareholders": None}}
OTHER = {"name": "Ola Nordmann"}
KARI, OLA, HOLDING = ["Kari Nordmann"], ["Ola Nordmann"], ["Holding AS"]
SOME: dict[str, tuple[dict[str, Any], tuple[str, ...], dict[str, Any], tuple[list[str], ...]]] = {
    "nothing of it": ({}, (), BOTH, (KARI, KARI, HOLDING)),
    "null": ({"sanction": None, "ownership": None}, (), BOTH, (KARI, KARI, HOLDING)),
    "empty": ({"sanction": {}, "ownership": {}}, (), BOTH, (KARI, KARI, HOLDING)),
    "other names": (
        {},
        (),
        {"Sanction": HIT, "OWNERSHIP": {"Beneficial": [OWNER], "share_holders": [HOLDER]}},
        (KARI, KARI, HOLDING),
    ),
    "a part": ({"ownership": {"beneficials": [OTHER]}}, OWNED[:1], BOTH, (KARI, OLA, HOLDING)),
    "a part of other names": (
        {"Ownership": {"BENEFICIALS": [OTHER], "shareholders": None}},
        OWNED[:1],
        BOTH,
        (KARI, OLA, HOLDING),
    ),
    "a list of one object": (
        {"ownership": [{"beneficials": [OTHER]}]},
        OWNED[:1],
        BOTH,
        (KARI, OLA, HOLDING),
    ),
    "came unordered": (
        {"sanction": {"status": "NONE", "sanctionResults": []}},
        (),
        BOTH,
        ([], KARI, HOLDING),
    ),
    "ordered anew, nobody": ({"ownership": {"beneficials": []}}, OWNED[:1], BOTH, (KARI, [], HOLDING)),
    "ordered anew, not delivered": ({}, ("sanction",), BOTH, ([], KARI, HOLDING)),
    "in a form that is not read": ({"ownership": "see attachment"}, OWNED[:1], BOTH, (KARI, [], [])),
}


@pytest.mark.parametrize(("document", "words", "before", "found"), SOME.values(), ids=SOME)
def test_each_element_is_of_the_newest_capture_that_ordered_it(
    document: dict[str, Any], words: tuple[str, ...], before: dict[str, Any], found: tuple[list[str], ...]
) -> None:
    assert names(said(document, words, part(1, before, *OWNED, "sanction"))) == found


def test_of_several_before_the_newest_that_ordered_it_counts_and_is_named() -> None:
    second = part(2, {"ownership": {"beneficials": [OTHER]}}, OWNED[0])
    result = said({}, (), second, part(1, BOTH, *OWNED, "sanction"))
    assert names(result) == (KARI, OLA, HOLDING)
    assert {word: item.number for word, item in result.origins} == {
        "ownership.beneficials": 2,
        "ownership.shareholders": 1,
        "sanction": 1,
    }


def test_what_was_searched_without_a_find_stays_that_and_is_not_undelivered() -> None:
    for nobody in ({"ownership": {}}, {"ownership": {"beneficials": [], "shareholders": {}}}):
        nothing = said({}, (), part(1, nobody, *OWNED)).nothing
        assert {nothing[word].kind for word in OWNED} == {Kind.NOTHING_FOUND}


def test_an_empty_chapter_says_of_each_part_that_was_ordered_that_nothing_was_found() -> None:
    for empty in ({}, {"metadata": {"sources": ["PROFF"]}}, [{}]):
        result = said({"ownership": empty}, OWNED[1:], part(1, BOTH, OWNED[0]))
        assert names(result)[1] == KARI
        assert result.nothing[OWNED[1]].kind is Kind.NOTHING_FOUND


def test_what_an_earlier_capture_ordered_and_cannot_be_had_is_never_not_ordered() -> None:
    for before in (
        None,
        {},
        {"sanction": None, "ownership": None},
        {"ownership": {"shareholders": [HOLDER]}},
    ):
        for came in (
            {},
            {"sanction": {}, "ownership": {}},
            {"ownership": {"beneficials": [], "metadata": {}}},
        ):
            result = said(came, (), part(1, before, "sanction", OWNED[0]))
            kinds = {word: result.nothing[word].kind for word in ("sanction", OWNED[0])}
            assert set(kinds.values()) == {Kind.FAILED}, (before, came, kinds)


def test_a_screening_brings_what_keeps_it_from_clear() -> None:
    clear = {"status": "NONE", "sanctionResults": [], "metadata": {"sources": ["OFAC"]}}
    before = {"sanction": clear, "sanctions": [{"name": "Kari Nordmann"}]}
    assert said({}, (), part(1, {"sanction": clear}, "sanction")).screening.is_clear
    assert not said({}, (), part(1, before, "sanction")).screening.is_clear
    assert not said({"sanctions": []}, (), part(1, before, "sanction")).screening.is_clear
    cut = Document({"sanction": clear}, {"sanction": 7})
    assert said({}, (), part(1, cut, "sanction")).cut == {"sanction": 7}


def test_what_is_not_read_of_an_earlier_capture_keeps_its_verdicts_from_being_in_order() -> None:
    """Beside the chapters, and in them."""
    frozen = {"sharesFrozen": True}
    for before in (
        BOTH | {"ownersDisputed": frozen},
        {**BOTH, "ownership": {**BOTH["ownership"], "disputed": frozen}},
    ):
        codes = {warning.code for warning in said({}, (), part(1, before, *OWNED)).warnings}
        assert "parts_not_read" in codes
        assert "parts_not_read" not in {
            warning.code for warning in said({}, (), part(1, BOTH, *OWNED)).warnings
        }


def test_the_access_of_the_capture_that_screened_tells_whether_ofac_was_searched() -> None:
    nobody = {"status": "NONE", "sanctionResults": [], "metadata": {"sources": ["EU"]}}
    before = part(1, {"sanction": nobody}, "sanction", scopes=(BASIC,))
    assert said({}, (), before).screening.ofac_searched is False
    assert joined({}, (), before).ordered.scopes == (BASIC,)
    assert joined({}, ("sanction",), before).ordered.scopes == (BASIC, OFAC)


NOBODY = {"sanction": {"status": "NONE", "sanctionResults": [], "metadata": {"sources": ["EU"]}}}


def codes(result: Result, *wanted: str) -> list[tuple[str, str]]:
    return [(warning.code, warning.topic) for warning in result.warnings if warning.code in wanted]


def test_what_was_ordered_anew_in_vain_is_told_and_an_older_no_hits_is_not_clear() -> None:
    before = part(1, BOTH | NOBODY, *OWNED, "sanction")
    accounts = ("financials.accounting",)
    assert said({}, accounts, before).screening.is_clear
    result = said({}, accounts, before, not_renewed=[("sanction", 2), (OWNED[0], 2)])
    found_codes = codes(result, "screening_not_renewed", "chapters_not_renewed", "no_hit_unreliable")
    assert found_codes == [("screening_not_renewed", "sanctions"), ("chapters_not_renewed", "owners")]
    assert not result.screening.is_clear
    assert "screening_not_renewed" in {caution.code for caution in result.screening.cautions}
    (screening,) = (
        str(warning.text) for warning in result.warnings if warning.code == "screening_not_renewed"
    )
    assert "capture 2" in screening
    assert "capture 1" in screening
    apart = said({}, accounts, before, not_renewed=[(OWNED[0], 2), (OWNED[1], 3)])
    texts = [str(warning.text) for warning in apart.warnings if warning.code == "chapters_not_renewed"]
    assert ["capture 2, " in texts[0], "capture 3, " in texts[1]] == [True, True]
    figures = said({}, (), part(1, {}, *accounts), not_renewed=[(accounts[0], 2)])
    assert codes(figures, "chapters_not_renewed") == [("chapters_not_renewed", "figures")]
    newest = said(NOBODY, ("sanction",), not_renewed=[("sanction", 2)])
    assert codes(newest, "screening_not_renewed")
    assert not newest.screening.is_clear
    came_unordered = said(NOBODY, (), before, not_renewed=[("sanction", 2)])
    assert not codes(came_unordered, "screening_not_renewed")


def test_a_screening_older_than_the_parties_beside_it_is_told() -> None:
    everything = part(1, BOTH | NOBODY, *OWNED, "roles", "sanction")
    owners = {"ownership": BOTH["ownership"]}
    later = part(2, owners, OWNED[0])
    cases: tuple[tuple[Result, str], ...] = (
        (said(owners, OWNED, everything), "Shareholders, Beneficial owners"),
        (said({}, (), later, everything), "Beneficial owners"),
        (said({"roles": []}, ("roles",), everything), "Roles"),
        (said({}, ("financials.accounting", "address"), everything), ""),
        (said(NOBODY, ("sanction",), everything), ""),
        (said(owners | NOBODY, (*OWNED, "sanction"), everything), ""),
    )
    for result, chapters in cases:
        (found,) = [
            str(warning.text) for warning in result.warnings if warning.code == "screening_before_parties"
        ] or [""]
        assert (f": {chapters}." in found) if chapters else not found, (found, chapters)


def test_trouble_that_an_earlier_result_told_is_not_hidden_by_a_newer_that_went_well() -> None:
    newest: tuple[dict[str, Any], ...] = ({"status": "OK"}, {"status": None}, {})
    for newer in newest:
        before = part(1, BOTH | {"status": "PARTIAL_FAILURE"}, *OWNED)
        topics = {topic for _code, topic in codes(said(newer, (), before), "parts_not_read")}
        assert "owners" in topics, newer
    assert not codes(said({"status": "OK"}, (), part(1, BOTH | {"status": "OK"}, *OWNED)), "parts_not_read")
    worse = said({"status": "FAILED"}, (), part(1, BOTH | {"status": "OK"}, *OWNED))
    assert codes(worse, "parts_not_read")
