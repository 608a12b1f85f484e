"""One sending of a form does one thing, however often it comes."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError

from cases.models import Case, User

Made = TypeVar("Made")


def own(submission: uuid.UUID, case: Case, actor: User, what: str) -> uuid.UUID:
    """The number under which what was sent is kept: a form's own is good for one person, one case and one thing.

    Whose number another guesses loses nothing by it, and two forms of a page may share one.
    """
    return uuid.uuid5(submission, f"{case.pk} {actor.pk} {what}")


def once(made_before: Callable[[], Made | None], make: Callable[[], Made]) -> Made:
    """Give what this sending of a form made before, or make it.

    `make` writes in one transaction a row that a unique number of the sending allows once: of two sendings at the same
    moment, from two tabs, one makes it and both are given it.
    """
    earlier = made_before()
    if earlier is not None:
        return earlier
    try:
        return make()
    except IntegrityError:
        faster = made_before()
        if faster is None:
            raise
        return faster
