"""Resources that were added to a page for what a later signer shows on it. In the child process alone.

A page is drawn with the fonts and images of its resources, by their names. Names may be added that nothing of the
signed document uses; whatever it had must be as it was.
"""

import re
from collections.abc import Iterable
from typing import Any

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, Reference, StreamObject
from pyhanko.sign.diff_analysis import (
    ModificationLevel,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    SuspiciousModification,
)
from pyhanko.sign.fields import MDPPerm

from cases.signatures.changes.pdf_refusals import Noted
from cases.signatures.pdf.pdf_history import Keys, Version, entry

KINDS = {"/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Properties", "/Shading", "/XObject"}
NEVER_DRAWN_BY = {"/ProcSet"}  # obsolete: names what a printer needs
HOLDERS = {"/Resources", "/DR"}  # of pages and what they draw, and of the form
USED_UNNAMED = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
OF_IMAGES_ALONE = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
NAME = re.compile(rb"/([^\s\0()<>\[\]{}/%]+)")
PLAIN_NAME = re.compile(r"/[A-Za-z0-9_.+-]+")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
DEEPEST = 50


class Resources(QualifiedWhitelistRule):
    """The rule for lists of resources that were written anew in their place, whichever pages use them."""

    def __init__(self, noted: Noted, permitted: MDPPerm | None) -> None:
        self.noted, self.permitted = noted, permitted

    def apply_qualified(self, old: Any, new: Any) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        for ref in new.explicit_refs_in_revision():
            if old.is_ref_unassignable(ref) or old(ref) == new(ref):
                continue
            if _are_resources(old, ref):
                names = added_names(old(ref), new(ref))
            elif _is_a_kind(old, ref):
                names = _added(old(ref), new(ref))
            else:
                continue
            require_unused(names, old, self.noted, self.permitted)
            yield ModificationLevel.LTA_UPDATES, ReferenceUpdate(ref)
            for reference in brought(new(ref), old, new):
                yield ModificationLevel.LTA_UPDATES, ReferenceUpdate(reference)


def added_names(before: Any, after: Any) -> set[str]:
    """Names that were added to resources. Raises SuspiciousModification if anything else of them changed."""
    before = DictionaryObject() if before is None else before
    _require_plain(before, after)
    names: set[str] = set()
    for key in {*before, *after} - NEVER_DRAWN_BY:
        if key in KINDS:
            empty = DictionaryObject()
            names |= _added(entry(before, key, empty), entry(after, key, empty))
        elif not (key in before and key in after and same(before.raw_get(key), after.raw_get(key))):
            raise SuspiciousModification("resources of another kind")
    return names


def require_unused(names: set[str], old: Version, noted: Noted, permitted: MDPPerm | None) -> None:
    """Note a doubt if the signed document may draw with what was added. Raises SuspiciousModification if forbidden."""
    if names and permitted == MDPPerm.NO_CHANGES:
        raise SuspiciousModification("resources were added to what may not be changed")
    # Readers do not agree how other letters of names are read.
    clear = all(PLAIN_NAME.fullmatch(name) and name not in USED_UNNAMED for name in names)
    if names and (not clear or names & _drawn_with(old)):
        noted.doubt("resources")


def inherited(page: Any) -> Any:
    """The resources of a page, be they those of a list of pages that it is in."""
    for _ in range(DEEPEST):
        if not isinstance(page, DictionaryObject) or "/Resources" in page:
            break
        page = entry(page, "/Parent")
    return entry(page, "/Resources")


def brought(value: Any, old: Version, new: Version) -> list[Reference]:
    """New objects that something refers to."""
    since = new.collect_dependencies(value, since_revision=old.revision + 1)
    return [reference for reference in since if old.is_ref_unassignable(reference)]


def names_in(steps: bytes) -> set[str]:
    """Every name in drawing operators, its escapes decoded."""
    return {
        "/" + ESCAPED.sub(lambda code: bytes.fromhex(code[1].decode()), match[1]).decode("latin-1")
        for match in NAME.finditer(steps)
    }


def same(before: Any, after: Any) -> bool:
    """Are both the same reference or value, or do they lead to the same value?"""
    if before == after:
        return True
    values = [keys.get_object() if isinstance(keys, IndirectObject) else keys for keys in (before, after)]
    return not any(isinstance(value, StreamObject) for value in values) and bool(values[0] == values[1])


def _added(before: Any, after: Any) -> set[str]:
    _require_plain(before, after)
    if any(name not in after or not same(before.raw_get(name), after.raw_get(name)) for name in before):
        raise SuspiciousModification("what pages are drawn with was changed")
    return set(after) - set(before)


def _require_plain(*values: Any) -> None:
    if any(isinstance(value, StreamObject) or not isinstance(value, DictionaryObject) for value in values):
        raise SuspiciousModification("resources that are none")


def _are_resources(old: Version, ref: Reference) -> bool:
    ends = {keys[-1] for _holder, keys in old.uses(ref)}
    return "/Resources" in ends and ends <= HOLDERS


def _is_a_kind(old: Version, ref: Reference) -> bool:
    """Is an object the list of fonts, images or the like of resources of pages, perhaps of the form too?"""
    uses = old.uses(ref)
    if not uses or any(keys[-1] not in KINDS for _holder, keys in uses):
        return False
    holders = [_holders(old, holder, keys) for holder, keys in uses]
    return all(value and value <= HOLDERS for value in holders) and any(
        "/Resources" in value for value in holders
    )


def _holders(old: Version, holder: int, keys: Keys) -> set[str]:
    """The keys under which the resources that hold a list of fonts or the like are referred to."""
    if len(keys) > 1:
        return {keys[-2]}
    return {value[-1] for _holder, value in old.uses(Reference(holder, 0))}


def _drawn_with(old: Version) -> set[str]:
    """Every name in whatever the signed document may draw with, a page as well as a letter of a font."""
    if not hasattr(old, "_names_drawn"):
        old._names_drawn = {  # type: ignore[attr-defined]
            name
            for _number, value in old.objects()
            if isinstance(value, StreamObject) and not _is_image(value)
            for name in names_in(value.read_data(DecodePurpose.GENERIC))
        }
    found: set[str] = old._names_drawn  # type: ignore[attr-defined]
    return found


def _is_image(value: StreamObject) -> bool:
    """Is it packed in a way that only images are?"""
    packed = entry(value, "/Filter", ())
    return bool(OF_IMAGES_ALONE & {str(text) for text in ([packed] if isinstance(packed, str) else packed)})
