"""What is known of a result that has not come: whether it was ordered at all, and what the provider says of it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.documents.reading import result_of
from cases.models import AmlSession, ArtefactState, SessionState
from cases.web.clock import BEFORE_THE_ORDER, NOT_YET_ORDERED
from cases.workflows import patience

Words = str | Promise


@dataclass(frozen=True)
class Awaited:
    """A title, and a sentence that says what is known."""

    title: Words
    known: Words
    colour: str = "info"


AT_THE_PROVIDER = Awaited(
    _("The result is awaited"), _("It was ordered; the provider has not made it ready yet.")
)
READY = Awaited(_("The result is ready"), _("It is being fetched from the provider."))
ANNOUNCED = Awaited(
    _("The provider announced a failure"),
    _("It does not say so itself when it is asked, so the portal still looks for the result."),
    "warning",
)


def awaited(session: AmlSession) -> Awaited:
    """Of a session that is under way, and whose result is not here."""
    if session.state in NOT_YET_ORDERED:
        colour = "warning" if session.state == SessionState.DOUBTFUL else "info"
        return Awaited(NOT_YET_ORDERED[session.state], BEFORE_THE_ORDER[session.state], colour)
    result = result_of(session)
    if result is not None and result.state == ArtefactState.READY:
        return READY
    return ANNOUNCED if patience.announced(session) else AT_THE_PROVIDER
