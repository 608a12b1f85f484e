"""What an answer that is not the wanted one means (contract §6)."""

import re

from cases.provider.contract import Contract
from cases.provider.errors import (
    CannotUnderstand,
    Code,
    FixConfiguration,
    GiveUp,
    Gone,
    NotFound,
    NotReady,
    ProviderError,
    RateLimited,
    RetryLater,
    plain,
)
from cases.provider.http.rate_limit import USUAL
from cases.provider.http.transport import Answer
from cases.provider.result.parsing import parse_json

_SCOPE_NAMED = re.compile(r'\bscope="([^"]{1,200})"')
_CODES = {code.value: code for code in Code}


def error_of(
    answer: Answer, contract: Contract, *, missing_scopes: tuple[str, ...] = (), secrets: tuple[str, ...] = ()
) -> ProviderError:
    """Give the error to raise for an answer of the provider that is not the expected one."""
    status = answer.status
    message = words(answer, contract, secrets)
    if status == 401:
        return FixConfiguration(Code.UNAUTHORIZED, status=status, message=message)
    if status == 403:
        scopes = _scopes_wanted(answer, contract, message, missing_scopes)
        sentence = f"Not allowed; scope needed: {scopes}. {message}"
        return FixConfiguration(Code.SCOPE_MISSING, status=status, message=sentence)
    if status == 429:
        return RateLimited(
            Code.RATE_LIMITED, status=status, message=message, retry_after=answer.retry_after or USUAL
        )
    error, code = _meaning(status)
    return error(code, status=status, message=message, retry_after=answer.retry_after)


def words(answer: Answer, contract: Contract, secrets: tuple[str, ...] = ()) -> str:
    """Give the provider's own explanation, plain; empty if it has none that is text."""
    try:
        body = parse_json(answer.body)
    except CannotUnderstand:
        is_text = answer.headers.get("Content-Type", "").strip().lower().startswith("text/plain")
        return plain(answer.body.decode("utf-8", "replace"), secrets) if is_text else ""
    texts = (body.get(key) for key in contract.error_keys)
    return plain(next((text for text in texts if isinstance(text, str) and text.strip()), ""), secrets)


def _meaning(status: int) -> tuple[type[ProviderError], Code]:
    """Give what a status means where it means the same for every call."""
    known: dict[int, tuple[type[ProviderError], Code]] = {
        202: (NotReady, Code.NOT_READY),
        400: (GiveUp, Code.BAD_REQUEST),
        404: (NotFound, Code.NOT_FOUND),
        408: (RetryLater, Code.HTTP_408),
        409: (NotReady, Code.NOT_READY),
        410: (Gone, Code.GONE),
        425: (RetryLater, Code.HTTP_425),
    }
    if status in known:
        return known[status]
    if 300 <= status < 400:
        return GiveUp, Code.REDIRECT_REFUSED
    if 400 <= status < 500:
        return GiveUp, Code.HTTP_4XX
    if status >= 500:
        return RetryLater, _CODES.get(f"http_{status}", Code.HTTP_5XX)
    return CannotUnderstand, Code.UNEXPECTED_STATUS


def _scopes_wanted(answer: Answer, contract: Contract, message: str, missing: tuple[str, ...]) -> str:
    """Name the scope a 403 is about: as the answer says (RFC 6750 §3), else what was not granted."""
    if named := _SCOPE_NAMED.search(answer.headers.get("WWW-Authenticate", "")):
        return named[1]
    mentioned = [scope for scope in (contract.scope_basic, contract.scope_ofac) if scope in message]
    return " ".join(mentioned or missing or (contract.scope_basic,))
