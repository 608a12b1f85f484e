"""Attach a file to a case: bytes first, then its row and its event, in the transaction of what rests on it."""

import hashlib
import logging
import shlex
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.evidence import evidence_files
from cases.evidence.attachment_types import safe_name, type_of
from cases.models import (
    Attachment,
    Case,
    Judgement,
    OwnerConclusion,
    PartySearch,
    RequirementStatement,
    User,
    Verb,
)
from cases.models.audit.subject import EventSubject
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.refusal import Refusal

log = logging.getLogger(__name__)
SCAN_SECONDS = 60
CLEAN, INFECTED = 0, 1


class NotTaken(Refusal):
    """The file cannot be attached; `words` say why and what to do. Nothing of it was kept."""


@dataclass(frozen=True)
class Kept:
    """A file whose bytes are stored, before any row tells of it."""

    name: str
    media_type: str
    size: int
    sha256: str
    file: str


@dataclass(frozen=True)
class Upload:
    """A file as somebody sent it. `size` is that of the whole; of one too large there are no `data`."""

    name: str
    size: int
    data: bytes = field(repr=False)


def keep(upload: Upload) -> Kept:
    """Store a file that somebody sent. Raises NotTaken."""
    data = upload.data
    if upload.size > settings.ATTACHMENT_BYTES:
        words = _("The file is larger than %(most)d MB. Attach a smaller one, or a part of it.")
        raise NotTaken(words % {"most": settings.ATTACHMENT_BYTES // 2**20})
    if not data:
        raise NotTaken(_("The file is empty."))
    of_type = type_of(data)
    if of_type is None:
        raise NotTaken(
            _(
                "Attach a PDF, a picture (PNG, JPEG), a text, or a document or sheet (docx, xlsx) without macros."
            )
        )
    sha256 = hashlib.sha256(data).hexdigest()
    with tempfile.NamedTemporaryFile(dir=evidence_files.incoming_folder()) as incoming:
        incoming.write(data)
        incoming.flush()
        path = Path(incoming.name)
        _scan(path)
        try:
            file = evidence_files.keep_file(path, sha256, partial(name_for, sha256, of_type.ending))
        except evidence_files.StorageTrouble as trouble:
            raise NotTaken(_("The file cannot be stored at the moment. Try again in a while.")) from trouble
    return Kept(safe_name(upload.name, of_type), of_type.media_type, upload.size, sha256, file)


def name_for(sha256: str, ending: str, copy: int = 1) -> str:
    """The name under which an attachment is stored."""
    further = "" if copy == 1 else f"-{copy}"
    return f"attachments/{sha256[:2]}/{sha256}{further}.{ending}"


def _scan(path: Path) -> None:
    """Have the program of the settings look at a file before it is kept; without one nothing is scanned."""
    if not settings.ATTACHMENT_SCANNER:
        return
    command = [*shlex.split(settings.ATTACHMENT_SCANNER), str(path)]
    try:
        found = subprocess.run(  # noqa: S603 - the program is the operator's
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SCAN_SECONDS,
            check=False,
        ).returncode
    except (OSError, subprocess.SubprocessError) as problem:
        log.error("the scanner of attachments could not be run: %s", type(problem).__name__)
        raise NotTaken(_("The file could not be scanned, so it is not kept. Try again later.")) from problem
    if found == INFECTED:
        raise NotTaken(_("The scanner found something harmful in the file. It is not kept."))
    if found != CLEAN:
        log.error("the scanner of attachments ended with %d", found)
        raise NotTaken(_("The file could not be scanned, so it is not kept. Try again later."))


def add(
    case: Case,
    kept: Kept,
    shows: Judgement | OwnerConclusion | PartySearch | RequirementStatement,
    actor: User,
) -> Attachment:
    """Make the row of a stored file and tell of it. Inside the caller's transaction, which holds the case's row."""
    newest = Attachment.objects.filter(case=case).aggregate(newest=Max("number"))["newest"] or 0
    attachment = Attachment.objects.create(
        case=case,
        number=newest + 1,
        name=kept.name,
        media_type=kept.media_type,
        size=kept.size,
        sha256=kept.sha256,
        file=kept.file,
        attached_by=actor,
        attached_at=timezone.now(),
        judgement=shows if isinstance(shows, Judgement) else None,
        statement=shows if isinstance(shows, RequirementStatement) else None,
        conclusion=shows if isinstance(shows, OwnerConclusion) else None,
        search=shows if isinstance(shows, PartySearch) else None,
    )
    trail.record(
        case,
        Verb.ATTACHED,
        actor=actor,
        subject=EventSubject.attachment(attachment.number),
        rests_on=kept.sha256,
        detail={"file_name": kept.name, "size": kept.size, **recorded_columns.of_attachment(attachment)},
    )
    return attachment


@transaction.atomic
def opened(attachment: Attachment, actor: User) -> None:
    """Record that a person was handed the file."""
    trail.record(
        attachment.case,
        Verb.DOCUMENT_VIEWED,
        actor=actor,
        subject=EventSubject.attachment(attachment.number),
        rests_on=attachment.sha256,
    )
