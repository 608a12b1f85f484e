"""What was changed in a PDF after one of its signatures, and which rule refuses it. In the child process alone.

Every later revision is held against the signed one: pyHanko allows what a list of rules explains and nothing else. Here
its rules are named, those that took honest files for changed ones are told apart finer, and some that let through what
a reader shows are stricter.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    StandardDiffPolicy,
    SuspiciousModification,
    WhitelistRule,
    XrefStreamRule,
)
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from cases.documents.pdf_form_changes import Form, Updates
from cases.documents.pdf_history import Version, entry

# Of the document's information, what whoever adds a time stamp writes: when, and with what.
OF_THE_WRITER = {"/ModDate", "/Producer"}
OF_THE_WRITER_IF_NEW = {"/CreationDate", "/Creator", "/Trapped"}
DC = "http://purl.org/dc/elements/1.1/"
TITLES = ("title", "creator", "description", "subject")  # as readers show them
STORE_LISTS, VRI_LISTS = {"/Certs", "/CRLs", "/OCSPs"}, {"/Cert", "/CRL", "/OCSP"}
PACKETS = {"{adobe:ns:meta/}xmpmeta", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"}


class Refused(SuspiciousModification):
    """A rule refuses what was changed."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class NotComparable(Exception):
    """A rule cannot be held against it: the file is written in a way that the library does not take."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass(frozen=True)
class Changes:
    """How far later revisions went; `rule` refuses them if that is too far."""

    level: ModificationLevel
    rule: str = ""


def since(signature: EmbeddedPdfSignature, *, shown_after_certifying: bool = False) -> Changes:
    """What was changed after it. Raises NotComparable."""
    reader: Any = signature.reader
    first, revisions = signature.signed_revision + 1, reader.xrefs.total_revisions
    if not reader.strict:
        raise NotComparable("structure")
    if any(reader.xrefs.is_hybrid(each) for each in range(first, revisions)):
        raise NotComparable("two_tables")
    policy = Policy(shown_after_certifying=shown_after_certifying)
    permitted = signature.docmdp_level
    result = policy.review_file(
        reader, signature.signed_revision, field_mdp_spec=signature.fieldmdp, doc_mdp=permitted
    )
    if isinstance(result, DiffResult):
        return Changes(result.modification_level)
    return Changes(ModificationLevel.OTHER, result.rule if isinstance(result, Refused) else "content")


class Policy(StandardDiffPolicy):
    """What may be added after a signature; `shown_after_certifying`: further signatures that a page shows too."""

    def __init__(self, *, shown_after_certifying: bool = False) -> None:
        lta = ModificationLevel.LTA_UPDATES
        form: Any = Named("form", Form(shown_after_certifying=shown_after_certifying))
        super().__init__(
            [
                Named("removed", Freed().as_qualified(lta)),
                Named("catalogue", CatalogModificationRule()),
                Named("information", Information().as_qualified(lta)),
                Named("structure", Tables().as_qualified(lta)),
                Named("structure", ObjectStreamRule().as_qualified(lta)),
                Named("validation_data", ValidationData().as_qualified(lta)),
                Named("information", Metadata().as_qualified(lta)),
            ],
            form,
            reject_object_freeing=False,  # Freed looks whether there was anything
        )

    def apply(
        self,
        old: Any,
        new: Any,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult:
        if {each.idnum for each in new.explicit_refs_in_revision()} & old.promised:
            raise Refused("undefined")
        if len({repr(each.trailer_view.get("/Encrypt")) for each in (old, new)}) > 1:
            raise Refused("catalogue")
        try:
            return super().apply(old, new, field_mdp_spec, doc_mdp)
        except (Refused, NotComparable, MemoryError, PdfDecodeLimitError):
            raise
        except SuspiciousModification as problem:
            locked = str(problem).startswith("Update of")
            raise Refused("form" if locked else "content") from problem
        except Exception as problem:
            raise NotComparable("structure") from problem


class Named(QualifiedWhitelistRule):
    """A rule that says its name when it refuses, or cannot be held against the file."""

    def __init__(self, name: str, rule: Any) -> None:
        self.name, self.rule = name, rule

    def apply_qualified(self, old: Any, new: Any) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        yield from self._told(self.rule.apply_qualified, old, new)

    def apply(self, old: Any, new: Any) -> Updates:
        yield from self._told(self.rule.apply, old, new)

    def _told(self, rule: Any, old: Any, new: Any) -> Any:
        try:
            yield from rule(old, new)
        except SuspiciousModification as problem:
            raise Refused(self.name) from problem
        except (MemoryError, PdfDecodeLimitError):
            raise
        except Exception as problem:
            raise NotComparable(self.name) from problem


class Freed(WhitelistRule):
    """Numbers may be called free that were free; nothing that was there may be taken out."""

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        xrefs = new.reader.xrefs
        written = new.explicit_refs_in_revision()
        freed = [each for each in written if xrefs.get_historical_ref(each, new.revision) is None]
        if freed and {each.idnum for each in freed} & old.present:
            raise SuspiciousModification("an object was taken out")
        return map(ReferenceUpdate, freed)


class Tables(XrefStreamRule):
    """Tables of objects may be added; some programs give each the number of the one before, to which nothing refers."""

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        yield from super().apply(old, new)
        table = new.reader.xrefs.get_xref_container_info(new.revision).stream_ref
        if table is None or table.idnum not in old.present or old.refer_to(table):
            return
        if entry(old(table), "/Type") == "/XRef":
            yield ReferenceUpdate(table)


class ValidationData(WhitelistRule):
    """What signatures are checked with may be added, kept anew and thrown away: nothing of it is shown to a reader.

    It must have its form, and nothing else of the signed document may use what is written over.
    """

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        if "/DSS" not in new.root:
            if "/DSS" in old.root:
                raise SuspiciousModification("all of it was taken out")
            return
        store = new.root.raw_get("/DSS")
        _require_form(store.get_object())
        written = new.explicit_refs_in_revision()
        for ref in new.collect_dependencies(store) & written:
            if old.is_ref_unassignable(ref) or _is_of_store(ref, old):
                yield ReferenceUpdate(ref)


def _is_of_store(ref: Any, old: Any) -> bool:
    """Did the store alone use it?"""
    uses = [path.path[:2] for path in old._get_usages_of_ref(ref)]
    if not uses or any(each != ("/Root", "/DSS") for each in uses):
        return False
    store = {each.idnum for each in old.collect_dependencies(old.root.raw_get("/DSS"))}
    return bool(old.refer_to(ref) <= store | {old.root_ref.idnum})


def _require_form(store: Any) -> None:
    """Raise SuspiciousModification unless it holds certificates and the like, and nothing else."""
    _require_streams(store, STORE_LISTS, {"/Type", "/VRI"})
    of_signatures = entry(store, "/VRI", DictionaryObject())
    for name in set(of_signatures) - {"/Type"}:
        _require_streams(of_signatures[name], VRI_LISTS, {"/Type", "/TU", "/TS"})


def _require_streams(held: Any, lists: set[str], more: set[str]) -> None:
    if not isinstance(held, DictionaryObject) or isinstance(held, StreamObject) or set(held) - lists - more:
        raise SuspiciousModification("something else is in the store")
    for name in lists & set(held):
        found = held[name]
        if not isinstance(found, ArrayObject) or not all(
            isinstance(each.get_object(), StreamObject) for each in found.iterate()
        ):
            raise SuspiciousModification("something else is in a list of the store")


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
