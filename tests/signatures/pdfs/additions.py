"""What honest programs add to a signed PDF beyond fields and stamps, and what looks like it and deceives."""

import contextlib
from collections.abc import Callable
from typing import Any
from unittest import mock

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.cms_embedder import SigAppearanceSetup

from tests.signatures.pdfs import signed_pdfs
from tests.signatures.pdfs.shapes import OBJECTS, PLACE, Change, rich, shown, stream
from tests.signatures.pdfs.signed_pdfs import Holder

NOBODY = b"BT /F1 14 Tf 60 770 Td (Nobody owns it.) Tj ET"
OVER_TEXT = (50, 760, 400, 800)


def page_of(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def widget_of(writer: IncrementalPdfFileWriter, name: str = "Second") -> Any:
    listed = writer.root["/AcroForm"]["/Fields"]
    return next(listed.raw_get(n) for n in range(len(listed)) if listed.raw_get(n).get_object()["/T"] == name)


def dictionary(**words: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in words.items()})


def numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject(generic.FloatObject(value) for value in values)


def font(name: str) -> generic.DictionaryObject:
    return dictionary(Type=pdf_name("/Font"), Subtype=pdf_name("/Type1"), BaseFont=pdf_name(name))


def signed_again(
    pdf: bytes,
    by: Holder,
    root: Holder,
    before: Change = lambda writer: None,
    *,
    box: tuple[int, ...] | None = PLACE,
    field: str = "Second",
    on_page: int = 0,
    keeps_look: bool = False,
) -> bytes:
    """Signed by somebody else, in a field that is shown (of its own unless it is there), after another change.

    `keeps_look`: what shows the field stays as the change left it.
    """
    writer = signed_pdfs.opened(pdf)
    if box is not None:
        fields.append_signature_field(writer, fields.SigFieldSpec(field, box=box, on_page=on_page))
    before(writer)
    wanted = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    leave = mock.patch.object(SigAppearanceSetup, "apply") if keeps_look else contextlib.nullcontext()
    with leave:
        return signers.sign_pdf(
            writer, wanted, signed_pdfs.hand(by, root), bytes_reserved=signed_pdfs.RESERVED
        ).getvalue()


# --- Resources -----------------------------------------------------------------------------------------------

FONTS = b"/Font << /F1 5 0 R >> /XObject << /Seal 7 0 R >>"
BARE_PAGE = OBJECTS[3].replace(b" /Resources << %s >>" % FONTS, b"")
RESOURCES: dict[str, Callable[[], bytes]] = {
    "in the page": rich,
    "an object of their own": lambda: rich(
        o3=BARE_PAGE.replace(b"/Annots", b"/Resources 8 0 R /Annots"), o8=b"<< %s >>" % FONTS
    ),
    "fonts of their own": lambda: rich(
        o3=OBJECTS[3].replace(b"/Font << /F1 5 0 R >>", b"/Font 8 0 R"), o8=b"<< /F1 5 0 R >>"
    ),
    "of all pages": lambda: rich(
        o2=b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources 8 0 R >>", o3=BARE_PAGE, o8=b"<< %s >>" % FONTS
    ),
}


def resources_with(kind: str, name: str, value: Callable[[IncrementalPdfFileWriter], Any] | None) -> Change:
    """The resources of the page with another entry; without it if None."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer)
        holder = page if "/Resources" in page else writer.root["/Pages"]
        held = holder["/Resources"].setdefault(pdf_name(kind), dictionary()).get_object()
        if value is None:
            del held[name]
        else:
            held[pdf_name(name)] = value(writer)
        for item in (held, holder["/Resources"], holder):
            writer.update_container(item)
        if "/Resources" not in page:  # the list of pages itself stays
            writer.objects.pop((0, 2), None)

    return change


def copied_to_the_page(writer: IncrementalPdfFileWriter) -> None:
    """What a page had from the list of pages it is given itself, and more."""
    page = page_of(writer)
    page[pdf_name("/Resources")] = dictionary(
        Font=dictionary(
            F1=generic.IndirectObject(5, 0, writer), Second=writer.add_object(font("/Times-Roman"))
        ),
        XObject=dictionary(Seal=generic.IndirectObject(7, 0, writer)),
        ProcSet=generic.ArrayObject([pdf_name("/PDF"), pdf_name("/Text")]),
    )
    writer.update_container(page)


def another_font(writer: IncrementalPdfFileWriter) -> Any:
    return writer.add_object(font("/ZapfDingbats"))


def another_seal(writer: IncrementalPdfFileWriter) -> Any:
    return writer.add_object(shown(NOBODY, (0, 0, 595, 842)))


# --- A field that was made before ----------------------------------------------------------------------------

SHOWS = stream(b"1 0 0 rg 0 0 240 100 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 240 100]")


def with_field(appearance: bytes = b"", *, apart: bool = False, place: tuple[int, ...] = PLACE) -> bytes:
    """A field for a signature that is on no page yet; `apart`: what shows it is an object of its own."""
    rect = b" ".join(b"%d" % number for number in place)
    widget = b"/Type /Annot /Subtype /Widget /F 4 /Rect [%s] %s" % (rect, appearance)
    field = b"<< /FT /Sig /T (Second) %s >>"
    return rich(
        o1=b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] /SigFlags 3 >> >>",
        o8=field % (b"/Kids [9 0 R]" if apart else widget),
        o9=b"<< /Parent 8 0 R %s >>" % widget if apart else SHOWS,
        o10=SHOWS,
    )


def put_on_the_page(number: int = 8, *, shown_as: bytes | None = NOBODY) -> Change:
    """The field is put on the page; `shown_as`: by another appearance than it had."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        widget = generic.IndirectObject(number, 0, writer)
        page = page_of(writer)
        page["/Annots"].append(widget)
        writer.update_container(page)
        if shown_as is not None:
            field = widget.get_object()
            field[pdf_name("/AP")] = dictionary(N=writer.add_object(shown(shown_as)))
            field[pdf_name("/P")] = writer.root["/Pages"]["/Kids"].raw_get(0)
            writer.update_container(field)

    return change


# --- Notes ---------------------------------------------------------------------------------------------------


def note(kind: str = "/Text", place: tuple[int, ...] = (400, 600, 420, 620), **more: Any) -> Change:
    """A note on the page, as an object of its own; entries may be made with the writer."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        words = {"Type": pdf_name("/Annot"), "Subtype": pdf_name(kind), "Rect": numbers(*place)}
        words |= {"Contents": generic.pdf_string("Looked at"), "F": generic.NumberObject(4)}
        words |= {key: value(writer) if callable(value) else value for key, value in more.items()}
        page = page_of(writer)
        page["/Annots"].append(writer.add_object(dictionary(**words)))
        writer.update_container(page["/Annots"])
        writer.update_container(page)

    return change


def over_the_amount(writer: IncrementalPdfFileWriter) -> Any:
    """An appearance that fills what it is laid over, and says another thing."""
    return dictionary(N=writer.add_object(shown(b"1 g 0 0 350 40 re f 0 g " + NOBODY, (0, 0, 350, 40))))


def notes_of_their_own() -> bytes:
    """The list of notes is an object of its own."""
    return rich(o3=OBJECTS[3].replace(b"[6 0 R]", b"8 0 R"), o8=b"[6 0 R]")


def prepared_note() -> bytes:
    """A note that was signed, and that no page shows."""
    return rich(o8=b"<< /Type /Annot /Subtype /Stamp /Rect [60 760 400 790] /AP << /N 7 0 R >> >>")


def revealed(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    page["/Annots"].append(generic.IndirectObject(8, 0, writer))
    writer.update_container(page)


def note_of(writer: IncrementalPdfFileWriter) -> Any:
    return page_of(writer)["/Annots"][0]


def note_says(**words: Any) -> Change:
    """A note that was signed is another in its place; entries may be made with the writer."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        note = note_of(writer)
        for key, value in words.items():
            note[pdf_name(f"/{key}")] = value(writer) if callable(value) else value
        writer.update_container(note)

    return change


def note_drawn_anew(writer: IncrementalPdfFileWriter) -> None:
    """What a note is shown by is written anew in its place."""
    check = note_of(writer)["/AP"]["/N"]
    check._data = NOBODY
    check._encoded_data = None
    writer.update_container(check)


def note_taken_out(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    del page["/Annots"][0]
    writer.update_container(page)


def link_taken_out(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    del page["/Annots"][2]
    writer.update_container(page)


def notes_turned(writer: IncrementalPdfFileWriter) -> None:
    """What lay beneath lies above."""
    page = page_of(writer)
    page["/Annots"].reverse()
    writer.update_container(page)


def two_notes() -> bytes:
    """A note with a look of its own, one that answers it, and a link."""
    return rich(
        o3=OBJECTS[3].replace(b"[6 0 R]", b"[8 0 R 9 0 R 11 0 R]"),
        o6=b"<< /Type /Annot /Subtype /Popup /Parent 8 0 R /Rect [0 0 9 9] >>",
        o8=b"<< /Type /Annot /Subtype /Stamp /Rect [60 500 200 520] /AP << /N 10 0 R >> /Popup 6 0 R >>",
        o9=b"<< /Type /Annot /Subtype /Text /Rect [60 400 80 420] /IRT 8 0 R /Contents (Seen) >>",
        o10=SHOWS,
        o11=b"<< /Type /Annot /Subtype /Link /Rect [60 300 80 320] /A << /S /URI /URI (http://nordlys.invalid) >> >>",
    )
