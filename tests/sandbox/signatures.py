"""What a verifier says of a report's signature."""

import io
from dataclasses import dataclass

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True)
class Verdict:
    signatures: int
    intact: bool = False
    trusted: bool = False
    whole: bool = False
    good: bool = False


def verdict(pdf: bytes, root_pem: bytes) -> Verdict:
    """Verify the signature of a PDF against one root."""
    root = x509.Certificate.load(pem.unarmor(root_pem)[2])
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    if not signatures:
        return Verdict(0)
    status = validate_pdf_signature(
        signatures[0], ValidationContext(trust_roots=[root], allow_fetching=False)
    )
    return Verdict(
        signatures=len(signatures),
        intact=status.intact and status.valid,
        trusted=status.trusted,
        whole=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        good=status.bottom_line,
    )
