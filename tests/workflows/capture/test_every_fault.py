"""Every fault of the sandbox in turn: where the session ends, what became of each result, and what it cost."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from pytest_django import Settings

from amlportal.sandbox.faults.fault_table import FAULTS
from amlportal.sandbox.server import RunningSandbox
from cases.evidence import evidence_files
from cases.models import SessionState
from tests import chains, portal

CAPTURED = {"json": "CAPTURED", "aml": "CAPTURED", "certificate_of_registration": "CAPTURED"}


def but(**changes: str) -> dict[str, str]:
    return {**CAPTURED, **changes}


def both_reports(word: str) -> dict[str, str]:
    return but(aml=word, certificate_of_registration=word)


def all_three(word: str) -> dict[str, str]:
    return dict.fromkeys(CAPTURED, word)


@dataclass(frozen=True)
class End:
    """How it ends: the session's state and reason, its results, and how many orders the provider got."""

    state: SessionState = SessionState.COMPLETE
    results: dict[str, str] = field(default_factory=lambda: CAPTURED)
    reason: str = ""
    creates: int = 1
    fault: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)


FAILED, PARTIAL, UNKNOWN = SessionState.FAILED, SessionState.PARTIAL, SessionState.UNKNOWN

ENDS = {
    "webhook_lost": End(),
    "webhook_repeated": End(),
    "webhook_late": End(fault={"seconds": 1}),
    "webhook_forged": End(),
    "webhook_reordered": End(),
    "http_400": End(FAILED, all_three("FAILED bad_request"), "bad_request"),
    "http_401": End(creates=2),  # refused, and repeated once with a new token
    "http_403": End(FAILED, all_three("FAILED scope_missing"), "scope_missing"),
    "http_404": End(FAILED, all_three("FAILED not_found"), "not_found"),
    "http_409": End(),
    "http_410": End(FAILED, all_three("EXPIRED"), "expired"),
    "http_429": End(creates=3, fault={"seconds": 1}),
    "http_429_date": End(creates=2, fault={"seconds": 1}),
    "http_500": End(creates=4),
    "http_503": End(creates=4),
    "redirect": End(),
    "slow": End(fault={"seconds": 0.3}),
    "drip": End(fault={"seconds": 0.3}),
    # Cut without an answer: whether a session was made cannot be known, so each cut create is a doubt.
    "cut": End(UNKNOWN, all_three("ASKED"), "create_outcome_unknown", creates=2),
    "truncated": End(),
    "invalid_json": End(fault={"count": 2}),  # for ever: test_unreadable.py
    "empty_body": End(),
    # Without a webhook nothing tells of the session that was made: a second order is sent, and the doubt is counted.
    "create_lost": End(creates=2),
    "no_session_id": End(UNKNOWN, all_three("ASKED"), "create_outcome_unknown", creates=2),
    "failed": End(FAILED, all_three("FAILED provider_failed"), "provider_failed", fault={"seconds": 0}),
    "failed_in_error": End(fault={"seconds": 0}),
    "long_preparation": End(fault={"seconds": 1}),
    "report_moved": End(),
    "links_astray": End(),
    "entity_failed": End(PARTIAL, both_reports("FAILED provider_failed"), "some_missing"),
    "never_ready": End(
        FAILED, all_three("FAILED never_ready"), "never_ready", settings={"AML_PATIENCE_SECONDS": 1}
    ),
    "expires_early": End(FAILED, all_three("EXPIRED"), "expired"),
    "unknown_status": End(),
    "status_objects": End(),
    "wrong_organisation": End(),
    "unstorable_json": End(),
    "invalid_pdf": End(fault={"count": 4}),
    "tampered_pdf": End(),
    "altered_pdf": End(),
    "unsigned_pdf": End(),
    "foreign_signature": End(),
    "fewer_scopes": End(),
    "clock_ahead": End(),
}


# One of each family goes with every run of the suite; all of them with the faults.
QUICK = {"webhook_lost", "http_500", "cut", "create_lost", "entity_failed", "expires_early", "tampered_pdf"}
WALK = [
    fault if fault in QUICK else pytest.param(fault, marks=[pytest.mark.faults, pytest.mark.one_database])
    for fault in ENDS
]


def test_every_fault_of_the_sandbox_is_in_the_walk() -> None:
    assert set(ENDS) == set(FAULTS)


@pytest.mark.parametrize("fault", WALK)
def test_the_session_ends_as_it_should_without_webhooks(
    fault: str, own_database: str, sandbox: RunningSandbox, settings: Settings
) -> None:
    end = ENDS[fault]
    for name, value in end.settings.items():
        setattr(settings, name, value)
    if not settings.AML_WEBHOOKS:
        settings.AML_CREATE_ADOPT_SECONDS = 0.1
    portal.switch(sandbox, {"name": fault, **end.fault})

    session = portal.drive(portal.order("317835337"))

    assert (session.state, session.reason) == (end.state, end.reason)
    assert portal.entities(session) == end.results
    assert sandbox.stats()["creates"]["total"] == end.creates
    assert list(chains.breaks()) == [None]
    for artefact in session.artefacts.captured():
        assert evidence_files.digest(artefact.file) == artefact.sha256
