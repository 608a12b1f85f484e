"""The signatory check that was saved last: who checked, when, what was answered, and by which capture."""

import json
from dataclasses import dataclass

from cases.findings.untold import AUTHORITIES
from cases.models import AuditEvent, Case, Verb
from cases.models.audit.subject import EventSubject
from cases.presentation.capture_reading import CaptureReading

MOST_NAMED = 20


@dataclass(frozen=True)
class SavedCheck:
    """A signatory check as it was answered then. `actor` is None, and nothing else known, if the law erased it."""

    event: AuditEvent
    actor: str | None
    signed: tuple[str, ...]
    signature_right: str
    procuration: str
    # The numbers of the captures it rests on and that are shown beside it; 0 for none.
    capture: int
    shown: int

    @property
    def is_erased(self) -> bool:
        return self.event.detail.erased_at is not None

    @property
    def named(self) -> tuple[str, ...]:
        return self.signed[:MOST_NAMED]

    @property
    def others(self) -> int:
        """How many more signed than are named."""
        return len(self.signed) - len(self.named)

    @property
    def is_of_an_earlier(self) -> bool:
        return 0 < self.capture < self.shown

    @property
    def is_of_a_later(self) -> bool:
        return 0 < self.shown < self.capture


def last_saved(case: Case, reading: CaptureReading) -> SavedCheck | None:
    """The signatory check saved last, beside the capture whose rules to sign are shown; None if none was saved."""
    event = AuditEvent.objects.of_case(case).with_verbs(Verb.SIGNERS_CHECKED).newest_first().first()
    if event is None:
        return None
    erased = event.detail.erased_at is not None
    detail = {} if erased else json.loads(event.detail.body)
    subject = EventSubject.parse(event.subject)
    rules = reading.result.origin.get(AUTHORITIES)
    shown = rules.number if rules else reading.session.number if reading.session else 0
    return SavedCheck(
        event=event,
        actor=detail.get("actor"),
        signed=tuple(map(str, detail.get("signed", ()))),
        signature_right=detail.get("signature_right", ""),
        procuration=detail.get("procuration", ""),
        capture=(subject.number or 0) if subject else 0,
        shown=shown,
    )
