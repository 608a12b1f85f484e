"""How cases stand with the provider: the newest session of each, and what may be lost. Lists are made of this."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cases.models.artefact import Artefact, ArtefactState
from cases.models.case import Case, CaseQuerySet
from cases.models.session import ACTIVE, STUCK, AmlSession, SessionState

UNDER_WAY = Q(capture_state__in=ACTIVE)
# Nothing goes on by itself: a person orders again, resumes, closes or tries anew.
NEEDS_DECISION = Q(capture_state__in=(*STUCK, SessionState.FAILED))
AT_RISK = Q(risk_at__isnull=False) | Q(has_expired=True)


def with_capture(cases: CaseQuerySet) -> CaseQuerySet:
    """Add to each case its newest session: `newest_session` (pk or None) and `capture_state` ('' without one)."""
    newest = AmlSession.objects.filter(case=OuterRef("pk")).order_by("-number")
    return cases.annotate(
        newest_session=Subquery(newest.values("pk")[:1]),
        capture_state=Coalesce(Subquery(newest.values("state")[:1]), Value("")),
    )


def with_risk(cases: CaseQuerySet, now: datetime.datetime) -> CaseQuerySet:
    """Add `risk_at`, when the first result of ours that is about to expire does, and `has_expired`.

    Only the newest session counts: what was lost and ordered again is no risk any more.
    """
    ours = Artefact.objects.filter(session=OuterRef("newest_session"))
    return with_capture(cases).annotate(
        risk_at=Subquery(ours.at_risk(now).order_by("expires_at").values("expires_at")[:1]),
        has_expired=Exists(ours.filter(state=ArtefactState.EXPIRED)),
    )


def newest_sessions(cases: Iterable[Case]) -> dict[int, AmlSession]:
    """The newest session of each case that has one, by the case's key, with its artefacts: two queries.

    The cases come from with_capture().
    """
    pks = [pk for case in cases if (pk := getattr(case, "newest_session", None))]
    found = AmlSession.objects.filter(pk__in=pks).prefetch_related("artefacts")
    return {session.case_id: session for session in found}
