"""Certificates as files hold them; a module of its own, so that a portal without any loads no cryptography."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def as_pem(content: bytes) -> list[str]:
    """Every certificate of a file's content, as PEM text. Raises ValueError if there is none, or one cannot be read."""
    held = x509.load_pem_x509_certificates(content)
    return [certificate.public_bytes(Encoding.PEM).decode("ascii") for certificate in held]
