"""One sandbox: everything it knows, and which part answers which address."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

from amlportal.sandbox.faults.faults import Switchboard
from amlportal.sandbox.http.access import Access
from amlportal.sandbox.http.api import SessionApi
from amlportal.sandbox.http.control import Control
from amlportal.sandbox.http.exchange import Answer, Request, json_answer, problem
from amlportal.sandbox.http.frontpage import front_page
from amlportal.sandbox.options import API_PATH, Options
from amlportal.sandbox.reports.report_store import ReportStore
from amlportal.sandbox.sessions.lifecycle import Lifecycle
from amlportal.sandbox.sessions.sessions import Sessions
from amlportal.sandbox.sessions.timeline import Timeline
from amlportal.sandbox.sessions.webhooks import WebhookSender
from amlportal.sandbox.stats import Stats
from amlportal.sandbox.universe.catalogue import Universe
from amlportal.sandbox.universe.faulty_organisations import faults_of_organisations

ISSUER_PATH = "/auth/realms/sandbox"
TOKEN_PATH = f"{ISSUER_PATH}/protocol/openid-connect/token"
Answerer = Callable[..., Answer]


class Sandbox:
    """A stand-in for the provider, free of sockets: requests go in, answers come out."""

    def __init__(self, options: Options, url: str, folder: Path) -> None:
        self.options = options
        self.url = url
        self.issuer = url + ISSUER_PATH
        self.token_endpoint = url + TOKEN_PATH
        self.stopping = threading.Event()
        self.universe = Universe()
        self.sessions = Sessions()
        self.counts = Stats()
        self.timeline = Timeline()
        self.report_timeline = Timeline(threads=2)
        self.switchboard = Switchboard(faults_of_organisations())
        self.report_store = ReportStore(folder, self.counts)
        access = Access(options, (self.token_endpoint, self.issuer))
        self.control = Control(
            switchboard=self.switchboard,
            stats=self.counts,
            sessions=self.sessions,
            access=access,
            timelines=(self.timeline, self.report_timeline),
            universe=self.universe,
        )
        self.api = SessionApi(
            access=access,
            universe=self.universe,
            sessions=self.sessions,
            lifecycle=Lifecycle(
                options=options,
                sessions=self.sessions,
                timeline=self.timeline,
                report_timeline=self.report_timeline,
                switchboard=self.switchboard,
                webhook_sender=WebhookSender(self.timeline, self.switchboard, self.counts),
                prepare_report=self.report_store.report,
            ),
            report_store=self.report_store,
            switchboard=self.switchboard,
            stats=self.counts,
            stopping=self.stopping,
        )
        self._routes = self._table()

    def start(self) -> None:
        """Start the timelines, which run the jobs that are due."""
        self.timeline.start()
        self.report_timeline.start()

    def stop(self) -> None:
        """Stop the timelines, and end the waits of answers that faults delay."""
        self.stopping.set()
        self.timeline.stop()
        self.report_timeline.stop()

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        method = "GET" if request.method == "HEAD" else request.method
        allowed = set()
        for route_method, pattern, name, answerer in self._routes:
            if (found := re.fullmatch(pattern, request.path)) is None:
                continue
            allowed.add(route_method)
            if route_method == method:
                self.counts.count("requests", name)
                answer = answerer(request, **found.groupdict())
                self.counts.count("answers", f"{name} {answer.status or 'cut'}")
                return answer
        if allowed:
            return problem(
                405, "method_not_allowed", "Another method is needed.", Allow=", ".join(sorted(allowed))
            )
        return problem(404, "not_found", "Nothing is at this address.")

    def discovery(self, request: Request) -> Answer:
        """Answer the discovery document (contract §1)."""
        content = {
            "issuer": self.issuer,
            "token_endpoint": self.token_endpoint,
            "aml-baseurl": self.url + API_PATH,
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic",
                "client_secret_post",
                "private_key_jwt",
            ],
            "scopes_supported": list(self.options.scopes),
        }
        return json_answer(200, content)

    def root_certificate(self, request: Request) -> Answer:
        """Hand out the root that signed reports can be verified with."""
        return Answer(200, self.report_store.authority.root_pem, "application/x-pem-file")

    def home(self, request: Request) -> Answer:
        """Show the front page."""
        return front_page(self)

    def _table(self) -> list[tuple[str, str, str, Answerer]]:
        session = rf"{API_PATH}/organization/session"
        one = rf"{session}/(?P<session_id>[^/]+)"
        control, api = self.control, self.api
        return [
            ("GET", r"/", "front page", self.home),
            ("GET", rf"{ISSUER_PATH}/\.well-known/openid-configuration", "discovery", self.discovery),
            ("POST", TOKEN_PATH, "token", api.token),
            ("POST", rf"{session}/(?P<country>[^/]+)", "create", api.create),
            ("GET", one, "information", api.information),
            ("GET", rf"{one}/json", "json", api.json),
            ("GET", rf"{one}/report/(?P<kind>[^/]+)", "report", api.report),
            ("GET", rf"{one}/document/(?P<kind>[^/]+)", "report", api.moved_report),
            ("GET", r"/sandbox/ca\.pem", "root certificate", self.root_certificate),
            ("GET", r"/sandbox/faults/known", "control", control.known_faults),
            ("GET", r"/sandbox/faults", "control", control.faults),
            ("DELETE", r"/sandbox/faults", "control", control.clear_faults),
            ("PUT", r"/sandbox/faults/(?P<scope>[^/]+)", "control", control.put_faults),
            ("DELETE", r"/sandbox/faults/(?P<scope>[^/]+)", "control", control.delete_faults),
            ("DELETE", r"/sandbox/tokens", "control", control.forget_tokens),
            ("GET", r"/sandbox/stats", "control", control.stats),
            ("GET", r"/sandbox/standing", "control", control.faulty_organisations),
            ("GET", r"/sandbox/universe", "control", control.universe),
            ("POST", r"/sandbox/reset", "control", control.reset),
        ]
