"""The sandbox's certificate authority, and the signatures it vouches for."""

import datetime
import io
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
YEARS = 10


@dataclass(frozen=True)
class Authority:
    """A root certificate with the certificate and key of one signer."""

    root: x509.Certificate
    signer: x509.Certificate
    signer_key: ec.EllipticCurvePrivateKey

    @property
    def root_pem(self) -> bytes:
        """The root certificate, to be trusted by those who verify."""
        return self.root.public_bytes(Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the signer's certificate."""
        return self.signer.fingerprint(hashes.SHA256()).hex()

    def sign(self, pdf: bytes) -> bytes:
        """Return the PDF with a PAdES signature over all of it."""
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        wanted = signers.PdfSignatureMetadata(
            field_name="SandboxSignature",
            subfilter=fields.SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            reason="Report made by the sandbox",
        )
        signed = signers.sign_pdf(writer, wanted, self._signer(), bytes_reserved=8192)
        return bytes(signed.getbuffer())

    def _signer(self) -> signers.SimpleSigner:
        signing, root = (
            asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in (self.signer, self.root)
        )
        key = self.signer_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return signers.SimpleSigner(
            signing_cert=signing,
            signing_key=asn1_keys.PrivateKeyInfo.load(key),
            cert_registry=SimpleCertificateStore.from_certs([root]),
        )


def make_authority(name: str) -> Authority:
    """Make a new root and a signer under it."""
    root_key, signer_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name, signer_name = _name(f"{name} Root CA"), _name(f"{name} Report Signer")
    root = (
        _certificate(root_name, root_name, root_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    signer = (
        _certificate(signer_name, root_name, signer_key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(signer_key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
        .sign(root_key, hashes.SHA256())
    )
    return Authority(root, signer, signer_key)


def kept_authority(folder: Path) -> Authority:
    """Return the authority kept in a folder, made there if there is none."""
    path = folder / "authority.pem"
    if not path.exists():
        _write_once(path, _as_pem(make_authority("AML Sandbox")))
    content = path.read_bytes()
    signer, root = x509.load_pem_x509_certificates(content)
    key = load_pem_private_key(content, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path} does not hold the key of a sandbox")
    return Authority(root, signer, key)


def _as_pem(authority: Authority) -> bytes:
    key = authority.signer_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key + authority.signer.public_bytes(Encoding.PEM) + authority.root.public_bytes(Encoding.PEM)


def _write_once(path: Path, content: bytes) -> None:
    """Write a private file whole; when two sandboxes start at once in a folder, the first one's stays."""
    beside = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        if not path.exists():
            os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "AML Sandbox (not a real provider)"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=365 * YEARS))
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
