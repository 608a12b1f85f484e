"""A case waits for information until a day: the work clock pauses, and results are captured all the same."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.findings.vocabulary.wording import Words
from cases.models import Case, CaseState, User, Verb
from cases.models.audit.subject import CASE
from cases.models.casework.case_states import MOVES
from cases.workflows.audit import trail
from cases.workflows.locks.open_case import locked_open
from cases.workflows.refusal import Refusal

LONGEST = datetime.timedelta(days=90)


@dataclass(frozen=True)
class Wait:
    """What a case waits for, and the day on which it goes on by itself."""

    for_what: str
    until: datetime.date

    @classmethod
    def of(cls, case: Case) -> "Wait | None":
        """What the case waits for now; None if it does not wait."""
        return cls(case.waits_for, case.waits_until) if case.waits_until is not None else None

    @property
    def words(self) -> str:
        """In a sentence's words, for whoever reads them."""
        return _("Waits for: %(what)s, until %(day)s") % {
            "what": self.for_what.rstrip("."),
            "day": date_format(self.until, "j M Y"),
        }


class CannotWait(Refusal):
    """The case cannot wait, or not until that day; `words` say why. Nothing was done."""


class NotWaiting(Refusal):
    """The case does not wait, or not for what the person saw; `words` say so. Nothing was done."""


def first_day() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=1)


def last_day() -> datetime.date:
    return timezone.localdate() + LONGEST


def why_not_until(day: datetime.date) -> Words:
    """Why no case waits until that day; '' if one may."""
    if day < first_day():
        return _("The day must be tomorrow or later.")
    if day > last_day():
        words = _("A case waits for 90 days at most: until %(day)s.")
        return words % {"day": date_format(last_day(), "j M Y")}
    return ""


def why_not(case: Case) -> Words:
    """Why a case cannot wait for information now; '' if it can. A new one can: its review begins with that."""
    if wait := Wait.of(case):
        return _("The case waits already. %(what)s.") % {"what": wait.words}
    if case.state == CaseState.NEW or CaseState.WAITING in MOVES[case.state]:
        return ""
    words = _("The case cannot wait for information now. Its status: %(state)s.")
    return words % {"state": case.get_state_display()}


@transaction.atomic
def wait(case: Case, wanted: Wait, actor: User) -> None:
    """Let a case wait; done again for the same, it goes on waiting. Raises CannotWait; CaseIsClosed."""
    if why := why_not_until(wanted.until):
        raise CannotWait(why)
    locked = locked_open(case)
    if Wait.of(locked) == wanted:
        return
    if why := why_not(locked):
        raise CannotWait(why)
    was = locked.state
    locked.begin_review()
    locked.wait(wanted.for_what, wanted.until)
    locked.updated_at = timezone.now()
    locked.save(update_fields=Case.MOVED)
    trail.record(
        locked,
        Verb.CASE_PAUSED,
        actor=actor,
        subject=CASE,
        was=was,
        now=locked.state,
        detail={"waits_for": wanted.for_what, "until": wanted.until.isoformat()},
    )


@transaction.atomic
def go_on(case: Case, seen: Wait | None, actor: User) -> None:
    """Go on with a case that waits for what the person saw; None: for nothing. Raises NotWaiting; CaseIsClosed."""
    locked = locked_open(case)
    now = Wait.of(locked)
    if now is None:
        raise NotWaiting(_("The case does not wait any more. Nothing was done."))
    if now != seen:
        raise NotWaiting(_("The case waits for something else meanwhile. Nothing was done."))
    _resume(locked, actor)


@transaction.atomic
def go_on_by_itself(case: Case) -> None:
    """Go on with a case whose day has come; one that was moved meanwhile is left alone. Raises CaseIsClosed."""
    locked = locked_open(case)
    now = Wait.of(locked)
    if now is not None and now.until <= timezone.localdate():
        _resume(locked, None)


def _resume(case: Case, actor: User | None) -> None:
    was = case.state
    case.move_to(CaseState.IN_REVIEW)
    case.updated_at = timezone.now()
    case.save(update_fields=Case.MOVED)
    trail.record(case, Verb.CASE_RESUMED, actor=actor, subject=CASE, was=was, now=case.state)
