"""Tags by which a signed PDF is read aloud, added to or changed as programs and deceivers do."""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.signatures.pdfs import shapes
from tests.signatures.pdfs.additions import dictionary, page_of, widget_of
from tests.signatures.pdfs.shapes import OBJECTS, Change, rich, stream

TAGGED_TEXT = b"/P << /MCID 0 >> BDC " + shapes.PAGE + b" EMC"


def tagged() -> bytes:
    """A page that is read aloud by tags."""
    return rich(
        o1=b"<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 10 0 R >>",
        o3=OBJECTS[3].replace(b"/Annots", b"/StructParents 0 /Annots"),
        o4=stream(TAGGED_TEXT),
        o10=b"<< /Type /StructTreeRoot /K [11 0 R] /ParentTree 12 0 R /ParentTreeNextKey 1 >>",
        o11=b"<< /Type /StructElem /S /Document /P 10 0 R /K [13 0 R] >>",
        o12=b"<< /Nums [0 [13 0 R]] >>",
        o13=b"<< /Type /StructElem /S /P /P 11 0 R /Pg 3 0 R /K 0 /ActualText (Fjellheim) >>",
    )


def element(writer: IncrementalPdfFileWriter, parent: Any, **more: Any) -> Any:
    """A tag that tells of the second signer's field, and whatever else."""
    about = dictionary(Type=pdf_name("/OBJR"), Obj=widget_of(writer))
    words = {"Type": pdf_name("/StructElem"), "S": pdf_name("/Form"), "P": parent, "K": about}
    return writer.add_object(dictionary(**(words | more)))


def tree_added(**more: Any) -> Change:
    """Tags where there were none, about the field and whatever else."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        root = dictionary(Type=pdf_name("/StructTreeRoot"))
        reference = writer.add_object(root)
        tag = element(writer, reference, **more)
        root[pdf_name("/K")] = generic.ArrayObject([tag])
        root[pdf_name("/ParentTree")] = writer.add_object(
            dictionary(Nums=generic.ArrayObject([generic.NumberObject(0), tag]))
        )
        writer.root[pdf_name("/StructTreeRoot")] = reference
        writer.root[pdf_name("/MarkInfo")] = dictionary(Marked=generic.BooleanObject(True))
        widget_of(writer).get_object()[pdf_name("/StructParent")] = generic.NumberObject(0)
        page_of(writer)[pdf_name("/Tabs")] = pdf_name("/S")
        writer.update_container(page_of(writer))
        writer.update_root()

    return change


def tree_grown(**more: Any) -> Change:
    """The tags that are there with one more, about the field and whatever else."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        root = writer.root["/StructTreeRoot"]
        top = root["/K"][0]
        tag = element(writer, root["/K"].raw_get(0), **more)
        top["/K"].append(tag)
        root["/ParentTree"]["/Nums"] += [generic.NumberObject(1), tag]
        root[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(2)
        for item in (top, root["/ParentTree"], root):
            writer.update_container(item)

    return change


def names(**words: Any) -> Change:
    """What kinds of tags of its own the document has."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/StructTreeRoot"][pdf_name("/RoleMap")] = dictionary(**words)

    return change


def tag_says(**words: Any) -> Change:
    """What a tag that was signed says is another thing."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        tag = writer.root["/StructTreeRoot"]["/K"][0]["/K"][0]
        tag.update({pdf_name(f"/{key}"): value for key, value in words.items()})
        writer.update_container(tag)

    return change


def empty_tag_added(writer: IncrementalPdfFileWriter) -> None:
    root = writer.root["/StructTreeRoot"]
    words = {"S": pdf_name("/P"), "P": writer.root.raw_get("/StructTreeRoot")}
    root["/K"].append(writer.add_object(dictionary(**words)))
    writer.update_container(root)


def tag_moved(writer: IncrementalPdfFileWriter) -> None:
    """What belongs to the text of the page is another tag."""
    root = writer.root["/StructTreeRoot"]
    tag = element(writer, root["/K"].raw_get(0), ActualText=generic.pdf_string("Nobody"))
    root["/ParentTree"]["/Nums"][1] = generic.ArrayObject([tag])
    writer.update_container(root["/ParentTree"])


def list_parted(limits: tuple[int, int] = (0, 0), *, first: int = 13) -> Change:
    """The list that leads to tags stands in two parts, as programs write longer ones; the first says what it holds."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        tree_grown()(writer)
        whole = writer.root["/StructTreeRoot"]["/ParentTree"]
        rows = whole.pop("/Nums")
        old = generic.ArrayObject([generic.IndirectObject(first, 0, writer)])
        parts = ((limits, [rows[0], old]), ((1, 1), [rows[2], list.__getitem__(rows, 3)]))
        whole[pdf_name("/Kids")] = generic.ArrayObject(
            writer.add_object(
                dictionary(
                    Nums=generic.ArrayObject(held),
                    Limits=generic.ArrayObject(map(generic.NumberObject, ends)),
                )
            )
            for ends, held in parts
        )

    return change


def part_filled_up(writer: IncrementalPdfFileWriter) -> None:
    """A row of one part of a list stands in another now."""
    parts = writer.root["/StructTreeRoot"]["/ParentTree"]["/Kids"]
    parts[1]["/Nums"][0:0] = [parts[0]["/Nums"].pop() for _ in range(2)][::-1]
    for part in (parts[0], parts[1]):
        part[pdf_name("/Limits")] = generic.ArrayObject([part["/Nums"][0], part["/Nums"][-2]])
        writer.update_container(part)


def tagged_in_parts(labels: bytes = b"") -> bytes:
    """Its list of tags has two parts; `labels`: further entries of the catalogue."""
    return rich(
        o1=b"<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 10 0 R %s >>" % labels,
        o3=OBJECTS[3].replace(b"/Annots", b"/StructParents 0 /Annots"),
        o4=stream(TAGGED_TEXT),
        o10=b"<< /Type /StructTreeRoot /K [13 0 R] /ParentTree 12 0 R /ParentTreeNextKey 3 >>",
        o11=b"<< /Nums [0 [13 0 R] 1 13 0 R] /Limits [0 1] >>",
        o12=b"<< /Kids [11 0 R 14 0 R] >>",
        o13=b"<< /Type /StructElem /S /P /P 10 0 R /Pg 3 0 R /K 0 /ActualText (Fjellheim) >>",
        o14=b"<< /Nums [2 13 0 R] /Limits [2 2] >>",
    )


def language(word: str) -> Change:
    """In which language it is to be read aloud."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name("/Lang")] = generic.pdf_string(word)
        writer.update_root()

    return change


def tagged_note() -> bytes:
    """A page whose note is read aloud by a tag of its own."""
    return rich(
        o1=b"<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 10 0 R >>",
        o3=OBJECTS[3].replace(b"/Annots", b"/StructParents 0 /Annots"),
        o4=stream(TAGGED_TEXT),
        o6=OBJECTS[6].replace(b"/Type", b"/StructParent 1 /Type"),
        o10=b"<< /Type /StructTreeRoot /K [11 0 R 13 0 R] /ParentTree 12 0 R /ParentTreeNextKey 2 >>",
        o11=b"<< /Type /StructElem /S /Annot /P 10 0 R /Pg 3 0 R /K << /Type /OBJR /Obj 6 0 R >> >>",
        o12=b"<< /Nums [0 [13 0 R] 1 11 0 R] >>",
        o13=b"<< /Type /StructElem /S /P /P 10 0 R /Pg 3 0 R /K 0 >>",
    )


def note_and_tag_taken_out(writer: IncrementalPdfFileWriter, place: int = 0) -> None:
    """A note with its tag; another tag, by its place."""
    page, root = page_of(writer), writer.root["/StructTreeRoot"]
    del page["/Annots"][0]
    del root["/K"][place]
    del root["/ParentTree"]["/Nums"][slice(2, 4) if place == 0 else slice(0, 2)]
    for item in (page, root, root["/ParentTree"]):
        writer.update_container(item)
