"""Whatever a request calls its letters, its path or its length, it is read in one way, or refused; never an error."""

import io
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from amlportal.request_bodies import Body
from amlportal.wsgi import application
from tests import factories
from tests.web.pages import words

pytestmark = pytest.mark.django_db
CODECS = ["utf-16", "zlib", "hex", "idna", "undefined", "rot13", "unicode_escape", "latin-1", "no-such-codec"]
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PARTED = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n\xc3\xb8\r\n--x--\r\n'
MARK = "a" * 32
HERE = "http://testserver/cases/new/"


def careful() -> Client:
    """A browser with the mark of every form, whose errors are answers, as in life."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.cookies["csrftoken"] = MARK
    return client


def answer_to(
    method: str, path: str, content_type: str, body: bytes = b"", **headers: Any
) -> tuple[str, str]:
    """Status and text that the portal answers under gunicorn."""
    answered: list[str] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "next=%E2%82%AC",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "HTTP_COOKIE": f"csrftoken={MARK}",
        "HTTP_X_CSRFTOKEN": MARK,
        **headers,
    }
    text = b"".join(application(environ, lambda status, _headers, *_rest: answered.append(status)))
    return answered[0], text.decode()


def test_a_client_chooses_no_codec() -> None:
    for codec in CODECS:
        content_type = f"; charset={codec}"
        for kind, body in ((FORM, b"username=%C3%B8"), (PARTS, PARTED)):
            status, text = answer_to("POST", "/login/", kind + content_type, body)
            assert (status, 'value="ø"' in text) == ("200 OK", True), (kind, codec)
        status, text = answer_to("GET", "/login/", f"text/plain{content_type}")
        assert (status, "€" in text) == ("200 OK", True), codec


def test_a_codec_that_is_none_is_refused() -> None:
    content_type = f"{FORM}; charset*=none''%41"
    refused = [
        answer_to("POST", "/login/", content_type, b"a=1")[0],
        answer_to("GET", "/login/", content_type)[0],
    ]
    assert refused == ["400 Bad Request"] * 2


def test_a_path_that_others_read_differently_is_none(client: Client) -> None:
    client.force_login(factories.admin())
    paths = [
        "/admin/../hooks/x",
        "/admin/cases/user/../../../hooks/change/",
        "/admin/./",
        "/admin//cases/user/",
        "//admin/",
        "/admin/..",
        "/admin/.",
    ]
    answers = {path: client.get("/", PATH_INFO=path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(paths, 404)
    assert all("There is no such page" in words(answer) for answer in answers.values())
    assert client.get("/admin/cases/user/").status_code == 200


def test_a_form_that_breaks_off_is_refused_whoever_sends_it() -> None:
    """Told by the page it came from, the refusal itself read the form again, and broke over it."""
    kari = careful()
    kari.force_login(factories.kari())
    for client in (careful(), kari):
        for path in ("/login/", "/login/taken-along/", "/cases/new/", "/password/", "/logout/"):
            for mark in ({}, {"X-CSRFToken": MARK}):
                for content_type in (FORM, PARTS):
                    answer = client.post(
                        path,
                        content_type=content_type,
                        headers={"Referer": HERE, **mark},
                        CONTENT_LENGTH="500",
                        **{"wsgi.input": Body(io.BytesIO(b"kept_for=/cases/new/&x=1"), 500)},
                    )
                    assert answer.status_code == 400, (path, mark, content_type)
                    assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_that_is_too_large_is_refused() -> None:
    kari = careful()
    kari.force_login(factories.kari())
    large = "text=" + "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answers = [kari.post(path, large, content_type=FORM) for path in ("/cases/new/", "/password/", "/login/")]
    assert [answer.status_code for answer in answers] == [413] * 3


def test_what_a_stranger_sends_beyond_its_limit_is_not_even_read() -> None:
    large = b"typed=" + b"x" * (2**20 + 1)
    for path in ("/login/", "/login/taken-along/"):
        for content_type in (FORM, PARTS):
            body = io.BytesIO(large)
            status, _text = answer_to("POST", path, content_type, large, **{"wsgi.input": body})
            assert (status, body.tell()) == ("413 Request Entity Too Large", 0), (path, content_type)


def test_a_length_that_is_no_number_is_refused() -> None:
    for length in ("abc", "1e3", "9" * 5000):
        for path in ("/login/", "/login/taken-along/", "/cases/new/", "/password/"):
            status, _text = answer_to("POST", path, FORM, b"a=1", CONTENT_LENGTH=length)
            assert status == "400 Bad Request", (path, length[:9])
        assert answer_to("GET", "/login/", FORM, CONTENT_LENGTH=length)[0] == "200 OK"


def test_what_is_refused_before_anybody_looks_is_kept_nowhere() -> None:
    answers = [careful().get("/", headers={"Host": "elsewhere.example"}), careful().get("/admin/../")]
    assert [answer.status_code for answer in answers] == [400, 404]
    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)
