"""What can go wrong with the provider, sorted by what the caller should do next (contract §6)."""

import re
from enum import StrEnum


class Code(StrEnum):
    """Every word `ProviderError.code` may hold: short, safe to log, to store and to show."""

    # the way there and back
    TIMEOUT = "timeout"
    TOO_SLOW = "too_slow"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_BROKEN = "connection_broken"
    NAME_UNKNOWN = "name_unknown"
    TLS_FAILED = "tls_failed"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    GARBLED = "garbled"
    REDIRECT_REFUSED = "redirect_refused"
    LINK_REFUSED = "link_refused"
    # what the status says
    BAD_REQUEST = "bad_request"
    UNAUTHORIZED = "unauthorized"
    SCOPE_MISSING = "scope_missing"
    NOT_FOUND = "not_found"
    ASSUMED_ADDRESS = "assumed_address"
    NOT_READY = "not_ready"
    GONE = "gone"
    RATE_LIMITED = "rate_limited"
    HTTP_408 = "http_408"
    HTTP_425 = "http_425"
    HTTP_500 = "http_500"
    HTTP_501 = "http_501"
    HTTP_502 = "http_502"
    HTTP_503 = "http_503"
    HTTP_504 = "http_504"
    HTTP_4XX = "http_4xx"
    HTTP_5XX = "http_5xx"
    UNEXPECTED_STATUS = "unexpected_status"
    # what the body says
    INVALID_JSON = "invalid_json"
    INVALID_PDF = "invalid_pdf"
    NOT_AN_OBJECT = "not_an_object"
    TOO_LARGE = "too_large"
    ENCODING_REFUSED = "encoding_refused"
    NO_SESSION_ID = "no_session_id"
    WRONG_SESSION = "wrong_session"
    # what we asked or were told to ask
    BAD_SESSION_ID = "bad_session_id"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_KIND = "unknown_kind"
    # access
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word about a token, not a token
    TOKEN_UNREADABLE = "token_unreadable"  # noqa: S105
    TOKEN_BUSY = "token_busy"  # noqa: S105
    DISCOVERY_BUSY = "discovery_busy"
    DISCOVERY_REFUSED = "discovery_refused"
    DISCOVERY_INCOMPLETE = "discovery_incomplete"
    BAD_ADDRESS = "bad_address"
    INSECURE_ADDRESS = "insecure_address"
    KEY_UNUSABLE = "key_unusable"
    SETTING_MISSING = "setting_missing"
    STATE_FOLDER = "state_folder"


MESSAGE_LIMIT = 500
SHORTEST_SECRET = 4  # replacing anything shorter would garble the words and give it away
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_TOKEN = re.compile(
    r"(?i)bearer\s+[^\s\"',]+"
    r"|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9._-]+"
    r"|(?:client_secret|client_assertion|access_token)[\"']?\s*[=:]\s*[\"']?[^\s\"'&,}]+"
)


def plain(text: str, secrets: tuple[str, ...] = ()) -> str:
    """Make foreign text fit to show: no control characters, no secret, at most 500 characters."""
    for secret in secrets:
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, "[secret]")
    text = _TOKEN.sub("[secret]", text[: 20 * MESSAGE_LIMIT])
    return " ".join(_CONTROL.sub(" ", text).split())[:MESSAGE_LIMIT]


class ProviderError(Exception):
    """A call to the provider that failed; its subclass says what to do next.

    `code` is one of `Code`; `status` the HTTP status if there was one; `message` the provider's own words
    (plain, at most 500 characters, never a secret); `retry_after` seconds if it named a time.
    `str()` gives code and status alone, because exceptions end up in logs and the provider's words
    may name a person.
    """

    def __init__(
        self, code: str, *, status: int | None = None, message: str = "", retry_after: float | None = None
    ) -> None:
        self.code: str = Code(code).value
        self.status = status
        self.message = plain(message)
        self.retry_after = retry_after
        super().__init__(self.code)

    def __str__(self) -> str:
        return self.code if self.status is None else f"{self.code} ({self.status})"


class RetryLater(ProviderError):
    """Trouble that may pass: 5xx, a time-out, a broken connection, a truncated or garbled answer."""


class NotReady(RetryLater):
    """409: the entity is not ready yet."""


class RateLimited(RetryLater):
    """429, here or in another worker of this machine; `retry_after` is always set."""


class GiveUp(ProviderError):
    """400 and the other final refusals: the same call would be refused again."""


class NotFound(GiveUp):
    """404: no such organisation (create) or session."""


class Gone(GiveUp):
    """410: the entity is no longer available."""


class FixConfiguration(ProviderError):
    """A person has to change a setting or ask the provider for access (401, 403, token, discovery)."""


class CannotUnderstand(ProviderError):
    """A complete answer that is not what it should be."""


class OutcomeUnknown(ProviderError):
    """Create only: the order went out, but its answer was lost or unreadable (contract §2).

    A session that costs money may exist. A connection never made or an error status is not this.
    """
