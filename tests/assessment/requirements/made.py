"""Facts of made-up cases, and how their requirements stand."""

import datetime
from dataclasses import replace
from typing import Any

from cases.assessment.owners import owners
from cases.assessment.owners.concluded import OwnersConcluded
from cases.assessment.policy import requirement_set
from cases.assessment.policy.defaults import default
from cases.assessment.requirements.case_facts import CaseFacts, EvidenceRef
from cases.assessment.requirements.found import State
from cases.assessment.requirements.statement import Statement, StatementKind
from cases.assessment.requirements.work_out import RequirementStatus, work_out
from cases.assessment.risk.assess import assess
from cases.assessment.risk.facts import Facts
from cases.findings.captures.documents import Arrival, Document, DocumentKind, Signed
from cases.findings.captures.evidence import Evidence
from cases.findings.result import Result
from cases.findings.verdicts.summary import summary
from tests.assessment.risk.assessing import FILLED, HARMLESS
from tests.findings.reading import of, payload, result

SET = requirement_set.read(default("requirement_set"))
CAPTURED_ON = datetime.date(2026, 3, 1)
TODAY = datetime.date(2026, 3, 15)
CAPTURE = EvidenceRef("capture", "1/json", "a" * 64)
FILES: dict[str, EvidenceRef] = {
    kind: EvidenceRef("document", f"1/{kind}", "b" * 64) for kind in DocumentKind
}
SAID = EvidenceRef("statement", "1")
EVERY = tuple(required.id for required in SET.requirements)


def document(kind: DocumentKind, **changes: Any) -> Document:
    """A captured document, its signature verified if it is a PDF, unless something else is given."""
    signed = None if kind is DocumentKind.RESULT else Signed.VERIFIED
    fine = Document(kind, str(kind), Arrival.CAPTURED, CAPTURED_ON, signed=signed, about_us=True)
    return replace(fine, **changes)


ALL_FINE = tuple(document(kind) for kind in DocumentKind)


def evidence(**changes: Any) -> Evidence:
    return replace(Evidence(TODAY, "NO 317 835 337", about_us=True, documents=ALL_FINE), **changes)


def facts(found: Any = "no_full", known: Evidence | None = None, **changes: Any) -> CaseFacts:
    """Facts of a case from a payload by its name, a document or a result that was read."""
    known = known or evidence()
    if not isinstance(found, Result):
        found = of(found) if isinstance(found, str) else result(found)
    answers = changes.get("answers", HARMLESS)
    assessment = assess(FILLED, Facts(found, TODAY, answers=answers))
    whole = CaseFacts(
        result=found,
        evidence=known,
        cautions=summary(found, known).cautions,
        today=TODAY,
        assessment=assessment,
        risk_class=assessment.risk_class,
        answers=answers,
        answered_by="Kari Nord",
        capture=CAPTURE,
        screening=CAPTURE,
        screened_on=CAPTURED_ON,
        files=FILES,
        owners=not_concluded(found),
        country_lists=FILLED.lists,
    )
    return replace(whole, **changes)


def not_concluded(found: Result, **changes: Any) -> OwnersConcluded:
    """The owners of a result on whom nobody has concluded, unless something else is given."""
    reckoning = owners.reckon(found, TODAY)
    open_names = tuple(candidate.name for candidate in reckoning.candidates)
    return replace(OwnersConcluded(reckoning, open_names), **changes)


def statuses(of_case: CaseFacts, **statements: Statement) -> dict[str, RequirementStatus]:
    return {status.required.id: status for status in work_out(SET, of_case, statements)}


def states(of_case: CaseFacts, *wanted: str, **statements: Statement) -> dict[str, str]:
    """The states of some requirements, of all if none is given."""
    found = statuses(of_case, **statements)
    return {name: found[name].state.value for name in wanted or EVERY}


def met_by_evidence(of_case: CaseFacts) -> set[str]:
    return {name for name, state in states(of_case).items() if state == State.MET_BY_EVIDENCE}


def words(of_case: CaseFacts, name: str) -> str:
    """What is known of a requirement, in words with plain spaces."""
    return str(statuses(of_case)[name].found.words).replace("\xa0", " ")


def stated(
    name: str, of_case: CaseFacts, kind: StatementKind = StatementKind.MET, **changes: Any
) -> Statement:
    """What a person says of a requirement as it stands in a case, today unless another day is given."""
    about = statuses(of_case)[name].found.about
    made = Statement(kind, "Ola Vest", TODAY, "By my own look.", about, evidence=(SAID,))
    return replace(made, **changes)


def changed_ownership(**elements: Any) -> dict[str, Any]:
    found = payload("no_full")
    found["ownership"] |= elements
    return found
