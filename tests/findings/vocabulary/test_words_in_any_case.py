"""Words of enumerations mean the same however they are written: in capitals or not, parted by _, - or a space."""

import json
from typing import Any

from cases.findings.as_json.findings import plain
from cases.provider.contract import Contract
from cases.provider.webhook import read_webhook_message
from tests.findings.reading import NAMES, payload, result

WORDS = {"status", "statusCodes", "organizationType", "type", "reason", "roles", "role", "sources", "source"}
WORDS |= {"category", "memberOfRegistries", "country", "countryCode"}


def written(value: Any, how: Any, name: str = "") -> Any:
    """The same document with every word of an enumeration written otherwise."""
    if isinstance(value, dict):
        return {key: written(below, how, key) for key, below in value.items()}
    if isinstance(value, list):
        return [written(below, how, name) for below in value]
    return how(value) if isinstance(value, str) and name in WORDS else value


def meaning(document: Any) -> str:
    """The findings but for how words were written; a fingerprint keeps to the letters of a list's name."""
    found = plain(result(document))
    for hit in found["hits"]:
        hit.pop("fingerprint")
    return json.dumps(found, default=str).casefold().replace("-", "_").replace(" ", "_")


def test_a_result_means_the_same_in_whatever_case_its_words_are() -> None:
    for name in NAMES:
        if name == "no_hostile":
            continue
        document = payload(name)
        for how in (
            str.lower,
            str.title,
            str.swapcase,
            lambda word: f" {word} ",
            lambda word: word.replace("_", "-"),
        ):
            assert meaning(written(document, how)) == meaning(document), (name, how("NOT_SET"))


def test_words_of_screening_and_rules_decide_in_any_case() -> None:
    for status in ("NONE", "none", "None", " nOnE "):
        assert result({"sanction": {"status": status}}).screening.is_clear, status
    for status in ("ıNONE", "NONE.", "NON E", "ＮＯＮＥ"):
        assert not result({"sanction": {"status": status}}).screening.is_clear, status
    for status in ("CONCLUSIVE", "conclusive", "Conclusive"):
        rule = {"status": status, "options": [{"required": [{"name": "A"}]}]}
        found = result({"authorities": {"signatureRights": rule}}).authorities.signature
        assert found is not None
        assert found.is_conclusive, status
    for status in ("in-conclusive", "In Conclusive", "IN_CONCLUSIVE"):
        found = result({"authorities": {"signatureRights": {"status": status}}}).authorities.signature
        assert found is not None
        assert found.doubt == "not_conclusive", status


def test_events_and_reports_of_webhooks_are_read_in_any_case() -> None:
    contract = Contract()
    for event in ("JsonDataReady", "jsondataready", "JSONDATAREADY"):
        assert read_webhook_message(json.dumps({"status": event}).encode(), contract).kind == "json", event
    for report in ("aml", "AML", "certificate-of-registration"):
        body = json.dumps({"status": "reportReady", "report": report}).encode()
        assert read_webhook_message(body, contract).kind == report.lower().replace("-", "_"), report
    assert read_webhook_message(b'{"status": "reportReady", "report": ["aml"]}', contract).kind == ""
