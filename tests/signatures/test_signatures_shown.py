"""What is put on a page after it was signed: a signature may not hide what was signed, and notes must be permitted."""

from collections.abc import Callable

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name

from tests.signatures.pdfs import additions, shapes, signed_pdfs
from tests.signatures.pdfs.additions import (
    OVER_TEXT,
    dictionary,
    note,
    notes_of_their_own,
    over_the_amount,
    put_on_the_page,
    signed_again,
    with_field,
)
from tests.signatures.pdfs.shapes import OBJECTS, Change, rich, stream
from tests.signatures.test_signatures import ROOT, SIGNER, STRANGER, STRANGER_ROOT, check
from tests.signatures.test_signatures_added import (
    P1,
    P2,
    P3,
    VERIFIED,
    Expected,
    Table,
    again,
    altered,
    both,
    certified,
    doubtful,
    offenders,
    signed,
)

ACTION = dictionary(S=pdf_name("/JavaScript"), JS=generic.pdf_string("app.alert(1)"))
LEADS = {"S": pdf_name("/URI"), "URI": generic.pdf_string("https://nordlys.invalid")}
NOTES: Expected = ("CANNOT_TELL", "annotated_as_permitted", "notes")

# --- Signatures that are shown ---

DRAWN_LETTERS = b"q 2 w 60 770 m 60 780 l 70 780 l S Q"
WITHIN = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>"
UNDER: dict[str, Callable[[], bytes]] = {
    "text": rich,
    "text moved": lambda: rich(o4=stream(b"q 2 0 0 2 10 20 cm BT /F1 7 Tf 25 375 Td [(1) -90 (2)] TJ ET Q")),
    "text in lines": lambda: rich(o4=stream(b"BT /F1 14 Tf 14 TL 1 0 0 1 60 784 Tm (One) Tj (Two) ' ET")),
    "text within a drawing": lambda: rich(o4=stream(b"/Seal Do"), o7=stream(shapes.PAGE, WITHIN)),
    "an image": lambda: rich(
        o4=stream(b"q 200 0 0 20 60 765 cm /Seal Do Q"),
        o7=stream(
            b"\0",
            b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        ),
    ),
    "an image written into the page": lambda: rich(
        o4=stream(b"q 200 0 0 20 60 765 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \0\nEI Q")
    ),
    "letters drawn by lines": lambda: rich(o4=stream(DRAWN_LETTERS)),
    "a shade": lambda: rich(o4=stream(b"/Shade sh")),
    "a note": lambda: rich(o4=stream(b""), o6=OBJECTS[6].replace(b"[60 500 200 520]", b"[60 760 200 790]")),
}
NOT_UNDER = b"0.9 g 0 0 595 842 re f 0 G 60 620 m 300 620 l S "  # a background, and a line to write on
COVERS_TEXT = doubtful("covers_text")
SHOWN: Table = {
    **{
        f"over {what}": (
            lambda make=make: again(make(), box=OVER_TEXT),
            COVERS_TEXT if "text" in what else doubtful("covered"),
        )
        for what, make in UNDER.items()
    },
    "over the whole page": (lambda: again(rich(), box=(0, 0, 595, 842)), COVERS_TEXT),
    "over text, certified, and signed by a third": (
        lambda: signed_again(
            signed_again(certified(rich(), P2), SIGNER, ROOT, box=OVER_TEXT), SIGNER, ROOT, field="Third"
        ),
        COVERS_TEXT,
    ),
    "over text, certified": (
        lambda: signed_again(certified(rich(), P2), SIGNER, ROOT, box=OVER_TEXT),
        COVERS_TEXT,
    ),
    "over nothing but a background and a line": (
        lambda: again(rich(o4=stream(NOT_UNDER + shapes.PAGE))),
        VERIFIED,
    ),
    "in a field made before": (
        lambda: again(with_field(), put_on_the_page(), box=None),
        VERIFIED,
    ),
    "in a field made before, by an object of its own": (
        lambda: again(with_field(apart=True), put_on_the_page(9), box=None),
        VERIFIED,
    ),
    "in a field made before and shown otherwise": (
        lambda: again(with_field(b"/AP << /N 10 0 R >>"), put_on_the_page(), box=None),
        VERIFIED,
    ),
    "in a field made before, certified": (
        lambda: signed_again(certified(with_field(), P2), SIGNER, ROOT, put_on_the_page(), box=None),
        VERIFIED,
    ),
    "in a field made before over text": (
        lambda: again(with_field(place=OVER_TEXT), put_on_the_page(), box=None),
        COVERS_TEXT,
    ),
    "in a field made before, as it was shown then": (
        lambda: again(
            with_field(b"/AP << /N 10 0 R >>"), put_on_the_page(shown_as=None), box=None, keeps_look=True
        ),
        doubtful("unseen"),
    ),
    "in a field made before, by what is on the page": (
        lambda: again(
            rich(),
            lambda w: (
                additions.widget_of(w)
                .get_object()
                .update({pdf_name("/AP"): dictionary(N=generic.IndirectObject(7, 0, w))})
            ),
            keeps_look=True,
        ),
        doubtful("unseen"),
    ),
    "in a field that is made to stand elsewhere": (
        lambda: again(
            with_field(),
            both(
                put_on_the_page(),
                lambda w: (
                    additions.widget_of(w)
                    .get_object()
                    .update({pdf_name("/Rect"): additions.numbers(*OVER_TEXT)})
                ),
            ),
            box=None,
        ),
        altered("form"),
    ),
    "a field made before that nobody signed": (
        lambda: signed_pdfs.updated(
            signed(with_field(b"/AP << /N 10 0 R >>")), put_on_the_page(shown_as=None)
        ),
        altered("form"),
    ),
    "a field made before, put there by a stranger after certifying": (
        lambda: signed_again(
            certified(with_field(), P2), STRANGER, STRANGER_ROOT, put_on_the_page(), box=None
        ),
        altered("form"),
    ),
}

# --- Notes ---

KINDS = ("/Text", "/FreeText", "/Square", "/Highlight", "/Stamp", "/Ink", "/Popup")
PERMITTED: Table = {
    **{
        f"{kind[1:]}": (lambda kind=kind: signed_pdfs.updated(certified(rich(), P3), note(kind)), NOTES)
        for kind in KINDS
    },
    "a link": (
        lambda: signed_pdfs.updated(certified(rich(), P3), note("/Link", A=dictionary(**LEADS))),
        NOTES,
    ),
    "in a list of its own": (lambda: signed_pdfs.updated(certified(notes_of_their_own(), P3), note()), NOTES),
    "stamped since": (
        lambda: signed_pdfs.stamped(
            signed_pdfs.updated(certified(rich(), P3), note()), signed_pdfs.stamper(ROOT)
        ),
        NOTES,
    ),
    "signed since": (
        lambda: signed_again(signed_pdfs.updated(certified(rich(), P3), note()), SIGNER, ROOT),
        NOTES,
    ),
    "over the amount": (
        lambda: signed_pdfs.updated(certified(rich(), P3), note("/FreeText", OVER_TEXT, AP=over_the_amount)),
        NOTES,
    ),
    "over the amount, signed since": (
        lambda: signed_again(
            signed_pdfs.updated(certified(rich(), P3), note("/Stamp", OVER_TEXT, AP=over_the_amount)),
            SIGNER,
            ROOT,
        ),
        NOTES,
    ),
}
MADE_OTHER: dict[str, tuple[Change, str]] = {
    "says another thing": (additions.note_says(Contents=generic.pdf_string("Nobody owns it")), "content"),
    "stands elsewhere": (additions.note_says(Rect=additions.numbers(*OVER_TEXT)), "content"),
    "is shown otherwise": (additions.note_says(AP=over_the_amount), "content"),
    "is drawn anew in its place": (additions.note_drawn_anew, "content"),
    "hidden": (additions.note_says(F=generic.NumberObject(2)), "content"),
    "taken out": (additions.note_taken_out, "notes"),
    "taken out, and another put in": (both(additions.note_taken_out, note()), "notes"),
    "laid over another": (additions.notes_turned, "notes"),
}
FREED = {8: 1, 6: 1, 10: 1}  # the note, what opens beside it, and what it is shown by
TWO_NOTES = additions.two_notes()
CHANGED: Table = {
    **{
        f"{name}, permitted": (
            lambda change=change: signed_pdfs.updated(certified(TWO_NOTES, P3), change),
            NOTES,
        )
        for name, (change, _rule) in MADE_OTHER.items()
    },
    **{
        f"{name}, {by}": (
            lambda make=make, change=change: signed_pdfs.updated(make(TWO_NOTES), change),
            altered(rule),
        )
        for name, (change, rule) in MADE_OTHER.items()
        for by, make in {"signed": signed, "certified": lambda pdf: certified(pdf, P2)}.items()
    },
    "taken out of the file, permitted": (
        lambda: shapes.appended(certified(TWO_NOTES, P3), {}, free=FREED),
        NOTES,
    ),
    "taken out of the file, signed": (
        lambda: shapes.appended(signed(TWO_NOTES), {}, free=FREED),
        altered("removed"),
    ),
    "taken out of the file with what a page is drawn by": (
        lambda: shapes.appended(certified(TWO_NOTES, P3), {}, free=FREED | {7: 1}),
        altered("removed"),
    ),
    "a note that was signed does something": (
        lambda: signed_pdfs.updated(certified(TWO_NOTES, P3), additions.note_says(A=ACTION)),
        altered("notes"),
    ),
    "a note made a link": (
        lambda: signed_pdfs.updated(certified(TWO_NOTES, P3), additions.note_says(Subtype=pdf_name("/Link"))),
        NOTES,
    ),
    "a note made a field": (
        lambda: signed_pdfs.updated(certified(TWO_NOTES, P3), additions.note_says(FT=pdf_name("/Tx"))),
        altered("notes"),
    ),
    "a link taken out": (
        lambda: signed_pdfs.updated(certified(TWO_NOTES, P3), additions.link_taken_out),
        NOTES,
    ),
    "a note that pages are drawn with besides": (
        lambda: signed_pdfs.updated(
            certified(
                rich(
                    o3=OBJECTS[3].replace(b"<< %s >>" % additions.FONTS, b"6 0 R"),
                    o6=OBJECTS[6].replace(b"/Type", b"/Font << /F1 5 0 R >> /Type"),
                ),
                P3,
            ),
            additions.note_says(Font=dictionary()),
        ),
        altered("content"),
    ),
}
FORBIDDEN: Table = {
    **{
        f"a note, {name}": (lambda make=make: signed_pdfs.updated(make(rich()), note()), altered("notes"))
        for name, make in {
            "signed": signed,
            "certified so that nothing may change": lambda pdf: certified(pdf, P1),
            "certified so that fields may be filled in": lambda pdf: certified(pdf, P2),
        }.items()
    },
    "a note, signed for by another": (lambda: again(rich(), note()), altered("notes")),
    "a note that does something": (
        lambda: signed_pdfs.updated(certified(rich(), P3), note(A=ACTION)),
        altered("notes"),
    ),
    "a link that runs a program": (
        lambda: signed_pdfs.updated(certified(rich(), P3), note("/Link", OVER_TEXT, A=ACTION)),
        altered("notes"),
    ),
    "a link that leads somewhere, and runs a program then": (
        lambda: signed_pdfs.updated(
            certified(rich(), P3), note("/Link", OVER_TEXT, A=dictionary(**LEADS, Next=ACTION))
        ),
        altered("notes"),
    ),
    "a field": (
        lambda: signed_pdfs.updated(certified(rich(), P3), note("/Widget", OVER_TEXT, FT=pdf_name("/Tx"))),
        altered("form"),
    ),
    "a note that was signed unseen": (
        lambda: signed_pdfs.updated(certified(additions.prepared_note(), P3), additions.revealed),
        altered("notes"),
    ),
    "a note, and the text of the page": (
        lambda: signed_pdfs.updated(certified(rich(), P3), both(note(), signed_pdfs.text_changed)),
        altered("content"),
    ),
}


@pytest.mark.parametrize(
    "table",
    [SHOWN, PERMITTED, CHANGED, FORBIDDEN],
    ids=["signatures", "notes permitted", "notes changed", "notes forbidden"],
)
def test_what_is_put_on_a_page_is_judged_by_what_it_can_hide(table: Table) -> None:
    assert offenders(table) == {}


def test_over_the_text_of_which_page_a_signature_lies_is_said() -> None:
    blank = OBJECTS[3].replace(b"/Contents 4 0 R", b"")
    pdf = rich(
        o2=b"<< /Type /Pages /Kids [8 0 R 3 0 R] /Count 2 >>", o8=blank.replace(b"/Annots [6 0 R]", b"")
    )
    over = {page: check(again(pdf, box=OVER_TEXT, on_page=page - 1)) for page in (1, 2)}
    assert over[1].verdict == "VERIFIED"
    assert (over[2].signatures[0].rule, over[2].signatures[0].page) == ("covers_text", 2)
    assert "lies over text of page 2" in over[2].words
