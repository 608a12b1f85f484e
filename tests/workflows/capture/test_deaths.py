"""A worker that dies, wherever it is: another takes over, nothing is ordered twice and nothing is captured twice."""

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Any

from django.db import connections
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases import apps
from cases.evidence import evidence_files
from cases.models import AmlSession, AuditEvent, Case, SessionState, Verb
from cases.workflows.capture import advancing
from tests import chains, databases, portal

CASES = Path(apps.__file__).parent
WRITTEN_TO_DIE = (str(CASES / "workflows"), str(CASES / "evidence"))
# Its locks die with a process. With a thread that dies just where Python lets one go they do not, and others wait.
OF_THE_PROCESS = str(CASES / "workflows/results/remembered.py")
FIRST_NUMBER = 917_100_000
WORKERS_AT_ONCE = 6
# Of the places where it may die; the two databases try others. Walked with 1 and 10 as well; that takes two minutes.
EVERY_CALL, EVERY_LINE = (7, 150) if databases.ON_POSTGRESQL else (5, 110)


class Killed(BaseException):
    """What no handler may catch, as little as a SIGKILL."""


class Death:
    """Comes when so many things of ours have happened in a worker; afterwards it leaves everybody alone."""

    def __init__(self, after: Iterable[int]) -> None:
        self._after = iter(after)
        self._left = next(self._after, None)
        self.came = 0

    def at_every_call(self, frame: FrameType, event: str, _arg: Any) -> None:
        if event == "call" and _may_come_in(frame):
            self._come_nearer()

    def at_every_line(self, frame: FrameType, event: str, _arg: Any) -> Any:
        if not _may_come_in(frame):
            return None
        if event == "line":
            self._come_nearer()
        return self.at_every_line

    def _come_nearer(self) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left <= 0:
            self._left = next(self._after, None)
            self.came += 1
            raise Killed


def _may_come_in(frame: FrameType) -> bool:
    path = frame.f_code.co_filename
    return path.startswith(WRITTEN_TO_DIE) and path != OF_THE_PROCESS


def one_after_the_other(number: int, death: Death, by_line: bool, result_request: dict[str, Any]) -> Case:
    """Let workers follow a session to its end, each in its place of the one that died before."""
    case = portal.order(str(number), **result_request)
    ends = time.monotonic() + 45
    while portal.session_of(case).is_active:
        assert time.monotonic() < ends, f"still {portal.session_of(case)} though nobody died any more"
        taken = False
        try:
            if by_line:
                sys.settrace(death.at_every_line)
            else:
                sys.setprofile(death.at_every_call)
            taken = advancing.advance(portal.session_of(case).pk)
        except Killed:
            end_connection()
            continue
        finally:
            sys.settrace(None)
            sys.setprofile(None)
        if not taken:
            time.sleep(0.02)
    return case


def end_connection() -> None:
    """A connection ends with its process, and whatever was not committed with it.

    Killed between the last line of a transaction and its end, Python does not end it; the next worker of this thread
    would go on inside it.
    """
    connections.close_all()
    del connections["default"]


def at_once(
    deaths: Iterable[Death], follow: Callable[[int, Death], Case], enough: Callable[[Death], bool]
) -> list[Case]:
    """Follow one session for each death, several at once, until one of them has shown that there are enough."""
    finished, waiting, turn = threading.Event(), enumerate(deaths, FIRST_NUMBER), threading.Lock()

    def work() -> list[Case]:
        cases = []
        try:
            while not finished.is_set():
                with turn:
                    number, death = next(waiting, (0, None))
                if death is None:
                    break
                cases.append(follow(number, death))
                if enough(death):
                    finished.set()
        finally:
            connections.close_all()
        return cases

    with ThreadPoolExecutor(WORKERS_AT_ONCE) as threads:
        found = [threads.submit(work) for _ in range(WORKERS_AT_ONCE)]
        return [case for future in found for case in future.result()]


def assert_all_went_well(cases: list[Case], sandbox: RunningSandbox, files: Path) -> None:
    pks = [case.pk for case in cases]
    states = Counter(AmlSession.objects.filter(case__in=pks).values_list("state", flat=True))
    assert states == {SessionState.COMPLETE: len(cases)}
    orders = sandbox.stats()["creates"]["by_identifier"]
    assert {orders[f"NO-{case.organisation.value}"] for case in cases} == {1}
    captures = Counter(
        AuditEvent.objects.filter(verb=Verb.ARTEFACT_CAPTURED).values_list("chain__case", "subject")
    )
    artefacts = [artefact for case in cases for artefact in portal.session_of(case).artefacts.all()]
    assert (len(captures), set(captures.values())) == (len(artefacts), {1})
    assert set(chains.breaks()) == {None}
    stored = {str(path.relative_to(files)) for path in files.rglob("*") if path.is_file()}
    assert stored == {artefact.file for artefact in artefacts}
    for artefact in artefacts:
        assert evidence_files.digest(artefact.file) == artefact.sha256


def impatient(settings: Settings) -> None:
    settings.LEASE_SECONDS, settings.AML_CREATE_ADOPT_SECONDS = 0.4, 4


def test_a_death_between_any_two_calls_changes_nothing(
    webhooks: None, sandbox: RunningSandbox, settings: Settings, files_of_its_own: Path
) -> None:
    impatient(settings)
    result_request = {"reports": (), "expands": ("address",)}

    cases = at_once(
        (Death([count]) for count in range(1, 1000, EVERY_CALL)),
        lambda number, death: one_after_the_other(number, death, False, result_request),
        enough=lambda death: not death.came,
    )

    assert len(cases) > 100 / EVERY_CALL
    assert_all_went_well(cases, sandbox, files_of_its_own)


def test_a_death_between_any_two_lines_changes_nothing(
    webhooks: None, sandbox: RunningSandbox, settings: Settings, files_of_its_own: Path
) -> None:
    impatient(settings)
    chance = random.Random(20261123)

    cases = at_once(
        (Death([count - chance.randrange(EVERY_LINE)]) for count in range(EVERY_LINE, 5000, EVERY_LINE)),
        lambda number, death: one_after_the_other(number, death, True, {}),
        enough=lambda death: not death.came,
    )

    assert len(cases) > 800 / EVERY_LINE
    assert_all_went_well(cases, sandbox, files_of_its_own)


def test_several_deaths_on_the_way_change_nothing(
    webhooks: None, sandbox: RunningSandbox, settings: Settings, files_of_its_own: Path
) -> None:
    impatient(settings)
    chance = random.Random(20261124)

    cases = at_once(
        (Death(chance.randrange(1, 120) for _ in range(4)) for _ in range(6)),
        lambda number, death: one_after_the_other(number, death, False, {}),
        enough=lambda _death: False,
    )

    assert_all_went_well(cases, sandbox, files_of_its_own)
