"""The signatures that a PDF holds, and how much of the file each covers. In the child process alone."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, pdf_name
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import process_data_at_eof
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from cases.signatures.changes.pdf_form_changes import is_stamp
from cases.signatures.pdf.pdf_history import Reader, entry

USAGE_RIGHTS = ("/UR", "/UR3")
RANGE = re.compile(rb"/ByteRange\s*\[([^\]]{0,100})\]")


class Embedded(EmbeddedPdfSignature):
    """A signature in the file that holds it, whose type and coverage are judged here and not by pyHanko."""

    @property
    def is_stamp(self) -> bool:
        """Is it a time stamp over the document? Its /SubFilter says so, whatever type it is given."""
        return is_stamp(self.sig_object)

    @property
    def sig_object_type(self) -> NameObject:
        return pdf_name("/DocTimeStamp" if self.is_stamp else "/Sig")

    @property
    def seed_value_spec(self) -> None:
        """None: what a field demanded of its signer beforehand says nothing of the signature."""

    def _enforce_hybrid_xref_policy(self) -> None:
        """Do nothing: hybrid tables are checked with the changes; before the signature both were signed."""

    def evaluate_signature_coverage(self) -> SignatureCoverageLevel:
        """Give how much of the file it covers; what it leaves out must be the signature as written, nothing else.

        The library compares lengths alone, so that a signature whose text was written out longer elsewhere could seem
        to reach the end of a file that goes on.
        """
        try:
            start, first, second, rest = (int(item) for item in self.byte_range)
        except (TypeError, ValueError):
            return SignatureCoverageLevel.UNCLEAR
        if start != 0 or rest < 0 or not self._is_written_between(first, second):
            return SignatureCoverageLevel.UNCLEAR
        stream = self.reader.stream
        if stream.seek(0, os.SEEK_END) == second + rest:
            return SignatureCoverageLevel.ENTIRE_FILE
        xrefs, revision = self.reader.xrefs, self.signed_revision
        stream.seek(second + rest)
        try:
            ends_here = process_data_at_eof(stream) == xrefs.get_startxref_for_revision(revision)
        except PdfReadError:
            ends_here = False
        tables = (xrefs.get_xref_container_info(number) for number in range(revision + 1))
        if ends_here and all(table.end_location <= second + rest for table in tables):
            return SignatureCoverageLevel.ENTIRE_REVISION
        return SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START

    @property
    def has_company(self) -> bool:
        """Does the signature's own place hold more than it and zeros to fill it up? Anybody may write there."""
        return bool(self.pkcs7_content[_end_of(self.pkcs7_content) :].strip(b"\0"))

    def _is_written_between(self, first: int, second: int) -> bool:
        stream = self.reader.stream
        if not 0 <= first < second:
            return False
        stream.seek(first)
        gap = bytes(stream.read(second - first))
        digits = re.sub(rb"\s", b"", gap[1:-1])
        if gap[:1] != b"<" or gap[-1:] != b">" or not re.fullmatch(rb"(?:[0-9A-Fa-f]{2})*", digits):
            return False
        return bytes.fromhex(digits.decode("ascii")) == self.pkcs7_content


def found_in(reader: Reader) -> list[Embedded]:
    """Every signature that a field refers to, in the order of the revisions that they signed."""
    fields = enumerate_sig_fields(reader, filled_status=True)
    found = [Embedded(reader, field, name) for name, _value, field in fields]
    return sorted(found, key=lambda item: item.signed_revision)


def filled_in(handler: Any) -> Iterator[DictionaryObject]:
    """The signatures that a revision of the document refers to."""
    for _name, value, _field in enumerate_sig_fields(handler, filled_status=True):
        found = value.get_object()
        if isinstance(found, DictionaryObject):
            yield found


def usage_rights(reader: Reader) -> list[DictionaryObject]:
    """Permissions for a reader program, which are written like signatures: nobody stands for the document by them."""
    versions = map(reader.get_historical_resolver, range(reader.xrefs.total_revisions))
    found = [entry(entry(version.root, "/Perms"), name) for version in versions for name in USAGE_RIGHTS]
    return [dictionary for dictionary in found if isinstance(dictionary, DictionaryObject)]


def hides_signature(data: bytes, rights: list[DictionaryObject]) -> bool:
    """Is something like a signature in the file, besides usage rights, that the document does not refer to?"""
    # What guards the encryption of PDF 2.0 has a range too, and no such name.
    if not re.search(rb"/(?:adbe|ETSI)\.", data):
        return False
    written = Counter(_numbers(match[1]) for match in RANGE.finditer(data))
    explained = Counter({_range(right) for right in rights})
    return bool(written - explained)


def _end_of(message: bytes) -> int:
    """Where a DER or BER value ends. Raises IndexError if it does not."""
    place, open_ends = 0, 0
    while True:
        if open_ends and message[place : place + 2] == b"\0\0":
            place, open_ends = place + 2, open_ends - 1
        else:
            place, length = _content_of(message, place)
            place, open_ends = (place, open_ends + 1) if length is None else (place + length, open_ends)
        if not open_ends:
            return place


def _content_of(message: bytes, place: int) -> tuple[int, int | None]:
    """Where the content of a DER or BER value begins, and its length; None if an end mark closes it."""
    tag, place = message[place], place + 1
    while tag & 0x1F == 0x1F and message[place] & 0x80:
        place += 1
    place += tag & 0x1F == 0x1F
    length, place = message[place], place + 1
    if length == 0x80:
        return place, None
    if length < 0x80:
        return place, length
    size = length & 0x7F
    return place + size, int.from_bytes(message[place : place + size], "big")


def _numbers(text: bytes) -> tuple[bytes, ...]:
    return tuple(text.split())


def _range(signature: DictionaryObject) -> tuple[bytes, ...]:
    return tuple(str(item).encode() for item in entry(signature, "/ByteRange", ()))
