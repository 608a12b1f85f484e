"""One HTTP request and its answer, free of sockets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any
from urllib.parse import parse_qs


class Defect(Enum):
    """How the connection is spoilt while an answer is written."""

    TRUNCATED = "Content-Length promises more than is sent"
    CUT = "the connection is closed without an answer"


@dataclass(frozen=True)
class Request:
    """What arrived: header names are lower case, `path` has no query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""

    def json(self) -> Any:
        """Return the body as JSON; ValueError when it is not (RFC 8259), or is nested too deep."""
        try:
            return json.loads(self.body.decode("utf-8"))
        except RecursionError as error:
            raise ValueError("the body is nested too deep") from error

    def form(self) -> dict[str, str]:
        """Return form fields; a field given twice is a ValueError (RFC 6749 §3.2)."""
        fields = parse_qs(self.body.decode("utf-8"), keep_blank_values=True, max_num_fields=50)
        if any(len(values) > 1 for values in fields.values()):
            raise ValueError("a field is given more than once")
        return {name: values[0] for name, values in fields.items()}


@dataclass(frozen=True)
class Answer:
    """An answer to a request, with the defect of its connection, if any."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    defect: Defect | None = None
    drip_seconds: float = 0.0  # for the body, which comes piece by piece

    def spoilt(self, defect: Defect) -> "Answer":
        """Return the same answer on a connection that fails."""
        return replace(self, defect=defect)


CUT = Answer(0, defect=Defect.CUT)


def json_answer(status: int, content: Any, **headers: str) -> Answer:
    """Answer with JSON; header names are written with underscores.

    Half a character, which a request may hold and UTF-8 cannot, is written as the escape that it is in JSON.
    """
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Answer(status, body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def problem(status: int, error: str, message: str, **headers: str) -> Answer:
    """Answer with an error in the provider's form (contract §6)."""
    return json_answer(status, {"error": error, "message": message}, **headers)
