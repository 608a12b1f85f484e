"""Works out what drafts of policy would do to the open cases, in pieces: if one breaks off, another goes on."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

from cases.models import Case, PolicyImpact, PolicyKind, PolicyVersion, reasons
from cases.workflows import heartbeat
from cases.workflows.casework import impact
from cases.workflows.casework.impact import CaseImpact, Impact
from cases.workflows.locks import leases
from cases.workflows.locks.leases import Lease, LeaseLost
from cases.workflows.policy import versions
from cases.workflows.policy.versions import NothingInForce
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)

MOST_CLAIMS = 3
PIECE_SECONDS = 5.0  # then the other background jobs have their turn
PIECE_CASES = 200
MOST_CHANGES = 200  # that are kept by name; all are counted
Holds = Callable[[PolicyVersion, Iterable[Case]], Impact]
BY_KIND: dict[str, Holds] = {
    PolicyKind.RISK_MODEL: lambda draft, cases: impact.of_risk_model(
        versions.risk_model_of(draft), cases, timezone.localdate()
    ),
    PolicyKind.HIT_REASONS: lambda draft, cases: impact.of_hit_reasons(versions.hit_reasons_of(draft), cases),
    PolicyKind.REQUIREMENT_SET: lambda draft, cases: impact.of_requirement_set(
        versions.requirement_set_of(draft), cases, timezone.localdate()
    ),
}


def is_due() -> bool:
    """Is there any that nobody works on?"""
    return PolicyImpact.objects.due(timezone.now()).exists()


def do(beats: heartbeat.Beats) -> bool:
    """Look at some more cases for the one that waits longest; False if none is due, or it is in other hands."""
    beats.beat()
    pk = PolicyImpact.objects.due(timezone.now()).values_list("pk", flat=True).first()
    lease = None if pk is None else leases.claim(PolicyImpact, pk, settings.LEASE_SECONDS)
    if lease is None:
        return False
    try:
        _go_on(PolicyImpact.objects.select_related("version").get(pk=lease.pk), lease, beats)
    except LeaseLost:
        log.info("impact %s is worked out by somebody else", lease.pk)
    return True


def _go_on(row: PolicyImpact, lease: Lease, beats: heartbeat.Beats) -> None:
    in_force = PolicyVersion.objects.in_force(row.version.kind)
    if reason := _why_not(row, in_force):
        _fail(lease, reason)
        return
    assert in_force is not None  # noqa: S101 - else there is a reason
    if row.against_id != in_force.pk:
        row.begin(in_force, Case.objects.open().count())
    piece = _Piece(row.last_case, lease, beats)
    try:
        found = BY_KIND[row.version.kind](row.version, piece)
    except NothingInForce:  # of another document that this one rests on
        _fail(lease, reasons.NOTHING_IN_FORCE)
        return
    except (LeaseLost, DatabaseError, InterfaceError):
        raise
    except Exception as problem:
        # The claim stays counted: after some of them it is given up.
        log.error("impact %s: %s", row.pk, described(problem))
        PolicyImpact.objects.filter(pk=row.pk).held_by(lease.token).release()
        return
    if found.is_out_of_reach and row.claims < MOST_CLAIMS:
        # Left until its lease runs out, for another claim: the store may be there by then.
        log.warning("impact %s: the store cannot be read for now", row.pk)
        return
    if found.is_out_of_reach and found.not_worked_out == found.cases:
        _fail(lease, reasons.STORAGE_AWAY)
        return
    # A file that stays out of reach keeps the others from nothing: its case is one that could not be worked out.
    _record(row, lease, piece, found)


def _why_not(row: PolicyImpact, in_force: PolicyVersion | None) -> str:
    if row.claims > MOST_CLAIMS:
        return reasons.IMPACT_BROKE_OFF
    if not row.version.is_draft:
        return reasons.NO_DRAFT_ANY_MORE
    return "" if in_force else reasons.NOTHING_IN_FORCE


@dataclass
class _Piece:
    """The open cases after one, as many as there is time for. `last`: the last one that was given out."""

    last: int
    lease: Lease
    beats: heartbeat.Beats
    is_last: bool = False
    _ends: float = field(default_factory=lambda: time.monotonic() + PIECE_SECONDS)

    def __iter__(self) -> Iterator[Case]:
        cases = Case.objects.open().filter(pk__gt=self.last).order_by("pk")[: PIECE_CASES + 1]
        for number, case in enumerate(cases, 1):
            if number > PIECE_CASES or (number > 1 and time.monotonic() > self._ends):
                return
            self.beats.beat()
            self.lease.keep()
            yield case
            self.last = case.pk
        self.is_last = True


def _record(row: PolicyImpact, lease: Lease, piece: _Piece, found: Impact) -> None:
    """Keep what a piece brought, and let the next go on from there."""
    row.last_case = piece.last
    row.cases += found.cases
    row.not_worked_out += found.not_worked_out
    row.changed += found.changed
    row.not_read = [*row.not_read, *found.not_read][:MOST_CHANGES]
    stored = [_stored(change) for change in found.changes]
    row.changes = [*row.changes, *stored][:MOST_CHANGES]
    row.tallies = _counted(row.tallies, stored)
    if piece.is_last:
        row.mark_worked_out(timezone.now())
    _save(row, lease)


def _stored(change: CaseImpact) -> dict[str, str]:
    """A change as it is kept: of a judgement the code of its reason, and no name or line of the hit."""
    was, now = change.was, change.now
    if change.what in impact.OF_JUDGEMENTS:
        was, now = "", now.partition(":")[0] if change.what == impact.REASON_NOT_ALLOWED else ""
    return {"case": change.reference, "what": change.what, "was": was, "now": now}


def _counted(tallies: list[dict[str, object]], changes: list[dict[str, str]]) -> list[dict[str, object]]:
    """How many changes there are of each kind, the most first."""
    before = {(row["what"], row["was"], row["now"]): row["number"] for row in tallies}
    counts: Counter[tuple[str, str, str]] = Counter(before)  # type: ignore[arg-type]
    counts.update((change["what"], change["was"], change["now"]) for change in changes)
    return [
        {"what": what, "was": was, "now": now, "number": number}
        for (what, was, now), number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _fail(lease: Lease, reason: str) -> None:
    row = PolicyImpact.objects.get(pk=lease.pk)
    row.mark_failed(reason)
    _save(row, lease)


@transaction.atomic
def _save(row: PolicyImpact, lease: Lease) -> None:
    """Write the row and free it, if it is still ours. Raises LeaseLost."""
    held = PolicyImpact.objects.select_for_update().get(pk=row.pk)
    lease.require(held)
    row.claims = 0
    row.let_go()
    row.save()
