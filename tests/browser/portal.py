"""The whole portal as processes, with cases in every state, for a browser to walk through."""

import datetime
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import global_settings, settings
from django.test.utils import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from amlportal.chaos import stack
from cases.models import AmlSession, ArtefactState, Case, OrganisationIdentity, SessionState, Verdict
from cases.signatures.one_signature import TrustBasis
from cases.signatures.signature_result import EXPLANATIONS, result_from
from cases.signatures.signature_verdict import check as verdict_of
from tests import databases, deciding, factories, judging
from tests.findings.documents import crowded
from tests.signatures.pdfs import signed_pdfs

# Longer than the tests take: the worker must leave these sessions as they were made.
LEFT_ALONE = datetime.timedelta(minutes=15)
SOON = 30_000  # milliseconds; how long whatever a browser does may take


@dataclass
class Portal:
    """Where it runs, the references of the cases by the name of their state, and what signs people in."""

    url: str
    cases: dict[str, str] = field(default_factory=dict)
    signed_in: dict[str, dict[str, object]] = field(default_factory=dict)

    def visit(self, browser: Browser, who: str = "kari", **traits: object) -> Page:
        """A page in a context of its own, signed in as Kari, or who is named."""
        if who not in self.signed_in:
            self.signed_in[who] = self._sign_in(browser, who)
        context = browser.new_context(base_url=self.url, storage_state=self.signed_in[who], **traits)
        context.set_default_timeout(SOON)
        return watched(context)

    def _sign_in(self, browser: Browser, who: str) -> dict[str, object]:
        context = browser.new_context(base_url=self.url)
        page = context.new_page()
        page.goto("/login/")
        sign_in(page, who)
        state = context.storage_state()
        context.close()
        return state


def watched(context: BrowserContext) -> Page:
    """A page whose complaints (console, errors) are collected."""
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def sign_in(page: Page, who: str = "kari") -> None:
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"^(?!.*/login/)"))


@contextmanager
def running(template: str, folder: Path) -> Iterator[Portal]:
    """Start it on a copy of the database, and leave nothing of it; Django itself stays with the database it has."""
    name, files = databases.make_copy(template, folder), folder / "files"
    # Long enough for a page to be seen before its results come.
    options = ("--json-seconds", "3", "--report-seconds", "5")
    try:
        with databases.talking_to(name):
            # The tests open cases as they please, on firms that others had captured.
            more = {
                "DATABASE_URL": databases.address(),
                "FILES_DIR": str(files),
                "RECENT_CAPTURE_DAYS": "0",
            }
            with _as_in_life(files):
                cases = {name: case.reference for name, case in _cases().items()}
        with stack.running(folder, sandbox_options=options, more=more) as whole:
            yield Portal(whole.web, cases)
            whole.kill()
    finally:
        databases.drop(name)


@contextmanager
def _as_in_life(folder: Path) -> Iterator[None]:
    default = settings.STORAGES["default"]
    options = {**default["OPTIONS"], "location": folder}
    storages = {**settings.STORAGES, "default": {**default, "OPTIONS": options}}
    # The portal that runs knows none of the fast hashers of the tests.
    with override_settings(STORAGES=storages, PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
        yield


def _cases() -> dict[str, Case]:
    sessions = {
        "full": _session(SessionState.COMPLETE),
        "hostile": _session(SessionState.COMPLETE, payload="no_hostile"),
        "odd": _session(SessionState.COMPLETE, payload="no_odd"),
        "foreign": _session(SessionState.COMPLETE, payload="se"),
        "crowded": _crowded(),
        "bankrupt": _session(SessionState.COMPLETE, payload="no_bankrupt"),
        "waiting": _session(SessionState.OPEN),
        "failed": _session(SessionState.FAILED),
        "partial": _session(SessionState.PARTIAL),
        "unknown": _session(SessionState.UNKNOWN, lost_answers=1),
    }
    sessions["documents"] = _documents()
    sessions["judging"], sessions["judging without a script"] = (
        judging.case_with(*judging.two_entries()).sessions.get() for _case in range(2)
    )
    factories.ola()  # the second person of some
    sessions["a day"], sessions["a day without a script"] = (_day() for _case in range(2))
    late = timezone.now() - datetime.timedelta(minutes=20)
    sessions["late"] = _session(SessionState.OPEN, results={"json": ArtefactState.CAPTURED})
    factories.artefact(
        sessions["late"],
        "aml",
        ArtefactState.READY,
        available_at=late,
        expires_at=late + datetime.timedelta(hours=2),
    )
    factories.session(sessions["failed"].case, SessionState.FAILED)
    # Many cases here hold one and the same result: they are no earlier cases of those that the tests open.
    OrganisationIdentity.objects.all().delete()
    return {name: session.case for name, session in sessions.items()}


def _day() -> AmlSession:
    """A case of nobody's in which a hit, owners, questions and the purpose wait; an exposed person was found."""
    case = factories.case(purpose="A loan for the shop")
    judging.result_of(case, deciding.document(judging.entry(matchIndicator=310)))
    deciding.state_all(case, but="R14", exposed=True)
    return case.sessions.get()


def _crowded() -> AmlSession:
    session = _session(SessionState.COMPLETE, results={})
    data = json.dumps(crowded(300, 60)).encode()
    factories.artefact(session, "json", ArtefactState.CAPTURED, data=data)
    return session


def _documents() -> AmlSession:
    """Captures whose documents have every verdict there is, some with checks before and a text about others."""
    case = factories.case(assignee=factories.kari())
    root = signed_pdfs.root()
    signed = signed_pdfs.signed(
        signed_pdfs.report(), signed_pdfs.signer(root), root, timestamper=signed_pdfs.stamper(root)
    )
    result = result_from(
        json.loads(json.dumps(verdict_of(signed, TrustBasis((root.asn1,), signed_pdfs.NOW)), default=str))
    )
    for number, verdict in enumerate(Verdict):
        session = factories.session(case, SessionState.COMPLETE, {"json": "CAPTURED"})
        artefact = factories.artefact(session, "aml", "CAPTURED", data=signed)
        word = next(iter(EXPLANATIONS[verdict]))
        if number % 2:
            factories.signature_check(
                artefact, Verdict.CANNOT_TELL, explanation="damaged", ordered_by=factories.kari()
            )
        factories.signature_check(
            artefact, verdict, explanation=word, about_us=number % 2 == 0, signatures=result.as_json
        )
    return session


def _session(state: str, **fields: object) -> AmlSession:
    if state == SessionState.OPEN:
        fields["next_step_at"] = timezone.now() + LEFT_ALONE
    return factories.session(factories.case(assignee=factories.kari()), state, **fields)
