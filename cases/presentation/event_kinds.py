"""The kinds of events: which verb is of which, what sign it has, and what went wrong."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from cases.models import Verb


class EventKind(TextChoices):
    CASE = "case", gettext_lazy("Case")
    PROVIDER = "provider", gettext_lazy("Provider")
    CAPTURES = "captures", gettext_lazy("Captures")
    FINDINGS = "findings", gettext_lazy("Findings")
    REPORTS = "reports", gettext_lazy("Reports")
    COMMENTS = "comments", gettext_lazy("Comments")
    PEOPLE = "people", gettext_lazy("Openings")
    SEARCHES = "searches", gettext_lazy("Searches")
    ACCESS = "access", gettext_lazy("People and roles")


KINDS: dict[EventKind, tuple[Verb, ...]] = {
    EventKind.CASE: (
        Verb.CASE_CREATED,
        Verb.CASE_TAKEN,
        Verb.CASE_CHANGED,
        Verb.CASE_HANDED_OVER,
        Verb.CASE_HANDED_BACK,
        Verb.NUMBER_CORRECTED,
        Verb.CASE_WITHDRAWN,
        Verb.DETAIL_ERASED,
    ),
    EventKind.PROVIDER: (
        Verb.SESSION_REQUESTED,
        Verb.CREATE_SENT,
        Verb.CREATE_REFUSED,
        Verb.ANSWER_LOST,
        Verb.SESSION_OPENED,
        Verb.SESSION_ADOPTED,
        Verb.SESSION_UNKNOWN,
        Verb.SESSION_DUPLICATED,
        Verb.WEBHOOK_REJECTED,
        Verb.FAILURE_ANNOUNCED,
        Verb.SESSION_TROUBLED,
        Verb.SESSION_RESUMED,
        Verb.SESSION_QUARANTINED,
        Verb.SESSION_ENDED,
    ),
    EventKind.CAPTURES: (
        Verb.ARTEFACT_READY,
        Verb.ARTEFACT_CAPTURED,
        Verb.ARTEFACT_FAILED,
        Verb.ARTEFACT_EXPIRED,
        Verb.FETCH_FAILED,
    ),
    EventKind.FINDINGS: (Verb.IDENTITY_SHARED, Verb.HITS_FOUND, Verb.SIGNATURE_CHECKED, Verb.SIGNERS_CHECKED),
    EventKind.REPORTS: (Verb.REPORT_ORDERED, Verb.REPORT_MADE, Verb.REPORT_FAILED),
    EventKind.COMMENTS: (Verb.COMMENTED,),
    EventKind.PEOPLE: (Verb.CASE_VIEWED, Verb.DOCUMENT_VIEWED),
    EventKind.SEARCHES: (Verb.SEARCHED,),
    EventKind.ACCESS: (
        Verb.PERSON_ADDED,
        Verb.PERSON_CHANGED,
        Verb.ROLES_CHANGED,
        Verb.PERSON_ACTIVATED,
        Verb.PERSON_DEACTIVATED,
        Verb.PASSWORD_SET,
        Verb.PASSWORD_REMOVED,
        Verb.PASSWORD_CHANGED,
        Verb.FIRST_SIGN_IN,
    ),
}
ICONS: dict[EventKind, str] = {
    EventKind.CASE: "briefcase",
    EventKind.PROVIDER: "send",
    EventKind.CAPTURES: "download",
    EventKind.FINDINGS: "search-check",
    EventKind.REPORTS: "file-text",
    EventKind.COMMENTS: "message-square",
    EventKind.PEOPLE: "eye",
    EventKind.SEARCHES: "search",
    EventKind.ACCESS: "users",
}
LOUD = {
    Verb.CREATE_REFUSED,
    Verb.ANSWER_LOST,
    Verb.SESSION_UNKNOWN,
    Verb.SESSION_DUPLICATED,
    Verb.WEBHOOK_REJECTED,
    Verb.FAILURE_ANNOUNCED,
    Verb.SESSION_TROUBLED,
    Verb.SESSION_QUARANTINED,
    Verb.ARTEFACT_FAILED,
    Verb.ARTEFACT_EXPIRED,
    Verb.FETCH_FAILED,
    Verb.IDENTITY_SHARED,
    Verb.REPORT_FAILED,
}
