"""Somebody for each role, to sign in as."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from cases.models import User
from cases.workflows.people.people import access_before, by_command, record_changes, set_password

MAILBOX = "demo.example"  # who has an address there was seeded


@dataclass(frozen=True)
class Person:
    """A sample person; the username is what one signs in with."""

    username: str
    first_name: str
    last_name: str
    role: str

    @property
    def email(self) -> str:
        return f"{self.first_name.lower()}@{MAILBOX}"


PEOPLE = (
    Person("analyst", "Kari", "Nordmann", "analyst"),
    Person("analyst2", "Maja", "Berg", "analyst"),
    Person("reviewer", "Ola", "Hansen", "reviewer"),
    Person("lead", "Lena", "Lund", "lead"),
    Person("auditor", "Arne", "Iversen", "auditor"),
    Person("suspicion", "Siv", "Moen", "suspicion_officer"),
    Person("administrator", "Anna", "Ask", "administrator"),
)


@dataclass(frozen=True)
class Login:
    """A person who can sign in; `password` only if it was made up just now."""

    person: Person
    password: str | None


class NameTaken(Exception):
    """Somebody who was not seeded has the username already. Nothing was changed."""


@transaction.atomic
def ensure(persons: Sequence[Person] = PEOPLE) -> dict[str, User]:
    """Give the seeded people by username; who is missing is made, and cannot sign in yet. Raises NameTaken."""
    found = {
        user.username: user for user in User.objects.filter(username__in=[one.username for one in persons])
    }
    strangers = [name for name, user in found.items() if not user.email.endswith(f"@{MAILBOX}")]
    if strangers:
        raise NameTaken(", ".join(sorted(strangers)))
    return {person.username: found.get(person.username) or _made(person) for person in persons}


@transaction.atomic
def let_sign_in(password: str | None = None) -> list[Login]:
    """Give everybody the password, or else one of their own to those who have none.

    Raises NameTaken, and ValidationError if the portal would not accept the password.
    """
    if password is not None:
        validate_password(password)
    logins = []
    for username, user in ensure().items():
        made_up = None
        if password is None and not user.has_usable_password():
            made_up = secrets.token_urlsafe(12)
        wanted = password or made_up
        if wanted is not None and not user.check_password(wanted):
            set_password(
                user, wanted, by_command("seed"), must_change=False
            )  # sample people: who signs in as them was told it
        logins.append(Login(_person(username), made_up))
    return logins


def _made(person: Person) -> User:
    user = User(
        username=person.username,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        is_staff=person.role == "administrator",  # people are managed in Django's admin
    )
    user.set_unusable_password()
    was = access_before(user)
    user.save()
    user.groups.set(Group.objects.filter(name=person.role))
    record_changes(user, was, by_command("seed"))
    return user


def _person(username: str) -> Person:
    return next(person for person in PEOPLE if person.username == username)
