"""A request is read in one way, and whole, before anybody acts on it; or it is refused."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from amlportal.request_bodies import stated_length
from cases.web import files_of_people

STEPS = {".", ".."}
# Of a form with a file: so many times as much as is taken of it is read, to say how large it is.
MOST_FILES = 5
MOST_BYTES = "most_bytes"  # of a view: the most that a form for it may have
MOST_FIELDS = "most_fields"  # of a view: how many fields its form may have, if that is more than others have
View = TypeVar("View", bound=Callable[..., Any])


def of_bounded_size(most: int) -> Callable[[View], View]:
    """Decorate a view: a form of more than that many bytes is refused, and nothing of it is read."""

    def of_view(view: View) -> View:
        setattr(view, MOST_BYTES, most)
        return view

    return of_view


def of_many_fields(most: int) -> Callable[[View], View]:
    """Decorate a view: its form may have so many fields, where any other has DATA_UPLOAD_MAX_NUMBER_FIELDS at most."""

    def of_view(view: View) -> View:
        setattr(view, MOST_FIELDS, most)
        return view

    return of_view


class Readable:
    """Middleware that refuses ambiguous paths and forms that cannot be read; it stands before all that read a form.

    A proxy that lets in one folder reads `/admin/../hooks/` as being in it; where it passes that on as it came, Django
    would take it for a page of the admin. No address of ours is written so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if has_steps(request.path_info):
            return HttpResponse(render_to_string("404.html"), status=HTTPStatus.NOT_FOUND)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any
    ) -> HttpResponse | None:
        """Read the form now: one that breaks off would else break the view that answers a missing CSRF token."""
        if request.method in {"GET", "HEAD"} or getattr(view, "csrf_exempt", False):
            return None  # webhooks read for themselves
        most = getattr(view, MOST_BYTES, None)
        length = stated_length(request.META)
        if (most is not None and length > most) or length > MOST_FILES * settings.ATTACHMENT_BYTES:
            return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            if not files_of_people.prepare(request, view):
                request.body  # noqa: B018 - kept for whoever asks for it; a form with a file is too large for that
            if fields := getattr(view, MOST_FIELDS, None):
                _read_fields(request, fields)
            request.POST  # noqa: B018
        # A part may name any codec, and there is none of that name; a length may be no number.
        except (UnreadablePostError, LookupError, ValueError):
            return HttpResponse(status=HTTPStatus.BAD_REQUEST)
        except RequestDataTooBig:
            return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return None


def has_steps(path: str) -> bool:
    """Whether others may take a path for another one: it has a step `..` or `.`, or an empty name."""
    _root, *names = path.split("/")
    return not STEPS.isdisjoint(names) or "" in names[:-1]


def _read_fields(request: HttpRequest, most: int) -> None:
    """Read a form of many fields of somebody signed in; a form of any other kind is read as Django does."""
    if not request.user.is_authenticated or request.content_type != "application/x-www-form-urlencoded":
        return
    try:
        pairs = parse_qsl(request.body.decode(), keep_blank_values=True, max_num_fields=most)
    except UnicodeDecodeError:
        return
    except ValueError as problem:
        raise TooManyFieldsSent(f"more than {most} fields") from problem
    fields = QueryDict(mutable=True)
    for name, value in pairs:
        fields.appendlist(name, value)
    fields._mutable = False
    request.POST = fields  # type: ignore[assignment]
