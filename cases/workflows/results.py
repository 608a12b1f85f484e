"""A captured JSON result: read it, and keep the few columns of the case that lists and sorting need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from cases.documents.verdicts import documents, usability, usable
from cases.findings import result as findings
from cases.findings.caution_codes import Topic
from cases.findings.documents import DocumentKind
from cases.findings.evidence import Evidence
from cases.findings.presence import Capture, Kind
from cases.findings.screening_chapter import Screening as Chapter
from cases.findings.summary import summary
from cases.models import (
    AmlSession,
    Artefact,
    ArtefactKind,
    Case,
    Organisation,
    Screening,
)
from cases.provider.identifiers import Identifier, same
from cases.provider.reading import parse_json
from cases.provider.wire import KeyInformation, Organization
from cases.workflows import hits, identities, searching, unplaced
from cases.workflows.reading import asked_of
from cases.workflows.supplements import to_read

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


def take_in(case: Case, artefact: Artefact, reading: Reading | None) -> None:
    """Derive the case's columns and hits from its newest result, inside the caller's transaction.

    `reading` is None if the result cannot be read: then nothing is known, and the columns say so.
    """
    Case.objects.filter(pk=case.pk).update(**columns(artefact, reading), updated_at=artefact.captured_at)
    changed = {*identities.learn(case, artefact, reading.key_information)} if reading else set()
    name = name_for(artefact, reading) if reading else ""
    if name and Organisation.objects.filter(pk=case.organisation_id).rename(name):
        changed.add(case.organisation_id)
    searching.take_in(case, artefact, reading.document if reading else {})
    others = Case.objects.filter(organisation__in=changed).exclude(pk=case.pk)
    searching.refresh(others.select_related("organisation"))
    if reading:
        hits.take_in(case, artefact, reading.organization)
        unplaced.take_in(artefact, reading.document, reading.organization)


def without_result(session: AmlSession) -> None:
    """Derive the columns of a case whose newest capture has no result (yet): nothing is known of the organisation.

    An earlier result, if the case has one, is read on; its columns stay. Inside the caller's transaction.
    """
    captured = Artefact.objects.captured().filter(session__case=session.case_id, kind=ArtefactKind.JSON)
    artefact = session.artefacts.filter(kind=ArtefactKind.JSON).first()
    if artefact is not None and not captured.exists():
        artefact.session = session
        Case.objects.filter(pk=session.case_id).update(**columns(artefact, None))


def result_in(session: AmlSession) -> Artefact:
    """The JSON result of a session, from artefacts that were fetched with it; it knows the session."""
    artefact = next(each for each in session.artefacts.all() if each.kind == ArtefactKind.JSON)
    artefact.session = session
    return artefact


# The columns of a case that are derived from a capture.
COLUMNS = (
    "screening",
    "hit_count",
    "likely_hit_count",
    "beneficial_owner_count",
    "result_at",
    "verdicts",
    "evidence",
    "certificate_from",
)


def columns(
    artefact: Artefact, reading: Reading | None, of_case: Sequence[AmlSession] | None = None
) -> dict[str, Any]:
    """What a case keeps of a JSON result, by the name of the column: what its findings say, and nothing beside them.

    `of_case` are all sessions of the case with their artefacts and checks; they are fetched if they are not given.
    """
    session = artefact.session
    asked = asked_of(session, artefact)
    if reading is None and artefact.is_captured:
        asked = replace(asked, capture=Capture.UNREADABLE)
    result = findings.read(reading.document if reading else None, asked)
    known = Evidence(ordered=session.case.organisation.number, about_us=artefact.about_us)
    if known.is_about_another:
        result = findings.read(None, replace(asked, capture=Capture.NOT_ORDERED))
    found = summary(result, known)
    owners = result.ownership
    nobody = (
        owners.beneficials_nothing is not None and owners.beneficials_nothing.kind is not Kind.NOTHING_FOUND
    )
    return {
        "screening": Screening.UNUSABLE if known.is_about_another else screening_of(result.screening),
        "hit_count": len(result.screening.hits),
        "likely_hit_count": len(result.screening.likely),
        "beneficial_owner_count": None if nobody else sum(each.is_beneficial for each in owners.parties),
        "result_at": artefact.captured_at,
        **of_documents(
            session,
            {str(each.topic): str(each.state) for each in found.verdicts},
            _sessions(session.case_id) if of_case is None else of_case,
        ),
    }


def _sessions(case: int) -> list[AmlSession]:
    """Every session of a case, the newest first, with what its documents tell."""
    sessions = AmlSession.objects.filter(case=case).order_by("-number")
    return list(sessions.prefetch_related("artefacts__signature_checks"))


def of_documents(
    session: AmlSession, verdicts: dict[str, str], of_case: Sequence[AmlSession]
) -> dict[str, Any]:
    """What a case keeps of the documents of a capture; `verdicts` are those on its result."""
    every = documents(session, of_case)
    known = Evidence(documents=every, today=timezone.localdate())
    found = summary(findings.read(None, asked_of(session, None)), known)
    return {
        "verdicts": verdicts | {str(Topic.DOCUMENTS): str(found.verdict(Topic.DOCUMENTS).state)},
        "evidence": usability(map(usable, every)),
        "certificate_from": next(
            (each.captured_on for each in every if each.kind is DocumentKind.CERTIFICATE), None
        ),
    }


def documents_changed(case: Case) -> None:
    """A document came, failed or was checked: keep what that changes, inside the caller's transaction."""
    sessions = _sessions(case.pk)
    session = to_read(sessions)
    if session is not None:
        kept = Case.objects.only("verdicts").get(pk=case.pk).verdicts
        Case.objects.filter(pk=case.pk).update(**of_documents(session, kept, sessions))


def name_for(artefact: Artefact, reading: Reading) -> str:
    """What the organisation is called by its newest result; '' if that does not say, or is about another."""
    key = reading.key_information
    if key is None or not key.name or artefact.about_us is False:
        return ""
    return " ".join(key.name.split())[:NAME_LIMIT]


def screening_of(chapter: Chapter) -> Screening:
    """What the list says of a screening: ‘no hits’ only where the provider says so, and nothing speaks against it."""
    if chapter.hits:
        return Screening.HITS
    if chapter.nothing and chapter.nothing.kind in {Kind.NOT_REQUESTED, Kind.WAITING}:
        return Screening.NOT_RUN
    return Screening.NONE if chapter.is_clear else Screening.UNCERTAIN
