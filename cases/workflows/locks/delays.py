"""How long to wait before the next step. Pure, in seconds."""

import random

LONGEST = 60.0
JITTER = 0.2
# Looks that brought nothing for this long need not come every minute any more: what is ready lasts two hours.
QUICK_FOR = 3600.0
SELDOM = 900.0
SELDOM_JITTER = 0.03  # upwards alone
# So many troubles in a row, and not time alone, end a wait: clocks jump, and machines sleep.
FEWEST_TROUBLES = 5


def _jittered(seconds: float) -> float:
    """Spread calls that would come together; never longer than the longest delay."""
    return min(LONGEST, seconds * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - not a secret


def before_poll(polls: int, first: float) -> float:
    """Between two polls at a session: grows by half each time, from `first` to a minute."""
    return _jittered(min(LONGEST, first * 1.5 ** min(polls, 20)))


def after_trouble(troubles: int, first: float) -> float:
    """After the n-th trouble in a row: doubles each time, from `first` to a minute."""
    return _jittered(min(LONGEST, first * 2.0 ** min(max(troubles - 1, 0), 10)))


def up_to_seldom(tries: int, first: float) -> float:
    """After the n-th try in vain of what may wait: doubles each time, from `first` to a quarter of an hour."""
    return min(SELDOM, first * 2.0 ** min(max(tries - 1, 0), 20))


def slowed(wait: float, without_news: float) -> float:
    """The same wait during the first hour without news; after it no look comes within a quarter of an hour."""
    if without_news < QUICK_FOR:
        return wait
    return max(wait, SELDOM * random.uniform(1, 1 + SELDOM_JITTER))  # noqa: S311 - not a secret
