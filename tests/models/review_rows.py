"""Rows of judgements, answers, overrides, statements and policy that the database refuses, by their constraint."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cases.models import PartyList
from tests import factories, judging

NOW = timezone.now()
WITHDRAWN = {"ending": "WITHDRAWN", "ended_at": NOW}
VIOLATIONS: dict[str, list[Callable[[], Any]]] = {
    "judgement_number_once": [lambda: judging.judgement_row(judging.judgement_row().hit, number=1)],
    "judgement_verdict_known": [lambda: judging.judgement_row(verdict="FINE")],
    "judgement_second_known": [lambda: judging.judgement_row(second_state="FINE")],
    "judgement_says_why": [lambda: judging.judgement_row(rationale="")],
    "judgement_needs_second": [
        lambda: judging.judgement_row(verdict="TRUE_MATCH"),
        lambda: judging.judgement_row(verdict="NOT_APPLICABLE"),
    ],
    "judgement_waits_until": [lambda: judging.judgement_row(verdict="CANNOT_TELL")],
    "judgement_second_is_another": [
        lambda: judging.judgement_row(second_state="CONFIRMED", second_by=factories.kari(), second_at=NOW)
    ],
    "judgement_second_is_named": [
        lambda: judging.judgement_row(second_state="CONFIRMED", second_at=NOW),
        lambda: judging.judgement_row(second_state="CONFIRMED", second_by=factories.ola()),
        lambda: judging.judgement_row(second_state="SENT_BACK", second_by=factories.ola(), second_at=NOW),
        lambda: judging.judgement_row(second_by=factories.ola(), second_at=NOW),
    ],
    "answers_number_once": [lambda: judging.answers_row(judging.answers_row().case, number=1)],
    "override_number_once": [lambda: judging.override_row(judging.override_row().case, number=1)],
    "override_class_known": [lambda: judging.override_row(to_class="prohibited")],
    "override_worked_out_known": [lambda: judging.override_row(worked_out="fine")],
    "override_second_known": [lambda: judging.override_row(second_state="FINE")],
    "override_says_why": [lambda: judging.override_row(rationale="")],
    "override_ends": [
        lambda: judging.override_row(until=None),
        lambda: judging.override_row(to_class=""),
    ],
    "override_down_needs_second": [
        lambda: judging.override_row(worked_out="prohibited"),
        lambda: judging.override_row(to_class="normal", worked_out="high"),
        lambda: judging.override_row(to_class="low"),
    ],
    "override_second_is_another": [
        lambda: judging.override_row(second_state="CONFIRMED", second_by=factories.kari(), second_at=NOW)
    ],
    "override_second_is_named": [
        lambda: judging.override_row(second_state="CONFIRMED", second_at=NOW),
        lambda: judging.override_row(second_state="SENT_BACK", second_by=factories.ola(), second_at=NOW),
        lambda: judging.override_row(second_by=factories.ola(), second_at=NOW),
    ],
    "decision_number_once": [lambda: judging.decision_row(judging.decision_row(**WITHDRAWN).case, number=1)],
    "decision_awaited": [lambda: judging.decision_row(judging.decision_row().case)],
    "decision_outcome_known": [lambda: judging.decision_row(outcome="FINE")],
    "decision_reason_known": [lambda: judging.decision_row(reason="FINE")],
    "decision_ending_known": [lambda: judging.decision_row(ending="FINE", ended_at=NOW)],
    "decision_second_known": [lambda: judging.decision_row(second_state="FINE")],
    "decision_says_why": [
        lambda: judging.decision_row(rationale=""),
        lambda: judging.decision_row(digest=""),
    ],
    "decision_by_two": [lambda: judging.decision_row(second_state="NOT_NEEDED")],
    "decision_has_review_or_reason": [
        lambda: judging.decision_row(outcome="APPROVE"),
        lambda: judging.decision_row(reason=""),
        lambda: judging.decision_row(next_review=NOW.date()),
        lambda: judging.decision_row(outcome="APPROVE", reason="", next_review=None),
    ],
    "decision_ends_unanswered": [
        lambda: judging.decision_row(ending="VOID"),
        lambda: judging.decision_row(ended_at=NOW),
        lambda: judging.decision_row(
            ending="VOID", ended_at=NOW, second_state="CONFIRMED", second_by=factories.ola(), second_at=NOW
        ),
    ],
    "decision_second_is_another": [
        lambda: judging.decision_row(second_state="CONFIRMED", second_by=factories.kari(), second_at=NOW)
    ],
    "decision_second_is_named": [
        lambda: judging.decision_row(second_state="CONFIRMED", second_at=NOW),
        lambda: judging.decision_row(second_state="SENT_BACK", second_by=factories.ola(), second_at=NOW),
        lambda: judging.decision_row(second_by=factories.ola(), second_at=NOW),
    ],
    "recused_once": [lambda: judging.recusal_row(judging.recusal_row().case)],
    "recusal_says_why": [lambda: judging.recusal_row(reason="")],
    "suspicion_number_once": [lambda: judging.suspicion_row(judging.suspicion_row().case, number=1)],
    "suspicion_conclusion_known": [lambda: judging.suspicion_row(conclusion="FINE")],
    "suspicion_says_what": [
        lambda: judging.suspicion_row(words=""),
        lambda: judging.suspicion_row(salt=""),
    ],
    "attachment_of_one": [
        lambda: judging.attachment_row(statement=judging.statement_row()),
        lambda: judging.attachment_row(conclusion=judging.conclusion_row()),
        lambda: judging.attachment_row(search=judging.search_row()),
        lambda: judging.attachment_row(judgement=None),
    ],
    "owner_number_once": [lambda: judging.conclusion_row(judging.conclusion_row().case, number=1)],
    "owner_conclusion_known": [lambda: judging.conclusion_row(conclusion="FINE")],
    "owner_ground_known": [lambda: judging.conclusion_row(conclusion="BENEFICIAL_OWNER", ground="FINE")],
    "owner_says_why": [
        lambda: judging.conclusion_row(words=""),
        lambda: judging.conclusion_row(name=""),
        lambda: judging.conclusion_row(person=""),
    ],
    "owner_has_ground": [
        lambda: judging.conclusion_row(conclusion="BENEFICIAL_OWNER"),
        lambda: judging.conclusion_row(ground="SHARES_OVER_LIMIT"),
    ],
    "owner_manager_after_search": [lambda: judging.conclusion_row(conclusion="SENIOR_MANAGER")],
    "owner_percent_is_one": [lambda: judging.conclusion_row(percent=101)],
    "search_number_once": [lambda: judging.search_row(judging.search_row().case, number=1)],
    "search_topic_known": [lambda: judging.search_row(topic="FINE")],
    "search_means_known": [lambda: judging.search_row(topic="PEP", means="FINE")],
    "search_outcome_known": [lambda: judging.search_row(outcome="FINE")],
    "search_says_where_and_when": [
        lambda: judging.search_row(source=""),
        lambda: judging.search_row(day=None),
        lambda: judging.search_row(topic="PEP", means=""),
        lambda: judging.search_row(outcome="TAKEN_BACK", words="Mistyped."),
        lambda: judging.search_row(outcome="TAKEN_BACK", means="", day=None),
    ],
    "search_says_what_was_found": [lambda: judging.search_row(outcome="FOUND")],
    "search_names_its_lists": [
        lambda: judging.search_row(lists=""),
        lambda: judging.search_row(means="DECLARATION"),
    ],
    "set_choice_number_once": [lambda: judging.set_choice_row(judging.set_choice_row().case, number=1)],
    "statement_number_once": [lambda: judging.statement_row(judging.statement_row().case, number=1)],
    "statement_kind_known": [lambda: judging.statement_row(kind="FINE")],
    "statement_outcome_known": [lambda: judging.statement_row(outcome="FINE")],
    "statement_says_what": [
        lambda: judging.statement_row(words=""),
        lambda: judging.statement_row(requirement=""),
    ],
    "statement_waiver_ends": [
        lambda: judging.statement_row(kind="WAIVED"),
        lambda: judging.statement_row(until=NOW.date()),
    ],
    "attachment_has_bytes": [
        lambda: judging.attachment_row(sha256=""),
        lambda: judging.attachment_row(file=""),
        lambda: judging.attachment_row(name=""),
    ],
    "party_list_once_in_case": [lambda: PartyList(case=judging.judgement_row().hit.case, digest="").save()],
    "policy_kind_known": [lambda: judging.policy_row(kind="guess")],
    "policy_state_known": [lambda: judging.policy_row(state="FINE")],
    "policy_number_once": [lambda: judging.policy_row(number=1)],
    "policy_in_force_once": [
        lambda: judging.policy_row("ACTIVE", activated_by=factories.ola(), activated_at=NOW)
    ],
    "policy_activated_by_another": [
        lambda: judging.policy_row("RETIRED", activated_by=factories.lead(), activated_at=NOW),
        lambda: judging.policy_row("RETIRED", activated_at=NOW),
    ],
    "policy_impact_state_known": [lambda: judging.impact_row("LOST")],
    "policy_impact_ordered_once": [lambda: judging.impact_row(version=judging.impact_row().version)],
    "policy_impact_worked_out_at": [
        lambda: judging.impact_row("WORKED_OUT"),
        lambda: judging.impact_row("WORKED_OUT", worked_out_at=NOW),
        lambda: judging.impact_row(worked_out_at=NOW),
    ],
    "policy_impact_failed_has_reason": [lambda: judging.impact_row("FAILED")],
    "policy_in_force_since": [
        lambda: judging.policy_row("RETIRED"),
        lambda: judging.policy_row(activated_by=factories.ola(), activated_at=NOW),
    ],
}
