"""What a create call may ask for (contract §2)."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

REPORTS = ("aml", "certificate_of_registration")
EXPANDS = (
    "keyInformation.lei",
    "address",
    "financials.accounting",
    "financials.keyFigures",
    "financials.auditor",
    "financials.accountant",
    "ownership.beneficials",
    "ownership.subsidiaries",
    "ownership.shareholders",
    "ownership.indicators",
    "authorities",
    "roles",
    "sanction",
    "links.reports.aml",
    "links.reports.certificate_of_incorporation",
)
REPORTS_OF_LINKS = {
    "links.reports.aml": "aml",
    "links.reports.certificate_of_incorporation": "certificate_of_registration",
}
LANGUAGES = ("no", "nb", "nn", "en")
EVENTS = ("JsonDataReady", "ReportReady", "AllDone", "Failed")


class BadOrder(ValueError):
    """The order cannot be understood; the message says what and why."""


@dataclass(frozen=True)
class Webhook:
    """Where a session's events are sent, and which."""

    url: str
    events: tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """One create call, understood."""

    identifier: str
    reports: tuple[str, ...]
    expands: frozenset[str]
    language: str
    webhook: Webhook | None


def read_order(content: Any) -> Order:
    """Read the body of a create call; BadOrder when it cannot be understood."""
    if not isinstance(content, Mapping):
        raise BadOrder("the body must be a JSON object")
    identifier = content.get("identifier")
    if not isinstance(identifier, str) or not identifier:
        raise BadOrder("identifier is required and must be a string")
    expands = _words(content, "expands", EXPANDS)
    ordered = set(_words(content, "reports", REPORTS)) | {
        REPORTS_OF_LINKS[word] for word in expands if word in REPORTS_OF_LINKS
    }
    language = content.get("language") or "en"
    if language not in LANGUAGES:
        raise BadOrder(f"language must be one of: {', '.join(LANGUAGES)}")
    return Order(
        identifier=identifier,
        reports=tuple(report for report in REPORTS if report in ordered),
        expands=frozenset(expands),
        language=language,
        webhook=_webhook(content.get("webhook")),
    )


def _words(content: Mapping[str, Any], field: str, known: tuple[str, ...]) -> list[str]:
    words = content.get(field)
    if words is None:
        return []
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise BadOrder(f"{field} must be a list of strings")
    unknown = [word for word in words if word not in known]
    if unknown:
        raise BadOrder(f"{field}: {unknown[0][:100]!r} is unknown; known are {', '.join(known)}")
    return words


def _webhook(content: Any) -> Webhook | None:
    if content is None:
        return None
    if not isinstance(content, Mapping) or not isinstance(content.get("url"), str):
        raise BadOrder("webhook must be an object with a url and events")
    events = _words(content, "events", EVENTS)
    if not events:
        raise BadOrder(f"webhook.events must name at least one of: {', '.join(EVENTS)}")
    return Webhook(_webhook_url(content["url"]), tuple(events))


def _webhook_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadOrder("webhook.url is not an address") from error
    if len(url) > 2000 or not url.isascii() or any(char <= " " for char in url):
        raise BadOrder("webhook.url is not an address")
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.fragment:
        raise BadOrder(
            "webhook.url must be an https address (http on loopback) without user name or fragment"
        )
    if parts.scheme == "http" and not _is_loopback(host):
        raise BadOrder("webhook.url must use https unless its host is loopback")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
