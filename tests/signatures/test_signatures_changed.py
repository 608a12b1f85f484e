"""Files that somebody changed after they were signed, in every way that deceives a reader: none is ever verified."""

from collections.abc import Callable
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from tests.signatures.pdfs import shapes, signed_pdfs
from tests.signatures.pdfs.shapes import Change, archived, by_qpdf, rich, shown, stamped_in
from tests.signatures.test_signatures import ROOT, SIGNER, said

NOBODY = b"BT /F1 14 Tf 60 770 Td (Nobody owns it.) Tj ET"


def signed(pdf: bytes, **traits: Any) -> bytes:
    return signed_pdfs.signed(pdf, SIGNER, ROOT, **traits)


def page_of(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def of_page(key: str, value: Any) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer)
        page[pdf_name(key)] = value(writer) if callable(value) else value
        writer.update_container(page)

    return change


def of_catalogue(key: str, value: Callable[[IncrementalPdfFileWriter], Any]) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name(key)] = value(writer)
        writer.update_root()

    return change


def of_note(**words: Any) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        note = page_of(writer)["/Annots"][0]
        note.update({pdf_name(f"/{key}"): value for key, value in words.items()})
        writer.update_container(note)

    return change


def numbers(*values: int) -> generic.ArrayObject:
    return generic.ArrayObject(map(generic.NumberObject, values))


def dictionary(**words: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in words.items()})


def note_added(writer: IncrementalPdfFileWriter) -> None:
    note = dictionary(
        Type=pdf_name("/Annot"),
        Subtype=pdf_name("/FreeText"),
        Rect=numbers(60, 700, 300, 780),
        Contents=generic.pdf_string("Nobody owns it."),
        AP=dictionary(N=writer.add_object(shown(NOBODY))),
    )
    page = page_of(writer)
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page)


def notes_removed(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    del page["/Annots"][0]
    writer.update_container(page)


def signature_shown(writer: IncrementalPdfFileWriter) -> None:
    """The signature's own field is laid over the page and shows a text."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/Rect")] = numbers(0, 0, 595, 842)
    field[pdf_name("/AP")] = dictionary(N=writer.add_object(shown(NOBODY)))
    writer.update_container(field)


def signature_shows(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/AP")] = dictionary(N=writer.add_object(shown(NOBODY)))
    writer.update_container(field)


def shown_instead(writer: IncrementalPdfFileWriter) -> None:
    """Another tree of pages, the old one left as it was."""
    page = generic.DictionaryObject(page_of(writer))
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=NOBODY))
    pages = dictionary(Type=pdf_name("/Pages"), Count=generic.NumberObject(1))
    reference = writer.add_object(pages)
    page[pdf_name("/Parent")] = reference
    pages[pdf_name("/Kids")] = generic.ArrayObject([writer.add_object(page)])
    writer.root[pdf_name("/Pages")] = reference
    writer.update_root()


def content(writer: IncrementalPdfFileWriter) -> Any:
    return writer.add_object(generic.StreamObject(stream_data=NOBODY))


BY_EDITORS: dict[str, Change] = {
    "the text of the page": signed_pdfs.text_changed,
    "a page more": signed_pdfs.page_added,
    "a page less": signed_pdfs.page_removed,
    "a text joined to the page": of_page(
        "/Contents", lambda w: generic.ArrayObject([page_of(w).raw_get("/Contents"), content(w)])
    ),
    "another tree of pages": shown_instead,
    "the page turned": of_page("/Rotate", generic.NumberObject(90)),
    "the page cut": of_page("/CropBox", numbers(0, 0, 595, 500)),
    "other fonts": of_page("/Resources", dictionary()),
    "a note more": note_added,
    "a note less": notes_removed,
    "what a note says": of_note(Contents=generic.pdf_string("Another note")),
    "where a note stands": of_note(Rect=numbers(60, 760, 300, 790)),
    "what a note is shown as": of_note(AP=dictionary(N=dictionary())),
    "a note hidden": of_note(F=generic.NumberObject(2)),
    "the signature laid over the page": signature_shown,
    "what the signature is shown as": signature_shows,
    "the reason of the signature": signed_pdfs.reason_spoofed,
    "a program run when it is opened": of_catalogue(
        "/OpenAction", lambda w: dictionary(S=pdf_name("/JavaScript"), JS=generic.pdf_string("app.alert(1)"))
    ),
    "layers that hide": of_catalogue("/OCProperties", lambda w: dictionary(OCGs=generic.ArrayObject())),
    "the title": shapes.information(Title="Approved"),
    "the signature taken out": signed_pdfs.signature_removed,
    "the value of the signature taken out": signed_pdfs.value_removed,
}
THEN: dict[str, Callable[[bytes], bytes]] = {
    "left so": lambda pdf: pdf,
    "stamped": lambda pdf: signed_pdfs.stamped(pdf, signed_pdfs.stamper(ROOT)),
}
STARTS: dict[str, Callable[[], bytes]] = {
    "signed": lambda: signed(rich()),
    "archived": lambda: archived(signed(rich()), ROOT),
    "with streams of objects": lambda: signed(by_qpdf(rich(), "--object-streams=generate")),
    "read while it loads": lambda: archived(signed(by_qpdf(rich(), "--linearize")), ROOT),
    "for two kinds of readers": lambda: signed(shapes.hybrid()),
    "opened by everybody": lambda: signed(signed_pdfs.encrypted(rich(), "")),
    "certified": lambda: signed(rich(), certify=True, docmdp_permissions=fields.MDPPerm.ANNOTATE),
}


# That notes may be added, changed and taken out is what it was certified with: whether this deceives cannot be told.
PERMITTED_BY_CERTIFYING = {name for name in BY_EDITORS if "note" in name}
CANNOT_BE_MADE = {
    "for two kinds of readers": {name for name in BY_EDITORS if "a note" in name},
    "opened by everybody": {"the reason of the signature"},
}


@pytest.mark.parametrize("start", STARTS)
def test_what_an_editor_changes_is_never_verified(start: str) -> None:
    pdf, verified, offending = STARTS[start](), [], []
    for name, change in BY_EDITORS.items():
        if name in CANNOT_BE_MADE.get(start, ()):
            continue
        for then, finish in THEN.items():
            if then == "stamped" and start != "signed":
                continue
            if then == "stamped" and ("taken out" in name or name == "a page less"):  # nothing to stamp
                continue
            verdict = said(finish(signed_pdfs.updated(pdf, change)))
            if verdict[0] == "VERIFIED":
                verified.append((name, then))
            permitted = start == "certified" and name in PERMITTED_BY_CERTIFYING
            if verdict[0] != ("CANNOT_TELL" if permitted else "ALTERED"):
                offending.append((name, then, verdict))
    assert verified == []
    assert offending == []


# --- What is hidden in the revision of a time stamp ---


def drawn(writer: IncrementalPdfFileWriter) -> None:
    """A field is to be drawn anew from what it holds."""
    form = writer.root["/AcroForm"]
    form[pdf_name("/NeedAppearances")] = generic.BooleanObject(True)
    writer.update_container(form)
    writer.update_root()


def with_other_defaults(**words: Any) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form.update({pdf_name(f"/{key}"): value for key, value in words.items()})
        writer.update_container(form)
        writer.update_root()

    return change


def with_other_font(writer: IncrementalPdfFileWriter) -> None:
    fonts = writer.root["/AcroForm"]["/DR"]["/Font"]
    fonts[pdf_name("/F1")] = writer.add_object(dictionary(Type=pdf_name("/Font"), Subtype=pdf_name("/Type3")))
    writer.update_root()


NUMBERS = {f"o{number}": b"%d" % value for number, value in enumerate(shapes.PLACE, 8)}


def placed(writer: IncrementalPdfFileWriter) -> generic.ArrayObject:
    """A place on the page whose numbers stand where they were signed."""
    return generic.ArrayObject(generic.IndirectObject(number, 0, writer) for number in range(8, 12))


def field() -> bytes:
    return signed(shapes.with_text_field())


STAMPED: dict[str, Callable[[], bytes]] = {
    "a stamp that covers the page": lambda: stamped_in(
        signed(rich()), ROOT, rect=(0, 0, 595, 842), draws=NOBODY
    ),
    "an empty stamp on the page": lambda: stamped_in(signed(rich()), ROOT, rect=shapes.PLACE),
    "a stamp of another type that covers the page": lambda: stamped_in(
        signed(rich()), ROOT, rect=(0, 0, 595, 842), draws=NOBODY, as_type="/Sig"
    ),
    "a stamp without place that takes long to read": lambda: stamped_in(
        signed(rich()), ROOT, draws=b"1" * 200_000 + b"%" * 200_000 + b"\nre"
    ),
    "a stamp without place that draws": lambda: stamped_in(signed(rich()), ROOT, draws=NOBODY),
    "a stamp that shows what was there, where it is not told plainly": lambda: stamped_in(
        signed(rich(**NUMBERS)),
        ROOT,
        draws=None,
        also=lambda w: {
            "Rect": placed(w),
            "AP": dictionary(N=page_of(w)["/Resources"]["/XObject"].raw_get("/Seal")),
        },
    ),
    "a stamp that shows what was there": lambda: stamped_in(
        signed(rich()),
        ROOT,
        rect=shapes.PLACE,
        draws=None,
        also=lambda w: {"AP": dictionary(N=page_of(w)["/Resources"]["/XObject"].raw_get("/Seal"))},
    ),
    "a stamp that does something": lambda: stamped_in(
        signed(rich()),
        ROOT,
        also=lambda w: {
            "AA": dictionary(PO=dictionary(S=pdf_name("/JavaScript"), JS=generic.pdf_string("app.alert(1)")))
        },
    ),
    "the page changed with it": lambda: stamped_in(signed(rich()), ROOT, before=signed_pdfs.text_changed),
    "a note changed with it": lambda: stamped_in(
        signed(rich()), ROOT, before=of_note(Contents=generic.pdf_string("Another"))
    ),
    "fields to be drawn anew": lambda: signed_pdfs.updated(field(), drawn),
    "other letters for fields": lambda: stamped_in(
        field(), ROOT, before=with_other_defaults(DA=generic.pdf_string("/F1 0.1 Tf 1 g"))
    ),
    "another font for fields": lambda: stamped_in(field(), ROOT, before=with_other_font),
    "a field filled in": lambda: stamped_in(
        signed(signed_pdfs.with_form(rich())), ROOT, before=signed_pdfs.form_filled
    ),
    "a font taken out with what it was checked with": lambda: shapes.thrown_away(
        archived(signed(rich()), ROOT), but=5
    ),
    "a title": lambda: stamped_in(signed(rich()), ROOT, before=shapes.information(Title="Approved")),
    "certified, and a stamp that covers the page": lambda: stamped_in(
        signed(rich(), certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES),
        ROOT,
        rect=(0, 0, 595, 842),
        draws=NOBODY,
    ),
}


def test_a_time_stamp_hides_nothing_that_is_shown() -> None:
    verdicts = {name: said(make()) for name, make in STAMPED.items()}
    assert {name: found for name, found in verdicts.items() if found[0] != "ALTERED"} == {}
