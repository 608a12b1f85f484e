"""The provider as our settings name it, and the pause it asked for, which all machines keep."""

import datetime
import hashlib
import json
import logging
import os
import time
from functools import lru_cache
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError

from cases.models import ProviderPause
from cases.provider.client import ProviderClient
from cases.provider.config import ClientAuth, ProviderConfig
from cases.provider.contract import Contract

log = logging.getLogger(__name__)

# So often a process that works on sessions asks whether another machine was told to pause.
LEARN_PAUSE_SECONDS = 1.0


@lru_cache(maxsize=1)
def contract() -> Contract:
    """The contract, with what AML_CONTRACT_FILE overrides. Raises ImproperlyConfigured that says what is wrong."""
    if not settings.AML_CONTRACT_FILE:
        return Contract()
    try:
        changes = json.loads(Path(settings.AML_CONTRACT_FILE).read_text(encoding="utf-8"))
        return Contract().overridden(changes)
    except (OSError, ValueError, AttributeError) as problem:
        raise ImproperlyConfigured(f"AML_CONTRACT_FILE: {problem}") from problem


def config() -> ProviderConfig:
    return ProviderConfig(
        issuer=settings.AML_ISSUER,
        client_id=settings.AML_CLIENT_ID,
        client_secret=settings.AML_CLIENT_SECRET,
        client_auth=cast(ClientAuth, settings.AML_CLIENT_AUTH),
        private_key=settings.AML_PRIVATE_KEY,
        key_id=settings.AML_KEY_ID,
        scopes=tuple(settings.AML_SCOPES),
        base_url=settings.AML_BASE_URL,
        token_url=settings.AML_TOKEN_URL,
        least_bytes_per_second=settings.AML_LEAST_BYTES_PER_SECOND,
        state_dir=settings.VAR_DIR / "provider",
        contract=contract(),
        tell_pause=tell_pause,
    )


@lru_cache(maxsize=1)
def _client_of(_process: int, made_from: ProviderConfig) -> ProviderClient:
    return ProviderClient(made_from)


def client() -> ProviderClient:
    """This process's client: connections must not be shared across a fork."""
    return _client_of(os.getpid(), config())


def tell_pause(until: float) -> None:
    """Write down for other machines until when the provider wants no calls; a longer pause stays.

    Without the database this machine pauses all the same: its own workers share a file.
    """
    moment = datetime.datetime.fromtimestamp(until, datetime.UTC)
    try:
        _pause, is_new = ProviderPause.objects.get_or_create(provider=_name(), defaults={"until": moment})
        if not is_new:
            ProviderPause.objects.filter(provider=_name(), until__lt=moment).update(until=moment)
    except (DatabaseError, InterfaceError) as problem:
        log.warning("other machines are not told of the provider's pause: %s", type(problem).__name__)


def learn_pause() -> None:
    """Pause this machine if another one was told to."""
    if until := _of_any_machine():
        client().pause_until(until)


def paused_until() -> float:
    """The epoch second until which a 429 holds all machines; 0 if none does."""
    try:
        elsewhere = _of_any_machine()
    except (DatabaseError, InterfaceError):
        elsewhere = 0.0
    return max(client().paused_until(), elsewhere)


def _of_any_machine() -> float:
    """The epoch second until which some machine was told to pause; 0 if that is over."""
    rows = ProviderPause.objects.filter(provider=_name(), until__gt=_now())
    return max((until.timestamp() for until in rows.values_list("until", flat=True)), default=0.0)


class Learning:
    """Learns of pauses while a long task runs, at its beginning and not more often than needed after it."""

    def __init__(self) -> None:
        self._next = 0.0

    def learn(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + LEARN_PAUSE_SECONDS
            learn_pause()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _name() -> str:
    """The provider and who we are there, as a row is named: no address and no client stands in it."""
    parts = (settings.AML_ISSUER, settings.AML_CLIENT_ID, settings.AML_BASE_URL, settings.AML_TOKEN_URL)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
