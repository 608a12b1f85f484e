"""A captured JSON result: read it, and keep the few columns of the case that lists and sorting need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from cases.documents import reading as as_read
from cases.documents.verdicts import usability, usable
from cases.findings import result as findings
from cases.findings.caution_codes import Topic
from cases.findings.documents import certificate_day
from cases.findings.evidence import Evidence
from cases.findings.ownership import Ownership
from cases.findings.presence import Capture, Kind
from cases.findings.screening_chapter import Screening as Chapter
from cases.findings.summary import summary
from cases.findings.verdict_signs import kept, with_documents
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
    """Derive from a result that came what a case keeps, inside the caller's transaction.

    `reading` is None if the result cannot be read: then nothing is known, and the columns say so. Of one that is not
    read of the case, because a later one came first or an earlier one was asked for more, hits and numbers are kept.
    """
    of_case = _sessions(case.pk)
    session = to_read(of_case)
    is_read = session is not None and session.pk == artefact.session_id
    if is_read:
        kept = columns(artefact, reading, of_case)
        Case.objects.filter(pk=case.pk).update(**kept, updated_at=artefact.captured_at)
    else:
        follow(case)
    _make_known(case, artefact, reading, is_read=is_read)
    if reading:
        (hits.take_in if is_read else hits.take_in_late)(case, artefact, reading.organization)
        unplaced.take_in(artefact, reading.document, reading.organization)


def _make_known(case: Case, artefact: Artefact, reading: Reading | None, *, is_read: bool) -> None:
    """Keep names and numbers that a result states; the organisation is called, and the case found, as one reads it."""
    changed = {*identities.learn(case, artefact, reading.key_information)} if reading else set()
    others = Case.objects.all()
    if is_read:
        name = name_for(artefact, reading) if reading else ""
        if name and Organisation.objects.filter(pk=case.organisation_id).rename(name):
            changed.add(case.organisation_id)
        searching.take_in(case, artefact, reading.document if reading else {})
        others = others.exclude(pk=case.pk)
    searching.refresh(others.filter(organisation__in=changed).select_related("organisation"))


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
    """What a case keeps of a JSON result, by the name of the column: what the page of the case says, and nothing else.

    `of_case` are all sessions of the case with their artefacts and checks; they are fetched if they are not given.
    """
    sessions = _sessions(artefact.session.case_id) if of_case is None else of_case
    session = next(each for each in sessions if each.pk == artefact.session_id)
    result = _result(artefact, reading)
    known = _evidence(as_read.Reading(session, artefact, result), sessions)
    found = summary(result, known)
    return {
        "screening": Screening.UNUSABLE if known.is_about_another else screening_of(result.screening),
        "hit_count": len(result.screening.hits),
        "likely_hit_count": len(result.screening.likely),
        "beneficial_owner_count": _owner_count(result.ownership),
        "result_at": artefact.captured_at,
        "verdicts": kept(found.verdicts, result.screening),
        **_of_documents(known),
    }


def _sessions(case: int) -> list[AmlSession]:
    """Every session of a case, the newest first, with what its documents tell."""
    sessions = AmlSession.objects.filter(case=case).order_by("-number").select_related("case__organisation")
    return list(sessions.prefetch_related("artefacts__signature_checks"))


def _result(artefact: Artefact, reading: Reading | None) -> findings.Result:
    """What a result says of the organisation of the case: nothing, if it is about another."""
    asked = asked_of(artefact.session, artefact)
    if artefact.about_us is False:
        return findings.read(None, replace(asked, capture=Capture.NOT_ORDERED))
    if reading is None and artefact.is_captured:
        asked = replace(asked, capture=Capture.UNREADABLE)
    return findings.read(reading.document if reading else None, asked)


def _evidence(read: as_read.Reading, of_case: Sequence[AmlSession]) -> Evidence:
    """What the page of the case knows today of a capture, beside what its result says."""
    assert read.session is not None  # noqa: S101 - columns are of a capture
    return read.evidence(read.session.case.organisation.number, timezone.localdate(), of_case)


def _owner_count(owned: Ownership) -> int | None:
    nothing = owned.beneficials_nothing
    is_unknown = nothing is not None and nothing.kind is not Kind.NOTHING_FOUND
    return None if is_unknown else len(owned.beneficial_owners)


def _of_documents(known: Evidence) -> dict[str, Any]:
    every = known.documents or ()
    return {"evidence": usability(map(usable, every)), "certificate_from": certificate_day(every)}


def follow(case: Case) -> None:
    """Derive the columns anew from the capture that is read; of a result that is here, what its documents change.

    Called whenever a result of the case was ordered, came, was checked, or will not come. Inside the caller's
    transaction.
    """
    sessions = _sessions(case.pk)
    session = to_read(sessions)
    if session is None:
        return
    artefact = as_read.result_of(session)
    if artefact is not None and not artefact.is_captured:
        artefact.session = session
        changed = columns(artefact, None, sessions)
    else:
        changed = _documents_of(as_read.Reading(session, artefact, NOT_READ), sessions)
    Case.objects.filter(pk=case.pk).update(**changed)


# The verdict on the documents does not ask what the result says.
NOT_READ = findings.read(None, asked_of(None, None))


def _documents_of(read: as_read.Reading, of_case: Sequence[AmlSession]) -> dict[str, Any]:
    assert read.session is not None  # noqa: S101 - columns are of a capture
    known = _evidence(read, of_case)
    verdict = summary(read.result, known).verdict(Topic.DOCUMENTS)
    present = Case.objects.only("verdicts").get(pk=read.session.case_id).verdicts
    return {"verdicts": with_documents(present, verdict), **_of_documents(known)}


def name_for(artefact: Artefact, reading: Reading) -> str:
    """What the organisation is called by its newest result; '' if that does not say, or is about another."""
    key = reading.key_information
    if key is None or not key.name or artefact.about_us is False:
        return ""
    return " ".join(key.name.split())[:NAME_LIMIT]


# Nobody can have been screened: it was not ordered, or the order was refused.
NOBODY_SEARCHED = {Kind.NOT_REQUESTED, Kind.NUMBER_UNKNOWN, Kind.ORDER_REFUSED}


def screening_of(chapter: Chapter) -> Screening:
    """What the list says of a screening: ‘no hits’ only where the provider says so, and nothing speaks against it."""
    if chapter.hits:
        return Screening.HITS
    if chapter.nothing and (chapter.nothing.kind in NOBODY_SEARCHED or chapter.nothing.kind.may_come):
        return Screening.NOT_RUN
    return Screening.NONE if chapter.is_clear else Screening.UNCERTAIN
