"""How cases stand with the provider: the newest session of each, and what may be lost. Lists are made of this."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cases.models.capture.artefact import Artefact, ArtefactState
from cases.models.capture.outcome import prefetch_for_unknown_numbers
from cases.models.capture.session import ACTIVE, STUCK, AmlSession, SessionState
from cases.models.casework.case import Case, CaseQuerySet

UNDER_WAY = Q(capture_state__in=ACTIVE)
# Nothing goes on by itself: a person orders again, resumes, closes or tries anew.
OF_A_PERSON = (*STUCK, SessionState.FAILED)
NEEDS_PERSON = Q(capture_state__in=OF_A_PERSON)
PARTLY = Q(capture_state=SessionState.PARTIAL)
EXPIRING = Q(risk_at__isnull=False)
LOST = Q(has_expired=True)


def with_capture(cases: CaseQuerySet) -> CaseQuerySet:
    """Add to each case its newest session: `newest_session` (pk or None) and `capture_state` ('' without one)."""
    newest = AmlSession.objects.filter(case=OuterRef("pk")).order_by("-number")
    return cases.annotate(
        newest_session=Subquery(newest.values("pk")[:1]),
        capture_state=Coalesce(Subquery(newest.values("state")[:1]), Value("")),
    )


def with_risk(cases: CaseQuerySet, now: datetime.datetime) -> CaseQuerySet:
    """Add `risk_at`, when the first result of ours that is about to expire does, and `has_expired`.

    Of what is lost only the newest session counts: what was ordered again is no loss any more.
    """
    ready = Artefact.objects.at_risk(now).filter(session__case=OuterRef("pk"))
    ours = Artefact.objects.filter(session=OuterRef("newest_session"))
    return with_capture(cases).annotate(
        risk_at=Subquery(ready.order_by("expires_at").values("expires_at")[:1]),
        has_expired=Exists(ours.filter(state=ArtefactState.EXPIRED)),
    )


@dataclass(frozen=True)
class Tally:
    """The numbers of open cases, whoever has them, by how they stand with the provider."""

    needs_person: int
    expiring: int
    lost: int
    partly: int
    under_way: int


def tally(now: datetime.datetime) -> Tally:
    """Count the open cases of each group in one query, for every page that shows such a number."""
    counts = with_risk(Case.objects.open(), now).aggregate(
        needs_person=Count("pk", filter=NEEDS_PERSON),
        expiring=Count("pk", filter=EXPIRING),
        lost=Count("pk", filter=LOST),
        partly=Count("pk", filter=PARTLY),
        under_way=Count("pk", filter=UNDER_WAY),
    )
    return Tally(**counts)


def newest_sessions(cases: Iterable[Case]) -> dict[int, AmlSession]:
    """The newest session of each case that has one, by the case's key, with its artefacts: two queries.

    Three more where an order was refused because nothing is known under its number. The cases come from with_capture().
    """
    pks = [pk for case in cases if (pk := vars(case)["newest_session"])]
    found = AmlSession.objects.filter(pk__in=pks).prefetch_related("artefacts")
    prefetch_for_unknown_numbers(found)
    return {session.case_id: session for session in found}
