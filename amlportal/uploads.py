"""Files in forms: kept in memory, never on the disk, and no more of one than the portal takes."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedMemory(FileUploadHandler):
    """Keeps a file in memory as long as it is no larger than ATTACHMENT_BYTES.

    Of a larger one the size is counted and nothing kept, so that the form can say what is wrong with it.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with an empty file."""
        super().new_file(*args, **kwargs)
        self._kept: list[bytes] = []
        self._length = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, or forget all of it once it is too much."""
        self._length += len(raw_data)
        if self._length > settings.ATTACHMENT_BYTES:
            self._kept.clear()
        else:
            self._kept.append(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand over what was kept; its `size` is that of the whole file."""
        data = BytesIO(b"".join(self._kept))
        return InMemoryUploadedFile(
            data, self.field_name, self.file_name or "", self.content_type, self._length, self.charset
        )
