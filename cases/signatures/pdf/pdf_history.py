"""A PDF with its history: read strictly, but for what the standard allows and pyHanko does not. In the child alone.

Reaches into pyHanko where it offers no other way, so its version is pinned; the files of tests/signatures show
whether another one behaves the same.
"""

import contextlib
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DecryptedObjectProxy,
    DictionaryObject,
    IndirectObject,
    NullObject,
    Reference,
    TrailerReference,
)
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.pdf_utils.xref import (
    XRefCache,
    XRefSection,
    XRefSectionData,
    XRefSectionMetaInfo,
    _check_xref_consistency,
)

from cases.signatures.pdf.pdf_encrypted import opened

TABLES_OF_ONE_NUMBER = "XRef stream objects must not be clobbered"  # what pyHanko says of them
HEAD = 1024  # bytes in which a linearised file says that it is one
# What readers look for in a trailer, or in the table that stands for one. Programs write more there for themselves:
# LibreOffice, a reference to what is not in the file.
OF_TRAILERS = {"/Size", "/Prev", "/Root", "/Encrypt", "/Info", "/ID", "/XRefStm", "/AuthCode"}
OF_TABLES = {"/Type", "/Length", "/Filter", "/DecodeParms", "/W", "/Index"}


# How an object is referred to: the keys on the way, "[]" for a place in a list; and the number of who refers to it.
Keys = tuple[str, ...]
Use = tuple[int, Keys]
TRAILER = 0
END = re.compile(rb"startxref\s{1,8}(\d{1,12})\s{1,8}%%EOF")
WHITE = b" \t\r\n"
MOST_WHITE = 16  # bytes; more could push the end of the file out of what readers search for it


class History(XRefCache):
    """The tables of objects, one a revision."""

    def get_introducing_revision(self, ref: Reference) -> int:
        """The revision that brought an object; 0 for one that never came, which no later revision brought."""
        try:
            return int(super().get_introducing_revision(ref))
        except KeyError:
            return 0

    def numbers_until(self, revision: int) -> set[int]:
        """Every object number that the tables until a revision name, even if only as free."""
        return {
            number
            for section in self._xref_sections[: revision + 1]
            for data in _with_hybrid(section)
            for number, _generation in data.explicit_refs_in_revision
        }

    def references_until(self, revision: int) -> set[Reference]:
        return {ref for number in range(revision + 1) for ref in self.explicit_refs_in_revision(number)}

    def is_hybrid(self, revision: int) -> bool:
        """Was it written for two kinds of readers, which may be shown different objects?"""
        return self._xref_sections[revision].xref_data.hybrid is not None


class Version(HistoricalResolver):
    """The document as it was after one of its revisions."""

    reader: "Reader"

    def __init__(self, reader: "Reader", revision: int) -> None:
        super().__init__(reader, revision)
        # The library leaves what the trailer refers to as it is in the newest revision.
        self._trailer = self._as_then(self._trailer)

    def _as_then(self, value: Any) -> Any:
        """A value of the trailer, with its references followed in this version."""
        if isinstance(value, IndirectObject):
            return IndirectObject(value.idnum, value.generation, self)
        if isinstance(value, DictionaryObject):
            value = DictionaryObject({key: self._as_then(item) for key, item in value.items()})
        elif isinstance(value, ArrayObject):
            value = ArrayObject(map(self._as_then, raw_items(value)))
        else:
            return value
        value.container_ref = TrailerReference(self)
        return value

    def get_object(self, ref: Reference, as_metadata_stream: bool = False) -> Any:
        """An object as it was then. What it holds in itself is opened too, or the library would not look into it."""
        return opened(super().get_object(ref, as_metadata_stream))

    @property
    def own_trailer(self) -> DictionaryObject:
        """The trailer of its last table alone: not every reader looks for more in the tables before."""
        own: DictionaryObject = self.reader.trailer._trailer_revisions[-1 - self.revision]  # the newest first
        return own

    def is_ref_unassignable(self, ref: Reference) -> bool:
        """Was its number never used? Numbers below the declared size that no table names are as good as any."""
        if not hasattr(self, "_numbers"):
            self._numbers = self.reader.xrefs.numbers_until(self.revision)
        return ref.idnum not in self._numbers and ref.idnum not in self.promised

    @property
    def present(self) -> set[int]:
        """Numbers of the objects that it has."""
        xrefs = self.reader.xrefs
        every = xrefs.references_until(self.revision)
        return {
            reference.idnum
            for reference in every
            if xrefs.get_historical_ref(reference, self.revision) is not None
        }

    def uses(self, ref: Reference) -> list[Use]:
        """The numbers of the objects that refer to an object, and by which keys."""
        if not hasattr(self, "_uses"):
            self._uses: dict[Reference, list[Use]] = {}
            same_keys: dict[Keys, Keys] = {}  # few are different, and there may be very many
            for holder, value in itertools.chain([(TRAILER, self.trailer_view)], self.objects()):
                for keys, target in _asked_for(value):
                    self._uses.setdefault(target, []).append((holder, same_keys.setdefault(keys, keys)))
        return self._uses.get(ref, [])

    def objects(self) -> Iterator[tuple[int, Any]]:
        """Every object that it has, with its number."""
        xrefs = self.reader.xrefs
        for ref in xrefs.references_until(self.revision):
            if xrefs.get_historical_ref(ref, self.revision) is not None:
                yield ref.idnum, self.get_object(ref)

    def refer_to(self, ref: Reference) -> set[int]:
        """Numbers of the objects that refer to an object."""
        return {holder for holder, _keys in self.uses(ref)}

    @property
    def promised(self) -> set[int]:
        """Numbers that its objects refer to without there being such an object: whoever adds one changes them."""
        if not hasattr(self, "_promised"):
            self.uses(self.root_ref)
            missing = (
                use for use in self._uses if self.reader.xrefs.get_historical_ref(use, self.revision) is None
            )
            self._promised = {reference.idnum for reference in missing}
        return self._promised


class Reader(PdfFileReader):
    """Reads as strictly as pyHanko does, but takes a reference to nothing for null, as the standard says.

    The two tables of a file made to be read while it loads (linearised) are one revision.
    """

    xrefs: History

    def __init__(self, data: bytes, *, strict: bool = True) -> None:
        try:
            super().__init__(io.BytesIO(data), strict=strict)
        except PdfStrictReadError as problem:
            if not str(problem).startswith(TABLES_OF_ONE_NUMBER):
                raise
            # All of it was read strictly, and then it was seen that a table bears the number of one before.
            super().__init__(io.BytesIO(data), strict=False)
            self._require_order()
            self.strict = True
        for trailer in self.trailer._trailer_revisions:
            for key in set(trailer) - OF_TRAILERS - OF_TABLES:
                del trailer[key]
        sections: list[XRefSection] = self.xrefs._xref_sections
        streams = self.xrefs.xref_stream_refs
        if b"/Linearized" in data[:HEAD] and _are_two_parts(sections):
            sections = _one_first_revision(sections)
            trailers = self.trailer._trailer_revisions  # the newest first
            trailers[-2:] = [DictionaryObject({**trailers[-1], **trailers[-2]})]
        self.xrefs = History(self, sections)
        self.xrefs.xref_stream_refs = streams

    @property
    def tail(self) -> bytes:
        """What follows the end of the file, as the last of its tables tells where that is."""
        table, data = self.last_startxref or 0, bytes(self.stream.getvalue())
        ends = (match.end() for match in END.finditer(data, table) if int(match[1]) == table)
        return data[next(ends, 0) :]

    def _require_order(self) -> None:
        """Raise PdfStrictReadError if more than numbers is wrong with the tables; if encrypted, those matter."""
        if self.encrypted:
            raise PdfStrictReadError("an encrypted file with tables of one number")
        sections: list[XRefSection] = self.xrefs._xref_sections
        _check_xref_consistency(
            [replace(section, meta_info=replace(section.meta_info, stream_ref=None)) for section in sections]
        )

    def get_historical_resolver(self, revision: int) -> Version:
        if revision not in self._historical_resolver_cache:
            self._historical_resolver_cache[revision] = Version(self, revision)
        found = self._historical_resolver_cache[revision]
        assert isinstance(found, Version)  # noqa: S101
        return found

    def _read_object(self, ref: Reference, marker: Any, *how: Any, **more: Any) -> Any:
        if marker is None:
            nothing = NullObject()
            nothing.container_ref = ref
            return nothing
        return super()._read_object(ref, marker, *how, **more)


def _are_two_parts(sections: list[XRefSection]) -> bool:
    """Are the first two tables those of a linearised file: the second written first, no object in both?"""
    if len(sections) < 2:
        return False
    main, first_page = sections[:2]
    numbers = [{n for n, _ in section.xref_data.explicit_refs_in_revision} for section in (main, first_page)]
    return (
        first_page.meta_info.start_location < main.meta_info.start_location
        and not numbers[0] & numbers[1]
        and main.xref_data.hybrid is None
        and first_page.xref_data.hybrid is None
    )


def _one_first_revision(sections: list[XRefSection]) -> list[XRefSection]:
    main, first_page = sections[:2]
    data = XRefSectionData()
    for part in (main.xref_data, first_page.xref_data):
        data.freed |= part.freed
        data.standard_xrefs |= part.standard_xrefs
        data.xrefs_in_objstm |= part.xrefs_in_objstm
        data.explicit_refs_in_revision |= part.explicit_refs_in_revision
        data.obj_streams_used |= part.obj_streams_used
    information, before = first_page.meta_info, main.meta_info
    whole = XRefSectionMetaInfo(
        xref_section_type=information.xref_section_type,
        size=max(information.size, before.size),
        declared_startxref=information.declared_startxref,
        start_location=information.start_location,
        end_location=max(information.end_location, before.end_location),
        stream_ref=information.stream_ref,
    )
    return [XRefSection(whole, data), *sections[2:]]


def _with_hybrid(section: XRefSection) -> Iterator[XRefSectionData]:
    yield section.xref_data
    if section.xref_data.hybrid is not None:
        yield section.xref_data.hybrid.xref_data


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """A value of a dictionary, followed to where it stands; plain get() gives the reference. Null is none."""
    if isinstance(dictionary, DictionaryObject) and key in dictionary:
        with contextlib.suppress(KeyError):  # so the library says of null
            return dictionary[key]
    return default


def raw_entry(dictionary: Any, key: str) -> Any:
    """A value of a dictionary as it is written, be it a reference; None if there is none."""
    return dictionary.raw_get(key) if isinstance(dictionary, DictionaryObject) and key in dictionary else None


def raw_items(value: Any) -> list[Any]:
    """What a list holds, references left as they are; nothing if it is none."""
    return list(list.__iter__(value)) if isinstance(value, ArrayObject) else []


def _asked_for(value: Any) -> Iterator[tuple[Keys, Reference]]:
    """What an object itself refers to, and by which keys; not what those objects refer to in turn."""
    waiting: list[tuple[Keys, Any]] = [((), value)]
    while waiting:
        keys, item = waiting.pop()
        item = item.raw_object if isinstance(item, DecryptedObjectProxy) else item
        if isinstance(item, IndirectObject):
            yield keys, item.reference
        elif isinstance(item, DictionaryObject):
            waiting += [((*keys, str(key)), held) for key, held in dict.items(item)]
        elif isinstance(item, ArrayObject):
            waiting += [((*keys, "[]"), held) for held in list.__iter__(item)]
