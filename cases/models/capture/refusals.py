"""Refusals in a row: one odd answer of the provider, or of what stands before it, ends nothing that was paid for."""

import datetime

from django.db import models

# So many in a row, and over so long, are taken for its last word (contract §6).
FEWEST_REFUSALS = 5
REFUSED_FOR = datetime.timedelta(minutes=10)


class Refusals(models.Model):
    """Counts how often in a row the provider refused something, and since when. Saves nothing."""

    refusals = models.PositiveIntegerField(default=0)
    refused_since = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def count_refusal(self, now: datetime.datetime) -> None:
        self.refusals += 1
        self.refused_since = self.refused_since or now

    def forget_refusals(self) -> None:
        self.refusals, self.refused_since = 0, None

    def is_refused_for_good(self, now: datetime.datetime) -> bool:
        since = self.refused_since
        return since is not None and self.refusals >= FEWEST_REFUSALS and now - since >= REFUSED_FOR
