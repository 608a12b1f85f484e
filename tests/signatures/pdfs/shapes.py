"""PDFs in the shapes that programs in the world write them: what they are built of, how they are signed and stamped."""

import datetime
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests.signatures.pdfs import signed_pdfs
from tests.signatures.pdfs.signed_pdfs import Holder

PAYLOADS = Path(__file__).parents[2] / "payloads" / "signatures"
Change = Callable[[IncrementalPdfFileWriter], None]
ZERO, PLACE = (0, 0, 0, 0), (60, 600, 300, 700)


def payload(name: str) -> bytes:
    return (PAYLOADS / name).read_bytes()


# --- What a document is built of -----------------------------------------------------------------------------


def document(objects: dict[int, bytes], *, size: int = 0) -> bytes:
    """A PDF of these objects; the first is its catalogue. `size`: declared, if not the next free number."""
    out, table = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"xref\n0 1\n0000000000 65535 f \n"
    for number, body in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    last = (size or max(objects) + 1, len(out))
    return out + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % last


def stream(data: bytes, words: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (words, len(data), data)


PAGE = b"BT /F1 14 Tf 60 770 Td (Fjellheim Energi AS 317835337) Tj ET"
OBJECTS = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R]"
    b" /Resources << /Font << /F1 5 0 R >> /XObject << /Seal 7 0 R >> >> >>",
    4: stream(PAGE),
    5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    6: b"<< /Type /Annot /Subtype /FreeText /Rect [60 500 200 520] /Contents (A note) /DA (/F1 9 Tf) >>",
    7: stream(b"0 0 10 10 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 10 10]"),
}


def rich(**changes: bytes) -> bytes:
    """A page with a note, a font and a seal on it; objects may be others or more (`o9=b"..."`)."""
    return document(OBJECTS | {int(name[1:]): body for name, body in changes.items()})


def with_text_field() -> bytes:
    """A form whose field shows what it holds."""
    return rich(
        o1=b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] /DA (/F1 9 Tf 0 g)"
        b" /DR << /Font << /F1 5 0 R >> >> >> >>",
        o3=OBJECTS[3].replace(b"[6 0 R]", b"[6 0 R 8 0 R]"),
        o8=b"<< /FT /Tx /T (Remark) /V (None) /Type /Annot /Subtype /Widget /Rect [60 400 200 420] /P 3 0 R"
        b" /AP << /N 9 0 R >> >>",
        o9=stream(b"BT /F1 9 Tf (None) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 140 20]"),
    )


def with_metadata(packet: bytes) -> bytes:
    return rich(
        o1=b"<< /Type /Catalog /Pages 2 0 R /Metadata 8 0 R >>",
        o8=stream(packet, b"/Type /Metadata /Subtype /XML"),
    )


def hybrid() -> bytes:
    """With tables for readers that know streams of objects, and for those that do not."""
    signed = payload("02-hybrid-signed.pdf")
    return signed[: signed.index(b"%%EOF") + 6]


def by_qpdf(pdf: bytes, *options: str) -> bytes:
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.pdf"), Path(folder, "after.pdf")
        before.write_bytes(pdf)
        subprocess.run([qpdf, *options, "--", before, after], check=True)
        return after.read_bytes()


# --- What is added -------------------------------------------------------------------------------------------


def checkable(pdf: bytes, *roots: Holder) -> bytes:
    """With the certificates to check its last signature with, as is added for archives."""
    writer, out = signed_pdfs.opened(pdf), io.BytesIO()
    contents = writer.prev.embedded_signatures[-1].pkcs7_content.hex().encode()
    DocumentSecurityStore.supply_dss_in_writer(writer, contents, certs=[holder.asn1 for holder in roots])
    writer.write(out)
    return out.getvalue()


def thrown_away(pdf: bytes, *, but: int = 0) -> bytes:
    """Without what it was checked with: its numbers are free, and so is another one."""
    reader = PdfFileReader(io.BytesIO(pdf))
    store = reader.root.raw_get("/DSS").reference
    last = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
    held = {dependency.idnum for dependency in last.collect_dependencies(store.get_object())}
    return appended(pdf, {store.idnum: b"<< /Certs [] >>"}, free=dict.fromkeys(sorted({*held, but} - {0}), 1))


@contextmanager
def typed(as_type: str | None) -> Any:
    """Stamps are given another type, or none, as some programs do."""
    make = DocumentTimestamp.__init__

    def other(self: Any, bytes_reserved: int | None = None) -> None:
        make(self, bytes_reserved)
        del self[pdf_name("/Type")]
        if as_type:
            self[pdf_name("/Type")] = pdf_name(as_type)

    with mock.patch.object(DocumentTimestamp, "__init__", other):
        yield


def stamped_in(
    pdf: bytes,
    root: Holder,
    *,
    name: str = "Stamp",
    rect: tuple[int, ...] = ZERO,
    draws: bytes | None = b"",
    before: Change = lambda writer: None,
    also: Callable[[IncrementalPdfFileWriter], dict[str, Any]] = lambda writer: {},
    as_type: str | None = "/DocTimeStamp",
    at: datetime.datetime = signed_pdfs.NOW,
) -> bytes:
    """Stamped in a field of its own on the page, with an appearance (none if None), after whatever else is changed.

    `also`: further entries of the field.
    """
    writer = signed_pdfs.opened(pdf)
    before(writer)
    page = writer.root["/Pages"]["/Kids"][0]
    words: dict[str, Any] = {
        "/FT": pdf_name("/Sig"),
        "/T": generic.pdf_string(name),
        "/Type": pdf_name("/Annot"),
        "/Subtype": pdf_name("/Widget"),
        "/F": generic.NumberObject(132),
        "/Rect": generic.ArrayObject(map(generic.NumberObject, rect)),
    }
    field = generic.DictionaryObject({pdf_name(key): value for key, value in words.items()})
    if draws is not None:
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(shown(draws))})
    field.update({pdf_name(f"/{key}"): value for key, value in also(writer).items()})
    reference = writer.add_object(field)
    if "/Annots" not in page:
        page[pdf_name("/Annots")] = generic.ArrayObject()
    page["/Annots"].append(reference)
    writer.update_container(page["/Annots"])
    writer.update_container(page)
    form = writer.root["/AcroForm"]
    form["/Fields"].append(reference)
    writer.update_container(form["/Fields"])
    with typed(as_type):
        stamper = signers.PdfTimeStamper(signed_pdfs.stamper(root, at), field_name=name)
        return stamper.timestamp_pdf(writer, "sha256").getvalue()


def shown(data: bytes, box: tuple[int, ...] = (0, 0, 100, 100)) -> generic.StreamObject:
    words = {
        pdf_name("/Type"): pdf_name("/XObject"),
        pdf_name("/Subtype"): pdf_name("/Form"),
        pdf_name("/BBox"): generic.ArrayObject(map(generic.NumberObject, box)),
    }
    return generic.StreamObject(words, stream_data=data)


def with_defaults(writer: IncrementalPdfFileWriter) -> None:
    """Makes up for what a form lacks to draw fields with, as programs do that open one."""
    helvetica = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = generic.DictionaryObject({pdf_name(key): pdf_name(value) for key, value in helvetica.items()})
    fonts = generic.DictionaryObject({pdf_name("/Helv"): writer.add_object(font)})
    form = writer.root["/AcroForm"]
    form[pdf_name("/DA")] = generic.pdf_string("/Helv 0 Tf 0 g ")
    form[pdf_name("/DR")] = generic.DictionaryObject({pdf_name("/Font"): fonts})
    writer.update_container(form)


def information(**words: str) -> Change:
    """Says something of the document where readers show it."""

    def add(writer: IncrementalPdfFileWriter) -> None:
        entries = {pdf_name(f"/{key}"): generic.pdf_string(value) for key, value in words.items()}
        writer.set_info(writer.add_object(generic.DictionaryObject(entries)))

    return add


def signed_visibly(pdf: bytes, by: Holder, root: Holder) -> bytes:
    """Signed in a new field that a page shows."""
    writer = signed_pdfs.opened(pdf)
    fields.append_signature_field(writer, fields.SigFieldSpec("Shown", box=(60, 60, 260, 120)))
    wanted = signers.PdfSignatureMetadata(field_name="Shown", md_algorithm="sha256")
    return signers.sign_pdf(
        writer, wanted, signed_pdfs.hand(by, root), bytes_reserved=signed_pdfs.RESERVED
    ).getvalue()


def archived(pdf: bytes, root: Holder) -> bytes:
    """With what it is checked with and a time stamp, as archives keep it."""
    return signed_pdfs.stamped(checkable(pdf, root), signed_pdfs.stamper(root))


def appended(
    pdf: bytes, objects: dict[int, bytes], *, free: dict[int, int] | None = None, more: bytes = b""
) -> bytes:
    """With a further revision of these objects, written by hand; `free`: numbers with their next generations."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    out, table = pdf, b"xref\n0 1\n0000000000 65535 f \n"
    rows = {number: b"%010d %05d f \n" % (0, generation) for number, generation in (free or {}).items()}
    for number, body in objects.items():
        rows[number] = b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    for number, row in sorted(rows.items()):
        table += b"%d 1\n%s" % (number, row)
    trailer = reader.trailer
    size = max(int(trailer["/Size"]), *(number + 1 for number in rows))
    last = (size, trailer.raw_get("/Root").reference.idnum, reader.last_startxref)
    words = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d " % last
    return out + table + words + more + b">>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def tabled_alike(pdf: bytes, objects: dict[int, bytes]) -> bytes:
    """With a further revision whose table bears the number of the table before, as some programs write it."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    number = reader.xrefs.get_xref_container_info(reader.xrefs.total_revisions - 1).stream_ref.idnum
    out, rows = pdf, {}
    for item, body in objects.items():
        rows[item] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (item, body)
    rows[number] = len(out)
    table = b"".join(b"\1" + place.to_bytes(4, "big") + b"\0" for _number, place in sorted(rows.items()))
    index = b" ".join(b"%d 1" % row for row in sorted(rows))
    trailer = reader.trailer
    words = b"/Type /XRef /W [1 4 1] /Index [%s] /Size %d /Root %d 0 R /Prev %d" % (
        index,
        trailer["/Size"],
        trailer.raw_get("/Root").reference.idnum,
        reader.last_startxref,
    )
    table_at = len(out)
    return out + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, stream(table, words), table_at)
