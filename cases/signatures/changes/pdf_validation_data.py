"""Changes to the data with which a PDF's signatures are checked (/DSS). In the child process alone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.sign.diff_analysis import ReferenceUpdate, SuspiciousModification, WhitelistRule

from cases.signatures.changes.pdf_refusals import Noted
from cases.signatures.pdf.pdf_history import entry

# What is listed in the store, and with one signature. To read all of a list of withdrawn certificates takes long.
CERTIFICATE = (Certificate, ("tbs_certificate", "subject"))
WITHDRAWN = (CertificateList, ("tbs_cert_list", "issuer"))
STATUS = (OCSPResponse, ("response_status",))
STORE_LISTS = {"/Certs": CERTIFICATE, "/CRLs": WITHDRAWN, "/OCSPs": STATUS}
VRI_LISTS = {"/Cert": CERTIFICATE, "/CRL": WITHDRAWN, "/OCSP": STATUS}
OF_STREAMS = {"/Length", "/Filter", "/DecodeParms"}


class ValidationData(WhitelistRule):
    """What signatures are checked with may be added, kept anew and thrown away: nothing of it is shown to a reader.

    It must have its form, and nothing else of the signed document may use what is written over. What stands for a
    certificate and is none is noted.
    """

    def __init__(self, noted: Noted) -> None:
        self.noted = noted

    def apply(self, old: Any, new: Any) -> Iterable[ReferenceUpdate]:
        if "/DSS" not in new.root:
            if "/DSS" in old.root:
                raise SuspiciousModification("all of it was taken out")
            return
        store = new.root.raw_get("/DSS")
        _require_form(store.get_object())
        written = new.explicit_refs_in_revision()
        if not all(_holds(kind, item.get_object()) for kind, item in _listed(store.get_object())):
            self.noted.doubt("validation_data")
        for ref in new.collect_dependencies(store) & written:
            if old.is_ref_unassignable(ref) or is_of_store(ref, old):
                yield ReferenceUpdate(ref)


def is_of_store(ref: Any, old: Any) -> bool:
    """Did the store of validation data (/DSS) alone use an object?"""
    uses = [path.path[:2] for path in old._get_usages_of_ref(ref)]
    if not uses or any(use != ("/Root", "/DSS") for use in uses):
        return False
    store = {dependency.idnum for dependency in old.collect_dependencies(old.root.raw_get("/DSS"))}
    return bool(old.refer_to(ref) <= store | {old.root_ref.idnum})


def _require_form(store: Any) -> None:
    """Raise SuspiciousModification unless the store holds certificates and the like, and nothing else."""
    _require_streams(store, STORE_LISTS, {"/Type", "/VRI"})
    of_signatures = entry(store, "/VRI", DictionaryObject())
    for name in set(of_signatures) - {"/Type"}:
        _require_streams(of_signatures[name], VRI_LISTS, {"/Type", "/TU", "/TS"})


def _require_streams(held: Any, lists: Mapping[str, Any], more: set[str]) -> None:
    if (
        not isinstance(held, DictionaryObject)
        or isinstance(held, StreamObject)
        or set(held) - set(lists) - more
    ):
        raise SuspiciousModification("something else is in the store")
    for name in set(lists) & set(held):
        found = held[name]
        if not isinstance(found, ArrayObject) or not all(
            isinstance(item.get_object(), StreamObject) for item in found.iterate()
        ):
            raise SuspiciousModification("something else is in a list of the store")


def _listed(store: Any) -> Iterator[tuple[Any, Any]]:
    """The items of the lists of a store, each after the kind of data that it is to hold."""
    of_signatures = entry(store, "/VRI", DictionaryObject())
    held = [
        (store, STORE_LISTS),
        *((of_signatures[name], VRI_LISTS) for name in set(of_signatures) - {"/Type"}),
    ]
    for holder, lists in held:
        for name in set(lists) & set(holder):
            yield from ((lists[name], item) for item in holder[name].iterate())


def _holds(kind: tuple[Any, tuple[str, ...]], stream: StreamObject) -> bool:
    """Is it a stream of nothing but one certificate, or the like, as it was issued?"""
    form, place = kind
    if set(stream) - OF_STREAMS:
        return False
    try:
        read = form.load(stream.data)
        found = read
        for name in place:
            found = found[name]
        rest = stream.data[len(read.dump()) :]
        return found.native is not None and not rest.strip(b"\r\n")
    except (ValueError, TypeError, KeyError):
        return False
