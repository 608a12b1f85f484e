"""What the faults do to the answer of a call."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.utils import formatdate

from amlportal.sandbox.faults.faults import Fault
from amlportal.sandbox.faults.pdf_faults import altered, tampered
from amlportal.sandbox.http.exchange import CUT, Answer, Defect, json_answer, problem

ELSEWHERE = "https://elsewhere.example/"
ERROR_PAGE = b"<!doctype html><title>503</title><h1>Service temporarily unavailable</h1>\n"
TOKEN_ERRORS = {401: "invalid_client", 403: "unauthorized_client"}
ERRORS = {
    400: ("invalid_request", "The request is not understood (fault)."),
    401: ("invalid_token", "The access token is missing, unknown or expired (fault)."),
    403: ("insufficient_scope", "The scope aml_organization/basic is not granted (fault)."),
    404: ("not_found", "Nothing is here (fault)."),
    409: ("not_ready", "The entity is not ready (fault)."),
    410: ("gone", "The entity is no longer available (fault)."),
    429: ("too_many_requests", "Too many requests (fault)."),
}
UNSTORABLE = (
    rb',"nul":"a\u0000b","loneSurrogate":"\ud800","enormous":1e400,"long":'
    + b"9" * 400
    + b',"twice":1,"twice":2}'
)


def play(
    endpoint: str, faults: tuple[Fault, ...], truth: Callable[[], Answer], pause: Callable[[float], object]
) -> Answer:
    """Return the true answer, or what the faults make of it."""
    for one in faults:
        if one.name == "slow":
            pause(one.seconds or 0)
    refused = next((answer for one in faults if (answer := refusal(one, endpoint))), None)
    answer = refused or truth()
    if answer.status in (200, 201):
        names = {one.name for one in faults}
        for name in [name for name in SPOILERS if name in names]:
            answer = SPOILERS[name](answer)
        for one in faults:
            if one.name == "drip":
                answer = replace(answer, drip_seconds=one.seconds or 0)
    for one in faults:
        if one.name == "clock_ahead":
            date = formatdate(time.time() + (one.seconds or 0), usegmt=True)
            answer = replace(answer, headers={**answer.headers, "Date": date})
    return answer


def refusal(fault: Fault, endpoint: str) -> Answer | None:
    """Return the answer a fault gives instead of the true one, None for other faults."""
    if special := REFUSALS.get(fault.name):
        return special
    status = fault.kind.status
    if status is None:
        return None
    error, message = ERRORS[status]
    headers = {"Retry_After": _retry_after(fault)} if status == 429 else {}
    if endpoint == "token":
        content = {"error": TOKEN_ERRORS.get(status, error), "error_description": message}
        return json_answer(status, content, **headers)
    return problem(status, error, message, **headers)


def _retry_after(fault: Fault) -> str:
    seconds = fault.seconds or 0
    if fault.name == "http_429_date":
        return formatdate(time.time() + seconds, usegmt=True)
    return str(max(round(seconds), 0))


def _unknown_status(answer: Answer) -> Answer:
    content = json.loads(answer.body)
    return json_answer(
        200, {key: value if key == "sessionId" else "PONDERING" for key, value in content.items()}
    )


def _links_astray(answer: Answer) -> Answer:
    content = json.loads(answer.body)
    for link in (content.get("links") or {}).get("reports") or []:
        link["href"] = ELSEWHERE + link["rel"]
    return json_answer(200, content)


REFUSALS = {
    "cut": CUT,
    "http_500": Answer(500),
    "http_503": Answer(503, ERROR_PAGE, "text/html; charset=utf-8"),
    "redirect": Answer(302, headers={"Location": ELSEWHERE}),
}
# Spoiled in this order, whatever the order of the faults: what an answer says, then its bytes, then its connection.
SPOILERS: Mapping[str, Callable[[Answer], Answer]] = {
    "no_session_id": lambda answer: json_answer(201, {}),
    "unknown_status": _unknown_status,
    "links_astray": _links_astray,
    "tampered_pdf": lambda answer: replace(answer, body=tampered(answer.body)),
    "altered_pdf": lambda answer: replace(answer, body=altered(answer.body)),
    "unstorable_json": lambda answer: replace(answer, body=answer.body.rstrip()[:-1] + UNSTORABLE),
    "invalid_pdf": lambda answer: replace(answer, body=b"%PDF-1.7\nThis is not a PDF.\n"),
    "invalid_json": lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
    "empty_body": lambda answer: replace(answer, body=b""),
    "truncated": lambda answer: answer.spoilt(Defect.TRUNCATED),
    "create_lost": lambda answer: CUT,
}
