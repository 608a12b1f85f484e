"""A body that ends before its length is refused, however it is read."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from amlportal.request_bodies import Body, BrokenOff
from amlportal.wsgi import application

READERS: dict[str, Callable[[Any], bytes]] = {
    "at once": lambda body: body.read(),
    "in pieces": lambda body: b"".join(iter(lambda: body.read(4), b"")),
    "more than there is": lambda body: body.read(10_000),
    "by lines": b"".join,
    "as lines": lambda body: b"".join(body.readlines()),
}


@pytest.mark.parametrize("reader", READERS)
def test_all_of_it_or_nothing(reader: str) -> None:
    sent = b"text=Kept\nand more\n&second=1"
    assert READERS[reader](Body(io.BytesIO(sent + b"the next request"), len(sent))) == sent
    for missing in (1, 10, len(sent)):
        with pytest.raises(BrokenOff):
            READERS[reader](Body(io.BytesIO(sent[: len(sent) - missing]), len(sent)))


@pytest.mark.django_db
def test_a_form_that_broke_off_is_refused_and_not_taken_for_shorter() -> None:
    answered: list[str] = []
    body = b"username=kari&password=half"
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/login/",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body) + 100),
        "wsgi.input": io.BytesIO(body),
    }
    application(environ, lambda status, _headers, *_rest: answered.append(status))
    assert answered == ["400 Bad Request"]
