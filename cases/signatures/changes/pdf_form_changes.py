"""Which changes to the form of a signed PDF are allowed: pyHanko's rules, refined. In the child alone.

A time stamp over the document is put into a field of the form, and programs that stamp make that field, its empty
appearance and the defaults of the form in ways of their own. None of that fills anything in.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
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

from cases.signatures.changes.pdf_field_appearances import (
    is_seen_otherwise,
    require_harmless,
    rewritten,
    shown,
)
from cases.signatures.changes.pdf_page_changes import Pages, Updates
from cases.signatures.changes.pdf_refusals import Noted
from cases.signatures.pdf.pdf_fields import (
    is_signed_since,
    listed,
    says_where,
    shows_nothing,
    signed_or_added_since,
    widgets_of,
)
from cases.signatures.pdf.pdf_history import Version, entry, raw_items

STAMP = "/ETSI.RFC3161"
FORM = RawPdfPath("/Root", "/AcroForm")
ACTIONS = {"/A", "/AA"}
ADDED_WHEN_SIGNED = {"/P", "/StructParent"}
OF_CHOICES = {"/I", "/TI"}  # which lines of a list are chosen, and shown first


def is_stamp(signature: Any) -> bool:
    """Is a signature a time stamp? Its /SubFilter says so, whatever type it is given."""
    return bool(entry(signature, "/SubFilter") == STAMP)


# --- Fields of time stamps -----------------------------------------------------------------------------------


class StampFieldsFillNothing:
    """Does not count a field that holds a time stamp and shows nothing as filled in."""

    def apply(self, context: FieldComparisonContext) -> Updates:
        added = [
            field_spec
            for field_spec in context.field_specs.values()
            if field_spec.old_field is None and field_spec.new_field
        ]
        if any(ACTIONS & set(widget) for spec in added for widget in widgets_of(spec.new_field)):
            raise SuspiciousModification("a field was added that does something")
        if any(is_annot_visible(widget) for spec in added for widget in _there_before(spec, context)):
            raise SuspiciousModification("what was signed unseen is shown by a field")
        if not all(
            says_where(widget)
            for spec in signed_or_added_since(context)
            for widget in widgets_of(spec.new_field)
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
    """The rule for signature fields that were added."""


class SignedFields(StampFieldsFillNothing, SigFieldModificationRule):
    """The rule for signature fields that were signed; on which page one stands may be added only then."""

    def compare_fields(self, spec: FieldComparisonSpec) -> bool:
        before, after = spec.old_field, spec.new_field
        for key in ADDED_WHEN_SIGNED & set(before or ()):
            if not before or not after or key not in after or after.raw_get(key) != before.raw_get(key):
                raise SuspiciousModification("where a field stands was changed")
        return super().compare_fields(spec)


class FilledFields(GenericFieldModificationRule):
    """The rule for fields that are filled in, also if their widgets are separate objects (radio buttons)."""

    def __init__(self, noted: Noted) -> None:
        super().__init__(value_update_keys=VALUE_UPDATE_KEYS | OF_CHOICES)
        self.noted = noted

    def check_form_field(
        self, fq_name: str, spec: FieldComparisonSpec, context: FieldComparisonContext
    ) -> Updates:
        """Explain what became of a field. Raises SuspiciousModification if it was more than filled in."""
        if spec.field_type == "/Sig" or spec.old_field is None or spec.new_field is None:
            return
        is_filled = entry(spec.old_field, "/V") != entry(spec.new_field, "/V")
        for kid in [spec, *_kids(spec)]:
            yield from super().check_form_field(fq_name, kid, context)
            before, after = kid.old_field, kid.new_field
            chosen = entry(before, "/AS") != entry(after, "/AS")
            if is_seen_otherwise(before, after, is_filled=is_filled or chosen):
                self.noted.doubt("defaults")


def _kids(spec: FieldComparisonSpec) -> Iterator[FieldComparisonSpec]:
    """The widgets of a field without a name of their own, each to be compared like a field."""
    pairs = zip(
        *(raw_items(entry(dictionary, "/Kids")) for dictionary in (spec.old_field, spec.new_field)),
        strict=False,
    )
    for place, (before, after) in enumerate(pairs):
        if isinstance(before, IndirectObject) and before == after and "/T" not in before.get_object():
            path = spec.old_canonical_path
            yield replace(
                spec,
                old_field_ref=before.reference,
                new_field_ref=after.reference,
                old_canonical_path=path + "/Kids" + place if path is not None else None,
            )


def _of_stamp(spec: FieldComparisonSpec, context: FieldComparisonContext) -> Iterator[Reference]:
    """The time stamp and the empty appearance of a field that was not signed before; nothing if it shows anything."""
    field = spec.new_field
    if not is_signed_since(spec) or field is None or is_field_visible(field) or not is_stamp(field["/V"]):
        return
    appearances = [widget.raw_get("/AP") for widget in widgets_of(field) if "/AP" in widget]
    if not all(shows_nothing(appearance) for appearance in appearances):
        return
    value = field.raw_get("/V")
    if isinstance(value, IndirectObject):
        yield value.reference
    for appearance in appearances:
        yield from context.new.collect_dependencies(appearance, since_revision=context.old.revision + 1)


def _there_before(spec: FieldComparisonSpec, context: FieldComparisonContext) -> Iterator[Any]:
    """The objects of an added field and its kids that the signed document held already as something else."""
    field = spec.new_field
    kids = [kid.reference for kid in entry(field, "/Kids", ArrayObject()).iterate()]
    for ref in [spec.new_field_ref, *kids]:
        if ref is not None and not context.old.is_ref_unassignable(ref):
            yield ref.get_object()


# --- The form ------------------------------------------------------------------------------------------------


class Form(FormUpdatingRule):
    """The rule for the form as a whole: field names may hold full stops, and missing defaults may be added."""

    def __init__(
        self, noted: Noted, permitted: MDPPerm | None, *, shown_after_certifying: bool = False
    ) -> None:
        self.noted = noted
        super().__init__(
            [
                NewFields(
                    approve_widget_bindings=False, allow_new_visible_after_certify=shown_after_certifying
                ),
                SignedFields(value_update_keys=VALUE_UPDATE_KEYS | ADDED_WHEN_SIGNED),
                FilledFields(noted),
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
        require_harmless(before, after, shown([*specs.values()]), old, self.noted)
        yield from _resources(old, new, before, after)
        context = FieldComparisonContext(field_specs=specs, old=old, new=new)
        # What this revision did not write cannot break a lock.
        written = new.explicit_refs_in_revision()
        for rule in self.field_rules:
            yield from (kid for kid in rule.apply(context) if kid[1].updated_ref in written)


def _followed(place: RawPdfPath, level: ModificationLevel, old: Version, before: Any, after: Any) -> Any:
    """Both values of a key, old and new; its reference may change, or its object be written anew."""
    return qualify_transforming(
        level,
        compare_key_refs(place.path[-1], old, before, after),
        transform=FormUpdate.curry_ref(field_name=None, context_checked=Context.from_absolute(old, place)),
    )


def _resources(old: Version, new: Version, before: Any, after: Any) -> Updates:
    """Explain resources of the form that were written anew; require_harmless checks whether they may change."""
    level = ModificationLevel.LTA_UPDATES
    _old, resources = yield from _followed(FORM + "/DR", level, old, before, after)
    if resources is not None:
        anew = list(rewritten(resources, old))
        for held in [resources, *map(new, anew)]:
            anew += new.collect_dependencies(held, since_revision=old.revision + 1)
        for ref in anew:
            yield level, FormUpdate(updated_ref=ref, field_name=None)
