"""When the cases were opened: on working days of some years, by day, more and more of them."""

import datetime

DAYS = 4 * 365
FIRST_HOUR, HOURS = 6, 10
GROWTH = 4.0  # times as many at the end as at the beginning


class Openings:
    """The times of so many cases, each later than the one before; the last is yesterday's at the latest."""

    def __init__(self, number: int, now: datetime.datetime) -> None:
        midnight = now.astimezone(datetime.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        days = (midnight - datetime.timedelta(days=back) for back in range(DAYS, 0, -1))
        self._days = [day for day in days if day.weekday() < 5]
        self._number = number

    def at(self, place: int) -> datetime.datetime:
        """When the case at this place, counted from 0, was opened."""
        share = (place + 0.5) / self._number
        # The share of all cases that were opened before the part p of the time: (p + (GROWTH - 1) p² / 2) / total.
        slope, total = (GROWTH - 1) / 2, (GROWTH + 1) / 2
        part = ((1 + 4 * slope * total * share) ** 0.5 - 1) / (2 * slope)
        day, rest = divmod(part * len(self._days), 1)
        hours = datetime.timedelta(hours=FIRST_HOUR + rest * HOURS)
        return self._days[min(int(day), len(self._days) - 1)] + hours
