"""The law forbids tipping off: who has no right to see suspicion gets the same, be there notes or none."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from cases.models import AuditEvent, Case, CaseSearch, ReportState, SessionState, SuspicionConclusion
from cases.presentation.paper import case_report
from cases.workflows.background import reports
from cases.workflows.casework import comments, suspicion
from tests import factories
from tests.management.commands import run
from tests.web.unseen import READERS, Answer, answer, answers, differences

pytestmark = [pytest.mark.django_db]

WORDS = "Cash in sacks"
SUBMISSION = uuid.uuid4()
NOW = timezone.now()
MINUTE = datetime.timedelta(minutes=1)
AS_JSON = ("hits", "owners", "requirements", "risk")


class Clock:
    """What the portal's clock shows: nothing passes but what a test lets pass."""

    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(timezone, "now", lambda: found.now)
    return found


@pytest.fixture
def case() -> Case:
    """A case of Kari's with a complete capture, a comment and a report; Siv is there."""
    factories.officer()
    made = factories.session(factories.case(assignee=factories.kari()), SessionState.COMPLETE).case
    factories.note(made)
    factories.report(made, ReportState.MADE)
    return Case.objects.get(pk=made.pk)


@pytest.fixture
def browsers() -> dict[str, Client]:
    found = {role: Client() for role in READERS}
    for role, make in READERS.items():
        found[role].force_login(make())
    return found


def suspect(case: Case, clock: Clock) -> None:
    """Siv opens the notes and writes two, each a minute after the other; then the clock is put back."""
    siv, before = factories.officer(), clock.now
    suspicion.opened(case, siv)
    for conclusion in (SuspicionConclusion.LOOKED_INTO, SuspicionConclusion.REPORTED):
        clock.now += MINUTE
        suspicion.note(case, WORDS, conclusion, siv, uuid.uuid4())
    clock.now = before


def go_on(case: Case) -> None:
    """What anybody does in the case, and the night that follows."""
    comments.comment(case, factories.kari(), "Called again.", SUBMISSION)
    run("verify")


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows(case: Case) -> list[dict[str, object]]:
    """What lists, search and counts rest on."""
    of_case, search = Case.objects.filter(pk=case.pk), CaseSearch.objects.filter(case=case)
    return [of_case.values().get(), search.values().get(), {"events": events(case)}]


def events(case: Case) -> list[tuple[object, ...]]:
    found = AuditEvent.objects.of_case(case).newest_first()
    return list(found.values_list("sequence", "at", "verb", "actor", "subject"))


def paper(case: Case) -> str:
    with rolled_back():
        report = factories.report(case, session=case.sessions.get(), submission=SUBMISSION)
        return case_report.html(reports.gather(report))


def printed(case: Case) -> list[str]:
    found = [run(command, "--case", case.reference, "--json").out for command in AS_JSON]
    assert all(found)
    return found


@pytest.mark.one_database
def test_a_note_changes_nothing_that_anybody_else_gets(
    case: Case, clock: Clock, browsers: dict[str, Client]
) -> None:
    before = (rows(case), paper(case), printed(case))
    got = answers(browsers, case, WORDS)
    assert {found.status for found in got.values()} >= {200, 404}

    suspect(case, clock)

    assert (rows(case), paper(case), printed(case)) == before
    assert differences(got, answers(browsers, case, WORDS)) == []


@pytest.mark.one_database
def test_nor_does_it_when_the_case_goes_on_afterwards(
    case: Case, clock: Clock, browsers: dict[str, Client]
) -> None:
    """Numbers, counts and pages of later events are those of a case without notes; so is how it was verified."""
    readers = {role: browsers[role] for role in ("lead", "auditor", "administrator")}
    with rolled_back():
        go_on(case)
        before = (rows(case), paper(case), printed(case))
        got = answers(readers, case, WORDS)

    suspect(case, clock)
    go_on(case)

    assert (rows(case), paper(case), printed(case)) == before
    assert differences(got, answers(readers, case, WORDS)) == []


def test_no_statement_of_a_reader_looks_at_notes(
    case: Case, clock: Clock, browsers: dict[str, Client]
) -> None:
    """What takes no look at them takes the same time whether there are any."""
    suspect(case, clock)
    table = "cases_suspicionnote"
    assert table in connection.introspection.table_names()
    found = answers({"lead": browsers["lead"]}, case, WORDS)
    looking = [key for key, got in found.items() if any(table in text for text in got.statements)]
    assert looking == []


def test_the_tab_answers_as_one_that_never_was(case: Case, clock: Clock, browsers: dict[str, Client]) -> None:
    suspect(case, clock)
    wrong = []
    for role, browser in browsers.items():
        for method in ("get", "post", "put", "delete", "head", "options"):
            for path in ("suspicion/", "suspicion/note/"):
                address = f"/cases/{case.reference}/{path}"
                found, never = (
                    answer(browser, text, method)
                    for text in (address, address.replace("suspicion", "nothing"))
                )
                if found.status != HTTPStatus.NOT_FOUND or _seen(found) != _seen(never):
                    wrong.append((role, method, path))
    assert wrong == []


def _seen(found: Answer) -> tuple[object, ...]:
    """What somebody sees of an answer."""
    return found.status, found.headers, found.body
