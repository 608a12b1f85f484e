"""Captured JSON results, read from their bytes and from storage."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from amlportal.compiled import Compiled
from cases.evidence import evidence_files
from cases.models import AmlSession, Artefact, reasons
from cases.provider.errors import CannotUnderstand
from cases.provider.numbers.identifiers import Identifier, same
from cases.provider.result.parsing import parse_json
from cases.provider.result.wire import KeyInformation, Organization
from cases.workflows.results.which_capture import read_beside, sessions_of

NOT_READABLE = "not readable"

Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class ParsedResult:
    """A result that could be read: the document as it came, and the wire's models over it."""

    document: dict[str, Any]
    organization: Organization

    @property
    def key_information(self) -> KeyInformation | None:
        node = self.organization.key_information
        return node if isinstance(node, KeyInformation) else None

    def about(self, identifier: Identifier) -> bool | None:
        """Whether the result says it is about this organisation; None if it does not say."""
        key = self.key_information
        return same(identifier, key.organization_number, key.duns_number) if key else None


def parse_bytes(data: bytes) -> ParsedResult:
    """Read the JSON as captured. Raises CannotUnderstand."""
    document = parse_json(data)
    return ParsedResult(document, Organization.read(document))


@dataclass(frozen=True)
class Unread:
    """A capture that could not be had or read; `problem` is one of NotAsCaptured, or NOT_READABLE if it came so."""

    artefact: Artefact
    problem: str

    @property
    def is_spoiled(self) -> bool:
        return self.problem != NOT_READABLE

    @property
    def is_away(self) -> bool:
        """Is it out of reach for now, and neither gone nor changed?"""
        return self.problem == evidence_files.UNREACHABLE


def read_stored(artefact: Artefact, parse: Callable[[bytes], Parsed]) -> Parsed | Unread:
    """Parse the bytes of a captured result, as they are in storage."""
    try:
        return parse(evidence_files.read_as_captured(artefact.file, artefact.sha256))
    except evidence_files.NotAsCaptured as spoiled:
        return Unread(artefact, spoiled.problem)
    except CannotUnderstand:
        return Unread(artefact, NOT_READABLE)


def stored(artefact: Artefact) -> ParsedResult | None:
    """Read a captured result from storage. Raises StorageTrouble if the store is away."""
    found = read_stored(artefact, parse_bytes)
    if not isinstance(found, Unread):
        return found
    if found.is_away:
        raise evidence_files.StorageTrouble(reasons.STORAGE_TROUBLE)
    return None


# The case of a session, if it has another.
OTHERS = Compiled(
    lambda session: (
        AmlSession.objects.filter(case__sessions=session).exclude(pk=session).values_list("case")[:1]
    ),
    int,
)


def beside(session: int) -> dict[int, ParsedResult | None]:
    """Read, by key, the results of a case that may be read together with the one that comes for a session of it.

    No transaction is open. Raises StorageTrouble if the store is away.
    """
    others = OTHERS.first(session)
    results = read_beside(session, sessions_of(others[0])) if others else ()
    return {result.pk: stored(result) for result in results}
