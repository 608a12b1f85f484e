"""Webhooks as they came against the event that tells how many there were when their session ended, and which."""

from collections.abc import Iterable, Mapping

from cases.models import AmlSession, Case, Delivery, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.recorded_columns import delivery_digest, digest_of_deliveries
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import Trail

READ_AHEAD = 50  # rows: each may hold 64 kB of a stranger's
KIND = "webhooks of a session"
NOT_ENDED = "no event tells of those that came since it ended, or before it does"

# The hashes of a session's deliveries in their order, by the session's key.
DeliveryHashes = Mapping[int, list[str]]


def of_cases(cases: Iterable[int]) -> DeliveryHashes:
    found: dict[int, list[str]] = {}
    there = Delivery.objects.filter(attempt__session__case__in=list(cases)).select_related("attempt")
    for delivery in there.order_by("pk").iterator(READ_AHEAD):
        found.setdefault(delivery.attempt.session_id, []).append(delivery_digest(delivery))
    return found


def compare(case: Case, hashes: DeliveryHashes, trail: Trail, found: Findings) -> None:
    for session in case.sessions.all():
        _compare(session, hashes.get(session.pk, []), trail, found)


def _compare(session: AmlSession, there: list[str], trail: Trail, found: Findings) -> None:
    subject = EventSubject.session(session.number)
    found.rows += len(there)
    ends = trail.of(subject, Verb.SESSION_ENDED)
    if not ends or "knocks" not in (ends[-1].row or {}):
        if there:
            found.leave_out(KIND, ends[-1].why_not if ends else NOT_ENDED)
        return
    row = ends[-1].row or {}
    count = row["knocks"]
    if len(there) < count:
        found.differ(f"{ends[-1]} tells of {count} webhooks of {subject}, and there are {len(there)} rows")
    elif digest_of_deliveries(there[:count]) != row.get("knocked"):
        found.differ(f"the webhooks of {subject} are not as {ends[-1]} tells")
    if len(there) > count:
        found.leave_out(KIND, NOT_ENDED)
