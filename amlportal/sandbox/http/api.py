"""The session API (contract §2 to §4), with the faults that are on."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from threading import Event

from amlportal.sandbox.faults.effects import play
from amlportal.sandbox.faults.faults import Switchboard
from amlportal.sandbox.http.access import Access, Grant
from amlportal.sandbox.http.exchange import Answer, Request, json_answer, problem
from amlportal.sandbox.identifiers import COUNTRIES, MalformedIdentifier
from amlportal.sandbox.options import BASIC_SCOPE
from amlportal.sandbox.reports.report_store import ReportStore
from amlportal.sandbox.sessions.lifecycle import Lifecycle
from amlportal.sandbox.sessions.orders import BadOrder, read_order
from amlportal.sandbox.sessions.results import session_result
from amlportal.sandbox.sessions.sessions import JSON, Session, Sessions
from amlportal.sandbox.stats import Stats
from amlportal.sandbox.universe.catalogue import Universe

Truth = Callable[[Session, frozenset[str]], Answer]


@dataclass(frozen=True)
class SessionApi:
    """Answers the calls of a provider's customer."""

    access: Access
    universe: Universe
    sessions: Sessions
    lifecycle: Lifecycle
    report_store: ReportStore
    switchboard: Switchboard
    stats: Stats
    stopping: Event

    def token(self, request: Request) -> Answer:
        """Answer the token endpoint."""
        faults = self.switchboard.take("token")
        fewer = any(one.name == "fewer_scopes" for one in faults)
        return play(
            "token", faults, partial(self.access.token, request, fewer_scopes=fewer), self.stopping.wait
        )

    def create(self, request: Request, country: str) -> Answer:
        """Make a session: 201 and its sessionId."""
        grant = self._grant(request)
        if isinstance(grant, Answer):
            return grant
        code = country.upper()
        if code not in COUNTRIES:
            return problem(404, "not_found", f"There are no organisations of {country[:20]!r} here.")
        try:
            order = read_order(_content(request))
            organisation = self.universe.find(code, order.identifier)
        except (BadOrder, MalformedIdentifier) as error:
            self.stats.count("creates", "malformed")
            return problem(400, "invalid_request", str(error))
        self.stats.count("creates", f"{code}-{order.identifier}")
        if organisation is None:
            return problem(404, "organization_not_found", "No organisation has this identifier.")

        def make() -> Answer:
            session = self.lifecycle.begin(organisation, order, grant.scopes)
            return json_answer(201, {"sessionId": session.id})

        faults = self.switchboard.take("create", organisation.scope, organisation.scope)
        return play("create", faults, make, self.stopping.wait)

    def information(self, request: Request, session_id: str) -> Answer:
        """Tell the status of each entity of a session."""
        return self._about(request, session_id, "information", "information", self._information)

    def json(self, request: Request, session_id: str) -> Answer:
        """Hand out the JSON result."""
        return self._about(request, session_id, "json", JSON, partial(self._entity, kind=JSON))

    def report(self, request: Request, session_id: str, kind: str) -> Answer:
        """Hand out a report, unless it was moved."""
        truth = partial(self._report, kind=kind, moved=False)
        return self._about(request, session_id, "report", f"report/{kind}", truth)

    def moved_report(self, request: Request, session_id: str, kind: str) -> Answer:
        """Hand out a report at the address that only the result's links name."""
        truth = partial(self._report, kind=kind, moved=True)
        return self._about(request, session_id, "report", f"document/{kind}", truth)

    def _about(self, request: Request, session_id: str, endpoint: str, counted: str, truth: Truth) -> Answer:
        grant = self._grant(request)
        if isinstance(grant, Answer):
            return grant
        session = self.sessions.get(session_id)
        if session is None:
            return problem(404, "session_not_found", "No session has this id.")
        with self.sessions.lock:
            session.fetches[counted] += 1
        faults = self.switchboard.take(endpoint, session.organisation.scope, session.id)
        names = frozenset(one.name for one in faults)
        return play(endpoint, faults, partial(truth, session, names), self.stopping.wait)

    def _information(self, session: Session, faults: frozenset[str]) -> Answer:
        with self.sessions.lock:
            return json_answer(200, session.information(objects="status_objects" in faults))

    def _report(self, session: Session, faults: frozenset[str], *, kind: str, moved: bool) -> Answer:
        if session.moved != moved:
            return problem(404, "not_found", "Nothing is at this address.")
        return self._entity(session, faults, kind=kind)

    def _entity(self, session: Session, faults: frozenset[str], *, kind: str) -> Answer:
        entity = session.entities.get(kind)
        if entity is None:
            return problem(404, "not_requested", "The session was made without this entity.")
        with self.sessions.lock:
            status = session.status(entity)
            if status == "READY" and entity.handed_out_at is None:
                entity.handed_out_at = time.time()
        if status == "EXPIRED":
            return problem(410, "gone", "The entity is no longer available.")
        if status != "READY":
            return problem(409, "not_ready", f"The entity is {status}.")
        if "wrong_organisation" in faults:
            session = replace(session, organisation=self.universe.another(session.organisation))
        if kind == JSON:
            return json_answer(200, session_result(session))
        return Answer(200, self.report_store.faulty_report(session, kind, faults), "application/pdf")

    def _grant(self, request: Request) -> Grant | Answer:
        grant = self.access.grant_of(request)
        if grant is None:
            message = "The access token is missing, unknown or expired."
            return problem(401, "invalid_token", message, WWW_Authenticate='Bearer error="invalid_token"')
        if BASIC_SCOPE not in grant.scopes:
            return problem(403, "insufficient_scope", f"The scope {BASIC_SCOPE} is not granted.")
        return grant


def _content(request: Request) -> object:
    try:
        return request.json()
    except ValueError as error:
        raise BadOrder("the body is not JSON") from error
