"""The one table of verbs: of which kind an event is, whether it went wrong, and the sign it has."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from cases.models import Verb


class EventKind(TextChoices):
    CASE = "case", gettext_lazy("Case")
    PROVIDER = "provider", gettext_lazy("Provider")
    CAPTURES = "captures", gettext_lazy("Captures")
    FINDINGS = "findings", gettext_lazy("Findings")
    JUDGEMENTS = "judgements", gettext_lazy("Judgements")
    DECISIONS = "decisions", gettext_lazy("Decisions")
    REPORTS = "reports", gettext_lazy("Reports")
    COMMENTS = "comments", gettext_lazy("Comments")
    PEOPLE = "people", gettext_lazy("Openings")
    SEARCHES = "searches", gettext_lazy("Searches")
    ACCESS = "access", gettext_lazy("People and roles")
    POLICY = "policy", gettext_lazy("Policy")


ICONS: dict[EventKind, str] = {
    EventKind.CASE: "briefcase",
    EventKind.PROVIDER: "send",
    EventKind.CAPTURES: "download",
    EventKind.FINDINGS: "search-check",
    EventKind.JUDGEMENTS: "scale",
    EventKind.DECISIONS: "badge-check",
    EventKind.REPORTS: "file-text",
    EventKind.COMMENTS: "message-square",
    EventKind.PEOPLE: "eye",
    EventKind.SEARCHES: "search",
    EventKind.ACCESS: "users",
    EventKind.POLICY: "book-open",
}


@dataclass(frozen=True)
class VerbRow:
    """How events with a verb are shown. `is_loud`: something went wrong, or must be seen."""

    kind: EventKind
    is_loud: bool = False


def _loud(kind: EventKind) -> VerbRow:
    return VerbRow(kind, is_loud=True)


VERBS: dict[Verb, VerbRow] = {
    Verb.CASE_CREATED: VerbRow(EventKind.CASE),
    Verb.CASE_TAKEN: VerbRow(EventKind.CASE),
    Verb.CASE_CHANGED: VerbRow(EventKind.CASE),
    Verb.CASE_HANDED_OVER: VerbRow(EventKind.CASE),
    Verb.CASE_HANDED_BACK: VerbRow(EventKind.CASE),
    Verb.NUMBER_CORRECTED: VerbRow(EventKind.CASE),
    Verb.CASE_WITHDRAWN: VerbRow(EventKind.CASE),
    Verb.CASE_PAUSED: VerbRow(EventKind.CASE),
    Verb.CASE_RESUMED: VerbRow(EventKind.CASE),
    Verb.CASE_REOPENED: _loud(EventKind.CASE),
    Verb.RECUSED: VerbRow(EventKind.CASE),
    Verb.DETAIL_ERASED: VerbRow(EventKind.CASE),
    Verb.SESSION_REQUESTED: VerbRow(EventKind.PROVIDER),
    Verb.CREATE_SENT: VerbRow(EventKind.PROVIDER),
    Verb.CREATE_REFUSED: _loud(EventKind.PROVIDER),
    Verb.ANSWER_LOST: _loud(EventKind.PROVIDER),
    Verb.SESSION_OPENED: VerbRow(EventKind.PROVIDER),
    Verb.SESSION_ADOPTED: VerbRow(EventKind.PROVIDER),
    Verb.SESSION_UNKNOWN: _loud(EventKind.PROVIDER),
    Verb.SESSION_DUPLICATED: _loud(EventKind.PROVIDER),
    Verb.WEBHOOK_REJECTED: _loud(EventKind.PROVIDER),
    Verb.FAILURE_ANNOUNCED: _loud(EventKind.PROVIDER),
    Verb.SESSION_TROUBLED: _loud(EventKind.PROVIDER),
    Verb.SESSION_RESUMED: VerbRow(EventKind.PROVIDER),
    Verb.SESSION_QUARANTINED: _loud(EventKind.PROVIDER),
    Verb.SESSION_ENDED: VerbRow(EventKind.PROVIDER),
    Verb.ARTEFACT_READY: VerbRow(EventKind.CAPTURES),
    Verb.ARTEFACT_CAPTURED: VerbRow(EventKind.CAPTURES),
    Verb.ARTEFACT_FAILED: _loud(EventKind.CAPTURES),
    Verb.ARTEFACT_EXPIRED: _loud(EventKind.CAPTURES),
    Verb.FETCH_FAILED: _loud(EventKind.CAPTURES),
    Verb.IDENTITY_SHARED: _loud(EventKind.FINDINGS),
    Verb.HITS_FOUND: VerbRow(EventKind.FINDINGS),
    Verb.SIGNATURE_CHECKED: VerbRow(EventKind.FINDINGS),
    Verb.SIGNERS_CHECKED: VerbRow(EventKind.FINDINGS),
    Verb.QUESTIONS_ANSWERED: VerbRow(EventKind.JUDGEMENTS),
    Verb.CLASS_OVERRIDDEN: VerbRow(EventKind.JUDGEMENTS),
    Verb.OVERRIDE_CONFIRMED: VerbRow(EventKind.JUDGEMENTS),
    Verb.OVERRIDE_SENT_BACK: VerbRow(EventKind.JUDGEMENTS),
    Verb.OWNER_CONCLUDED: VerbRow(EventKind.JUDGEMENTS),
    Verb.PARTIES_SEARCHED: VerbRow(EventKind.JUDGEMENTS),
    Verb.REQUIREMENT_SET_MOVED: VerbRow(EventKind.JUDGEMENTS),
    Verb.REQUIREMENT_STATED: VerbRow(EventKind.JUDGEMENTS),
    Verb.SUSPICION_NOTED: VerbRow(EventKind.JUDGEMENTS),
    Verb.ATTACHED: VerbRow(EventKind.JUDGEMENTS),
    Verb.HIT_JUDGED: VerbRow(EventKind.JUDGEMENTS),
    Verb.JUDGEMENT_CONFIRMED: VerbRow(EventKind.JUDGEMENTS),
    Verb.JUDGEMENT_SENT_BACK: VerbRow(EventKind.JUDGEMENTS),
    Verb.HIT_REOPENED: _loud(EventKind.JUDGEMENTS),
    Verb.DECISION_PROPOSED: VerbRow(EventKind.DECISIONS),
    Verb.DECISION_COUNTERSIGNED: VerbRow(EventKind.DECISIONS),
    Verb.DECISION_SENT_BACK: VerbRow(EventKind.DECISIONS),
    Verb.DECISION_WITHDRAWN: VerbRow(EventKind.DECISIONS),
    Verb.DECISION_VOIDED: _loud(EventKind.DECISIONS),
    Verb.REPORT_ORDERED: VerbRow(EventKind.REPORTS),
    Verb.REPORT_MADE: VerbRow(EventKind.REPORTS),
    Verb.REPORT_FAILED: _loud(EventKind.REPORTS),
    Verb.COMMENTED: VerbRow(EventKind.COMMENTS),
    Verb.CASE_VIEWED: VerbRow(EventKind.PEOPLE),
    Verb.DOCUMENT_VIEWED: VerbRow(EventKind.PEOPLE),
    Verb.SUSPICION_VIEWED: VerbRow(EventKind.PEOPLE),
    Verb.SEARCHED: VerbRow(EventKind.SEARCHES),
    Verb.PERSON_ADDED: VerbRow(EventKind.ACCESS),
    Verb.PERSON_CHANGED: VerbRow(EventKind.ACCESS),
    Verb.ROLES_CHANGED: VerbRow(EventKind.ACCESS),
    Verb.PERSON_ACTIVATED: VerbRow(EventKind.ACCESS),
    Verb.PERSON_DEACTIVATED: VerbRow(EventKind.ACCESS),
    Verb.PASSWORD_SET: VerbRow(EventKind.ACCESS),
    Verb.PASSWORD_REMOVED: VerbRow(EventKind.ACCESS),
    Verb.PASSWORD_CHANGED: VerbRow(EventKind.ACCESS),
    Verb.FIRST_SIGN_IN: VerbRow(EventKind.ACCESS),
    Verb.POLICY_DRAFTED: VerbRow(EventKind.POLICY),
    Verb.POLICY_ACTIVATED: VerbRow(EventKind.POLICY),
    Verb.POLICY_DISCARDED: VerbRow(EventKind.POLICY),
}
# How an event is shown whose verb only a newer version knows.
UNKNOWN = VerbRow(EventKind.CASE)
KINDS: dict[EventKind, tuple[Verb, ...]] = {
    kind: tuple(verb for verb, row in VERBS.items() if row.kind is kind) for kind in EventKind
}


def row_of(verb: str) -> VerbRow:
    return VERBS[Verb(verb)] if verb in Verb.values else UNKNOWN
