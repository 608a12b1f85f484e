"""People and what they may do against the events of the portal's own chain that tell of each change of it."""

from collections.abc import Iterable

from django.db import transaction

from cases.models import AuditChain, AuditEvent, User, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.people.people import Access
from cases.workflows.verification.reconciling.findings import Findings
from cases.workflows.verification.reconciling.trail import BEFORE, FIELDS, Event

KNOWN_BY = ("username", "name", "email", "roles")
ACTIVATION = {Verb.PERSON_ACTIVATED: True, Verb.PERSON_DEACTIVATED: False}
OF_ACCESS = (Verb.PERSON_ADDED, Verb.PERSON_CHANGED, Verb.ROLES_CHANGED, *ACTIVATION)
KIND = "columns of a person"


def held() -> Findings:
    """Hold every person against the events; only if something differs while nobody can change any."""
    found = _compared()
    if not found.problems:
        return found
    with transaction.atomic():
        list(AuditChain.objects.select_for_update().filter(case=None).values_list("pk"))
        return _compared()


def _compared() -> Findings:
    found = Findings()
    people = {str(EventSubject.person(person.pk)): person for person in User.objects.order_by("pk")}
    of_each: dict[str, list[Event]] = {}
    for event in _events():
        of_each.setdefault(event.subject, []).append(event)
    # Whoever came after the first that was told of must have been told of as well.
    added = [people[name].pk for name in of_each if name in people and _is_added(of_each[name])]
    for name, user in people.items():
        found.rows += 1
        events = of_each.pop(name, [])
        if not _is_added(events):
            if added and user.pk > min(added):
                found.differ(f"no event tells that {name} was added")
            else:
                found.leave_out(KIND, BEFORE)
        _compare(name, Access.of(user), events, found)
        if user.user_permissions.exists():
            found.differ(f"{name} holds a permission beside their roles, and the portal gives none")
    for name, events in of_each.items():
        found.differ(f"{events[-1]} tells of {name}, and there is no such row")
    return found


def _events() -> Iterable[Event]:
    events = AuditEvent.objects.filter(chain__case=None, verb__in=OF_ACCESS).order_by("sequence")
    return map(Event._make, events.values_list(*FIELDS).iterator())


def _is_added(events: list[Event]) -> bool:
    return any(event.verb == Verb.PERSON_ADDED for event in events)


def _compare(name: str, there: Access, events: list[Event], found: Findings) -> None:
    """Compare each column with its last recorded value; an erased change may be of any that its verb tells."""
    last: dict[str, tuple[Event, object]] = {}
    for event in events:
        if event.verb in ACTIVATION:
            last["is_active"] = event, ACTIVATION[Verb(event.verb)]
        elif not event.detail:
            last |= dict.fromkeys(_columns_recorded(event), (event, None))
        else:
            recorded = {**event.detail, **(event.row or {})}
            last |= {
                text: (event, _new_value(recorded[text]))
                for text in (*KNOWN_BY, "is_active")
                if text in recorded
            }
    for column, (event, value) in last.items():
        if event.detail or event.verb in ACTIVATION:
            found.compare(name, column, getattr(there, column), value, event)
        else:
            found.leave_out(KIND, event.why_not)


def _columns_recorded(event: Event) -> tuple[str, ...]:
    if event.verb == Verb.ROLES_CHANGED:
        return ("roles",)
    return (*KNOWN_BY, "is_active") if event.verb == Verb.PERSON_ADDED else KNOWN_BY[:3]


def _new_value(recorded: object) -> object:
    """The new value of a recorded change, or the value that was recorded at first."""
    return recorded[-1] if isinstance(recorded, list) and recorded else recorded
