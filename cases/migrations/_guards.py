"""What both databases refuse to change or remove (docs/audit.md): conditions over NEW and OLD, in the SQL of both."""


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)


def _changed_or_none(*columns: str) -> str:
    return " OR ".join(f"COALESCE(NEW.{column}, 0) <> COALESCE(OLD.{column}, 0)" for column in columns)


def _newest_event(column: str, case: str) -> str:
    """Of the newest event of a case; none while its chain is empty."""
    return (
        f"(SELECT e.{column} FROM cases_auditevent e JOIN cases_auditchain h ON h.id = e.chain_id"
        f" AND h.length = e.sequence WHERE h.case_id = {case})"
    )


def _newest_decision(column: str, case: str) -> str:
    return (
        f"(SELECT d.{column} FROM cases_decision d WHERE d.case_id = {case}"
        " AND d.number = (SELECT MAX(n.number) FROM cases_decision n WHERE n.case_id = d.case_id))"
    )


_DECIDED = "('APPROVED', 'CONDITIONS', 'REFUSED', 'CLOSED')"
_CLOSED = "('APPROVED', 'CONDITIONS', 'REFUSED', 'CLOSED', 'WITHDRAWN')"
# The state that a case has by its newest decision.
_DECIDED_STATE = (
    f"(CASE {_newest_decision('outcome', 'NEW.id')} WHEN 'APPROVE' THEN 'APPROVED' WHEN 'CONDITIONS' THEN 'CONDITIONS'"
    " WHEN 'REFUSE' THEN 'REFUSED' ELSE 'CLOSED' END)"
)
# A case says in which event its organisation or purpose was changed last. Both change in one statement with that
# number, which must be the one of the newest event, of the verb that tells of it.
_SAME_EVENT = "NEW.change_event = OLD.change_event"
_CASE = (
    f"{_changed('id', 'reference', 'opened_at', 'submission')} OR {_changed_or_none('opened_by_id')}"
    " OR (OLD.state = 'WITHDRAWN' AND NEW.state <> OLD.state)"
    f" OR (OLD.state IN {_CLOSED} AND"
    f" ({_changed('withdrawn_reason', 'organisation_id', 'purpose', 'customer_reference')}))"
    f" OR (OLD.state IN {_DECIDED} AND NEW.state NOT IN (OLD.state, 'REOPENED'))"
    f" OR (NEW.state IN {_DECIDED} AND NEW.state <> OLD.state AND OLD.state <> 'PROPOSED')"
    f" OR (NEW.state IN {_DECIDED} AND NEW.state <> OLD.state"
    f" AND COALESCE({_newest_decision('second_state', 'NEW.id')}, '') <> 'CONFIRMED')"
    f" OR (NEW.state IN {_DECIDED} AND NEW.state <> OLD.state AND NEW.state <> {_DECIDED_STATE})"
    " OR NEW.change_event < OLD.change_event"
    " OR (NEW.change_event > OLD.change_event"
    f" AND NEW.change_event <> COALESCE({_newest_event('sequence', 'NEW.id')}, 0))"
    f" OR (NEW.purpose <> OLD.purpose AND ({_SAME_EVENT}"
    f" OR COALESCE({_newest_event('verb', 'NEW.id')}, '') <> 'CASE_CHANGED'))"
    f" OR (NEW.organisation_id <> OLD.organisation_id AND ({_SAME_EVENT}"
    f" OR COALESCE({_newest_event('verb', 'NEW.id')}, '') <> 'NUMBER_CORRECTED'"
    " OR EXISTS (SELECT 1 FROM cases_amlsession s WHERE s.case_id = NEW.id AND s.ordered_for_id IS NULL)))"
)
# For whom it was ordered is written down once: when the number is corrected, and before it is. Under which scopes it is
# made is known when it is sent, and again when it opens.
_SESSION = (
    f"{_changed('id', 'case_id', 'number', 'reports', 'expands', 'language', 'requested_at')}"
    f" OR {_changed_or_none('requested_by_id')}"
    " OR (OLD.provider_id <> '' AND NEW.provider_id <> OLD.provider_id)"
    " OR (NEW.granted_scopes <> OLD.granted_scopes AND (OLD.provider_id <> ''"
    " OR NOT ((OLD.state = 'REQUESTED' AND NEW.state = 'CREATING') OR NEW.provider_id <> '')))"
    f" OR ({_changed_or_none('ordered_for_id')} AND (OLD.ordered_for_id IS NOT NULL"
    f" OR COALESCE({_newest_event('verb', 'NEW.case_id')}, '') <> 'NUMBER_CORRECTED'"
    " OR NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = NEW.case_id AND c.organisation_id = NEW.ordered_for_id"
    f" AND c.change_event < {_newest_event('sequence', 'NEW.case_id')})))"
)
# Its sending is put earlier when the clock was put back; what became of it is recorded, later or never.
_ATTEMPT = (
    f"{_changed('id', 'session_id', 'number', 'token')} OR NEW.sent_at > OLD.sent_at"
    f" OR (OLD.outcome IN ('OPENED', 'ADOPTED') AND ({_changed('outcome', 'sent_at')}))"
)
_ERASED_UNTOLD = (
    "NOT EXISTS (SELECT 1 FROM cases_auditevent e JOIN cases_auditevent t ON t.chain_id = e.chain_id"
    " AND t.sequence > e.sequence AND t.verb = 'DETAIL_ERASED' AND t.subject = 'event ' || e.sequence"
    " WHERE e.id = NEW.event_id)"
)

# A chain grows by events. The hash of a note of suspicion waits beside it, and goes with the next event that carries it.
_GROWN = (
    "NEW.length > OLD.length AND NEW.sealed = ''"
    # Events of one transaction come together: the head is the last of them.
    " AND EXISTS (SELECT 1 FROM cases_auditevent e WHERE e.chain_id = NEW.id AND e.sequence = NEW.length"
    " AND e.hash = NEW.head)"
    " AND (SELECT COUNT(*) FROM cases_auditevent e WHERE e.chain_id = NEW.id AND e.sequence > OLD.length"
    " AND e.sequence <= NEW.length) = NEW.length - OLD.length"
    " AND (OLD.sealed = '' OR EXISTS (SELECT 1 FROM cases_auditevent e JOIN cases_auditdetail d ON d.event_id = e.id"
    " WHERE e.chain_id = NEW.id AND e.sequence > OLD.length"
    " AND d.body LIKE '%\"sealed\":\"' || OLD.sealed || '\"%'))"
)
_SEALED = (
    "NEW.length = OLD.length AND NEW.head = OLD.head AND NEW.sealed <> ''"
    " AND EXISTS (SELECT 1 FROM cases_auditchain s WHERE s.suspicion_of_id = NEW.case_id AND s.length > 0)"
)
_CHAIN = (
    f"NEW.id <> OLD.id OR {_changed_or_none('case_id')} OR {_changed_or_none('suspicion_of_id')}"
    f" OR NOT (({_GROWN}) OR ({_SEALED}))"
)

# The second person answers once, while the answer is awaited.
_ANSWERED_BEFORE = (
    "(OLD.second_state <> 'AWAITED' AND (NEW.second_state <> OLD.second_state"
    " OR NEW.second_words <> OLD.second_words OR COALESCE(NEW.second_by_id, 0) <> COALESCE(OLD.second_by_id, 0)"
    " OR COALESCE(CAST(NEW.second_at AS TEXT), '') <> COALESCE(CAST(OLD.second_at AS TEXT), '')))"
)
# A judgement is added; a second person answers it once, and once a capture comes for which it does not hold.
_JUDGEMENT = (
    f"{_changed('id', 'hit_id', 'number', 'verdict', 'rationale', 'particulars', 'contacted', 'policy_id', 'capture_id')}"
    f" OR {_changed('parties_id', 'party', 'by_id', 'at', 'submission')}"
    f" OR {_changed_or_none('match')}"
    " OR COALESCE(CAST(NEW.wake_up AS TEXT), '') <> COALESCE(CAST(OLD.wake_up AS TEXT), '')"
    " OR COALESCE(CAST(NEW.expires_on AS TEXT), '') <> COALESCE(CAST(OLD.expires_on AS TEXT), '')"
    " OR CAST(NEW.reasons AS TEXT) <> CAST(OLD.reasons AS TEXT)"
    " OR CAST(NEW.content AS TEXT) <> CAST(OLD.content AS TEXT)"
    " OR CAST(NEW.comparison AS TEXT) <> CAST(OLD.comparison AS TEXT)"
    " OR CAST(NEW.second_because AS TEXT) <> CAST(OLD.second_because AS TEXT)"
    f" OR {_ANSWERED_BEFORE}"
    " OR (OLD.reopened_at IS NOT NULL"
    " AND COALESCE(CAST(NEW.reopened_at AS TEXT), '') <> CAST(OLD.reopened_at AS TEXT))"
)
_OVERRIDE = (
    f"{_changed('id', 'case_id', 'number', 'to_class', 'worked_out', 'rationale', 'policy_id', 'by_id', 'at', 'submission')}"
    " OR COALESCE(CAST(NEW.until AS TEXT), '') <> COALESCE(CAST(OLD.until AS TEXT), '')"
    f" OR {_ANSWERED_BEFORE}"
)
# A proposal is added; it is answered once, or ends once.
_DECISION = (
    f"{_changed('id', 'case_id', 'number', 'outcome', 'reason', 'rationale', 'risk_class', 'superior_because', 'digest')}"
    f" OR {_changed('by_id', 'at', 'submission')} OR {_changed_or_none('risk_model_id', 'requirement_set_id', 'capture_id')}"
    " OR COALESCE(CAST(NEW.next_review AS TEXT), '') <> COALESCE(CAST(OLD.next_review AS TEXT), '')"
    " OR CAST(NEW.conditions AS TEXT) <> CAST(OLD.conditions AS TEXT)"
    " OR CAST(NEW.basis AS TEXT) <> CAST(OLD.basis AS TEXT)"
    f" OR {_ANSWERED_BEFORE}"
    " OR ((OLD.ending <> '' OR OLD.second_state <> 'AWAITED') AND (NEW.ending <> OLD.ending"
    f" OR {_changed_or_none('ended_by_id')}"
    " OR COALESCE(CAST(NEW.ended_at AS TEXT), '') <> COALESCE(CAST(OLD.ended_at AS TEXT), '')"
    " OR CAST(NEW.ended_because AS TEXT) <> CAST(OLD.ended_because AS TEXT)))"
)
# What was in force stays as it was written; a draft is put in force once, and by another than wrote it.
_POLICY = (
    f"{_changed('id', 'kind', 'number')} OR {_changed_or_none('author_id')}"
    f" OR (OLD.state <> 'DRAFT' AND ({_changed('document', 'sha256', 'reason', 'written_at')}"
    f" OR {_changed_or_none('activated_by_id')}))"
    " OR (OLD.state <> 'DRAFT' AND NEW.state <> OLD.state AND NOT (OLD.state = 'ACTIVE' AND NEW.state = 'RETIRED'))"
)

# (table, operation, when it is refused ('' = always), what is said)
REFUSED = [
    ("cases_auditevent", "UPDATE", "", "audit events are never changed"),
    ("cases_auditevent", "DELETE", "", "audit events are never removed"),
    ("cases_auditdetail", "DELETE", "", "the detail of an event is never removed, only erased"),
    (
        "cases_auditdetail",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.event_id <> OLD.event_id OR OLD.erased_at IS NOT NULL"
        f" OR NEW.erased_at IS NULL OR NEW.body <> '' OR NEW.salt <> '' OR {_ERASED_UNTOLD}",
        "the detail of an event is never changed, only erased, with an event that tells of it",
    ),
    ("cases_auditchain", "DELETE", "", "audit chains are never removed"),
    (
        "cases_auditchain",
        "UPDATE",
        _CHAIN,
        "audit chains only grow",
    ),
    (
        "cases_artefact",
        "UPDATE",
        "OLD.state = 'CAPTURED' OR NEW.id <> OLD.id OR NEW.session_id <> OLD.session_id OR NEW.kind <> OLD.kind",
        "captured results are never changed",
    ),
    ("cases_artefact", "DELETE", "", "results are never removed"),
    (
        "cases_delivery",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.attempt_id <> OLD.attempt_id OR NEW.received_at <> OLD.received_at"
        " OR NEW.body <> OLD.body OR NEW.media_type <> OLD.media_type",
        "deliveries are kept as they came",
    ),
    ("cases_delivery", "DELETE", "", "deliveries are kept as they came"),
    ("cases_hit", "DELETE", "", "hits are never removed"),
    (
        "cases_hit",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id OR NEW.fingerprint <> OLD.fingerprint"
        " OR NEW.first_seen_id <> OLD.first_seen_id",
        "hits stay who they are",
    ),
    ("cases_judgement", "UPDATE", _JUDGEMENT, "judgements are never changed"),
    ("cases_judgement", "DELETE", "", "judgements are never removed"),
    ("cases_riskanswers", "UPDATE", "", "answers are never changed"),
    ("cases_riskanswers", "DELETE", "", "answers are never removed"),
    ("cases_riskoverride", "UPDATE", _OVERRIDE, "overrides are never changed"),
    ("cases_riskoverride", "DELETE", "", "overrides are never removed"),
    ("cases_decision", "UPDATE", _DECISION, "decisions are never changed"),
    ("cases_decision", "DELETE", "", "decisions are never removed"),
    ("cases_suspicionnote", "UPDATE", "", "notes of suspicion are never changed"),
    ("cases_suspicionnote", "DELETE", "", "notes of suspicion are never removed"),
    ("cases_recusal", "UPDATE", "", "recusals are never changed"),
    ("cases_recusal", "DELETE", "", "recusals are never removed"),
    ("cases_ownerconclusion", "UPDATE", "", "conclusions on owners are never changed"),
    ("cases_ownerconclusion", "DELETE", "", "conclusions on owners are never removed"),
    ("cases_partysearch", "UPDATE", "", "searches of parties are never changed"),
    ("cases_partysearch", "DELETE", "", "searches of parties are never removed"),
    ("cases_requirementsetchoice", "UPDATE", "", "moves to another requirement set are never changed"),
    ("cases_requirementsetchoice", "DELETE", "", "moves to another requirement set are never removed"),
    ("cases_requirementstatement", "UPDATE", "", "statements about requirements are never changed"),
    ("cases_requirementstatement", "DELETE", "", "statements about requirements are never removed"),
    ("cases_attachment", "UPDATE", "", "attachments are never changed"),
    ("cases_attachment", "DELETE", "", "attachments are never removed"),
    ("cases_partylist", "UPDATE", "", "what a judgement rests on is never changed"),
    ("cases_partylist", "DELETE", "", "what a judgement rests on is never removed"),
    ("cases_policyversion", "UPDATE", _POLICY, "policy that was in force is never changed"),
    ("cases_policyversion", "DELETE", "", "policy is never removed"),
    ("cases_signaturecheck", "UPDATE", "", "signature checks are never changed"),
    ("cases_signaturecheck", "DELETE", "", "signature checks are never removed"),
    (
        "cases_report",
        "UPDATE",
        "OLD.state <> 'ASKED' OR NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id OR NEW.number <> OLD.number"
        " OR NEW.asked_by_id <> OLD.asked_by_id OR NEW.asked_at <> OLD.asked_at"
        " OR NEW.submission <> OLD.submission OR NEW.kind <> OLD.kind"
        " OR COALESCE(NEW.session_id, 0) <> COALESCE(OLD.session_id, 0)",
        "reports are never changed",
    ),
    ("cases_report", "DELETE", "", "reports are never removed"),
    ("cases_unreadableanswer", "UPDATE", "", "answers are kept as they came"),
    ("cases_unreadableanswer", "DELETE", "", "answers are kept as they came"),
    ("cases_note", "UPDATE", "", "notes are never changed"),
    ("cases_note", "DELETE", "", "notes are never removed"),
    (
        "cases_organisation",
        "UPDATE",
        _changed("id", "country", "kind", "value"),
        "organisations keep their number",
    ),
    ("cases_organisation", "DELETE", "", "organisations are never removed"),
    ("cases_case", "UPDATE", _CASE, "what a case is about only changes with the event that tells of it"),
    ("cases_case", "DELETE", "", "cases are never removed"),
    ("cases_amlsession", "UPDATE", _SESSION, "orders are kept as they were asked for"),
    ("cases_amlsession", "DELETE", "", "orders are never removed"),
    ("cases_createattempt", "UPDATE", _ATTEMPT, "attempts are kept as they were sent"),
    ("cases_createattempt", "DELETE", "", "attempts are never removed"),
]
# Tables that are guarded as of the migration that makes a column (of a table) that their guards read.
GUARDED_SINCE = {
    **dict.fromkeys(
        ("cases_organisation", "cases_amlsession", "cases_createattempt"),
        ("cases_case", "change_event"),
    ),
    "cases_auditchain": ("cases_auditchain", "sealed"),
    "cases_case": ("cases_decision", "basis"),
    "cases_report": ("cases_report", "kind"),
}
TABLES = sorted({table for table, *_ in REFUSED})
# What but its id makes a row of each table the only one.
UNIQUE = {
    "cases_auditevent": "chain_id = NEW.chain_id AND sequence = NEW.sequence",
    "cases_auditdetail": "event_id = NEW.event_id",
    "cases_auditchain": "case_id = NEW.case_id OR suspicion_of_id = NEW.suspicion_of_id"
    " OR (case_id IS NULL AND suspicion_of_id IS NULL AND NEW.case_id IS NULL AND NEW.suspicion_of_id IS NULL)",
    "cases_artefact": "session_id = NEW.session_id AND kind = NEW.kind",
    "cases_delivery": "",
    "cases_hit": "case_id = NEW.case_id AND fingerprint = NEW.fingerprint",
    "cases_judgement": "(hit_id = NEW.hit_id AND number = NEW.number) OR submission = NEW.submission",
    "cases_riskanswers": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission",
    "cases_riskoverride": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission",
    "cases_decision": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission"
    " OR (case_id = NEW.case_id AND second_state = 'AWAITED' AND ending = ''"
    " AND NEW.second_state = 'AWAITED' AND NEW.ending = '')",
    "cases_recusal": "case_id = NEW.case_id AND person_id = NEW.person_id",
    "cases_suspicionnote": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission"
    " OR event_id = NEW.event_id",
    "cases_ownerconclusion": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission",
    "cases_partysearch": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission",
    "cases_requirementsetchoice": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission",
    "cases_requirementstatement": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission",
    "cases_attachment": "case_id = NEW.case_id AND number = NEW.number",
    "cases_partylist": "case_id = NEW.case_id AND digest = NEW.digest",
    "cases_policyversion": "(kind = NEW.kind AND number = NEW.number)"
    " OR (kind = NEW.kind AND state = 'ACTIVE' AND NEW.state = 'ACTIVE')",
    "cases_signaturecheck": "",
    "cases_report": "(case_id = NEW.case_id AND number = NEW.number) OR submission = NEW.submission",
    "cases_unreadableanswer": "",
    "cases_note": "event_id = NEW.event_id OR submission = NEW.submission",
    "cases_organisation": "country = NEW.country AND kind = NEW.kind AND value = NEW.value",
    "cases_case": "reference = NEW.reference OR submission = NEW.submission",
    "cases_amlsession": "(case_id = NEW.case_id AND number = NEW.number)"
    # Said as the condition of its index says it: or else every session is read for each new one.
    " OR (NEW.provider_id <> '' AND NOT (provider_id = '') AND provider_id = NEW.provider_id)"
    " OR (case_id = NEW.case_id AND ended_at IS NULL AND NEW.ended_at IS NULL"
    " AND reopened_at IS NULL AND NEW.reopened_at IS NULL)",
    "cases_createattempt": "(session_id = NEW.session_id AND number = NEW.number) OR token = NEW.token",
}
