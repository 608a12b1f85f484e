"""Six verdicts: 'in order' is earned, and what is not known is said."""

import datetime
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cases.findings.captures.documents import Arrival, Document, DocumentKind, Signed, is_old
from cases.findings.captures.evidence import Evidence
from cases.findings.result import read
from cases.findings.verdicts.summary import Summary, summary
from cases.findings.verdicts.verdicts import State
from cases.findings.vocabulary.caution_codes import CODES
from cases.findings.vocabulary.sections import Topic
from tests.findings.coverage.test_completeness import unhurried
from tests.findings.documents import spoiled
from tests.findings.reading import CONTRACT, of, ordered, payload, result

TODAY = datetime.date(2026, 11, 26)
GIVEN_UP, NOT_ORDERED = "failed", "not_ordered"


def document(kind: DocumentKind = DocumentKind.AML, **changes: Any) -> Document:
    """A captured PDF with a verified signature, unless told otherwise."""
    fine = Document(kind, str(kind), Arrival.CAPTURED, TODAY, signed=Signed.VERIFIED, about_us=True)
    return replace(fine, **changes)


JSON = document(DocumentKind.RESULT, signed=None)
ALL_FINE = (JSON, document(), document(DocumentKind.CERTIFICATE))


def evidence(**changes: Any) -> Evidence:
    fine = Evidence(today=TODAY, ordered="NO 317 835 337", about_us=True, documents=ALL_FINE)
    return replace(fine, **changes)


def good() -> dict[str, Any]:
    """A result in which nothing is open but what this provider never tells."""
    owner = {"name": "Ingrid Solvang", "dateOfBirth": "1968-11-02"}
    found = payload("no_full")
    found["ownership"] = {
        "beneficials": [owner],
        "shareholders": [{**owner, "percentage": 100, "type": "PERSON"}],
        "subsidiaries": [],
        "indicators": {},
    }
    found["authorities"] = {
        "signatureRights": {
            "status": "CONCLUSIVE",
            "options": [{"required": [{**owner, "role": "CHAIRMAN_OF_THE_BOARD"}]}],
        },
        "powerOfProcuration": {"status": "NOT_SET"},
    }
    found["sanction"] = {
        "status": "NONE",
        "sanctionResults": [],
        "metadata": {"sources": ["EU_GLOBAL", "UN_CONSOLIDATED", "OFAC", "HMTREASURY"]},
    }
    return found


def judged(found: Any, known: Evidence | None = None, **changes: Any) -> Summary:
    return summary(result(found, **changes), known or evidence())


def states(found: Summary) -> dict[str, str]:
    return {str(verdict.topic): str(verdict.state) for verdict in found.verdicts}


def test_what_is_known_and_right_is_in_order_and_says_by_what() -> None:
    found = judged(good())
    assert states(found) == {
        "identity": "in_order",
        "owners": "in_order",
        "authority": "in_order",
        "sanctions": "points_to_check",
        "pep": "cannot_be_known",
        "documents": "in_order",
    }
    because = {str(verdict.topic): [str(words) for words in verdict.because] for verdict in found.verdicts}
    assert because["identity"][:2] == ["Active", "Number as ordered"]
    assert because["owners"] == ["1 beneficial owner", "All shares explained"]
    assert because["authority"] == ["Right to sign is conclusive", "1 way to sign", "No procuration set"]
    assert because["sanctions"][0] == "Not told whom the provider searched"
    assert "No hits" in because["sanctions"]
    assert because["documents"] == ["3 of 3 captured", "Signatures verified"]


def changed(path: str, value: Any) -> dict[str, Any]:
    """The good result with one place changed; None takes it out."""
    found = good()
    *way, last = path.split(".")
    node: Any = found
    for name in way:
        node = node[int(name)] if isinstance(node, list) else node[name]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return found


WITHOUT = {
    topic: tuple(word for word in CONTRACT.expands if not word.startswith(chapter))
    for topic, chapter in {"owners": "ownership", "authority": "authorities", "sanctions": "sanction"}.items()
}


def test_nothing_unread_unasked_failed_contradictory_or_awaited_is_in_order() -> None:
    """Each line takes one thing away; the verdict it bears on may then not be in order, and says what it is."""
    owner = {"name": "Ingrid Solvang", "dateOfBirth": "1968-11-02", "percentage": 100, "type": "PERSON"}
    holding = {
        "name": "Gulf Holding FZE",
        "percentage": 100,
        "type": "ORGANIZATION",
        "organizationNumber": "7",
    }
    table: list[tuple[str, Any, dict[str, Any], str, str]] = [
        ("identity", changed("keyInformation.name", None), {}, "points_to_check", "Name not stated"),
        ("identity", changed("keyInformation.statusCodes", None), {}, "points_to_check", "Status not stated"),
        ("identity", changed("keyInformation.statusCodes", ["ODD"]), {}, "points_to_check", "not understood"),
        ("identity", changed("keyInformation.statusCodes", ["BANKRUPT"]), {}, "alarm", "Bankrupt"),
        (
            "identity",
            changed("keyInformation.organizationNumber", "317835338"),
            {},
            "points_to_check",
            "check",
        ),
        ("identity", changed("address", {}), {}, "points_to_check", "Address not stated"),
        ("owners", changed("ownership.beneficials", []), {}, "points_to_check", "No beneficial owner named"),
        ("owners", changed("ownership.shareholders", []), {}, "points_to_check", "No shareholders listed"),
        ("owners", changed("ownership.shareholders", "x"), {}, "points_to_check", "cannot be read"),
        ("owners", changed("ownership.beneficials", [None]), {}, "points_to_check", ""),
        (
            "owners",
            changed("ownership.shareholders.0.percentage", 75),
            {},
            "points_to_check",
            "25\N{NO-BREAK SPACE}% not explained",
        ),
        (
            "owners",
            changed("ownership.shareholders.0.percentage", "all"),
            {},
            "points_to_check",
            "not stated",
        ),
        (
            "owners",
            changed("ownership.shareholders", [owner, holding]),
            {},
            "points_to_check",
            "without country",
        ),
        ("owners", changed("ownership", None), {}, "points_to_check", "not delivered"),
        ("owners", good() | {"ownership": {}}, {"expands": WITHOUT["owners"]}, "not_done", "Not ordered"),
        (
            "authority",
            changed("authorities.signatureRights.status", "IN_CONCLUSIVE"),
            {},
            "points_to_check",
            "",
        ),
        (
            "authority",
            changed("authorities.signatureRights", {"status": "NOT_SET"}),
            {},
            "points_to_check",
            "No rule",
        ),
        ("authority", changed("authorities.signatureRights", None), {}, "points_to_check", "not stated"),
        ("authority", changed("authorities.signatureRights.options", []), {}, "points_to_check", ""),
        (
            "authority",
            changed("authorities.powerOfProcuration.status", "IN_CONCLUSIVE"),
            {},
            "points_to_check",
            "not conclusive",
        ),
        ("authority", changed("authorities", None), {}, "points_to_check", "not delivered"),
        ("authority", changed("authorities", {}), {}, "points_to_check", "nothing found"),
        (
            "sanctions",
            changed("sanction", None),
            {"expands": WITHOUT["sanctions"]},
            "not_done",
            "Not ordered",
        ),
        ("sanctions", changed("sanction", None), {}, "alarm", "no outcome of the screening"),
        ("sanctions", changed("sanction", 7), {}, "alarm", "no outcome of the screening"),
        ("sanctions", changed("sanction.status", "UNKNOWN"), {}, "alarm", "could not tell"),
        ("sanctions", changed("sanction.status", "LATER"), {}, "alarm", "not understood"),
        ("sanctions", changed("sanction", {"message": "No hits."}), {}, "alarm", "not told"),
        ("sanctions", changed("sanction.status", None), {}, "points_to_check", "came empty"),
        ("sanctions", changed("sanction", {}), {}, "points_to_check", "came empty"),
        (
            "sanctions",
            changed("sanction.message", "Timed out."),
            {},
            "points_to_check",
            "cannot be relied upon",
        ),
        ("sanctions", changed("sanction.matches", [{"name": "X"}]), {}, "points_to_check", "not read"),
        ("owners", changed("ownership.shareholder", [{"name": "X"}]), {}, "points_to_check", "not read"),
        ("sanctions", changed("sanction.status", "SANCTION"), {}, "points_to_check", "none listed"),
        (
            "sanctions",
            changed("sanction.sanctionResults", [{"name": "X"}]),
            {},
            "points_to_check",
            "hits listed",
        ),
        ("sanctions", changed("sanction.sanctionResults", ["?"]), {}, "alarm", "cannot be read"),
        ("sanctions", changed("sanction.metadata", None), {}, "points_to_check", "not named"),
        ("sanctions", good(), {"scopes": (CONTRACT.scope_basic,)}, "points_to_check", ""),
    ]
    wrong = []
    for topic, found, changes, state, why in table:
        verdict = judged(found, **changes).verdict(Topic(topic))
        because = "; ".join(map(str, verdict.because))
        if verdict.state != state or why.lower() not in because.lower():
            wrong.append(f"{topic}: {verdict.state}, {because!r} instead of {state}, {why!r}")
    assert "\n".join(wrong) == ""


def test_documents_are_in_order_only_when_every_one_came_and_is_verified() -> None:
    table: list[tuple[tuple[Document, ...] | None, str, str]] = [
        (None, "not_done", "Only the JSON result"),
        ((JSON,), "not_done", "No documents were ordered"),
        ((JSON, document(arrival=Arrival.AWAITED, signed=None)), "not_done", "awaited"),
        ((JSON, document(arrival=Arrival.FAILED, signed=None)), "points_to_check", "missing"),
        ((JSON, document(arrival=Arrival.EXPIRED, signed=None)), "points_to_check", "missing"),
        ((JSON, document(signed=None)), "points_to_check", "not checked"),
        ((JSON, document(signed=Signed.NOT_A_PDF)), "points_to_check", "not readable"),
        ((JSON, document(signed=Signed.UNSIGNED)), "points_to_check", "not signed"),
        ((JSON, document(signed=Signed.NOT_TRUSTED)), "points_to_check", "not trusted"),
        ((JSON, document(signed=Signed.CANNOT_TELL)), "points_to_check", "cannot be verified"),
        ((JSON, document(signed=Signed.ALTERED)), "alarm", "Altered"),
        (
            (JSON, document(signed=Signed.ALTERED), document(arrival=Arrival.AWAITED, signed=None)),
            "alarm",
            "Altered",
        ),
        ((JSON, document(about_us=False)), "points_to_check", "somebody else"),
        ((JSON, document(about_us=None)), "in_order", "verified"),
        ((replace(JSON, is_readable=False), document()), "points_to_check", "JSON result not readable"),
        (
            (JSON, document(DocumentKind.CERTIFICATE, captured_on=datetime.date(2026, 8, 25))),
            "points_to_check",
            "captured more than three months ago",
        ),
        ((JSON, document(DocumentKind.CERTIFICATE, captured_on=datetime.date(2026, 8, 26))), "in_order", ""),
    ]
    wrong = []
    for documents, state, why in table:
        verdict = judged(good(), evidence(documents=documents)).verdict(Topic.DOCUMENTS)
        because = "; ".join(map(str, verdict.because))
        if verdict.state != state or why.lower() not in because.lower():
            wrong.append(f"{verdict.state}, {because!r} instead of {state}, {why!r}")
    assert wrong == []


def test_a_certificate_is_old_the_day_after_three_months() -> None:
    day = datetime.date
    assert not is_old(day(2026, 8, 26), day(2026, 11, 26))
    assert is_old(day(2026, 8, 25), day(2026, 11, 26))
    assert not is_old(day(2026, 11, 30), day(2027, 2, 28))
    assert is_old(day(2026, 11, 30), day(2027, 3, 1))


def test_of_a_result_about_another_organisation_nothing_counts() -> None:
    foreign = (replace(JSON, about_us=False), *ALL_FINE[1:])
    found = summary(of("no_full"), evidence(about_us=False, documents=foreign))
    assert states(found) == {
        "identity": "alarm",
        "owners": "not_done",
        "authority": "not_done",
        "sanctions": "not_done",
        "pep": "not_done",
        "documents": "points_to_check",
    }
    assert [caution.code for caution in found.cautions] == ["another_organisation", "document_about_another"]
    reasons = " ".join(str(words) for verdict in found.verdicts for words in verdict.because)
    assert "Active" not in reasons
    assert judged(good(), evidence(about_us=None)).verdict(Topic.IDENTITY).state is State.POINTS_TO_CHECK


def test_without_a_result_nothing_is_in_order() -> None:
    for capture in ("waiting", "failed", "expired", "unreadable", "not_ordered"):
        found = states(summary(read(None, ordered(capture=capture)), evidence(documents=())))
        assert "in_order" not in found.values(), capture
    assert states(summary(read(None, ordered(capture="waiting")), evidence()))["sanctions"] == "not_done"
    expired = states(summary(read(None, ordered(capture="expired")), evidence()))
    assert (expired["sanctions"], expired["pep"]) == ("alarm", "not_done")


def test_a_likely_hit_is_an_alarm_and_one_of_a_pep_list_is_none() -> None:
    entry = {
        "name": "Ingrid Solvang",
        "birthDate": "1968-11-02",
        "source": "EU_GLOBAL",
        "matchIndicator": 480,
    }
    hit = changed(
        "sanction", {"status": "SANCTION", "sanctionResults": [entry], "metadata": {"sources": ["EU_GLOBAL"]}}
    )
    found = judged(hit)
    assert found.alarms[0].code == "likely_hit"
    assert "Ingrid Solvang" in str(found.alarms[0].text)
    verdict = found.verdict(Topic.SANCTIONS)
    assert (verdict.state, str(verdict.because[0])) == (State.ALARM, "1 open hit, likely")
    for other in (
        {"birthDate": "1968-11-03"},
        {"birthDate": None},
        {"name": "Somebody Else"},
        {"source": "PEP_EDGE"},
    ):
        hit["sanction"]["sanctionResults"] = [{**entry, **other}]
        assert "likely_hit" not in [caution.code for caution in judged(hit).cautions], other


def test_every_caution_of_a_topic_keeps_its_verdict_from_being_in_order() -> None:
    for name in (
        "no_full",
        "no_clean",
        "no_holding",
        "no_odd",
        "se",
        "fi",
        "dk",
        "no_bankrupt",
        "no_hostile",
    ):
        found = judged(payload(name))
        topics = {caution.topic for caution in found.cautions}
        in_order = {verdict.topic for verdict in found.verdicts if verdict.state is State.IN_ORDER}
        assert not topics & in_order, name


@unhurried
@given(spoiled(), st.sampled_from(["captured", "expired", "waiting", "failed", "unreadable"]))
def test_whatever_came_every_verdict_says_why_and_none_is_in_order_beside_a_caution(
    found: dict[str, Any], capture: str
) -> None:
    of_it = judged(found, capture=capture)
    assert [verdict.topic for verdict in of_it.verdicts] == list(Topic)[:6]
    assert all(verdict.because for verdict in of_it.verdicts)
    warned = {caution.topic for caution in of_it.cautions}
    assert not [
        verdict for verdict in of_it.verdicts if verdict.state is State.IN_ORDER and verdict.topic in warned
    ]
    to_check = {verdict.topic for verdict in of_it.verdicts if verdict.state is State.POINTS_TO_CHECK}
    assert to_check <= warned
    assert all(caution.code in CODES for caution in of_it.cautions)
