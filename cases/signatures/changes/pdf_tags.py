"""Tags by which a document is read aloud (its structure tree), where a later signer added some. In the child alone.

No page shows them. They may grow by what tells of fields and notes that were added; by anything else the document could
be read aloud otherwise than it is shown.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    Reference,
    StreamObject,
)
from pyhanko.sign.diff_analysis import (
    ModificationLevel,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    SuspiciousModification,
)
from pyhanko.sign.fields import MDPPerm

from cases.signatures.changes.pdf_notes import is_note
from cases.signatures.changes.pdf_refusals import Noted
from cases.signatures.changes.pdf_resources import brought, same
from cases.signatures.pdf.pdf_history import Use, Version, entry, raw_entry, raw_items
from cases.signatures.pdf.pdf_number_tree import NUMBERS, is_in_order, nodes_of, rows

TREE, LANGUAGE = "/StructTreeRoot", "/Lang"
KIDS, PARENTS = "/K", "/ParentTree"
GROW = {KIDS, PARENTS, "/ParentTreeNextKey"}
HELPS = {"/RoleMap", "/ClassMap", "/IDTree"}  # what tags mean, where none had been told
NODE = {"/Kids", NUMBERS, "/Limits"}
# Of tags, what leads to further tags; what it says of pages and fields is not followed.
WITHIN = {KIDS, PARENTS, "/Kids", NUMBERS, "/RoleMap", "/ClassMap", "/IDTree", "/Names", "/A", "/C"}
WITHIN |= {"/NS", "/Namespaces", "/RoleMapNS"}
NO_TAG = {"/Subtype", "/FT", "/Rect", "/ByteRange"}
SAYS_NOTHING = {"/Type", "/S", "/P", "/Pg", "/ID", KIDS}
HARMLESS_ROOT = {"/Type", KIDS, PARENTS, "/ParentTreeNextKey"}
DEEPEST = 60


class Tags(QualifiedWhitelistRule):
    """Tags may grow; those that were there stay."""

    def __init__(self, noted: Noted, permitted: MDPPerm | None) -> None:
        self.noted, self.permitted = noted, permitted

    def apply_qualified(self, old: Any, new: Any) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        yield from self._language(old, new)
        before, after = entry(old.root, TREE), entry(new.root, TREE)
        if before is None and after is None:
            return
        if not isinstance(after, DictionaryObject) or isinstance(after, StreamObject):
            raise SuspiciousModification("the tags were taken out")
        found = Growth(old, new, notes_permitted=self.permitted == MDPPerm.ANNOTATE)
        found.root(before, after)
        if found.grown and self.permitted == MDPPerm.NO_CHANGES:
            raise SuspiciousModification("tags were added to what may not be changed")
        if not found.is_harmless:
            self.noted.doubt("tags")
        for ref in found.explained:
            yield ModificationLevel.LTA_UPDATES, ReferenceUpdate(ref)

    def _language(self, old: Any, new: Any) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        """Let the language in which the document is read aloud be stated where it was not."""
        before, after = entry(old.root, LANGUAGE), entry(new.root, LANGUAGE)
        if before == after:
            return
        if before is not None or not isinstance(after, str) or self.permitted == MDPPerm.NO_CHANGES:
            raise SuspiciousModification("it is read aloud in another language")
        self.noted.doubt("tags")
        for ref in brought(new.root.raw_get(LANGUAGE), old, new):
            yield ModificationLevel.LTA_UPDATES, ReferenceUpdate(ref)


class Growth:
    """How the tags grew between two versions; those of notes may go where notes were permitted."""

    def __init__(self, old: Version, new: Version, *, notes_permitted: bool) -> None:
        self.old, self.new, self.notes_permitted = old, new, notes_permitted
        self.written = new.explicit_refs_in_revision()
        self.explained: set[Reference] = set()
        self.grown, self.is_harmless = False, True

    def root(self, before: Any, after: DictionaryObject) -> None:
        """Compare the tree of tags with what it was. Raises SuspiciousModification if it did more than grow."""
        if before is None:
            self.grown = True
            self.is_harmless = set(after) <= HARMLESS_ROOT
        else:
            more = (HELPS & set(after)) - set(before)
            self.grown = bool(more)
            self.is_harmless = not any(entry(after, key) for key in more)
            self._elements(before, after, GROW | more)
            self._numbers(entry(before, PARENTS), entry(after, PARENTS))
        self._rewritten(before)
        self._kids(raw_entry(before, KIDS), raw_entry(after, KIDS))
        self.explained |= set(self._new_tags(self.new.root.raw_get(TREE)))
        if before is not None and isinstance(ref := self.old.root.raw_get(TREE), IndirectObject):
            self._explain(ref.reference)

    def _rewritten(self, before: Any) -> None:
        """Tags that were written anew in their place, and lists of them."""
        if before is None:
            return
        nodes = set(nodes_of(self.old.root[TREE].raw_get(PARENTS))) if PARENTS in before else set()
        for ref in self.written:
            if self.old.is_ref_unassignable(ref):
                continue
            was, now = self.old(ref), self.new(ref)
            if ref in nodes:
                # Its rows may stand in another part of the list now: all of it was held against what it was.
                self._elements(was, now, NODE)
                if all(self._is_place_of_node(holder, keys, nodes) for holder, keys in self.old.uses(ref)):
                    self._explain(ref)
            elif isinstance(was, ArrayObject) and self._is_list(self.old.uses(ref), nodes):
                if {keys[-1] for _holder, keys in self.old.uses(ref)} == {KIDS}:
                    self._kids(was, now)
                self._explain(ref)
            elif self._was_about_notes(ref):
                self.is_harmless = False
                self._explain(ref)
            elif _is_element(was) and self._is_tagged(self.old.uses(ref)):
                self._elements(was, now, {KIDS})
                self._kids(raw_entry(was, KIDS), raw_entry(now, KIDS))
                self._explain(ref)

    def _elements(self, before: DictionaryObject, after: Any, growing: set[str]) -> None:
        if not isinstance(after, DictionaryObject) or isinstance(after, StreamObject):
            raise SuspiciousModification("a tag is none any more")
        for key in {*before, *after} - growing:
            if not (key in before and key in after and same(before.raw_get(key), after.raw_get(key))):
                raise SuspiciousModification("what tags say was changed")

    def _kids(self, before: Any, after: Any) -> None:
        """Let a tag get more kids (what it is about), those it had staying in their order."""
        was, now = _several(before), _several(after)
        gone = [kid for kid in was if kid not in now and self._was_about_notes(kid)]
        was = [kid for kid in was if kid not in gone]
        self.is_harmless = self.is_harmless and not gone
        rest = iter(now)
        if not all(kid in rest for kid in was):
            raise SuspiciousModification("what a tag is about was changed")
        for kid in now:
            if kid not in was:
                self.grown = True
                self.is_harmless = self.is_harmless and self._tells_of_new(kid, DEEPEST)

    def _numbers(self, before: Any, after: Any) -> None:
        """The list that leads from pages and fields to tags may become longer."""
        if before is None or after is None:
            if before is not None:
                raise SuspiciousModification("the list of tags was taken out")
            return
        was, now = dict(rows(before)), dict(rows(after))
        lost = {key for key in was if key not in now or not same(was[key], now[key])}
        if not all(self._was_about_notes(was[key]) for key in lost):
            raise SuspiciousModification("the list of tags was changed")
        # What stands out of order is found by some readers and not by others.
        in_order = is_in_order(after) or not is_in_order(before)
        self.is_harmless = self.is_harmless and not lost and in_order
        for key in now.keys() - was.keys():
            self.grown = True
            self.is_harmless = self.is_harmless and _is_element(now[key].get_object())

    def _tells_of_new(self, tag: Any, depth: int) -> bool:
        """Is it about fields and notes that were added, and about nothing that was signed?"""
        if isinstance(tag, IndirectObject) and not self.old.is_ref_unassignable(tag.reference):
            return False
        tag = tag.get_object()
        if not isinstance(tag, DictionaryObject) or depth == 0:
            return False
        if entry(tag, "/Type") == "/OBJR":
            return self._is_new_annotation(dict.get(tag, "/Obj"))
        return (
            set(tag) <= SAYS_NOTHING
            and _is_element(tag)
            and all(self._tells_of_new(kid, depth - 1) for kid in _several(raw_entry(tag, KIDS)))
        )

    def _was_about_notes(self, tag: Any, depth: int = DEEPEST) -> bool:
        """Was a tag about notes and nothing else, and were notes permitted?"""
        if not self.notes_permitted or depth == 0:
            return False
        tag = self.old(tag) if isinstance(tag, Reference) else tag.get_object()
        if entry(tag, "/Type") == "/OBJR":
            return is_note(entry(tag, "/Obj"))
        kids = _several(raw_entry(tag, KIDS)) if _is_element(tag) else []
        return bool(kids) and all(self._was_about_notes(kid, depth - 1) for kid in kids)

    def _is_new_annotation(self, annotation: Any) -> bool:
        if not isinstance(annotation, IndirectObject):
            return False
        if self.old.is_ref_unassignable(annotation.reference):
            return True
        before = self.old(annotation.reference)
        return entry(before, "/FT") == "/Sig" and "/V" not in before

    def _is_tagged(self, uses: list[Use]) -> bool:
        return bool(uses) and all(_last(keys) in {KIDS, "/P", NUMBERS, "/SE", ""} for _holder, keys in uses)

    def _is_list(self, uses: list[Use], nodes: set[Reference]) -> bool:
        """Is an object the list of a tag's kids, or of rows of the number tree, and nothing else?"""
        numbers = {node.idnum for node in nodes}
        return bool(uses) and all(
            (keys == (NUMBERS,) and holder in numbers)
            or (keys == (KIDS,) and _is_element(self.old(Reference(holder, 0))))
            or keys[-2:] in {(TREE, KIDS), (PARENTS, NUMBERS)}
            or (keys == (KIDS,) and self.old.root.raw_get(TREE) == IndirectObject(holder, 0, self.old))
            for holder, keys in uses
        )

    def _is_place_of_node(
        self, holder: int, keys: tuple[str, ...], nodes: set[Reference], *, in_list: bool = False
    ) -> bool:
        """Is a reference part of the number tree that leads to tags, be it through a list of its own?"""
        if keys == ("[]",) and not in_list:
            uses = self.old.uses(Reference(holder, 0))
            return all(self._is_place_of_node(*use, nodes, in_list=True) for use in uses)
        of_node = _last(keys) == "/Kids" and holder in {node.idnum for node in nodes}
        return of_node or PARENTS in keys

    def _explain(self, ref: Reference) -> None:
        if ref in self.written:
            self.explained.add(ref)

    def _new_tags(self, start: Any) -> Iterator[Reference]:
        """New objects of the tree of tags, without the pages and fields that the tags are about."""
        waiting: list[tuple[str, Any]] = [(TREE, start)]
        seen = set()
        while waiting:
            key, kid = waiting.pop()
            if isinstance(kid, IndirectObject):
                if kid.reference in seen:
                    continue
                seen.add(kid.reference)
                value = self.new(kid.reference)
                if isinstance(value, StreamObject) or (
                    isinstance(value, DictionaryObject) and NO_TAG & set(value)
                ):
                    continue
                if self.old.is_ref_unassignable(kid.reference):
                    yield kid.reference
                elif kid.reference not in self.written and kid != start:
                    continue
                kid = value
            if isinstance(kid, DictionaryObject):
                within = set(kid) if key == "/ClassMap" else WITHIN & set(kid)
                waiting += [(str(name), kid.raw_get(name)) for name in within]
            waiting += [(key, item) for item in raw_items(kid)]


def _is_element(value: Any) -> bool:
    return (
        isinstance(value, DictionaryObject)
        and not isinstance(value, StreamObject)
        and entry(value, "/Type", "/StructElem") == "/StructElem"
        and isinstance(entry(value, "/S"), NameObject)
        and "/P" in value
        and not NO_TAG & set(value)
    )


def _several(value: Any) -> list[Any]:
    """The items of a list, or a value that is no list as the only one; references stay as they are."""
    if value is None:
        return []
    held = value.get_object()
    return raw_items(held) if isinstance(held, ArrayObject) else [value]


def _last(keys: tuple[str, ...]) -> str:
    return next((key for key in reversed(keys) if key != "[]"), "")
