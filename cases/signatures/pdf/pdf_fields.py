"""The fields of a form, each as it was and as it is, and their widgets. In the child process alone."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    Reference,
    StreamObject,
)
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import RawPdfPath
from pyhanko.sign.diff_analysis import FieldComparisonContext, FieldComparisonSpec, SuspiciousModification

from cases.signatures.pdf.pdf_history import entry, raw_items

# All that the stream of an appearance may hold that draws nothing; it may show others that draw nothing.
DRAWS_NOTHING = re.compile(
    rb"(?:\s++|%[^\r\n]*+|[qQ](?=[\s%]|$)|[-+.\d]++|cm(?=[\s%]|$)|/\w++\s++Do(?=[\s%]|$))*+"
)
DEEPEST = 4
Field = tuple[Any, Reference, ArrayObject, int]


def listed(
    old_fields: Any, new_fields: Any, place: RawPdfPath | None, parent: str = "", kind: Any = None
) -> Iterator[tuple[str, FieldComparisonSpec]]:
    """Every field with what it was and is. Raises SuspiciousModification over what is no list of fields."""
    before, after = dict(_named(old_fields, kind, PdfReadError)), dict(_named(new_fields, kind))
    if not _written_in(new_fields) <= _written_in(old_fields):
        raise SuspiciousModification("a field is written into the list itself")
    for name, either in (after | before).items():
        old_field, new_field, of_kind = before.get(name), after.get(name), either[0]
        if new_field and new_field[0] != of_kind:
            raise SuspiciousModification("the kind of a field was changed")
        here = place + old_field[3] if old_field and place is not None else None
        called = f"{parent}.{name}" if parent else name
        yield (
            called,
            FieldComparisonSpec(
                field_type=of_kind,
                old_field_ref=old_field[1] if old_field else None,
                new_field_ref=new_field[1] if new_field else None,
                old_canonical_path=here,
            ),
        )
        old_kids, new_kids = (item[2] if item else ArrayObject() for item in (old_field, new_field))
        if old_kids or new_kids:
            inner = here + "/Kids" if here is not None else None
            yield from listed(old_kids, new_kids, inner, called, of_kind)


def _named(
    fields: Any, kind: Any, wrong: type[Exception] = SuspiciousModification
) -> Iterator[tuple[str, Field]]:
    """The fields of a list that have a name: kind, reference, children and place of each."""
    if not isinstance(fields, ArrayObject):
        raise wrong("the list of fields is none")
    names = set()
    for place in range(len(fields)):
        reference = fields.raw_get(place)
        field = reference.get_object()
        if not isinstance(reference, IndirectObject):
            continue
        if not isinstance(field, DictionaryObject):
            raise wrong("a field is none")
        name = entry(field, "/T")
        if name is None:
            continue
        if not isinstance(name, str) or name in names:
            raise wrong("two fields of one name, or a name that is none")
        names.add(name)
        yield (
            str(name),
            (entry(field, "/FT", kind), reference.reference, entry(field, "/Kids", ArrayObject()), place),
        )


def _written_in(fields: Any) -> set[str]:
    """Fields that stand in the list itself, where no table of objects shows that they were changed."""
    return {repr(item) for item in list.__iter__(fields) if not isinstance(item, IndirectObject)}


def is_signed_since(spec: FieldComparisonSpec) -> bool:
    before, after = spec.old_field, spec.new_field
    if spec.field_type != "/Sig" or after is None or "/V" not in after:
        return False
    return before is None or "/V" not in before


def signed_or_added_since(context: FieldComparisonContext) -> list[FieldComparisonSpec]:
    """Fields that were signed, or added, of whatever kind, after the signature that is checked."""
    every = context.field_specs.values()
    return [spec for spec in every if is_signed_since(spec) or (spec.old_field is None and spec.new_field)]


def widgets_signed_or_added_since(context: FieldComparisonContext) -> dict[int, FieldComparisonSpec]:
    """The object numbers of the fields signed or added since, and of their widgets, each with its field."""
    found: dict[int, FieldComparisonSpec] = {}
    for spec in signed_or_added_since(context):
        kids = [
            raw_item.reference
            for raw_item in raw_items(entry(spec.new_field, "/Kids"))
            if not _is_named(raw_item)
        ]
        found |= {ref.idnum: spec for ref in [spec.new_field_ref, *kids] if ref is not None}
    return found


def _is_named(kid: Any) -> bool:
    return not isinstance(kid, IndirectObject) or "/T" in kid.get_object()


def says_where(widget: Any) -> bool:
    """Is a widget's /Rect, if it has one, four plain numbers or none? pyHanko takes any other place for none."""
    place = entry(widget, "/Rect", ArrayObject())
    plain = isinstance(place, ArrayObject) and all(
        isinstance(item, Decimal | int) for item in place.iterate()
    )
    return plain and len(place) in {0, 4}


def widgets_of(field: Any) -> list[Any]:
    """A field and all its kids: what may be a widget that shows it."""
    return [field, *(item.get_object() for item in entry(field, "/Kids", ()))]


def shows_nothing(value: Any, depth: int = 0) -> bool:
    """Is every stream of an appearance one that draws nothing?"""
    value = value.get_object()
    if depth > DEEPEST:
        return False
    if isinstance(value, StreamObject):
        inner = entry(entry(value, "/Resources"), "/XObject", DictionaryObject())
        data = value.read_data(DecodePurpose.GENERIC)
        return bool(DRAWS_NOTHING.fullmatch(data)) and all(
            shows_nothing(inner.raw_get(name), depth + 1) for name in inner
        )
    if isinstance(value, DictionaryObject):
        return all(shows_nothing(value.raw_get(name), depth + 1) for name in value)
    return False
