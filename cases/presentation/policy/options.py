"""Codes that a policy document may name, each with words for a person to choose by."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.hit_reason_terms import VERDICT_WORDS, SecondIf, Weight
from cases.assessment.policy.requirement_set import OF_SETS
from cases.assessment.policy.requirement_terms import Check, When, Who
from cases.assessment.policy.risk_factors import INVOLVED, OUTSIDE, Judged, Test
from cases.assessment.policy.risk_gates import CDD, COMPLEX, LISTED
from cases.assessment.policy.risk_model import BY_BANDS
from cases.assessment.policy.risk_terms import CLASS_WORDS, Condition, LowTest, Need, RiskClass
from cases.findings.identity.verdict import WORDS as LINE_WORDS
from cases.findings.identity.verdict import Verdict as Line
from cases.findings.involvement import OWN
from cases.findings.screening.comparison import LABELS
from cases.findings.vocabulary import code_words
from cases.findings.vocabulary.caution_codes import CODES
from cases.findings.vocabulary.countries import NAMES
from cases.findings.vocabulary.sections import Topic
from cases.findings.vocabulary.wording import Words
from cases.presentation.policy.parts import Option, Options


def given(table: Mapping[Any, Words]) -> Options:
    """The options of a table, the same for every document."""
    options = [(str(word), words) for word, words in table.items()]
    return lambda _document: options


TEST_WORDS: dict[Test, Words] = {
    Test.TABLE: _("Form of organisation"),
    Test.PREFIX: _("Industry, by the beginning of its code"),
    Test.YEARS: _("Years since the registration"),
    Test.WARNING: _("Points to check and alarms"),
    Test.WARNING_LEVEL: _("Points to check, or alarms only"),
    Test.IDLE: _("No employees, though turnover"),
    Test.AUDITOR: _("No auditor, though turnover"),
    Test.NO_ACCOUNTS: _("No accounts, though older than two years"),
    Test.INDICATOR: _("An indicator of the structure"),
    Test.NUMBER: _("Shares that nobody is named for"),
    Test.NO_BENEFICIAL: _("No beneficial owner named"),
    Test.BENEFICIAL_REASON: _("Why owners are called beneficial"),
    Test.ORG_HOLDER: _("An organisation holds a share"),
    Test.ROLE_ORG: _("An organisation holds a role"),
    Test.COUNTRIES: _("Countries, by lists"),
    Test.JUDGEMENTS: _("What hits were judged to be"),
    Test.ANSWER: _("Question to a person"),
}
JUDGED_WORDS: dict[Judged, Words] = {
    Judged.TRUE_MATCH_TFS: _("The same: financial sanctions"),
    Judged.TRUE_MATCH_PEP: _("The same: politically exposed"),
    Judged.TRUE_MATCH_OTHER: _("The same: other"),
    Judged.NOT_APPLICABLE: _("No measure applies"),
    Judged.CANNOT_TELL: _("Cannot tell yet"),
    Judged.FALSE_POSITIVE: _("Not the same"),
}
CONDITION_WORDS: dict[Condition, Words] = {
    Condition.JUDGEMENT: _("A hit is judged as"),
    Condition.ANSWER: _("A question is answered with"),
    Condition.COUNTRY: _("A country stands on"),
    Condition.WARNING: _("There is the point to check"),
    Condition.COMPLEX: _("The structure is complex"),
}
LOW_WORDS: dict[LowTest, Words] = {
    LowTest.FORM: _("Form of organisation"),
    LowTest.ANSWER: _("Answer of a person"),
    LowTest.PLAIN_OLD: _("Old and plain"),
}
NEED_WORDS: dict[Need, Words] = {
    Need.NO_OPEN_HIT: _("No hit is open"),
    Need.CLEARED: _("Screening clear, or all hits judged not the same"),
    Need.ALL_KNOWN: _("Every factor read from the result is known"),
}
QUESTION_WORDS: dict[str, Words] = {
    CDD: _("Can due diligence be completed?"),
    LISTED: _("Is it listed on a market?"),
    COMPLEX: _("Is the structure complex?"),
}
INVOLVED_WORDS: dict[str, Words] = {
    word: OWN.get(word, _("addresses of beneficial owners")) for word in INVOLVED
}
WEIGHT_WORDS: dict[Weight, Words] = {
    Weight.DECISIVE: _("Decisive: can clear a hit alone"),
    Weight.SUPPORTING: _("Supporting: only with another"),
    Weight.BY_EVIDENCE: _("By evidence that a person states"),
}
SECOND_WORDS: dict[SecondIf, Words] = {
    SecondIf.NOTHING_DECISIVE: _("No decisive line is different"),
    SecondIf.DECISIVE_ALIKE: _("A decisive line is the same or similar"),
    SecondIf.MAIN_LIST: _("The list is that of the UN or EU, and the reason is not enough alone"),
}
OUTCOMES: dict[str, Words] = {line.name: LINE_WORDS[line] for line in Line}
STATED_WORDS: dict[str, Words] = {
    "function": _("Function, trade or title"),
    "document": _("What a document shows"),
    "answer": _("What somebody answered"),
}
WHEN_WORDS: dict[When, Words] = {
    When.ALWAYS: _("Always"),
    When.ON_CONDITION: _("On condition"),
    When.NEVER: _("Never"),
}
WHO_WORDS: dict[Who, Words] = {
    Who.ANALYST: _("An analyst"),
    Who.LEAD: _("A lead"),
    Who.NOBODY: _("Nobody"),
}
CHECK_WORDS: dict[Check, Words] = {
    Check.SUBJECT: _("Whom the result is about"),
    Check.IDENTITY: _("Identity complete"),
    Check.REGISTER_EVIDENCE: _("Evidence of the register"),
    Check.STATUS: _("Status of the firm"),
    Check.SIGNATORY: _("Who acts"),
    Check.STRUCTURE: _("Ownership and control plain"),
    Check.COMPLEX: _("Complex structure"),
    Check.OWNERS: _("Beneficial owners concluded on"),
    Check.OWNERS_DATA: _("Data of the owners"),
    Check.OWNERS_SOURCE: _("Source of the owners"),
    Check.OWNERS_REGISTER: _("Register of beneficial owners"),
    Check.NOBODY_FOUND: _("Nobody found"),
    Check.EXEMPTION: _("Exemption"),
    Check.PURPOSE: _("Purpose and nature"),
    Check.LISTS: _("Lists searched"),
    Check.PARTIES_SEARCHED: _("Other parties searched"),
    Check.HITS: _("Hits judged"),
    Check.LISTED_HOLDERS: _("Listed holders"),
    Check.EXPOSED: _("Politically exposed persons"),
    Check.EXPOSED_MEASURES: _("Measures for exposed persons"),
    Check.HIGH_RISK_COUNTRY: _("High-risk countries"),
    Check.RISK_CLASS: _("Risk class"),
    Check.LOW_EARNED: _("Low is earned"),
    Check.MEASURES: _("Enhanced measures"),
    Check.EVIDENCE: _("Evidence captured and intact"),
    Check.POINTS: _("Points to check"),
    Check.DECIDED: _("Decided by two"),
    Check.INFORMED: _("Customer informed"),
    Check.NEXT_REVIEW: _("Next review"),
}

CLASSES_BY_BANDS = given({word: CLASS_WORDS[word] for word in BY_BANDS})
CLASSES_FORCED = given({word: CLASS_WORDS[word] for word in (RiskClass.HIGH, RiskClass.PROHIBITED)})
TESTS, JUDGED, CONDITIONS = given(TEST_WORDS), given(JUDGED_WORDS), given(CONDITION_WORDS)
LOW_TESTS, NEEDS, QUESTIONS = given(LOW_WORDS), given(NEED_WORDS), given(QUESTION_WORDS)
WEIGHTS, SECOND_IF, STATED = given(WEIGHT_WORDS), given(SECOND_WORDS), given(STATED_WORDS)
LINES_OF_OUTCOMES, LINES = given(OUTCOMES), given(LABELS)
WHENS, WHO = given(WHEN_WORDS), given(WHO_WORDS)
WAIVED_BY = given({who: WHO_WORDS[who] for who in (Who.LEAD, Who.NOBODY)})
CHECKS = given({check: CHECK_WORDS[check] for check in OF_SETS})
VERDICTS = given(VERDICT_WORDS)
INVOLVED_IN, FORMS, ROLES = (
    given(INVOLVED_WORDS),
    given(code_words.ORGANISATION_TYPES),
    given(code_words.ROLES),
)
BENEFICIAL_REASONS, COUNTRIES = given(code_words.REASONS), given(NAMES)
LISTS_SEARCHED = given(code_words.SOURCES)
CAUTIONS = given({code: row.words for code, row in CODES.items() if row.topic is not Topic.DOCUMENTS})
LEVELS = given({"warning": _("Points to check and alarms"), "alarm": _("Alarms only")})


RESTS_ON = given({**JUDGED_WORDS, **{code: row.words for code, row in CODES.items()}})


def _rows(document: Mapping[str, Any], name: str) -> list[tuple[Any, Mapping[str, Any]]]:
    """The objects of a list, or of one with names, each with its name; whatever else stands there is none."""
    found = document.get(name)
    rows = list(found.items()) if isinstance(found, Mapping) else []
    rows += [(None, row) for row in found] if isinstance(found, list) else []
    return [(key, row) for key, row in rows if isinstance(row, Mapping)]


def groups(document: Mapping[str, Any]) -> Sequence[Option]:
    """The groups of a risk model or a requirement set."""
    rows = [(str(key or row.get("id") or ""), row) for key, row in _rows(document, "groups")]
    return [(name, str(row.get("title") or name)) for name, row in rows if name]


def country_lists(document: Mapping[str, Any]) -> Sequence[Option]:
    """The lists of a risk model, and all that is outside of one."""
    lists = document.get("lists")
    names = [str(name) for name in lists] if isinstance(lists, Mapping) else []
    on = [(name, name) for name in names]
    return [*on, *((f"{OUTSIDE}{name}", _("outside %(list)s") % {"list": name}) for name in names)]


def reasons(document: Mapping[str, Any]) -> Sequence[Option]:
    """The codes of the reasons of a document, with their words."""
    rows = [row for _key, row in _rows(document, "reasons") if row.get("code")]
    return [(str(row["code"]), str(row.get("words") or "")) for row in rows]


def outcomes_needed(_document: Mapping[str, Any]) -> Sequence[Option]:
    """The outcomes of a line that a reason may need: one, every other that is known, or either stated instead."""
    plain = list(OUTCOMES.items())
    negated = [(f"not {word}", _("not %(outcome)s") % {"outcome": words}) for word, words in plain]
    stated = [
        (f"{word} or stated", _("%(outcome)s, or stated") % {"outcome": words}) for word, words in plain
    ]
    return [*plain, *negated, *stated]


LINES_AND_STATED = given({**LABELS, "stated": _("What a person states")})
