"""Which signature algorithms are known: an unknown one is no sign of forgery. In the child process alone."""

from collections.abc import Callable
from typing import Any

from asn1crypto import algos
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator.errors import AlgorithmNotSupported
from pyhanko_certvalidator.sig_validate import (
    DEFAULT_VALIDATION_CONTEXT,
    DefaultSignatureValidator,
    SignatureValidationContext,
)
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

# RSA (PKCS #1 v1.5) with SHA-3, which the library does not know by name.
RSA_SHA3: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "2.16.840.1.101.3.4.3.13": hashes.SHA3_224,
    "2.16.840.1.101.3.4.3.14": hashes.SHA3_256,
    "2.16.840.1.101.3.4.3.15": hashes.SHA3_384,
    "2.16.840.1.101.3.4.3.16": hashes.SHA3_512,
}
LEAST_RSA_BITS = 2048  # as the library has it for the others


def called(mechanism: str) -> str:
    """The name of a signature mechanism; its number, or what pyHanko calls it, if it has none here."""
    digest = RSA_SHA3.get(mechanism)
    return f"{digest().name.replace('-', '_')}_rsa" if digest else mechanism


class Validator(DefaultSignatureValidator):
    """Checks signatures of documents and certificates against keys; `met_unknown` once it could not for one.

    To the library such a signature is as invalid as a forged one.
    """

    met_unknown = False

    def validate_signature(
        self,
        signature: bytes,
        signed_data: bytes,
        public_key_info: Any,
        signature_algorithm: algos.SignedDigestAlgorithm,
        context: SignatureValidationContext = DEFAULT_VALIDATION_CONTEXT,
    ) -> None:
        """Raise InvalidSignature unless the signature fits, AlgorithmNotSupported if that cannot be checked."""
        digest = RSA_SHA3.get(signature_algorithm["algorithm"].dotted)
        try:
            if digest is not None and not context.prehashed:
                _rsa(signature, signed_data, public_key_info, digest())
                return
            super().validate_signature(signature, signed_data, public_key_info, signature_algorithm, context)
        except AlgorithmNotSupported:
            self.met_unknown = True
            raise
        except (UnsupportedAlgorithm, NotImplementedError, AttributeError, ValueError) as problem:
            self.met_unknown = True
            raise AlgorithmNotSupported from problem
        except AssertionError as problem:  # the key is of another kind than the signature says
            raise InvalidSignature from problem


def _rsa(signature: bytes, signed: bytes, key_info: Any, digest: hashes.HashAlgorithm) -> None:
    key = serialization.load_der_public_key(key_info.dump())
    if not isinstance(key, rsa.RSAPublicKey):
        raise InvalidSignature
    if key.key_size < LEAST_RSA_BITS:
        raise AlgorithmNotSupported
    key.verify(signature, signed, padding.PKCS1v15(), digest)


def knows_digest(embedded: EmbeddedPdfSignature) -> bool:
    """Can the digests that a signature rests on be computed here?"""
    try:
        for name in (embedded.md_algorithm, embedded.external_md_algorithm):
            hashes.Hash(get_pyca_cryptography_hash(name))
    except (AttributeError, TypeError, NotImplementedError, UnsupportedAlgorithm):
        return False
    return True
