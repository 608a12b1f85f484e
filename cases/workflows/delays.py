"""How long to wait before the next step. Pure, in seconds."""

import random

LONGEST = 60.0
JITTER = 0.2
# So many troubles in a row, and not time alone, end a wait: clocks jump, and machines sleep.
FEWEST_TROUBLES = 5


def _jittered(seconds: float) -> float:
    """Spread calls that would come together; never longer than the longest delay."""
    return min(LONGEST, seconds * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - not a secret


def before_look(looks: int, first: float) -> float:
    """Between two looks at a session: grows by half each time, from `first` to a minute."""
    return _jittered(min(LONGEST, first * 1.5 ** min(looks, 20)))


def after_trouble(troubles: int, first: float) -> float:
    """After the n-th trouble in a row: doubles each time, from `first` to a minute."""
    return _jittered(min(LONGEST, first * 2.0 ** min(max(troubles - 1, 0), 10)))
