"""Who is on the board, who is the chief executive, and which legal forms make them beneficial owners."""

from cases.assessment.owners.answers import Position
from cases.findings.result import Result
from cases.findings.vocabulary.code_words import Word
from cases.provider.result.placeholders import is_placeholder

# The words of Norway (also its own code), Sweden, Finland and Denmark.
FOUNDATIONS = frozenset({"FOUNDATION", "STI", "STIFTELSE", "SAATIO", "SÄÄTIÖ", "FOND"})
BOARD = frozenset(
    {
        *("CHAIRMAN", "DEPUTYCHAIRMAN", "BOARDMEMBERS"),
        *("CHAIRMAN_OF_THE_BOARD", "DEPUTY_CHAIRMAN_OF_THE_BOARD", "BOARD_MEMBER"),
    }
)
CHIEF = frozenset({"CEO"})
OF_EMPLOYEES = frozenset({"EMPLOYEES_REPRESENTATIVE"})


def is_foundation(result: Result) -> bool:
    """Is the organisation a foundation, as far as the form is known?"""
    form = result.company.form
    return form is not None and form.code.upper() in FOUNDATIONS


def is_form_known(result: Result) -> bool:
    """Does the result state a legal form, once?"""
    form = result.company.form
    is_doubted = "keyInformation.organizationType" in result.contradictions
    return form is not None and not is_placeholder(form.raw) and not is_doubted


def position(roles: tuple[Word, ...]) -> Position:
    """Give what somebody is by these roles; deputies of members are not on the board until they step in."""
    codes = {role.code for role in roles}
    return Position(bool(codes & BOARD), bool(codes & CHIEF), bool(codes & OF_EMPLOYEES))
