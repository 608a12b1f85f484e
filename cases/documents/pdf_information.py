"""What may become of title, author and the like of a signed PDF: nothing that readers show. In the child alone."""

import contextlib
from collections.abc import Iterable
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

from cases.documents.pdf_history import Version, entry

# Of the document's information, what whoever adds a time stamp writes: when, and with what.
OF_THE_WRITER = {"/ModDate", "/Producer"}
OF_THE_WRITER_IF_NEW = {"/CreationDate", "/Creator", "/Trapped"}
DC = "http://purl.org/dc/elements/1.1/"
TITLES = ("title", "creator", "description", "subject")  # as readers show them
PACKETS = {"{adobe:ns:meta/}xmpmeta", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"}


class Information(DocInfoRule):
    """Of the document's information nothing that readers show may change."""

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        before, after = (entry(each.trailer_view, "/Info") for each in (old, new))
        if isinstance(after, DictionaryObject):
            had = before if isinstance(before, DictionaryObject) else DictionaryObject()
            changed = {key for key in after if after[key] != entry(had, key)} - OF_THE_WRITER
            if changed - {key for key in OF_THE_WRITER_IF_NEW if key not in had}:
                raise SuspiciousModification("title, author or the like were changed")
        return super().apply(old, new)


class Metadata(MetadataUpdateRule):
    """Metadata that were left alone are not looked at, whatever they are; those written anew must say the same."""

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        if "/Metadata" not in new.root:
            return []
        ref = new.root.raw_get("/Metadata")
        same = "/Metadata" in old.root and old.root.raw_get("/Metadata") == ref
        if same and getattr(ref, "reference", None) not in new.explicit_refs_in_revision():
            return []
        known = _told_before(old)
        if any(words not in known for words in _titles(ref)):
            raise SuspiciousModification("title, author or the like were changed")
        self.check_xml_syntax = False  # it is done
        return super().apply(old, new)


def _told_before(old: Version) -> set[str]:
    """Title, author and the like as the signed document has them, in either place."""
    information = entry(old.trailer_view, "/Info")
    known = (
        {str(information[key]) for key in information} if isinstance(information, DictionaryObject) else set()
    )
    if "/Metadata" in old.root:
        with contextlib.suppress(SuspiciousModification):
            known |= _titles(old.root.raw_get("/Metadata"))
    return {" ".join(each.split()) for each in known}


def _titles(metadata: Any) -> set[str]:
    """What metadata say of title, author and the like. Raises SuspiciousModification if they are none."""
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
    told = (each for each in root.iter(*(f"{{{DC}}}{name}" for name in TITLES)))
    return {" ".join(words.split()) for each in told for words in each.itertext() if words.strip()}
