"""A look at the signatures of a PDF as plain JSON, and as lines for people. docs/signatures.md explains every key."""

from collections.abc import Iterator
from typing import Any

from cases.signatures.signature_result import Signature, SignatureResult
from cases.signatures.signature_words import REVOCATION


def plain(result: SignatureResult) -> dict[str, Any]:
    """What it told, in an order that stays."""
    return {
        "verdict": result.verdict.lower(),
        "reason": result.explanation,
        "words": result.words,
        "signatures": [_signature(signature) for signature in result.signatures],
        "not_checked": str(REVOCATION),
    }


def _signature(of: Signature) -> dict[str, Any]:
    told = of.model_dump(mode="json")
    return {
        "kind": of.kind,
        "field": of.field,
        "verdict": of.verdict.lower(),
        "reason": of.explanation,
        "words": f"{of.sentence} {of.refusal}".strip(),
        "rule": of.rule or None,
        "page": of.page or None,
        "intact": of.intact,
        "trusted": of.trusted,
        "covers": of.coverage.lower() or None,
        "changed_after": of.changes.lower() or None,
        "revision": of.revision,
        "digest": of.digest or None,
        "mechanism": of.mechanism or None,
        "claimed_at": told["claimed_at"],
        "signer": told["signer"],
        "root": of.root or None,
        "time_stamp": told["time_stamp"],
    }


def lines(called: str, result: SignatureResult) -> Iterator[str]:
    """What it told, for people."""
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


def _facts(of: Signature) -> Iterator[tuple[str, object]]:
    if of.signer:
        yield "Signer", ", ".join(filter(None, (of.signer.name, of.signer.organisation)))
        yield "Issued by", of.signer.issuer
        yield (
            "Certificate",
            f"SHA-256 {of.signer.sha256}, valid {of.signer.valid_from} to {of.signer.valid_until}",
        )
    if of.root:
        yield "Trusted by" if of.trusted else "Leads to", of.root
    if of.claimed_at:
        yield "Signed at", f"{of.claimed_at} by the signer's own clock"
    if of.time_stamp:
        held = "trusted" if of.time_stamp.trusted else "not trusted"
        yield (
            "Time stamp",
            f"{of.time_stamp.at} by {of.time_stamp.by}, {held if of.time_stamp.intact else 'does not fit'}",
        )
    if of.coverage and of.intact:
        yield "Covers", of.covers
    if of.changes and of.intact:
        yield "Changed after it", of.changed_after
    if of.algorithms:
        yield "Algorithms", of.algorithms
