"""Days that are so many months away."""

import calendar
import datetime


def months_from(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last one of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
