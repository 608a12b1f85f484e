"""Days that are so many months away."""

import datetime

IN_EVERY_MONTH = 28  # the last day that every month has


def months_from(day: datetime.date, months: int) -> datetime.date:
    """The day so many months later, at the latest the 28th of its month."""
    years, month = divmod(day.month - 1 + months, 12)
    return datetime.date(day.year + years, month + 1, min(day.day, IN_EVERY_MONTH))
