"""The control API under /sandbox/, for tests and demonstrations."""

from dataclasses import asdict
from typing import Any

from amlportal.sandbox.faults.faults import FAULTS, GLOBAL, Switchboard, UnknownFault, read_fault
from amlportal.sandbox.http.access import Access
from amlportal.sandbox.http.exchange import Answer, Request, json_answer, problem
from amlportal.sandbox.identifiers import COUNTRIES, MalformedIdentifier, countries_of
from amlportal.sandbox.sessions.sessions import Sessions
from amlportal.sandbox.sessions.timeline import Timeline
from amlportal.sandbox.stats import Stats
from amlportal.sandbox.universe.catalogue import Universe
from amlportal.sandbox.universe.faulty_organisations import FAULTY_ORGANISATIONS
from amlportal.sandbox.universe.organisation import scope_of


class Control:
    """The calls that switch faults, list organisations, show the counts and reset the sandbox."""

    def __init__(
        self,
        *,
        switchboard: Switchboard,
        stats: Stats,
        sessions: Sessions,
        access: Access,
        timelines: tuple[Timeline, ...],
        universe: Universe,
    ) -> None:
        self._switchboard = switchboard
        self._stats = stats
        self._sessions = sessions
        self._access = access
        self._timelines = timelines
        self._universe = universe

    def known_faults(self, request: Request) -> Answer:
        """List the table of faults."""
        rows = [{**asdict(kind), "default_on": list(kind.default_on)} for kind in FAULTS.values()]
        return json_answer(200, {"faults": rows})

    def faults(self, request: Request) -> Answer:
        """List the faults that are on, per scope."""
        return json_answer(200, self._switchboard.described())

    def clear_faults(self, request: Request) -> Answer:
        """Take back all faults that were set."""
        self._switchboard.clear()
        return Answer(204)

    def put_faults(self, request: Request, scope: str) -> Answer:
        """Set the faults of a scope: a list, one fault, or {"faults": [...]}."""
        try:
            known = self._scope(scope)
            content = request.json()
            if isinstance(content, dict) and "faults" in content:
                content = content["faults"]
            self._switchboard.put(
                known, [read_fault(one) for one in (content if isinstance(content, list) else [content])]
            )
        except (MalformedIdentifier, UnknownFault) as error:
            return problem(400, "invalid_request", str(error))
        except ValueError:
            return problem(400, "invalid_request", "the body is not JSON")
        return json_answer(200, {known: self._switchboard.described()[known]})

    def delete_faults(self, request: Request, scope: str) -> Answer:
        """Take back the faults that were set for a scope."""
        try:
            self._switchboard.clear(self._scope(scope))
        except MalformedIdentifier as error:
            return problem(400, "invalid_request", str(error))
        return Answer(204)

    def stats(self, request: Request) -> Answer:
        """Show every count."""
        return json_answer(200, self.read_stats())

    def reset(self, request: Request) -> Answer:
        """Forget sessions, tokens, counts and faults that were set; reports made stay in their folder."""
        for timeline in self._timelines:
            timeline.clear()
        self._sessions.clear()
        self._switchboard.clear()
        self._switchboard.forget_counts()
        self._access.forget_tokens()
        self._stats.clear()
        return Answer(204)

    def forget_tokens(self, request: Request) -> Answer:
        """Make every token given out unknown."""
        self._access.forget_tokens()
        return Answer(204)

    def faulty_organisations(self, request: Request) -> Answer:
        """List the organisations with a fault."""
        rows = [
            {"number": row.number, "name": row.name, "faults": [one.described() for one in row.faults]}
            for row in FAULTY_ORGANISATIONS
        ]
        return json_answer(200, {"standing": rows})

    def universe(self, request: Request) -> Answer:
        """List the organisations."""
        rows = [
            {
                "country": one.country,
                "number": one.number,
                "duns": one.duns,
                "name": one.name,
                "kind": one.kind,
                "about": one.about,
            }
            for one in self._universe.organisations
        ]
        return json_answer(200, {"organisations": rows})

    def read_stats(self) -> dict[str, Any]:
        """Return every count as the statistics answer shows it."""
        with self._sessions.lock:
            by_session = {
                one.id: {
                    "identifier": one.order.identifier,
                    "organisation": one.organisation.scope,
                    "times": one.times,
                    **one.fetches,
                }
                for one in self._sessions.latest()
            }
        return {
            **self._stats.read(),
            "sessions": len(by_session),
            "by_session": by_session,
            "faults_met": dict(self._switchboard.met),
        }

    def _scope(self, text: str) -> str:
        """Return the scope that `global`, `COUNTRY-NUMBER` or a number alone names. Raises MalformedIdentifier.

        A number alone is one of the universe, or of the only country whose numbers look like it.
        """
        if text == GLOBAL:
            return GLOBAL
        country, _, number = text.partition("-")
        if country.upper() in COUNTRIES:
            return scope_of(country.upper(), number)
        return self._scope_of_number(text)

    def _scope_of_number(self, number: str) -> str:
        digits = number.replace("-", "")
        for organisation in self._universe.organisations:
            if organisation.scope.endswith(f"-{digits}"):
                return organisation.scope
        fitting = countries_of(number)
        if len(fitting) == 1:
            return scope_of(fitting[0], number)
        if fitting:
            raise MalformedIdentifier(f"{number} may be of {' or '.join(fitting)}: write COUNTRY-NUMBER")
        raise MalformedIdentifier("a scope is `global`, COUNTRY-NUMBER or an organisation number")
