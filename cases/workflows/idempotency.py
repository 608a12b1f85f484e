"""One sending of a form does one thing, however often it comes."""

import uuid

from cases.models import Case, User


def own(submission: uuid.UUID, case: Case, actor: User, what: str) -> uuid.UUID:
    """The number under which what was sent is kept: a form's own is good for one person, one case and one thing.

    Whose number another guesses loses nothing by it, and two forms of a page may share one.
    """
    return uuid.uuid5(submission, f"{case.pk} {actor.pk} {what}")
