"""Captured JSON results, read from their bytes and from storage."""

from dataclasses import dataclass
from typing import Any

from cases.evidence import evidence_files
from cases.findings.captures.joining import further_words
from cases.models import AmlSession, Artefact, reasons
from cases.presentation import capture_reading
from cases.provider.errors import CannotUnderstand
from cases.provider.numbers.identifiers import Identifier, same
from cases.provider.result.parsing import parse_json
from cases.provider.result.wire import KeyInformation, Organization
from cases.workflows.results.read_capture import UNREACHABLE
from cases.workflows.results.which_capture import sessions_of


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


def stored(artefact: Artefact) -> ParsedResult | None:
    """Read a captured result from storage. Raises StorageTrouble if the store is away."""
    try:
        return parse_bytes(evidence_files.read_as_captured(artefact.file, artefact.sha256))
    except evidence_files.NotAsCaptured as spoiled:
        if spoiled.problem == UNREACHABLE:
            raise evidence_files.StorageTrouble(reasons.STORAGE_TROUBLE) from spoiled
        return None
    except CannotUnderstand:
        return None


def beside(session: int) -> dict[int, ParsedResult | None]:
    """Read, by key, the results of a case that may be read together with the one that comes for a session of it.

    No transaction is open. Raises StorageTrouble if the store is away.
    """
    others = AmlSession.objects.filter(case__sessions=session).exclude(pk=session)
    case = others.values_list("case", flat=True).first()
    if case is None:
        return {}
    found: dict[int, ParsedResult | None] = {}
    known: set[str] = set()
    for other in sessions_of(case):
        result = capture_reading.result_of(other)
        if (
            other.pk != session
            and result
            and result.is_usable
            and (not known or further_words(other.expands, known))
        ):
            found[result.pk] = stored(result)
        if other.pk == session or (result and result.pk in found):
            known |= {*other.expands}
    return found
