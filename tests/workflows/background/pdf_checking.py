"""Captured PDFs whose signatures are to be checked, what the checks came to, and what may go wrong with them."""

import sys
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from amlportal.storage import WriteOnceFiles
from cases.models import (
    Artefact,
    ArtefactKind,
    ArtefactState,
    SessionState,
    SignatureCheck,
)
from cases.signatures import signature_process
from tests import factories
from tests.signatures.pdfs import signed_pdfs

ROOT = signed_pdfs.root()
SIGNED = signed_pdfs.signed(signed_pdfs.report(), signed_pdfs.signer(ROOT), ROOT)


def captured(data: bytes = SIGNED, name: str = "Fjellheim Energi AS", number: str = "317835337") -> Artefact:
    case = factories.case(factories.organisation(number, name=name))
    session = factories.session(case, SessionState.OPEN, {})
    return factories.artefact(session, ArtefactKind.AML, ArtefactState.CAPTURED, data=data)


def stored(artefact: Artefact) -> Path:
    return Path(default_storage.path(artefact.file))


def checks() -> list[tuple[str, str]]:
    return list(SignatureCheck.objects.order_by("pk").values_list("verdict", "explanation"))


def away(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """The store cannot be reached (for these files, or for any); gives what was asked for."""
    opened_names: list[str] = []
    opened = WriteOnceFiles.open

    def refuse(self: WriteOnceFiles, name: str, mode: str = "rb") -> object:
        opened_names.append(name)
        if not names or name in names:
            raise PermissionError
        return opened(self, name, mode)

    monkeypatch.setattr(WriteOnceFiles, "open", refuse)
    return opened_names


def ending(monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """The process does this when it is given a file."""
    program = f"import os, signal, time; input(); print('{{\"ready\": true}}', flush=True); input(); {does}"
    monkeypatch.setattr(signature_process, "PROGRAM", (sys.executable, "-c", program))


KILLED = "os.kill(os.getpid(), signal.SIGKILL)"
