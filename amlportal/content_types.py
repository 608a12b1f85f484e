"""The charset that a request names is ignored: every page is UTF-8, and so is every form sent from one."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import WSGIApplication

from django.utils.http import parse_header_parameters


class ContentTypeWithoutCharset:
    """WSGI middleware that passes on only the media type and the boundary of a Content-Type.

    Django would take up whatever codec is named, while it makes the request: some are for no text, and break it.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        content_type = environ.get("CONTENT_TYPE", "")
        if ";" in content_type:
            try:
                kind, parameters = parse_header_parameters(content_type)
            except ValueError:
                start_response("400 Bad Request", [("Content-Length", "0"), ("Cache-Control", "no-store")])
                return []
            boundary = parameters.get("boundary")
            environ["CONTENT_TYPE"] = kind if boundary is None else f'{kind}; boundary="{boundary}"'
        return self._application(environ, start_response)
