"""The options of a sandbox."""

from dataclasses import dataclass
from pathlib import Path

BASIC_SCOPE = "aml_organization/basic"
OFAC_SCOPE = "aml_organization/OFAC"
API_PATH = "/aml"


@dataclass(frozen=True)
class Options:
    """Settings of one sandbox; times are seconds."""

    host: str = "127.0.0.1"
    port: int = 0
    public_url: str | None = None
    state_dir: Path | None = None
    json_seconds: float = 1.0
    report_seconds: float = 2.5
    lifetime_seconds: float = 7200.0
    token_seconds: int = 300
    client_id: str = "sandbox"
    client_secret: str = "sandbox-secret"  # noqa: S105 (a stand-in has no secrets)
    public_key: Path | None = None
    scopes: tuple[str, ...] = (BASIC_SCOPE, OFAC_SCOPE)
