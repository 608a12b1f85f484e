"""What becomes of fields that were signed: who signs later may fill them in, and not make them seen otherwise."""

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.signatures.pdfs import signed_pdfs
from tests.signatures.pdfs.additions import NOBODY, dictionary, font, numbers
from tests.signatures.pdfs.shapes import OBJECTS, Change, rich, shown, stream
from tests.signatures.test_signatures import ROOT
from tests.signatures.test_signatures_added import (
    P2,
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

DOUBTFUL = doubtful("defaults")
FILLED: Expected = ("ALTERED", "filled_after", "")
LTA: Expected = ("VERIFIED", "verified_lta", "")
LOOK = b"/Type /XObject /Subtype /Form /BBox [0 0 140 20]"
WIDGET = b"/Type /Annot /Subtype /Widget /P 3 0 R /F 4"


def form(
    of_form: bytes = b"", of_field: bytes = b"", *, check: bytes = b"BT (None) Tj ET", **more: bytes
) -> bytes:
    """A form with a field that shows what it holds."""
    objects = {
        "o1": b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] %s >> >>" % of_form,
        "o3": OBJECTS[3].replace(b"[6 0 R]", b"[6 0 R 8 0 R]"),
        "o8": b"<< /FT /Tx /T (Remark) /V (None) %s /Rect [60 400 200 420] /AP << /N 9 0 R >> %s >>"
        % (WIDGET, of_field),
        "o9": stream(check, LOOK),
    }
    return rich(**(objects | more))


def buttons() -> bytes:
    """Round buttons of one field, each an object of its own."""
    button = (
        b"<< /Parent 8 0 R %s /Rect [%d 400 %d 420] /AS /Off /AP << /N << /%s 11 0 R /Off 12 0 R >> >> >>"
    )
    return rich(
        o1=b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] >> >>",
        o3=OBJECTS[3].replace(b"[6 0 R]", b"[6 0 R 9 0 R 10 0 R]"),
        o8=b"<< /FT /Btn /Ff 49152 /T (Approved) /V /Off /Kids [9 0 R 10 0 R] >>",
        o9=button % (WIDGET, 60, 80, b"Yes"),
        o10=button % (WIDGET, 100, 120, b"No"),
        o11=stream(b"0 0 9 9 re f", LOOK),
        o12=stream(b"", LOOK),
    )


def lines() -> bytes:
    """A list of which a line can be chosen."""
    return rich(
        o1=b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] >> >>",
        o3=OBJECTS[3].replace(b"[6 0 R]", b"[6 0 R 8 0 R]"),
        o8=b"<< /FT /Ch /T (Remark) /Opt [(A) (B)] %s /Rect [60 400 200 420] /DA (/F1 9 Tf) >>" % WIDGET,
    )


def of_form(**words: Any) -> Change:
    """Entries of the form; they may be made with the writer."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        held = writer.root["/AcroForm"]
        held.update(
            {pdf_name(f"/{key}"): value(writer) if callable(value) else value for key, value in words.items()}
        )
        writer.update_root()

    return change


def field(*path: Any, **words: Any) -> Change:
    """Entries of the first field, or of what is found in it by these keys."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        held = writer.root["/AcroForm"]["/Fields"][0]
        for key in path:
            held = held[key]
        held.update(
            {pdf_name(f"/{key}"): value(writer) if callable(value) else value for key, value in words.items()}
        )
        writer.update_container(held)

    return change


def fonts(**called: str) -> Callable[[IncrementalPdfFileWriter], Any]:
    return lambda writer: dictionary(
        Font=dictionary(**{key: writer.add_object(font(name)) for key, name in called.items()})
    )


def font_added(writer: IncrementalPdfFileWriter) -> None:
    """A font more for the form."""
    held = writer.root["/AcroForm"]["/DR"]["/Font"]
    held[pdf_name("/Later")] = writer.add_object(font("/Times-Roman"))
    writer.update_container(held)


def check(writer: IncrementalPdfFileWriter) -> Any:
    return dictionary(N=writer.add_object(shown(NOBODY)))


def number(value: int) -> generic.NumberObject:
    return generic.NumberObject(value)


WHITE = generic.pdf_string("/F1 9 Tf 1 g")
OWN = b"/DA (/F1 9 Tf 0 g)"
F1 = b"/DR << /Font << /F1 5 0 R >> >>"
FONTS_APART = {"o12": b"<< /F1 5 0 R >>"}
PUSHED = both(field(V=pdf_name("/Yes")), field("/Kids", 0, AS=pdf_name("/Yes")))
WITH: dict[str, tuple[bytes, Change, Expected]] = {
    "letters where none were told": (form(), of_form(DA=WHITE), DOUBTFUL),
    "letters, where the field has its own": (form(of_field=OWN), of_form(DA=WHITE), LTA),
    "letters, where no field is shown": (signed_pdfs.with_form(rich()), of_form(DA=WHITE), LTA),
    "other letters": (form(OWN), of_form(DA=WHITE), altered("form")),
    "other letters, where the field has its own": (form(OWN, OWN), of_form(DA=WHITE), LTA),
    "text in the middle": (form(), of_form(Q=number(1)), DOUBTFUL),
    "text where it was, said": (form(), of_form(Q=number(0)), LTA),
    "text in the middle, where the field has its own": (form(of_field=b"/Q 2"), of_form(Q=number(1)), LTA),
    "a font that a field names": (form(of_field=OWN), of_form(DR=fonts(F1="/ZapfDingbats")), DOUBTFUL),
    "a font that a look names": (
        form(check=b"BT /F#31 9 Tf (None) Tj ET"),
        of_form(DR=fonts(F1="/ZapfDingbats")),
        DOUBTFUL,
    ),
    "a font that a look has of its own": (
        form(o9=stream(b"BT /Own 9 Tf ET", LOOK + b" /Resources << /Font << /Own 5 0 R >> >>")),
        of_form(DR=fonts(Own="/ZapfDingbats")),
        LTA,
    ),
    "another font that nothing names": (
        form(b"/DR << /Font << /Later 5 0 R >> >>", OWN),
        of_form(DR=fonts(Later="/ZapfDingbats")),
        DOUBTFUL,
    ),
    "a font more that nothing names": (
        form(F1, OWN),
        font_added,
        LTA,
    ),
    "a font more, in a list of its own": (
        form(b"/DR << /Font 12 0 R >>", OWN, **FONTS_APART),
        font_added,
        LTA,
    ),
    "a font more, in a list that pages are drawn with too": (
        form(
            b"/DR << /Font 12 0 R >>",
            OWN,
            o3=OBJECTS[3].replace(b"<< /F1 5 0 R >>", b"12 0 R").replace(b"[6 0 R]", b"[6 0 R 8 0 R]"),
            **FONTS_APART,
        ),
        font_added,
        LTA,
    ),
    "another font for a field": (form(F1, OWN), of_form(DR=fonts(F1="/ZapfDingbats")), altered("form")),
    "a colour of all": (form(), of_form(DR=dictionary(Other=dictionary(A=WHITE))), DOUBTFUL),
}
BY_A_SIGNER: dict[str, tuple[bytes, Change, Expected]] = {
    "hidden": (form(), field(F=number(4 | 2)), DOUBTFUL),
    "not to be viewed": (form(), field(F=number(4 | 32)), DOUBTFUL),
    "not to be printed": (form(), field(F=number(0)), DOUBTFUL),
    "locked": (form(), field(F=number(4 | 64 | 128)), VERIFIED),
    "read only": (form(), field(Ff=number(1)), VERIFIED),
    "made a password": (form(), field(Ff=number(1 << 13)), DOUBTFUL),
    "white": (form(), field(DA=WHITE), DOUBTFUL),
    "in the middle": (form(), field(Q=number(1)), DOUBTFUL),
    "shown otherwise, though it holds the same": (form(), field(AP=check), DOUBTFUL),
    "filled in": (form(), field(V=generic.pdf_string("Seen"), AP=check), VERIFIED),
    "filled in and hidden": (form(), field(V=generic.pdf_string("Seen"), F=number(2)), DOUBTFUL),
    "a button pushed": (buttons(), PUSHED, VERIFIED),
    "a button pushed, and another look for it": (
        buttons(),
        both(PUSHED, field("/Kids", 1, AP=check)),
        VERIFIED,
    ),
    "a button hidden": (buttons(), field("/Kids", 0, F=number(2)), DOUBTFUL),
    "a button elsewhere": (buttons(), field("/Kids", 0, Rect=numbers(0, 0, 500, 500)), altered("form")),
    "a line chosen": (
        lines(),
        field(V=generic.pdf_string("B"), I=generic.ArrayObject([number(1)])),
        VERIFIED,
    ),
}
BY_NOBODY: Table = {
    "hidden": (lambda: signed_pdfs.updated(signed(form()), field(F=number(2))), FILLED),
    "a button pushed": (lambda: signed_pdfs.updated(signed(buttons()), PUSHED), FILLED),
    "a button pushed, as permitted": (
        lambda: signed_pdfs.updated(certified(buttons(), P2), PUSHED),
        ("CANNOT_TELL", "filled_as_permitted", ""),
    ),
}


def test_what_fields_are_drawn_with_is_judged_by_what_it_does_to_them() -> None:
    stamped: Table = {
        name: (
            lambda pdf=pdf, change=change: signed_pdfs.stamped(
                signed_pdfs.updated(signed(pdf), change), signed_pdfs.stamper(ROOT)
            ),
            right,
        )
        for name, (pdf, change, right) in WITH.items()
    }
    assert offenders(stamped) == {}


def test_who_signs_later_may_do_no_more() -> None:
    table: Table = {
        name: (lambda pdf=pdf, change=change: again(pdf, change), VERIFIED if right == LTA else right)
        for name, (pdf, change, right) in (WITH | BY_A_SIGNER).items()
    }
    assert offenders(table | BY_NOBODY) == {}
