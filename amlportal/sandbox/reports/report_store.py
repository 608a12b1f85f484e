"""The reports that were made, each made and signed once."""

import hashlib
import json
import secrets
import threading
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import Any

from amlportal.sandbox.options import OFAC_SCOPE
from amlportal.sandbox.reports.pages import PAGE_VERSION, report_pdf
from amlportal.sandbox.reports.signing import Authority, kept_authority, make_authority
from amlportal.sandbox.sessions.results import without_ofac
from amlportal.sandbox.sessions.sessions import Session
from amlportal.sandbox.stats import Stats


class ReportStore:
    """Signed reports, kept in a folder under a hash of what they are made of."""

    def __init__(self, folder: Path, stats: Stats) -> None:
        self.folder = folder
        self._reports = folder / "reports"
        self._reports.mkdir(parents=True, exist_ok=True)
        self._stats = stats
        self._lock = threading.Lock()
        self._making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self.authority: Authority = kept_authority(folder)

    @cached_property
    def _stranger(self) -> Authority:
        """An authority nobody trusts."""
        return make_authority("Unknown Stranger")

    def report(self, session: Session, kind: str) -> bytes:
        """Return the signed report of a session's organisation."""
        seen = self._seen(session)
        key = json.dumps(
            [PAGE_VERSION, self.authority.fingerprint, kind, session.order.language, seen], sort_keys=True
        )
        path = self._reports / f"{hashlib.sha256(key.encode()).hexdigest()}.pdf"
        with self._lock:
            making = self._making[path.name]
        with making:
            if not path.exists():
                signed = self.authority.sign(
                    report_pdf(session.organisation, seen, kind, session.order.language)
                )
                beside = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
                beside.write_bytes(signed)
                beside.replace(path)
                self._stats.count("reports", "signed")
            return path.read_bytes()

    def faulty_report(self, session: Session, kind: str, faults: frozenset[str]) -> bytes:
        """Return the report, signed by a stranger or not at all when the faults say so."""
        if not faults & {"unsigned_pdf", "foreign_signature"}:
            return self.report(session, kind)
        unsigned = report_pdf(session.organisation, self._seen(session), kind, session.order.language)
        return unsigned if "unsigned_pdf" in faults else self._stranger.sign(unsigned)

    def _seen(self, session: Session) -> dict[str, Any]:
        seen = dict(session.organisation.result)
        return seen if OFAC_SCOPE in session.scopes else without_ofac(seen)
