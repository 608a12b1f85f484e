"""The life of a session: its entities become ready one by one, or fail."""

import time
from collections.abc import Callable
from functools import partial

from amlportal.sandbox.faults.faults import Fault, Switchboard
from amlportal.sandbox.options import Options
from amlportal.sandbox.sessions.orders import Order
from amlportal.sandbox.sessions.sessions import JSON, Entity, Session, Sessions, entities_of
from amlportal.sandbox.sessions.timeline import Timeline
from amlportal.sandbox.sessions.webhooks import WebhookSender
from amlportal.sandbox.universe.organisation import Organisation


class Lifecycle:
    """Makes sessions, and makes their entities ready when they are due.

    Reports are made on a timeline of their own, the report timeline: signing is heavy, and nothing else waits for it.
    """

    def __init__(
        self,
        *,
        options: Options,
        sessions: Sessions,
        timeline: Timeline,
        report_timeline: Timeline,
        switchboard: Switchboard,
        webhook_sender: WebhookSender,
        prepare_report: Callable[[Session, str], object],
    ) -> None:
        self._options = options
        self._sessions = sessions
        self._timeline = timeline
        self._report_timeline = report_timeline
        self._switchboard = switchboard
        self._webhook_sender = webhook_sender
        self._prepare_report = prepare_report

    def begin(self, organisation: Organisation, order: Order, scopes: frozenset[str]) -> Session:
        """Make a session and set its entities going."""
        options = self._options
        session = Session(
            organisation=organisation,
            order=order,
            scopes=scopes,
            lifetime=options.lifetime_seconds,
            entities=entities_of(order, organisation, options.json_seconds, options.report_seconds),
        )
        faults = {one.name: one for one in self._switchboard.take("session", organisation.scope, session.id)}
        session.reordered = "webhook_reordered" in faults
        session.moved = "report_moved" in faults
        if "expires_early" in faults:
            session.lifetime = _seconds(faults["expires_early"])
        if "long_preparation" in faults:
            for entity in session.entities.values():
                entity.seconds += _seconds(faults["long_preparation"])
        self._sessions.add(session)
        if "failed_in_error" in faults:
            self._timeline.after(
                _seconds(faults["failed_in_error"]), partial(self._announce_failure, session)
            )
        if "failed" in faults:
            self._timeline.after(_seconds(faults["failed"]), partial(self._cancel, session))
            return session
        first = session.entities[JSON]
        self._timeline.after(first.seconds, partial(self._json_due, session, first))
        return session

    def _json_due(self, session: Session, first: Entity) -> None:
        self._due(session, first)
        for entity in session.entities.values():
            if entity is not first:
                wait = max(entity.seconds - first.seconds, 0)
                self._report_timeline.after(wait, partial(self._due, session, entity))

    def _due(self, session: Session, entity: Entity) -> None:
        taken = self._switchboard.take(entity.endpoint, session.organisation.scope, session.id, due=True)
        faults = {one.name for one in taken}
        if "never_ready" in faults:
            return
        failed = "entity_failed" in faults
        if entity.kind != JSON and not failed:
            self._prepare_report(session, entity.kind)
        with self._sessions.lock:
            entity.failed = failed
            entity.available_at = None if failed else time.time()
            session.made.append(entity)
        self._timeline.after(0, partial(self._tell, session))

    def _tell(self, session: Session) -> None:
        """Announce the entity that was made first of those not announced yet."""
        with session.voice:
            entity = session.made[session.announced]
            session.announced += 1
            if entity.kind == JSON and not entity.failed:
                self._webhook_sender.announce(session, "JsonDataReady")
            elif not entity.failed:
                self._webhook_sender.announce(session, "ReportReady", entity.kind)
            if session.announced == len(session.entities):
                self._webhook_sender.announce(session, "AllDone")

    def _cancel(self, session: Session) -> None:
        with self._sessions.lock:
            for entity in session.entities.values():
                entity.failed, entity.available_at = True, None
        self._announce_failure(session)

    def _announce_failure(self, session: Session) -> None:
        with session.voice:
            self._webhook_sender.announce(session, "Failed")


def _seconds(fault: Fault) -> float:
    return fault.seconds or 0.0
