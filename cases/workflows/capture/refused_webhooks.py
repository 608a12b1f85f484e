"""How many webhooks were refused, by the hour. Counted in memory, and written down once in a while.

Whoever sends them is a stranger: each must cost less than it costs to send.
"""

import datetime
import logging
import threading
from collections import Counter

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F
from django.utils import timezone

from cases.models import RefusedDeliveries

log = logging.getLogger(__name__)


class RefusedWebhooks:
    """The refused webhooks of this process that are not written down yet."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._counted: Counter[datetime.datetime] = Counter()
        self._is_due = False

    def count(self) -> None:
        """Count one more. It is written down within WEBHOOK_REFUSALS_SECONDS; at once, if that is 0."""
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        with self._changing:
            self._counted[hour] += 1
            is_first, self._is_due = not self._is_due, True
        if not settings.WEBHOOK_REFUSALS_SECONDS:
            self.write()
        elif is_first:
            self._plan_to_write()

    def write(self) -> None:
        """Write down what was counted; what cannot be written is kept for the next time. Raises Error."""
        with self._changing:
            counted, self._counted, self._is_due = self._counted, Counter(), False
        try:
            with transaction.atomic():
                for hour, count in counted.items():
                    _add(hour, count)
        except Error:
            with self._changing:
                self._counted.update(counted)
            raise

    def _plan_to_write(self) -> None:
        later = threading.Timer(settings.WEBHOOK_REFUSALS_SECONDS, self._write_later)
        later.daemon = True
        try:
            later.start()
        except RuntimeError:  # no thread can be had: the next refusal tries again
            with self._changing:
                self._is_due = False

    def _write_later(self) -> None:
        try:
            self.write()
        except Error as problem:
            log.warning("refused webhooks are counted later: %s", type(problem).__name__)
            with self._changing:
                self._is_due = True
            self._plan_to_write()
        finally:
            connection.close()


def _add(hour: datetime.datetime, count: int) -> None:
    if not RefusedDeliveries.objects.filter(hour=hour).update(count=F("count") + count):
        RefusedDeliveries.objects.get_or_create(hour=hour)
        RefusedDeliveries.objects.filter(hour=hour).update(count=F("count") + count)


refused_webhooks = RefusedWebhooks()
