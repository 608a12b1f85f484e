"""What a case keeps of its stored captures, derived from them anew: read first, and nothing written."""

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cases.models import AmlSession, Artefact, ArtefactKind, Case, CaseSearch
from cases.models.capture.artefact import ArtefactQuerySet
from cases.workflows import capture_columns
from cases.workflows.results import derive, searching
from cases.workflows.results.parsed_result import NOT_READABLE, ParsedResult, Unread, parse_bytes, read_stored
from cases.workflows.results.which_capture import earlier_of, to_read
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Read:
    """The captures of a case: each with what it says, or why it does not, the oldest first."""

    captures: tuple[Artefact, ...]
    parsed_results: dict[int, ParsedResult]
    unread: tuple[Unread, ...]

    def of(self, artefact: Artefact) -> ParsedResult | None:
        return self.parsed_results.get(artefact.pk)

    @property
    def spoiled(self) -> set[int]:
        """The keys of the captures whose file cannot be had just now, or is not what was captured."""
        return {item.artefact.pk for item in self.unread if item.is_spoiled}

    def is_of_now(self, case: Case) -> bool:
        """Has nothing been captured of the case since it was read?"""
        there = captured().filter(session__case=case).values_list("pk", flat=True)
        return {capture.pk for capture in self.captures} == {*there}


def captured() -> ArtefactQuerySet:
    return Artefact.objects.captured().filter(kind=ArtefactKind.JSON)


def read(pk: int) -> Read:
    """Read every captured result of a case from storage."""
    captures = tuple(
        captured().filter(session__case=pk).select_related("session").order_by("session__number", "pk")
    )
    parsed_results: dict[int, ParsedResult] = {}
    unread = []
    for artefact in captures:
        found = read_one(artefact)
        if isinstance(found, Unread):
            unread.append(found)
        else:
            parsed_results[artefact.pk] = found
    return Read(captures, parsed_results, tuple(unread))


def read_one(artefact: Artefact) -> ParsedResult | Unread:
    """Read a captured result from storage."""
    try:
        return read_stored(artefact, parse_bytes)
    except Exception as problem:  # no reader's fault may keep the other cases from being read
        log.error("a result could not be read: %s", described(problem))
        return Unread(artefact, NOT_READABLE)


def result_read(case: Case) -> tuple[Artefact | None, list[AmlSession]]:
    """The result that is read of a case, None without a capture; and all sessions of the case."""
    of_case = list(case.sessions.order_by("-number").prefetch_related("artefacts__signature_checks"))
    session = to_read(of_case)
    return derive.result_in(session) if session else None, of_case


def columns(case: Case, found: Read, today: datetime.date | None = None) -> dict[str, Any]:
    """The columns derived from the result that is read, as of a day; none if a file of it cannot be had now."""
    result, of_case = result_read(case)
    if result is None or _is_spoiled(result, of_case, found):
        return {}
    read_of_case = derive.read_together(result, found.of(result), of_case, found.of)
    return derive.columns(result, read_of_case, of_case, today)


def columns_of_sessions(case: Case) -> dict[str, Any]:
    """The columns that say how the sessions of the case stand."""
    return capture_columns.columns(result_read(case)[1])


def search(case: Case, found: Read, known: CaseSearch | None) -> CaseSearch:
    """The search row of a case; what was known of a result that cannot be had just now stays."""
    result, of_case = result_read(case)
    if result is not None and _is_spoiled(result, of_case, found):
        return searching.row(case, known.stated if known else [])
    if result is None:
        return searching.row(case, [])
    read_of_case = derive.read_together(result, found.of(result), of_case, found.of)
    return searching.row(case, searching.result_entries(result, read_of_case))


def _is_spoiled(result: Artefact, of_case: Sequence[AmlSession], found: Read) -> bool:
    return any(result_.pk in found.spoiled for result_ in (result, *earlier_of(result.session, of_case)))
