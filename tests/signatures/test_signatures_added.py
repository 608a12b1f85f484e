"""What honest programs add after a signature is never called altered; what deceives like it is never verified."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign import fields, signers

from cases.signatures.pdf import pdf_history
from cases.signatures.signature_words import RULES
from tests.signatures.pdfs import additions, shapes, signed_pdfs, tags
from tests.signatures.pdfs.additions import NOBODY, OVER_TEXT, RESOURCES, resources_with, signed_again
from tests.signatures.pdfs.shapes import Change, archived, rich, stream
from tests.signatures.pdfs.tags import tag_says, tagged, tree_added, tree_grown
from tests.signatures.test_signatures import ROOT, SIGNER, check

Expected = tuple[str, str, str]
Table = dict[str, tuple[Callable[[], bytes], Expected]]
VERIFIED: Expected = ("VERIFIED", "verified", "")
LINE_END: Expected = ("VERIFIED", "verified_line_end", "")
P1, P2, P3 = fields.MDPPerm.NO_CHANGES, fields.MDPPerm.FILL_FORMS, fields.MDPPerm.ANNOTATE


def altered(rule: str) -> Expected:
    return "ALTERED", "changed_after", rule


def doubtful(rule: str) -> Expected:
    return "CANNOT_TELL", "may_mislead", rule


def told(pdf: bytes) -> Expected:
    """The verdict with its reason, and the rule of the first signature."""
    found = check(pdf)
    return found.verdict, found.explanation, found.signatures[0].rule if found.signatures else ""


def offenders(table: Table) -> dict[str, Expected]:
    found = {name: told(make()) for name, (make, _right) in table.items()}
    return {name: found[name] for name, (_make, right) in table.items() if found[name] != right}


def signed(pdf: bytes, **traits: Any) -> bytes:
    return signed_pdfs.signed(pdf, SIGNER, ROOT, **traits)


def certified(pdf: bytes, level: fields.MDPPerm) -> bytes:
    return signed(pdf, certify=True, docmdp_permissions=level)


def again(pdf: bytes, change: Change = lambda writer: None, **how: Any) -> bytes:
    """Signed, and signed by another with that change."""
    return signed_again(signed(pdf), SIGNER, ROOT, change, **how)


def both(*changes: Change) -> Change:
    def change(writer: Any) -> None:
        for change in changes:
            change(writer)

    return change


# --- Resources of a page ---

ADDS_FONT = resources_with("/Font", "/Second", additions.another_font)
IN_USE = shapes.PAGE.replace(b"/F1 14 Tf", b"/F1 14 Tf /Later Do")
RESOURCES_CHANGED: Table = {
    **{
        f"a font more, resources {where}": (lambda make=make: again(make(), ADDS_FONT), VERIFIED)
        for where, make in RESOURCES.items()
        if where != "of all pages"
    },
    "an image more": (
        lambda: again(rich(), resources_with("/XObject", "/New", additions.another_seal)),
        VERIFIED,
    ),
    "copied to the page, and a font more": (
        lambda: again(RESOURCES["of all pages"](), additions.copied_to_the_page),
        VERIFIED,
    ),
    "a font more, and archived": (
        lambda: archived(again(rich(), ADDS_FONT), ROOT),
        ("VERIFIED", "verified_lta", ""),
    ),
    "a font more, certified": (
        lambda: signed_again(certified(rich(), P2), SIGNER, ROOT, ADDS_FONT),
        VERIFIED,
    ),
    **{
        f"another font, resources {where}": (
            lambda make=make: again(make(), resources_with("/Font", "/F1", additions.another_font)),
            altered("resources"),
        )
        for where, make in RESOURCES.items()
        if where != "of all pages"
    },
    "another seal": (
        lambda: again(rich(), resources_with("/XObject", "/Seal", additions.another_seal)),
        altered("resources"),
    ),
    "a font less": (lambda: again(rich(), resources_with("/Font", "/F1", None)), altered("resources")),
    "what a page draws and had not": (
        lambda: again(rich(o4=stream(IN_USE)), resources_with("/XObject", "/Later", additions.another_seal)),
        doubtful("resources"),
    ),
    "what a page draws and had not, called otherwise": (
        lambda: again(
            rich(o4=stream(IN_USE.replace(b"/Later", b"/L#61ter"))),
            resources_with("/XObject", "/Later", additions.another_seal),
        ),
        doubtful("resources"),
    ),
    "what a page draws and had not, in letters that readers read differently": (
        lambda: again(
            rich(o4=stream(IN_USE.replace(b"/Later", b"/L\xc3\xa4ter"))),
            resources_with("/XObject", "/L\xe4ter", additions.another_seal),
        ),
        doubtful("resources"),
    ),
    "what a seal draws and had not": (
        lambda: again(
            rich(o7=stream(b"/Later Do", b"/Type /XObject /Subtype /Form /BBox [0 0 10 10]")),
            resources_with("/XObject", "/Later", additions.another_seal),
        ),
        doubtful("resources"),
    ),
    "colours of all that name none": (
        lambda: again(
            rich(), resources_with("/ColorSpace", "/DefaultGray", lambda w: pdf_name("/DeviceGray"))
        ),
        doubtful("resources"),
    ),
    "a font more where nothing may change": (
        lambda: signed_pdfs.stamped(
            signed_pdfs.updated(certified(rich(), P1), ADDS_FONT), signed_pdfs.stamper(ROOT)
        ),
        altered("form"),
    ),
    "a field that nobody signed, among the images too": (
        lambda: signed_pdfs.updated(
            signed(rich()),
            both(
                lambda w: fields.append_signature_field(w, fields.SigFieldSpec("Second", box=OVER_TEXT)),
                lambda w: resources_with("/XObject", "/New", lambda _: additions.widget_of(w))(w),
            ),
        ),
        ("ALTERED", "filled_after", ""),
    ),
}

# --- Tags ---

EMPTY_TREE = rich(
    o1=b"<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 10 0 R >>", o10=b"<< /Type /StructTreeRoot >>"
)
TAGS: Table = {
    "tags where there were none": (lambda: again(rich(), tree_added()), VERIFIED),
    "a tag more": (lambda: again(tagged(), tree_grown()), VERIFIED),
    "a tag more, archived": (
        lambda: archived(again(tagged(), tree_grown()), ROOT),
        ("VERIFIED", "verified_lta", ""),
    ),
    "tags, certified": (lambda: signed_again(certified(tagged(), P2), SIGNER, ROOT, tree_grown()), VERIFIED),
    "a tag more, the list of tags parted": (lambda: again(tagged(), tags.list_parted()), VERIFIED),
    "the list of tags parted so that some readers miss a part": (
        lambda: again(tagged(), tags.list_parted((5, 6))),
        doubtful("tags"),
    ),
    "the list of tags parted, and another tag in it": (
        lambda: again(tagged(), tags.list_parted(first=11)),
        altered("tags"),
    ),
    "a row of the list of tags in another part": (
        lambda: again(tags.tagged_in_parts(), tags.part_filled_up),
        VERIFIED,
    ),
    "a row of the list of tags in another part, that pages are numbered by besides": (
        lambda: again(tags.tagged_in_parts(b"/PageLabels 14 0 R"), tags.part_filled_up),
        altered("content"),
    ),
    "tags, and the language that they are in": (
        lambda: again(rich(), both(tree_added(), tags.language("nb"))),
        doubtful("tags"),
    ),
    "another language": (
        lambda: again(signed_pdfs.updated(rich(), tags.language("nb")), tags.language("fi")),
        altered("tags"),
    ),
    "the language where nothing may change": (
        lambda: signed_pdfs.stamped(
            signed_pdfs.updated(certified(rich(), P1), tags.language("nb")), signed_pdfs.stamper(ROOT)
        ),
        altered("tags"),
    ),
    "a note and its tag taken out, permitted": (
        lambda: signed_pdfs.updated(certified(tags.tagged_note(), P3), tags.note_and_tag_taken_out),
        ("CANNOT_TELL", "annotated_as_permitted", "notes"),
    ),
    "a note and its tag taken out, not permitted": (
        lambda: signed_pdfs.updated(certified(tags.tagged_note(), P2), tags.note_and_tag_taken_out),
        altered("tags"),
    ),
    "a note and another tag taken out": (
        lambda: signed_pdfs.updated(
            certified(tags.tagged_note(), P3), lambda w: tags.note_and_tag_taken_out(w, 1)
        ),
        altered("tags"),
    ),
    "tags in a tree that was empty, with names for none of them": (
        lambda: again(EMPTY_TREE, both(tree_added(), tags.names())),
        VERIFIED,
    ),
    "tags in a tree that was empty, with names for some": (
        lambda: again(EMPTY_TREE, both(tree_added(), tags.names(Form=pdf_name("/P")))),
        doubtful("tags"),
    ),
    "tags that read another text": (
        lambda: again(rich(), tree_added(ActualText=generic.pdf_string("Nobody"))),
        doubtful("tags"),
    ),
    "a tag more that reads another text": (
        lambda: again(tagged(), tree_grown(ActualText=generic.pdf_string("Nobody"))),
        doubtful("tags"),
    ),
    "a tag more that describes": (
        lambda: again(tagged(), tree_grown(Alt=generic.pdf_string("Nobody"))),
        doubtful("tags"),
    ),
    "tags about what the page shows": (
        lambda: again(rich(o4=stream(tags.TAGGED_TEXT)), tree_added(K=generic.NumberObject(0))),
        doubtful("tags"),
    ),
    "another text read aloud": (
        lambda: again(tagged(), tag_says(ActualText=generic.pdf_string("Nobody"))),
        altered("tags"),
    ),
    "a description added": (
        lambda: again(tagged(), tag_says(Alt=generic.pdf_string("None"))),
        altered("tags"),
    ),
    "a heading made of a paragraph": (lambda: again(tagged(), tag_says(S=pdf_name("/H1"))), altered("tags")),
    "the text given to another tag": (lambda: again(tagged(), tags.tag_moved), altered("tags")),
    "tags taken out": (
        lambda: again(tagged(), lambda w: (w.root.pop("/StructTreeRoot"), w.update_root())[-1]),
        altered("tags"),
    ),
    "tags added where nothing may change": (
        lambda: signed_pdfs.stamped(
            signed_pdfs.updated(certified(tagged(), P1), tags.empty_tag_added), signed_pdfs.stamper(ROOT)
        ),
        altered("tags"),
    ),
    "a tag of nothing added where filling in is allowed": (
        lambda: signed_pdfs.stamped(
            signed_pdfs.updated(certified(tagged(), P2), tags.empty_tag_added), signed_pdfs.stamper(ROOT)
        ),
        ("VERIFIED", "verified_lta", ""),
    ),
}

# --- What follows the end ---

ENDS = (b"\n", b"\r\n", b"\r", b" ", b"\n\n", b"\r\n\r\n")
ADDED: Expected = ("ALTERED", "added_after", "tail")
SIGNED = signed(rich())
TAILS: Table = {
    **{f"{end!r}": (lambda end=end: SIGNED + end, LINE_END) for end in ENDS},
    "a line break after what it is checked with": (
        lambda: shapes.checkable(SIGNED, ROOT) + b"\n",
        ("VERIFIED", "verified_lta", ""),
    ),
    "a line break after a stamp": (lambda: archived(SIGNED, ROOT) + b"\n", ("VERIFIED", "verified_lta", "")),
    "more white space than a line break is": (
        lambda: SIGNED + b"\n" * (pdf_history.MOST_WHITE + 1),
        doubtful("tail"),
    ),
    "so much that readers miss the end": (lambda: SIGNED + b" " * 1100, ("CANNOT_TELL", "damaged", "")),
    "an end that tells of no table": (lambda: SIGNED + b"\n%%EOF\n", ("CANNOT_TELL", "damaged", "")),
    "a remark": (lambda: SIGNED + b"\n% more", ADDED),
    "a zero": (lambda: SIGNED + b"\0", ADDED),
    "an object": (lambda: SIGNED + b"\n4 0 obj\n" + stream(NOBODY) + b"\nendobj\n", ADDED),
    "an object, and the end again": (
        lambda: SIGNED + b"\n4 0 obj\n%s\nendobj\n" % stream(NOBODY) + SIGNED[SIGNED.rindex(b"startxref") :],
        ADDED,
    ),
    "a remark after what it is checked with": (lambda: shapes.checkable(SIGNED, ROOT) + b"\n% more", ADDED),
}


# --- Who certified late ---


def certified_late(change: Change = lambda writer: None) -> bytes:
    with mock.patch.object(signers.PdfSigner, "_enforce_certification_constraints"):
        return signed_pdfs.signed(
            signed_pdfs.updated(signed(rich()), change), SIGNER, ROOT, field="Second", certify=True
        )


LATE: Table = {
    "by another signer": (certified_late, doubtful("catalogue")),
    "by another signer who changed the page": (
        lambda: certified_late(signed_pdfs.text_changed),
        altered("content"),
    ),
    "by nobody": (
        lambda: signed_pdfs.updated(
            signed(rich()),
            lambda w: (
                w.root.update(
                    {pdf_name("/Perms"): additions.dictionary(UR3=generic.IndirectObject(7, 0, w))}
                ),
                w.update_root(),
            )[-1],
        ),
        altered("catalogue"),
    ),
}


@pytest.mark.parametrize(
    "table", [RESOURCES_CHANGED, TAGS, TAILS, LATE], ids=["resources", "tags", "tails", "late"]
)
def test_what_is_added_is_judged_by_what_it_can_do(table: Table) -> None:
    assert offenders(table) == {}


def test_every_rule_that_is_named_has_words() -> None:
    tables = (RESOURCES_CHANGED, TAGS, TAILS, LATE)
    assert {right[2] for table in tables for _make, right in table.values()} - {""} <= set(RULES)
