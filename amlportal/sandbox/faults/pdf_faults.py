"""Changes to a signed PDF that a reader of signatures must notice."""

import io

from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def tampered(pdf: bytes) -> bytes:
    """Change one byte of what was signed; the page looks the same."""
    place = pdf.index(b"(D:") + 3
    changed = b"1" if pdf[place : place + 1] != b"1" else b"3"
    return pdf[:place] + changed + pdf[place + 1 :]


def altered(pdf: bytes) -> bytes:
    """Write over the first page after it was signed; the signature itself stays intact."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stroke = b"q 0.8 0.1 0.1 rg 40 400 515 26 re f Q"
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=stroke)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
