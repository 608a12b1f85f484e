"""What people put into the timeline. The words are the detail of an event: chained, and erasable by the law."""

import uuid

from django.db import models

from cases.models.audit.event import AuditEvent


class Note(models.Model):
    """The record that a form was sent: one submission makes one event, however often it is sent."""

    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="note")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"note of {self.event_id}"
