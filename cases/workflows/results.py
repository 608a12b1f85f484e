"""A captured JSON result: read it, and keep the few columns of the case that lists and sorting need."""

from dataclasses import dataclass
from typing import Any

from cases.models import Artefact, Case, Organisation, Screening
from cases.provider.identifiers import Identifier, same
from cases.provider.reading import parse_json
from cases.provider.wire import KeyInformation, Organization, Ownership, Sanction, SanctionStatus
from cases.workflows import hits, identities, searching, unplaced

NAME_LIMIT = 400


@dataclass(frozen=True)
class Reading:
    """A result that could be read: the document as it came, and the wire's models over it."""

    document: dict[str, Any]
    organization: Organization

    @property
    def key_information(self) -> KeyInformation | None:
        node = self.organization.key_information
        return node if isinstance(node, KeyInformation) else None

    def about(self, identifier: Identifier) -> bool | None:
        """Whether it says it is about this organisation; None if it does not say."""
        key = self.key_information
        return same(identifier, key.organization_number, key.duns_number) if key else None


def read_bytes(data: bytes) -> Reading:
    """Read the JSON as captured. Raises CannotUnderstand."""
    document = parse_json(data)
    return Reading(document, Organization.read(document))


def take_in(case: Case, artefact: Artefact, reading: Reading) -> None:
    """Derive the case's columns and hits from its newest result, inside the caller's transaction."""
    Case.objects.filter(pk=case.pk).update(**columns(artefact, reading), updated_at=artefact.captured_at)
    changed = {*identities.learn(case, artefact, reading.key_information)}
    name = name_for(artefact, reading)
    if name and Organisation.objects.filter(pk=case.organisation_id).rename(name):
        changed.add(case.organisation_id)
    searching.take_in(case, artefact, reading.document)
    others = Case.objects.filter(organisation__in=changed).exclude(pk=case.pk)
    searching.refresh(others.select_related("organisation"))
    hits.take_in(case, artefact, reading.organization)
    unplaced.take_in(artefact, reading.document, reading.organization)


def columns(artefact: Artefact, reading: Reading) -> dict[str, Any]:
    """What a case keeps of its newest result, by the name of the column."""
    screening, count = _screening(artefact, reading.organization)
    ownership = reading.organization.ownership
    beneficials = ownership.beneficials if isinstance(ownership, Ownership) else None
    return {
        "screening": screening,
        "hit_count": count,
        "beneficial_owner_count": len(beneficials) if isinstance(beneficials, list) else None,
        "result_at": artefact.captured_at,
    }


def name_for(artefact: Artefact, reading: Reading) -> str:
    """What the organisation is called by its newest result; '' if that does not say, or is about another."""
    key = reading.key_information
    if key is None or not key.name or artefact.about_us is False:
        return ""
    return " ".join(key.name.split())[:NAME_LIMIT]


def _screening(artefact: Artefact, organization: Organization) -> tuple[Screening, int]:
    sanction = organization.sanction
    if not isinstance(sanction, Sanction):
        return Screening.NOT_RUN, 0
    if count := len(hits.counting(artefact, organization)):
        return Screening.HITS, count
    clear = sanction.status in {SanctionStatus.NONE, None} and not sanction.sanction_results
    return (Screening.NONE if clear and artefact.about_us is not False else Screening.UNCERTAIN), 0
