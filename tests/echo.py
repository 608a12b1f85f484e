"""What a web server makes of a request: the answer is what an application is told of it."""

import json
from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    told = [environ[name] for name in ("SCRIPT_NAME", "PATH_INFO", "wsgi.url_scheme")]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(told).encode()]
