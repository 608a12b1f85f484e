"""What the machines of one portal tell each other besides the work itself: whose turn it is, and a pause."""

from __future__ import annotations

import datetime

from django.db import models

from cases.models.lease import Leased, LeasedQuerySet


class TurnQuerySet(LeasedQuerySet["DispatcherTurn"]):
    def unfinished(self) -> TurnQuerySet:
        return self.all()

    def due(self, now: datetime.datetime) -> TurnQuerySet:
        return self.unfinished().unheld(now)


class DispatcherTurn(Leased):
    """The turn of the dispatcher: one row, and of the dispatchers of all machines the one that holds it wakes."""

    ONLY = 1

    objects = TurnQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"held until {self.lease_until}" if self.lease else "held by nobody"


class ProviderPause(models.Model):
    """Until when a provider wants no calls from any machine (429): one row for each provider and client."""

    provider = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.provider[:8]} until {self.until:%H:%M:%S}"
