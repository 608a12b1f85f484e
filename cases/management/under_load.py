"""What `manage.py chaos` does with cases: open those of its plan, and count what became of them."""

import time
import uuid
from collections import Counter
from collections.abc import Iterator
from threading import Event

from django.db import close_old_connections, connection
from django.db.models import Count, Max, Min
from django.utils import timezone

from amlportal.chaos.plan import Order, Plan
from amlportal.chaos.stack import Stack
from amlportal.chaos.verdict import Account
from cases.evidence import evidence_files
from cases.models import AmlSession, Artefact, ArtefactState, AuditEvent
from cases.models.audit.subject import EventSubject
from cases.provider.numbers.identifiers import parse
from cases.workflows.audit.chain_walk import OF_PORTAL
from cases.workflows.capture.advancing import DATABASE_TROUBLE
from cases.workflows.casework.cases import NewCase, open_case
from cases.workflows.verification.verify import AuditRun

SUBMISSIONS = uuid.UUID("6f2c86a4-1d0e-4a5b-9d7e-5a1d60c1f2b7")
AGAIN_AFTER_SECONDS = 0.5


def open_all(plan: Plan, stack: Stack, began: float, stop: Event) -> None:
    """Open each case of the plan at its time, tried again while the database is away, until told to stop."""
    try:
        for order in plan.orders:
            if stop.wait(max(0.0, began + order.at - time.monotonic())):
                return
            stack.switch(order.scope, order.faults)
            while not _is_open(order) and not stop.wait(AGAIN_AFTER_SECONDS):
                close_old_connections()
    finally:
        connection.close()


def _is_open(order: Order) -> bool:
    """Open the case of an order; False if the database is away. The same order opens the same case."""
    identifier, _warnings = parse("no", "ORG", order.number)
    try:
        open_case(NewCase(identifier, submission=uuid.uuid5(SUBMISSIONS, order.number)), None)
    except DATABASE_TROUBLE:
        return False
    return True


def under_way() -> int | None:
    """The number of sessions that are still active; None if the database cannot be asked."""
    try:
        close_old_connections()
        return AmlSession.objects.active().count()
    except DATABASE_TROUBLE:
        return None


def accounted(plan: Plan, sessions_at_provider: Counter[str]) -> Account:
    """Count what became of the plan's orders; `sessions_at_provider` is by the sandbox's organisation name."""
    captured = Counter(dict(_captured_by_number()))
    short = [order for order in plan.orders if captured[order.number] < order.results]
    lost_answers = dict(AmlSession.objects.values_list("case__organisation__value", "lost_answers"))
    more = {order.number: max(0, sessions_at_provider[order.scope] - 1) for order in plan.orders}
    twice = {number: max(0, count - lost_answers.get(number, 0)) for number, count in more.items()}
    trail = AuditRun()
    problems = [str(problem) for problem in trail.problems()]
    return Account(
        ordered=len(plan.orders),
        seconds=_seconds(),
        states=Counter(AmlSession.objects.values_list("state", flat=True)),
        results=sum(order.results for order in plan.orders),
        captured=captured.total(),
        lost=sum(order.results - captured[order.number] for order in short),
        expired=Artefact.objects.filter(state=ArtefactState.EXPIRED).count(),
        twice=sum(twice.values()),
        again=sum(more.values()) - sum(twice.values()),
        hashes_held=sum(_is_as_captured(one) for one in Artefact.objects.captured()),
        chains=trail.extent,
        chains_held=trail.extent - len(trail.broken - {OF_PORTAL}),
        is_portal_chain_held=OF_PORTAL not in trail.broken,
        rows=trail.rows,
        rows_differ=trail.differ + trail.missing,
        losses=(*(line for order in short for line in _losses(order)), *problems),
    )


def _captured_by_number() -> list[tuple[str, int]]:
    by_number = Artefact.objects.captured().values_list("session__case__organisation__value")
    return list(by_number.annotate(many=Count("pk")))


def _losses(order: Order) -> Iterator[str]:
    """Describe each result of an order that was not captured: times, reason, the faults it met, and its events."""
    faults = " ".join(str(fault["name"]) for fault in order.faults)
    of_order = Artefact.objects.exclude(state=ArtefactState.CAPTURED).select_related("session")
    for one in of_order.filter(session__case__organisation__value=order.number):
        times = (
            ("opened", one.session.opened_at),
            ("seen ready", one.available_at),
            ("gone", one.expires_at),
        )
        moments = ", ".join(f"{name} {timezone.localtime(at):%H:%M:%S}" for name, at in times if at)
        reason = one.reason or one.session.reason
        yield f"{order.number} {one.kind} {one.state} {reason}: {moments}; {faults or 'no fault'}; {_events(one)}"


def _events(artefact: Artefact) -> str:
    """The audit events of an artefact and of its session, each with its time."""
    number = artefact.session.number
    subjects = (str(EventSubject.session(number)), str(EventSubject.result(number, artefact.kind)))
    about = AuditEvent.objects.of_case(artefact.session.case).filter(subject__in=subjects)
    rows = about.order_by("sequence").values_list("at", "verb")
    return ", ".join(f"{timezone.localtime(at):%H:%M:%S} {verb}" for at, verb in rows)


def _is_as_captured(artefact: Artefact) -> bool:
    try:
        return evidence_files.digest(artefact.file) == artefact.sha256
    except OSError:
        return False


def _seconds() -> float:
    """The seconds from the first order to the end of the last session."""
    times = AmlSession.objects.aggregate(first=Min("requested_at"), last=Max("ended_at"))
    if times["first"] is None or times["last"] is None:
        return 0.0
    return float((times["last"] - times["first"]).total_seconds())
