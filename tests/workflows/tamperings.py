"""What somebody with the triggers off may do to the rows of a whole case, and what is then to be said."""

from cases.models import Artefact, Case, Delivery, SignatureCheck
from tests import factories
from tests.workflows.forgery import event

STRANGE = "ab" * 32
STRANGE_FILE = f"evidence/ab/{STRANGE}.json"
# Events by the name that sentences have for their number: verb and subject.
EVENTS = {
    "created": ("CASE_CREATED", "case"),
    "changed": ("CASE_CHANGED", "case"),
    "handed_over": ("CASE_HANDED_OVER", "case"),
    "order": ("SESSION_REQUESTED", "session 1"),
    "order_2": ("SESSION_REQUESTED", "session 2"),
    "sent": ("CREATE_SENT", "session 1"),
    "opened": ("SESSION_OPENED", "session 1"),
    "ended": ("SESSION_ENDED", "session 1"),
    "unreadable": ("FETCH_FAILED", "session 1 json"),
    "captured": ("ARTEFACT_CAPTURED", "session 1 json"),
    "captured_pdf": ("ARTEFACT_CAPTURED", "session 1 aml"),
    "hits_1": ("HITS_FOUND", "session 1 json"),
    "hits_2": ("HITS_FOUND", "session 2 json"),
    "comment_number": ("COMMENTED", "case"),
    "asked": ("REPORT_ASKED", "report 1"),
    "made": ("REPORT_MADE", "report 1"),
}


def sequence(case: Case, verb: str, subject: str, field: str = "sequence") -> int:
    found: int = case.audit_chain.events.values_list(field, flat=True).get(verb=verb, subject=subject)
    return found


def names(case: Case) -> dict[str, object]:
    first, second = case.sessions.order_by("number")
    other = Artefact.objects.exclude(session__case=case).get(kind="json")
    of_first = {artefact.kind: artefact for artefact in first.artefacts.all()}
    return {
        "strange": STRANGE,
        "strange_file": STRANGE_FILE,
        "case": case.pk,
        "own": case.organisation_id,
        "organisation": other.session.case.organisation_id,
        "ola": factories.ola().pk,
        "first": first.pk,
        "second": second.pk,
        "json": of_first["json"].pk,
        "pdf": of_first["aml"].pk,
        "certificate": of_first["certificate_of_registration"].pk,
        "answer": of_first["json"].unreadable_answers.get().pk,
        "other_file": other.file,
        "other_sha": other.sha256,
        "other_session": factories.session(other.session.case, "FAILED", {}).pk,
        "check": SignatureCheck.objects.exclude(ordered_by=None).get().pk,
        "hit": case.hits.order_by("pk")[0].pk,
        "identity": case.organisation.identities.order_by("pk")[0].pk,
        "delivery": Delivery.objects.filter(attempt__session=first).order_by("pk")[0].pk,
        "report": case.reports.get().pk,
        "first_event": event(case, 1).pk,
        "comment": sequence(case, "COMMENTED", "case", "pk"),
        **{name: sequence(case, *verbs) for name, verbs in EVENTS.items()},
        "checked": case.audit_chain.events.filter(verb="SIGNATURE_CHECKED").latest("sequence").sequence,
    }


TAMPERINGS: list[tuple[str, str]] = [
    # The case itself
    (
        "UPDATE cases_case SET reference = 'C-2026-000099' WHERE id = {case}",
        "the case has another reference than event {created} ",
    ),
    (
        "UPDATE cases_case SET organisation_id = {organisation} WHERE id = {case}",
        "the case is about another number than event {created} ",
    ),
    (
        "UPDATE cases_organisation SET value = '999999999' WHERE id = {own}",
        "the case is about another number than event {created} ",
    ),
    (
        "UPDATE cases_case SET opened_by_id = {ola} WHERE id = {case}",
        "the case has another person who opened it than event {created} ",
    ),
    (
        "UPDATE cases_case SET opened_at = '2020-01-01 00:00:00+00:00' WHERE id = {case}",
        "the case has another opened time than event {created} ",
    ),
    (
        "UPDATE cases_case SET purpose = 'Nothing' WHERE id = {case}",
        "the case has another purpose than event {changed} ",
    ),
    (
        "UPDATE cases_case SET customer_reference = 'X' WHERE id = {case}",
        "the case has another customer reference than event {created} ",
    ),
    (
        "UPDATE cases_case SET due = '2027-01-01' WHERE id = {case}",
        "the case has another due than event {created} ",
    ),
    (
        "UPDATE cases_case SET assignee_id = {ola} WHERE id = {case}",
        "the case has another person who has it than event {handed_over} ",
    ),
    (
        "UPDATE cases_case SET state = 'NEW' WHERE id = {case}",
        "the case has another state than event {handed_over} tells: NEW, not IN_REVIEW",
    ),
    # Orders
    (
        "UPDATE cases_amlsession SET requested_by_id = {ola} WHERE id = {first}",
        "another person who ordered than event {order} ",
    ),
    (
        "UPDATE cases_amlsession SET language = 'fi' WHERE id = {first}",
        "another language than event {order} tells: fi, not en",
    ),
    (
        "UPDATE cases_amlsession SET expands = '[]' WHERE id = {second}",
        "another expands than event {order_2} ",
    ),
    (
        "UPDATE cases_amlsession SET reports = '[]' WHERE id = {second}",
        "another reports than event {order_2} ",
    ),
    (
        "UPDATE cases_amlsession SET granted_scopes = '[]' WHERE id = {first}",
        "another set of granted scopes than event {opened} ",
    ),
    (
        "UPDATE cases_amlsession SET provider_id = 'else' WHERE id = {first}",
        "another session at the provider than event {opened} ",
    ),
    (
        "UPDATE cases_amlsession SET ordered_for_id = {organisation} WHERE id = {first}",
        "is for another number than event {order} was for",
    ),
    (
        "UPDATE cases_amlsession SET state = 'FAILED', reason = 'gone' WHERE id = {first}",
        "another state than event {ended} tells: FAILED, not COMPLETE",
    ),
    (
        "UPDATE cases_amlsession SET reason = 'gone' WHERE id = {first}",
        "another reason than event {ended} tells: gone, not none",
    ),
    (
        "UPDATE cases_amlsession SET number = 7 WHERE id = {second}",
        "event {order_2} tells of the order of session 2, and there is no such row",
    ),
    (
        "UPDATE cases_amlsession SET number = 7 WHERE id = {second}",
        "no event tells of the order of session 7 ",
    ),
    (
        "UPDATE cases_createattempt SET outcome = 'REFUSED' WHERE session_id = {first}",
        "has the outcome REFUSED, and event {opened} tells of OPENED",
    ),
    (
        "UPDATE cases_createattempt SET number = 3 WHERE session_id = {first}",
        "event {sent} tells that attempt 1 of session 1 was sent, and there is no such row",
    ),
    # Results
    (
        "UPDATE cases_artefact SET file = '{other_file}', sha256 = '{other_sha}' WHERE id = {json}",
        "session 1 json (row {json}) has another file than event {captured} ",
    ),
    (
        "UPDATE cases_artefact SET file = '{other_file}' WHERE id = {json}",
        "session 1 json (row {json}) names a file that is not called after its hash",
    ),
    (
        "UPDATE cases_artefact SET sha256 = '{strange}' WHERE id = {pdf}",
        "session 1 aml (row {pdf}) has another file than event {captured_pdf} ",
    ),
    (
        "UPDATE cases_artefact SET size = 1 WHERE id = {json}",
        "another size than event {captured} tells: 1, not ",
    ),
    (
        "UPDATE cases_artefact SET about_us = NULL WHERE id = {json}",
        "another answer to whether it is about the organisation than event {captured} ",
    ),
    (
        "UPDATE cases_artefact SET unreadable = 'invalid_json' WHERE id = {json}",
        "another answer to whether it can be read than event {captured} ",
    ),
    (
        "UPDATE cases_artefact SET captured_at = '2020-01-01 00:00:00+00:00' WHERE id = {json}",
        "another time of capture than event {captured} ",
    ),
    (
        "UPDATE cases_artefact SET state = 'FAILED', reason = 'gone', captured_at = NULL, size = NULL,"
        " sha256 = '', file = '' WHERE id = {json}",
        "is FAILED, and event {captured} tells that it was captured",
    ),
    (
        "UPDATE cases_artefact SET session_id = {other_session} WHERE id = {certificate}",
        "certificate_of_registration of session 1 was ordered, and there is no such row",
    ),
    # Answers that could not be read
    (
        "DELETE FROM cases_unreadableanswer",
        "event {unreadable} tells of an unreadable answer for session 1 json, and there is no such row",
    ),
    (
        "UPDATE cases_unreadableanswer SET sha256 = '{strange}', file = '{strange_file}'",
        "no event tells of an unreadable answer for session 1 json ",
    ),
    (
        "UPDATE cases_unreadableanswer SET file = '{strange_file}'",
        "an unreadable answer for session 1 json (row {answer}) names a file that is not called after its hash",
    ),
    ("UPDATE cases_unreadableanswer SET size = 9", "another size than event {unreadable} tells: 9, not 7"),
    # Signatures
    (
        "UPDATE cases_signaturecheck SET verdict = 'VERIFIED'",
        "another verdict than event {checked} tells: VERIFIED, not NOT_TRUSTED",
    ),
    (
        "UPDATE cases_signaturecheck SET explanation = 'verified' WHERE id = {check}",
        "another explanation than event {checked} tells: verified, not no_roots",
    ),
    ("UPDATE cases_signaturecheck SET signatures = '[]'", "another set of signatures than event "),
    (
        "UPDATE cases_signaturecheck SET about_us = NULL",
        "another answer to whether it is about the organisation than event ",
    ),
    (
        "UPDATE cases_signaturecheck SET asked_by_id = NULL WHERE id = {check}",
        "another person who asked than event {checked} ",
    ),
    (
        "DELETE FROM cases_signaturecheck WHERE id = {check}",
        "event {checked} tells of a check of the signature of session 1 aml, and there is no such row",
    ),
    (
        "UPDATE cases_signaturecheck SET artefact_id = {certificate} WHERE id = {check}",
        "no event tells of the check of the signature of session 1 certificate_of_registration ",
    ),
    # Hits
    (
        "DELETE FROM cases_hit WHERE case_id = {case}",
        "hits that session 1 json named first: 0 rows, and event {hits_1} tells of 2",
    ),
    ("DELETE FROM cases_hit WHERE id = {hit}", "event {hits_2} tells of 1 hits of which there is no row"),
    (
        "UPDATE cases_hit SET match = 1 WHERE id = {hit}",
        "the hit in row {hit} is not as event {hits_2} tells",
    ),
    (
        "UPDATE cases_hit SET name = 'Nobody' WHERE id = {hit}",
        "the hit in row {hit} is not as event {hits_2} tells",
    ),
    (
        "UPDATE cases_hit SET last_seen_id = {json} WHERE id = {hit}",
        "the hit in row {hit} is not as event {hits_2} tells",
    ),
    (
        "UPDATE cases_hit SET first_seen_id = last_seen_id WHERE id = {hit}",
        "hits that session 2 json named first: 1 rows, and event {hits_2} tells of 0",
    ),
    (
        "UPDATE cases_hit SET fingerprint = '{strange}' WHERE id = {hit}",
        "no event tells of the hit in row {hit}",
    ),
    # Reports and notes
    ("UPDATE cases_report SET asked_by_id = {ola}", "another person who asked than event {asked} "),
    (
        "UPDATE cases_report SET session_id = {second}",
        "report 1 (row {report}) has another session than event {asked} ",
    ),
    (
        "UPDATE cases_report SET sha256 = '{strange}'",
        "report 1 (row {report}) has another file than event {made} ",
    ),
    (
        "UPDATE cases_report SET file = '{other_file}'",
        "report 1 (row {report}) names a file that is not called after its hash",
    ),
    ("UPDATE cases_report SET pages = 3", "another pages than event {made} tells: 3, not 7"),
    ("UPDATE cases_report SET number = 4", "event {asked} tells of report 1, and there is no such row"),
    ("DELETE FROM cases_report", "event {asked} tells of report 1, and there is no such row"),
    (
        "DELETE FROM cases_note WHERE event_id = {comment}",
        "event {comment_number} tells of a note, and there is no such row",
    ),
    (
        "UPDATE cases_note SET event_id = {first_event} WHERE event_id = {comment}",
        "event {comment_number} tells of a note, and there is no such row",
    ),
]
# What the first events told already.
OLD_ONES = [
    ("UPDATE cases_signaturecheck SET verdict = 'VERIFIED'", "another verdict than event "),
    ("DELETE FROM cases_signaturecheck WHERE id = {check}", "event {checked} tells of a check"),
    ("DELETE FROM cases_hit WHERE case_id = {case}", "0 rows, and event {hits_1} tells of 2"),
    (
        "UPDATE cases_artefact SET file = '{other_file}', sha256 = '{other_sha}' WHERE id = {json}",
        "another file ",
    ),
    ("UPDATE cases_artefact SET file = '{other_file}' WHERE id = {json}", "not called after its hash"),
    ("UPDATE cases_artefact SET size = 1 WHERE id = {json}", "another size than event {captured} "),
    ("UPDATE cases_amlsession SET requested_by_id = {ola} WHERE id = {first}", "another person who ordered "),
    ("UPDATE cases_case SET organisation_id = {organisation} WHERE id = {case}", "about another number "),
]
# What no event tells, and stored results do.
DERIVED: list[tuple[str, str]] = [
    (
        "UPDATE cases_case SET screening = 'NONE' WHERE id = {case}",
        "the case has another screening than its stored results yield: NONE, not HITS",
    ),
    (
        "UPDATE cases_case SET hit_count = 0, likely_hit_count = 0 WHERE id = {case}",
        "the case has another number of hits than its stored results yield: none, not ",
    ),
    (
        "UPDATE cases_case SET beneficial_owner_count = 17 WHERE id = {case}",
        "another number of beneficial owners than its stored results yield: 17, not ",
    ),
    (
        "UPDATE cases_case SET evidence = 'ALTERED' WHERE id = {case}",
        "another standing of what was captured than its stored results yield: ALTERED, not USABLE",
    ),
    (
        "UPDATE cases_case SET verdicts = '{{}}' WHERE id = {case}",
        "another set of verdicts than its stored results yield",
    ),
    ("UPDATE cases_case SET result_at = NULL WHERE id = {case}", "another time of the result than "),
    (
        "UPDATE cases_case SET certificate_from = NULL WHERE id = {case}",
        "another day of the certificate than ",
    ),
    (
        "UPDATE cases_organisation SET name = 'Nobody AS' WHERE id = {own}",
        "its organisation has a name that none of its stored results states",
    ),
    (
        "UPDATE cases_organisation SET name = '', sort_key = NULL WHERE id = {own}",
        "its organisation has no name, and the result that is read names it",
    ),
    (
        "UPDATE cases_organisation SET sort_key = 'zz' WHERE id = {own}",
        "its organisation stands elsewhere in lists than its name says",
    ),
    (
        "UPDATE cases_organisationidentity SET value = '999999999' WHERE id = {identity}",
        "the identity in row {identity} is not one that session 1 json states",
    ),
    (
        "UPDATE cases_organisationidentity SET organisation_id = {organisation} WHERE id = {identity}",
        "the identity in row {identity} is of another organisation than session 1 json",
    ),
    (
        "DELETE FROM cases_organisationidentity WHERE id = {identity}",
        "session 1 json states 1 identities of its organisation of which there is no row",
    ),
    (
        "UPDATE cases_casesearch SET words = 'nobody' WHERE case_id = {case}",
        "the case is found by other words than its rows and stored results yield",
    ),
    (
        "UPDATE cases_casesearch SET stated = '[]' WHERE case_id = {case}",
        "the case is found by other words than its rows and stored results yield",
    ),
    ("DELETE FROM cases_casesearch WHERE case_id = {case}", "there is no row of what the case is found by"),
]
# Webhooks: as they came, until their session ended.
AS_TOLD = "the webhooks of session 1 are not as event {ended} tells"
DELIVERIES: list[tuple[str, str]] = [
    (
        "DELETE FROM cases_delivery WHERE id = {delivery}",
        "event {ended} tells of 2 webhooks of session 1, and there are 1 rows",
    ),
    (
        "UPDATE cases_delivery SET body = (SELECT body FROM cases_delivery WHERE id = {delivery} + 1)"
        " WHERE id = {delivery}",
        AS_TOLD,
    ),
    ("UPDATE cases_delivery SET received_at = '2020-01-01 00:00:00+00:00' WHERE id = {delivery}", AS_TOLD),
    ("UPDATE cases_delivery SET word = 'Else', kind = '' WHERE id = {delivery}", AS_TOLD),
    ("UPDATE cases_delivery SET named_session = 'else' WHERE id = {delivery}", AS_TOLD),
]
