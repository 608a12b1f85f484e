"""PDFs, signed and spoiled in every way a test needs. Synthetic people, companies and authorities only."""

import contextlib
import datetime
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from unittest import mock

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.metadata.xmp_xml import XmpXmlProcessingError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator.registry import SimpleCertificateStore

from cases.workflows.demo_data.paper import sample_pdf

NOW = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
DAY = datetime.timedelta(days=1)
YEAR = 365 * DAY
RESERVED = 8192  # hexadecimal digits for a signature; what is left over is read again and again
NUMBER, NAME = "317835337", "Fjellheim Energi AS"


def report(*lines: str) -> bytes:
    """A page about Fjellheim Energi, unless the lines say otherwise."""
    return sample_pdf(list(lines) or ["AML report", "FJELLHEIM ENERGI AS", "NO 317 835 337"])


# --- Who signs -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))

    @property
    def asn1_key(self) -> asn1_keys.PrivateKeyInfo:
        return asn1_keys.PrivateKeyInfo.load(
            self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        )


def root(name: str = "Nordlys Root CA", **traits: Any) -> Holder:
    return _issued(name, None, is_authority=True, **traits)


def signer(issuer: Holder, name: str = "Nordlys Reports", **traits: Any) -> Holder:
    return _issued(name, issuer, **traits)


@cache
def _stamping_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


class Stamper(timestamps.DummyTimeStamper):
    """pyHanko's, without the look at its key at every stamp, which takes far longer than the stamp."""

    def _sign_tst_info(self, *arguments: Any) -> Any:
        load = partial(serialization.load_der_private_key, unsafe_skip_rsa_key_validation=True)
        with mock.patch.object(serialization, "load_der_private_key", load):
            return super()._sign_tst_info(*arguments)


def stamper(issuer: Holder, at: datetime.datetime = NOW, **traits: Any) -> timestamps.DummyTimeStamper:
    """Its stand-in knows RSA alone."""
    traits = {"key": _stamping_key(), "purposes": [ExtendedKeyUsageOID.TIME_STAMPING], **traits}
    tsa = _issued("Nordlys Time", issuer, **traits)
    store = SimpleCertificateStore.from_certs([issuer.asn1])
    return Stamper(tsa.asn1, tsa.asn1_key, certs_to_embed=store, fixed_dt=at)


def _issued(
    name: str,
    issuer: Holder | None,
    *,
    is_authority: bool = False,
    since: datetime.datetime = NOW - DAY,
    until: datetime.datetime = NOW + 10 * YEAR,
    purposes: list[x509.ObjectIdentifier] | None = None,
    binding: bool = True,
    key: Any = None,
) -> Holder:
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Nordlys (invented)"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    usage = {
        "digital_signature": not is_authority,
        "content_commitment": not is_authority and binding,
        "key_cert_sign": is_authority,
        "crl_sign": is_authority,
    }
    others = ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only")
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **dict.fromkeys(others, False)), critical=True)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    return Holder(builder.sign((issuer or Holder(None, key)).key, hashes.SHA256()), key)  # type: ignore[arg-type]


# --- Signing -------------------------------------------------------------------------------------------------


def signed(pdf: bytes, by: Holder, root_: Holder, *, field: str = "Report", **traits: Any) -> bytes:
    """Signed as PAdES; traits are those of the signature (md_algorithm, certify, …), `timestamper` or `hand`."""
    stamping = traits.pop("timestamper", None)
    by_hand = traits.pop("hand", None) or hand(by, root_, prefers_pss=traits.pop("prefer_pss", False))
    wanted = signers.PdfSignatureMetadata(
        field_name=field, **{"subfilter": fields.SigSeedSubFilter.PADES, "md_algorithm": "sha256", **traits}
    )
    writer = opened(pdf)
    return signers.sign_pdf(writer, wanted, by_hand, timestamper=stamping, bytes_reserved=RESERVED).getvalue()


def hand(by: Holder, root_: Holder, *, prefers_pss: bool = False) -> signers.SimpleSigner:
    return signers.SimpleSigner(
        signing_cert=by.asn1,
        signing_key=by.asn1_key,
        cert_registry=SimpleCertificateStore.from_certs([root_.asn1]),
        prefer_pss=prefers_pss,
    )


def opened(pdf: bytes) -> IncrementalPdfFileWriter:
    """To be added to, whatever pyHanko thinks of how it is written."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    if writer.prev.encrypted:
        writer.encrypt("")
    bring_up_to_date = writer._update_meta

    def leave_what_cannot_be_read() -> None:
        with contextlib.suppress(XmpXmlProcessingError):
            bring_up_to_date()

    writer._update_meta = leave_what_cannot_be_read  # type: ignore[method-assign]
    return writer


def stamped(pdf: bytes, by: timestamps.DummyTimeStamper) -> bytes:
    """With a time stamp over the whole document."""
    writer = opened(pdf)
    return signers.PdfTimeStamper(by).timestamp_pdf(writer, "sha256").getvalue()


# --- Spoiling ------------------------------------------------------------------------------------------------


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """With a further revision, as any editor writes it."""
    writer = opened(pdf)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def text_changed(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT /F1 14 Tf 60 770 Td (Nobody owns it.) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def page_added(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    words = {"/Type": pdf_name("/Page"), "/MediaBox": pages["/Kids"][0]["/MediaBox"]}
    page = generic.DictionaryObject({pdf_name(name): value for name, value in words.items()})
    page[pdf_name("/Parent")] = writer.root.raw_get("/Pages")
    pages["/Kids"].append(writer.add_object(page))
    pages[pdf_name("/Count")] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def page_removed(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][0]
    pages[pdf_name("/Count")] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def signature_removed(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def value_removed(writer: IncrementalPdfFileWriter) -> None:
    """The field stays, as an editor that clears a signature leaves it."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    del field["/V"]
    writer.update_container(field)


def written_over(pdf: bytes) -> bytes:
    """Followed by the same document without its signature, which names nothing before it as an earlier version."""
    bare = updated(pdf, signature_removed)
    reader = PdfFileReader(io.BytesIO(bare))
    out, table, size = bare + b"\n", b"xref\n0 1\n0000000000 65535 f \n", int(reader.trailer["/Size"])
    for number in range(1, size):
        body, reference = io.BytesIO(), generic.Reference(number, 0, reader)
        if reader.xrefs[reference] is None:  # freed
            continue
        reader.get_object(reference).write_to_stream(body, None)
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body.getvalue())
    last = (size, reader.trailer.raw_get("/Root").reference.idnum, len(out))
    return out + table + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % last


def reason_spoofed(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field["/V"][pdf_name("/Reason")] = generic.pdf_string("Approved by the board")
    writer.update_container(field["/V"])


def with_form(pdf: bytes) -> bytes:
    """With a field to fill in."""

    def add(writer: IncrementalPdfFileWriter) -> None:
        field = generic.DictionaryObject(
            {
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): generic.pdf_string("Remark"),
                pdf_name("/V"): generic.pdf_string(""),
            }
        )
        form = generic.DictionaryObject(
            {pdf_name("/Fields"): generic.ArrayObject([writer.add_object(field)])}
        )
        writer.root[pdf_name("/AcroForm")] = writer.add_object(form)
        writer.update_root()

    return updated(pdf, add)


def form_filled(writer: IncrementalPdfFileWriter) -> None:
    fields_ = [item.get_object() for item in writer.root["/AcroForm"]["/Fields"]]
    field = next(item for item in fields_ if item["/T"] == "Remark")
    field[pdf_name("/V")] = generic.pdf_string("No objections")
    writer.update_container(field)


def encrypted(pdf: bytes, password: str) -> bytes:
    writer: PdfFileWriter = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    writer.encrypt("owner", password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stretched(pdf: bytes) -> bytes:
    """Changed, with the signature written out anew and so long that its length explains the change.

    pyHanko 0.38 takes that for a signature that covers the whole file.
    """
    reader = PdfFileReader(io.BytesIO(pdf))
    embedded = reader.embedded_signatures[0]
    signature = embedded.sig_field.raw_get("/V").reference.idnum
    content = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents").reference.idnum
    _start, first, _second, rest = ranges = [int(item) for item in embedded.byte_range]
    cms = bytes(embedded.pkcs7_content)
    for raw, escaped in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r")):
        cms = cms.replace(raw, escaped)

    def update(padding: int) -> bytes:
        words = b"BT /F1 14 Tf 60 770 Td (Nobody owns it.) Tj ET"
        bodies = {
            content: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
            signature: b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached"
            b" /ByteRange [%d %d %d %d] /Contents (" % tuple(ranges) + cms + b"\0" * padding + b") >>",
        }
        out, table = pdf + b"\n", b"xref\n"
        for number, body in sorted(bodies.items()):
            table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        trailer = reader.trailer
        last = (trailer["/Size"], trailer.raw_get("/Root").reference.idnum, reader.last_startxref, len(out))
        return out + table + b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % last

    def lacks(padding: int) -> int:
        return len(update(padding)) - (first + rest + 2 * (len(embedded.pkcs7_content) + padding) + 2)

    padding = lacks(0)
    fitting = next(item for item in range(padding - 40, padding + 40) if lacks(item) == 0)
    return update(fitting)


def looping() -> bytes:
    """Pages that are their own children."""
    return report().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def bomb(size: int) -> bytes:
    """A file whose list of objects unpacks to so many bytes."""
    packed = zlib.compress(b"\0" * size, 1)
    head = b"%PDF-1.7\n"
    words = b"/Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length %d" % len(packed)
    body = b"1 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (words, packed)
    return head + body + b"startxref\n%d\n%%%%EOF\n" % len(head)
