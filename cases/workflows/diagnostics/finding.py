"""A finding of the doctor, about one thing."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How bad it is: a warning is for a person to weigh, something wrong stops the portal from doing its work."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do if it is not as it should be. Holds no secret."""

    subject: str
    verdict: Verdict
    message: str
    advice: str = ""


def ok(subject: str, message: str) -> Finding:
    return Finding(subject, Verdict.OK, message)


def warning(subject: str, message: str, advice: str) -> Finding:
    return Finding(subject, Verdict.WARNING, message, advice)


def wrong(subject: str, message: str, advice: str) -> Finding:
    return Finding(subject, Verdict.WRONG, message, advice)
