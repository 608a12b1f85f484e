"""Verify the audit trail and the rows it tells of, and every stored file; keep how the last run of each went."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone

from cases.models import Case, Verification, VerificationKind
from cases.workflows.audit import chain_walk
from cases.workflows.audit.chain_walk import Break
from cases.workflows.verification import reconciling, stored_files
from cases.workflows.verification.reconciling import Reconciled
from cases.workflows.verification.reconciling.findings import Findings

MOST_LINES_KEPT = 50


@dataclass(frozen=True)
class Problem:
    """Something that does not hold, in a sentence; `reference` of the case it is about, '' if it is about none."""

    reference: str
    text: str

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}" if self.reference else self.text


class Run(ABC):
    """One run over everything, or over one case. What was counted is right once `problems()` has come to its end."""

    kind: ClassVar[VerificationKind]

    def __init__(self, reference: str | None = None) -> None:
        self.reference, self.began_at = reference, timezone.now()
        self.extent = self.found = 0
        self.lines: list[str] = []
        self.on_progress: Callable[[int], None] = lambda _steps: None

    def problems(self) -> Iterator[Problem]:
        """Verify, and name each place that does not hold as it is found. Raises DatabaseError."""
        for problem in self._check():
            self.found += 1
            if len(self.lines) < MOST_LINES_KEPT:
                self.lines.append(str(problem))
            yield problem

    @property
    def is_sound(self) -> bool:
        return not self.found

    @abstractmethod
    def steps(self) -> int:
        """How many steps of progress there will be, about."""

    @abstractmethod
    def summary(self) -> list[str]:
        """How much was looked at, and what came of it, in lines."""

    @abstractmethod
    def counts(self) -> dict[str, Any]:
        """How much was looked at, as numbers under the names that --json has for them."""

    @abstractmethod
    def _check(self) -> Iterator[Problem]: ...

    def keep(self) -> None:
        """Save the outcome of the run, for page and `doctor`, if it was over everything."""
        if self.reference is None:
            Verification.objects.create(
                kind=self.kind,
                began_at=self.began_at,
                ended_at=timezone.now(),
                extent=self.extent,
                problems=self.found,
                summary="\n".join(self.summary()),
                lines=self.lines,
            )


class AuditRun(Run):
    """Walk the chains, and hold every row against its events."""

    kind = VerificationKind.AUDIT

    def __init__(self, reference: str | None = None) -> None:
        super().__init__(reference)
        self.events = self.erased = self.rows = self.differ = self.missing = 0
        self.broken: set[str] = set()
        self.and_portal = ""
        self.uncompared: Counter[tuple[str, str]] = Counter()

    def steps(self) -> int:
        return 2 * (1 if self.reference else Case.objects.count())

    def _check(self) -> Iterator[Problem]:
        for walked in chain_walk.walk(self.reference):
            if walked.reference == chain_walk.OF_PORTAL:
                self.and_portal = " and the portal"
            else:
                self.extent += 1
            self.events, self.erased = self.events + walked.events, self.erased + walked.erased
            self.on_progress(1)
            for place in walked.breaks:
                self.broken.add(walked.reference)
                yield Problem(place.reference, words_of(place))
        for done in reconciling.reconcile(self.reference):
            self.on_progress(1)
            yield from self._differences(done.reference, done)
        if not self.reference:
            yield from self._differences(chain_walk.OF_PORTAL, reconciling.people.held())
        for text in () if self.reference else reconciling.references.problems():
            self.missing += 1
            yield Problem("", text)

    def _differences(self, reference: str, found: Reconciled | Findings) -> Iterator[Problem]:
        self.rows += found.rows
        self.uncompared.update(found.uncompared)
        for text in found.problems:
            self.differ += 1
            yield Problem(reference, text)

    def summary(self) -> list[str]:
        chains = f"{len(self.broken)} DO NOT HOLD" if self.broken else "every chain holds"
        rows = f"{self.differ} DIFFERENCES" if self.differ else "every row is as they say"
        lines = [
            *(f"Cannot be compared: {what}, {why} ({times}×)." for (what, why), times in self._left_out()),
            f"{self.extent} cases{self.and_portal}, {self.events} events, {self.erased} details erased: {chains}.",
            f"{self.rows} rows held against their events and the stored results: {rows}.",
        ]
        return [*lines, f"{self.missing} GAPS IN REFERENCES."] if self.missing else lines

    def counts(self) -> dict[str, Any]:
        return {
            "cases": self.extent,
            "events": self.events,
            "details_erased": self.erased,
            "rows": self.rows,
            "cannot_be_compared": [
                {"what": what, "why": why, "times": times} for (what, why), times in self._left_out()
            ],
        }

    def _left_out(self) -> list[tuple[tuple[str, str], int]]:
        return sorted(self.uncompared.items())


def words_of(place: Break) -> str:
    """Where a chain does not hold, in words."""
    if place.event is None and place.problem.startswith(("the case", "the portal")):
        return place.problem
    row = "" if place.event is None else f" (row {place.event})"
    return f"event {place.sequence}{row} {place.problem}"


class EvidenceRun(Run):
    """Hash every stored file."""

    kind = VerificationKind.EVIDENCE

    def __init__(self, reference: str | None = None) -> None:
        super().__init__(reference)
        self.size = 0
        self.aside: Counter[str] = Counter()

    def steps(self) -> int:
        return stored_files.count(self.reference)

    def _check(self) -> Iterator[Problem]:
        last = ""
        for checked in stored_files.check(self.reference):
            if checked.aside:
                self.aside[checked.aside] += 1
            if checked.file != last:
                self.extent, self.size, last = self.extent + 1, self.size + checked.size, checked.file
                self.on_progress(1)
            if checked.problem:
                yield Problem(checked.reference, checked.problem)

    def summary(self) -> list[str]:
        verdict = f"{self.found} NOT AS CAPTURED" if self.found else "every file is as captured"
        lines = [f"{self.extent} files, {self.size / 1e6:,.1f} MB read: {verdict}."]
        return [
            *(
                f"No row names {self.aside[why]} of them: {why}."
                for why in stored_files.ASIDE
                if self.aside[why]
            ),
            *lines,
        ]

    def counts(self) -> dict[str, Any]:
        return {"files": self.extent, "bytes": self.size, "named_by_no_row": dict(self.aside)}
