"""The storage: what is written can be read, and is never written again."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from amlportal.private_files import NOT_FOR_OTHERS
from amlportal.storage import NameTaken, WriteOnceFiles
from cases.evidence import evidence_files
from cases.models import reasons
from cases.workflows.diagnostics.finding import Finding, ok, warning, wrong

SUBJECT = "storage"
LITTLE = 2**30  # bytes


def check() -> Iterator[Finding]:
    found = [*_probe(), *_folders()]
    place = settings.FILES_DIR if isinstance(default_storage, WriteOnceFiles) else "a bucket"
    yield from found or [ok(SUBJECT, f"Evidence in {place}: written once, read back, not overwritten.")]


def _probe() -> Iterator[Finding]:
    """Write a file as evidence is written, and remove it again."""
    name = f"doctor-{uuid.uuid4().hex}.txt"
    try:
        yield from _written_once(name)
    except OSError as problem:
        reason = reasons.sentence(evidence_files.trouble(problem).reason)
        message = f"{reason} ({type(problem).__name__})"
        yield wrong(
            SUBJECT, message, "Check FILES_DIR or FILES_BUCKET, its access rights and its free space."
        )
    finally:
        left = _remove(name)
    if left:
        message = f"The file {name}, written to try the storage, could not be removed ({left})."
        yield warning(
            SUBJECT, message, "Remove it by hand. Where nothing may ever be deleted, this is as it should be."
        )


def _written_once(name: str) -> Iterator[Finding]:
    kept = os.urandom(64)
    saved = default_storage.save(name, ContentFile(kept))
    if saved != name or evidence_files.read(name) != kept:
        yield wrong(SUBJECT, "What was written is not what is read.", "Check the disk or the bucket.")
    try:
        default_storage.save(name, ContentFile(b"something else"))
    except NameTaken:
        return
    message = "A file that was written can be overwritten: evidence is not safe."
    yield wrong(
        SUBJECT, message, "Use the portal's own storage classes, and no bucket that forbids them to look."
    )


def _remove(name: str) -> str:
    try:
        default_storage.delete(name)
    except OSError as problem:
        return type(problem).__name__
    return ""


def _folders() -> Iterator[Finding]:
    try:
        folders = {"VAR_DIR": settings.VAR_DIR, "downloads": evidence_files.incoming_folder()}
        if isinstance(default_storage, WriteOnceFiles):
            folders["FILES_DIR"] = settings.FILES_DIR
        for called, folder in folders.items():
            yield from _folder(called, folder)
    except OSError as problem:
        message = f"A folder of the portal cannot be used ({problem.strerror})."
        yield wrong(SUBJECT, message, "Check VAR_DIR and FILES_DIR and their access rights.")


def _folder(called: str, folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.W_OK | os.X_OK):
        yield wrong(
            SUBJECT, f"{called} ({folder}) cannot be written.", "Give the portal's user write access."
        )
    elif folder.stat().st_uid != os.geteuid():
        message = f"{called} ({folder}) belongs to another user; what you make here may be out of the portal's reach."
        yield warning(SUBJECT, message, "Run the portal's commands as the user that the portal runs as.")
    if folder.stat().st_mode & NOT_FOR_OTHERS:
        message = f"Others on this machine may enter {called} ({folder})."
        yield warning(SUBJECT, message, f"Keep them out: chmod -R go= {folder}")
    free = shutil.disk_usage(folder).free
    if free < LITTLE:
        message = f"Only {free / 2**20:,.0f} MB are free where {called} is."
        yield warning(SUBJECT, message, "Make room: a result that cannot be stored expires at the provider.")
