"""The provider as our settings name it."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cases.provider.client import ProviderClient
from cases.provider.config import ClientAuth, ProviderConfig
from cases.provider.contract import Contract


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
    )


@lru_cache(maxsize=1)
def _client_of(_process: int, made_from: ProviderConfig) -> ProviderClient:
    return ProviderClient(made_from)


def client() -> ProviderClient:
    """This process's client: connections must not be shared across a fork."""
    return _client_of(os.getpid(), config())
