"""One capture as a person reads it, on the page and on paper."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from cases.findings.captures.evidence import Evidence
from cases.findings.result import Result
from cases.findings.verdicts.summary import Summary, summary
from cases.findings.vocabulary.presence import Capture
from cases.findings.vocabulary.sections import SCREENING
from cases.findings.vocabulary.wording import Words
from cases.models import AmlSession, Artefact, ArtefactKind
from cases.presentation import document_status
from cases.presentation.judged_hits import NOBODY_JUDGED, HitJudgements


@dataclass(frozen=True)
class CaptureReading:
    """What there is to read of one capture: `session`, with `artefact` its JSON result; None if there is none.

    `spoiled` says why captured bytes cannot be shown; '' if they can. `out_of_reach` is the one reason that passes by
    itself: the store cannot be read at the moment. `earlier` are the results of earlier captures that are read with it.
    `judged` is what people judged the hits of the result to be.
    """

    session: AmlSession | None
    artefact: Artefact | None
    result: Result
    spoiled: Words = ""
    out_of_reach: bool = False
    earlier: tuple[Artefact, ...] = ()
    judged: HitJudgements = NOBODY_JUDGED

    def artefact_of(self, word: str) -> Artefact | None:
        """The JSON result that an element comes from, by its expand word."""
        origin = self.result.origin.get(word)
        found = (other for other in self.earlier if origin and other.session.number == origin.number)
        return next(found, self.artefact)

    @property
    def screened_at(self) -> datetime.datetime | None:
        """When the result that the screening comes from was captured."""
        result = self.artefact_of(SCREENING)
        return result.captured_at if result else None

    @property
    def mark(self) -> str:
        """The SHA-256 of every result that is read, joined: another for each set of results."""
        return ".".join(result.sha256 for result in (self.artefact, *self.earlier) if result is not None)

    @property
    def is_captured(self) -> bool:
        return self.artefact is not None and self.artefact.is_captured

    @property
    def is_readable(self) -> bool:
        return self.result.ordered.capture == Capture.CAPTURED and self.is_captured

    @property
    def is_usable(self) -> bool:
        """May anything be concluded from it? Not from one that cannot be read, or is about another organisation."""
        return self.is_readable and not (self.is_about_another or self.spoiled)

    @property
    def is_waiting(self) -> bool:
        return self.session is not None and is_waiting(self.session)

    def summary(self, number: str, today: datetime.date, of_case: Sequence[AmlSession]) -> Summary:
        """What the capture comes to, result and documents together; `number` is the organisation's that was ordered.

        `of_case` are all sessions of the case: what did not come with this one may have come with a later.
        """
        return summary(self.result, self.evidence(number, today, of_case))

    def evidence(self, number: str, today: datetime.date, of_case: Sequence[AmlSession]) -> Evidence:
        """What is known of the capture beside what its result says."""
        return Evidence(
            today=today,
            ordered=number,
            about_us=self.artefact.about_us if self.artefact else None,
            documents=document_status.documents(self.session, of_case) if self.session else (),
            spoiled=self.spoiled,
            earlier=self.session.earlier_number if self.session else "",
            screened_on=self._screened_on(of_case),
        )

    def _screened_on(self, of_case: Sequence[AmlSession]) -> datetime.date | None:
        """The day of the screening, if anything was ordered since."""
        result = self.artefact_of(SCREENING)
        if result is None or result.captured_at is None or self.session is None:
            return None
        number = result.session.number if result in self.earlier else self.session.number
        is_older = any(session.number > number for session in of_case)
        return timezone.localdate(result.captured_at) if is_older else None

    @property
    def is_about_another(self) -> bool:
        return self.is_readable and self.artefact is not None and self.artefact.about_us is False

    @property
    def does_not_say_about_whom(self) -> bool:
        return self.is_readable and self.artefact is not None and self.artefact.about_us is None


def result_of(session: AmlSession) -> Artefact | None:
    """The JSON result of a session, from artefacts that were fetched with it."""
    return next(
        (artefact for artefact in session.artefacts.all() if artefact.kind == ArtefactKind.JSON), None
    )


def is_waiting(session: AmlSession) -> bool:
    """Is the JSON result still to come? If not, there is something to read, be it that nothing will come."""
    artefact = result_of(session)
    return session.is_active and artefact is not None and artefact.is_pending
