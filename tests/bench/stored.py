"""Files a second and memory of `verify_evidence`: .venv/bin/python -m tests.bench.stored [--bucket] [--files 2000]

With `--bucket` the files are in Ceph's S3 server (tests/bucket/run installs it), else in a folder. Beside it the bare
side: each of the same files read and hashed, without rows. Every hundredth file has 30 MB, the others 60 kB.
"""

import argparse
import gc
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from cases.evidence import evidence_files
from cases.models import Artefact, ArtefactKind, ArtefactState
from cases.workflows.verification.verify import EvidenceRun
from tests import factories
from tests.bench import place, store

SMALL, LARGE, SELDOM = 60_000, 30 * 2**20, 100


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the verifying of stored files.")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--bucket", action="store_true")
    asked = parser.parse_args()
    with place.of_its_own(), store.of_its_own(in_bucket=asked.bucket):
        names = kept(asked.files)
        run = EvidenceRun()
        told("bare", len(names), lambda: bare(names))
        told("verify_evidence", len(names), lambda: list(run.problems()))
        print(*run.summary(), sep="\n")


def kept(files: int) -> list[str]:
    """So many captured results, each with a file; a case has a hundred captures."""
    names = []
    for number in range(files):
        if number % SELDOM == 0:
            case = factories.case()
        data = os.urandom(LARGE if number % SELDOM == 0 else SMALL)
        sha256 = hashlib.sha256(data).hexdigest()
        name = evidence_files.name_for(sha256, ArtefactKind.AML)
        default_storage.save(name, ContentFile(data))
        session = factories.session(case, "FAILED", {})
        fields = {"file": name, "sha256": sha256, "size": len(data), "captured_at": session.requested_at}
        Artefact.objects.create(
            session=session, kind=ArtefactKind.AML, state=ArtefactState.CAPTURED, **fields
        )
        names.append(name)
    return sorted(names)


def bare(names: list[str]) -> None:
    for name in names:
        evidence_files.digest(name)


def told(what: str, files: int, work: Callable[[], object]) -> None:
    """Do it, and print how long it took and what memory the process had at its most meanwhile."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the most so far is forgotten
    had, began = memory("VmRSS"), time.monotonic()
    work()
    seconds = time.monotonic() - began
    most = memory("VmHWM")
    print(
        f"{what:<16}{files / seconds:8,.0f} files/s {seconds:6.1f} s  {most:,.0f} MB at its most, {had:,.0f} before"
    )


def memory(what: str) -> float:
    """Of this process, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith(what))) / 1024


if __name__ == "__main__":
    main()
