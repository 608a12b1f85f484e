"""The class that a case keeps for lists is the one its page shows, whatever changed it, or is said not to be."""

import datetime
import json
import uuid
from typing import Any, NoReturn

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from cases.assessment.decision.outcomes import Outcome
from cases.assessment.policy.defaults import default
from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.draft import StatementDraft
from cases.assessment.requirements.statement import StatementKind
from cases.models import Case, PolicyKind, RiskOverride
from cases.presentation import kept_risk
from cases.workflows import heartbeat
from cases.workflows.background import changed_assessments, jobs
from cases.workflows.casework import assessed_columns, overriding, risk, risk_in_force
from cases.workflows.casework.decisions import reopening
from cases.workflows.casework.overriding import WantedClass
from cases.workflows.casework.requirements import requirement_status, stating
from cases.workflows.casework.requirements.stating import Seen, known
from cases.workflows.policy import versions
from cases.workflows.verification.reconciling import derived
from tests import deciding, factories, judging

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DAY = datetime.timedelta(days=1)


@pytest.fixture
def case() -> Case:
    """A case of Kari's with a result, of which nobody has answered anything."""
    made = factories.case(assignee=factories.kari())
    judging.result_of(made, deciding.document())
    jobs.do_due()
    made.refresh_from_db()
    return made


def on_page(case: Case) -> tuple[str, bool]:
    """The class that the page of a case shows now, and whether it is provisional."""
    present = risk_in_force.of_case(case, risk_in_force.model_of(case), timezone.localdate())
    return present.risk_class.value, present.found.is_provisional


def kept(case: Case) -> tuple[str, bool]:
    case.refresh_from_db()
    return case.risk_class, case.risk_is_provisional


def aside(case: Case) -> str:
    """What a list says beside the class; '' of one that is of now."""
    case.refresh_from_db()
    model = versions.in_force(PolicyKind.RISK_MODEL).pk
    return str(kept_risk.of_case(case, model, timezone.now()).aside)


def override(case: Case, to: RiskClass) -> RiskOverride:
    present = risk_in_force.of_case(case, risk.model_in_force(), timezone.localdate())
    wanted = WantedClass(to, "We know the owner.", present.newest, present.found.risk_class.value)
    return overriding.override(case, wanted, factories.kari(), uuid.uuid4())


def noon_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def graver_model() -> dict[str, Any]:
    """The default, in which every organisation is high."""
    document = default(PolicyKind.RISK_MODEL)
    document["bands"] = [{"class": "high", "to": None}]
    document["low"]["max_points"] = 0
    return document


# --- What changes it -----------------------------------------------------------------------------------------


def test_a_new_case_has_none_that_is_known() -> None:
    made = factories.case()
    assert kept(made) == ("", False)
    assert str(kept_risk.of_case(made, None, timezone.now()).words) == "not worked out yet"


def test_after_a_capture_the_queue_works_it_out_and_until_then_lists_say_so(case: Case) -> None:
    assert kept(case) == on_page(case)
    assert aside(case) == ""
    assert not changed_assessments.is_due()
    judging.result_of(case, deciding.document(judging.entry()))
    assert aside(case) == "being renewed"
    assert changed_assessments.is_due()
    jobs.do_due()
    assert kept(case) == on_page(case)
    assert aside(case) == ""


def test_answers_and_overrides_and_their_second_person_change_it_at_once(case: Case) -> None:
    assert kept(case)[1]
    deciding.answer_all(case)
    assert kept(case) == on_page(case)
    assert not kept(case)[1]
    worked_out = kept(case)[0]
    override(case, RiskClass.HIGH)
    assert kept(case) == on_page(case) == ("high", False)
    lowered = override(case, RiskClass(worked_out) if worked_out == "low" else RiskClass.LOW)
    assert lowered.awaits_second
    assert kept(case) == on_page(case) == ("high", False)
    overriding.send_back(lowered, factories.ola(), "Say since when.")
    assert kept(case) == on_page(case) == ("high", False)
    overriding.confirm(override(case, RiskClass.LOW), factories.ola())
    assert kept(case) == on_page(case) == ("low", False)
    assert aside(case) == ""


def test_a_judged_hit_changes_whether_it_is_provisional_at_once() -> None:
    made = factories.case(assignee=factories.kari())
    judging.result_of(made, deciding.document(judging.entry()))
    deciding.answer_all(made)
    assert kept(made)[1]
    judging.judged_by_two(made)
    assert kept(made) == on_page(made)
    assert not kept(made)[1]


def test_an_override_ends_with_its_last_day(case: Case) -> None:
    worked_out = kept(case)[0]
    until = override(case, RiskClass.HIGH).until
    assert until is not None
    with time_machine.travel(noon_of(until)):
        jobs.do_due()
        assert (kept(case)[0], aside(case)) == ("high", "")
    with time_machine.travel(noon_of(until + DAY)):
        assert aside(case) == "being renewed"
        jobs.do_due()
        assert kept(case)[0] == on_page(case)[0] == worked_out
        assert aside(case) == ""


def test_it_is_looked_at_anew_on_the_day_after_the_organisation_is_a_year_older(case: Case) -> None:
    registered = registered_on(case)
    assert case.assess_at is not None
    day = timezone.localdate(case.assess_at) - DAY
    assert (day.month, day.day) == (registered.month, registered.day)
    assert timezone.localdate() <= day <= timezone.localdate() + 366 * DAY


def registered_on(case: Case) -> datetime.date:
    stated = judging.reading_of(case).result.company.registered
    assert stated is not None
    assert stated.day is not None
    return stated.day


# --- A model in force ----------------------------------------------------------------------------------------


def test_a_model_put_in_force_renews_every_class_and_none_before_passes_for_it(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changed_assessments, "TOGETHER", 1)
    other = factories.case(assignee=factories.kari())
    judging.result_of(other, deciding.document())
    jobs.do_due()
    assert aside(other) == aside(case) == ""
    before = kept(case)[0]
    judging.in_force_anew(PolicyKind.RISK_MODEL, graver_model())
    assert (kept(case)[0], aside(case)) == (before, "by the model before")
    assert changed_assessments.is_due()
    # Whoever breaks off after one batch leaves the rest to be found again.
    assert changed_assessments.do(heartbeat.Beats())
    assert sorted([aside(case), aside(other)]) == ["", "by the model before"]
    jobs.do_due()
    assert {kept(case)[0], kept(other)[0]} == {"high"}
    assert aside(case) == aside(other) == ""
    assert not changed_assessments.is_due()


def test_a_decided_case_keeps_the_model_of_its_decision_and_a_reopened_one_does_not() -> None:
    made = deciding.ready()
    deciding.decided(made)
    jobs.do_due()
    of_decision = kept(made)
    judging.in_force_anew(PolicyKind.RISK_MODEL, graver_model())
    assert not changed_assessments.is_due()
    assert (kept(made), aside(made)) == (of_decision, "")
    reopening.reopen(made, "A new owner.", factories.ola())
    assert aside(made) == "being renewed"
    jobs.do_due()
    assert kept(made) == on_page(made)
    assert kept(made)[0] == "high"


# --- What is not known ---------------------------------------------------------------------------------------


def test_what_cannot_be_worked_out_is_not_known_and_never_low(case: Case) -> None:
    data = json.dumps(deciding.document()).encode()
    factories.artefact(factories.session(case, "COMPLETE", {}), data=data, state="CAPTURED", about_us=False)
    jobs.do_due()
    assert kept(case) == ("", False)
    case.refresh_from_db()
    model = versions.in_force(PolicyKind.RISK_MODEL).pk
    shown = kept_risk.of_case(case, model, timezone.now())
    assert (str(shown.words), shown.key, shown.bars) == ("not known", "", 0)


def test_while_files_are_out_of_reach_it_is_being_worked_out_and_is_tried_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(case)

    def away(*_where: object, **_how: object) -> NoReturn:
        raise OSError(5, "away")

    Case.objects.update(assess_at=timezone.now())
    with monkeypatch.context() as patch:
        patch.setattr(type(default_storage._wrapped), "open", away)  # type: ignore[attr-defined]
        jobs.do_due()
        assert (kept(case), aside(case)) == (before, "being renewed")
        assert not changed_assessments.is_due()
    with time_machine.travel(timezone.now() + assessed_columns.LATER):
        jobs.do_due()
        assert (kept(case), aside(case)) == (before, "")


def test_reread_writes_it_anew_and_verify_finds_one_that_is_another(case: Case) -> None:
    assert assessed_columns.again(case.reference) == ()
    assert derived.held(case.pk).problems == []
    Case.objects.filter(pk=case.pk).update(risk_class="low", risk_is_provisional=False)
    assert any("risk class" in problem for problem in map(str, derived.held(case.pk).problems))
    assert assessed_columns.again(case.reference) == ("risk_class", "risk_is_provisional")
    assert kept(case) == on_page(case)
    assert derived.held(case.pk).problems == []


def test_what_is_wrong_with_one_case_keeps_no_other_from_its_turn(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.case()
    keep = assessed_columns.keep

    def of_all_but_one(one: Case) -> None:
        if one.pk == case.pk:
            raise ValueError("a forged row")
        keep(one)

    monkeypatch.setattr(assessed_columns, "keep", of_all_but_one)
    Case.objects.update(assess_at=timezone.now())
    jobs.do_due()
    assert aside(case) == "being renewed"
    assert aside(other) == ""
    assert not changed_assessments.is_due()


# --- Conditions ----------------------------------------------------------------------------------------------


def test_the_first_condition_that_nobody_has_shown_is_kept_until_it_is_shown() -> None:
    made = deciding.ready()
    row = deciding.decided(made, deciding.draft(Outcome.CONDITIONS))
    jobs.do_due()
    made.refresh_from_db()
    due = datetime.date.fromisoformat(row.conditions[0]["due"])
    assert made.condition_due == due
    status = requirement_status.of_case(made, timezone.localdate()).by_id["K1"]
    waiver = StatementDraft(
        StatementKind.WAIVED, "Not needed for now.", until=timezone.localdate() + 20 * DAY
    )
    stating.state(made, Seen("K1", 0, known(status)), waiver, factories.lead(), uuid.uuid4())
    made.refresh_from_db()
    assert made.condition_due is None
    assert made.assess_at is not None
    assert timezone.localdate(made.assess_at) <= timezone.localdate() + 21 * DAY


def test_a_reopened_case_has_no_condition_any_more() -> None:
    made = deciding.ready()
    deciding.decided(made, deciding.draft(Outcome.CONDITIONS))
    jobs.do_due()
    reopening.reopen(made, "A new owner.", factories.ola())
    jobs.do_due()
    made.refresh_from_db()
    assert made.condition_due is None
