"""What the portal's own chain tells of people."""

import json
from typing import Any

from cases.models import AuditEvent, User
from cases.models.audit.subject import EventSubject


def events_of(person: User) -> list[tuple[str, dict[str, Any]]]:
    """The events about a person in their order: verb and detail, without what every one has."""
    events = (
        AuditEvent.objects.of_portal()
        .filter(subject=str(EventSubject.person(person.pk)))
        .select_related("detail")
    )
    found = []
    for event in events.order_by("sequence"):
        detail = json.loads(event.detail.body)
        assert detail.pop("person") == User.objects.get(pk=person.pk).name
        found.append(
            (event.verb, {name: value for name, value in detail.items() if name not in {"was", "now"}})
        )
    return found


def verbs(person: User) -> list[str]:
    return [verb for verb, _detail in events_of(person)]
