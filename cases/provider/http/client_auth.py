"""How the client proves who it is at the token endpoint (RFC 6749 §2.3, RFC 7523 §2.2)."""

import base64
from importlib import import_module
from urllib.parse import quote_plus

from cases.provider.config import CLIENT_AUTHS, ProviderConfig
from cases.provider.errors import Code, FixConfiguration

ASSERTION = "cases.provider.http.client_assertion"  # loaded by whoever has a private key to sign with
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def proof(config: ProviderConfig, token_endpoint: str) -> tuple[dict[str, str], dict[str, str]]:
    """Give the headers and form fields that authenticate the client; FixConfiguration if settings lack."""
    if not config.client_id:
        raise FixConfiguration(Code.SETTING_MISSING, message="The client ID is not set.")
    if config.client_auth == "private_key_jwt":
        assertion = import_module(ASSERTION).assertion(config, token_endpoint)
        return {}, {
            "client_id": config.client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
        }
    if config.client_auth not in CLIENT_AUTHS:
        message = f"The client authentication must be one of {', '.join(CLIENT_AUTHS)}."
        raise FixConfiguration(Code.SETTING_MISSING, message=message)
    if not config.client_secret:
        raise FixConfiguration(Code.SETTING_MISSING, message="The client secret is not set.")
    if config.client_auth == "client_secret_post":
        return {}, {"client_id": config.client_id, "client_secret": config.client_secret}
    # Both are form-encoded before they are joined, which keeps a colon in the ID apart (RFC 6749 §2.3.1).
    pair = f"{quote_plus(config.client_id)}:{quote_plus(config.client_secret)}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}, {}
