"""How the client proves who it is at the token endpoint (RFC 6749 §2.3, RFC 7523 §2.2)."""

import base64
import json
import secrets
import time
from urllib.parse import quote_plus

from joserfc import jwk, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from cases.provider.config import CLIENT_AUTHS, ProviderConfig
from cases.provider.errors import Code, FixConfiguration

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 60
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_CURVES = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}


def proof(config: ProviderConfig, token_endpoint: str) -> tuple[dict[str, str], dict[str, str]]:
    """Give the headers and form fields that authenticate the client; FixConfiguration if settings lack."""
    if not config.client_id:
        raise FixConfiguration(Code.SETTING_MISSING, message="The client ID is not set.")
    if config.client_auth == "private_key_jwt":
        assertion = _assertion(config, token_endpoint)
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


def _assertion(config: ProviderConfig, token_endpoint: str) -> str:
    """Sign a statement, good for a minute and for one use, that we are the client."""
    if not config.private_key:
        raise FixConfiguration(Code.SETTING_MISSING, message="The private key is not set.")
    now = int(time.time())
    claims = {
        "iss": config.client_id,
        "sub": config.client_id,
        "aud": token_endpoint,
        "jti": secrets.token_urlsafe(24),
        "iat": now,
        "exp": now + ASSERTION_SECONDS,
    }
    try:
        key = _key(config.private_key)
        algorithm = _algorithm(key)
        header = {"alg": algorithm, "typ": "JWT"}
        if key_id := config.key_id or key.get("kid"):
            header["kid"] = str(key_id)
        return jwt.encode(header, claims, key, algorithms=[algorithm])
    except (JoseError, ValueError, TypeError, KeyError):
        signed = None
    if signed is None:
        message = "The private key must be an unencrypted RSA, EC or Ed25519 private key, as PEM or JWK."
        raise FixConfiguration(Code.KEY_UNUSABLE, message=message)
    return signed


def _key(text: str) -> RSAKey | ECKey | OKPKey:
    """Read a private key given as PEM or as JWK."""
    text = text.strip()
    key = jwk.import_key(json.loads(text)) if text.startswith("{") else _pem(text)
    if isinstance(key, RSAKey | ECKey | OKPKey) and key.is_private:
        return key
    raise ValueError("not a private key")


def _pem(text: str) -> RSAKey | ECKey | OKPKey | None:
    """Read a PEM as whichever kind of key it holds."""
    for kind in (RSAKey, ECKey, OKPKey):
        try:
            return kind.import_key(text)
        except (JoseError, ValueError, TypeError):
            continue
    return None


def _algorithm(key: RSAKey | ECKey | OKPKey) -> str:
    """Choose the signature the key is for: its own `alg` if it names one, else the usual of its kind."""
    named = key.get("alg")
    if isinstance(named, str) and named in _ALGORITHMS:
        return named
    if isinstance(key, RSAKey):
        return "RS256"
    if isinstance(key, ECKey):
        return _CURVES[key.curve_name]
    if not key.curve_name.startswith("Ed"):
        raise ValueError("not a key to sign with")
    return "EdDSA"
