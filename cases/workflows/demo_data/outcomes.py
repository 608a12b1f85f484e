"""What may become of a case. Only ends and stops: a session that the engine would advance would be really ordered."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from cases.models import ArtefactKind, AttemptOutcome, User, Verb, reasons
from cases.models.capture.artefact import LIFETIME
from cases.workflows import provider
from cases.workflows.demo_data.case_history import CaseHistory
from cases.workflows.demo_data.rows import Order
from cases.workflows.ordering.session_requests import ResultRequest

HOUR, DAY = 3600.0, 86_400.0
BROKEN_JSON = b'{"keyInformation": {"name": "'
SOME_ELEMENTS = ("address", "roles", "authorities", "sanction", "ownership.beneficials")


def some_request(dice: random.Random) -> ResultRequest:
    """Mostly everything, sometimes only some elements and one report, sometimes no report at all."""
    contract = provider.contract()
    kind = dice.choices(("everything", "some", "no reports"), (86, 9, 5))[0]
    if kind == "everything":
        return ResultRequest()
    expands = (
        SOME_ELEMENTS if kind == "some" else tuple(w for w in contract.expands if not w.startswith("links."))
    )
    return replace(ResultRequest(), expands=expands, reports=contract.reports[:1] if kind == "some" else ())


def _order(history: CaseHistory, actor: User | None, *, years_ago: int = 0) -> Order:
    result_request, with_ofac = some_request(history.dice), history.dice.random() > 0.06
    return history.orders_results(actor, result_request, with_ofac=with_ofac, years_ago=years_ago)


def _opened(history: CaseHistory, actor: User | None, *, years_ago: int = 0) -> Order:
    order = _order(history, actor, years_ago=years_ago)
    history.sends(order)
    history.learns_the_session(order)
    return order


def _captured(history: CaseHistory, order: Order, *leaving: str) -> None:
    """Everything is captured but the kinds named."""
    for kind in order.results:
        if kind not in leaving:
            history.wait(0.5, 20)
            history.sees_ready(order, kind)
            history.captures(order, kind)


def _end(history: CaseHistory, order: Order) -> None:
    was = order.session.state
    missing = [one for one in order.results.values() if not one.is_captured]
    if not missing:
        order.session.mark_complete(history.at)
    elif len(missing) < len(order.results):
        order.session.mark_partial(reasons.SOME_MISSING, history.at)
    else:
        order.session.mark_failed(missing[0].reason or reasons.EXPIRED, missing[0].reason_text, history.at)
    history.ended(order, was)
    if order.session.provider_id:
        history.wait(0.1, 1)
        history.webhooks(order, provider.contract().event_all_done)


def _last(order: Order) -> str:
    return list(order.results)[-1]


def complete(history: CaseHistory, actor: User | None) -> None:
    order = _opened(history, actor)
    _captured(history, order)
    _end(history, order)


def adopted(history: CaseHistory, actor: User | None) -> None:
    """The answer to the order was lost, and a webhook named the session."""
    order = _order(history, actor)
    history.sends(order)
    history.loses_the_answer(order)
    history.learns_the_session(order, Verb.SESSION_ADOPTED)
    _captured(history, order)
    _end(history, order)


def unreadable(history: CaseHistory, actor: User | None) -> None:
    """The JSON is captured as it came, and cannot be read."""
    order = _opened(history, actor)
    history.wait(1, 5)
    history.sees_ready(order, ArtefactKind.JSON)
    history.captures(order, ArtefactKind.JSON, BROKEN_JSON)
    _captured(history, order, ArtefactKind.JSON)
    _end(history, order)


def one_failed(history: CaseHistory, actor: User | None) -> None:
    order = _opened(history, actor)
    _captured(history, order, _last(order))
    history.wait(5, 60)
    history.misses(order, _last(order), reasons.PROVIDER_FAILED)
    _end(history, order)


def one_expired(history: CaseHistory, actor: User | None) -> None:
    order = _opened(history, actor)
    _captured(history, order, _last(order))
    history.sees_ready(order, _last(order))
    history.wait(LIFETIME.total_seconds(), LIFETIME.total_seconds() + 300)
    history.comes_too_late(order, _last(order))
    _end(history, order)


def all_expired(history: CaseHistory, actor: User | None) -> None:
    order = _opened(history, actor)
    for kind in order.results:
        history.wait(1, 30)
        history.sees_ready(order, kind)
    history.wait(LIFETIME.total_seconds(), LIFETIME.total_seconds() + 300)
    for kind in order.results:
        history.comes_too_late(order, kind)
    _end(history, order)


def never_ready(history: CaseHistory, actor: User | None) -> None:
    order = _opened(history, actor)
    history.wait(2 * HOUR, 2 * HOUR + 60)
    for kind in order.results:
        history.misses(order, kind, reasons.NEVER_READY)
    _end(history, order)


def _refused(history: CaseHistory, actor: User | None, reason: str, text: str) -> None:
    order = _order(history, actor)
    attempt = history.sends(order)
    history.wait(0.2, 1)
    attempt.outcome = AttemptOutcome.REFUSED
    for kind in order.results:
        history.misses(order, kind, reason, text)
    _end(history, order)


def not_in_the_register(history: CaseHistory, actor: User | None) -> None:
    _refused(history, actor, "not_found", "No organisation has this identifier.")


def withdrawn(history: CaseHistory, actor: User | None) -> None:
    not_in_the_register(history, actor)
    if actor:
        history.wait(3600, 9000)
        history.withdraws(actor, "The customer gave a number that no organisation has.")


def scope_missing(history: CaseHistory, actor: User | None) -> None:
    _refused(history, actor, "scope_missing", "The scope is not granted.")


def _answer_lost(history: CaseHistory, actor: User | None) -> Order:
    """Two answers lost in a row: a person must decide."""
    order = _order(history, actor)
    history.sends(order)
    history.loses_the_answer(order)
    history.stops_recovering(order)
    history.sends(order)
    history.loses_the_answer(order)
    history.wait(30, 32)
    order.attempts[-1].outcome = AttemptOutcome.ABANDONED
    was, session = order.session.state, order.session
    session.mark_unknown(reasons.CREATE_OUTCOME_UNKNOWN)
    history.plan_event(Verb.SESSION_UNKNOWN, order.subject, was=was, now=session.state, reason=session.reason)
    return order


def unknown(history: CaseHistory, actor: User | None) -> None:
    _answer_lost(history, actor)


def closed_and_ordered_again(history: CaseHistory, actor: User | None) -> None:
    order = _answer_lost(history, actor)
    history.wait(HOUR, 20 * HOUR)
    was = order.session.state
    for kind in order.results:
        history.misses(order, kind, reasons.CLOSED_BY_PERSON)
    order.session.mark_failed(reasons.CLOSED_BY_PERSON, "", history.at)
    history.ended(order, was, actor)
    history.wait(30, 600)
    complete(history, actor)


def failed_and_ordered_again(history: CaseHistory, actor: User | None) -> None:
    never_ready(history, actor)
    history.wait(HOUR, DAY)
    complete(history, actor)


def captured_again(history: CaseHistory, actor: User | None) -> None:
    """A later capture of the same organisation, which has changed meanwhile."""
    order = _opened(history, actor, years_ago=1)
    _captured(history, order)
    _end(history, order)
    history.wait(2 * DAY, 20 * DAY)
    complete(history, actor)


def stopped(history: CaseHistory, actor: User | None) -> None:
    """Work broke off five times: something is captured, and something else is about to expire."""
    order = _opened(history, actor)
    _captured(history, order, *list(order.results)[1:])
    for kind in list(order.results)[1:2]:
        history.sees_ready(order, kind)
    history.wait(1.5 * HOUR, 1.9 * HOUR)
    was, session = order.session.state, order.session
    session.claims = 6
    session.mark_quarantined(reasons.TOO_MANY_DEATHS)
    history.case.updated_at = history.at
    history.plan_event(
        Verb.SESSION_QUARANTINED, order.subject, was=was, now=session.state, reason=session.reason
    )


@dataclass(frozen=True)
class Outcome:
    """A way a case may go, how often in about a hundred, and how old such a case is at least and at most (days)."""

    happens: Callable[[CaseHistory, User | None], None]
    weight: int
    youngest: float = 0.15
    oldest: float = 150.0


OUTCOMES = (
    Outcome(complete, 66),
    Outcome(captured_again, 8, youngest=25),
    Outcome(one_failed, 4),
    Outcome(not_in_the_register, 4),
    Outcome(one_expired, 3),
    Outcome(unknown, 3, oldest=3),
    Outcome(all_expired, 2),
    Outcome(stopped, 2, youngest=0.082, oldest=0.084),
    Outcome(never_ready, 2),
    Outcome(failed_and_ordered_again, 2, youngest=2),
    Outcome(adopted, 1),
    Outcome(closed_and_ordered_again, 1, youngest=2),
    Outcome(unreadable, 1),
    Outcome(scope_missing, 1),
    Outcome(withdrawn, 1),
)


def outcome_of(place: int, dice: random.Random) -> Outcome:
    """What becomes of the case at this place.

    Of the first forty-three, one in three is chosen so that each outcome is seen.
    """
    if place % 3 == 0 and place // 3 < len(OUTCOMES):
        return OUTCOMES[place // 3]
    return dice.choices(OUTCOMES, [outcome.weight for outcome in OUTCOMES])[0]
