"""Invented cases in every state that a case may come to rest in, for demonstrations, screenshots and measurements.

The same seed gives the same cases, told from the moment of seeding. Which they are follows from their number alone, so
that seeding more adds to what is there, and seeding again adds nothing.
"""

import datetime
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from cases.models import Case, User
from cases.workflows.demo_data import people
from cases.workflows.demo_data.adding import add
from cases.workflows.demo_data.case_history import CaseHistory
from cases.workflows.demo_data.outcomes import DAY, Outcome, complete, outcome_of
from cases.workflows.demo_data.rows import Subject

NAMESPACE = uuid.UUID("5d1f6a0e-4b0c-5f43-9f0e-6f0a5a0c9d11")
TOGETHER = 100  # cases a transaction
# Whose a case is: theirs who opened it, theirs who took it, and how often.
HANDS = (OWN, TAKEN, NOBODYS) = ("own", "taken", "nobody's")
SHARES = (52, 26, 22)
# Of these places the screening finds somebody: for every state that judging leads to there are hits enough, and old
# enough that something could have been done days ago.
WITH_HITS = (1, 4, 7, 10, 13, 16)
OF_HITS = Outcome(complete, 0, youngest=25)
MOST_DRAWN = 200
PURPOSES = (
    "New customer",
    "Periodic review",
    "Change of beneficial owner",
    "Loan application",
    "Correspondent relationship",
    "Requested by the customer's adviser",
    "",
)


def cases(
    number: int, seed: int, organisation: Callable[[random.Random], Subject], now: datetime.datetime
) -> Iterator[int]:
    """See that there are so many seeded cases; give after each transaction how many were added with it.

    `organisation` gives the one a case is about. Raises people.NameTaken.
    """
    generator = CaseGenerator(seed, organisation, people.ensure(), now)
    for first in range(0, number, TOGETHER):
        wanted = {submission(seed, place): place for place in range(first, min(first + TOGETHER, number))}
        there = set(Case.objects.filter(submission__in=wanted).values_list("submission", flat=True))
        histories = [generator.history(place, key) for key, place in wanted.items() if key not in there]
        if histories:
            add(histories)
        yield len(histories)


def submission(seed: int, place: int) -> uuid.UUID:
    """The submission of a seeded case, by which it is known again."""
    return uuid.uuid5(NAMESPACE, f"{seed}/{place}")


def submissions(seed: int, number: int) -> Iterator[list[uuid.UUID]]:
    """The submissions of so many seeded cases, a transaction's together."""
    for first in range(0, number, TOGETHER):
        yield [submission(seed, place) for place in range(first, min(first + TOGETHER, number))]


@dataclass(frozen=True)
class CaseGenerator:
    """Makes the case histories of one seed, each from dice of its own, so that none depends on another."""

    seed: int
    organisation: Callable[[random.Random], Subject]
    cast: dict[str, User]
    now: datetime.datetime

    def history(self, place: int, key: uuid.UUID) -> CaseHistory:
        dice = random.Random(f"{self.seed}/{place}")  # noqa: S311 - the same cases every time are the point
        is_listed = place in WITH_HITS
        outcome = OF_HITS if is_listed else outcome_of(place, dice)
        opened_at = _opening(dice, outcome.youngest, outcome.oldest, self.now)
        subject = self._listed(dice) if is_listed else self.organisation(dice)
        history = CaseHistory(subject, dice, key, opened_at, self.now)
        _fill_in(history, dice)
        return self.happened(history, outcome, OWN if is_listed else dice.choices(HANDS, SHARES)[0])

    def _listed(self, dice: random.Random) -> Subject:
        """An organisation of which a screening finds somebody, if there is one among those drawn."""
        drawn = (self.organisation(dice) for _ in range(MOST_DRAWN))
        first = next(drawn)
        return next((one for one in (first, *drawn) if one.is_listed), first)

    def happened(self, history: CaseHistory, outcome: Outcome, hands: str) -> CaseHistory:
        """A case that nothing has happened to yet, after everything has; `hands` is one of HANDS."""
        dice = history.dice
        opener, assignee, later = _hands(dice, self.cast, hands)
        history.opens(opener, assignee)
        outcome.happens(history, opener)
        _work(history, dice, later or assignee, self.cast)
        return history


def _opening(
    dice: random.Random, youngest: float, oldest: float, now: datetime.datetime
) -> datetime.datetime:
    """When a case was opened: rather lately than long ago; by day and on a weekday where there is a choice."""
    days = min(youngest + dice.expovariate(1 / 21), oldest)
    at = now - datetime.timedelta(days=days)
    if days - youngest < 3:
        return at
    at = at.replace(hour=dice.randint(6, 15), minute=dice.randint(0, 59), second=dice.randint(0, 59))
    return at + datetime.timedelta(days=max(0, at.weekday() - 4) and -2)


def _fill_in(history: CaseHistory, dice: random.Random) -> None:
    case, today = history.case, timezone.localdate(history.until)
    case.purpose = dice.choice(PURPOSES)
    case.customer_reference = customer_reference(dice)
    case.due = due(dice, case.opened_at, today)


def customer_reference(dice: random.Random) -> str:
    """What the case is called by who asked for it; '' if by nothing."""
    return f"KYC-{dice.randint(10_000, 99_999)}" if dice.random() < 0.7 else ""


def due(dice: random.Random, opened_at: datetime.datetime, today: datetime.date) -> datetime.date | None:
    """The day by which it is to be done, if any: lately, this week or later."""
    span = dice.choices((None, (-9, -1), (0, 6), (7, 60)), (18, 12, 25, 45))[0]
    if span is None:
        return None
    return max(today + datetime.timedelta(days=dice.randint(*span)), opened_at.date())


def _hands(dice: random.Random, cast: dict[str, User], hands: str) -> tuple[User, User | None, User | None]:
    """Who opened it, whose it was from the beginning, and who took it later."""
    analyst = cast[dice.choice(("analyst", "analyst", "analyst2"))]
    opener = analyst if hands == OWN else cast[dice.choice(("lead", "analyst2", "reviewer"))]
    return opener, analyst if hands == OWN else None, analyst if hands == TAKEN else None


def _work(history: CaseHistory, dice: random.Random, worker: User | None, cast: dict[str, User]) -> None:
    """Add what people did with a case since: nothing at all for some, so that there is something new to read."""
    if worker is not None and history.case.assignee is None:
        history.wait(60, DAY)
        history.takes(worker)
    if worker is None or dice.random() < 0.25:
        return
    captured = [one for order in history.orders for one in order.results.values() if one.is_captured]
    for _ in range(dice.randint(1, 4)):
        history.wait(600, 2 * DAY)
        history.opens_page(worker)
        if captured and dice.random() < 0.6:
            history.wait(5, 120)
            history.reads(worker, dice.choice(captured))
    if dice.random() < 0.2:
        history.wait(600, 5 * DAY)
        history.opens_page(cast[dice.choice(("auditor", "lead", "reviewer"))])
