"""What requirements are worked out from, beside the requirement set."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.concluded import OwnersConcluded
from cases.assessment.policy.risk_terms import CountryList, RiskClass
from cases.assessment.risk.assessment import Assessment
from cases.assessment.searches.coverage import RecordedSearch
from cases.assessment.searches.parties import SearchedParty
from cases.findings.captures.evidence import Evidence
from cases.findings.result import Result
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.wording import Words


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """One piece of evidence: its kind (`capture`, `document`, `judgement`, …), what it is known by, its SHA-256."""

    kind: str
    id: str
    hash: str = ""
    title: str = ""

    @property
    def words(self) -> str:
        """What it is, for a reader: its title, if it has one."""
        return self.title or f"{KINDS.get(self.kind, self.kind)} {self.id}"


KINDS: dict[str, Words] = {
    "judgement": _("Judgement"),
    "answers": _("Answer:"),
    "risk_model": _("Risk model:"),
    "statement": _("Statement"),
    "conclusion": _("Conclusion"),
    "search": _("Search"),
    "decision": _("Decision"),
}


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """A judgement of a hit that stands, and who made it."""

    ref: EvidenceRef
    by: str


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """The newest decision that waits for a second person, or was made (`countersigned_by`, `on`).

    `next_review` is None of a case that is not approved; `conditions` are words with their last day.
    """

    ref: EvidenceRef
    proposed_by: str
    countersigned_by: str = ""
    on: datetime.date | None = None
    next_review: datetime.date | None = None
    conditions: tuple[tuple[str, datetime.date], ...] = ()

    @property
    def is_made(self) -> bool:
        return self.on is not None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case. Of a result about another organisation, or one that cannot be read, `result` is empty.

    `capture`: the JSON result that is read, and `screening` the one that the screening is of; None if there is none.
    `files`: what was captured, the newest by kind of document. `assessment` is None if no class can be worked out, and
    `risk_class` then the gravest: what is not known is no reason for fewer requirements.
    """

    result: Result
    evidence: Evidence
    cautions: tuple[Caution, ...]
    today: datetime.date
    assessment: Assessment | None = None
    risk_class: RiskClass = RiskClass.HIGH
    answers: Mapping[str, str] = field(default_factory=dict)
    answered_by: str = ""
    capture: EvidenceRef | None = None
    # The earlier capture that an element is of, by its expand word, where the one that is read did not order it.
    origins: Mapping[str, EvidenceRef] = field(default_factory=dict)
    screening: EvidenceRef | None = None
    screened_on: datetime.date | None = None
    files: Mapping[str, EvidenceRef] = field(default_factory=dict)
    judged: tuple[JudgedBy, ...] = ()
    # How far people concluded on beneficial owners; None if nothing is read.
    owners: OwnersConcluded | None = None
    # Whom the result names, and whom people added; what was recorded of searches of them, the newest first.
    parties: tuple[SearchedParty, ...] = ()
    searches: tuple[RecordedSearch, ...] = ()
    capture_key: int | None = None
    # None if nothing is proposed, and nothing decided since the case was opened or reopened.
    decision: DecisionFacts | None = None
    case_purpose: str = ""
    country_lists: Mapping[str, CountryList] = field(default_factory=dict)

    @property
    def of_capture(self) -> tuple[EvidenceRef, ...]:
        """The JSON result as evidence; nothing if none is read."""
        return (self.capture,) if self.capture else ()

    def capture_of(self, *elements: str) -> tuple[EvidenceRef, ...]:
        """The JSON results that these elements are of, by their expand words, each once."""
        found = (self.origins.get(element, self.capture) for element in elements)
        return tuple(dict.fromkeys(ref for ref in found if ref))
