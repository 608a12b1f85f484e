"""Whether the database or the model refuses; whatever they do not refuse is taken back, and named."""

from collections.abc import Callable, Iterable

from django.db import DatabaseError, transaction

from tests.workflows.forgery import execute


def answer(statement: str, *values: object) -> str:
    """What the database says when it refuses; "" if it does not, and nothing of it stays."""
    try:
        with transaction.atomic():
            execute(statement, *values)
            transaction.set_rollback(True)
    except DatabaseError as problem:
        return str(problem)
    return ""


def refused(statement: str, *values: object) -> str:
    """The same, of what it must refuse."""
    refusal = answer(statement, *values)
    assert refusal, statement
    return refusal


def not_refused(statements: Iterable[str], *words: str) -> dict[str, str]:
    """Those of the statements that the database does not refuse in one of these words, and what it says instead."""
    answers = {statement: answer(statement) for statement in statements}
    assert answers
    return {
        statement: text
        for statement, text in answers.items()
        if not text or not any(word in text for word in words or [""])
    }


def done(attempt: Callable[[], object], refusals: tuple[type[Exception], ...]) -> bool:
    """Whether what was tried is not refused; nothing of it stays."""
    try:
        with transaction.atomic():
            attempt()
            transaction.set_rollback(True)
    except refusals:
        return False
    return True
