"""The newest case of ours on each of several organisations: as few queries as for one."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery

from cases.models import (
    AmlSession,
    Case,
    CaseState,
    Decision,
    IdentifierKind,
    Judgement,
    Organisation,
    SecondState,
)
from cases.presentation.held_capture import HeldCapture
from cases.provider.numbers.identifiers import Identifier
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import to_read


def held_captures(identifiers: Collection[Identifier]) -> dict[Identifier, HeldCapture]:
    """Give what is held on each organisation that is known by the number; those without a case are not in it."""
    cases = _newest_cases(identifiers)
    if not cases:
        return {}
    keys = [case.pk for case in cases.values()]
    sessions, judgements, decided = _sessions(keys), _judgements(keys), _decided(keys)
    return {
        identifier: HeldCapture(
            case,
            decided.get(case.pk) if case.is_decided else None,
            read_session(to_read(sessions[case.pk]), sessions[case.pk], judgements[case.pk]),
        )
        for identifier, case in cases.items()
    }


def _newest_cases(identifiers: Collection[Identifier]) -> dict[Identifier, Case]:
    """The case opened last on each; one that was withdrawn only where there is no other."""
    if not identifiers:
        return {}
    is_withdrawn = ExpressionWrapper(Q(state=CaseState.WITHDRAWN), BooleanField())
    of_organisation = Case.objects.filter(organisation=OuterRef("pk"))
    newest = of_organisation.order_by(is_withdrawn, "-opened_at", "-pk")
    found = Organisation.objects.filter(
        kind=IdentifierKind.ORG,
        country__in={identifier.country for identifier in identifiers},
        value__in={identifier.value for identifier in identifiers},
    ).annotate(newest_case=Subquery(newest.values("pk")[:1]))
    by_key = {row.newest_case: row.identifier for row in found if row.newest_case is not None}
    cases = Case.objects.select_related("organisation").in_bulk([*by_key])
    wanted = {*identifiers}
    return {identifier: cases[key] for key, identifier in by_key.items() if identifier in wanted}


def _sessions(cases: Iterable[int]) -> defaultdict[int, list[AmlSession]]:
    """Every session of these cases, the newest first, with its artefacts."""
    found: defaultdict[int, list[AmlSession]] = defaultdict(list)
    rows = AmlSession.objects.filter(case__in=cases).order_by("-number")
    for session in rows.select_related("case__organisation").prefetch_related("artefacts"):
        found[session.case_id].append(session)
    return found


def _judgements(cases: Collection[int]) -> defaultdict[int, list[Judgement]]:
    found: defaultdict[int, list[Judgement]] = defaultdict(list)
    for judgement in Judgement.objects.newest_of_all(cases):
        found[judgement.hit.case_id].append(judgement)
    return found


def _decided(cases: Collection[int]) -> dict[int, datetime.datetime]:
    """When each was decided last."""
    rows = Decision.objects.filter(
        case__in=cases, second_state=SecondState.CONFIRMED, second_at__isnull=False
    )
    return {case: at for case, at in rows.order_by("number").values_list("case", "second_at") if at}
