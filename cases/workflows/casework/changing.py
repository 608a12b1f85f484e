"""What people change of a case that is open: its due day, its words, and who it is assigned to."""

import datetime
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.findings.names.collation import sort_key
from cases.models import Case, User, Verb
from cases.models.audit.subject import CASE
from cases.models.people.permissions import Perm
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import recusing
from cases.workflows.casework.worked_on import worked_on
from cases.workflows.locks.open_case import locked_open
from cases.workflows.results import searching

Value = datetime.date | str | int | None


@dataclass(frozen=True)
class Details:
    """What can be changed of a case; `assignee` is the key of a person, None for nobody."""

    due: datetime.date | None
    purpose: str
    customer_reference: str
    assignee: int | None

    @classmethod
    def of(cls, case: Case) -> "Details":
        return cls(case.due, case.purpose, case.customer_reference, case.assignee_id)

    def differences(self, other: "Details") -> dict[str, tuple[Value, Value]]:
        """The fields that differ, by name: their value here, and in `other`."""
        pairs = {
            field.name: (getattr(self, field.name), getattr(other, field.name)) for field in fields(self)
        }
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


class Stale(Exception):
    """Somebody changed the case since the form was served; `now` is what it says. Nothing was done."""

    def __init__(self, now: Details) -> None:
        super().__init__("the case has changed")
        self.now = now


class NotTheirs(Exception):
    """The case may not be handed over by this person, or not to that one. Nothing was done."""


def may_hand_over(actor: User, case: Case) -> bool:
    """May a person hand the case over: their own or nobody's, or with a permission of its own those of others?"""
    if not actor.has_perm(Perm.CHANGE_CASE):
        return False
    return case.assignee_id in {None, actor.pk} or actor.has_perm(Perm.ASSIGN_CASE)


def who_may_have(case: Case) -> list[User]:
    """Everybody active who may take cases and is not recused from this one, by name."""
    found = User.objects.with_perm(Perm.TAKE_CASE, backend="django.contrib.auth.backends.ModelBackend")
    found = found.exclude(recusals__case=case)
    return sorted(found.distinct(), key=lambda person: (sort_key(person.name), person.pk))


@transaction.atomic
def change(case: Case, seen: Details, wanted: Details, actor: User) -> tuple[str, ...]:
    """Change what differs, an event for the words and one for the person; names what was changed.

    `seen` is what the form showed. Raises Stale if the case says neither that nor what is wanted; NotTheirs;
    recusing.IsRecused; CaseIsClosed.
    """
    locked = locked_open(case)
    now = Details.of(locked)
    changes = now.differences(wanted)
    if not changes:
        return ()
    if seen != now:
        raise Stale(now)
    if "assignee" in changes:
        _check(locked, wanted.assignee, actor)
    before, was = locked.assignee, locked.state
    if words := {name: list(map(_as_recorded, pair)) for name, pair in changes.items() if name != "assignee"}:
        # The database takes a change after the event that tells of it, and no other.
        event = trail.record(locked, Verb.CASE_CHANGED, actor=actor, subject=CASE, detail=words)
        locked.change_event = event.sequence
    locked.due, locked.purpose = wanted.due, wanted.purpose
    locked.customer_reference, locked.updated_at = wanted.customer_reference, timezone.now()
    locked.assignee_id = wanted.assignee
    if wanted.assignee is not None:
        locked.begin_review()
    locked.save(
        update_fields=[*(field.name for field in fields(Details)), "change_event", "state", "updated_at"]
    )
    if "customer_reference" in changes:
        searching.refresh([locked])
    if "assignee" in changes:
        _record_hand_over(locked, before, was, actor)
    worked_on(locked, actor)
    return tuple(changes)


def hand_back(case: Case, actor: User) -> bool:
    """Make a person's own case nobody's; False if it is not theirs (any more)."""
    now = Details.of(case)
    if now.assignee != actor.pk:
        return False
    try:
        change(case, now, Details(now.due, now.purpose, now.customer_reference, None), actor)
    except Stale:
        return False
    return True


def _check(case: Case, assignee: int | None, actor: User) -> None:
    if not may_hand_over(actor, case):
        raise NotTheirs(case.reference)
    if assignee is None:
        return
    if recused := case.recusals.filter(person=assignee).select_related("person").first():
        raise recusing.IsRecused(_("%(person)s is recused from this case.") % {"person": recused.person.name})
    if assignee not in {have_case.pk for have_case in who_may_have(case)}:
        raise NotTheirs(case.reference)


def _record_hand_over(case: Case, before: User | None, was: str, actor: User) -> None:
    if case.assignee is None:
        verb = Verb.CASE_HANDED_BACK
    elif before is None and case.assignee_id == actor.pk:
        verb = Verb.CASE_TAKEN
    else:
        verb = Verb.CASE_HANDED_OVER
    people: trail.Detail = {
        "assignee": case.assignee.name if case.assignee and case.assignee_id != actor.pk else "",
        "assignee_was": before.name if before and before.pk != actor.pk else "",
        **recorded_columns.of_assignee(case),
    }
    trail.record(case, verb, actor=actor, subject=CASE, was=was, now=case.state, detail=people)


def _as_recorded(value: Value) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")
