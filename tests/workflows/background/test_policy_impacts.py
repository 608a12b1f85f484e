"""What a draft would do is worked out by the queue in pieces, and counts every case once whoever dies."""

import copy
import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.assessment.policy.defaults import default
from cases.evidence import evidence_files
from cases.models import ArtefactState, Case, ImpactState, PolicyImpact, PolicyKind, PolicyVersion, reasons
from cases.workflows import heartbeat
from cases.workflows.background import jobs, policy_impacts
from cases.workflows.casework import answers_given, impact
from cases.workflows.policy import impacts, versions
from cases.workflows.policy.versions import NotAllowed
from tests import factories
from tests.assessment.risk.assessing import filled
from tests.judging import case_with, entry, judged_by_two
from tests.workflows.policy.test_versions import changed, other_lead

pytestmark = pytest.mark.django_db
RISK = PolicyKind.RISK_MODEL


def draft(kind: str = RISK, document: dict[str, Any] | None = None) -> PolicyVersion:
    return versions.draft(PolicyKind(kind), document or lower(), "Why", factories.lead())


def lower(to: int = 900) -> dict[str, Any]:
    """A model by which nobody is high by points."""
    document = copy.deepcopy(filled())
    document["bands"][0]["to"] = to
    return document


def work() -> int:
    """Do all that is due; give the number of pieces."""
    return sum(1 for _piece in iter(lambda: policy_impacts.do(heartbeat.Beats()), False))


def as_told(row: PolicyImpact) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("cases", "not_worked_out", "changed", "tallies", "changes")}


def test_it_is_worked_out_as_soon_as_a_draft_is_kept_and_says_what_the_command_says() -> None:
    cases = [factories.session(state="COMPLETE", payload=name).case for name in ("no_full", "no_clean")]
    version = draft()
    assert jobs.wake_due()
    assert work() == 1
    row = PolicyImpact.objects.get()
    assert (row.state, row.sha256, row.against) == (
        ImpactState.WORKED_OUT,
        version.sha256,
        versions.in_force(RISK),
    )
    expected = impact.of_risk_model(
        versions.risk_model_of(version), Case.objects.open().order_by("pk"), timezone.localdate()
    )
    assert expected.changed, "the draft changes something"
    assert as_told(row) == {
        "cases": len(cases),
        "not_worked_out": 0,
        "changed": expected.changed,
        "tallies": [{"what": "class", "was": "high", "now": "normal", "number": expected.changed}],
        "changes": [
            {"case": change.reference, "what": "class", "was": change.was, "now": change.now}
            for change in expected.changes
        ],
    }
    assert not policy_impacts.is_due()


def test_pieces_come_to_what_all_at_once_come_to(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_full", "no_clean", "no_full", "no_null", "no_full"):
        factories.session(state="COMPLETE", payload=name)
    closed = factories.session(state="COMPLETE").case
    Case.objects.filter(pk=closed.pk).update(
        state="WITHDRAWN", withdrawn_at=closed.opened_at, withdrawn_reason="Opened in error"
    )
    version = draft()
    work()
    at_once = PolicyImpact.objects.get()
    assert at_once.cases == 5
    for name, value in (("PIECE_CASES", 2), ("PIECE_SECONDS", 0.0)):
        monkeypatch.setattr(policy_impacts, name, value)
        versions.order_impact(version, factories.lead())
        assert work() >= 3
        in_pieces = impacts.newest_worked_out(version)
        assert in_pieces is not None
        assert (in_pieces.pk != at_once.pk, as_told(in_pieces)) == (True, as_told(at_once))


def test_whoever_dies_at_a_piece_another_goes_on_and_no_case_counts_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _number in range(4):
        factories.session(state="COMPLETE")
    monkeypatch.setattr(policy_impacts, "PIECE_CASES", 2)
    draft()
    policy_impacts.do(heartbeat.Beats())
    half = PolicyImpact.objects.get()
    assert (half.cases, half.expected, half.claims) == (2, 4, 0)

    class Killed(BaseException):
        pass

    def die(*_arguments: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(policy_impacts, "_record", die)
        with pytest.raises(Killed):
            policy_impacts.do(heartbeat.Beats())
    assert not policy_impacts.is_due(), "its lease holds it"
    PolicyImpact.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    work()
    assert as_told(PolicyImpact.objects.get())["cases"] == 4


def test_whoever_lost_the_lease_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.session(state="COMPLETE")
    draft()
    found = policy_impacts._record

    def late(row: PolicyImpact, *more: Any) -> None:
        PolicyImpact.objects.filter(pk=row.pk).update(lease="somebody else")
        found(row, *more)

    monkeypatch.setattr(policy_impacts, "_record", late)
    policy_impacts.do(heartbeat.Beats())
    row = PolicyImpact.objects.get()
    assert (row.state, row.cases, row.lease) == (ImpactState.ORDERED, 0, "somebody else")


def test_what_breaks_off_again_and_again_is_given_up_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.session(state="COMPLETE")
    version = draft()

    def broken(*_arguments: Any) -> Any:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setitem(policy_impacts.BY_KIND, RISK, broken)
        assert work() == policy_impacts.MOST_CLAIMS + 1
    row = PolicyImpact.objects.get()
    assert (row.state, row.reason) == (ImpactState.FAILED, reasons.IMPACT_BROKE_OFF)
    assert impacts.why_not_seen(version)
    versions.order_impact(version, factories.lead())
    work()
    assert impacts.why_not_seen(version) == ""


def test_a_case_that_fails_is_told_and_keeps_no_other_from_being_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken, _fine = (factories.session(state="COMPLETE", payload="no_full").case for _ in range(2))
    version = draft()
    newest = answers_given.newest

    def of_case(case: Case) -> Any:
        if case == broken:
            raise RuntimeError
        return newest(case)

    monkeypatch.setattr(answers_given, "newest", of_case)
    work()
    row = PolicyImpact.objects.get()
    assert (row.state, row.cases, row.not_worked_out) == (ImpactState.WORKED_OUT, 2, 1)
    assert row.not_read == [broken.reference]
    assert impacts.why_not_seen(version) == ""


@pytest.mark.parametrize("kind", [RISK, PolicyKind.REQUIREMENT_SET])
def test_while_the_store_is_away_nothing_is_counted_and_in_the_end_that_is_said(
    kind: PolicyKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.session(state="COMPLETE")
    draft(kind, lower() if kind == RISK else default(kind))

    def away(*_words: object) -> bytes:
        raise evidence_files.NotAsCaptured("unreachable")

    with monkeypatch.context() as patched:
        patched.setattr(evidence_files, "read_as_captured", away)
        policy_impacts.do(heartbeat.Beats())
    row = PolicyImpact.objects.get()
    assert (row.state, row.cases, row.claims) == (ImpactState.ORDERED, 0, 1)
    with monkeypatch.context() as patched:
        patched.setattr(evidence_files, "read_as_captured", away)
        for _claim in range(policy_impacts.MOST_CLAIMS - 1):
            PolicyImpact.objects.update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
            policy_impacts.do(heartbeat.Beats())
    row.refresh_from_db()
    assert (row.state, row.reason, row.cases) == (ImpactState.FAILED, reasons.STORAGE_AWAY, 0)


def test_cases_of_which_nothing_can_be_said_are_counted_and_named() -> None:
    factories.session(state="COMPLETE")
    session = factories.session(state="COMPLETE", results={})
    factories.artefact(session, state=ArtefactState.CAPTURED, about_us=False)
    unread = session.case
    draft()
    work()
    row = PolicyImpact.objects.get()
    assert (row.cases, row.not_worked_out, row.not_read) == (2, 1, [unread.reference])


def test_of_judgements_the_reason_is_counted_and_no_name_or_line_of_a_hit_is_kept() -> None:
    case = case_with(entry())
    judged_by_two(case)
    document = copy.deepcopy(default(PolicyKind.HIT_REASONS))
    document["reasons"][0]["requires"] = {"born": "DIFFERENT", "country": "DIFFERENT"}
    draft(PolicyKind.HIT_REASONS, document)
    work()
    row = PolicyImpact.objects.get()
    assert row.changes == [{"case": case.reference, "what": "reason_not_allowed", "was": "", "now": "FP01"}]
    assert row.tallies == [{"what": "reason_not_allowed", "was": "", "now": "FP01", "number": 1}]


def test_more_changes_than_are_named_are_counted_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(3):
        factories.session(state="COMPLETE", payload="no_clean")
    monkeypatch.setattr(policy_impacts, "MOST_CHANGES", 2)
    draft()
    work()
    row = PolicyImpact.objects.get()
    assert (len(row.changes), row.changed, row.tallies[0]["number"]) == (2, 3, 3)


def test_it_begins_anew_where_another_version_comes_in_force_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _number in range(3):
        factories.session(state="COMPLETE", payload="no_clean")
    first, second = draft(), draft(document=lower(800))
    work()
    monkeypatch.setattr(policy_impacts, "PIECE_CASES", 1)
    versions.order_impact(second, factories.lead())
    policy_impacts.do(heartbeat.Beats())
    versions.activate(first, other_lead())
    assert impacts.why_not_seen(second), "what is known of it compares with what is not in force any more"
    with pytest.raises(NotAllowed):
        versions.activate(second, other_lead())
    work()
    row = impacts.newest_worked_out(second)
    assert row is not None
    assert (row.against, row.cases, row.changed) == (versions.in_force(RISK), 3, 0)
    assert impacts.why_not_seen(second) == ""


def test_a_draft_is_put_in_force_only_once_it_is_known_what_it_would_do() -> None:
    version = draft()
    assert impacts.why_not_seen(version) == "", "there is no case on which it could do anything"
    factories.session(state="COMPLETE")
    with pytest.raises(NotAllowed):
        versions.activate(version, other_lead())
    PolicyImpact.objects.update(sha256="0" * 64)  # of another document
    work()
    with pytest.raises(NotAllowed):
        versions.activate(version, other_lead())
    PolicyImpact.objects.update(sha256=version.sha256)
    assert versions.activate(version, other_lead()).is_in_force


def test_of_what_is_no_draft_any_more_nothing_is_worked_out() -> None:
    factories.session(state="COMPLETE")
    version = draft()
    versions.discard(version, factories.lead())
    work()
    row = PolicyImpact.objects.get()
    assert (row.state, row.reason, row.cases) == (ImpactState.FAILED, reasons.NO_DRAFT_ANY_MORE, 0)
    with pytest.raises(NotAllowed):
        versions.order_impact(version, factories.lead())


def test_one_at_a_time_and_by_those_who_write_policy() -> None:
    version = draft(PolicyKind.HIT_REASONS, changed())
    versions.order_impact(version, factories.lead())
    assert PolicyImpact.objects.count() == 1
    for person in (factories.kari(), factories.ola(), factories.auditor()):
        with pytest.raises(NotAllowed):
            versions.order_impact(version, person)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyImpact.objects.create(
            version=version, sha256="", ordered_by=factories.lead(), ordered_at=timezone.now()
        )
