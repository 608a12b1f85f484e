"""Who may call: client authentication, tokens and scopes (contract §1)."""

import base64
import json
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_plus

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, KeySet, OKPKey, RSAKey
from joserfc.jwt import ClaimsOption

from amlportal.sandbox.http.exchange import Answer, Request, json_answer
from amlportal.sandbox.options import BASIC_SCOPE, Options

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA", "Ed25519"]


class Refused(Exception):
    """The token endpoint says no, with an error of RFC 6749 §5.2."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status, self.error, self.description = status, error, description


@dataclass(frozen=True)
class Grant:
    """What a token lets its holder do, and until when (epoch seconds)."""

    scopes: frozenset[str]
    expires: float


class Access:
    """The token endpoint and the tokens it has given out."""

    def __init__(self, options: Options, audiences: tuple[str, ...]) -> None:
        self._options = options
        self._audiences = audiences
        self._public_key = read_public_key(options.public_key) if options.public_key else None
        self._lock = threading.Lock()
        self._grants: dict[str, Grant] = {}
        self._spent: dict[str, float] = {}

    def token(self, request: Request, *, fewer_scopes: bool = False) -> Answer:
        """Answer a token request; `fewer_scopes` grants the basic scope alone, silently."""
        try:
            form = self._form(request)
            self._authenticate(request, form)
            if form.get("grant_type") != "client_credentials":
                raise Refused(400, "unsupported_grant_type", "grant_type must be client_credentials")
            scopes = self._granted(form.get("scope", ""))
        except Refused as refusal:
            headers = {"WWW_Authenticate": 'Basic realm="sandbox"'} if refusal.status == 401 else {}
            content = {"error": refusal.error, "error_description": refusal.description}
            return json_answer(refusal.status, content, Cache_Control="no-store", **headers)
        if fewer_scopes:
            scopes = [scope for scope in scopes if scope == BASIC_SCOPE]
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = time.time()
            self._grants = {key: grant for key, grant in self._grants.items() if grant.expires > now}
            self._grants[token] = Grant(frozenset(scopes), now + self._options.token_seconds)
        granted = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self._options.token_seconds,
            "scope": " ".join(scopes),
        }
        return json_answer(200, granted, Cache_Control="no-store")

    def grant_of(self, request: Request) -> Grant | None:
        """Return what the request's bearer token allows, None when it is missing, unknown or expired."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        with self._lock:
            grant = self._grants.get(token.strip())
        return grant if grant is not None and grant.expires > time.time() else None

    def forget_tokens(self) -> None:
        """Make every token given out so far unknown."""
        with self._lock:
            self._grants.clear()
            self._spent.clear()

    def _form(self, request: Request) -> dict[str, str]:
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != "application/x-www-form-urlencoded":
            raise Refused(400, "invalid_request", "the body must be form-encoded")
        try:
            return request.form()
        except ValueError as error:
            raise Refused(400, "invalid_request", "the form cannot be read") from error

    def _granted(self, requested: str) -> list[str]:
        wanted = requested.split() or [BASIC_SCOPE]
        granted = [scope for scope in self._options.scopes if scope in wanted]
        if not granted:
            raise Refused(400, "invalid_scope", "none of the scopes asked for may be granted")
        return granted

    def _authenticate(self, request: Request, form: dict[str, str]) -> None:
        basic = request.headers.get("authorization", "")
        methods = [bool(basic), "client_secret" in form, "client_assertion" in form]
        if sum(methods) > 1:
            raise Refused(400, "invalid_request", "more than one way of client authentication")
        if basic:
            self._check_secret(*_basic_credentials(basic))
        elif "client_assertion" in form:
            self._check_assertion(form)
        else:
            self._check_secret(form.get("client_id", ""), form.get("client_secret", ""))

    def _check_secret(self, client_id: str, secret: str) -> None:
        known = secrets.compare_digest(client_id.encode(), self._options.client_id.encode())
        right = secrets.compare_digest(secret.encode(), self._options.client_secret.encode())
        if not (known and right):
            raise Refused(401, "invalid_client", "client unknown or secret wrong")

    def _check_assertion(self, form: dict[str, str]) -> None:
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise Refused(400, "invalid_request", "client_assertion_type is not jwt-bearer")
        if self._public_key is None:
            raise Refused(401, "invalid_client", "no public key is registered for this client")
        client: ClaimsOption = {"essential": True, "value": self._options.client_id}
        rules = jwt.JWTClaimsRegistry(
            leeway=10,
            iss=client,
            sub=client,
            aud={"essential": True, "values": list(self._audiences)},
            exp={"essential": True},
            jti={"essential": True},
        )
        try:
            claims = jwt.decode(form["client_assertion"], self._public_key, algorithms=ALGORITHMS).claims
            rules.validate(claims)
        except (JoseError, ValueError) as error:
            raise Refused(
                401, "invalid_client", f"client_assertion refused: {type(error).__name__}"
            ) from error
        self._spend(str(claims["jti"]), float(claims["exp"]))

    def _spend(self, jti: str, expires: float) -> None:
        with self._lock:
            now = time.time()
            self._spent = {key: until for key, until in self._spent.items() if until > now - 60}
            if jti in self._spent:
                raise Refused(401, "invalid_client", "client_assertion was used before")
            self._spent[jti] = expires


def _basic_credentials(header: str) -> tuple[str, str]:
    kind, _, encoded = header.partition(" ")
    try:
        pair = (
            base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
            if kind.lower() == "basic"
            else ""
        )
    except ValueError as error:
        raise Refused(401, "invalid_client", "the Authorization header cannot be read") from error
    client_id, _, secret = pair.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)


def read_public_key(path: Path) -> Key | KeySet:
    """Read a client's public key: PEM, a JWK or a JWK set."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip().startswith("{"):
        content = json.loads(text)
        return KeySet.import_key_set(content) if "keys" in content else JWKRegistry.import_key(content)
    public_key = load_pem_public_key(text.encode())
    for kind in (RSAKey, ECKey, OKPKey):
        if kind.binding.check_cryptography_key(public_key):
            return kind.import_key(text)
    raise ValueError("the public key is neither RSA, EC nor Ed25519")
