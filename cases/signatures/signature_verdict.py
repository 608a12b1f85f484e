"""The verdict on a PDF by its signatures. Runs in the child process alone: the file is not trusted.

That a signature is intact and valid is not enough: how much of the file it covers, and what was changed after it, must
be known too.
"""

import datetime

from pyhanko.pdf_utils.crypt import AuthStatus, StandardSecurityHandler
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.misc import PdfDecodeLimitError

from cases.signatures.earlier_signatures import TooManyChanges, has_lost
from cases.signatures.one_signature import TrustBasis, of_signature, of_stamp
from cases.signatures.pdf.pdf_history import Reader, entry
from cases.signatures.pdf_signatures import Embedded, filled_in, found_in, hides_signature, usage_rights
from cases.signatures.signature_facts import Facts
from cases.signatures.signature_integrity import Followers
from cases.signatures.signature_limits import MOST_SIGNATURES

HEAD = 1024  # bytes in which a PDF says that it is one

SUBFILTERS = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/ETSI.RFC3161"}
# The worst first: the file's verdict is the first of these that a signature of it deserves.
WORST_FIRST = ("ALTERED", "CANNOT_TELL", "NOT_TRUSTED", "VERIFIED")


class Conclusion(Exception):
    """The whole file has this verdict, and there is nothing more to look at."""

    def __init__(self, verdict: str, explanation: str) -> None:
        super().__init__(explanation)
        self.verdict, self.explanation = verdict, explanation


def check(data: bytes, basis: TrustBasis) -> Facts:
    """Give verdict, explanation and every signature. What cannot be read is a verdict; only MemoryError gets out."""
    try:
        return _check(data, basis)
    except Conclusion as told:
        return {"verdict": told.verdict, "explanation": told.explanation, "signatures": []}
    except MemoryError:
        raise
    except PdfDecodeLimitError:
        return {"verdict": "CANNOT_TELL", "explanation": "too_much_memory", "signatures": []}
    except (
        Exception
    ):  # the libraries raise anything over what is in a file; that it is not read is a verdict too
        return {"verdict": "CANNOT_TELL", "explanation": "damaged", "signatures": []}


def _check(data: bytes, basis: TrustBasis) -> Facts:
    if b"%PDF-" not in data[:HEAD]:
        raise Conclusion("NOT_A_PDF", "not_a_pdf")
    try:
        reader = Reader(data)
        return _check_in(reader, data, basis)
    except (Conclusion, MemoryError, PdfDecodeLimitError):
        raise
    except Exception:  # whatever strict reading stumbles over, lenient reading tells or stumbles over it too
        return _check_leniently(data, basis)


def _check_leniently(data: bytes, basis: TrustBasis) -> Facts:
    """A file that is written otherwise than the standard says: only who signed all of it stands for it."""
    reader = Reader(data, strict=False)
    if _is_locked(reader):
        raise Conclusion("CANNOT_TELL", "encrypted")
    if not list(filled_in(reader)):
        raise Conclusion("CANNOT_TELL", "damaged")
    return _check_in(reader, data, basis)


def _check_in(reader: Reader, data: bytes, basis: TrustBasis) -> Facts:
    if _is_locked(reader):
        raise Conclusion("CANNOT_TELL", "encrypted")
    filled = list(filled_in(reader))
    if not filled:
        raise _unsigned(reader, data)
    if len(filled) > MOST_SIGNATURES:
        raise Conclusion("CANNOT_TELL", "too_many_signatures")
    if any(entry(dictionary, "/SubFilter") not in SUBFILTERS for dictionary in filled):
        raise Conclusion("CANNOT_TELL", "unsupported_signature")
    embedded = _embedded(reader)
    signatures, told_of_stamps = _stamps_told(embedded, basis)
    facts: list[Facts] = []
    for signature in reversed(
        signatures
    ):  # the last first: whether it holds tells what those before it may have let be added
        followers = Followers(frozenset(later["verdict"] for later in facts))
        stamped_at = _stamped_after(signature, told_of_stamps)
        facts.append(of_signature(signature, basis, followers=followers, stamped_at=stamped_at))
    total = _sum(facts[::-1], told_of_stamps)
    # A change that a signature shows itself says more than that another is gone.
    return total if total["verdict"] == "ALTERED" else total | _gone(reader, data, filled)


def _is_locked(reader: Reader) -> bool:
    """Does it take a password, or the key of somebody, to open it?"""
    if not reader.encrypted:
        return False
    by_password = isinstance(reader.security_handler, StandardSecurityHandler)
    return not by_password or bool(reader.decrypt("").status == AuthStatus.FAILED)


def _embedded(reader: Reader) -> list[Embedded]:
    try:
        return found_in(reader)
    except (MemoryError, PdfDecodeLimitError):
        raise
    except Exception:  # the libraries raise anything over what a field holds; which of it is told to nobody
        raise Conclusion("CANNOT_TELL", "unreadable_signature") from None


def _stamps_told(embedded: list[Embedded], basis: TrustBasis) -> tuple[list[Embedded], list[Facts]]:
    """The signatures that are no time stamps, and the facts of those that are."""
    facts: list[Facts] = []
    for signature in reversed(embedded):  # the last first: it tells when those before it were there
        if signature.is_stamp:
            facts.append(of_stamp(signature, basis, _stamped_after(signature, facts)))
    return [signature for signature in embedded if not signature.is_stamp], facts


def _gone(reader: Reader, data: bytes, filled: list[DictionaryObject]) -> Facts:
    """The verdict on the file instead, if signatures that earlier versions held were taken out; else empty."""
    try:
        lost = has_lost(reader, data, filled)
    except TooManyChanges:
        return {"verdict": "CANNOT_TELL", "explanation": "too_many_changes"}
    return {"verdict": "ALTERED", "explanation": "signature_removed"} if lost else {}


def _stamped_after(signature: Embedded, told_of_stamps: list[Facts]) -> list[datetime.datetime]:
    """The times of trusted stamps made after a signature: those before it say nothing of it."""
    return [
        facts["time_stamp"]["at"]
        for facts in told_of_stamps
        if facts["trusted"] and facts["revision"] > signature.signed_revision
    ]


def _unsigned(reader: Reader, data: bytes) -> Conclusion:
    """The conclusion on a file without a signature: one may have been taken out, or hide in it."""
    if gone := _gone(reader, data, []):
        return Conclusion(gone["verdict"], gone["explanation"])
    rights = usage_rights(reader)
    if hides_signature(data, rights):
        return Conclusion("CANNOT_TELL", "signature_hidden")
    return Conclusion("UNSIGNED", "usage_rights" if rights else "unsigned")


def _sum(signatures: list[Facts], stamps: list[Facts]) -> Facts:
    """The verdict on the file: that of the worst of its signatures, the last of which counts for the reason.

    A time stamp tells when the file was there, and of nobody who stands for it: whoever made it, it takes nothing from
    a signature, unless it shows a change.
    """
    every = [*signatures, *stamps]
    telling = [*signatures, *(stamp for stamp in stamps if _tells(stamp) or not signatures)]
    worst = next(verdict for verdict in WORST_FIRST if any(fact["verdict"] == verdict for fact in telling))
    deserve = [signature for signature in signatures if signature["verdict"] == worst]
    explanation = (deserve or [stamp for stamp in stamps if stamp["verdict"] == worst])[-1]["explanation"]
    if (
        not signatures
        and worst != "ALTERED"
        and explanation not in {"unreadable_signature", "something_beside"}
    ):
        worst, explanation = "UNSIGNED", "time_stamp_only"
    if worst == "NOT_TRUSTED" and explanation == "unknown_root" and len(deserve) < len(signatures):
        explanation = "another_signer"
    if worst == "VERIFIED":
        explanation = next(
            (signature["explanation"] for signature in signatures if signature["explanation"] != "verified"),
            "verified",
        )
    return {"verdict": worst, "explanation": explanation, "signatures": _shown(every)}


def _tells(stamp: Facts) -> bool:
    """Does a time stamp show that something of the file was, or may have been, written by anybody?"""
    return bool(stamp["verdict"] == "ALTERED" or stamp["explanation"] == "something_beside")


def _shown(facts: list[Facts]) -> list[Facts]:
    return sorted(facts, key=lambda fact: fact["revision"])
