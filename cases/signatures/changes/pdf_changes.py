"""What was changed in a PDF after one of its signatures, and which rule refuses it. In the child process alone.

Every later revision is held against the signed one: pyHanko allows what a list of rules explains and nothing else. Here
its rules are named, those that took honest files for changed ones are told apart finer, and some that let through what
a reader shows are stricter. Rules note what they cannot show to be harmless though it may be honest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    ModificationLevel,
    ObjectStreamRule,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    StandardDiffPolicy,
    SuspiciousModification,
    WhitelistRule,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from cases.signatures.changes.pdf_form_changes import Form
from cases.signatures.changes.pdf_information import Information, Metadata
from cases.signatures.changes.pdf_notes import Notes, belong_to_notes
from cases.signatures.changes.pdf_page_changes import Updates
from cases.signatures.changes.pdf_refusals import NotComparable, Noted, Refused
from cases.signatures.changes.pdf_resources import Resources, brought
from cases.signatures.changes.pdf_tags import LANGUAGE, TREE, Tags
from cases.signatures.changes.pdf_validation_data import ValidationData, is_of_store
from cases.signatures.pdf.pdf_history import MOST_WHITE, WHITE, entry, raw_entry

NEEDED = {"/Root", "/Encrypt"}  # without which a trailer leads readers to another document, or to none
LOOKED_AT_ELSEWHERE = ROOT_EXEMPT_STRICT_COMPARISON | {TREE, LANGUAGE, "/Perms"}


@dataclass(frozen=True)
class Changes:
    """How far the revisions after a signature changed the document.

    `rule` refuses them if that is too far; `doubt` is one by which they may be honest, and need not be, with the `page`
    that it is about (the first is 1, none 0).
    """

    level: ModificationLevel
    rule: str = ""
    doubt: str = ""
    page: int = 0


def since(signature: EmbeddedPdfSignature, *, shown_after_certifying: bool = False) -> Changes:
    """What was changed in the file after a signature. Raises NotComparable."""
    reader: Any = signature.reader
    first, revisions = signature.signed_revision + 1, reader.xrefs.total_revisions
    if not reader.strict:
        raise NotComparable("structure")
    if any(reader.xrefs.is_hybrid(number) for number in range(first, revisions)):
        raise NotComparable("two_tables")
    permitted = signature.docmdp_level
    policy = Policy(permitted, shown_after_certifying=shown_after_certifying)
    result = policy.review_file(
        reader, signature.signed_revision, field_mdp_spec=signature.fieldmdp, doc_mdp=permitted
    )
    if not isinstance(result, DiffResult):
        return Changes(ModificationLevel.OTHER, result.rule if isinstance(result, Refused) else "content")
    tail = reader.tail
    if tail.strip(WHITE):
        return Changes(ModificationLevel.OTHER, "tail")
    doubts = [*policy.noted.doubts, *([("tail", 0)] if len(tail) > MOST_WHITE else [])]
    doubt, page = doubts[0] if doubts else ("", 0)
    return Changes(result.modification_level, doubt=doubt, page=page)


class Policy(StandardDiffPolicy):
    """What may be added after a signature; `shown_after_certifying`: further signatures that a page shows too."""

    def __init__(self, permitted: MDPPerm | None = None, *, shown_after_certifying: bool = False) -> None:
        lta = ModificationLevel.LTA_UPDATES
        self.noted = Noted()
        form: Any = Named("form", Form(self.noted, permitted, shown_after_certifying=shown_after_certifying))
        super().__init__(
            [
                Named("removed", Freed(self.noted, permitted)),
                Named("catalogue", CatalogModificationRule(LOOKED_AT_ELSEWHERE)),
                Named("catalogue", Permissions(self.noted).as_qualified(lta)),
                Named("tags", Tags(self.noted, permitted)),
                Named("notes", Notes(self.noted, permitted)),
                Named("resources", Resources(self.noted, permitted)),
                Named("information", Information(self.noted).as_qualified(lta)),
                Named("structure", Tables().as_qualified(lta)),
                Named("structure", ObjectStreamRule().as_qualified(lta)),
                Named("validation_data", ValidationData(self.noted).as_qualified(lta)),
                Named("information", Metadata(self.noted).as_qualified(lta)),
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
        if {explicit_ref.idnum for explicit_ref in new.explicit_refs_in_revision()} & old.promised:
            raise Refused("undefined")
        if len({repr(revision.trailer_view.get("/Encrypt")) for revision in (old, new)}) > 1:
            raise Refused("catalogue")
        if NEEDED & set(old.own_trailer) - set(new.own_trailer):
            raise Refused("catalogue")
        try:
            result = super().apply(old, new, field_mdp_spec, doc_mdp)
        except (Refused, NotComparable, MemoryError, PdfDecodeLimitError):
            raise
        except SuspiciousModification as problem:
            locked = str(problem).startswith("Update of")
            raise Refused("form" if locked else "content") from problem
        except Exception as problem:  # whatever the library stumbles over in a file is its reason
            raise NotComparable("structure") from problem
        return replace(result, modification_level=max(result.modification_level, self.noted.least))


class Named(QualifiedWhitelistRule):
    """A rule whose name the exception gives when it refuses, or cannot be applied to the file."""

    def __init__(self, name: str, rule: Any) -> None:
        self.name, self.rule = name, rule

    def apply_qualified(self, old: Any, new: Any) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        yield from self._told(self.rule.apply_qualified, old, new)

    def apply(self, old: Any, new: Any) -> Updates:
        yield from self._told(self.rule.apply, old, new)

    def _told(self, rule: Any, old: Any, new: Any) -> Any:
        try:
            yield from rule(old, new)
        except (Refused, MemoryError, PdfDecodeLimitError):
            raise
        except SuspiciousModification as problem:
            raise Refused(self.name) from problem
        except Exception as problem:  # whatever the library stumbles over in a file is its reason
            raise NotComparable(self.name) from problem


class Permissions(WhitelistRule):
    """Who signs later may certify: the standard lets only the first signer, and it changes nothing that is shown."""

    def __init__(self, noted: Noted) -> None:
        self.noted = noted

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        before, after = raw_entry(old.root, "/Perms"), raw_entry(new.root, "/Perms")
        if before == after:
            return []
        signature = raw_entry(after.get_object(), "/DocMDP") if before is None and after is not None else None
        if (
            not isinstance(signature, IndirectObject)
            or set(after.get_object()) != {"/DocMDP"}
            or not old.is_ref_unassignable(signature.reference)
        ):
            raise SuspiciousModification("what was permitted is another")
        self.noted.doubt("catalogue")
        return map(ReferenceUpdate, brought(after, old, new))


class Freed(QualifiedWhitelistRule):
    """Object numbers may be freed that were free or held validation data; or notes, if permitted."""

    def __init__(self, noted: Noted, permitted: MDPPerm | None) -> None:
        self.noted, self.permitted = noted, permitted

    def apply_qualified(self, old: Any, new: Any) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        xrefs = new.reader.xrefs
        written = new.explicit_refs_in_revision()
        freed = {
            reference for reference in written if xrefs.get_historical_ref(reference, new.revision) is None
        }
        present = old.present
        gone = {
            reference for reference in freed if reference.idnum in present and not is_of_store(reference, old)
        }
        if gone:
            if self.permitted != MDPPerm.ANNOTATE or not belong_to_notes(gone, old):
                raise SuspiciousModification("an object was taken out")
            self.noted.reach(ModificationLevel.ANNOTATIONS)
        for reference in freed:
            yield ModificationLevel.LTA_UPDATES, ReferenceUpdate(reference)


class Tables(XrefStreamRule):
    """Cross-reference streams may be added; some programs reuse the number of an unreferenced earlier one."""

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        yield from super().apply(old, new)
        table = new.reader.xrefs.get_xref_container_info(new.revision).stream_ref
        if table is None or table.idnum not in old.present or old.refer_to(table):
            return
        if entry(old(table), "/Type") == "/XRef":
            yield ReferenceUpdate(table)
