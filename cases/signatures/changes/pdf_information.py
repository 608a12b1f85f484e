"""Allowed changes to title, author and the like of a signed PDF: none that readers show. In the child alone."""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.sign.diff_analysis import (
    DocInfoRule,
    MetadataUpdateRule,
    ReferenceUpdate,
    SuspiciousModification,
)

from cases.signatures.changes.pdf_refusals import Noted
from cases.signatures.pdf.pdf_history import Version, entry

# Of the document's information, what whoever adds a time stamp writes: when, and with what.
OF_THE_WRITER = {"/ModDate", "/Producer"}
OF_THE_WRITER_IF_NEW = {"/CreationDate", "/Creator", "/Trapped"}
# The same of metadata.
XMP, XMP_MM, PDF = (
    "{http://ns.adobe.com/xap/1.0/}",
    "{http://ns.adobe.com/xap/1.0/mm/}",
    "{http://ns.adobe.com/pdf/1.3/}",
)
DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML = "{http://www.w3.org/XML/1998/namespace}"
METADATA_OF_THE_WRITER = {f"{XMP}ModifyDate", f"{XMP}MetadataDate", f"{PDF}Producer"}
METADATA_OF_THE_WRITER_IF_NEW = {f"{XMP}CreateDate", f"{XMP}CreatorTool", f"{PDF}Trapped", f"{DC}format"}
# As readers show them, with what they are called in the document's information.
TITLES = {
    f"{DC}title": "/Title",
    f"{DC}creator": "/Author",
    f"{DC}description": "/Subject",
    f"{DC}subject": "/Keywords",
    f"{PDF}Keywords": "/Keywords",
}
PACKETS = {"{adobe:ns:meta/}xmpmeta", f"{RDF}RDF"}
NamedValues = dict[str, list[str]]


class Information(DocInfoRule):
    """Of the document's information nothing that readers show may change."""

    def __init__(self, noted: Noted) -> None:
        super().__init__()
        self.noted = noted

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        before, after = _information(old), _information(new)
        if _differs(before, after):
            raise SuspiciousModification("title, author or the like were changed")
        if "/Info" not in new.own_trailer and _differs(before, DictionaryObject()):
            # Readers that look at the last trailer alone find none there, others what it was.
            self.noted.doubt("information")
        return super().apply(old, new) if entry(new.trailer_view, "/Info") is not None else []


class Metadata(MetadataUpdateRule):
    """Metadata that were left alone are not looked at, whatever they are; those written anew must say the same."""

    def __init__(self, noted: Noted) -> None:
        super().__init__(check_xml_syntax=False)  # it is done
        self.noted = noted

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        if "/Metadata" not in new.root:
            if entry(old.root, "/Metadata") is not None:
                raise SuspiciousModification("metadata were taken out")
            return []
        ref = new.root.raw_get("/Metadata")
        same = "/Metadata" in old.root and old.root.raw_get("/Metadata") == ref
        if same and getattr(ref, "reference", None) not in new.explicit_refs_in_revision():
            return []
        before, after = _told_before(old), _told(ref)
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        if any(
            name in before or not _is_as_in(_information(old), name, after[name])
            for name in changed & set(TITLES)
        ):
            raise SuspiciousModification("title, author or the like were changed")
        if any(not _is_of_the_writer(name, is_new=name not in before) for name in changed - set(TITLES)):
            self.noted.doubt("information")
        return super().apply(old, new)


def _differs(before: DictionaryObject, after: DictionaryObject) -> bool:
    """Do other entries differ than those that whoever adds a time stamp writes?"""
    changed = {key for key in {*before, *after} if entry(before, key) != entry(after, key)}
    new_keys = {key for key in after if entry(before, key) is None}
    return bool(changed - OF_THE_WRITER - (OF_THE_WRITER_IF_NEW & new_keys))


def _information(version: Version) -> DictionaryObject:
    found = entry(version.trailer_view, "/Info")
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _told_before(old: Version) -> NamedValues:
    """What the metadata of the signed document say; nothing if they are none."""
    with contextlib.suppress(SuspiciousModification, KeyError):
        return _told(old.root.raw_get("/Metadata"))
    return {}


def _is_as_in(information: DictionaryObject, name: str, words: list[str]) -> bool:
    """Are the words of a new entry of the metadata those of the document's information?"""
    return words == [" ".join(str(entry(information, TITLES[name], "")).split())]


def _is_of_the_writer(name: str, *, is_new: bool) -> bool:
    return (
        name in METADATA_OF_THE_WRITER
        or name.startswith(XMP_MM)
        or (is_new and name in METADATA_OF_THE_WRITER_IF_NEW)
    )


def _told(metadata: Any) -> NamedValues:
    """What metadata say, by the names of their entries. Raises SuspiciousModification if they are none."""
    metadata = metadata.get_object()
    if not isinstance(metadata, StreamObject):
        raise SuspiciousModification("metadata are no stream")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(metadata.read_data(DecodePurpose.XMP_METADATA).strip(b"\0 \r\n\t"), parser)
    except etree.XMLSyntaxError as problem:
        raise SuspiciousModification("metadata are no XML") from problem
    if root.tag not in PACKETS or any(True for _ in root.iter(etree.Entity)):
        raise SuspiciousModification("metadata are no XMP")
    values: NamedValues = {}
    for name, words in _entries(root):
        values.setdefault(name, []).extend(word for word in words if word)
    return {name: words for name, words in values.items() if words}


def _entries(element: Any) -> Iterator[tuple[str, list[str]]]:
    """Every entry of every description with its words, also those written as attributes."""
    for child in element.iterchildren(etree.Element):
        if child.tag in {f"{RDF}RDF", f"{RDF}Description"}:
            yield from ((name, [_plain(value)]) for name, value in _attributes(child))
            yield from _entries(child)
        else:
            yield str(child.tag), list(_words(child))


def _words(element: Any) -> Iterator[str]:
    for node in element.iter(etree.Element):
        yield from (_plain(value) for _name, value in _attributes(node))
        yield _plain(node.text or "")
        yield from (_plain(child.tail or "") for child in node)


def _attributes(element: Any) -> list[tuple[str, str]]:
    return [(name, value) for name, value in element.attrib.items() if not name.startswith((RDF, XML))]


def _plain(text: str) -> str:
    return " ".join(text.split())
