"""The provider: whether it knows us, what it lets us do, whether its API answers, and whose clock is right."""

import datetime
import time
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from cases.models import reasons
from cases.provider.client import ProviderClient
from cases.provider.errors import FixConfiguration, ProviderError
from cases.workflows import provider
from cases.workflows.diagnostics.finding import Finding, ok, warning, wrong

TOKEN, API, CLOCK = "token", "API", "clock"
NOTICEABLE = datetime.timedelta(seconds=5)  # the Date header has whole seconds, and the way takes time
TOO_MUCH = datetime.timedelta(minutes=2)


def check() -> Iterator[Finding]:
    try:
        client = provider.client()
    except ImproperlyConfigured as problem:
        yield wrong(TOKEN, str(problem), "Correct the setting it names.")
        return
    paused = provider.paused_until() - time.time()
    if paused > 0:
        message = f"The provider asked us to slow down; all calls wait for another {paused:.0f} s."
        yield warning(API, message, "Nothing: the portal goes on by itself. Run the doctor again then.")
        return
    try:
        yield from _access(client)
    except ProviderError as problem:
        yield _trouble(TOKEN, problem)
        return
    try:
        began = timezone.now()
        theirs = client.reach()
    except ProviderError as problem:
        yield _trouble(API, problem)
        return
    yield ok(API, "It answers, and accepts our token.")
    yield from _compare_clocks(theirs, began, timezone.now())


def _access(client: ProviderClient) -> Iterator[Finding]:
    access = client.access(now=True)
    basic = client.config.contract.scope_basic
    if basic in access.missing_scopes:
        message = f"The provider does not grant {basic}, without which nothing can be ordered."
        yield wrong(
            TOKEN, message, "Ask the provider to grant it to this client, and see that AML_SCOPES names it."
        )
    elif access.missing_scopes:
        message = (
            f"Not granted: {', '.join(access.missing_scopes)}. Results say 'not searched' where it is needed."
        )
        yield warning(TOKEN, message, "Ask the provider for it, or take it out of AML_SCOPES.")
    else:
        yield ok(TOKEN, f"Granted {' '.join(access.granted_scopes)} by {settings.AML_ISSUER}.")


def _trouble(subject: str, problem: ProviderError) -> Finding:
    its_words = f" It said: {problem.message}" if problem.message else ""
    message = f"{reasons.sentence(problem.code)}{its_words}"
    if isinstance(problem, FixConfiguration):
        return wrong(
            subject, message, "Correct AML_ISSUER, AML_CLIENT_ID and the secret or key, or ask the provider."
        )
    return wrong(
        subject, message, "Check the network and the provider's status page; orders are kept meanwhile."
    )


def _compare_clocks(
    theirs: datetime.datetime | None, began: datetime.datetime, ended: datetime.datetime
) -> Iterator[Finding]:
    """Compare the provider's clock with the middle of the call, when the answer was about made."""
    if theirs is None:
        yield warning(
            CLOCK, "The provider does not say what time it is.", "Check that time is synchronised here."
        )
        return
    apart = theirs - (began + (ended - began) / 2)
    seconds = round(apart.total_seconds())
    if abs(apart) < NOTICEABLE:
        yield ok(CLOCK, "Agrees with the provider's.")
        return
    message = (
        f"This machine's clock is {abs(seconds)} s {'behind' if seconds > 0 else 'ahead of'} the provider's."
    )
    advice = "Synchronise the clock of this machine (timedatectl set-ntp true)."
    yield (wrong if abs(apart) > TOO_MUCH else warning)(CLOCK, message, advice)
