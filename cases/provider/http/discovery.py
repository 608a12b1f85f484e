"""Where the provider is: from its discovery document, unless settings say so (contract §1)."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from cases.provider.config import ProviderConfig
from cases.provider.errors import CannotUnderstand, Code, FixConfiguration, RateLimited, RetryLater
from cases.provider.http.addresses import LOOPBACK, safe_address
from cases.provider.http.error_answers import error_of, words
from cases.provider.http.shared_state import Content, SharedState
from cases.provider.http.transport import Call, Transport
from cases.provider.result.bounds import Document
from cases.provider.result.parsing import parse_json

FRESH_SECONDS = 300.0
STALE_SECONDS = 86_400.0  # so long the last answer serves while a new one cannot be had
PATIENCE_SECONDS = 60.0  # before asking again after that
DOCUMENT_LIMIT = 2**20


@dataclass(frozen=True)
class Addresses:
    """Where to get a token and where the session API begins; neither ends with a slash."""

    token_endpoint: str
    base_url: str


class Discovery:
    """Finds the provider's addresses; one answer serves all workers for some minutes."""

    def __init__(self, config: ProviderConfig, state: SharedState, transport: Transport) -> None:
        self._config = config
        self._state = state
        self._transport = transport

    def addresses(self, *, now: bool = False) -> Addresses:
        """Give the addresses; with `now` from the provider itself, not from what was kept.

        FixConfiguration if one is missing or not safe to use.
        """
        token_url, base_url = self._config.token_url, self._config.base_url
        found: Content = {}
        if not (token_url and base_url):
            began = time.time()
            found = self._state.one_asks(
                "discovery",
                lambda kept: _fresh(kept) and (not now or kept["asked_at"] >= began),
                lambda: self._ask(now),
                self._config.call_seconds * 2,
            )
        if not token_url:
            self._refuse_another_host(found["token_endpoint"])
        return Addresses(
            self._safe(token_url, found.get("token_endpoint", ""), "token endpoint"),
            self._safe(base_url, found.get("base_url", ""), "provider's base address"),
        )

    def _safe(self, ours: str, theirs: str, called: str) -> str:
        """The address of our settings, else the issuer's; plain http only if the issuer itself is on this machine."""
        if ours:
            return safe_address(ours, called)
        address = safe_address(theirs, called)
        if urlsplit(address).scheme != "https" and urlsplit(self._config.issuer).hostname not in LOOPBACK:
            message = f"The {called} that the issuer names must begin with https."
            raise FixConfiguration(Code.INSECURE_ADDRESS, message=message)
        return address

    def _refuse_another_host(self, token_endpoint: str) -> None:
        """Refuse a token endpoint on another host than the issuer's: only a setting sends the secret elsewhere."""
        host = urlsplit(safe_address(token_endpoint, "token endpoint")).hostname
        if host != urlsplit(self._config.issuer).hostname:
            message = "The issuer names a token endpoint on another host. If that is right, set AML_TOKEN_URL to it."
            raise FixConfiguration(Code.DISCOVERY_REFUSED, message=message)

    def _ask(self, now: bool) -> Content:
        """Fetch the addresses; while the provider is in trouble, the last answer serves for up to a day."""
        try:
            return self._document()
        except RetryLater as error:
            kept = self._state.read("discovery")
            if now or isinstance(error, RateLimited) or kept is None or not _within(kept, STALE_SECONDS):
                raise
            return {**kept, "fresh_until": time.time() + PATIENCE_SECONDS}

    def _document(self) -> Content:
        contract = self._config.contract
        if not self._config.issuer:
            raise FixConfiguration(Code.SETTING_MISSING, message="The issuer is not set.")
        url = safe_address(self._config.issuer, "issuer") + contract.discovery_path
        call = Call("GET", "discovery", url, DOCUMENT_LIMIT, self._config.call_seconds)
        answer = self._transport.exchange(call)
        if answer.status != 200:
            error = error_of(answer, contract)
            if isinstance(error, RetryLater):
                raise error
            raise FixConfiguration(
                Code.DISCOVERY_REFUSED, status=answer.status, message=words(answer, contract)
            )
        try:
            document = parse_json(answer.body)
        except CannotUnderstand:
            document = Document()
        self._refuse_another_issuer(document)
        token_url = self._config.token_url or document.get(contract.token_endpoint_key)
        named = (document.get(key) for key in contract.base_url_keys)
        base_url = self._config.base_url or next((url for url in named if url), None)
        for address, key in ((token_url, contract.token_endpoint_key), (base_url, contract.base_url_keys[0])):
            if not isinstance(address, str) or not address:
                message = f"The issuer's discovery document does not give {key}."
                raise FixConfiguration(Code.DISCOVERY_INCOMPLETE, message=message)
        asked_at = time.time()
        return {
            "token_endpoint": token_url,
            "base_url": base_url,
            "asked_at": asked_at,
            "fresh_until": asked_at + FRESH_SECONDS,
        }

    def _refuse_another_issuer(self, document: Document) -> None:
        """Refuse a discovery document that names another issuer than the one asked (RFC 8414 §3.3)."""
        named = document.get("issuer")
        if not isinstance(named, str) or named.rstrip("/") != self._config.issuer.rstrip("/"):
            message = "The discovery document is that of another issuer than AML_ISSUER names."
            raise FixConfiguration(Code.DISCOVERY_REFUSED, message=message)


def _within(kept: Content, seconds: float) -> bool:
    """Say whether what was kept is whole and was asked for in the last so many seconds."""
    whole = all(isinstance(kept.get(key), str) for key in ("token_endpoint", "base_url"))
    times = [kept.get(key) for key in ("asked_at", "fresh_until")]
    if not whole or not all(isinstance(moment, float) for moment in times):
        return False
    return bool(-1 <= time.time() - kept["asked_at"] <= seconds)


def _fresh(kept: Content) -> bool:
    """Say whether a kept answer still serves without asking the provider again."""
    return _within(kept, STALE_SECONDS) and bool(time.time() < kept["fresh_until"])
