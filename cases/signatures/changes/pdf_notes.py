"""Notes on the pages of a signed PDF that were added, changed or taken out. In the child process alone.

A note is whatever is laid on a page but what shows a field: comments, stamps, shapes, links. Nobody can tell who wrote
them, and they may hide what a page says: where the signer permitted notes they are never more than that, and elsewhere
they are a change.
"""

from collections.abc import Iterable
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, NullObject, Reference, StreamObject
from pyhanko.sign.diff_analysis import (
    ModificationLevel,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    SuspiciousModification,
)
from pyhanko.sign.fields import MDPPerm

from cases.signatures.changes.pdf_refusals import Noted, Refused
from cases.signatures.changes.pdf_resources import brought
from cases.signatures.pdf.pdf_history import Keys, Version, entry

# What leads somewhere when it is pressed; the rest does something.
LEADS = {"/URI", "/GoTo", "/GoToR", "/GoToE", "/Named"}
# By which keys something may refer to a note: a page, another note, a tag.
TO_NOTES = {"/Annots", "/Popup", "/Parent", "/IRT", "/Obj"}


def is_note(value: Any) -> bool:
    """Is a value an annotation laid on a page that shows no field?"""
    return (
        isinstance(value, DictionaryObject)
        and not isinstance(value, StreamObject)
        and "/Rect" in value
        and entry(value, "/Subtype", "/Widget") != "/Widget"
        and entry(value, "/FT") is None
    )


def require_permitted(note: Any, permitted: MDPPerm | None, before: Any = None) -> None:
    """Raise Refused unless a note is permitted, in the place of `before` if it was there already."""
    if entry(note, "/FT") is not None or entry(note, "/Subtype") == "/Widget":
        raise SuspiciousModification("a field was put on the page that nobody signed")
    if permitted != MDPPerm.ANNOTATE or not is_note(note) or _acts(note, before):
        raise Refused("notes")


def _acts(note: Any, before: Any) -> bool:
    """Does a note do something that it did not do before, beyond leading somewhere?"""
    own, leads = (
        entry(note, "/A"),
        entry(entry(note, "/A"), "/S") in LEADS and "/Next" not in entry(note, "/A"),
    )
    changed = own is not None and own != entry(before, "/A")
    return (changed and not leads) or entry(note, "/AA") != entry(before, "/AA")


def belong_to_notes(refs: set[Reference], old: Version) -> bool:
    """Was each of these a note, or an object that notes alone used?"""
    return all(_belongs(ref.idnum, old, set()) for ref in refs)


def _belongs(number: int, old: Version, seen: set[int]) -> bool:
    if number in seen:
        return True
    seen.add(number)
    ref = Reference(number, 0, old)
    uses = old.uses(ref)
    if is_note(old(ref)):
        return all(_leads_to_note(keys) for _holder, keys in uses)
    return bool(uses) and all(holder and _belongs(holder, old, seen) for holder, _keys in uses)


def _leads_to_note(keys: Keys) -> bool:
    named = [key for key in keys if key != "[]"]
    return not named or named[-1] in TO_NOTES


class Notes(QualifiedWhitelistRule):
    """The rule for notes that were written anew in their place, and what they are shown by."""

    def __init__(self, noted: Noted, permitted: MDPPerm | None) -> None:
        self.noted, self.permitted = noted, permitted

    def apply_qualified(self, old: Any, new: Any) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        if self.permitted != MDPPerm.ANNOTATE:
            return
        level = ModificationLevel.ANNOTATIONS
        for ref in new.explicit_refs_in_revision():
            if old.is_ref_unassignable(ref) or not belong_to_notes({ref}, old):
                continue
            before, after = old(ref), new(ref)
            if before == after or isinstance(after, NullObject):
                continue
            if is_note(before):
                require_permitted(after, self.permitted, before)
            self.noted.reach(level)
            yield level, ReferenceUpdate(ref)
            for reference in brought(after, old, new):
                yield level, ReferenceUpdate(reference)


def require_may_go(gone: list[Any], old: Version, permitted: MDPPerm | None) -> None:
    """Raise Refused unless notes were permitted, and all that is gone were notes."""
    values = [old(value.reference) if isinstance(value, IndirectObject) else value for value in gone]
    if permitted != MDPPerm.ANNOTATE or not all(map(is_note, values)):
        raise Refused("notes")
