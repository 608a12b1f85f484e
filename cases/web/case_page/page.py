"""What the case page shows around its tabs: which capture is read, which one is running, what may be done."""

import datetime
import uuid
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.assessment.policy.requirement_terms import RequirementSet
from cases.findings.screening.hit_counts import HitCount
from cases.findings.verdicts.summary import Summary
from cases.findings.vocabulary.wording import Words
from cases.models import (
    AmlSession,
    Case,
    CaseReport,
    Decision,
    ReportKind,
    SessionState,
    SignatureCheck,
    User,
)
from cases.models.capture.outcome import came_to_nothing, is_unknown_number
from cases.models.casework.identity import Number, firm_of, is_number_shared
from cases.presentation import document_status
from cases.presentation.capture_reading import CaptureReading, is_waiting, result_of
from cases.presentation.case_owners import CaseOwners
from cases.presentation.paging import Paging
from cases.presentation.requirement_statuses import CaseRequirements
from cases.presentation.risk_in_force import CaseRisk
from cases.web.case_page import capture_progress
from cases.web.case_page.awaited import Awaited, awaited
from cases.web.case_page.permits import Permits
from cases.web.case_page.tab_names import AnyTab, Tab
from cases.web.case_page.tab_view import TabView
from cases.web.ordering import order_options
from cases.workflows import heartbeat
from cases.workflows.casework import risk_in_force
from cases.workflows.casework.decisions import countersigning, proposals
from cases.workflows.casework.owners import case_owners
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.ordering.session_requests import ResultRequest
from cases.workflows.policy.versions import NothingInForce
from cases.workflows.provider import contract
from cases.workflows.results.read_capture import read_session
from cases.workflows.results.which_capture import to_read

MOST_SHARING = 5


@dataclass
class CasePage:
    """One view of a case. `chosen` is the capture a person picked, None for the newest that can be read."""

    case: Case
    user: User
    tab: AnyTab
    view: TabView
    chosen: int | None
    now: datetime.datetime
    paging: Paging
    shows_anyway: bool = False

    @cached_property
    def sessions(self) -> list[AmlSession]:
        """Every session of the case, newest first, with what belongs to it."""
        checks = SignatureCheck.objects.select_related("ordered_by")
        if not self.view.reads_signatures:
            checks = checks.defer("signatures")
        found = self.case.sessions.select_related("requested_by", "ordered_for").prefetch_related(
            "artefacts", Prefetch("artefacts__signature_checks", checks), "attempts"
        )
        return list(found.order_by("-number"))

    @property
    def newest(self) -> AmlSession | None:
        return self.sessions[0] if self.sessions else None

    @cached_property
    def read_session(self) -> AmlSession | None:
        """The capture that is read: the chosen one, else as the portal picks it."""
        return self._numbered(self.chosen) if self.chosen is not None else to_read(self.sessions)

    @cached_property
    def reading(self) -> CaptureReading:
        return read_session(self.read_session, self.sessions)

    @property
    def waits_for(self) -> AmlSession | None:
        """The capture that is read, while its result is still to come."""
        session = self.read_session
        return session if session is not None and is_waiting(session) else None

    @cached_property
    def awaited(self) -> Awaited | None:
        """What is known of the result that is waited for; None if none is."""
        return awaited(self.waits_for) if self.waits_for else None

    @property
    def held_up(self) -> str:
        """Why the result does not come just now, in a sentence; '' if nothing is in its way."""
        return self.waits_for.why if self.waits_for else ""

    @cached_property
    def progress(self) -> capture_progress.CaptureProgress | None:
        """How far the chosen capture is, else the newest."""
        session = self._numbered(self.chosen) if self.chosen is not None else self.newest
        return capture_progress.progress_of(session, self.now) if session else None

    @property
    def is_capture_complete(self) -> bool:
        """Did everything of the capture that the progress is about come, without a flaw, and is nothing awaited?"""
        if self.progress is None or self.is_live or self.progress.flaws:
            return False
        return self.progress.session.state == SessionState.COMPLETE

    @property
    def is_live(self) -> bool:
        """Does the page ask for changes: to results, or to the signature check of a document that just came?"""
        if self.progress is None:
            return False
        session = self.progress.session
        return session.is_active or document_status.is_awaited(session, self.now)

    @property
    def is_watched(self) -> bool:
        """Does the page ask what is new? Some tabs do even when no capture runs."""
        return self.is_live or self.view.is_always_watched

    @cached_property
    def silence(self) -> list[str]:
        """Which parts of the portal have been silent too long."""
        return heartbeat.silence()

    @property
    def is_silent(self) -> bool:
        """Does the capture wait for a queue that does nothing?"""
        return self.is_live and heartbeat.QUEUE in self.silence

    @property
    def queue_warning(self) -> str:
        """One sentence where nothing is being worked on; '' else."""
        return heartbeat.words(self.silence)

    @property
    def reads_an_earlier_capture(self) -> bool:
        return self.read_session is not None and self.read_session is not self.newest

    @property
    def reads_what_counts(self) -> bool:
        """Is the capture that is read the one on which everything of the case rests?"""
        return self.chosen is None or self.read_session == to_read(self.sessions)

    @property
    def shows_news(self) -> bool:
        """Is the newest capture shown, or, where an earlier one is read in its place, what it did not bring?"""
        if not self.reads_an_earlier_capture:
            return True
        return self.chosen is None and self.newest is not None and self.newest.is_ended

    @property
    def read_at(self) -> datetime.datetime | None:
        """When the result that is read was captured; when it was ordered, as long as it is not captured."""
        if self.read_session is None:
            return None
        artefact = result_of(self.read_session)
        return (artefact.captured_at if artefact else None) or self.read_session.requested_at

    @property
    def ordered_words(self) -> list[Words]:
        """What was ordered with the capture that is read, as a person ticks it."""
        session = self.read_session
        ticks = order_options.ticks_of(contract(), ResultRequest.of(session)) if session else ()
        return order_options.words_of(contract(), ticks)

    @cached_property
    def summary(self) -> Summary:
        """What the capture that is read comes to, with its documents."""
        return self.reading.summary(
            self.case.organisation.number, timezone.localdate(self.now), self.sessions
        )

    @cached_property
    def risk(self) -> CaseRisk:
        """The risk class of the case, with what it comes from."""
        return risk_in_force.case_risk(self.case, self.reading, timezone.localdate(self.now))

    @cached_property
    def owners(self) -> CaseOwners:
        """Who may be a beneficial owner, with what people concluded."""
        return case_owners.of_reading(self.case, self.reading, timezone.localdate(self.now))

    @cached_property
    def requirements(self) -> CaseRequirements | None:
        """What the case must show, and how far it does; None if no requirement set is in force."""
        try:
            return self.requirements_by(None)
        except NothingInForce:
            return None

    def requirements_by(self, draft: RequirementSet | None) -> CaseRequirements:
        """The same by another set than that of the case. Raises NothingInForce."""
        today = timezone.localdate(self.now)
        return requirement_status.of_reading(
            self.case, self.reading, self.sessions, today, risk=self.risk, owners=self.owners, draft=draft
        )

    @property
    def is_quarantined(self) -> bool:
        """Is the tab kept back: is the result about another organisation, and not asked for all the same?"""
        return self.reading.is_about_another and not self.shows_anyway and self.view.shows_result

    @property
    def open_hits(self) -> HitCount:
        """How many hits are to be judged; none of a result about another organisation."""
        return HitCount(0) if self.reading.is_about_another else self.reading.result.screening.hit_count

    @property
    def sharing_a_number(self) -> list[Case]:
        """Cases on organisations with the same DUNS number or LEI, but another organisation number: the newest few."""
        if not is_number_shared(self.case.organisation):
            return []
        others = firm_of(Number.of(self.case.organisation.identifier)).contradicted
        found = Case.objects.filter(organisation__in=others).select_related("organisation")
        return list(found.order_by("-opened_at", "-pk")[:MOST_SHARING])

    @property
    def query(self) -> str:
        """The query of addresses by which the chosen capture stays chosen, and is shown whomever it is about."""
        kept = {"session": self.chosen, "anyway": 1 if self.shows_anyway else None}
        query = urlencode({name: value for name, value in kept.items() if value is not None})
        return f"?{query}" if query else ""

    @property
    def anyway_address(self) -> str:
        """Where the tab is shown although its result is about another organisation."""
        return address(self.case, self.tab) + replace(self, shows_anyway=True).query

    @property
    def newest_address(self) -> str:
        return address(self.case, self.tab)

    def _numbered(self, number: int) -> AmlSession:
        for session in self.sessions:
            if session.number == number:
                return session
        raise Http404(_("The case has no such capture."))

    # --- Reports ---

    @cached_property
    def reports(self) -> list[CaseReport]:
        """Every report of the case, newest first."""
        return list(self.case.reports.select_related("ordered_by", "session").order_by("-number"))

    @property
    def awaits_report(self) -> bool:
        return any(report.is_ordered for report in self.reports)

    @property
    def reports_mark(self) -> str:
        """A mark that changes with what the list of reports shows."""
        moving = sum(report.claims for report in self.reports if report.is_ordered)
        return f"{len(self.reports)}-{sum(not report.is_ordered for report in self.reports)}-{moving}"

    @property
    def report_kinds(self) -> list[ReportKind]:
        """The kinds of report that can be made."""
        return [*ReportKind]

    @cached_property
    def submission(self) -> uuid.UUID:
        """The submission of the forms of this page: one press is one request, however often it is sent."""
        return uuid.uuid4()

    # --- What may be done ---

    @cached_property
    def permits(self) -> Permits:
        return Permits(self)

    @cached_property
    def came_to_nothing(self) -> bool:
        """Has no order brought anything that may be used, and is none under way that might?"""
        return came_to_nothing(self.sessions)

    @property
    def lacks_parts(self) -> bool:
        """Can what did not come be ordered by itself, beside what came and can be used?"""
        newest = self.newest
        return (
            newest is not None
            and not newest.is_about_another
            and any(session.has_usable for session in self.sessions)
        )

    @property
    def is_unknown_number(self) -> bool:
        """Does the provider know nothing under the number that was typed?"""
        return self.newest is not None and is_unknown_number(self.newest, self.sessions)

    @cached_property
    def proposal(self) -> Decision | None:
        """The proposed decision that waits for a second person."""
        return proposals.awaited_of(self.case)

    @property
    def may_countersign(self) -> bool:
        """Can the reader be the second person for the proposal that waits?"""
        return self.proposal is not None and not countersigning.why_not(self.proposal, self.user)

    @property
    def action(self) -> str:
        """The one action in front: 'resolve' | 'correct' | 'countersign' | 'take' | ''. What costs is in the menu."""
        if self.permits.may_resolve:
            return "resolve"
        if self.is_unknown_number and self.permits.may_correct:
            return "correct"
        if self.may_countersign and self.tab is not Tab.DECISION:
            return "countersign"
        return "take" if self.permits.may_take else ""

    @property
    def is_overdue(self) -> bool:
        return self.case.is_overdue(timezone.localdate(self.now))


def address(case: Case, tab: AnyTab) -> str:
    """The address of a tab. The overview has the case's own address only when somebody opens the case."""
    return reverse("case_tab", args=[case.reference, tab])
