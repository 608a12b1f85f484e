"""What a requirement set holds: what a complete case must show, for which risk class, and who may say that it does."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cases.assessment.policy.risk_terms import RiskClass


class Check(StrEnum):
    """What is worked out of a case for a requirement (assessment/requirements/)."""

    SUBJECT = "subject"
    IDENTITY = "identity"
    REGISTER_EVIDENCE = "register_evidence"
    STATUS = "status"
    SIGNATORY = "signatory"
    STRUCTURE = "structure"
    COMPLEX = "complex"
    OWNERS = "owners"
    OWNERS_DATA = "owners_data"
    OWNERS_SOURCE = "owners_source"
    OWNERS_REGISTER = "owners_register"
    NOBODY_FOUND = "nobody_found"
    EXEMPTION = "exemption"
    PURPOSE = "purpose"
    LISTS = "lists"
    PARTIES_SEARCHED = "parties_searched"
    HITS = "hits"
    LISTED_HOLDERS = "listed_holders"
    EXPOSED = "exposed"
    EXPOSED_MEASURES = "exposed_measures"
    HIGH_RISK_COUNTRY = "high_risk_country"
    RISK_CLASS = "risk_class"
    LOW_EARNED = "low_earned"
    MEASURES = "measures"
    EVIDENCE = "evidence"
    POINTS = "points"
    DECIDED = "decided"
    INFORMED = "informed"
    NEXT_REVIEW = "next_review"
    # Of a condition of an approval: no requirement set has it.
    CONDITION = "condition"


class When(StrEnum):
    """Whether a requirement holds for a risk class."""

    ALWAYS = "always"
    ON_CONDITION = "condition"
    NEVER = "never"


class Who(StrEnum):
    """Who may say that a requirement is met, or waive it."""

    ANALYST = "analyst"
    LEAD = "lead"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement. `person`: what a person must do, '' where nobody's word meets it.

    `when`: by risk class; what is prohibited needs what is high. `is_search`: a person says whether something was
    found. `has_attachment`: a file shows it. `fresh_months`: after which its evidence is stale, None for never.
    """

    id: str
    group: str
    title: str
    basis: str
    check: Check
    when: Mapping[RiskClass, When]
    met_by: Who
    waived_by: Who
    person: str = ""
    is_search: bool = False
    has_attachment: bool = False
    fresh_months: int | None = None

    def needed(self, risk_class: RiskClass) -> When:
        """Whether it holds for a risk class."""
        return self.when[RiskClass.HIGH if risk_class is RiskClass.PROHIBITED else risk_class]


@dataclass(frozen=True, slots=True)
class RequirementSet:
    """The document, read: groups by id in their order; requirements in theirs.

    `lists`: codes of the lists in which a customer must have been searched. `unexplained_at_most`: per cent of the
    shares. `exempt_forms`: codes of forms that need no beneficial owner. `country_lists`: names of lists of the risk
    model whose countries need measures of their own.
    """

    name: str
    version: int
    groups: Mapping[str, str]
    requirements: tuple[Requirement, ...]
    lists: tuple[str, ...]
    unexplained_at_most: Decimal
    exempt_forms: tuple[str, ...]
    country_lists: tuple[str, ...]

    def requirement(self, name: str) -> Requirement | None:
        """The requirement with an id; None if there is none."""
        return next((required for required in self.requirements if required.id == name), None)

    def with_check(self, check: Check) -> Requirement | None:
        """The requirement that has a check; None if the set has none."""
        return next((required for required in self.requirements if required.check is check), None)
