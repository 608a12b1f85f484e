"""What may become of the form of a signed PDF: pyHanko's rules, told apart finer. In the child process alone.

A time stamp over the document is put into a field of the form, and programs that stamp make that field, its empty
appearance and the defaults of the form in ways of their own. None of that fills anything in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    Reference,
)
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import RawPdfPath
from pyhanko.sign.diff_analysis import (
    FieldComparisonContext,
    FieldComparisonSpec,
    FormUpdate,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    SigFieldCreationRule,
    SigFieldModificationRule,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.commons import compare_dicts, compare_key_refs, qualify_transforming
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON, VALUE_UPDATE_KEYS
from pyhanko.sign.diff_analysis.rules.form_field_rules import is_annot_visible, is_field_visible
from pyhanko.sign.diff_analysis.rules_api import Context
from pyhanko.sign.fields import MDPPerm

from cases.documents.pdf_fields import (
    is_signed_since,
    listed,
    says_where,
    shows_nothing,
    signed_since,
    widgets_of,
)
from cases.documents.pdf_history import Version, entry
from cases.documents.pdf_page_changes import Pages
from cases.documents.pdf_refusals import Noted

Updates = Iterable[tuple[ModificationLevel, FormUpdate]]

STAMP = "/ETSI.RFC3161"
FORM = RawPdfPath("/Root", "/AcroForm")
ACTIONS = {"/A", "/AA"}
ADDED_WHEN_SIGNED = {"/P", "/StructParent"}
PLAIN_FONT = {"/Type", "/Subtype", "/BaseFont", "/Name", "/Encoding"}


def is_stamp(signature: Any) -> bool:
    """Is it a time stamp? Its form says so, whatever type it is given."""
    return bool(entry(signature, "/SubFilter") == STAMP)


# --- Fields of time stamps -----------------------------------------------------------------------------------


class StampFieldsFillNothing:
    """Lets a field that holds a time stamp and shows nothing be what it is: no filling in."""

    def apply(self, context: FieldComparisonContext) -> Updates:
        added = [each for each in context.field_specs.values() if each.old_field is None and each.new_field]
        if any(ACTIONS & set(widget) for spec in added for widget in widgets_of(spec.new_field)):
            raise SuspiciousModification("a field was added that does something")
        if any(is_annot_visible(widget) for spec in added for widget in _there_before(spec, context)):
            raise SuspiciousModification("what was signed unseen is shown by a field")
        if not all(
            says_where(widget) for spec in signed_since(context) for widget in widgets_of(spec.new_field)
        ):
            raise SuspiciousModification("where a field is shown cannot be told")
        harmless = {ref for spec in context.field_specs.values() for ref in _of_stamp(spec, context)}
        updates: Updates = super().apply(context)  # type: ignore[misc]
        for level, update in updates:
            if level == ModificationLevel.FORM_FILLING and update.updated_ref in harmless:
                yield ModificationLevel.LTA_UPDATES, replace(update, valid_when_locked=True)
            else:
                yield level, update


class NewFields(StampFieldsFillNothing, SigFieldCreationRule):
    """Fields for signatures that were added."""


class SignedFields(StampFieldsFillNothing, SigFieldModificationRule):
    """Fields for signatures that were signed; on which page one stands may be said only then."""

    def compare_fields(self, spec: FieldComparisonSpec) -> bool:
        before, after = spec.old_field, spec.new_field
        for key in ADDED_WHEN_SIGNED & set(before or ()):
            if not before or not after or key not in after or after.raw_get(key) != before.raw_get(key):
                raise SuspiciousModification("where a field stands was changed")
        return super().compare_fields(spec)


def _of_stamp(spec: FieldComparisonSpec, context: FieldComparisonContext) -> Iterator[Reference]:
    """The time stamp and the empty appearance of a field that was not signed before; nothing if it shows anything."""
    field = spec.new_field
    if not is_signed_since(spec) or field is None or is_field_visible(field) or not is_stamp(field["/V"]):
        return
    appearances = [each.raw_get("/AP") for each in widgets_of(field) if "/AP" in each]
    if not all(shows_nothing(each) for each in appearances):
        return
    value = field.raw_get("/V")
    if isinstance(value, IndirectObject):
        yield value.reference
    for each in appearances:
        yield from context.new.collect_dependencies(each, since_revision=context.old.revision + 1)


def _there_before(spec: FieldComparisonSpec, context: FieldComparisonContext) -> Iterator[Any]:
    """What an added field, or what shows it, had been in the signed document as something else."""
    field = spec.new_field
    kids = [each.reference for each in entry(field, "/Kids", ArrayObject()).iterate()]
    for ref in [spec.new_field_ref, *kids]:
        if ref is not None and not context.old.is_ref_unassignable(ref):
            yield ref.get_object()


# --- The form ------------------------------------------------------------------------------------------------


class Form(FormUpdatingRule):
    """The form as a whole: names of fields may hold full stops, and its defaults may be made up for."""

    def __init__(
        self, noted: Noted, permitted: MDPPerm | None, *, shown_after_certifying: bool = False
    ) -> None:
        super().__init__(
            [
                NewFields(
                    approve_widget_bindings=False, allow_new_visible_after_certify=shown_after_certifying
                ),
                SignedFields(value_update_keys=VALUE_UPDATE_KEYS | ADDED_WHEN_SIGNED),
                GenericFieldModificationRule(),
                Pages(noted, permitted, shown_after_certifying=shown_after_certifying),
            ]
        )

    def apply(self, old: Any, new: Any) -> Updates:
        lta = ModificationLevel.LTA_UPDATES
        before, after = yield from _followed(FORM, lta, old, old.root, new.root)
        if before is None and after is None:
            return
        before = DictionaryObject() if before is None else before
        compare_dicts(before, after, ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"})
        place = FORM + "/Fields"
        fields = yield from _followed(place, lta, old, before, after)
        specs: dict[str, FieldComparisonSpec] = {}
        for name, spec in listed(fields[0], fields[1], place):
            # A full stop in a name does not part it from those above, so two may be called alike.
            if name in specs:
                raise PdfReadError("two fields of one name")
            specs[name] = spec
        others = [each for each in specs.values() if each.field_type != "/Sig"]
        yield from _defaults(old, new, before, after, has_others=bool(others))
        context = FieldComparisonContext(field_specs=specs, old=old, new=new)
        # What this revision did not write cannot break a lock.
        written = new.explicit_refs_in_revision()
        for rule in self.field_rules:
            yield from (each for each in rule.apply(context) if each[1].updated_ref in written)


def _followed(place: RawPdfPath, level: ModificationLevel, old: Version, before: Any, after: Any) -> Any:
    """Both values of a key; its reference may be another, or what it refers to written anew."""
    return qualify_transforming(
        level,
        compare_key_refs(place.path[-1], old, before, after),
        transform=FormUpdate.curry_ref(field_name=None, context_checked=Context.from_absolute(old, place)),
    )


def _defaults(old: Version, new: Version, before: Any, after: Any, *, has_others: bool) -> Updates:
    """What fields are drawn with: what was missing may be made up for, the rest may change if nothing is drawn."""
    if has_others:
        for key in ("/DA", "/Q"):
            if key in before and entry(after, key) != before[key]:
                raise SuspiciousModification(f"{key} was changed")
        if _is_true(entry(after, "/NeedAppearances")) and not _is_true(entry(before, "/NeedAppearances")):
            raise SuspiciousModification("fields are to be drawn anew")
    harmless = not has_others or _adds_plain_fonts(entry(before, "/DR"), entry(after, "/DR"))
    level = ModificationLevel.LTA_UPDATES if harmless else ModificationLevel.FORM_FILLING
    _old, resources = yield from _followed(FORM + "/DR", level, old, before, after)
    if resources is not None:
        for ref in new.collect_dependencies(resources, since_revision=old.revision + 1):
            yield level, FormUpdate(updated_ref=ref, field_name=None)


def _is_true(value: Any) -> bool:
    return isinstance(value, BooleanObject) and bool(value.value)


def _adds_plain_fonts(before: Any, after: Any) -> bool:
    """Is nothing else new in the form's resources than fonts that every reader has, under names that were free?"""
    before, after = (DictionaryObject() if each is None else each for each in (before, after))
    if not isinstance(after, DictionaryObject) or any(
        entry(before, key) != entry(after, key) for key in {*before, *after} - {"/Font"}
    ):
        return False
    had, has = (entry(each, "/Font", DictionaryObject()) for each in (before, after))
    return all(name in has and had.raw_get(name) == has.raw_get(name) for name in had) and all(
        _is_plain(has[name]) for name in has if name not in had
    )


def _is_plain(font: Any) -> bool:
    return (
        isinstance(font, DictionaryObject)
        and set(font) <= PLAIN_FONT
        and entry(font, "/Subtype") == "/Type1"
        and not isinstance(entry(font, "/Encoding"), DictionaryObject)
    )
