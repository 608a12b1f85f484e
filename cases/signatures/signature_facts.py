"""What is said of a signature, as plain values: who signed, with what, and how much of the file. In the child alone."""

from typing import Any

from asn1crypto import x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from cases.signatures.signature_algorithms import called
from cases.signatures.signature_limits import MOST_WORDS

Facts = dict[str, Any]


def unread(embedded: EmbeddedPdfSignature, kind: str) -> Facts:
    """The facts of a signature before it is validated: its kind, field and revision, the rest empty."""
    return {
        "kind": kind,
        "field": clean(embedded.field_name),
        "revision": int(embedded.signed_revision),
        "intact": None,
        "coverage": "",
        "changes": "",
        "rule": "",
        "page": 0,
        "digest": "",
        "mechanism": "",
        "claimed_at": None,
        "signer": None,
        "root": "",
        "time_stamp": None,
    }


def of_status(status: Any, embedded: EmbeddedPdfSignature) -> Facts:
    path = status.validation_path if status.trusted else None
    return {
        "intact": bool(status.intact and status.valid),
        "coverage": status.coverage.name if status.coverage is not None else "",
        "digest": clean(embedded.external_md_algorithm),
        "mechanism": clean(called(status.pkcs7_signature_mechanism)),
        "signer": _certificate(status.signing_cert),
        "root": name_of(path.first) if path is not None else "",
    }


def _certificate(certificate: x509.Certificate) -> Facts:
    return {
        "name": name_of(certificate),
        "organisation": _part(certificate.subject, "organization_name"),
        "issuer": _part(certificate.issuer, "common_name") or clean(certificate.issuer.human_friendly),
        "serial": f"{certificate.serial_number:X}"[:MOST_WORDS],
        "valid_from": certificate.not_valid_before,
        "valid_until": certificate.not_valid_after,
        "sha256": certificate.sha256.hex(),
    }


def name_of(certificate: Any) -> str:
    return _part(certificate.subject, "common_name") or clean(certificate.subject.human_friendly)


def _part(name: Any, part: str) -> str:
    found = name.native.get(part, "")
    return clean(", ".join(map(str, found)) if isinstance(found, list) else found)


def clean(text: object) -> str:
    """A text of the file: printable, in one line, not long."""
    words = " ".join(str(text).split())[:MOST_WORDS]
    return "".join(word for word in words if word.isprintable())
