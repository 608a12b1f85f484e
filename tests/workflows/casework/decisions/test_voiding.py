"""A proposal is void when, and only when, what it rests on is another; the trail tells what changed."""

import copy
import dataclasses
import datetime
import json
from collections.abc import Callable
from typing import NoReturn

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from cases.assessment.decision.outcomes import Outcome
from cases.assessment.policy.defaults import default
from cases.assessment.policy.risk_terms import RiskClass
from cases.models import ArtefactKind, AuditEvent, Case, CaseState, Decision, PolicyKind, Verb
from cases.workflows import heartbeat
from cases.workflows.background import changed_proposals
from cases.workflows.casework import comments, overriding
from cases.workflows.casework.changing import Details, change
from cases.workflows.casework.decisions.refused import NotDecided
from cases.workflows.casework.overriding import WantedClass
from cases.workflows.casework.requirements import moving_set
from tests import deciding, factories, judging
from tests.findings.reading import payload

pytestmark = pytest.mark.django_db


def capture_of(case: Case, found: dict[str, object]) -> None:
    """One more capture comes, and the queue looks at proposals."""
    judging.result_of(case, found)
    while changed_proposals.is_due():
        changed_proposals.do(heartbeat.Beats())


def comment(case: Case) -> None:
    comments.comment(case, factories.maja(), "Looks good.", judging.uuid.uuid4())


def late_pdf(case: Case) -> None:
    session = case.sessions.latest("number")
    factories.artefact(session, "aml", state="CAPTURED")


def same_findings(case: Case) -> None:
    """The same of everybody, with lists in another order, on another day."""
    found = copy.deepcopy(deciding.document(judging.entry()))
    found["ownership"]["shareholders"] = found["ownership"]["shareholders"][::-1]
    capture_of(case, found)


def another_look(case: Case) -> None:
    """A background job that finds nothing else, on another day."""
    Decision.objects.update(held_at=timezone.now() - datetime.timedelta(days=2))
    assert changed_proposals.is_due()
    assert changed_proposals.do(heartbeat.Beats())
    assert not changed_proposals.is_due()


LEAVES: list[Callable[[Case], None]] = [comment, late_pdf, same_findings, another_look]


def hit_judged_again(case: Case) -> None:
    judging.judged(case, how=judging.draft("TRUE_MATCH"))


def owner_concluded(case: Case) -> None:
    deciding.conclude_all(case)


def questions_answered(case: Case) -> None:
    present = deciding.present_of(case)
    assert present.risk.answered is not None
    assert present.risk.model is not None
    given = {**present.risk.answered.answers, "A1": "yes"}
    deciding.answers.answer(case, present.risk.answered.number, given, factories.kari(), judging.uuid.uuid4())


def said_anew(case: Case) -> None:
    status = deciding.present_of(case).requirements.by_id["R19"]
    deciding.state(case, status, "Asked again, with the declaration of each.")


def other_findings(case: Case) -> None:
    found = deciding.document(judging.entry())
    found["keyInformation"]["statusCodes"] = ["BANKRUPT"]
    capture_of(case, found)


def another_hit(case: Case) -> None:
    capture_of(case, deciding.document(judging.entry(1), judging.entry(2, name="Arvid Storholm Junior")))


def other_policy(case: Case) -> None:
    judging.in_force_anew(PolicyKind.RISK_MODEL, {**default(PolicyKind.RISK_MODEL), "version": 2})
    changed_proposals.do(heartbeat.Beats())


def class_set(case: Case) -> None:
    present = deciding.present_of(case).risk.present
    assert present is not None
    wanted = WantedClass(RiskClass.HIGH, "The trade is new to us.", present.newest, present.found.risk_class)
    overriding.override(case, wanted, factories.kari(), judging.uuid.uuid4())


def set_moved(case: Case) -> None:
    kind = PolicyKind.REQUIREMENT_SET
    judging.in_force_anew(kind, {**default(kind), "version": 2})
    moving_set.move(case, 1, 2, factories.kari(), judging.uuid.uuid4())


def purpose_changed(case: Case) -> None:
    case.refresh_from_db()
    now = Details.of(case)
    change(case, now, dataclasses.replace(now, purpose=""), factories.kari())


VOIDS: list[tuple[Callable[[Case], None], str]] = [
    (hit_judged_again, "Storholm"),
    (owner_concluded, "conclusion"),
    (questions_answered, "Risk class"),
    (said_anew, "R19"),
    (other_findings, "Company"),
    (another_hit, "Storholm"),
    (other_policy, "Risk model"),
    (class_set, "Risk class"),
    (set_moved, "Requirement set"),
    (purpose_changed, "R14"),
]


@pytest.mark.one_database
@pytest.mark.parametrize("happens", LEAVES)
def test_what_does_not_touch_it_leaves_it(happens: Callable[[Case], None]) -> None:
    case = deciding.ready(judging.entry())
    row = deciding.proposed(case)
    happens(case)
    row.refresh_from_db()
    assert row.is_awaited
    assert deciding.countersigned(case, row).is_confirmed


@pytest.mark.one_database
@pytest.mark.parametrize(("happens", "named"), VOIDS)
def test_what_it_rests_on_voids_it_and_is_named(happens: Callable[[Case], None], named: str) -> None:
    case = deciding.ready(judging.entry())
    row = deciding.proposed(case)
    happens(case)
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.is_void, case.state) == (True, CaseState.IN_REVIEW)
    assert any(named in words for words in row.ended_because), row.ended_because
    event = AuditEvent.objects.of_case(case).with_verbs(Verb.DECISION_VOIDED).newest_first().get()
    assert json.loads(event.detail.body)["void_because"] == row.ended_because
    with pytest.raises(NotDecided):
        deciding.countersigned(case, row)


def test_a_capture_that_nobody_looked_at_yet_voids_it_at_the_answer() -> None:
    case = deciding.ready()
    row = deciding.proposed(case)
    found = deciding.document()
    found["keyInformation"]["statusCodes"] = ["BANKRUPT"]
    judging.result_of(case, found)
    with pytest.raises(NotDecided):
        deciding.countersigned(case, row)
    row.refresh_from_db()
    assert row.is_void
    assert not Decision.objects.filter(second_by__isnull=False).exists()


def test_evidence_that_gets_too_old_voids_it() -> None:
    case = deciding.ready()
    row = deciding.proposed(case)
    later = timezone.now() + datetime.timedelta(days=95)
    with time_machine.travel(later):
        assert changed_proposals.is_due()
        changed_proposals.do(heartbeat.Beats())
        assert not changed_proposals.is_due()
    row.refresh_from_db()
    assert row.is_void
    assert any("R03" in words for words in row.ended_because)


def test_a_refusal_stands_though_requirements_are_met_meanwhile() -> None:
    case = factories.case(assignee=factories.kari())
    judging.result_of(case, payload("no_full"))
    row = deciding.proposed(case, deciding.draft(Outcome.REFUSE))
    late_pdf(case)
    assert deciding.countersigned(case, row).is_confirmed


def test_an_old_word_on_documents_covers_nothing_that_evidence_met() -> None:
    """A waiver from before the certificate came is no reason to approve once that certificate is too old."""
    case = factories.case(assignee=factories.kari(), purpose="A loan for the shop")
    with time_machine.travel(timezone.now() - datetime.timedelta(days=85)):
        judging.result_of(case, deciding.document())
        for name in ("R03", "R25"):
            deciding.state(case, deciding.present_of(case).requirements.by_id[name])
        certificate = factories.artefact(case.sessions.get(), ArtefactKind.CERTIFICATE, state="CAPTURED")
        factories.signature_check(certificate, about_us=True)
    deciding.make_ready(case)
    assert deciding.present_of(case).requirements.by_id["R03"].state == "met_by_evidence"
    row = deciding.proposed(case)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)), pytest.raises(NotDecided):
        deciding.countersigned(case, row)
    row.refresh_from_db()
    assert row.is_void
    assert any("R03" in words for words in row.ended_because)


def test_while_what_was_captured_is_out_of_reach_nothing_is_void(monkeypatch: pytest.MonkeyPatch) -> None:
    case = deciding.ready()
    row = deciding.proposed(case)

    def away(*_where: object, **_how: object) -> NoReturn:
        raise OSError(5, "away")

    with monkeypatch.context() as patch:
        patch.setattr(type(default_storage._wrapped), "open", away)  # type: ignore[attr-defined]
        Decision.objects.update(held_at=timezone.now() - datetime.timedelta(days=2))
        changed_proposals.do(heartbeat.Beats())
        with pytest.raises(NotDecided) as refused:
            deciding.countersigned(case, row)
        assert "Try again" in str(refused.value.words)
    row.refresh_from_db()
    assert row.is_awaited
    assert deciding.countersigned(case, row).is_confirmed
