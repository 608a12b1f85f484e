"""The access token: one for all workers of a machine, renewed by one of them (contract §1)."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from cases.provider.config import ProviderConfig
from cases.provider.contract import Contract
from cases.provider.errors import CannotUnderstand, Code, FixConfiguration, RetryLater
from cases.provider.http.client_auth import proof
from cases.provider.http.discovery import Discovery
from cases.provider.http.error_answers import error_of, words
from cases.provider.http.shared_state import Content, SharedState
from cases.provider.http.transport import Answer, Call, Transport
from cases.provider.result.bounds import Document
from cases.provider.result.parsing import parse_json

ANSWER_LIMIT = 2**20
TOKEN_LIMIT = 2**15
LONGEST_LIFE = 86_400.0


@dataclass(frozen=True)
class AccessToken:
    """A token, what it was granted for, and when it was obtained and ends (epoch seconds)."""

    value: str = field(repr=False)
    scopes: tuple[str, ...]
    obtained_at: float
    expires_at: float

    @property
    def fresh(self) -> bool:
        """Say whether it serves: not within 30 s of its end, or a tenth of its life if that is less."""
        margin = min(30.0, (self.expires_at - self.obtained_at) / 10)
        # Obtained in the future means the clock was set back, and the end is no longer where it was.
        return self.obtained_at - 1 <= time.time() < self.expires_at - margin


class Tokens:
    """Keeps the token in the shared folder and renews it under its lock."""

    def __init__(
        self, config: ProviderConfig, state: SharedState, transport: Transport, discovery: Discovery
    ) -> None:
        self._config = config
        self._state = state
        self._transport = transport
        self._discovery = discovery

    def current(self) -> AccessToken:
        """Give a token that serves, asking for one if need be."""
        return self._one(lambda token: token.fresh)

    def kept(self) -> AccessToken | None:
        """Give the token as it is kept, whether it still serves or not, without asking for one."""
        content = self._state.read("token")
        return _kept(content) if content is not None else None

    def instead_of(self, refused: AccessToken) -> AccessToken:
        """Give another token than one the API refused: what another worker got meanwhile, or a new one."""
        return self._one(lambda token: token.fresh and token.value != refused.value)

    def obtained_now(self) -> AccessToken:
        """Give a token that was asked for after this moment."""
        began = time.time()
        return self._one(lambda token: token.fresh and token.obtained_at >= began)

    def missing(self, token: AccessToken) -> tuple[str, ...]:
        """Name the scopes that were asked for but not granted."""
        return tuple(scope for scope in self._config.scopes if scope not in token.scopes)

    def _one(self, serves: Callable[[AccessToken], bool]) -> AccessToken:
        def usable(kept: Content) -> bool:
            token = _kept(kept)
            return token is not None and serves(token)

        # Whoever holds the lock may have to discover and then to ask, each within one call's time.
        content = self._state.one_asks("token", usable, self._ask, self._config.call_seconds * 3)
        token = _kept(content)
        if token is None:
            raise RetryLater(Code.TOKEN_UNREADABLE)
        return token

    def _ask(self) -> Content:
        """Get a new token from the token endpoint."""
        config = self._config
        endpoint = self._discovery.addresses().token_endpoint
        headers, form = proof(config, endpoint)
        form = {"grant_type": "client_credentials", **form}
        if config.scopes:
            form["scope"] = " ".join(config.scopes)
        headers = {"Accept": "application/json", **headers}
        # On its own connection: a kept one may be stale, and an assertion must not be sent twice.
        call = Call(
            "POST", "token", endpoint, ANSWER_LIMIT, config.call_seconds, headers, form=form, fresh=True
        )
        asked_at = time.time()
        answer = self._transport.exchange(call)
        secrets = (config.client_secret, form.get("client_assertion", ""))
        if answer.status != 200:
            error = error_of(answer, config.contract, secrets=secrets)
            if isinstance(error, RetryLater):
                raise error
            message = words(answer, config.contract, secrets)
            raise FixConfiguration(Code.TOKEN_REFUSED, status=answer.status, message=message)
        return _granted(answer, config.scopes, asked_at, config.contract)


def _granted(answer: Answer, scopes: tuple[str, ...], asked_at: float, contract: Contract) -> Content:
    """Read the token endpoint's answer (RFC 6749 §5.1); RetryLater if it is not one."""
    try:
        body = parse_json(answer.body)
    except CannotUnderstand:
        body = Document()
    value, kind = body.get("access_token"), body.get("token_type", "bearer")
    fit = isinstance(value, str) and 0 < len(value) <= TOKEN_LIMIT and value.isascii() and value.isprintable()
    if not fit or not isinstance(kind, str) or kind.lower() != "bearer":
        raise RetryLater(Code.TOKEN_UNREADABLE, status=answer.status)
    scope = body.get("scope")
    return {
        "access_token": value,
        "scopes": scope.split() if isinstance(scope, str) else list(scopes),
        "obtained_at": asked_at,
        "expires_at": asked_at + _life(body.get("expires_in"), contract.token_lifetime_seconds),
    }


def _life(lifetime: object, usual: float) -> float:
    """Read `expires_in`, seconds as a number or as text; the usual life if it says nothing sensible."""
    try:
        seconds = float(lifetime) if isinstance(lifetime, int | Decimal | str) else usual
    except ValueError:
        return usual
    return min(seconds, LONGEST_LIFE) if math.isfinite(seconds) and seconds > 0 else usual


def _kept(content: Content) -> AccessToken | None:
    """Read a token from the shared folder; None if it is not whole."""
    value, scopes = content.get("access_token"), content.get("scopes")
    obtained_at, expires_at = content.get("obtained_at"), content.get("expires_at")
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        return None
    if not isinstance(scopes, list) or not all(isinstance(scope, str) for scope in scopes):
        return None
    if not isinstance(obtained_at, float) or not isinstance(expires_at, float):
        return None
    return AccessToken(value, tuple(scopes), obtained_at, expires_at)
