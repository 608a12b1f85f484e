"""The vocabulary of the audit trail: every verb has its row, and none that was ever stored is forgotten."""

import pytest

from cases.models import AuditEvent, Verb
from cases.presentation import timeline
from cases.presentation.event_kinds import ICONS, KINDS, VERBS, EventKind
from cases.workflows.audit import trail
from tests import factories

# Words that chains hold. One is added here with its verb, and none is ever taken away or written otherwise.
STORED = """
    CASE_CREATED CASE_TAKEN CASE_CHANGED CASE_HANDED_OVER CASE_HANDED_BACK NUMBER_CORRECTED
    CASE_WITHDRAWN CASE_VIEWED DOCUMENT_VIEWED SESSION_REQUESTED CREATE_SENT CREATE_REFUSED
    CREATE_IN_DOUBT SESSION_OPENED SESSION_ADOPTED SESSION_UNKNOWN SESSION_DUPLICATED KNOCK_REJECTED
    FAILURE_ANNOUNCED SESSION_TROUBLED SESSION_RESUMED SESSION_QUARANTINED SESSION_ENDED ARTEFACT_READY
    ARTEFACT_CAPTURED ARTEFACT_FAILED ARTEFACT_EXPIRED FETCH_FAILED IDENTITY_SHARED HITS_FOUND
    SIGNATURE_CHECKED SIGNERS_CHECKED COMMENTED REPORT_ASKED REPORT_MADE REPORT_FAILED SEARCHED
    PERSON_ADDED PERSON_CHANGED ROLES_CHANGED PERSON_ACTIVATED PERSON_DEACTIVATED PASSWORD_SET
    PASSWORD_REMOVED PASSWORD_CHANGED FIRST_SIGN_IN DETAIL_ERASED
    QUESTIONS_ANSWERED CLASS_OVERRIDDEN OVERRIDE_CONFIRMED OVERRIDE_SENT_BACK
    OWNER_CONCLUDED PARTIES_SEARCHED REQUIREMENT_STATED REQUIREMENT_SET_MOVED
    ATTACHED HIT_JUDGED JUDGEMENT_CONFIRMED JUDGEMENT_SENT_BACK HIT_REOPENED
    DECISION_PROPOSED DECISION_COUNTERSIGNED DECISION_SENT_BACK DECISION_WITHDRAWN DECISION_VOIDED
    CASE_PAUSED CASE_RESUMED CASE_REOPENED RECUSED
    POLICY_DRAFTED POLICY_ACTIVATED POLICY_DISCARDED
    CASE_PAUSED CASE_RESUMED RECUSED
    SUSPICION_NOTED SUSPICION_VIEWED
"""


def test_every_verb_that_was_ever_stored_is_known_and_no_other_is_written() -> None:
    assert set(STORED.split()) == set(Verb.values)
    assert max(map(len, Verb.values)) <= AuditEvent._meta.get_field("verb").max_length


def test_every_verb_has_a_row_and_every_kind_a_sign() -> None:
    assert set(VERBS) == set(Verb)
    assert set(ICONS) == set(EventKind)
    assert sorted(verb for verbs in KINDS.values() for verb in verbs) == sorted(Verb)


@pytest.mark.django_db
def test_a_verb_that_is_none_is_refused_by_the_writer() -> None:
    case = factories.case()
    with pytest.raises(ValueError, match="GUESSED"):
        trail.record(case, "GUESSED", subject="case")  # type: ignore[arg-type]
    assert not AuditEvent.objects.of_case(case).filter(verb="GUESSED").exists()


@pytest.mark.django_db
def test_an_event_of_a_newer_version_is_shown_by_its_own_word() -> None:
    event = AuditEvent.objects.of_case(factories.case()).newest_first()[0]
    event.verb, event.subject = "JUDGED_TOMORROW", "judgement 4"
    entry = timeline.entry_of(event)
    assert (entry.verb, entry.subject, entry.kind, entry.is_loud) == (
        "JUDGED_TOMORROW",
        "judgement 4",
        EventKind.CASE,
        False,
    )
