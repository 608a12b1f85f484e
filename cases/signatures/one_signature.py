"""One signature of a PDF: is everything as it was signed, and who vouches for the signer? In the child process alone.

Roots are always passed and nothing is fetched, so whether a certificate was withdrawn is not known.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    SignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from cases.signatures.pdf_signatures import Embedded
from cases.signatures.signature_algorithms import Validator, knows_digest
from cases.signatures.signature_facts import Facts, name_of, of_status, unread
from cases.signatures.signature_integrity import SOMEBODY, Followers, Said, integrity

# Who may sign documents: who is bound by what they sign, or whose certificate names this very purpose.
BINDING = KeyUsageConstraints(key_usage={"non_repudiation"})
FOR_DOCUMENTS = KeyUsageConstraints(
    key_usage={"digital_signature"},
    extd_key_usage={
        "1.3.6.1.5.5.7.3.36",  # RFC 9336: document signing
        "1.2.840.113583.1.1.5",  # Adobe: authentic documents
        "1.3.6.1.4.1.311.10.3.12",  # Microsoft: document signing
        "microsoft_document_signing",
        "email_protection",
    },
)
PROBLEMS_OF_TRUST: dict[Any, tuple[str, str]] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: ("NOT_TRUSTED", "unknown_root"),
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: ("NOT_TRUSTED", "wrong_usage"),
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: ("CANNOT_TELL", "weak_algorithm"),
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: ("CANNOT_TELL", "weak_algorithm"),
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: ("CANNOT_TELL", "expired"),
}


@dataclass(frozen=True)
class TrustBasis:
    """What signatures are held against: our roots (DER), and the time since when the portal has had the file."""

    roots: tuple[x509.Certificate, ...]
    had_since: datetime.datetime | None

    @property
    def moments(self) -> list[datetime.datetime]:
        """The times, besides now, at which all of the file surely existed."""
        return [] if self.had_since is None else [self.had_since]


def of_signature(
    embedded: Embedded, basis: TrustBasis, *, followers: Followers, stamped_at: list[datetime.datetime]
) -> Facts:
    """Verdict and facts of a signature."""
    facts = unread(embedded, "signature")
    try:
        status, held_at, validator = _held(embedded, basis, stamped_at)
        facts |= of_status(status, embedded)
        facts["claimed_at"] = status.signer_reported_dt
        if stamp := status.timestamp_validity:
            facts["time_stamp"] = {
                "at": stamp.timestamp,
                "trusted": bool(stamp.trusted),
                "intact": bool(stamp.intact and stamp.valid),
                "by": name_of(stamp.signing_cert),
            }
        verdict, changes = integrity(status, embedded, validator, followers)
        facts["changes"] = changes.level.name if changes else ""
        if verdict.verdict == "VERIFIED":
            verdict = _trust(status, basis, held_at, validator) or Said(
                "VERIFIED", held_at or verdict.explanation
            )
    except (MemoryError, PdfDecodeLimitError):
        raise
    except (
        Exception
    ):  # the libraries raise anything over what is in a file; that it is not read is a verdict too
        verdict = _unread(embedded)
    return facts | _as_facts(verdict)


def of_stamp(embedded: Embedded, basis: TrustBasis, stamped_at: list[datetime.datetime]) -> Facts:
    """Verdict and facts of a time stamp over the document: later stamps tell when it was there."""
    facts = unread(embedded, "time_stamp")
    try:
        status, validator = _held_stamp(embedded, basis, stamped_at)
        facts |= of_status(status, embedded)
        verdict, changes = integrity(status, embedded, validator, SOMEBODY)
        facts["changes"] = changes.level.name if changes else ""
        if verdict.verdict == "VERIFIED":
            verdict = _trust(status, basis, "", validator) or verdict
        facts["time_stamp"] = {
            "at": status.timestamp,
            "trusted": verdict.verdict == "VERIFIED",
            "intact": bool(status.intact and status.valid),
            "by": name_of(status.signing_cert),
        }
    except (MemoryError, PdfDecodeLimitError):
        raise
    except (
        Exception
    ):  # the libraries raise anything over what is in a file; that it is not read is a verdict too
        verdict = _unread(embedded)
    return facts | _as_facts(verdict)


def _as_facts(verdict: Said) -> Facts:
    return {
        "verdict": verdict.verdict,
        "explanation": verdict.explanation,
        "rule": verdict.rule,
        "page": verdict.page,
        "trusted": verdict.verdict == "VERIFIED",
    }


def _unread(embedded: Embedded) -> Said:
    """The verdict on a signature that cannot be read, with the reason if that is an unknown algorithm."""
    return Said("CANNOT_TELL", "unreadable_signature" if knows_digest(embedded) else "unknown_algorithm")


def _held(
    embedded: Embedded, basis: TrustBasis, stamped_at: list[datetime.datetime]
) -> tuple[PdfSignatureStatus, str, Validator]:
    """Validate a signature as of now; if it is not trusted, as of the times at which it surely existed.

    With the status comes what tells that it was there: '' | 'verified_at_capture' | 'verified_by_time_stamp'.
    """
    status, validator = _validated(embedded, basis)
    if not (status.intact and status.valid):
        return status, "", validator
    # The stamp within the signature was there when the signature was, and who made it may run out sooner.
    stamp_at = None
    for moment in [*basis.moments, *stamped_at]:
        if status.timestamp_validity is None or status.timestamp_validity.trusted:
            break
        then, _validator = _validated(embedded, basis, stamp_at=moment)
        if then.timestamp_validity is not None and then.timestamp_validity.trusted:
            status, stamp_at = then, moment
    if _is_trusted(status):
        return status, "", validator
    stamp = status.timestamp_validity
    own = [stamp.timestamp] if stamp is not None and stamp.trusted else []
    times = [(time, "verified_at_capture") for time in basis.moments]
    times += [(time, "verified_by_time_stamp") for time in [*own, *stamped_at]]
    for moment, why in times:
        then, then_validator = _validated(embedded, basis, moment, stamp_at)
        if _is_trusted(then):
            return then, why, then_validator
    return status, "", validator


def _held_stamp(
    embedded: Embedded, basis: TrustBasis, stamped_at: list[datetime.datetime]
) -> tuple[DocumentTimestampStatus, Validator]:
    validator = Validator()
    status = validate_pdf_timestamp(embedded, _context(basis, None, validator), skip_diff=True)
    for moment in [*basis.moments, *stamped_at]:
        if not (status.intact and status.valid) or _is_trusted(status):
            break
        then = validate_pdf_timestamp(embedded, _context(basis, moment, Validator()), skip_diff=True)
        status = then if _is_trusted(then) else status
    return status, validator


def _validated(
    embedded: Embedded,
    basis: TrustBasis,
    moment: datetime.datetime | None = None,
    stamp_at: datetime.datetime | None = None,
) -> tuple[PdfSignatureStatus, Validator]:
    """Validate a signature as of a moment, and the time stamp within it as of `stamp_at`; None is now."""

    def validate(usage: KeyUsageConstraints) -> tuple[PdfSignatureStatus, Validator]:
        validator = Validator()
        signer, stamp = _context(basis, moment, validator), _context(basis, stamp_at, Validator())
        status = validate_pdf_signature(embedded, signer, stamp, key_usage_settings=usage, skip_diff=True)
        return status, validator

    status, validator = validate(BINDING)
    if status.trust_problem_indic == AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE:
        return validate(FOR_DOCUMENTS)
    return status, validator


def _context(basis: TrustBasis, moment: datetime.datetime | None, validator: Validator) -> ValidationContext:
    return ValidationContext(
        trust_roots=list(basis.roots), allow_fetching=False, moment=moment, signature_validator=validator
    )


def _is_trusted(status: SignatureStatus) -> bool:
    return bool(status.trusted)


def _trust(status: SignatureStatus, basis: TrustBasis, held_at: str, validator: Validator) -> Said | None:
    """Verdict and explanation if the signer is not trusted; None if trusted."""
    if held_at or _is_trusted(status):
        return None
    verdict, why = PROBLEMS_OF_TRUST.get(status.trust_problem_indic, ("NOT_TRUSTED", "chain_failed"))
    if why == "wrong_usage" and _vouches_for_itself(status.signing_cert, basis):
        why = "unknown_root"
    if why == "unknown_root" and not basis.roots:
        return Said("NOT_TRUSTED", "no_roots")
    if why == "chain_failed" and validator.met_unknown:
        return Said("CANNOT_TELL", "unknown_algorithm")
    now = datetime.datetime.now(datetime.UTC)
    if why in {"expired", "chain_failed"} and status.signing_cert.not_valid_before > now:
        return Said("CANNOT_TELL", "not_yet_valid")
    return Said(verdict, why)


def _vouches_for_itself(certificate: x509.Certificate, basis: TrustBasis) -> bool:
    """Is a certificate issued by its own holder and no configured root? Then its purposes were not checked."""
    return certificate.self_issued and all(certificate.sha256 != root.sha256 for root in basis.roots)
