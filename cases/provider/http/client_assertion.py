"""A statement that we are the client, signed with its private key (RFC 7523 §2.2).

Imported only where it is needed: what it signs with takes ten megabytes of every process.
"""

import json
import secrets
import time

from joserfc import jwk, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from cases.provider.config import ProviderConfig
from cases.provider.errors import Code, FixConfiguration

ASSERTION_SECONDS = 60
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_CURVES = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}


def assertion(config: ProviderConfig, token_endpoint: str) -> str:
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
