"""What is known of a result that has not come: whether it was ordered at all, and what the provider says of it."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words
from cases.models import AmlSession, ArtefactState, SessionState
from cases.presentation.capture_reading import result_of
from cases.presentation.styles import Colour
from cases.web.case_page.capture_progress import BEFORE_THE_ORDER, NOT_YET_ORDERED
from cases.workflows.capture import patience

NOTHING_TO_DO = _("There is nothing to do: it goes on by itself.")


@dataclass(frozen=True)
class Awaited:
    """What a page says of an awaited result: a title, what is known of it, and what is to be done."""

    title: Words
    known: Words
    to_do: Words = NOTHING_TO_DO
    colour: str = Colour.INFO


AT_THE_PROVIDER = Awaited(
    _("The result is awaited"), _("It was ordered; the provider has not made it ready yet.")
)
READY = Awaited(_("The result is ready"), _("It is being fetched from the provider."))
UNTIL_FOUND = _("There is nothing to do yet: if the order is not found, a person must resolve it.")


def awaited(session: AmlSession) -> Awaited:
    """What is known of the result of a session that is under way and has not brought it yet."""
    if session.state in NOT_YET_ORDERED:
        title, known = NOT_YET_ORDERED[session.state], BEFORE_THE_ORDER[session.state]
        is_doubtful = session.state == SessionState.DOUBTFUL
        return Awaited(title, known, UNTIL_FOUND, Colour.WARNING) if is_doubtful else Awaited(title, known)
    result = result_of(session)
    if result is not None and result.state == ArtefactState.READY:
        return READY
    announced = patience.announced(session)
    return AT_THE_PROVIDER if announced is None or announced.until is None else _failed(announced.until)


def _failed(until: datetime.datetime) -> Awaited:
    to_do = _("Wait until %(until)s: what has not come by then can be looked for again, or ordered anew.")
    return Awaited(
        _("The provider announced a failure"),
        _("It does not say so itself when it is asked, so the portal still looks for the result."),
        to_do % {"until": f"{timezone.localtime(until):%H:%M}"},
        Colour.WARNING,
    )
