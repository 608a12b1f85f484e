"""Where in a case a requirement is met, or what it rests on is read."""

from cases.assessment.policy.requirement_terms import Check
from cases.web.case_page.tab_names import Tab

# What is done there meets the requirement: (tab, the part of it).
MET_AT: dict[Check, tuple[Tab, str]] = {
    Check.HITS: (Tab.SCREENING, ""),
    Check.OWNERS: (Tab.OWNERSHIP, "conclusions"),
    Check.RISK_CLASS: (Tab.RISK, "questions"),
    Check.COMPLEX: (Tab.RISK, "questions"),
    Check.DECIDED: (Tab.DECISION, ""),
    Check.NEXT_REVIEW: (Tab.DECISION, ""),
}
# What the requirement rests on stands there.
READ_AT: dict[Check, Tab] = {
    Check.SUBJECT: Tab.COMPANY,
    Check.IDENTITY: Tab.COMPANY,
    Check.REGISTER_EVIDENCE: Tab.DOCUMENTS,
    Check.STATUS: Tab.COMPANY,
    Check.SIGNATORY: Tab.PEOPLE,
    Check.STRUCTURE: Tab.OWNERSHIP,
    Check.COMPLEX: Tab.OWNERSHIP,
    Check.OWNERS: Tab.OWNERSHIP,
    Check.OWNERS_DATA: Tab.OWNERSHIP,
    Check.OWNERS_SOURCE: Tab.OWNERSHIP,
    Check.OWNERS_REGISTER: Tab.OWNERSHIP,
    Check.NOBODY_FOUND: Tab.OWNERSHIP,
    Check.EXEMPTION: Tab.RISK,
    Check.PURPOSE: Tab.COMPANY,
    Check.LISTS: Tab.SCREENING,
    Check.PARTIES_SEARCHED: Tab.PEOPLE,
    Check.HITS: Tab.SCREENING,
    Check.LISTED_HOLDERS: Tab.SCREENING,
    Check.EXPOSED: Tab.PEOPLE,
    Check.EXPOSED_MEASURES: Tab.SCREENING,
    Check.HIGH_RISK_COUNTRY: Tab.RISK,
    Check.RISK_CLASS: Tab.RISK,
    Check.LOW_EARNED: Tab.RISK,
    Check.MEASURES: Tab.RISK,
    Check.EVIDENCE: Tab.DOCUMENTS,
    Check.POINTS: Tab.OVERVIEW,
}
