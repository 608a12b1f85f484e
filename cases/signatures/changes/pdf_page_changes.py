"""Which changes to the pages of a signed PDF are allowed: to their fields, notes, resources and tags.

In the child process alone. What a page draws itself may never change.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, NumberObject, Reference, StreamObject
from pyhanko.pdf_utils.reader import RawPdfPath
from pyhanko.sign.diff_analysis import (
    FieldComparisonContext,
    FieldComparisonSpec,
    FieldMDPRule,
    FormUpdate,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.rules.form_field_rules import is_annot_visible
from pyhanko.sign.diff_analysis.rules_api import RelativeContext
from pyhanko.sign.fields import MDPPerm

from cases.signatures.changes.pdf_notes import require_may_go, require_permitted
from cases.signatures.changes.pdf_page_marks import covers, place
from cases.signatures.changes.pdf_refusals import Noted, Refused
from cases.signatures.changes.pdf_resources import added_names, brought, inherited, require_unused
from cases.signatures.pdf.pdf_fields import (
    is_signed_since,
    shows_nothing,
    widgets_of,
    widgets_signed_or_added_since,
)
from cases.signatures.pdf.pdf_history import Version, entry, raw_entry, raw_items

Updates = Iterable[tuple[ModificationLevel, FormUpdate]]

MAY_CHANGE = {"/Annots", "/Resources", "/StructParents", "/Tabs"}
ADDED_ONLY = {"/StructParents", "/Tabs"}  # for tags, which are looked at where they stand
DEEPEST = 4


@dataclass(frozen=True)
class Page:
    """A page as it was signed and as it is."""

    number: int  # the first is 1
    ref: Reference
    before: DictionaryObject
    after: Any
    old: Version
    new: Version

    @property
    def changed(self) -> set[str]:
        keys = {*self.before, *self.after}
        return {key for key in keys if raw_entry(self.before, key) != raw_entry(self.after, key)}

    @property
    def notes(self) -> list[Any]:
        return raw_items(entry(self.after, "/Annots"))

    @property
    def had(self) -> list[Any]:
        return raw_items(entry(self.before, "/Annots"))

    @property
    def added(self) -> list[Any]:
        """Notes and widgets of fields that were added to the page."""
        return _without(self.notes, self.had)

    @property
    def gone(self) -> list[Any]:
        """Notes and widgets of fields that were taken off the page."""
        return _without(self.had, self.notes)

    @property
    def is_in_order(self) -> bool:
        """Do the notes and widgets that stayed lie over each other as they did, each once?"""
        return _without(self.had, self.gone) == _without(self.notes, self.added)


class Pages(FieldMDPRule):
    """Pages may show further signatures, and notes if they were permitted; the rest of them stays as it was."""

    def __init__(self, noted: Noted, permitted: MDPPerm | None, *, shown_after_certifying: bool) -> None:
        self.noted, self.permitted = noted, permitted
        self.shown_after_certifying = shown_after_certifying

    def apply(self, context: FieldComparisonContext) -> Updates:
        old: Any = context.old
        new: Any = context.new
        written, shown = new.explicit_refs_in_revision(), widgets_signed_or_added_since(context)
        for number, ref in enumerate(_pages(old), 1):
            page = Page(number, ref, old(ref), new(ref), old, new)
            notes = raw_entry(page.after, "/Annots")
            listed = notes.reference if isinstance(notes, IndirectObject) else None
            if {ref, listed} & written:
                yield from self._explained(page, shown, listed)
            self._look_under(page, shown)
        for widget, spec in shown.items():
            yield from _kid_signed(widget, spec, context)

    def _explained(
        self, page: Page, shown: dict[int, FieldComparisonSpec], listed: Reference | None
    ) -> Updates:
        if not isinstance(page.after, DictionaryObject) or page.changed - MAY_CHANGE:
            return  # nothing explains that
        if any(text in page.before for text in page.changed & ADDED_ONLY):
            return
        self._require_numbers(page)
        level, may_certify = ModificationLevel.LTA_UPDATES, True
        if page.gone or not page.is_in_order:
            require_may_go(page.gone, page.old, self.permitted)
            level = ModificationLevel.ANNOTATIONS
        for key in page.added:
            if isinstance(key, IndirectObject) and key.idnum in shown:
                may_certify = self._placed(key, shown[key.idnum], page) and may_certify
                continue
            self._require_note(key, page)
            level = ModificationLevel.ANNOTATIONS
            for ref in brought(key, page.old, page.new):
                yield level, FormUpdate(updated_ref=ref)
        if "/Resources" in page.changed:
            require_unused(self._names(page), page.old, self.noted, self.permitted)
            for ref in brought(raw_entry(page.after, "/Resources"), page.old, page.new):
                yield ModificationLevel.LTA_UPDATES, FormUpdate(updated_ref=ref)
        self.noted.reach(level)
        yield level, FormUpdate(updated_ref=page.ref, valid_when_certifying=may_certify)
        if listed is not None and (
            raw_entry(page.before, "/Annots") == raw_entry(page.after, "/Annots")
            or page.old.is_ref_unassignable(listed)
        ):
            place_of_list = RelativeContext(page.ref, RawPdfPath("/Annots"))
            yield level, FormUpdate(updated_ref=listed, context_checked=place_of_list)

    def _require_numbers(self, page: Page) -> None:
        if page.changed & ADDED_ONLY and self.permitted == MDPPerm.NO_CHANGES:
            raise Refused("tags")
        if "/StructParents" in page.changed and not isinstance(page.after["/StructParents"], NumberObject):
            raise Refused("tags")

    def _names(self, page: Page) -> set[str]:
        try:
            return added_names(inherited(page.before), inherited(page.after))
        except SuspiciousModification as problem:
            raise Refused("resources") from problem

    def _placed(self, widget: IndirectObject, spec: FieldComparisonSpec, page: Page) -> bool:
        """Note that the widget of a field was put on the page; give whether it may be after certifying."""
        if not is_annot_visible(page.new(widget.reference)):
            return True
        self.noted.reach(ModificationLevel.FORM_FILLING)
        if spec.old_field is None:
            return True  # whether a new field may is asked where fields are
        if not is_signed_since(spec):
            raise SuspiciousModification("what was signed unseen is shown")
        return self.shown_after_certifying

    def _require_note(self, raw: Any, page: Page) -> None:
        """Raise Refused unless what was added is a note that was written since and is permitted."""
        require_permitted(raw.get_object(), self.permitted)
        if isinstance(raw, IndirectObject) and not page.old.is_ref_unassignable(raw.reference):
            raise Refused("notes")

    def _look_under(self, page: Page, shown: dict[int, FieldComparisonSpec]) -> None:
        """Note a doubt if the widget of a field signed or added since hides something, or shows what was unseen."""
        had = [raw_item.get_object() for raw_item in raw_items(entry(page.before, "/Annots"))]
        for key in page.notes:
            if not isinstance(key, IndirectObject) or key.idnum not in shown:
                continue
            widget = page.new(key.reference)
            if not is_annot_visible(widget):
                continue
            others = [note for note in had if note.container_ref != key.reference]
            if rule := covers(page.before, place(widget), notes=others):
                self.noted.doubt(rule, page.number)
            if any(_is_drawn_before(ref, page) for ref in _streams(raw_entry(widget, "/AP"))):
                self.noted.doubt("unseen")


def _kid_signed(number: int, spec: FieldComparisonSpec, context: FieldComparisonContext) -> Updates:
    """Explain the new appearance of a separate widget whose field was there before and is signed now."""
    ref = next(
        (
            explicit_ref
            for explicit_ref in context.new.explicit_refs_in_revision()
            if explicit_ref.idnum == number
        ),
        None,
    )
    if ref is None or ref == spec.new_field_ref or spec.old_field is None:
        return
    if context.old.is_ref_unassignable(ref) or not is_signed_since(spec):
        return
    before, after = context.old(ref), context.new(ref)
    had = [widget.container_ref for widget in widgets_of(spec.old_field)]
    if ref not in had or not isinstance(before, DictionaryObject) or not isinstance(after, DictionaryObject):
        return
    changed = {key for key in {*before, *after} if raw_entry(before, key) != raw_entry(after, key)}
    if changed <= {"/AP", "/F", "/P"} and ("/P" not in changed or "/P" not in before):
        yield ModificationLevel.FORM_FILLING, FormUpdate(updated_ref=ref)
        for reference in brought(raw_entry(after, "/AP"), context.old, context.new):  # type: ignore[arg-type]
            yield ModificationLevel.FORM_FILLING, FormUpdate(updated_ref=reference)


def _without(some: list[Any], others: list[Any]) -> list[Any]:
    """The items of a list that are not among others; references are compared as they are written."""
    without = set(map(repr, others))
    return [key for key in some if repr(key) not in without]


def _is_drawn_before(ref: Reference, page: Page) -> bool:
    return not page.old.is_ref_unassignable(ref) and not shows_nothing(page.new(ref))


def _streams(appearance: Any, depth: int = DEEPEST) -> Iterator[Reference]:
    """The streams that an appearance draws, and those that they draw."""
    value = appearance.get_object() if appearance is not None else None
    if depth < 0:
        return
    if isinstance(value, StreamObject):
        if isinstance(appearance, IndirectObject):
            yield appearance.reference
        value = entry(entry(value, "/Resources"), "/XObject")
    if isinstance(value, DictionaryObject):
        for name in value:
            yield from _streams(value.raw_get(name), depth - 1)


def _pages(version: Version) -> Iterator[Reference]:
    """Every page of a version, in order."""
    waiting, seen = [version.root.raw_get("/Pages")], set()
    while waiting:
        key = waiting.pop()
        if not isinstance(key, IndirectObject) or key.reference in seen:
            continue
        seen.add(key.reference)
        node = version(key.reference)
        if isinstance(entry(node, "/Kids"), list):
            waiting += reversed(raw_items(entry(node, "/Kids")))
        elif isinstance(node, DictionaryObject):
            yield key.reference
