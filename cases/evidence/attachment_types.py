"""What an attached file is, by its own bytes: whatever it is called, and whatever a browser says of it."""

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from cases.findings.vocabulary.plain_text import without_turning

LONGEST_NAME = 120
FIRST_BYTES = 1024
MACROS = (b"vbaproject", b"macroenabled")
CONTENT_TYPES = "[Content_Types].xml"
LONGEST_CONTENT_TYPES = 2**20


@dataclass(frozen=True)
class AttachmentType:
    """A type of file that is taken: its media type, and the ending that its name is given."""

    media_type: str
    ending: str


PDF = AttachmentType("application/pdf", "pdf")
PNG = AttachmentType("image/png", "png")
JPEG = AttachmentType("image/jpeg", "jpg")
TEXT = AttachmentType("text/plain", "txt")
DOCX = AttachmentType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
XLSX = AttachmentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
TYPES = (PDF, PNG, JPEG, TEXT, DOCX, XLSX)


def type_of(data: bytes) -> AttachmentType | None:
    """What the bytes are; None for what is not taken, an office document with macros too."""
    if b"%PDF-" in data[:FIRST_BYTES]:
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return TEXT if _is_text(data) else None


def _office(data: bytes) -> AttachmentType | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if CONTENT_TYPES not in names:
                return None
            with archive.open(CONTENT_TYPES) as types:
                stated = types.read(LONGEST_CONTENT_TYPES + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        return None
    if len(stated) > LONGEST_CONTENT_TYPES or _has_macros(stated, names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _has_macros(stated: bytes, names: list[str]) -> bool:
    """Does a part hold macros, by its name or by its type? Names count in any case; the types may be in UTF-16."""
    text = b"\n".join([stated.replace(b"\0", b""), *(name.encode() for name in names)]).lower()
    return any(word in text for word in MACROS)


def _is_text(data: bytes) -> bool:
    """Is it text in UTF-8, without control characters?"""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    controls = {letter for letter in set(text) if unicodedata.category(letter) == "Cc"}
    return bool(text.strip()) and controls <= {"\t", "\n", "\r"}


def safe_name(name: str, of_type: AttachmentType) -> str:
    """A name that leads nowhere and reads one way, with the ending of what the file is."""
    last = re.split(r"[\\/]", without_turning(unicodedata.normalize("NFC", name)))[-1]
    letters = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*')
    before, dot, _ending = letters.rpartition(".")
    stem = before if dot else letters
    stem = " ".join(stem.split()).strip(". ")[: LONGEST_NAME - len(of_type.ending) - 1]
    return f"{stem or 'attachment'}.{of_type.ending}"
