"""Keep of captured JSON results the few columns of the case that lists and sorting need."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from amlportal.compiled import Compiled
from cases.findings import result as findings
from cases.findings.captures import origin_cautions
from cases.findings.captures.documents import certificate_day
from cases.findings.captures.evidence import Evidence
from cases.findings.captures.joining import Joined, Part, join
from cases.findings.ownership.ownership import Ownership
from cases.findings.screening.chapter import Screening as Chapter
from cases.findings.verdicts.signs import kept, with_cautions, with_documents
from cases.findings.verdicts.summary import summary
from cases.findings.vocabulary.presence import Capture, Kind
from cases.findings.vocabulary.sections import SCREENING, Topic
from cases.models import (
    AmlSession,
    Artefact,
    ArtefactKind,
    Case,
    Organisation,
    Screening,
)
from cases.models.names import kept_name
from cases.presentation import capture_reading
from cases.presentation.document_status import usability, usable
from cases.presentation.judged_hits import HitJudgements
from cases.workflows.results import hits, identities, reopened_hits, searching, unplaced
from cases.workflows.results.case_result import CaseResult
from cases.workflows.results.judged_hits import judged_hits, with_judgements
from cases.workflows.results.parsed_result import ParsedResult, stored
from cases.workflows.results.read_capture import ordered_parts, origin_of
from cases.workflows.results.which_capture import earlier_of, not_renewed, sessions_of, to_read

# What a captured result of the case says; None if it cannot be had or read.
Others = Callable[[Artefact], ParsedResult | None]


def take_in(
    case: Case,
    artefact: Artefact,
    parsed: ParsedResult | None,
    others: Mapping[int, ParsedResult | None] = MappingProxyType({}),
) -> None:
    """Derive from a result that came what a case keeps, inside the caller's transaction.

    `parsed` is None if the result cannot be read: then nothing is known, and the columns say so. Of one of which
    nothing is read, because later ones were asked for as much, hits and numbers are kept. `others` are what `beside`
    gave; one that was captured since is read here.
    """
    of_case = sessions_of(case.pk)
    session = to_read(of_case)
    is_read = session is not None and session.pk == artefact.session_id
    known = {**others, artefact.pk: parsed}

    def says(stored_result: Artefact) -> ParsedResult | None:
        return known[stored_result.pk] if stored_result.pk in known else stored(stored_result)

    # Organisations are locked before the rows of the search, by everybody who takes a result in.
    changed = _make_known(case, artefact, parsed, is_read=is_read)
    if session and artefact in (result := result_in(session), *earlier_of(session, of_case)):
        read = read_together(result, says(result), of_case, says)
        judged = judged_hits(case.pk, read.result)
        kept = columns(result, read, of_case, judged=judged)
        reopened_hits.record(case, result, judged)
        _save(case.pk, {**kept, "updated_at": artefact.captured_at})
        searching.take_in(case, result, read)
        others_of_firm = Case.objects.exclude(pk=case.pk)
    else:
        follow(case)
        others_of_firm = Case.objects.all()
    if changed:
        searching.refresh(others_of_firm.filter(organisation__in=changed).select_related("organisation"))
    if parsed:
        (hits.take_in if is_read else hits.take_in_late)(case, artefact, parsed.organization)
        unplaced.take_in(artefact, parsed.document, parsed.organization)


def _make_known(case: Case, artefact: Artefact, parsed: ParsedResult | None, *, is_read: bool) -> set[int]:
    """Keep names and numbers that a result states; the organisation takes its name from the result that is read.

    Gives the organisations, by key, of which something new is known now.
    """
    changed = {*identities.learn(case, artefact, parsed.key_information)} if parsed else set()
    name = name_for(artefact, parsed) if is_read and parsed else ""
    if name and Organisation.objects.filter(pk=case.organisation_id).rename(name):
        changed.add(case.organisation_id)
    return changed


def result_in(session: AmlSession) -> Artefact:
    """The JSON result of a session, from artefacts that were fetched with it; it knows the session."""
    artefact = next(candidate for candidate in session.artefacts.all() if candidate.kind == ArtefactKind.JSON)
    artefact.session = session
    return artefact


# The columns of a case that are derived from a capture.
COLUMNS = (
    "screening",
    "hit_count",
    "likely_hit_count",
    "unconfirmed_hit_count",
    "beneficial_owner_count",
    "result_at",
    "verdicts",
    "evidence",
    "certificate_from",
)


def columns(
    artefact: Artefact,
    read: CaseResult,
    of_case: Sequence[AmlSession],
    today: datetime.date | None = None,
    *,
    judged: HitJudgements | None = None,
) -> dict[str, Any]:
    """What a case keeps of a JSON result, by the name of the column: what the page of the case says, and nothing else.

    `of_case` are all sessions of the case with their artefacts and checks; `judged` is what people judged the hits to
    be, if it is known.
    """
    session = next(candidate for candidate in of_case if candidate.pk == artefact.session_id)
    judged = judged or judged_hits(session.case_id, read.result, today)
    result = with_judgements(read.result, judged)
    known = _evidence(capture_reading.CaptureReading(session, artefact, result), of_case, today)
    found = summary(result, known)
    return {
        "screening": Screening.UNUSABLE if known.is_about_another else screening_of(result.screening),
        "hit_count": len(result.screening.open_hits),
        "likely_hit_count": len(result.screening.likely),
        "unconfirmed_hit_count": judged.awaiting_second,
        "beneficial_owner_count": _owner_count(result.ownership),
        "result_at": artefact.captured_at,
        "verdicts": kept(found.verdicts, result.screening),
        **_of_documents(known),
    }


def _joined(
    artefact: Artefact, parsed: ParsedResult, of_case: Sequence[AmlSession], others: Others
) -> Joined:
    session = next(other for other in of_case if other.pk == artefact.session_id)
    parts = [
        Part(
            found.document if (found := others(other)) else None,
            ordered_parts(other.session, other),
            origin_of(other),
        )
        for other in earlier_of(session, of_case)
    ]
    return join(parsed.document, ordered_parts(session, artefact), parts, not_renewed(session, of_case))


def read_together(
    artefact: Artefact, parsed: ParsedResult | None, of_case: Sequence[AmlSession], others: Others = stored
) -> CaseResult:
    """Read what a result says of the organisation of the case: nothing, if it is about another.

    `others` gives the results of earlier captures, for what this one did not order.
    """
    ordered = ordered_parts(artefact.session, artefact)
    if artefact.about_us is False:
        return CaseResult(findings.read(None, replace(ordered, capture=Capture.NOT_ORDERED)))
    if parsed is not None:
        joined = _joined(artefact, parsed, of_case, others)
        return CaseResult(findings.read_joined(joined), joined.document)
    unread = replace(ordered, capture=Capture.UNREADABLE) if artefact.is_captured else ordered
    return CaseResult(findings.read(None, unread))


def _evidence(
    read: capture_reading.CaptureReading, of_case: Sequence[AmlSession], today: datetime.date | None = None
) -> Evidence:
    """What the page of the case knows on a day, or today, of a capture, beside what its result says."""
    assert read.session is not None  # noqa: S101 - columns are of a capture
    return read.evidence(read.session.case.organisation.number, today or timezone.localdate(), of_case)


def _owner_count(owned: Ownership) -> int | None:
    nothing = owned.beneficials_nothing
    is_unknown = nothing is not None and nothing.kind is not Kind.NOTHING_FOUND
    return None if is_unknown else len(owned.beneficial_owners)


def _of_documents(known: Evidence) -> dict[str, Any]:
    every = known.documents or ()
    return {"evidence": usability(map(usable, every)), "certificate_from": certificate_day(every)}


_waiting: ContextVar[dict[int, Case] | None] = ContextVar("waiting", default=None)


def rejudged(artefact: Artefact, result: findings.Result, of_case: Sequence[AmlSession]) -> None:
    """Derive the columns anew from a result in hand, because a hit of it was judged. Inside the caller's transaction.

    `artefact` is the JSON result that is read, and knows its session; `of_case` are all sessions of the case.
    """
    case = artefact.session.case_id
    kept = columns(artefact, CaseResult(result), of_case)
    _save(case, {**kept, "updated_at": timezone.now()})


@contextmanager
def once() -> Iterator[None]:
    """Derive columns once for each case at the end of the block, however many of its results come or end in it."""
    waiting: dict[int, Case] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for case in waiting.values():
        follow(case)


def follow(case: Case) -> None:
    """Derive the columns anew from the capture that is read; of a result that is here, what its documents change.

    Called whenever a result of the case was ordered, came, was checked, or will not come. Inside the caller's
    transaction.
    """
    if (waiting := _waiting.get()) is not None:
        waiting[case.pk] = case
        return
    sessions = sessions_of(case.pk)
    session = to_read(sessions)
    if session is None:
        return
    artefact = capture_reading.result_of(session)
    if artefact is not None and (not artefact.is_captured or artefact.about_us is False):
        artefact.session = session
        changed = columns(artefact, read_together(artefact, None, sessions), sessions)
    else:
        changed = _beside_result(capture_reading.CaptureReading(session, artefact, NOT_READ), sessions)
    _save(case.pk, changed)


def _save(case: int, changed: dict[str, Any]) -> None:
    """Save derived columns; its class is to be worked out anew, from what is read now."""
    Case.objects.filter(pk=case).update(**changed, assess_at=timezone.now())


PRESENT = Compiled(lambda case: Case.objects.filter(pk=case).values_list("verdicts", "screening"), int)
# The verdict on the documents does not ask what the result says.
NOT_READ = findings.read(None, ordered_parts(None, None))


def _beside_result(read: capture_reading.CaptureReading, of_case: Sequence[AmlSession]) -> dict[str, Any]:
    """The columns that change beside a result that is here: by its documents, and by later orders in vain."""
    assert read.session is not None  # noqa: S101 - columns are of a capture
    known = _evidence(read, of_case)
    verdict = summary(read.result, known).verdict(Topic.DOCUMENTS)
    ((verdicts, screening),) = PRESENT.all(read.session.case_id)
    in_vain = not_renewed(read.session, of_case)
    cautions = [*origin_cautions.of_orders_in_vain(dict(in_vain))]
    is_doubted = SCREENING in dict(in_vain) and screening == Screening.NONE
    return {
        "verdicts": with_documents(with_cautions(verdicts, cautions), verdict),
        "screening": Screening.UNCERTAIN if is_doubted else screening,
        **_of_documents(known),
    }


def name_for(artefact: Artefact, parsed: ParsedResult) -> str:
    """What the organisation is called by its newest result; '' if that does not say, or is about another."""
    key = parsed.key_information
    return kept_name(key.name) if key and artefact.about_us is not False else ""


# Nobody can have been screened: it was not ordered, or the order was refused.
NOBODY_SEARCHED = {Kind.NOT_REQUESTED, Kind.NUMBER_UNKNOWN, Kind.ORDER_REFUSED}


def screening_of(chapter: Chapter) -> Screening:
    """What lists say of a screening: ‘no hits’ only where the provider says so, and nothing speaks against it."""
    if chapter.hits:
        return Screening.HITS if chapter.open_hits else Screening.JUDGED
    if chapter.nothing and (chapter.nothing.kind in NOBODY_SEARCHED or chapter.nothing.kind.may_come):
        return Screening.NOT_RUN
    return Screening.NONE if chapter.is_clear else Screening.UNCERTAIN
