"""What the client needs to know to reach the provider."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cases.provider.contract import Contract

ClientAuth = Literal["client_secret_basic", "client_secret_post", "private_key_jwt"]
CLIENT_AUTHS: tuple[ClientAuth, ...] = ("client_secret_basic", "client_secret_post", "private_key_jwt")


@dataclass(frozen=True, kw_only=True)
class ProviderConfig:
    """Addresses, credentials and limits; its repr shows no secret.

    `base_url` and `token_url` win over discovery. `state_dir` is a folder shared by all workers of a machine:
    it holds the token (0600), the discovery answer and the pause after a 429. `tell_pause` is told the epoch second
    at which a new pause ends, for other machines. Times are in seconds, limits in bytes.
    """

    issuer: str
    client_id: str
    state_dir: Path
    client_secret: str = field(default="", repr=False)
    client_auth: ClientAuth = "client_secret_basic"
    private_key: str = field(default="", repr=False)  # PEM or JWK text
    key_id: str = ""
    scopes: tuple[str, ...] = (Contract.scope_basic, Contract.scope_ofac)
    base_url: str = ""
    token_url: str = ""
    contract: Contract = field(default_factory=Contract, repr=False)
    tell_pause: Callable[[float], None] = field(default=lambda _until: None, repr=False, compare=False)
    connect_seconds: float = 5.0
    read_seconds: float = 15.0
    call_seconds: float = 25.0  # a small call as a whole
    download_seconds: float = 300.0  # a fetch as a whole
    least_bytes_per_second: int = 0  # of a fetch, over half a minute; 0 for any
    json_limit: int = 20 * 2**20
    pdf_limit: int = 100 * 2**20
