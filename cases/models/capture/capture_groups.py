"""How cases stand with the provider: the newest session of each, and what may be lost. Lists are made of this."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cases.models.capture.artefact import RISK_BEFORE
from cases.models.capture.outcome import prefetch_for_unknown_numbers
from cases.models.capture.session import AmlSession
from cases.models.casework.case import Case
from cases.models.casework.pressing import LOST, NEEDS_PERSON, PARTLY, UNDER_WAY


def expiring(now: datetime.datetime) -> Q:
    """The condition for cases of which a result is ready, not captured, and gone within half an hour.

    Of one that should have expired nobody knows: it stands among them.
    """
    return Q(next_expiry__lt=now + RISK_BEFORE)


def risk_at(case: Case, now: datetime.datetime) -> datetime.datetime | None:
    """When the first result of an expiring() case expires; None for others."""
    is_expiring = case.next_expiry is not None and case.next_expiry < now + RISK_BEFORE
    return case.next_expiry if is_expiring else None


@dataclass(frozen=True)
class Tally:
    """How many cases, whoever has them, stand so with the provider.

    Those decided count among `expiring` and `under_way`, for what comes is kept; about the rest nobody can do a thing.
    """

    needs_person: int
    expiring: int
    lost: int
    partly: int
    under_way: int


def tally(now: datetime.datetime) -> Tally:
    """Count them, each by its own index, for every page that says such a number."""
    cases, with_decided = Case.objects.open(), Case.objects.not_withdrawn()
    return Tally(
        needs_person=cases.filter(NEEDS_PERSON).count(),
        expiring=with_decided.filter(expiring(now)).count(),
        lost=cases.filter(LOST).count(),
        partly=cases.filter(PARTLY).count(),
        under_way=with_decided.filter(UNDER_WAY).count(),
    )


def newest_sessions(cases: Iterable[Case]) -> dict[int, AmlSession]:
    """The newest session of each case that has one, by the case's key, with its artefacts: two queries.

    Three more where an order was refused because nothing is known under its number.
    """
    pks = [case.newest_session_id for case in cases if case.newest_session_id]
    found = AmlSession.objects.filter(pk__in=pks).prefetch_related("artefacts")
    prefetch_for_unknown_numbers(found)
    return {session.case_id: session for session in found}
