"""'No hit' is what the provider says in its own word, of a chapter that was read whole: never what is left over."""

from typing import Any

from cases.findings.captures.evidence import Evidence
from cases.findings.result import Result
from cases.findings.verdicts.summary import summary
from cases.findings.vocabulary.sections import Topic
from cases.models import Case
from cases.provider.contract import Contract
from cases.provider.result.parsing import parse_json
from cases.workflows.results.derive import screening_of
from tests.findings.reading import codes, of, page, result

METADATA = {"sources": ["EU_GLOBAL", "UN_CONSOLIDATED", "OFAC", "HMTREASURY"]}
CLEAR: dict[str, Any] = {"status": "NONE", "sanctionResults": [], "metadata": METADATA}
HIT = {"name": "Olav Prøvesen", "matchIndicator": 480}

NO_HIT_MESSAGES = Contract().no_hit_messages


def screened(**sanction: Any) -> Result:
    return result({"sanction": sanction})


def because(found: Result) -> list[str]:
    return [str(text) for text in summary(found, Evidence()).verdict(Topic.SANCTIONS).because]


def is_cleared(found: Result) -> bool:
    """Does anything that a reader sees say that there is no hit?"""
    shown = page(found, "screening/_screening").text
    shown_ = "No hits" in because(found), "outcome clear" in page(found, "screening/_screening").html
    column = screening_of(found.screening) == Case.Screening.NONE
    assert {*shown_, column, shown.count(" No hits Outcome ") == 1} in ({True}, {False}), (
        shown_,
        column,
        shown,
    )
    return column


def test_an_empty_screening_says_what_the_documentation_says_and_is_no_all_clear() -> None:
    table: list[dict[str, Any]] = [
        {},
        {"metadata": METADATA},
        {"metaData": METADATA},
        {"METADATA": METADATA},
        {"sanctionResults": []},
        {"sanctionResults": {}},
        {"sanctionResults": [], "metadata": METADATA},
        {"status": None},
        {"status": "", "message": " "},
        {"status": None, "message": None, "sanctionResults": None, "metadata": None},
        {"status": None, "results": []},
    ]
    for sanction in table:
        found = screened(**sanction)
        assert {"screening_status_not_told", "screening_empty"} & {*codes(found)} == {"screening_empty"}, (
            sanction
        )
        assert str(found.nothing["sanction"].kind) == "nothing_found", sanction
        assert not is_cleared(found), sanction
        assert "Screening came empty: no outcome in words" in because(found), sanction
        assert screening_of(found.screening) == Case.Screening.UNCERTAIN, sanction
        for template in ("screening/_screening", "overview/_overview_facts"):
            text = page(found, template).text
            assert "Searched, nothing found" in text, (sanction, template)
            assert "‘no hits’ is not said" in text, (sanction, template)


def test_lists_that_an_empty_screening_names_are_shown() -> None:
    assert (
        "Lists named: EU consolidated list, UN consolidated list"
        in page(screened(metadata=METADATA), "screening/_screening").text
    )


def test_a_screening_that_holds_something_and_no_status_is_an_alarm() -> None:
    for sanction in (
        {"message": "No hits."},
        {"searched": 7},
        {"matches": [HIT]},
        {"status": None, "reference": "x"},
    ):
        found = screened(**sanction)
        assert {"screening_status_not_told", "screening_empty"} & {*codes(found)} == {
            "screening_status_not_told"
        }, sanction
        assert not is_cleared(found), sanction


def test_the_examples_stay_as_they_are() -> None:
    new = {"screening_empty", "screening_message", "screening_not_all_read"}
    for name in (
        "no_clean",
        "no_holding",
        "no_full",
        "no_bankrupt",
        "no_every_script",
        "se",
        "fi",
        "no_odd",
    ):
        assert not new & {*codes(of(name))}, name
    for name in ("no_clean", "no_holding", "no_every_script", "se", "fi"):
        assert is_cleared(of(name)), name


def test_a_message_that_belongs_to_no_hit_is_only_quoted() -> None:
    for message in (None, "", *NO_HIT_MESSAGES, " no RESULT from sanction  screening "):
        found = screened(**CLEAR, message=message)
        assert is_cleared(found), message
        assert "screening_message" not in codes(found), message


def test_any_other_message_is_told_and_no_all_clear_stands_beside_it() -> None:
    for message in (
        "Error: search timed out",
        "No result from sanction screening. OFAC was not searched.",
        "No hits found in 2 of 4 lists",
        "unknown",
        7,
        False,
    ):
        found = screened(**CLEAR, message=message)
        (caution,) = [warning for warning in found.warnings if warning.code == "screening_message"]
        shown = str(message).lower() if message is False else str(message)
        assert str(caution.text) == f"The provider adds: “{shown}”.", message
        assert caution.words == "A message that is not understood"
        assert not is_cleared(found), message
        assert "‘No hits’ cannot be relied upon" in because(found), message
        assert shown in page(found, "screening/_screening").text
        assert "The provider’s status word: No hits" in page(found, "overview/_overview_facts").text
    assert "screening_message" in codes(screened(**CLEAR, message={"error": "timed out"}))
    assert not is_cleared(screened(**CLEAR, message={"error": "timed out"}))


def test_a_message_beside_hits_is_told_and_beside_a_failure_only_quoted() -> None:
    table = {
        ("SANCTION", NO_HIT_MESSAGES[0]): True,
        ("SANCTION", "Only the first 10 are listed"): True,
        ("SANCTION", None): False,
        ("UNKNOWN", "Screening was interrupted."): False,
        ("MAYBE", "Ask again"): False,
    }
    for (status, message), is_told in table.items():
        found = screened(status=status, message=message, sanctionResults=[HIT])
        assert ("screening_message" in codes(found)) is is_told, (status, message)


def test_names_of_the_screening_are_read_however_they_are_spelled() -> None:
    for name in (
        "sanctionresults",
        "SanctionResults",
        "SANCTION_RESULTS",
        "sanction-results",
        "sanction results",
    ):
        found = screened(status="NONE", **{name: [{"NAME": "Olav Prøvesen", "match_indicator": 480}]})
        assert [(hit.name, hit.match) for hit in found.screening.hits] == [("Olav Prøvesen", 480)], name
        assert "hits_despite_none" in codes(found), name
        assert not found.remainder, name
    for document in ({"Sanction": CLEAR}, {"SANCTION": {"Status": "none", "Sanction_Results": []}}):
        assert result(document).screening.is_clear, document
    assert result({"Sanction": {"status": "UNKNOWN"}}).screening.said == "UNKNOWN"


def test_two_spellings_that_differ_contradict_each_other() -> None:
    table: dict[str, dict[str, Any]] = {
        "sanction.status": {**CLEAR, "Status": "SANCTION"},
        "sanction.sanctionResults": {"sanctionResults": [{"name": "A"}], "sanctionresults": [{"name": "B"}]},
        "sanction.message": {**CLEAR, "MESSAGE": "Timed out", "Message": "No hits."},
    }
    for place, sanction in table.items():
        found = screened(**sanction)
        assert found.contradictions == (place,), place
        assert found.warnings[0].code == "screening_contradictory", place
        assert not is_cleared(found), place
    beside = result({"sanction": CLEAR, "Sanction": {"status": "SANCTION", "sanctionResults": [HIT]}})
    assert beside.contradictions == ("sanction",)
    assert not is_cleared(beside)
    for same in ({**CLEAR, "Status": "NONE"}, {**CLEAR, "sanctionresults": None}):
        assert is_cleared(screened(**same)), same


def test_a_contradiction_inside_a_chapter_spelled_otherwise_is_the_screenings() -> None:
    found = result(parse_json(b'{"Sanction": {"status": "NONE", "status": "SANCTION"}}'))
    assert found.screening.contradictions == ("sanction.status",)
    assert not is_cleared(found)


def test_what_came_under_names_nobody_knows_may_be_hits() -> None:
    for name in ("sanctionResult", "hits", "results", "matches", "pep", "x"):
        for value in ([HIT], {"first": HIT}, ["Olav Prøvesen"]):
            found = screened(**CLEAR, **{name: value})
            (caution,) = [warning for warning in found.warnings if warning.code == "screening_not_all_read"]
            assert f"sanction.{name}" in str(caution.text), name
            assert not is_cleared(found), name
    for name in ("sanctions", "sanctionResults", "SanctionScreening", "sanction_result"):
        assert not is_cleared(result({"sanction": CLEAR, name: [HIT]})), name
        assert "screening_not_all_read" in codes(result({name: [HIT]}, expands=())), name
    for nothing in (None, [], {}, "", "a word", 7, True):
        assert is_cleared(screened(**CLEAR, searchId=nothing)), nothing
    many = screened(**CLEAR, **{f"part{n}": [n] for n in range(40)})
    assert "and 35 more" in str(
        next(warning for warning in many.warnings if warning.code == "screening_not_all_read").text
    )


def test_a_name_near_to_one_that_is_read_is_told_in_the_chapters_that_a_verdict_rests_on() -> None:
    table: dict[str, tuple[dict[str, Any], Topic | None]] = {
        "shareholder": ({"ownership": {"shareholder": [{"name": "A"}]}}, Topic.OWNERS),
        "an owner's": ({"ownership": {"shareholders": [{"names": "A"}]}}, Topic.OWNERS),
        "beneficial owners": ({"ownership": {"beneficialOwners": [{"name": "A"}]}}, None),
        "a status": ({"keyInformation": {"statusCode": "BANKRUPT"}}, Topic.IDENTITY),
        "a rule": ({"authorities": {"signatureRight": {"status": "CONCLUSIVE"}}}, Topic.AUTHORITY),
        "option": ({"authorities": {"signatureRights": {"option": [{}]}}}, Topic.AUTHORITY),
        "the chapter": ({"authority": {"signatureRights": {"status": "CONCLUSIVE"}}}, Topic.AUTHORITY),
        "an empty one": ({"ownership": {"shareholder": [], "beneficialss": None}}, None),
        "a source": ({"ownership": {"metadata": {"source": "BRREG"}}}, None),
        "financials": ({"financials": {"auditors": [{"name": "A"}]}}, None),
        "one more field": ({"keyInformation": {"shareCapital": 30000, "signature": {"a": 1}}}, None),
    }
    for what, (document, topic) in table.items():
        found = [warning for warning in result(document).warnings if "near to one" in str(warning.text)]
        assert [(caution.code, caution.topic) for caution in found] == (
            [("elements_not_read", topic)] if topic else []
        ), what
    spelled = result({"OWNERSHIP": {"Share_Holders": [{"Name": "A", "PERCENTAGE": 100}]}})
    assert [(shareholder.name, shareholder.share) for shareholder in spelled.ownership.shareholders] == [
        ("A", 100)
    ]
    shown = page(result(table["shareholder"][0]), "ownership/_ownership").text
    assert "“ownership.shareholder”" in shown


def test_a_screening_that_contradicts_itself_in_several_places_is_told_once() -> None:
    hit = (
        '{"status": "NONE", "status": "SANCTION", "sanctionResults": [], "sanctionResults": [{"name": "A"}]}'
    )
    found = result(
        parse_json(f'{{"sanction": {hit}, "keyInformation": {{"name": "A", "name": "B"}}}}'.encode())
    )
    (caution,) = [warning for warning in found.warnings if warning.code == "screening_contradictory"]
    assert "“sanction.status”, “sanction.sanctionResults” came more than once" in str(caution.text)
    assert caution.rests_on == "sanction"
    assert [warning.rests_on for warning in found.warnings if warning.code == "contradictory"] == [
        "keyInformation.name"
    ]


def test_whoever_has_no_beneficial_owner_is_told_so_in_one_statement() -> None:
    for empty in ({"beneficials": []}, {}):
        found = result({"ownership": empty})
        (caution,) = [warning for warning in found.warnings if warning.code == "no_beneficial_owner"]
        assert str(caution.text).startswith(
            "Searched, nothing found: the provider names no beneficial owner."
        ), empty
        assert "Whether there is none" not in page(found).text, empty
    odd = result({"ownership": {"beneficials": [None]}})
    (caution,) = [warning for warning in odd.warnings if warning.code == "no_beneficial_owner"]
    assert "nothing found" not in str(caution.text).lower()
    assert "no beneficial owner that came can be read" in str(caution.text).lower()


def test_an_alarm_over_what_was_not_done_is_said_first_and_seen() -> None:
    found = summary(result({}, expands=("address",)), Evidence()).verdict(Topic.SANCTIONS)
    assert (str(found.state), found.has_alarm) == ("not_done", True)
    assert [str(text) for text in found.because][:2] == [
        "Nobody was screened",
        "Not ordered with this capture",
    ]
    pep = summary(result({}, expands=("address",)), Evidence()).verdict(Topic.PEP)
    assert not pep.has_alarm
    waiting = summary(result(None, capture="waiting"), Evidence()).verdict(Topic.SANCTIONS)
    assert (str(waiting.state), waiting.has_alarm) == ("not_done", False)


def test_no_procuration_set_is_a_fact_and_no_doubt() -> None:
    rule = {"status": "CONCLUSIVE", "options": [{"required": [{"name": "A"}]}]}
    table: dict[str, tuple[Any, str | None, bool]] = {
        "not set": ({"status": "NOT_SET"}, "no_procuration", True),
        "in another case": ({"status": "not_set", "options": [], "remarks": []}, "no_procuration", True),
        "with words": ({"status": "NOT_SET", "description": "Anyone"}, "not_set_but_stated", False),
        "not conclusive": ({"status": "IN_CONCLUSIVE"}, "not_conclusive", False),
    }
    for what, (procuration, doubt, is_fact) in table.items():
        found = result({"authorities": {"signatureRights": rule, "powerOfProcuration": procuration}})
        assert found.authorities.procuration is not None
        assert found.authorities.procuration.doubt == doubt, what
        verdict = summary(found, Evidence()).verdict(Topic.AUTHORITY)
        assert ("No procuration set" in [str(text) for text in verdict.because]) is is_fact, what
        assert bool(found.authorities.cautions) is not is_fact, what
    right = result({"authorities": {"signatureRights": {"status": "NOT_SET"}}})
    assert right.authorities.signature is not None
    assert (right.authorities.signature.doubt, codes(right).count("authority_not_set")) == ("not_set", 1)


def test_whoever_holds_the_reference_overrides_the_words_of_no_hit() -> None:
    message = "Keine Treffer"
    other = Contract().overridden({"no_hit_messages": [message], "scope_ofac": "aml/other"})
    document = {"sanction": {**CLEAR, "message": message}}
    assert is_cleared(result(document, contract=other, scopes=("aml/other",)))
    assert not is_cleared(result(document))
    assert not is_cleared(result({"sanction": {**CLEAR, "message": NO_HIT_MESSAGES[0]}}, contract=other))
    assert "access that was used" not in str(
        result(document, contract=other, scopes=("aml/other",)).screening.ofac
    )
