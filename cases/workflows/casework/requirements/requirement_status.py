"""Work out how the requirements of a case stand, from its captures, its judged hits, its class and what people said."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.assessment.policy.requirement_terms import RequirementSet
from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements import party_checks
from cases.assessment.requirements.case_facts import CaseFacts, EvidenceRef, JudgedBy
from cases.assessment.requirements.statement import Outcome, Statement, StatementKind
from cases.assessment.requirements.work_out import work_out
from cases.findings.result import read
from cases.findings.vocabulary.sections import SCREENING
from cases.models import AmlSession, Artefact, Case, PartySearch, RequirementStatement
from cases.models.audit.subject import EventSubject
from cases.presentation import party_searches
from cases.presentation.capture_reading import CaptureReading
from cases.presentation.case_owners import CaseOwners
from cases.presentation.party_searches import CaseSearches
from cases.presentation.requirement_statuses import CaseRequirements
from cases.presentation.risk_in_force import CaseRisk
from cases.workflows.casework import risk_in_force
from cases.workflows.casework.decisions import proposals
from cases.workflows.casework.owners import case_owners
from cases.workflows.casework.requirements import set_version
from cases.workflows.policy import versions
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import sessions_of, to_read


def of_case(case: Case, today: datetime.date) -> CaseRequirements:
    """The requirements of a case by its set. Raises versions.NothingInForce."""
    sessions = sessions_of(case.pk)
    return of_reading(case, read_session(to_read(sessions), sessions), sessions, today)


def of_reading(
    case: Case,
    reading: CaptureReading,
    sessions: Sequence[AmlSession],
    today: datetime.date,
    *,
    risk: CaseRisk | None = None,
    owners: CaseOwners | None = None,
    draft: RequirementSet | None = None,
) -> CaseRequirements:
    """The same from a capture that is read, and all sessions of the case.

    `risk` and `owners` are those of that capture, if they were worked out already; `draft` a set in place of its own.
    Raises versions.NothingInForce.
    """
    version = set_version.of_case(case)
    policy = draft or versions.requirement_set_of(version)
    risk = risk or risk_in_force.case_risk(case, reading, today)
    owners = owners or case_owners.of_reading(case, reading, today)
    searches = _searches(case, reading, owners)
    facts = _facts(case, reading, sessions, today, risk=risk, owners=owners)
    facts = replace(facts, parties=searches.parties, searches=searches.searches, capture_key=owners.capture)
    statements = list(
        RequirementStatement.objects.filter(case=case)
        .select_related("by")
        .prefetch_related("attachments")
        .order_by("-number")
    )
    newest = {row.requirement: statement_of(row) for row in reversed(statements)}
    return CaseRequirements(
        version=version,
        policy=policy,
        risk_class=facts.risk_class,
        is_assessed=facts.assessment is not None,
        statuses=work_out(policy, facts, newest),
        statements=statements,
        searches=searches,
        covered={
            required.id: party_checks.coverage(required.check, policy, facts)
            for required in policy.requirements
            if required.check in party_checks.TOPIC_OF
        },
        capture=owners.capture,
    )


def _searches(case: Case, reading: CaptureReading, owners: CaseOwners) -> CaseSearches:
    """What people recorded of parties of the case, and who they are."""
    rows = PartySearch.objects.filter(case=case).select_related("by").prefetch_related("attachments")
    result = reading.result if reading.is_usable else read(None, reading.result.ordered)
    return party_searches.of_case(result, owners, list(rows.order_by("-number")))


def statement_of(row: RequirementStatement) -> Statement:
    """A statement, in the terms of the assessment."""
    return Statement(
        kind=StatementKind(row.kind),
        by=row.by.name,
        on=timezone.localdate(row.at),
        words=row.words,
        about=tuple(row.about.get("parts", ())),
        outcome=Outcome(row.outcome),
        until=row.until,
        evidence_day=row.evidence_day,
        evidence=(
            EvidenceRef("statement", str(row.number)),
            *(
                EvidenceRef("attachment", str(attachment.number), attachment.sha256, attachment.name)
                for attachment in row.attachments.all()
            ),
        ),
    )


def _facts(
    case: Case,
    reading: CaptureReading,
    sessions: Sequence[AmlSession],
    today: datetime.date,
    *,
    risk: CaseRisk,
    owners: CaseOwners,
) -> CaseFacts:
    number = case.organisation.number
    is_usable = reading.is_usable
    result = reading.result if is_usable else read(None, reading.result.ordered)
    present = risk.present if is_usable else None
    answered = risk.answered
    screening = reading.artefact_of(SCREENING) if is_usable else None
    return CaseFacts(
        result=result,
        evidence=reading.evidence(number, today, sessions),
        cautions=reading.summary(number, today, sessions).cautions,
        today=today,
        assessment=present.found if present else None,
        risk_class=present.risk_class if present else RiskClass.HIGH,
        answers=answered.answers if answered else {},
        answered_by=answered.by.name if answered else "",
        capture=_ref("capture", reading.artefact) if is_usable and reading.artefact else None,
        origins={
            word: _ref("capture", origin)
            for word in reading.result.origin
            if (origin := reading.artefact_of(word)) is not None
        }
        if is_usable
        else {},
        screening=_ref("capture", screening) if screening else None,
        screened_on=timezone.localdate(screening.captured_at) if screening else None,
        files={file.kind: _ref("document", file) for file in _captured(sessions)},
        judged=tuple(_judged(reading)),
        owners=owners.concluded,
        decision=proposals.facts_of(case),
        case_purpose=case.purpose,
        country_lists=risk.model.lists if risk.model else {},
    )


def _captured(sessions: Sequence[AmlSession]) -> Iterable[Artefact]:
    """What was captured, the newest of each kind last."""
    for session in sorted(sessions, key=lambda one: one.number):
        yield from (artefact for artefact in session.artefacts.all() if artefact.is_captured)


def _ref(kind: str, artefact: Artefact) -> EvidenceRef:
    number = artefact.session.number
    title = _("%(document)s of capture %(number)d") % {
        "document": artefact.get_kind_display(),
        "number": number,
    }
    return EvidenceRef(kind, str(EventSubject.result(number, artefact.kind)), artefact.sha256, title)


def _judged(reading: CaptureReading) -> Iterable[JudgedBy]:
    """The judgements of hits that stand, in the order of the screening."""
    for hit in reading.result.screening.hits:
        judged = reading.judged.of(hit.fingerprint)
        if judged is not None and judged.stands:
            judgement = judged.judgement
            yield JudgedBy(
                EvidenceRef("judgement", f"{judgement.hit_id}/{judgement.number}"), judgement.by.name
            )
