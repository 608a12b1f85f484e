"""What a PDF holds to check its signatures with, from its changes after one of them. In the child process alone."""

from collections.abc import Iterable
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.sign.diff_analysis import ReferenceUpdate, SuspiciousModification, WhitelistRule

from cases.documents.pdf_history import entry

STORE_LISTS, VRI_LISTS = {"/Certs", "/CRLs", "/OCSPs"}, {"/Cert", "/CRL", "/OCSP"}


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
            if old.is_ref_unassignable(ref) or is_of_store(ref, old):
                yield ReferenceUpdate(ref)


def is_of_store(ref: Any, old: Any) -> bool:
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
