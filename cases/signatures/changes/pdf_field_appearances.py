"""What the fields of a signed form are drawn with, and whether they are shown. In the child process alone.

Whoever signs later may fill fields in. Letters, colours, resources and flags are nothing to fill in: where one may
change how a field that was signed is seen, that is noted, or refused if it was another before.
"""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    Reference,
    StreamObject,
)
from pyhanko.sign.diff_analysis import FieldComparisonSpec, SuspiciousModification
from pyhanko.sign.diff_analysis.rules.form_field_rules import is_annot_visible

from cases.signatures.changes.pdf_refusals import Noted
from cases.signatures.changes.pdf_resources import KINDS, NEVER_DRAWN_BY, PLAIN_NAME, names_in, same
from cases.signatures.pdf.pdf_fields import widgets_of
from cases.signatures.pdf.pdf_history import Version, entry

RULE = "defaults"
OF_FORMS = KINDS | {"/Encoding"}
# Flags of what shows a field by which it is seen otherwise, as hidden or not printed. Others keep it as it is.
SEEN = 1 | 2 | 4 | 8 | 16 | 32 | 256
# Flags of a field by which it is not: read only, required, not exported. By others it is a password, or parted.
UNSEEN = 1 | 2 | 4
OF_STREAMS = {"/Length", "/Filter", "/DecodeParms", "/DL"}
DEEPEST = 30


def shown(specs: list[FieldComparisonSpec]) -> list[Any]:
    """The visible widgets of the fields in the signed document, except signature fields."""
    fields = [spec.old_field for spec in specs if spec.field_type != "/Sig" and spec.old_field]
    return [widget for field in fields for widget in widgets_of(field) if is_annot_visible(widget)]


def require_harmless(before: Any, after: Any, widgets: list[Any], old: Version, noted: Noted) -> None:
    """Note a doubt if drawing defaults differ. Raises SuspiciousModification if some in use were changed."""
    for key, usual in {"/DA": None, "/Q": 0}.items():
        if entry(before, key, usual) == entry(after, key, usual) or not any(
            _inherits(widget, key) for widget in widgets
        ):
            continue
        if key in before:
            raise SuspiciousModification(f"{key} was changed")
        noted.doubt(RULE)
    if (
        widgets
        and _is_true(entry(after, "/NeedAppearances"))
        and not _is_true(entry(before, "/NeedAppearances"))
    ):
        raise SuspiciousModification("fields are to be drawn anew")
    empty = DictionaryObject()
    had, has = entry(before, "/DR", empty), entry(after, "/DR", empty)
    for key in {*had, *has} - NEVER_DRAWN_BY:
        _require_kept(key, entry(had, key, empty), entry(has, key, empty), old, noted)


def _require_kept(key: str, had: Any, has: Any, old: Version, noted: Noted) -> None:
    if key not in OF_FORMS or not (_is_plain(had) and _is_plain(has)):
        if not same(had, has):
            noted.doubt(RULE)
        return
    changed = {name for name in had if name not in has or not same(had.raw_get(name), has.raw_get(name))}
    added = set(has) - set(had)
    if changed & _wanted(old):
        raise SuspiciousModification("what fields are drawn with was changed")
    if changed or added & _wanted(old) or not all(map(PLAIN_NAME.fullmatch, added)):
        noted.doubt(RULE)


def is_seen_otherwise(before: Any, after: Any, *, is_filled: bool) -> bool:
    """Is a field or widget shown in another way than filling it in explains?"""
    return (
        bool((_number(before, "/F") ^ _number(after, "/F")) & SEEN)
        or bool((_number(before, "/Ff") ^ _number(after, "/Ff")) & ~UNSEEN)
        or any(entry(before, key) != entry(after, key) for key in ("/DA", "/Q"))
        or not (is_filled or _is_same_look(entry(before, "/AP"), entry(after, "/AP")))
    )


def rewritten(resources: Any, old: Version) -> Iterator[Reference]:
    """The form's lists of fonts and the like that are objects of their own and used by the form alone."""
    held = [resources.raw_get(key) for key in resources if key in OF_FORMS] if _is_plain(resources) else []
    for use in held:
        if isinstance(use, IndirectObject):
            uses = old.uses(Reference(use.idnum, use.generation, old))
            if uses and all(_is_of_form(holder, keys, old) for holder, keys in uses):
                yield use.reference


def _is_of_form(holder: int, keys: tuple[str, ...], old: Version) -> bool:
    if keys[-2:-1] == ("/DR",):
        return True
    uses = old.uses(Reference(holder, 0, old)) if len(keys) == 1 and holder else []
    return bool(uses) and all(use[-1:] == ("/DR",) for _holder, use in uses)


def _inherits(widget: Any, key: str) -> bool:
    """Is a key in neither a widget nor its parents, so that the form's own value counts?"""
    for _ in range(DEEPEST):
        if not isinstance(widget, DictionaryObject):
            return True
        if key in widget:
            return False
        widget = entry(widget, "/Parent")
    return True


def _wanted(old: Version) -> set[str]:
    """Names by which the signed document may draw with resources that the form holds, or will hold."""
    if not hasattr(old, "_names_wanted"):
        old._names_wanted = {  # type: ignore[attr-defined]
            name
            for _number, value in old.objects()
            for dictionary in _dictionaries(value)
            for name in _names(dictionary)
        }
    found: set[str] = old._names_wanted  # type: ignore[attr-defined]
    return found


def _names(dictionary: DictionaryObject) -> set[str]:
    words = entry(dictionary, "/DA")
    found = names_in(getattr(words, "original_bytes", None) or str(words or "").encode("latin-1", "replace"))
    if isinstance(dictionary, StreamObject) and entry(dictionary, "/Subtype") == "/Form":
        own = entry(dictionary, "/Resources", DictionaryObject())
        held = {name for key in own for name in entry(own, key, ()) if isinstance(entry(own, key), dict)}
        found |= names_in(dictionary.read_data(DecodePurpose.GENERIC)) - held
    return found


def _dictionaries(value: Any) -> Iterator[DictionaryObject]:
    waiting = [value]
    while waiting:
        use = waiting.pop()
        if isinstance(use, DictionaryObject):
            yield use
            waiting += [held for held in dict.values(use) if not isinstance(held, IndirectObject)]
        elif isinstance(use, ArrayObject):
            waiting += [held for held in list.__iter__(use) if not isinstance(held, IndirectObject)]


def _is_same_look(before: Any, after: Any, depth: int = 0) -> bool:
    if depth > DEEPEST or type(before) is not type(after):
        return False
    if isinstance(before, StreamObject):
        keys = {*before, *after} - OF_STREAMS
        alike = all(entry(before, key) == entry(after, key) for key in keys)
        data = (use.read_data(DecodePurpose.GENERIC) for use in (before, after))
        return alike and (before.encoded_data == after.encoded_data or next(data) == next(data))
    if isinstance(before, DictionaryObject):
        return set(before) == set(after) and all(
            _is_same_look(entry(before, key), entry(after, key), depth + 1) for key in before
        )
    return bool(before == after)


def _is_plain(value: Any) -> bool:
    return isinstance(value, DictionaryObject) and not isinstance(value, StreamObject)


def _is_true(value: Any) -> bool:
    return isinstance(value, BooleanObject) and bool(value.value)


def _number(dictionary: Any, key: str) -> int:
    found = entry(dictionary, key, 0)
    return found if isinstance(found, int) else 0
