"""A signature result as plain JSON, and as lines for people. docs/signatures.md explains every key."""

from collections.abc import Iterator
from typing import Any

from cases.signatures.signature_result import Signature, SignatureResult
from cases.signatures.signature_words import REVOCATION


def plain(result: SignatureResult) -> dict[str, Any]:
    """A signature result as JSON values, with its keys in an order that stays."""
    return {
        "verdict": result.verdict.lower(),
        "reason": result.explanation,
        "words": result.words,
        "signatures": [_signature(signature) for signature in result.signatures],
        "not_checked": str(REVOCATION),
    }


def _signature(signature: Signature) -> dict[str, Any]:
    facts = signature.model_dump(mode="json")
    return {
        "kind": signature.kind,
        "field": signature.field,
        "verdict": signature.verdict.lower(),
        "reason": signature.explanation,
        "words": f"{signature.sentence} {signature.refusal}".strip(),
        "rule": signature.rule or None,
        "page": signature.page or None,
        "intact": signature.intact,
        "trusted": signature.trusted,
        "covers": signature.coverage.lower() or None,
        "changed_after": signature.changes.lower() or None,
        "revision": signature.revision,
        "digest": signature.digest or None,
        "mechanism": signature.mechanism or None,
        "claimed_at": facts["claimed_at"],
        "signer": facts["signer"],
        "root": signature.root or None,
        "time_stamp": facts["time_stamp"],
    }


def lines(called: str, result: SignatureResult) -> Iterator[str]:
    """A signature result as lines for people to read."""
    yield f"{called}: {result.verdict.label}"
    yield f"  {result.words}"
    for number, signature in enumerate(result.signatures, 1):
        kind = "Time stamp over the document" if signature.is_time_stamp else "Signature"
        yield f"{number}. {kind}, field {signature.field or 'without a name'}: {signature.verdict.label}"
        yield f"   {signature.sentence} {signature.refusal}".rstrip()
        for name, value in _facts(signature):
            yield f"   {name}: {value}"
    if result.signatures:
        yield str(REVOCATION)


def _facts(signature: Signature) -> Iterator[tuple[str, object]]:
    if signature.signer:
        yield "Signer", ", ".join(filter(None, (signature.signer.name, signature.signer.organisation)))
        yield "Issued by", signature.signer.issuer
        yield (
            "Certificate",
            f"SHA-256 {signature.signer.sha256}, valid {signature.signer.valid_from} to {signature.signer.valid_until}",
        )
    if signature.root:
        yield "Trusted by" if signature.trusted else "Leads to", signature.root
    if signature.claimed_at:
        yield "Signed at", f"{signature.claimed_at} by the signer's own clock"
    if stamp := signature.time_stamp:
        held = "trusted" if stamp.trusted else "not trusted"
        yield "Time stamp", f"{stamp.at} by {stamp.by}, {held if stamp.intact else 'does not fit'}"
    if signature.coverage and signature.intact:
        yield "Covers", signature.covers
    if signature.changes and signature.intact:
        yield "Changed after it", signature.changed_after
    if signature.algorithms:
        yield "Algorithms", signature.algorithms
