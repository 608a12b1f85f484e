"""Whether a firm was ordered a short while ago: then another order would be charged again, and needs a reason."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import AmlSession, Artefact, AttemptOutcome, Case, CreateAttempt, SessionState
from cases.models.casework.identity import Number, firm_of
from cases.provider.numbers.identifiers import Identifier
from cases.provider.numbers.typed_number import meanings


class Outcome(IntEnum):
    """What became of an earlier order; the first of several is the one that is told."""

    AWAITED = 1
    CAPTURED = 2
    NOT_CONFIRMED = 3
    STOPPED = 4
    NOT_USABLE = 5


WORDS: dict[Outcome, str | Promise] = {
    Outcome.AWAITED: _("An order on this firm is under way, in %(case)s."),
    Outcome.CAPTURED: _("This firm was captured lately, in %(case)s."),
    Outcome.NOT_CONFIRMED: _("An order on this firm is not confirmed, in %(case)s: it may have been made."),
    Outcome.STOPPED: _("An order on this firm was stopped and waits for a person, in %(case)s."),
    Outcome.NOT_USABLE: _("This number was ordered lately, in %(case)s, and what came cannot be used."),
}
OF_STATES: dict[str, Outcome] = {
    SessionState.UNKNOWN: Outcome.NOT_CONFIRMED,
    SessionState.DOUBTFUL: Outcome.NOT_CONFIRMED,
    SessionState.QUARANTINED: Outcome.STOPPED,
}


@dataclass(frozen=True)
class Earlier:
    """An order beside which another would be charged: the case it is in, and what became of it."""

    case: Case
    outcome: Outcome

    @property
    def words(self) -> str:
        return str(WORDS[self.outcome]) % {"case": self.case.reference}


class OrderedLately(Exception):
    """The firm was ordered a short while ago: another order needs a reason. Nothing was done."""

    def __init__(self, earlier: Earlier) -> None:
        super().__init__(earlier.case.reference)
        self.earlier = earlier


def ordered_lately(identifier: Identifier) -> Earlier | None:
    """The order on the same firm that another would be charged beside: under way, or captured not long ago.

    What came and cannot be used counts as well: the same number would bring it again. RECENT_CAPTURE_DAYS says how long
    ago; with 0 nobody is asked.
    """
    if not settings.RECENT_CAPTURE_DAYS:
        return None
    numbers = {Number.of(identifier), *_other_meanings(identifier)}
    organisations = frozenset[int]().union(*(firm_of(number).organisations for number in numbers))
    found = [_earlier(session) for session in _orders_on(organisations)]
    return min(found, key=lambda earlier: earlier.outcome, default=None)


def require_reason(identifier: Identifier, reason: str) -> str:
    """Give the reason for another order as it is kept, '' if none is needed. Raises OrderedLately without one.

    To be called with the organisation locked (identities.organisation_of), so that of two at once one is told.
    """
    earlier = ordered_lately(identifier)
    if earlier and not reason:
        raise OrderedLately(earlier)
    return reason if earlier else ""


def _other_meanings(identifier: Identifier) -> Iterable[Number]:
    """What else the digits may be in the same country: a DUNS number typed as an organisation number is still one."""
    return (
        Number(kind, country, value)
        for kind, country, value in meanings(identifier.value)
        if country in {"", identifier.country}
    )


def _orders_on(organisations: frozenset[int]) -> list[AmlSession]:
    """The orders that count, newest first: not ended, captured lately, or closed with a doubt if it was taken."""
    since = timezone.now() - datetime.timedelta(days=settings.RECENT_CAPTURE_DAYS)
    ours = AmlSession.objects.filter(case__organisation__in=organisations)
    captured = Artefact.objects.captured().filter(
        captured_at__gt=since, session__case__organisation__in=organisations
    )
    doubted = CreateAttempt.objects.filter(
        outcome__in=AttemptOutcome.unanswered(),
        sent_at__gt=since,
        session__provider_id="",
        session__case__organisation__in=organisations,
    )
    counting = (
        ours.unended()
        | ours.filter(pk__in=captured.values("session"))
        | ours.filter(pk__in=doubted.values("session"))
    )
    return list(
        counting.select_related("case__organisation", "case__opened_by")
        .prefetch_related("artefacts")
        .order_by("-requested_at", "-pk")
    )


def _earlier(session: AmlSession) -> Earlier:
    if not session.is_ended:
        return Earlier(session.case, OF_STATES.get(session.state, Outcome.AWAITED))
    if not session.provider_id:  # closed while nobody knew whether it was taken
        return Earlier(session.case, Outcome.NOT_CONFIRMED)
    return Earlier(session.case, Outcome.CAPTURED if session.has_usable else Outcome.NOT_USABLE)
