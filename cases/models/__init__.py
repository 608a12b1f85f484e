from cases.models.audit.event import AuditChain, AuditDetail, AuditEvent, NeverChanged, Verb
from cases.models.audit.note import Note
from cases.models.audit.verification import Verification, VerificationKind
from cases.models.capture.artefact import Artefact, ArtefactKind, ArtefactState
from cases.models.capture.attempt import CreateAttempt
from cases.models.capture.attempt_outcome import AttemptOutcome
from cases.models.capture.delivery import Delivery, DeliveryVerdict, RefusedDeliveries
from cases.models.capture.session import AmlSession, SessionState
from cases.models.capture.signature import PendingSignatureCheck, SignatureCheck, Verdict
from cases.models.capture.unplaced import Unplaced, UnplacedKind
from cases.models.capture.unreadable import UnreadableAnswer
from cases.models.casework.case import Case
from cases.models.casework.case_states import CaseState, EvidenceState, NewestCapture, Screening
from cases.models.casework.identity import OrganisationIdentity
from cases.models.casework.organisation import Country, IdentifierKind, Organisation
from cases.models.casework.references import ReferenceCounter
from cases.models.casework.search import CaseSearch
from cases.models.heartbeat import Heartbeat
from cases.models.machines import DispatcherTurn, ProviderPause
from cases.models.output.report import CaseReport, ReportKind, ReportState
from cases.models.people.user import User
from cases.models.review.answers import RiskAnswers
from cases.models.review.attachment import Attachment
from cases.models.review.decision import Decision, DecisionOutcome, DecisionReason, ProposalEnd
from cases.models.review.hit import Hit
from cases.models.review.judgement import Judgement, JudgementVerdict, PartyList
from cases.models.review.override import RiskOverride
from cases.models.review.owner_conclusion import OwnerConclusion, OwnerConclusionWord, OwnerGround
from cases.models.review.party_search import PartyOutcomeWord, PartySearch, SearchMeansWord, SearchTopicWord
from cases.models.review.policy import PolicyKind, PolicyState, PolicyVersion
from cases.models.review.policy_impact import ImpactState, PolicyImpact
from cases.models.review.recusal import Recusal
from cases.models.review.second_person import SecondState
from cases.models.review.set_choice import RequirementSetChoice
from cases.models.review.statement import RequirementStatement, SearchOutcome, StatementKind
from cases.models.review.suspicion import SuspicionConclusion, SuspicionNote
from cases.models.state_machine import IllegalMove

__all__ = [
    "AmlSession",
    "Artefact",
    "ArtefactKind",
    "ArtefactState",
    "Attachment",
    "AttemptOutcome",
    "AuditChain",
    "AuditDetail",
    "AuditEvent",
    "Case",
    "CaseReport",
    "CaseSearch",
    "CaseState",
    "Country",
    "CreateAttempt",
    "Decision",
    "DecisionOutcome",
    "DecisionReason",
    "Delivery",
    "DeliveryVerdict",
    "DispatcherTurn",
    "EvidenceState",
    "Heartbeat",
    "Hit",
    "IdentifierKind",
    "IllegalMove",
    "ImpactState",
    "Judgement",
    "JudgementVerdict",
    "NeverChanged",
    "NewestCapture",
    "Note",
    "Organisation",
    "OrganisationIdentity",
    "OwnerConclusion",
    "OwnerConclusionWord",
    "OwnerGround",
    "PartyList",
    "PartyOutcomeWord",
    "PartySearch",
    "PendingSignatureCheck",
    "PolicyImpact",
    "PolicyKind",
    "PolicyState",
    "PolicyVersion",
    "ProposalEnd",
    "ProviderPause",
    "Recusal",
    "ReferenceCounter",
    "RefusedDeliveries",
    "ReportKind",
    "ReportState",
    "RequirementSetChoice",
    "RequirementStatement",
    "RiskAnswers",
    "RiskOverride",
    "Screening",
    "SearchMeansWord",
    "SearchOutcome",
    "SearchTopicWord",
    "SecondState",
    "SessionState",
    "SignatureCheck",
    "StatementKind",
    "SuspicionConclusion",
    "SuspicionNote",
    "Unplaced",
    "UnplacedKind",
    "UnreadableAnswer",
    "User",
    "Verb",
    "Verdict",
    "Verification",
    "VerificationKind",
]
