"""Files that people attach: what they are is told by their bytes, what is not taken is refused, nothing is lost."""

import io
import stat
import uuid
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from cases.evidence.attachment_types import (
    DOCX,
    JPEG,
    PDF,
    PNG,
    TEXT,
    XLSX,
    AttachmentType,
    safe_name,
    type_of,
)
from cases.models import Attachment, AuditEvent, Case, Judgement, Verb
from cases.workflows.casework import attachments
from cases.workflows.casework.attachments import NotTaken, Upload
from cases.workflows.casework.judging.judge import Refused, Seen, judge
from cases.workflows.verification import reconciling, stored_files
from tests import chains, factories
from tests.judging import BORN, case_with, draft, entry, reading_of

MACRO_TYPE = "<x ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"


def office(*names: str, types: bytes = b"<x/>") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        for name in names:
            archive.writestr(name, "<x/>")
    return data.getvalue()


PDF_BYTES = factories.PDF
TAKEN: list[tuple[bytes, AttachmentType]] = [
    (PDF_BYTES, PDF),
    (b"\n\n" + PDF_BYTES, PDF),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, PNG),
    (b"\xff\xd8\xff\xe0" + b"\0" * 20, JPEG),
    ("Født 2. september 1970.\r\n".encode(), TEXT),
    (b"\xef\xbb\xbfWith a mark", TEXT),
    (office("word/document.xml"), DOCX),
    (office("xl/workbook.xml"), XLSX),
]
NOT_TAKEN = [
    b"MZ\x90\0\x03",
    b"\x7fELF\x02",
    b"PK\x03\x04 and no more",
    office("word/document.xml", "word/vbaProject.bin"),
    office("word/document.xml", "word/VBAPROJECT.BIN"),
    office("word/document.xml", "word/macros.bin", types=MACRO_TYPE.encode()),
    office("word/document.xml", "word/macros.bin", types=MACRO_TYPE.encode("utf-16")),
    office("word/document.xml", types=b" " * (2**20 + 1)),
    office("other.xml"),
    b"\0\0\0",
    b"text with \x1b[31m in it",
    b"\xff\xfe\x00b",
    b"   \n",
]
NAMES = {
    "passport.pdf": "passport.pdf",
    "passport.exe": "passport.pdf",
    "../../etc/passwd": "passwd.pdf",
    "C:\\Users\\kari\\My passport.PDF": "My passport.pdf",
    "a\u202efdp.exe": "afdp.pdf",
    "line\nbreak\0.pdf": "linebreak.pdf",
    "": "attachment.pdf",
    ".pdf": "attachment.pdf",
    "...": "attachment.pdf",
    "x" * 300 + ".pdf": "x" * 116 + ".pdf",
    'a"b<c>|d?.pdf': "abcd.pdf",
}


def test_what_a_file_is_its_bytes_tell() -> None:
    assert [type_of(data) for data, _type in TAKEN] == [expected for _data, expected in TAKEN]
    assert [data for data in NOT_TAKEN if type_of(data)] == []


def test_a_name_leads_nowhere_and_has_the_ending_of_what_the_file_is() -> None:
    assert {name: safe_name(name, PDF) for name in NAMES} == NAMES


def attach(case: Case, upload: Upload, submission: uuid.UUID | None = None) -> Judgement:
    how = draft("FALSE_POSITIVE", "FP09", particulars="Passport of the chair", attachments=1)
    seen = Seen(case.hits.get().fingerprint)
    return judge(reading_of(case), seen, how, factories.kari(), submission or uuid.uuid4(), upload=upload)


@pytest.mark.django_db
class TestAttached:
    def test_a_file_is_stored_under_its_hash_and_belongs_to_its_judgement(self) -> None:
        case = case_with(entry(birthDate=BORN))
        found = attach(case, Upload("passport.exe", len(PDF_BYTES), PDF_BYTES))
        (attachment,) = found.attachments.all()
        assert (attachment.name, attachment.media_type, attachment.number) == (
            "passport.pdf",
            "application/pdf",
            1,
        )
        with default_storage.open(attachment.file) as stored:
            assert stored.read() == PDF_BYTES
        verbs = AuditEvent.objects.of_case(case).values_list("verb", flat=True).order_by("sequence")
        assert list(verbs)[-2:] == [Verb.HIT_JUDGED, Verb.ATTACHED]
        assert list(chains.breaks(case.reference)) == [None]
        (reconciled,) = reconciling.reconcile(case.reference)
        assert not [
            problem for problem in reconciled.problems if "judgement" in problem or "attachment" in problem
        ]
        checked = {item.file: item.problem for item in stored_files.check(case.reference)}
        assert checked[attachment.file] == ""

    def test_the_same_sending_attaches_once(self) -> None:
        case, submission = case_with(entry(birthDate=BORN)), uuid.uuid4()
        first, again = (
            attach(case, Upload("a.pdf", len(PDF_BYTES), PDF_BYTES), submission) for _time in range(2)
        )
        assert first == again
        assert Attachment.objects.count() == 1

    def test_what_is_not_taken_is_refused_and_nothing_is_kept(self, settings: Settings) -> None:
        settings.ATTACHMENT_BYTES = 1000
        case = case_with(entry(birthDate=BORN))
        for upload in (
            Upload("a.exe", 3, b"MZ\0"),
            Upload("a.pdf", 0, b""),
            Upload("a.pdf", 1001, b""),
        ):
            with pytest.raises(NotTaken):
                attach(case, upload)
        assert not Judgement.objects.exists()
        assert not Attachment.objects.exists()

    def test_a_judgement_that_is_refused_stores_no_file(self) -> None:
        case = case_with(entry(birthDate=BORN))
        how = draft("FALSE_POSITIVE", "FP01", attachments=1)
        seen, data = Seen(case.hits.get().fingerprint), b"%PDF- only here"
        with pytest.raises(Refused):
            judge(
                reading_of(case),
                seen,
                how,
                factories.kari(),
                uuid.uuid4(),
                upload=Upload("a.pdf", len(data), data),
            )
        assert not default_storage.exists("attachments")

    def test_a_file_that_was_altered_is_named(self) -> None:
        case = case_with(entry(birthDate=BORN))
        attachment = attach(case, Upload("a.pdf", len(PDF_BYTES), PDF_BYTES)).attachments.get()
        path = Path(default_storage.path(attachment.file))
        path.chmod(0o600)
        path.write_bytes(b"something else")
        (checked,) = (item for item in stored_files.check(case.reference) if item.file == attachment.file)
        assert "attachment in row" in checked.problem


def scanner(folder: Path, status: int, wait: str = "") -> str:
    program = folder / f"scanner {status}"
    program.write_text(f'#!/bin/sh\n{wait}\ntest -s "$1" || exit 9\nexit {status}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return f"'{program}'"


def test_a_scanner_sees_each_file_before_it_is_kept(settings: Settings, tmp_path: Path) -> None:
    upload = Upload("a.pdf", len(PDF_BYTES), PDF_BYTES)
    settings.ATTACHMENT_SCANNER = scanner(tmp_path, 0)
    assert attachments.keep(upload).size == len(PDF_BYTES)
    refused = {}
    for command in (scanner(tmp_path, 1), scanner(tmp_path, 2), "/nowhere/at all"):
        settings.ATTACHMENT_SCANNER = command
        with pytest.raises(NotTaken) as not_taken:
            attachments.keep(Upload("b.pdf", 9, b"%PDF-1.4 "))
        refused[command] = str(not_taken.value.words)
    words = list(refused.values())
    assert "harmful" in words[0]
    assert "could not be scanned" in words[1]
    assert words[1] == words[2]
    stored = list(Path(default_storage.location).rglob("*.pdf"))
    assert len(stored) == 1
