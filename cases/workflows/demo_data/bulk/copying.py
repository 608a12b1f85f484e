"""One copy of a pattern: every value that it has of its own, and its rows made of them."""

import datetime
import json
import os
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

from django.db.models import Model

from cases.evidence import evidence_files
from cases.models import AmlSession, Artefact, CreateAttempt, Organisation
from cases.workflows.audit.chain import SALT_LENGTH, moment
from cases.workflows.audit.recorded_columns import HIT_DIGITS
from cases.workflows.demo_data import PURPOSES, customer_reference, due
from cases.workflows.demo_data.bulk import names, numbers
from cases.workflows.demo_data.bulk.crew import Crew
from cases.workflows.demo_data.bulk.pattern import Pattern
from cases.workflows.demo_data.bulk.pattern_rows import PatternRows
from cases.workflows.demo_data.bulk.writing import Database

SALT_BYTES = SALT_LENGTH // 2


class Mark(Enum):
    """What a mark of a pattern is (places.marks)."""

    SUBMISSION, SESSION, TOKEN, SHA256 = range(4)


@dataclass(frozen=True, slots=True)
class Planned:
    """What is decided of a copy before its values are."""

    pattern: "Copied"
    opened_at: datetime.datetime
    submission: str
    reference: str


class Copied(Pattern):
    """A pattern that fills the rows of its copies."""

    def __init__(self, of_case: PatternRows, database: Database, crew: Crew, now: datetime.datetime) -> None:
        super().__init__(of_case, database)
        self._database, self._crew = database, crew
        self._today = now.date()
        place, named = self.places.place, self.places.named
        self._own_key = next(at for (model, _key), at in named("key") if model is Organisation)
        self._models = [(model, at) for (model, _key), at in named("key")]
        self._times = [(at, time, place("stored time", time)) for time, at in named("time")]
        known = {time for time, _at in named("time")}
        self._times += [
            (place("time", time), time, at) for time, at in named("stored time") if time not in known
        ]
        self._days = named("day")
        self._people = [
            (person, place("person", person), place("name of person", person))
            for person in sorted({key for kind in ("person", "name of person") for key, _at in named(kind)})
        ]
        self._names = [
            (rule, place("name", number), place("name in JSON", number))
            for number, rule in enumerate(self.rules)
        ]
        self._marks = _marks(of_case, place)
        self._due, self._due_in_json = place("due"), place("due in JSON")
        self._purpose, self._customers = place("purpose"), place("customer reference")
        self._reference, self._number, self._sort_key = map(place, ("reference", "number", "sort key"))
        self._stated, self._known_as, self._words = map(place, ("stated", "known as", "words"))
        self._size = len(self.places.of)

    def values(
        self, planned: Planned, keys: dict[type[Model], Iterator[int]], dice: random.Random
    ) -> list[Any]:
        """Give every value of a copy, at its place."""
        values: list[Any] = [""] * self._size
        for model, at in self._models:
            values[at] = next(keys[model])
        self._put_times(values, planned)
        for person, at, in_json in self._people:
            user = self._crew.like(person, dice)
            values[at], values[in_json] = user.key, user.name_in_json
        for what, at, of_file in self._marks:
            values[at] = planned.submission if what is Mark.SUBMISSION else _new_mark(what, dice)
            if of_file is not None:
                values[of_file[0]] = evidence_files.name_for(values[at], of_file[1])
        values[self._reference] = planned.reference
        self._put_case(values, planned, dice)
        self._put_names(values, planned, dice)
        self._put_events(values)
        return values

    def _put_times(self, values: list[Any], planned: Planned) -> None:
        later = planned.opened_at - self.opened_at
        stored = self._database.stored
        for at, time, at_stored in self._times:
            values[at] = text = moment(time + later)
            values[at_stored] = stored(text)
        for day, at in self._days:
            values[at] = (day + datetime.timedelta(days=later.days)).isoformat()

    def _put_case(self, values: list[Any], planned: Planned, dice: random.Random) -> None:
        day = due(dice, planned.opened_at, self._today)
        values[self._due] = day.isoformat() if day else self._database.nothing
        values[self._due_in_json] = f'"{day.isoformat()}"' if day else "null"
        values[self._purpose] = dice.choice(PURPOSES)
        values[self._customers] = customer_reference(dice)

    def _put_names(self, values: list[Any], planned: Planned, dice: random.Random) -> None:
        """Names and numbers, and what the case is found by."""
        key = values[self._own_key]
        own = names.firm(dice, self.country) if self.is_named else names.NO_NAME
        made = [rule.made(dice, self.country, own, key) for rule, _at, _in_json in self._names]
        for name, (_rule, at, in_json) in zip(made, self._names, strict=True):
            values[at], values[in_json] = name.text, name.as_json
        values[self._sort_key] = own.sort_key
        value = numbers.number(self.kind, self.country, key)
        number = Organisation(country=self.country, kind=self.kind, value=value).number
        values[self._number] = number
        found: dict[str, None] = {}
        found.update(names.words_of_reference(planned.reference))
        found.update(names.words_of_number(number))
        found.update(own.words)
        found.update(names.words_of_customer_reference(values[self._customers]))
        for entries, at in ((self.stated, self._stated), (self.known_as, self._known_as)):
            its = [made[self.numbers[text]] for text, _what in entries]
            for name in its:
                found.update(name.words)
            entries_of_copy = [(name.text, what) for name, (_text, what) in zip(its, entries, strict=True)]
            values[at] = self._database.text(json.dumps(entries_of_copy))
        values[self._words] = " ".join(found)

    def _put_events(self, values: list[Any]) -> None:
        for at, format_ in self.hits:
            values[at] = sha256(format_.fill(values).encode()).hexdigest()[:HIT_DIGITS]
        salts = os.urandom(SALT_BYTES * len(self.events)).hex()
        in_database = self._database.text
        for number, event in enumerate(self.events):
            salt = salts[number * SALT_LENGTH : (number + 1) * SALT_LENGTH]
            body = event.body_text.fill(values)
            values[event.salt], values[event.body] = salt, in_database(body)
            values[event.detail_hash] = sha256((salt + body).encode()).hexdigest()
            values[event.hash] = sha256(event.link_text.fill(values).encode()).hexdigest()


def _marks(of_case: PatternRows, place: Callable[..., int]) -> list[tuple[Mark, int, tuple[int, str] | None]]:
    """What each mark is and where; of a hash also where its file is named, and the kind of that result."""
    found: dict[str, tuple[Mark, tuple[int, str] | None]] = {
        of_case.case.submission.hex: (Mark.SUBMISSION, None)
    }
    found.update((session.provider_id, (Mark.SESSION, None)) for session in of_case.rows[AmlSession])
    found.update((attempt.token, (Mark.TOKEN, None)) for attempt in of_case.rows[CreateAttempt])
    found.update(
        (artefact.sha256, (Mark.SHA256, (place("mark", artefact.file), artefact.kind)))
        for artefact in of_case.rows[Artefact]
    )
    found.pop("", None)
    return [(mark, place("mark", text), of_file) for text, (mark, of_file) in found.items()]


def _new_mark(mark: Mark, dice: random.Random) -> str:
    if mark is Mark.TOKEN:
        return CreateAttempt.new_token()
    if mark is Mark.SESSION:
        return f"seed-{uuid.UUID(int=dice.getrandbits(128))}"
    return f"{dice.getrandbits(256):064x}"
