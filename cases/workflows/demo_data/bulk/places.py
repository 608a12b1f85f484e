"""Where each value that differs from copy to copy stands, in the one list of values that a copy is made from."""

import datetime
import json
import re
import uuid
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, JSONField, Model

from cases.models import AmlSession, Artefact, CreateAttempt, Organisation, PolicyVersion, User
from cases.workflows.audit.chain import canonical
from cases.workflows.demo_data.bulk.pattern_rows import PatternRows

# What a value is, and of what in the pattern: ("key", model, 17), ("time", a moment), ("hash", 3).
What = tuple[Hashable, ...]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")
# Around the number of a place, inside a text that goes through JSON: as a text, and as a value without quotes.
INSIDE, ALONE = "\x01", "\x02"
IN_JSON = re.compile(r'\\u0001(\d+)\\u0001|"\\u0002(\d+)\\u0002"')
# Known by the key of a detail alone.
BY_KEY = {"due": "due in JSON", "purpose": "purpose", "customer_reference": "customer reference"}

# A text parted into what stays and the places of what does not.
Parts = list[str | int]


def inside(place: int) -> str:
    """Mark a place inside a text that goes through JSON."""
    return f"{INSIDE}{place}{INSIDE}"


def alone(place: int) -> str:
    """Mark the place of a value that brings its own quotes, if it has any."""
    return f"{ALONE}{place}{ALONE}"


@dataclass(frozen=True)
class Bytes:
    """Parts of what is no text to the database."""

    parts: Parts


class Places:
    """The places of one pattern, given out as they are asked for."""

    def __init__(self, of_case: PatternRows, names: dict[str, int]) -> None:
        """`names`: texts that stand for names and numbers; each is at a place of its own."""
        self.of: dict[What, int] = {}
        self._models = {*of_case.rows}
        self._marks = {mark: self.place("mark", mark) for mark in marks(of_case)}
        self._mark = re.compile("|".join(map(re.escape, sorted(self._marks, key=len, reverse=True))))
        organisation = of_case.rows[Organisation][0]
        self._names = names
        self._whole = {text: self.place("name", number) for text, number in names.items()}
        self._whole[of_case.case.reference] = self.place("reference")
        if organisation.sort_key:
            self._whole[organisation.sort_key] = self.place("sort key")
        self._people = {person.name: person.pk for person in User.objects.filter(pk__in=people(of_case))}
        self._number = organisation.number

    def place(self, *what: Hashable) -> int:
        """The place of a value, the next one if it has none yet."""
        return self.of.setdefault(what, len(self.of))

    def named(self, kind: str) -> list[tuple[Any, int]]:
        """What there is of a kind, with its places."""
        return [
            (what[1] if len(what) == 2 else what[1:], at) for what, at in self.of.items() if what[0] == kind
        ]

    # --- Columns ---

    def of_column(self, field: Field, value: Any) -> Parts | Any:
        """What to write in a column: a value that stays, or parts with places."""
        if (
            value is None or field.related_model is PolicyVersion
        ):  # which is the portal's, whatever case it is
            return value
        if field.remote_field is not None and field.related_model is not None:
            return [self._of_relation(field.related_model, value)]
        if field.primary_key:
            return [self.place("key", field.model, value)]
        if isinstance(field, JSONField):
            return self.parted(json.dumps(value))
        if isinstance(value, str):
            return [self._whole[value]] if value in self._whole else self.parted(value)
        return self._of_no_text(value)

    def _of_no_text(self, value: Any) -> Parts | Any:
        if isinstance(value, datetime.datetime):
            return [self.place("stored time", value)]
        if isinstance(value, datetime.date):
            return [self.place("day", value)]
        if isinstance(value, bytes | memoryview):
            return Bytes(self.parted(bytes(value).decode("ascii")))
        return self.parted(value.hex) if isinstance(value, uuid.UUID) else value

    def _of_relation(self, model: Any, key: Any) -> int:
        if model is User:
            return self.place("person", key)
        if model not in self._models:
            raise LookupError(f"{model.__name__} is not of those that a case has rows of (pattern_rows.py)")
        return self.place("key", model, key)

    def parted(self, text: str) -> Parts:
        """Part a text at what is marked in it."""
        parts: Parts = []
        at = 0
        for found in self._mark.finditer(text):
            parts += [text[at : found.start()], self._marks[found[0]]]
            at = found.end()
        return [part for part in (*parts, text[at:]) if part != ""]

    # --- JSON of events ---

    def of_json(self, value: dict[str, Any], keys: dict[str, int] | None = None) -> Parts:
        """Part a JSON object in its canonical form. `keys` are places of numbers, by the key that they have in it."""
        text = canonical({key: self._told(key, inner, keys or {}) for key, inner in value.items()})
        parts: Parts = []
        at = 0
        for found in IN_JSON.finditer(text):
            parts += [text[at : found.start()], int(found[1] or found[2])]
            at = found.end()
        return [*parts, text[at:]]

    def _told(self, key: str, value: Any, keys: dict[str, int]) -> Any:
        """A value with the places in it marked."""
        if isinstance(value, dict):
            return {inner: self._told(inner, one, keys) for inner, one in value.items()}
        if isinstance(value, list):
            return [self._told("", one, keys) for one in value]
        if key in keys:
            return alone(keys[key])
        if key in BY_KEY:
            return (alone if key == "due" else inside)(self.place(BY_KEY[key]))
        if key == "assignee_id" and value is not None:
            return alone(self.place("person", value))
        return self.told_text(value, key) if isinstance(value, str) else value

    def told_text(self, value: str, key: str = "") -> str:
        """A text with the places in it marked."""
        if key in {"actor", "assignee"} and value in self._people:
            return alone(self.place("name of person", self._people[value]))
        if MOMENT.fullmatch(value):
            return self.time(datetime.datetime.fromisoformat(value))
        if value == self._number:
            return inside(self.place("number"))
        if value in self._names:
            return alone(self.place("name in JSON", self._names[value]))
        if value in self._whole:
            return inside(self._whole[value])
        marked = self.parted(value)
        return "".join(part if isinstance(part, str) else inside(part) for part in marked)

    def time(self, at: datetime.datetime) -> str:
        """A moment as events tell it, marked."""
        return inside(self.place("time", at))


def marks(of_case: PatternRows) -> set[str]:
    """What is another text in every copy, wherever it stands: keys of the provider, tokens, files and their hashes."""
    found = {of_case.case.submission.hex}
    found.update(session.provider_id for session in of_case.rows[AmlSession])
    found.update(attempt.token for attempt in of_case.rows[CreateAttempt])
    found.update(artefact.sha256 for artefact in of_case.rows[Artefact])
    found.update(artefact.file for artefact in of_case.rows[Artefact])
    return found - {""}


def people(of_case: PatternRows) -> set[int]:
    """The keys of everybody who has to do with a case."""
    return {
        key
        for row in of_case.everything
        for field in row._meta.concrete_fields
        if field.related_model is User and (key := getattr(row, field.attname)) is not None
    }


def columns(model: type[Model]) -> list[Field]:
    """The columns that are written: what the database generates by itself is not."""
    return [field for field in model._meta.concrete_fields if not field.generated]
