from cases.models.artefact import Artefact, ArtefactKind, ArtefactState
from cases.models.audit import AuditChain, AuditDetail, AuditEvent, NeverChanged, Verb
from cases.models.case import Case, CaseState, EvidenceState, ReferenceCounter, Screening
from cases.models.delivery import Delivery, DeliveryVerdict, RefusedKnocks
from cases.models.hit import Hit
from cases.models.identity import OrganisationIdentity
from cases.models.note import Note
from cases.models.organisation import Country, IdentifierKind, Organisation
from cases.models.pulse import Pulse
from cases.models.report import Report, ReportState
from cases.models.search import CaseSearch
from cases.models.session import AmlSession, AttemptOutcome, CreateAttempt, SessionState
from cases.models.signature import SignatureCheck, Verdict
from cases.models.states import IllegalMove
from cases.models.unplaced import Unplaced, UnplacedKind
from cases.models.unreadable import UnreadableAnswer
from cases.models.user import User
from cases.models.verification import Verification, VerificationKind

__all__ = [
    "AmlSession",
    "Artefact",
    "ArtefactKind",
    "ArtefactState",
    "AttemptOutcome",
    "AuditChain",
    "AuditDetail",
    "AuditEvent",
    "Case",
    "CaseSearch",
    "CaseState",
    "Country",
    "CreateAttempt",
    "Delivery",
    "DeliveryVerdict",
    "EvidenceState",
    "Hit",
    "IdentifierKind",
    "IllegalMove",
    "NeverChanged",
    "Note",
    "Organisation",
    "OrganisationIdentity",
    "Pulse",
    "ReferenceCounter",
    "RefusedKnocks",
    "Report",
    "ReportState",
    "Screening",
    "SessionState",
    "SignatureCheck",
    "Unplaced",
    "UnplacedKind",
    "UnreadableAnswer",
    "User",
    "Verb",
    "Verdict",
    "Verification",
    "VerificationKind",
]
