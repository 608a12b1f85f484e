"""Files in forms: taken by views that say so, from people who have signed in, and by no other."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from amlportal.uploads import BoundedMemory

MARK = "takes_a_file"
View = TypeVar("View", bound=Callable[..., Any])


def takes_a_file(view: View) -> View:
    """Mark a view whose form may hold a file."""
    setattr(view, MARK, True)
    return view


def prepare(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Say where a file goes, before the form is read; False if the form takes none."""
    if not getattr(view, MARK, False) or not request.user.is_authenticated:
        return False
    request.upload_handlers = [BoundedMemory(request)]
    return True
