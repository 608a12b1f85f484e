"""The result of checking the signatures of a PDF, as the process gives it and as a row keeps it.

The check is done by a process of its own (signature_process.py); what that says is checked here before use. The
sentences are in signature_words.py.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from annotated_types import Ge, Len
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from cases.findings.vocabulary.wording import Wording, Words
from cases.models import Verdict
from cases.signatures.signature_limits import MOST_SIGNATURES, MOST_WORDS
from cases.signatures.signature_words import CHANGES, COVERAGE, EXPLANATIONS, NO_ANSWER, refusal, sentence


def _printable(text: str) -> str:
    """Refuse unprintable text: PostgreSQL keeps no NUL and no lone surrogate, and a page shows neither."""
    if not text.isprintable():
        raise ValueError("not printable")
    return text


Text = Annotated[str, StringConstraints(max_length=MOST_WORDS, strict=True), AfterValidator(_printable)]
Token = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_]*$", strict=True)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$", strict=True)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Certificate(Strict):
    """Who signed, as the certificate says."""

    name: Text
    organisation: Text
    issuer: Text
    serial: Text
    valid_from: datetime.datetime
    valid_until: datetime.datetime
    sha256: Hash


class TimeStamp(Strict):
    at: datetime.datetime
    trusted: bool
    intact: bool
    by: Text


class Signature(Strict):
    """One signature of a file, or a time stamp over it. What its file says is as little to be trusted as the file."""

    kind: Literal["signature", "time_stamp"]
    field: Text
    revision: int
    verdict: Verdict
    explanation: Token
    trusted: bool
    # None: it could not be read.
    intact: bool | None
    coverage: Token
    changes: Token
    # Which rule the verdict rests on, if it is one about changes; what earlier versions kept has none.
    rule: Token = ""
    # Which page that is about, the first being 1; 0 if none.
    page: Annotated[int, Ge(0)] = 0
    digest: Text
    mechanism: Text
    # By the signer's own clock.
    claimed_at: datetime.datetime | None
    signer: Certificate | None
    root: Text
    time_stamp: TimeStamp | None

    @property
    def is_time_stamp(self) -> bool:
        return self.kind == "time_stamp"

    @property
    def covers(self) -> Words:
        return Wording(COVERAGE).of(self.coverage)

    @property
    def changed_after(self) -> Words:
        return Wording(CHANGES).of(self.changes)

    @property
    def sentence(self) -> Words:
        return sentence(self.explanation)

    @property
    def refusal(self) -> Words:
        return refusal(self.rule, self.page)

    @property
    def algorithms(self) -> str:
        return " · ".join(text for text in (self.digest, self.mechanism) if text)


class Answer(Strict):
    """What the process says of the signatures of one file."""

    verdict: Verdict
    explanation: Token
    signatures: Annotated[list[Signature], Len(max_length=MOST_SIGNATURES)]


@dataclass(frozen=True)
class SignatureResult:
    """The result of checking a file. `about_us`: whether its text names the organisation, None if not known."""

    verdict: Verdict
    explanation: str
    signatures: tuple[Signature, ...] = ()
    about_us: bool | None = None

    @classmethod
    def cannot_tell(cls, explanation: str) -> Self:
        return cls(Verdict.CANNOT_TELL, explanation)

    @property
    def words(self) -> str:
        """Why the verdict is as it is, in sentences, with the rule if one was the reason."""
        return (
            f"{sentence(self.explanation)} {rule_of(self.signatures, self.verdict, self.explanation)}".strip()
        )

    @property
    def as_json(self) -> list[dict[str, object]]:
        return [signature.model_dump(mode="json") for signature in self.signatures]


def foremost(signatures: Sequence[Signature], verdict: str) -> Signature | None:
    """The signature that a verdict rests on; None if there is none."""
    found = [signature for signature in signatures if signature.verdict == verdict] or list(signatures)
    return next((one for one in found if not one.is_time_stamp), found[0] if found else None)


def rule_of(signatures: Sequence[Signature], verdict: str, explanation: str) -> Words:
    """Say which rule a verdict rests on; '' if on none."""
    telling = [
        signature
        for signature in signatures
        if (signature.verdict, signature.explanation) == (verdict, explanation)
    ]
    return telling[-1].refusal if telling else ""


def result_from(answer: object) -> SignatureResult:
    """Read the answer of the process; one that cannot be used gives a result that says so."""
    try:
        result = Answer.model_validate(answer)
    except ValidationError:
        return SignatureResult.cannot_tell(NO_ANSWER)
    if result.explanation not in EXPLANATIONS[result.verdict]:
        return SignatureResult.cannot_tell(NO_ANSWER)
    return SignatureResult(result.verdict, result.explanation, tuple(result.signatures))


def kept(signatures: object) -> list[Signature]:
    """Read signatures kept in a row; those that another version of the portal kept in another form are left out."""
    found = []
    for signature in signatures if isinstance(signatures, list) else []:
        try:
            found.append(Signature.model_validate(signature))
        except ValidationError:
            continue
    return found
