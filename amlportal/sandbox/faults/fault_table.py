"""The one table of faults: name, what happens, where it works, defaults."""

from dataclasses import dataclass

ENDPOINTS = ("token", "create", "session", "information", "json", "report", "webhook")
"""Places where a fault can happen; `session` is decided once, when a session is made."""

CALLS = ("create", "information", "json", "report")
ANY_CALL = ("token", *CALLS)
RESULTS = ("json", "report")


@dataclass(frozen=True)
class FaultKind:
    """A row of the table.

    `default_on` is where it happens unless told otherwise, `count` how many times before calls go well again
    (None: always), `seconds` its parameter, `status` the HTTP status it answers with. `when_due` faults
    happen when an entity should become ready, the others when a call is answered.
    """

    name: str
    description: str
    endpoints: tuple[str, ...]
    default_on: tuple[str, ...]
    count: int | None = None
    seconds: float | None = None
    status: int | None = None
    when_due: bool = False


_ROWS = (
    FaultKind("webhook_lost", "No webhook is sent.", ("webhook",), ("webhook",)),
    FaultKind("webhook_repeated", "Every webhook is sent three times.", ("webhook",), ("webhook",)),
    FaultKind(
        "webhook_late", "Every webhook is late by the seconds.", ("webhook",), ("webhook",), seconds=10
    ),
    FaultKind(
        "webhook_forged",
        "Before each true webhook come a webhook that names another session, one with an invented status, "
        "one that is not JSON, and one to a random address beside the true one.",
        ("webhook",),
        ("webhook",),
    ),
    FaultKind(
        "webhook_reordered",
        "All webhooks of a session are sent when it is done, the last first.",
        ("session",),
        ("session",),
    ),
    FaultKind("http_400", "400: the request is not understood.", CALLS, ("create",), status=400),
    FaultKind(
        "http_401",
        "401: the token is not accepted. From the token endpoint: invalid_client.",
        ANY_CALL,
        CALLS,
        1,
        status=401,
    ),
    FaultKind("http_403", "403: the scope is not granted.", ANY_CALL, ("create",), status=403),
    FaultKind("http_404", "404: organisation or session not found.", CALLS, ("create",), status=404),
    FaultKind(
        "http_409",
        "409: the entity is not ready, whatever the information said.",
        RESULTS,
        RESULTS,
        3,
        status=409,
    ),
    FaultKind("http_410", "410: the entity is no longer available.", RESULTS, RESULTS, status=410),
    FaultKind("http_429", "429 with Retry-After in seconds.", ANY_CALL, CALLS, 2, seconds=2, status=429),
    FaultKind(
        "http_429_date", "429 with Retry-After as an HTTP date.", ANY_CALL, CALLS, 1, seconds=3, status=429
    ),
    FaultKind("http_500", "500 without a body.", ANY_CALL, CALLS, 3, status=500),
    FaultKind("http_503", "503 with an HTML page.", ANY_CALL, CALLS, 3, status=503),
    FaultKind("redirect", "302 to another host.", ANY_CALL, ("json",), 2, status=302),
    FaultKind("slow", "The answer comes after the seconds.", ANY_CALL, CALLS, seconds=5),
    FaultKind("drip", "The body comes drop by drop, within the seconds.", RESULTS, RESULTS, 2, seconds=280),
    FaultKind("cut", "The connection is closed without an answer; nothing was done.", ANY_CALL, CALLS, 2),
    FaultKind(
        "truncated",
        "Content-Length promises more than comes; then the connection is closed.",
        ANY_CALL,
        RESULTS,
        2,
    ),
    FaultKind(
        "invalid_json",
        "The body stops in the middle, as if that were all of it.",
        ("token", "create", "information", "json"),
        ("json",),
    ),
    FaultKind("empty_body", "200 or 201 with no body at all.", ANY_CALL, ("json",), 2),
    FaultKind(
        "create_lost",
        "The session is made, and the connection is closed without an answer.",
        ("create",),
        ("create",),
        1,
    ),
    FaultKind("no_session_id", "201 without a sessionId.", ("create",), ("create",)),
    FaultKind(
        "failed",
        "Nothing becomes ready; after the seconds the session is cancelled: every entity FAILED, webhook Failed.",
        ("session",),
        ("session",),
        seconds=1,
    ),
    FaultKind(
        "failed_in_error",
        "After the seconds the webhook Failed is sent, and the results come all the same.",
        ("session",),
        ("session",),
        seconds=1,
    ),
    FaultKind(
        "long_preparation",
        "Nothing is ready before the seconds.",
        ("session",),
        ("session",),
        seconds=3 * 3600,
    ),
    FaultKind(
        "report_moved",
        "404 at the usual address of the reports; they are where links.reports of the result says.",
        ("session",),
        ("session",),
    ),
    FaultKind("links_astray", "The links of the result lead to other hosts.", ("json",), ("json",)),
    FaultKind(
        "entity_failed", "The entity becomes FAILED, the others go on.", RESULTS, ("report",), when_due=True
    ),
    FaultKind("never_ready", "The entity is never ready.", RESULTS, RESULTS, when_due=True),
    FaultKind("expires_early", "Entities live for the seconds only.", ("session",), ("session",), seconds=0),
    FaultKind(
        "unknown_status",
        "The information uses a status word from tomorrow.",
        ("information",),
        ("information",),
        3,
    ),
    FaultKind(
        "status_objects",
        "The information gives objects with status and availableUntil.",
        ("information",),
        ("information",),
    ),
    FaultKind("wrong_organisation", "The result is about another organisation.", RESULTS, ("json",)),
    FaultKind(
        "unstorable_json",
        "Valid JSON with NUL characters, lone surrogates, enormous numbers and repeated names.",
        ("json",),
        ("json",),
    ),
    FaultKind("invalid_pdf", "The report is not a PDF, though it says so.", ("report",), ("report",)),
    FaultKind("tampered_pdf", "The signed report was changed after it was signed.", ("report",), ("report",)),
    FaultKind(
        "altered_pdf",
        "The report was written over after it was signed; the signature itself stays intact.",
        ("report",),
        ("report",),
    ),
    FaultKind("unsigned_pdf", "The report is not signed.", ("report",), ("report",)),
    FaultKind(
        "foreign_signature",
        "The report is signed by somebody the sandbox's root does not vouch for.",
        ("report",),
        ("report",),
    ),
    FaultKind(
        "fewer_scopes",
        "The token is granted the basic scope alone, without an error.",
        ("token",),
        ("token",),
    ),
    FaultKind("clock_ahead", "The Date header is ahead by the seconds.", ANY_CALL, ANY_CALL, seconds=3600),
)

FAULTS = {row.name: row for row in _ROWS}
