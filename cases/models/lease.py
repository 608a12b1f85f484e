"""A row that one process at a time works on: who holds it and until when, and how often the work was begun."""

from __future__ import annotations

import datetime
from typing import Any, Self, TypeVar, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q

CLOCKS_DIFFER = datetime.timedelta(hours=1)
AnyLeased = TypeVar("AnyLeased", bound="Leased")


class LeasedQuerySet(models.QuerySet[AnyLeased]):
    """Rows that are worked on by lease. Each kind says itself which are unfinished, and which of those are due."""

    def unfinished(self) -> Self:
        """The rows on which there is work to do, whoever holds them."""
        raise NotImplementedError

    def due(self, now: datetime.datetime) -> Self:
        """The rows on which somebody may work now, those that wait longest first."""
        raise NotImplementedError

    def unheld(self, now: datetime.datetime) -> Self:
        """The rows that nobody holds.

        A lease that ends later than any of the kind does was set before the clock was put back.
        """
        ends_too_late = Q(lease_until__gt=now + self.longest_lease())
        return self.filter(Q(lease="") | Q(lease_until__lte=now) | ends_too_late)

    def longest_lease(self) -> datetime.timedelta:
        """A time longer than any lease of the kind, by what the clocks of two machines may differ."""
        return datetime.timedelta(seconds=settings.LEASE_SECONDS) + CLOCKS_DIFFER

    def take(self, token: str, until: datetime.datetime, owner: str, **more: Any) -> bool:
        """Lease the rows and count the claim, in one statement; False if there is none."""
        return bool(
            self.order_by().update(
                lease=token, lease_until=until, lease_owner=owner, claims=F("claims") + 1, **more
            )
        )

    def held_by(self, *tokens: str) -> Self:
        return self.filter(lease__in=tokens)

    def release(self, **more: Any) -> int:
        """Free the rows; the claims stay counted."""
        return self.update(lease="", lease_until=None, lease_owner="", **more)


class Leased(models.Model):
    """Columns of a row that is worked on by lease. Its manager is made of a LeasedQuerySet."""

    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    # The process that holds it (amlportal.process_identity); '' where that is not known.
    lease_owner = models.CharField(max_length=200, blank=True)
    claims = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @classmethod
    def rows(cls) -> LeasedQuerySet[Self]:
        """All rows of the model."""
        return cast(LeasedQuerySet[Self], cls._default_manager.all())

    def let_go(self) -> None:
        """Free the row after work that ended as it should. Saves nothing."""
        self.lease, self.lease_until, self.lease_owner = "", None, ""
