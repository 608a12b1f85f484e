"""What a person can do about a capture that does not go on by itself, and what each choice costs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words
from cases.models import AmlSession, SessionState, User
from cases.workflows.ordering import session_requests


@dataclass(frozen=True)
class Choice:
    """One way out: what it is called, what it does, what it costs, and what is said when it is done."""

    label: Words
    does: Words
    costs: Words
    done: Words
    do: Callable[..., AmlSession]
    states: tuple[SessionState, ...]
    with_session: bool | None = None
    # It may be charged a second time.
    needs_reason: bool = False

    def suits(self, session: AmlSession) -> bool:
        has = bool(session.provider_id)
        return session.state in self.states and self.with_session in {None, has}

    def resolve(self, session: AmlSession, actor: User, again_reason: str) -> AmlSession:
        """Do what was chosen to the session. Raises NotPossible, CaseIsClosed; ReasonMissing where it needs one."""
        return self.do(session.pk, actor, *([again_reason] if self.needs_reason else []))


CHOICES: dict[str, Choice] = {
    "order-again": Choice(
        label=_("Send the order again (a new search may be charged)"),
        does=_("Another order is sent for the same results."),
        costs=_(
            "It costs what a session costs. If the lost order did make a session, both are paid for: ask the provider "
            "first if that matters."
        ),
        done=_("The order is sent again. The results show here as they come."),
        do=session_requests.order_again,
        states=(SessionState.UNKNOWN,),
        needs_reason=True,
    ),
    "resume": Choice(
        label=_("Continue the capture"),
        does=_("The work goes on from where it stopped, with the session that is open at the provider."),
        costs=_("It costs nothing: nothing is ordered anew."),
        done=_("The work on it goes on."),
        do=session_requests.resume,
        states=(SessionState.QUARANTINED,),
        with_session=True,
    ),
    "resume-order": Choice(
        label=_("Continue the order (a new search may be charged)"),
        does=_(
            "The work goes on from where it stopped. No session is known at the provider yet, so one may be ordered."
        ),
        costs=_("If nothing was ordered so far, it costs what a session costs, as it would have all along."),
        done=_("The work on it goes on."),
        do=session_requests.resume,
        states=(SessionState.QUARANTINED,),
        with_session=False,
    ),
    "close": Choice(
        label=_("Close it"),
        does=_(
            "Nothing more is sent or fetched. What is captured stays; a new capture can be ordered at any time."
        ),
        costs=_(
            "It costs nothing more. If a session was made at the provider, it is paid for all the same, and what it "
            "still holds is lost after two hours."
        ),
        done=_("The capture is closed."),
        do=session_requests.close,
        states=(SessionState.UNKNOWN, SessionState.QUARANTINED),
    ),
}
