"""Hold every row of a case against the events that tell of it, or the stored results it follows from (docs/audit.md).

The trail says what was ordered, captured, found, checked and kept. Whoever changes a row past the portal would have to
rewrite the chain as well, and what is derived from results would have to fit their bytes.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from django.db import DatabaseError, transaction

from cases.models import AuditChain, Case, Note
from cases.workflows.safe_errors import described
from cases.workflows.verification.reconciling import case as cases
from cases.workflows.verification.reconciling import (
    deliveries,
    derived,
    hits,
    judgements,
    orders,
    people,
    references,
    reports_and_notes,
    results,
)
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import Trail, of_cases

__all__ = ["Reconciled", "people", "reconcile", "references"]

log = logging.getLogger(__name__)

TOGETHER = 100  # cases
PREFETCHED = (
    "sessions__ordered_for",
    "sessions__attempts",
    "sessions__artefacts__signature_checks",
    "sessions__artefacts__unreadable_answers",
    "reports__session",
    "hits__judgements",
    "attachments",
    "risk_answers",
    "risk_overrides",
    "requirement_statements",
    "requirement_set_choices",
    "owner_conclusions",
    "party_searches",
    "recusals",
)


@dataclass(frozen=True)
class Reconciled:
    """One case: how many rows were held against events, what differs, and how often what could not be compared, why."""

    reference: str
    rows: int
    problems: tuple[str, ...]
    uncompared: dict[tuple[str, str], int]

    def and_also(self, found: Findings) -> "Reconciled":
        """The same case, with further findings added."""
        uncompared = Counter(self.uncompared) + found.uncompared
        return Reconciled(
            self.reference, self.rows + found.rows, (*self.problems, *found.problems), dict(uncompared)
        )


def reconcile(reference: str | None = None) -> Iterator[Reconciled]:
    """Compare every case, or the one named, in the order of their keys. Raises DatabaseError.

    Nobody has to wait: rows and events are read one after the other, and only where they differ the case is locked for
    a moment and compared again, because somebody may have worked on it meanwhile.
    """
    found = Case.objects.filter(reference=reference) if reference else Case.objects.all()
    keys = found.order_by("pk").values_list("pk", "reference").iterator()
    while together := dict(islice(keys, TOGETHER)):
        done = _together(together)
        for key, name in together.items():
            there = done.get(key)
            of_events = there if there is not None and not there.problems else _alone(key, name)
            yield of_events.and_also(derived.held(key))


def _together(names: dict[int, str]) -> dict[int, Reconciled]:
    """Compare so many cases in a few statements; none if a row of any of them cannot be read."""
    try:
        return _compared(names)
    except DatabaseError:
        raise
    except Exception as problem:  # a forged row need not be one that can be read at all
        log.info("cases are compared one by one: %s", described(problem))
        return {}


def _alone(key: int, name: str) -> Reconciled:
    """Compare one case while nobody can change it."""
    try:
        with transaction.atomic():
            list(Case.objects.select_for_update().filter(pk=key).values_list("pk"))
            list(AuditChain.objects.select_for_update().filter(case=key).values_list("pk"))
            found = _compared({key: name})
    except DatabaseError:
        raise
    except Exception as problem:
        return Reconciled(name, 0, (f"a row of it cannot be read: {described(problem)}",), {})
    return found.get(key) or Reconciled(name, 0, ("its organisation, or the case itself, is gone",), {})


def _compared(names: dict[int, str]) -> dict[int, Reconciled]:
    trails = {key: Trail(events) for key, events in groupby(of_cases(names), key=lambda event: event.case)}
    notes: dict[int | None, list[Note]] = {}
    for note in Note.objects.filter(event__chain__case__in=names).select_related("event__chain"):
        notes.setdefault(note.event.chain.case_id, []).append(note)
    of_each = Case.objects.filter(pk__in=names).select_related("organisation").prefetch_related(*PREFETCHED)
    hashes = deliveries.of_cases(names)
    return {
        case.pk: _one(case, trails.get(case.pk) or Trail(()), notes.get(case.pk, []), hashes)
        for case in of_each
    }


def _one(case: Case, trail: Trail, notes: list[Note], hashes: deliveries.DeliveryHashes) -> Reconciled:
    found = Findings()
    cases.compare(case, trail, found)
    orders.compare(case, trail, found)
    results.compare(case, trail, found)
    deliveries.compare(case, hashes, trail, found)
    hits.compare(case, trail, found)
    judgements.compare(case, trail, found)
    judgements.compare_attachments(case, trail, found)
    judgements.compare_answers(case, trail, found)
    judgements.compare_overrides(case, trail, found)
    judgements.compare_statements(case, trail, found)
    judgements.compare_decisions(case, trail, found)
    judgements.compare_set_choices(case, trail, found)
    judgements.compare_conclusions(case, trail, found)
    judgements.compare_searches(case, trail, found)
    judgements.compare_recusals(case, trail, found)
    reports_and_notes.compare_reports(case, trail, found)
    reports_and_notes.compare_notes(notes, trail, found)
    return Reconciled(case.reference, found.rows, tuple(found.problems), dict(found.uncompared))
