"""What a web server makes of a request: the answer is what an application is told of it."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from amlportal.request_bodies import BrokenOff, WholeBodies

SECONDS = 2.0  # for a body


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    values = [environ[name] for name in ("SCRIPT_NAME", "PATH_INFO", "wsgi.url_scheme")]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(values).encode()]


def _read(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    try:
        values = str(len(environ["wsgi.input"].read()))
    except Exception as problem:  # gunicorn has its own for a body in chunks
        values = "broken off" if isinstance(problem, BrokenOff) else type(problem).__name__
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [values.encode()]


reading = WholeBodies(_read, SECONDS)
