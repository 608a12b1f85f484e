"""Who may sign in, and as what. Each change is recorded in the portal's own chain, in the change's transaction.

The portal's chain is locked before the row of a person, by everybody: what else writes an event about a person has the
chain already when it refers to them.
"""

import datetime
import os
import pwd
from dataclasses import dataclass
from typing import Self

from django.db import transaction
from django.utils import timezone

from cases.models import AuditChain, User, Verb
from cases.models.audit.subject import EventSubject
from cases.models.people.roles import FURTHER
from cases.workflows.audit import recorded_columns, trail


@dataclass(frozen=True)
class By:
    """Who makes a change: a person in the portal, or an account of the machine with a command."""

    person: User | None = None
    command: str = ""
    account: str = ""

    @property
    def detail(self) -> dict[str, str]:
        return {"actor": f"{self.account} (command {self.command})"} if self.command else {}


def by_command(name: str) -> By:
    """The account of this machine under which a command runs."""
    try:
        account = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        account = f"account {os.getuid()}"
    return By(command=name, account=account)


@dataclass(frozen=True)
class Access:
    """What somebody is known by and may do, at one moment. `password` is its stored form, and never recorded."""

    username: str
    name: str
    email: str
    roles: str  # sorted words with ', ' between
    is_active: bool
    password: str

    @classmethod
    def of(cls, user: User) -> Self:
        """Read a person's access from the database."""
        user = User.objects.get(pk=user.pk)
        further = [word for word in FURTHER if getattr(user, f"is_{word}")]
        roles = [*sorted(user.groups.values_list("name", flat=True)), *further]
        return cls(
            user.username, user.get_full_name(), user.email, ", ".join(roles), user.is_active, user.password
        )


def access_before(user: User) -> Access | None:
    """Give what somebody may do before a change of it, locked until the caller's transaction ends; None: nobody yet."""
    AuditChain.objects.select_for_update().get(case=None)
    known = User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    return Access.of(known) if known else None


def record_changes(user: User, was: Access | None, by: By, *, must_change: bool = True) -> None:
    """Record what was changed since `access_before`, in the same transaction; nothing if nothing was.

    A password that somebody else set must be changed by its owner, unless `must_change` is False.
    """
    now = Access.of(user)
    events = _changes(was, now)
    fields: dict[str, bool | datetime.datetime] = {}
    if now.password != (was.password if was else None):
        is_usable = user.has_usable_password()
        fields["must_change_password"] = must_change and is_usable
        if is_usable or was:
            events.append((Verb.PASSWORD_SET if is_usable else Verb.PASSWORD_REMOVED, {}))
    if any(verb != Verb.PERSON_CHANGED for verb, _detail in events):
        fields["access_changed_at"] = timezone.now()
    for name, value in fields.items():
        setattr(user, name, value)
    if fields:
        user.save(update_fields=list(fields))
    for verb, detail in events:
        _record(verb, user, by, detail)


def _changes(was: Access | None, now: Access) -> list[tuple[Verb, trail.Detail]]:
    """The events of a change of access, each with its detail; the password aside."""
    if was is None:
        known = {name: getattr(now, name) for name in ("username", "name", "email", "roles")}
        return [(Verb.PERSON_ADDED, {**known, **recorded_columns.of_person(now.is_active)})]
    found: list[tuple[Verb, trail.Detail]] = []
    known_by = {
        name: [getattr(was, name), getattr(now, name)]
        for name in ("username", "name", "email")
        if getattr(was, name) != getattr(now, name)
    }
    if known_by:
        found.append((Verb.PERSON_CHANGED, known_by))
    if was.roles != now.roles:
        found.append((Verb.ROLES_CHANGED, {"roles": [was.roles, now.roles]}))
    if was.is_active != now.is_active:
        found.append((Verb.PERSON_ACTIVATED if now.is_active else Verb.PERSON_DEACTIVATED, {}))
    return found


def set_password(user: User, password: str | None, by: By, *, must_change: bool = True) -> None:
    """Set somebody's password, or take it from them (None): nobody can sign in by one then."""
    user.set_password(password)  # slow on purpose: before anything is locked
    _keep_password(user, by, must_change=must_change)


@transaction.atomic
def _keep_password(user: User, by: By, *, must_change: bool) -> None:
    was = access_before(user)
    user.save(update_fields=["password"])
    record_changes(user, was, by, must_change=must_change)


def change_own_password(user: User, password: str) -> None:
    """Set the password that a person chose for themselves."""
    user.set_password(password)
    user.must_change_password = False
    _keep_own_password(user)


@transaction.atomic
def _keep_own_password(user: User) -> None:
    access_before(user)
    user.save(update_fields=["password", "must_change_password"])
    _record(Verb.PASSWORD_CHANGED, user, By(user))


def add_superuser(username: str, email: str, password: str | None, by: By) -> User:
    """Make somebody who may do everything; the password must be changed at the first sign-in. Raises IntegrityError."""
    user = User(
        username=User.normalize_username(username),
        email=User.objects.normalize_email(email),
        is_staff=True,
        is_superuser=True,
    )
    user.set_password(password)
    _add(user, by)
    return user


@transaction.atomic
def _add(user: User, by: By) -> None:
    was = access_before(user)
    user.save()
    record_changes(user, was, by)


def signed_in(user: User) -> None:
    """Record the first sign-in since somebody else changed password, roles or activation, and no later one."""
    if user.access_changed_at is not None:
        _record_first_sign_in(user)


@transaction.atomic
def _record_first_sign_in(user: User) -> None:
    access_before(user)
    user.refresh_from_db(fields=["access_changed_at"])
    if user.access_changed_at is None:  # another browser was faster
        return
    since = user.access_changed_at.isoformat(timespec="seconds")
    user.access_changed_at = None
    user.save(update_fields=["access_changed_at"])
    _record(Verb.FIRST_SIGN_IN, user, By(user), {"since": since})


def _record(verb: Verb, user: User, by: By, detail: trail.Detail | None = None) -> None:
    trail.record(
        None,
        verb,
        actor=by.person,
        subject=EventSubject.person(user.pk),
        detail={**by.detail, "person": user.name, **(detail or {})},
    )
