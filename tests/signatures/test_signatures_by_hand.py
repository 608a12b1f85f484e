"""Signed files changed by hand, in ways no editor would: tables, places and numbers that deceive."""

import random
import re
from collections.abc import Callable

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from tests.signatures.pdfs import shapes, signed_pdfs
from tests.signatures.pdfs.shapes import (
    OBJECTS,
    Change,
    appended,
    archived,
    by_qpdf,
    rich,
    stamped_in,
    stream,
)
from tests.signatures.test_signatures import ROOT, STRANGER, STRANGER_ROOT, said
from tests.signatures.test_signatures_changed import NOBODY, signed

PROMISES = rich(o3=OBJECTS[3].replace(b"4 0 R", b"[4 0 R 99 0 R]"))
PROMISES_WITHIN = shapes.document(OBJECTS | {3: OBJECTS[3].replace(b"4 0 R", b"[4 0 R 90 0 R]")}, size=100)
PARENT = rich(o3=OBJECTS[3].replace(b"2 0 R", b"99 0 R"))


def swapped(pdf: bytes, other: bytes) -> bytes:
    """The signature of one put into the place of another's."""
    ours, theirs = (data.rindex(b"/Contents <") + len(b"/Contents <") for data in (pdf, other))
    length = pdf.index(b">", ours) - ours
    return pdf[:ours] + other[theirs : theirs + length] + pdf[ours + length :]


def padded(pdf: bytes) -> bytes:
    """Something written where zeros fill up the place of the signature."""
    ends = pdf.index(b">", pdf.rindex(b"/Contents <"))
    return pdf[: ends - 40] + b"DEADBEEF" + pdf[ends - 32 :]


def called_otherwise(pdf: bytes) -> bytes:
    """The last object of the last table is marked as there by a letter that is none of the standard's."""
    place = pdf.rindex(b" n \n")
    return pdf[:place] + b" N \n" + pdf[place + 4 :]


def gap(pdf: bytes) -> bytes:
    """The range of bytes leaves out more than the signature."""
    begins = pdf.rindex(b"/ByteRange [") + len(b"/ByteRange [")
    ends = pdf.index(b"]", begins)
    start, first, second, rest = map(int, pdf[begins:ends].split())
    words = b"%d %d %d %d" % (start, first - 10, second, rest)
    return pdf[:begins] + words.ljust(ends - begins) + pdf[ends:]


def stored(name: bytes, value: bytes) -> Change:
    """Something is put where signatures are checked from."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        store = writer.root["/DSS"]
        store[pdf_name(f"/{name.decode()}")] = writer.add_object(generic.StreamObject(stream_data=value))
        writer.update_container(store)
        writer.update_root()

    return change


def listed(name: str, value: bytes, **more: str) -> Change:
    """Something is listed among what signatures are checked with; `more` are entries of its stream."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        store = writer.root["/DSS"]
        entries = {pdf_name(f"/{key}"): pdf_name(f"/{word}") for key, word in more.items()}
        added = writer.add_object(generic.StreamObject(entries, stream_data=value))
        store[pdf_name(f"/{name}")] = generic.ArrayObject([*store.get(f"/{name}", []), added])
        writer.update_container(store)
        writer.update_root()

    return change


def with_listed(name: str, value: bytes, **more: str) -> bytes:
    return signed_pdfs.updated(archived(signed(rich()), ROOT), listed(name, value, **more))


def stream_later(pdf: bytes) -> bytes:
    """A further revision for two kinds of readers: the newer are shown another page."""
    out = pdf + b"70 0 obj\n%s\nendobj\n" % stream(NOBODY)
    place = len(pdf).to_bytes(4, "big")
    table = b"\1" + place + b"\0\0"
    begins = len(out)
    words = b"/Type /XRef /Size 72 /W [1 4 2] /Index [4 1] /Root 1 0 R"
    out += b"71 0 obj\n%s\nendobj\n" % stream(table, words)
    return appended(out, {72: b"<< >>"}, more=b"/XRefStm %d " % begins)


PREPARED = (
    b"<< /FT /Sig /T (Shadow) /Type /Annot /Subtype /Widget /F 4 /Rect [60 600 300 700] /P 3 0 R"
    b" /AP << /N 7 0 R >> >>"
)


def revealed(*, in_a_field: bool = False) -> bytes:
    """What was signed unseen is put on the page, as a field for a signature."""
    widget = PREPARED.replace(b"/FT /Sig /T (Shadow)", b"") if in_a_field else PREPARED

    def reveal(writer: IncrementalPdfFileWriter) -> None:
        shadow = generic.IndirectObject(8, 0, writer)
        field = shadow
        if in_a_field:
            words = {
                "/FT": pdf_name("/Sig"),
                "/T": generic.pdf_string("Shadow"),
                "/Kids": generic.ArrayObject([shadow]),
            }
            field = writer.add_object(generic.DictionaryObject({pdf_name(key): words[key] for key in words}))
        page, form = writer.root["/Pages"]["/Kids"][0], writer.root["/AcroForm"]
        page["/Annots"].append(shadow)
        form["/Fields"].append(field)
        writer.update_container(page)
        writer.update_container(form)

    return signed_pdfs.updated(signed(rich(o8=widget)), reveal)


BY_HAND: dict[str, Callable[[], bytes]] = {
    "another text": lambda: appended(signed(rich()), {4: stream(NOBODY)}),
    "another font": lambda: appended(signed(rich()), {5: OBJECTS[5].replace(b"Helvetica", b"ZapfDingbats")}),
    "another seal": lambda: appended(
        signed(rich()), {7: OBJECTS[7].replace(b"0 0 10 10 re f", b"0 0 500 50 re f").replace(b"14 ", b"15 ")}
    ),
    "another note": lambda: appended(signed(rich()), {6: OBJECTS[6].replace(b"A note", b"Nobody")}),
    "a note called free": lambda: appended(signed(rich()), {}, free={6: 1}),
    "a note called free, whatever its generation": lambda: appended(signed(rich()), {}, free={6: 65535}),
    "what was named and missing": lambda: appended(signed(PROMISES), {99: stream(NOBODY)}),
    "what was named and missing, below the size": lambda: appended(
        signed(PROMISES_WITHIN), {90: stream(NOBODY)}
    ),
    "what a page was named the child of": lambda: appended(
        signed(PARENT), {99: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Rotate 180 >>"}
    ),
    "what was named and missing, as the look of a stamp": lambda: signed_pdfs.stamped(
        appended(signed(PROMISES), {99: stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 1 1]")}),
        signed_pdfs.stamper(ROOT),
    ),
    "another text, in a table of the number of another": lambda: shapes.tabled_alike(
        signed(by_qpdf(rich(), "--object-streams=generate")), {4: stream(NOBODY)}
    ),
    "another text, called there in a way that some readers take": lambda: called_otherwise(
        appended(signed(rich()), {4: stream(NOBODY)})
    ),
    "what was signed unseen, revealed": revealed,
    "what was signed unseen, revealed in a field": lambda: revealed(in_a_field=True),
    "a revision for two kinds of readers": lambda: stream_later(signed(rich())),
    "the signature of another file": lambda: swapped(signed(rich()), signed(rich(o4=stream(NOBODY)))),
    "something where zeros fill up": lambda: padded(signed(rich())),
    "something where zeros fill up the stamp": lambda: padded(stamped_in(signed(rich()), ROOT)),
    "a range with a gap": lambda: gap(signed(rich())),
    "something else in the store": lambda: signed_pdfs.updated(
        archived(signed(rich()), ROOT), stored(b"Text", b"something")
    ),
    "no list in the store": lambda: signed_pdfs.updated(
        archived(signed(rich()), ROOT), stored(b"Certs", b"something")
    ),
    "words for a certificate": lambda: with_listed("Certs", b"something"),
    "words for a list of withdrawn certificates": lambda: with_listed("CRLs", b"something"),
    "a certificate for an answer about one": lambda: with_listed("OCSPs", ROOT.asn1.dump()),
    "a certificate with words behind it": lambda: with_listed("Certs", ROOT.asn1.dump() + b"something"),
    "a file for a certificate": lambda: with_listed("Certs", ROOT.asn1.dump(), Type="EmbeddedFile"),
    "something at the end": lambda: archived(signed(rich()), ROOT) + b"\n% more\n",
    "a linearised file changed at its beginning": lambda: signed(by_qpdf(rich(), "--linearize")).replace(
        b"/Rect [ 60", b"/Rect [ 61", 1
    ),
    "a page drawn over by a stranger's signature": lambda: shapes.signed_visibly(
        signed(rich(), certify=True, docmdp_permissions=fields.MDPPerm.FILL_FORMS), STRANGER, STRANGER_ROOT
    ),
}
NOT_SURE = {
    "words for a certificate": ("CANNOT_TELL", "may_mislead"),
    "words for a list of withdrawn certificates": ("CANNOT_TELL", "may_mislead"),
    "a certificate for an answer about one": ("CANNOT_TELL", "may_mislead"),
    "a certificate with words behind it": ("CANNOT_TELL", "may_mislead"),
    "a file for a certificate": ("CANNOT_TELL", "may_mislead"),
    "another text, called there in a way that some readers take": ("CANNOT_TELL", "not_comparable"),
    "a revision for two kinds of readers": ("CANNOT_TELL", "not_comparable"),
    "something where zeros fill up": ("CANNOT_TELL", "something_beside"),
    "something where zeros fill up the stamp": ("CANNOT_TELL", "something_beside"),
}


def test_what_is_changed_by_hand_is_never_verified() -> None:
    verdicts = {name: said(make()) for name, make in BY_HAND.items()}
    assert {name: found for name, found in verdicts.items() if found[0] == "VERIFIED"} == {}
    assert {name: found for name, found in verdicts.items() if found[0] != "ALTERED"} == NOT_SURE


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_certificate_more_to_check_it_with_changes_nothing(end: bytes) -> None:
    assert said(with_listed("Certs", STRANGER_ROOT.asn1.dump() + end))[0] == "VERIFIED"


@pytest.mark.parametrize("seed", range(2))
def test_no_byte_of_an_archive_can_be_changed_unnoticed(seed: int) -> None:
    """Outside of the places of its signatures, some of whose bytes mean nothing."""
    pdf, dice, verified = archived(signed(rich()), ROOT), random.Random(seed), []
    places = [(match.end(), pdf.index(b">", match.end())) for match in re.finditer(rb"/Contents <", pdf)]
    for _ in range(40):
        place, bit = dice.randrange(len(pdf)), 1 << dice.randrange(8)
        if any(begins <= place < ends for begins, ends in places):
            continue
        if said(pdf[:place] + bytes([pdf[place] ^ bit]) + pdf[place + 1 :])[0] == "VERIFIED":
            verified.append((place, bit))
    assert verified == []
