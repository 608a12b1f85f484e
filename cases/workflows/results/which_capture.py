"""Which captures of a case are read: the newest with a result, and for what it did not order the ones before.

So a capture that orders less than an earlier one replaces what it orders, and nothing else. Every result holds key
information, that of an order of reports alone too: what it tells of the organisation is the newest.
"""

from collections.abc import Iterable, Sequence

from amlportal.compiled import Compiled, attach
from cases.findings.captures.joining import further_words
from cases.models import AmlSession, Artefact, ArtefactKind, SignatureCheck
from cases.presentation.capture_reading import result_of
from cases.workflows import provider

# The sessions of a case, their artefacts, and the signature checks of those.
OF_CASE = Compiled(
    lambda case: (
        AmlSession.objects.filter(case=case).order_by("-number").select_related("case__organisation")
    ),
    int,
)
ARTEFACTS = Compiled(lambda case: Artefact.objects.filter(session__case=case), int)
CHECKS = Compiled(lambda case: SignatureCheck.objects.filter(artefact__session__case=case), int)


def is_supplement(session: AmlSession) -> bool:
    """Whether a session orders reports, and no element of the result but what they imply."""
    contract = provider.contract()
    implied = {word for kind in contract.kinds if kind.report for word in kind.implied_by}
    orders_reports = len(contract.ordered_kinds(tuple(session.ordered_reports), tuple(session.expands))) > 1
    return orders_reports and implied.issuperset(session.expands)


def sessions_of(case: int) -> list[AmlSession]:
    """Every session of a case, the newest first, with what its documents tell."""
    sessions, artefacts = OF_CASE.all(case), ARTEFACTS.all(case)
    attach(sessions, "artefacts", artefacts)
    has_documents = any(result.is_captured and result.kind != ArtefactKind.JSON for result in artefacts)
    attach(artefacts, "signature_checks", CHECKS.all(case) if has_documents else [])
    return sessions


def to_read(newest_first: Sequence[AmlSession]) -> AmlSession | None:
    """The capture of a case that is read: the newest with a result, else the newest. Artefacts come with the sessions.

    One whose result cannot be used is read as long as it is the newest: neither it nor one before it stands in for what
    a later order is to bring, which may be by another number. If that ended and brought nothing, a result about another
    organisation is the last that is known. If it was ordered for reports alone, it is read only if there is no other:
    nobody asked for that result.
    """
    if not newest_first:
        return None
    newest, in_turn = newest_first[0], sorted(newest_first, key=_gives_way)
    found = next(
        (session for session in in_turn if (result := result_of(session)) and result.is_captured), newest
    )
    result = result_of(found)
    is_last_known = found.is_about_another and not found.earlier_number
    if is_last_known and all(
        session.has_ended_once for session in newest_first if session.number > found.number
    ):
        return found
    return found if result and result.is_usable else newest


def _gives_way(session: AmlSession) -> bool:
    result = result_of(session)
    return not (result and result.is_usable) and is_supplement(session)


def earlier_of(session: AmlSession, of_case: Iterable[AmlSession]) -> tuple[Artefact, ...]:
    """The earlier results that are read with a capture's: each was asked for an element that none after it was.

    The newest first; each knows its session. None beside a result that cannot be used. `of_case` are all sessions.
    """
    own = result_of(session)
    if own is None or not own.is_usable:
        return ()
    found, known = [], {*session.expands}
    for earlier in _before(session, of_case):
        if result := _adding(earlier, known):
            found.append(result)
            known |= {*earlier.expands}
    return tuple(found)


def read_beside(session: int, newest_first: Sequence[AmlSession]) -> tuple[Artefact, ...]:
    """The results that may be read together with the one that comes for this session (its key), the newest first."""
    found, known = [], None
    for other in newest_first:
        result = _adding(other, known) if other.pk != session else None
        if result:
            found.append(result)
        if result or other.pk == session:
            known = {*(known or ()), *other.expands}
    return tuple(found)


def _adding(session: AmlSession, known: set[str] | None) -> Artefact | None:
    """The result of a session, which it knows, if it can be used and was asked for more than the elements known.

    None if it adds nothing; `known` is None as long as nothing is read.
    """
    result = result_of(session)
    if not (result and result.is_usable and (known is None or further_words(session.expands, known))):
        return None
    result.session = session
    return result


def not_renewed(session: AmlSession, of_case: Iterable[AmlSession]) -> tuple[tuple[str, int], ...]:
    """The elements, by expand word, that are read of a result although an order after it asked for them.

    With each the number of the newest such order: no result came of it that can be used. `of_case` are all sessions.
    """
    own, of_case = result_of(session), tuple(of_case)
    if own is None or not own.is_usable:
        return ()
    known, in_vain, found = {*session.expands}, dict[str, int](), dict[str, int]()
    for other in _before(session, of_case):
        words, result = further_words(other.expands, known), result_of(other)
        if result and result.is_usable:
            found |= {word: in_vain[word] for word in words if word in in_vain}
            known |= {*words}
        else:
            in_vain = dict.fromkeys(words, other.number) | in_vain
    for other in sorted(of_case, key=lambda other: other.number):
        if other.number > session.number and _brought_nothing(other):
            found |= {word: other.number for word in further_words(other.expands, ()) if word in known}
    return tuple(found.items())


def _brought_nothing(session: AmlSession) -> bool:
    """Has a session ended, at least once, without a result that can be used?"""
    result = result_of(session)
    return not (result and result.is_usable) and session.has_ended_once


def _before(session: AmlSession, of_case: Iterable[AmlSession]) -> list[AmlSession]:
    """The sessions before this one, the newest first."""
    return sorted(
        (other for other in of_case if other.number < session.number), key=lambda other: -other.number
    )
