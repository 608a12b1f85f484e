"""The settings: what they allow that should not be allowed, and what they make impossible."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from amlportal import env
from cases.provider.http.addresses import LOOPBACK
from cases.workflows import provider
from cases.workflows.diagnostics.finding import Finding, ok, warning, wrong

SUBJECT = "settings"
SHORTEST_KEY = 32  # characters


def check() -> Iterator[Finding]:
    found = [*_secrets(), *_address(), *_webhooks(), *_contract(), *_system_checks()]
    yield from found or [ok(SUBJECT, f"Pages at {settings.PORTAL_URL}, times in {settings.TIME_ZONE}.")]


def is_local(address: str) -> bool:
    """Whether the address is on this machine."""
    return (urlsplit(address).hostname or "") in LOOPBACK


def is_loopback(host: str) -> bool:
    """Whether what listens at this name or address can be reached from this machine alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host in LOOPBACK


def _secrets() -> Iterator[Finding]:
    if settings.DEBUG:
        yield wrong(
            SUBJECT, "DEBUG is on: errors show the program's insides to everybody.", "Turn DEBUG off."
        )
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or env.is_guessable(key):
        yield wrong(
            SUBJECT,
            f"SECRET_KEY can be guessed ({len(key)} characters, {len(set(key))} different ones).",
            "Set one of at least 50 random characters: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'",
        )


def _address() -> Iterator[Finding]:
    parts = urlsplit(settings.PORTAL_URL)
    if parts.scheme != "https" and not is_local(settings.PORTAL_URL):
        yield wrong(
            SUBJECT,
            "PORTAL_URL is not https, so passwords and evidence cross the network in clear.",
            "Put a proxy with a certificate in front, and set PORTAL_URL to its https address.",
        )
    if parts.scheme == "https" and not settings.BEHIND_PROXY:
        yield warning(
            SUBJECT,
            "PORTAL_URL is https but BEHIND_PROXY is off: behind a proxy, every page redirects to itself.",
            "Set BEHIND_PROXY=on if a proxy does the https and sets X-Forwarded-Proto.",
        )
    if not settings.BEHIND_PROXY and not is_loopback(settings.WEB_HOST):
        yield warning(
            SUBJECT,
            f"The web listens at {settings.WEB_HOST} without a proxy: a few slow connections can stop it.",
            "Put a proxy that buffers in front (docs/nginx.conf), HOST=127.0.0.1 behind it, and BEHIND_PROXY=on.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield warning(
            SUBJECT, "ALLOWED_HOSTS accepts any name.", f"Set ALLOWED_HOSTS={parts.hostname}, and no others."
        )
    elif not validate_host(parts.hostname or "", settings.ALLOWED_HOSTS):
        yield wrong(
            SUBJECT,
            "ALLOWED_HOSTS lacks the name in PORTAL_URL, so people and webhooks are turned away with 400.",
            f"Add {parts.hostname} to ALLOWED_HOSTS.",
        )


def _webhooks() -> Iterator[Finding]:
    if settings.AML_WEBHOOKS and is_local(settings.PORTAL_URL) and not is_local(settings.AML_ISSUER):
        yield warning(
            SUBJECT,
            "Webhooks go to an address that only this machine has. Results are found by polling.",
            "Set PORTAL_URL to an address the provider can reach, or AML_WEBHOOKS=off.",
        )


def _contract() -> Iterator[Finding]:
    try:
        provider.contract()
    except ImproperlyConfigured as problem:
        yield wrong(SUBJECT, str(problem), "Correct the file that AML_CONTRACT_FILE names, or unset it.")


def _system_checks() -> Iterator[Finding]:
    for message in checks.run_checks():
        if message.is_serious():
            yield wrong(SUBJECT, f"{message.msg} ({message.id})", str(message.hint or "See the message."))
