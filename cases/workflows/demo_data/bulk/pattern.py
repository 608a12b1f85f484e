"""A case history made ready to be copied: what stays of its rows, and what each copy has of its own."""

import datetime
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model

from cases.models import (
    Artefact,
    AuditChain,
    AuditDetail,
    AuditEvent,
    Case,
    CaseSearch,
    Delivery,
    Hit,
    Organisation,
    SignatureCheck,
    Verb,
)
from cases.models.audit.subject import EventSubject
from cases.workflows.audit.chain import Link
from cases.workflows.audit.recorded_columns import HIT, HIT_DIGITS, ROW, hit_digest
from cases.workflows.audit.recorded_columns import columns as recorded
from cases.workflows.demo_data.bulk.formats import Format
from cases.workflows.demo_data.bulk.pattern_names import rules
from cases.workflows.demo_data.bulk.pattern_rows import PatternRows
from cases.workflows.demo_data.bulk.places import Bytes, Parts, Places, alone, columns, inside
from cases.workflows.demo_data.bulk.writing import Database

CHECKED = Verb.SIGNATURE_CHECKED
# Columns of which each copy has its own value: model, column, and what that is.
OWN = {
    (Case, "reference"): "reference",
    (Case, "due"): "due",
    (Case, "purpose"): "purpose",
    (Case, "customer_reference"): "customer reference",
    (CaseSearch, "stated"): "stated",
    (CaseSearch, "known_as"): "known as",
    (CaseSearch, "words"): "words",
}


@dataclass(frozen=True, slots=True)
class EventFormat:
    """An event of the chain: the places of what it is made of, and the texts that are hashed."""

    salt: int
    body: int
    detail_hash: int
    hash: int
    body_text: Format
    link_text: Format


class Pattern:
    """One case of which copies are made."""

    def __init__(self, of_case: PatternRows, database: Database) -> None:
        case, organisation = of_case.case, of_case.rows[Organisation][0]
        self._of_case = of_case
        self.opened_at, self.country, self.kind = case.opened_at, organisation.country, organisation.kind
        self.lasts = max(_times(of_case)) - case.opened_at
        search = of_case.rows[CaseSearch][0]
        self.stated, self.known_as = search.stated, search.known_as
        self.rules = rules(of_case)
        self.numbers = {rule.text: number for number, rule in enumerate(self.rules)}
        self.is_named = bool(organisation.name)
        self.places = Places(of_case, self.numbers)
        self.events = [self._event(place, *both) for place, both in enumerate(of_case.events)]
        self.rows = [
            (model, database.row_format([self._column(row, field) for field in columns(model)]))
            for model, rows in of_case.rows.items()
            for row in rows
        ]
        hit_digests = self.places.named("hit digest")
        self.hits = [(at, Format(self._hit_parts(*key))) for key, at in hit_digests]
        self.needed = Counter(model for (model, _key), _at in self.places.named("key"))

    # --- Events ---

    def _event(self, number: int, event: AuditEvent, detail: AuditDetail) -> EventFormat:
        place = self.places.place
        body = self._detail(event, detail)
        # Of what an event tells only a check has a key.
        check = {"id": place("key", SignatureCheck, body[ROW]["id"])} if event.verb == CHECKED else {}
        link = dict(
            zip(
                Link._fields,
                (
                    alone(place("key", Case, self._of_case.case.pk)),
                    event.sequence,
                    self.places.time(event.at),
                    event.verb,
                    None if event.actor_id is None else alone(place("person", event.actor_id)),
                    event.subject,
                    self.places.told_text(event.rests_on),
                    inside(place("detail hash", number)),
                    inside(place("hash", number - 1)),
                ),
                strict=True,
            )
        )
        return EventFormat(
            salt=place("salt", number),
            body=place("body", number),
            detail_hash=place("detail hash", number),
            hash=place("hash", number),
            body_text=Format(self.places.of_json(body, check)),
            link_text=Format(self.places.of_json(link)),
        )

    def _detail(self, event: AuditEvent, detail: AuditDetail) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(detail.body)
        if event.verb == Verb.HITS_FOUND:
            body[ROW]["hits"] = [self._hit_digest(event, digest) for digest in body[ROW]["hits"]]
        return body

    def _hit_digest(self, event: AuditEvent, digest: str) -> str:
        """Who it is stays; what its row says is another thing for every copy."""
        who = digest[:HIT_DIGITS]
        hit = next(row for row in self._of_case.rows[Hit] if hit_digest(row).startswith(who))
        artefact = next(
            row
            for row in self._of_case.rows[Artefact]
            if str(EventSubject.result(row.session.number, row.kind)) == event.subject
        )
        return who + inside(self.places.place("hit digest", hit.pk, artefact.pk))

    def _hit_parts(self, hit: int, last_seen: int) -> Parts:
        row = next(row for row in self._of_case.rows[Hit] if row.pk == hit)
        keys = {
            name: self.places.place("key", Artefact, key)
            for name, key in (("first_seen_id", row.first_seen_id), ("last_seen_id", last_seen))
        }
        return self.places.of_json(recorded(row, HIT), keys)

    # --- Columns ---

    def _column(self, row: Model, field: Field) -> Parts | Bytes | Any:
        """What is written in a column of a row."""
        model, name, place = type(row), field.attname, self.places.place
        if (model, name) in OWN:
            return [place(OWN[model, name])]
        if isinstance(row, AuditChain) and name == "head":
            return [place("hash", row.length - 1)]
        if isinstance(row, AuditEvent) and name in {"detail_hash", "hash", "previous_hash"}:
            number = row.sequence - (2 if name == "previous_hash" else 1)
            return [place("detail hash" if name == "detail_hash" else "hash", number)]
        if isinstance(row, AuditDetail) and name in {"salt", "body"}:
            number = next(
                number for number, (_event, detail) in enumerate(self._of_case.events) if detail is row
            )
            return [place(name, number)]
        return self.places.of_column(field, getattr(row, name))


def _times(of_case: PatternRows) -> Iterator[datetime.datetime]:
    """When something happened in a case."""
    yield of_case.case.updated_at
    if of_case.case.read_at:
        yield of_case.case.read_at
    yield from (event.at for event in of_case.rows[AuditEvent])
    yield from (delivery.received_at for delivery in of_case.rows[Delivery])
