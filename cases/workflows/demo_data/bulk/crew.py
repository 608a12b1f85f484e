"""About sixty people, so that cases are spread as in a large department."""

import json
import random
from dataclasses import dataclass

from cases.models import User
from cases.workflows.demo_data import people
from cases.workflows.demo_data.people import PEOPLE, Person

GIVEN = ("Anders", "Berit", "Carl", "Dagny", "Erik", "Frida", "Geir", "Hege", "Iver", "Jenny", "Knut")
FAMILY = ("Aune", "Bakke", "Dahl", "Eide", "Foss")
# Further people of each role, beside those that are seeded anyhow.
FURTHER = (*("analyst",) * 41, *("reviewer",) * 7, *("lead",) * 4, *("auditor",) * 3)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody by key, with their name as JSON has it."""

    key: int
    name_in_json: str


class Crew:
    """Who works: by role, with one of each that every pattern was made with. Raises people.NameTaken."""

    def __init__(self) -> None:
        everybody = (*PEOPLE, *_further())
        there = people.ensure(everybody)
        self.cast = {person.username: there[person.username] for person in PEOPLE}
        self._roles = {there[person.username].pk: person.role for person in PEOPLE}
        self._of_role: dict[str, list[Member]] = {}
        for person in everybody:
            self._of_role.setdefault(person.role, []).append(_member(there[person.username]))

    def like(self, person: int, dice: random.Random) -> Member:
        """Somebody with the role of the person with this key, who is one of the cast."""
        return dice.choice(self._of_role[self._roles[person]])


def _member(user: User) -> Member:
    return Member(user.pk, json.dumps(user.name))


def _further() -> list[Person]:
    named = [(given, family) for family in FAMILY for given in GIVEN]
    return [
        Person(f"{role}-{place:02d}", given, family, role)
        for place, (role, (given, family)) in enumerate(zip(FURTHER, named, strict=False), 1)
    ]
