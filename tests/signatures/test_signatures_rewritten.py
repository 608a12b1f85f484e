"""Objects of signed files written anew in their place, under their own number: what they say is never verified."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers

from tests.signatures.pdfs import shapes, signed_pdfs
from tests.signatures.pdfs.shapes import OBJECTS, Change, appended, archived, by_qpdf, stream
from tests.signatures.test_signatures import ROOT, SIGNER, said

Expected = tuple[str, str]
Find = Callable[[IncrementalPdfFileWriter], Any]
ALTERED, DOUBTFUL = ("ALTERED", "changed_after"), ("CANNOT_TELL", "may_mislead")
VERIFIED, LTA = ("VERIFIED", "verified"), ("VERIFIED", "verified_lta")

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    b' xmp:ModifyDate="2026-01-01"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Report</rdf:li></rdf:Alt>'
    b"</dc:title><dc:rights>Ours</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>"
)
# As pyHanko writes it when it signs.
TITLE = (
    b'<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Alt><rdf:li xml:lang="x-default">Report</rdf:li>'
    b"</rdf:Alt></dc:title>"
)


def document() -> bytes:
    """Of every kind of object that revisions are compared by, each with a number of its own."""
    more = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm 10 0 R /Metadata 12 0 R /Names 13 0 R /Outlines 15 0 R"
        b" /StructTreeRoot 17 0 R /MarkInfo << /Marked true >> /PageLabels 20 0 R /ViewerPreferences 21 0 R >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R 9 0 R]"
        b" /Resources 8 0 R /StructParents 0 >>",
        8: b"<< /Font << /F1 5 0 R >> /XObject << /Seal 7 0 R >> >>",
        9: b"<< /FT /Tx /T (Remark) /V (None) /Type /Annot /Subtype /Widget /Rect [60 400 200 420] /P 3 0 R >>",
        10: b"<< /Fields [9 0 R] /DA (/F1 9 Tf 0 g) /DR 11 0 R >>",
        11: b"<< /Font << /F1 5 0 R >> >>",
        12: stream(XMP, b"/Type /Metadata /Subtype /XML"),
        13: b"<< /Dests 14 0 R >>",
        14: b"<< /Names [(top) [3 0 R /Fit]] >>",
        15: b"<< /Type /Outlines /First 16 0 R /Last 16 0 R /Count 1 >>",
        16: b"<< /Title (Owners) /Parent 15 0 R /Dest [3 0 R /Fit] >>",
        17: b"<< /Type /StructTreeRoot /K 18 0 R /ParentTree 19 0 R /ParentTreeNextKey 1 >>",
        18: b"<< /Type /StructElem /S /P /P 17 0 R /Pg 3 0 R /K 0 /ActualText (Fjellheim) >>",
        19: b"<< /Nums [0 [18 0 R]] >>",
        20: b"<< /Nums [0 << /S /D >>] >>",
        21: b"<< /DisplayDocTitle true >>",
        22: b"<< /Title (Report) /Author 23 0 R /Producer (Maker) /Purpose (Check) >>",
        23: b"(Nordlys)",
    }
    trailer = b"/Info 22 0 R /ID [<%s> <%s>] /Root" % (b"01" * 16, b"01" * 16)
    return shapes.document(OBJECTS | more).replace(b"/Root", trailer)


def signed(pdf: bytes) -> bytes:
    return signed_pdfs.signed(pdf, SIGNER, ROOT)


STARTS: dict[str, Callable[[], bytes]] = {
    "classic": lambda: signed(document()),
    "with streams of objects": lambda: signed(by_qpdf(document(), "--object-streams=generate")),
    "read while it loads": lambda: signed(by_qpdf(document(), "--linearize")),
    "opened by everybody": lambda: signed(by_qpdf(document(), "--encrypt", "", "owner", "256")),
}
THEN: dict[str, Callable[[bytes], bytes]] = {
    "left so": lambda pdf: pdf,
    "archived": lambda pdf: archived(pdf, ROOT),
    "signed by another": lambda pdf: signed_pdfs.signed(pdf, SIGNER, ROOT, field="Second"),
}
FOLLOWED_BY = {"with streams of objects": "archived", "classic": "signed by another"}


def information(writer: IncrementalPdfFileWriter) -> Any:
    return writer.trailer["/Info"]


def page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def tag(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/StructTreeRoot"]["/ParentTree"]["/Nums"][1][0]


OF_THE_FILE: dict[str, Find] = {
    "information": information,
    "catalogue": lambda w: w.root,
    "pages": lambda w: w.root["/Pages"],
    "page": page,
    "text": lambda w: page(w)["/Contents"],
    "resources": lambda w: page(w)["/Resources"],
    "font": lambda w: page(w)["/Resources"]["/Font"]["/F1"],
    "note": lambda w: page(w)["/Annots"][0],
    "form": lambda w: w.root["/AcroForm"],
    "resources of the form": lambda w: w.root["/AcroForm"]["/DR"],
    "field": lambda w: page(w)["/Annots"][1],
    "names": lambda w: w.root["/Names"],
    "destinations": lambda w: w.root["/Names"]["/Dests"],
    "outlines": lambda w: w.root["/Outlines"],
    "outline": lambda w: w.root["/Outlines"]["/First"],
    "tags": lambda w: w.root["/StructTreeRoot"],
    "tag": tag,
    "list of tags": lambda w: w.root["/StructTreeRoot"]["/ParentTree"],
    "page labels": lambda w: w.root["/PageLabels"],
    "preferences": lambda w: w.root["/ViewerPreferences"],
}


def says(find: Find, key: str, value: Any) -> Change:
    """The object with another entry, or without it if None."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        held = find(writer)
        held.pop(key, None) if value is None else held.update({pdf_name(key): value})
        writer.update_container(held)

    return change


def metadata(before: bytes, after: bytes) -> Change:
    """Other words in the metadata, in the very object that held them."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        data = writer.root["/Metadata"].data
        assert before in data
        ref = writer.root.raw_get("/Metadata").reference
        words = {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")}
        writer.objects[(0, ref.idnum)] = generic.StreamObject(words, stream_data=data.replace(before, after))
        writer._update_meta = lambda: None  # type: ignore[method-assign]

    return change


WORDS = generic.pdf_string("Nobody owns it")
IN_PLACE: dict[str, tuple[Change, Expected]] = {
    **{
        f"{name}, an entry more": (says(find, "/Nobody", WORDS), ALTERED)
        for name, find in OF_THE_FILE.items()
    },
    "resources of the form, an entry more": (
        says(OF_THE_FILE["resources of the form"], "/Nobody", WORDS),
        DOUBTFUL,
    ),
    "the title": (says(information, "/Title", WORDS), ALTERED),
    "the author": (says(information, "/Author", WORDS), ALTERED),
    "the title taken out": (says(information, "/Title", None), ALTERED),
    "the title made null": (says(information, "/Title", generic.NullObject()), ALTERED),
    "an entry of its own taken out": (says(information, "/Purpose", None), ALTERED),
    "the page turned": (says(page, "/Rotate", generic.NumberObject(180)), ALTERED),
    "what a field must look like": (says(OF_THE_FILE["form"], "/DA", WORDS), ALTERED),
    "what a tag says": (says(tag, "/ActualText", WORDS), ALTERED),
    "an outline": (says(OF_THE_FILE["outline"], "/Title", WORDS), ALTERED),
    "the metadata taken out": (says(lambda w: w.root, "/Metadata", None), ALTERED),
    "the title in metadata": (metadata(b">Report<", b">Approved<"), ALTERED),
    "the title in metadata taken out": (metadata(TITLE, b""), ALTERED),
    "an author in metadata": (metadata(TITLE, TITLE + b"<dc:creator>Report</dc:creator>"), ALTERED),
    "an author in metadata, as an attribute": (metadata(b" xmp:M", b' dc:creator="Nobody" xmp:M'), ALTERED),
    "whose the rights are": (metadata(b"Ours", b"Nobody"), DOUBTFUL),
}
SAYS_THE_SAME: dict[str, Change] = {
    **{f"{name}, as it was": says(find, "/Nobody", None) for name, find in OF_THE_FILE.items()},
    "with what it was written": says(information, "/Producer", WORDS),
    "when the metadata were written": metadata(b'ModifyDate="20', b'ModifyDate="19'),
    "the title written in another form": metadata(TITLE, b"<dc:title>Report</dc:title>"),
    "the author first in metadata": metadata(TITLE, TITLE + b"<dc:creator>Nordlys</dc:creator>"),
}


@pytest.mark.parametrize("start", STARTS)
def test_what_is_written_anew_in_its_place_is_never_verified(start: str) -> None:
    pdf, then = STARTS[start](), FOLLOWED_BY.get(start, "left so")
    verdicts = {
        name: said(THEN[then](signed_pdfs.updated(pdf, change)))
        for name, (change, _right) in IN_PLACE.items()
    }
    assert {name: found for name, found in verdicts.items() if found != IN_PLACE[name][1]} == {}


@pytest.mark.parametrize("start", STARTS)
def test_what_is_written_anew_and_says_the_same_is_verified(start: str) -> None:
    pdf = STARTS[start]()
    verdicts = {name: said(signed_pdfs.updated(pdf, change)) for name, change in SAYS_THE_SAME.items()}
    assert {name: found for name, found in verdicts.items() if found[0] != "VERIFIED"} == {}


# --- By hand: what trailers name, and where objects stand ---


def number_of(pdf: bytes, key: str) -> int:
    return int(PdfFileReader(io.BytesIO(pdf)).trailer.raw_get(key).reference.idnum)


def named(pdf: bytes, *, without: str = "") -> bytes:
    """What a later trailer must name, as the standard says."""
    reader = PdfFileReader(io.BytesIO(pdf))
    kept = [key for key in ("/Info", "/Encrypt") if key in reader.trailer and key != without]
    ids = b"/ID [<%s> <%s>] " % (b"01" * 16, b"01" * 16)
    return ids + b"".join(b"%s %d 0 R " % (key.encode(), number_of(pdf, key)) for key in kept)


def stream_of_objects_rewritten(pdf: bytes) -> bytes:
    """The stream that holds the information is written anew; no table says of the information that it changed."""
    reader = PdfFileReader(io.BytesIO(pdf))
    for number in {xref.idnum for xref in reader.xrefs.object_streams_used_in(0)}:
        held = reader.get_object(generic.Reference(number, 0, reader))
        if b"(Report)" in held.data:
            words = b"/Type /ObjStm /N %d /First %d" % (held["/N"], held["/First"])
            return appended(
                pdf, {number: stream(held.data.replace(b"(Report)", b"(Nobody)"), words)}, more=named(pdf)
            )
    raise AssertionError("no stream holds the information")


def encryption_rewritten(pdf: bytes) -> bytes:
    begins = pdf.index(b"%d 0 obj" % number_of(pdf, "/Encrypt"))
    body = pdf[pdf.index(b"<<", begins) : pdf.index(b"endobj", begins)].replace(b"<<", b"<< /Nobody true", 1)
    return appended(pdf, {number_of(pdf, "/Encrypt"): body}, more=named(pdf))


EMPTY = {99: b"<< >>"}
BY_HAND: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "information that is null": (
        "classic",
        lambda pdf: appended(pdf, EMPTY, more=b"/Info null " + named(pdf, without="/Info")),
    ),
    "information in the trailer": (
        "classic",
        lambda pdf: appended(pdf, EMPTY, more=b"/Info << /Title (No) >> " + named(pdf, without="/Info")),
    ),
    "information elsewhere": (
        "classic",
        lambda pdf: appended(
            pdf, {99: b"<< /Title (No) >>"}, more=b"/Info 99 0 R " + named(pdf, without="/Info")
        ),
    ),
    "an author elsewhere": (
        "classic",
        lambda pdf: appended(pdf, {23: b"(Nobody)"}, more=named(pdf)),
    ),
    "a stream of objects": ("with streams of objects", stream_of_objects_rewritten),
    "no encryption": (
        "opened by everybody",
        lambda pdf: appended(pdf, EMPTY, more=named(pdf, without="/Encrypt")),
    ),
    "encryption": ("opened by everybody", encryption_rewritten),
}


def test_what_a_later_trailer_names_otherwise_is_a_change() -> None:
    verdicts = {name: said(change(STARTS[start]())) for name, (start, change) in BY_HAND.items()}
    assert {name: found for name, found in verdicts.items() if found != ALTERED} == {}
    control = STARTS["classic"]()
    assert said(appended(control, EMPTY, more=named(control))) == LTA


def test_information_that_the_last_trailer_does_not_name_is_there_for_some_readers_alone() -> None:
    unnamed = appended(STARTS["classic"](), EMPTY, more=named(STARTS["classic"](), without="/Info"))
    assert said(unnamed) == DOUBTFUL


# --- Encrypted, as those that are not ---


@pytest.mark.parametrize("start", ["classic", "opened by everybody"])
def test_what_was_added_to_an_encrypted_file_is_told_as_of_any_other(
    start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signers.PdfSigner, "_enforce_certification_constraints", lambda *_: None)
    options = ["--encrypt", "", "owner", "256"] if start != "classic" else []
    pdf = by_qpdf(document(), *options)
    plain = signed(pdf)
    final = signed_pdfs.signed(pdf, SIGNER, ROOT, certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES)
    assert said(THEN["signed by another"](plain)) == VERIFIED
    assert said(THEN["archived"](plain)) == LTA
    assert said(THEN["signed by another"](final)) == ("ALTERED", "not_permitted")
