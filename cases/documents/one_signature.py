"""One signature of a PDF: is everything as it was signed, and who vouches for the signer? In the child process alone.

Roots are always passed and nothing is fetched, so whether a certificate was withdrawn is not known.
"""

import datetime
import os
import re
from dataclasses import dataclass
from typing import Any

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    SignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from cases.documents.signature_facts import Facts, name_of, of_status, unread

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
class Asked:
    """What signatures are held against: our roots (DER), and the time since when the portal has had the file."""

    roots: tuple[x509.Certificate, ...]
    had_since: datetime.datetime | None

    @property
    def moments(self) -> list[datetime.datetime]:
        """When else than now all of the file was there for sure."""
        return [] if self.had_since is None else [self.had_since]


def of_signature(
    embedded: EmbeddedPdfSignature, asked: Asked, *, is_last: bool, stamped_at: list[datetime.datetime]
) -> Facts:
    told = unread(embedded, "signature")
    try:
        status, held_at = _held(embedded, asked, stamped_at)
        told |= of_status(status, embedded)
        told["claimed_at"] = status.signer_reported_dt
        if stamp := status.timestamp_validity:
            told["time_stamp"] = {
                "at": stamp.timestamp,
                "trusted": bool(stamp.trusted),
                "intact": bool(stamp.intact and stamp.valid),
                "by": name_of(stamp.signing_cert),
            }
        verdict, explanation = _integrity(status, embedded, may_be_followed=not is_last)
        if verdict == "VERIFIED":
            verdict, explanation = _trust(status, asked, held_at) or (verdict, held_at or explanation)
    except MemoryError:
        raise
    except Exception:
        verdict, explanation = "CANNOT_TELL", "unreadable_signature"
    return told | {"verdict": verdict, "explanation": explanation, "trusted": verdict == "VERIFIED"}


def of_stamp(embedded: EmbeddedPdfSignature, asked: Asked, stamped_at: list[datetime.datetime]) -> Facts:
    """A time stamp over the document, held to what a signature is: later stamps tell when it was there."""
    told = unread(embedded, "time_stamp")
    try:
        status = _held_stamp(embedded, asked, stamped_at)
        told |= of_status(status, embedded)
        verdict, explanation = _integrity(status, embedded, may_be_followed=True)
        if verdict == "VERIFIED":
            verdict, explanation = _trust(status, asked, "") or (verdict, explanation)
        told["time_stamp"] = {
            "at": status.timestamp,
            "trusted": verdict == "VERIFIED",
            "intact": bool(status.intact and status.valid),
            "by": name_of(status.signing_cert),
        }
    except MemoryError:
        raise
    except Exception:
        verdict, explanation = "CANNOT_TELL", "unreadable_signature"
    return told | {"verdict": verdict, "explanation": explanation, "trusted": verdict == "VERIFIED"}


def _held(
    embedded: EmbeddedPdfSignature, asked: Asked, stamped_at: list[datetime.datetime]
) -> tuple[PdfSignatureStatus, str]:
    """Validate it now; if its certificate has run out, at the times at which the signature was there for sure.

    With the status comes what tells that it was there: '' | 'verified_at_capture' | 'verified_by_time_stamp'.
    """
    status = _validated(embedded, asked)
    if not (status.intact and status.valid):
        return status, ""
    # The stamp within the signature was there when the signature was, and who made it may run out sooner.
    stamp_at = None
    for moment in [*asked.moments, *stamped_at]:
        if status.timestamp_validity is None or status.timestamp_validity.trusted:
            break
        then = _validated(embedded, asked, stamp_at=moment)
        if then.timestamp_validity is not None and then.timestamp_validity.trusted:
            status, stamp_at = then, moment
    if _is_trusted(status):
        return status, ""
    stamp = status.timestamp_validity
    own = [stamp.timestamp] if stamp is not None and stamp.trusted else []
    times = [(each, "verified_at_capture") for each in asked.moments]
    times += [(each, "verified_by_time_stamp") for each in [*own, *stamped_at]]
    for moment, why in times:
        then = _validated(embedded, asked, moment, stamp_at)
        if _is_trusted(then):
            return then, why
    return status, ""


def _held_stamp(
    embedded: EmbeddedPdfSignature, asked: Asked, stamped_at: list[datetime.datetime]
) -> DocumentTimestampStatus:
    status = validate_pdf_timestamp(embedded, _context(asked, None))
    for moment in [*asked.moments, *stamped_at]:
        if not (status.intact and status.valid) or _is_trusted(status):
            break
        then = validate_pdf_timestamp(embedded, _context(asked, moment))
        status = then if _is_trusted(then) else status
    return status


def _validated(
    embedded: EmbeddedPdfSignature,
    asked: Asked,
    moment: datetime.datetime | None = None,
    stamp_at: datetime.datetime | None = None,
) -> PdfSignatureStatus:
    """The signer's certificate as at that moment, and that of the stamp within the signature as at its own."""

    def validate(usage: KeyUsageConstraints) -> PdfSignatureStatus:
        return validate_pdf_signature(
            embedded, _context(asked, moment), _context(asked, stamp_at), key_usage_settings=usage
        )

    status = validate(BINDING)
    if status.trust_problem_indic == AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE:
        return validate(FOR_DOCUMENTS)
    return status


def _context(asked: Asked, moment: datetime.datetime | None) -> ValidationContext:
    return ValidationContext(trust_roots=list(asked.roots), allow_fetching=False, moment=moment)


def _is_trusted(status: SignatureStatus) -> bool:
    return bool(status.trusted)


def _integrity(status: Any, embedded: EmbeddedPdfSignature, *, may_be_followed: bool) -> tuple[str, str]:
    """Is everything as it was signed? `may_be_followed`: what was filled in after it, a later signature stands for."""
    problem = _broken(status, embedded)
    if problem:
        return "ALTERED", problem
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "VERIFIED", "verified"
    forbidden = isinstance(status, PdfSignatureStatus) and not status.docmdp_ok
    known = {
        ModificationLevel.NONE: "added_after",
        ModificationLevel.LTA_UPDATES: "",
        ModificationLevel.FORM_FILLING: "" if may_be_followed else "filled_after",
    }
    level: ModificationLevel | None = status.modification_level
    problem = "changed_after" if level is None else known.get(level, "changed_after")
    if problem != "changed_after" and forbidden:
        problem = "not_permitted"
    if problem:
        return "ALTERED", problem
    return "VERIFIED", "verified_lta" if level == ModificationLevel.LTA_UPDATES else "verified"


def _broken(status: Any, embedded: EmbeddedPdfSignature) -> str:
    """What makes the signature void whatever came after it; '' if nothing does."""
    if not status.intact:
        return "digest_mismatch"
    if not status.valid:
        return "bad_signature"
    coverage: SignatureCoverageLevel | None = status.coverage
    if coverage is None or coverage < SignatureCoverageLevel.ENTIRE_REVISION or not _explains_gap(embedded):
        return "partly_covered"
    if coverage == SignatureCoverageLevel.ENTIRE_FILE and not _reaches_end(embedded):
        return "partly_covered"
    return ""


def _explains_gap(embedded: EmbeddedPdfSignature) -> bool:
    """Is what the signature leaves out the signature itself, and nothing else?

    The library compares lengths alone, so a signature whose text was written out longer elsewhere could seem to reach
    the end of a file that goes on.
    """
    start, first, second, _rest = _range(embedded)
    stream = embedded.reader.stream
    stream.seek(first)
    gap = bytes(stream.read(max(0, second - first)))
    if start != 0 or gap[:1] != b"<" or gap[-1:] != b">" or not re.fullmatch(rb"[0-9A-Fa-f]*", gap[1:-1]):
        return False
    return len(gap) % 2 == 0 and bytes.fromhex(gap[1:-1].decode("ascii")) == embedded.pkcs7_content


def _reaches_end(embedded: EmbeddedPdfSignature) -> bool:
    _start, _first, second, rest = _range(embedded)
    return bool(second + rest == embedded.reader.stream.seek(0, os.SEEK_END))


def _range(embedded: EmbeddedPdfSignature) -> tuple[int, int, int, int]:
    start, first, second, rest = (int(each) for each in embedded.byte_range)
    return start, first, second, rest


def _trust(status: SignatureStatus, asked: Asked, held_at: str) -> tuple[str, str] | None:
    """Verdict and explanation if the signer is not trusted; None if trusted."""
    if held_at or _is_trusted(status):
        return None
    problem = PROBLEMS_OF_TRUST.get(status.trust_problem_indic, ("NOT_TRUSTED", "chain_failed"))
    if problem[1] == "unknown_root" and not asked.roots:
        return "NOT_TRUSTED", "no_roots"
    if problem[1] in {
        "expired",
        "chain_failed",
    } and status.signing_cert.not_valid_before > datetime.datetime.now(datetime.UTC):
        return "CANNOT_TELL", "not_yet_valid"
    return problem
