"""Signatures that earlier versions of a file held are missed, whoever signed it since."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from cases.models import Verdict
from cases.signatures import earlier_signatures
from tests.signatures.pdfs import signed_pdfs
from tests.signatures.pdfs.signed_pdfs import Holder
from tests.signatures.test_signatures import PLAIN, ROOT, SIGNED, SIGNER, STRANGER, STRANGER_ROOT, check, said


@pytest.mark.parametrize("by", [SIGNER, STRANGER], ids=["one we trust", "a stranger"])
@pytest.mark.parametrize(
    "taken_out",
    [
        lambda: signed_pdfs.updated(SIGNED, signed_pdfs.signature_removed),
        lambda: signed_pdfs.updated(SIGNED, signed_pdfs.value_removed),
        lambda: signed_pdfs.written_over(SIGNED),
    ],
    ids=["the form", "the value", "all written anew"],
)
def test_a_signature_that_was_taken_out_is_missed_though_another_signed_since(
    taken_out: Callable[[], bytes], by: Holder
) -> None:
    changed = signed_pdfs.updated(taken_out(), signed_pdfs.text_changed)
    pdf = signed_pdfs.signed(changed, by, ROOT if by is SIGNER else STRANGER_ROOT, field="Second")
    found = check(pdf)
    assert (found.verdict, found.explanation) == (Verdict.ALTERED, "signature_removed")
    assert [signature.field for signature in found.signatures] == ["Second"]


def test_a_document_within_the_document_is_no_earlier_version_of_it() -> None:
    def attach(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=signed_pdfs.signed(PLAIN, STRANGER, STRANGER_ROOT))
        writer.root[generic.pdf_name("/Attached")] = writer.add_object(stream)
        writer.update_root()

    assert said(signed_pdfs.signed(signed_pdfs.updated(PLAIN, attach), SIGNER, ROOT)) == (
        Verdict.VERIFIED,
        "verified",
    )


def test_a_file_made_to_be_read_while_it_loads_is_signed_like_any_other(tmp_path: Path) -> None:
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    plain, linear = tmp_path / "plain.pdf", tmp_path / "linear.pdf"
    plain.write_bytes(PLAIN)
    subprocess.run([qpdf, "--linearize", plain, linear], check=True)
    assert said(linear.read_bytes()) == (Verdict.UNSIGNED, "unsigned")
    assert said(signed_pdfs.signed(linear.read_bytes(), SIGNER, ROOT)) == (Verdict.VERIFIED, "verified")


@pytest.mark.parametrize("pdf", [SIGNED, PLAIN], ids=["signed", "unsigned"])
def test_what_was_changed_more_often_than_is_looked_at_cannot_be_told(
    pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier_signatures, "MOST_REVISIONS", 2)
    often = signed_pdfs.updated(
        signed_pdfs.updated(signed_pdfs.with_form(PLAIN), signed_pdfs.form_filled), signed_pdfs.form_filled
    )
    pdf = signed_pdfs.signed(often, SIGNER, ROOT) if pdf is SIGNED else often
    assert said(pdf) == (Verdict.CANNOT_TELL, "too_many_changes")
