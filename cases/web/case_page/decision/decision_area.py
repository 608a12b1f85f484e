"""What the tab Decision shows: the form, or what waits, is void or was decided, with what it rests on then and now."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.assessment.decision.basis import Basis, Change, PartName
from cases.assessment.decision.draft import latest_review
from cases.assessment.policy.requirement_terms import Check
from cases.assessment.requirements.work_out import RequirementStatus
from cases.models import ArtefactKind, AuditEvent, CaseState, Decision, User, Verb
from cases.models.audit.subject import EventSubject
from cases.presentation.requirement_statuses import CaseRequirements
from cases.web.case_page.decision.decision_form import (
    DecisionForm,
    Kept,
    ReopenForm,
    SecondForm,
    served,
)
from cases.web.case_page.page import CasePage
from cases.web.case_page.requirements.requirement_list import (
    RequirementLine,
    RequirementList,
    own_address,
    place_of_work,
)
from cases.workflows.casework.decisions import case_basis, countersigning, proposals, proposing, reopening
from cases.workflows.casework.decisions.case_basis import CaseBasis
from cases.workflows.policy.versions import NothingInForce


@dataclass(frozen=True)
class PartRow:
    """A part of what a decision rests on: how it was when it was proposed, how it is now, and what of it changed."""

    title: str | Promise
    was: str
    now: str
    changes: tuple[Change, ...]


@dataclass
class DecisionArea:
    """The tab Decision. The forms are what a person filled in and was refused, `problem` why; None if served."""

    page: CasePage
    form: DecisionForm | None = None
    answer: SecondForm | None = None
    reopen: ReopenForm | None = None
    problem: str | Promise = ""
    # The requirements for which an approval was just refused.
    refused_for: Sequence[RequirementStatus] = ()

    @cached_property
    def present(self) -> CaseBasis | None:
        """What a decision would rest on now; None if no requirement set is in force."""
        today = timezone.localdate(self.page.now)
        try:
            if self.page.reads_what_counts:
                requirements = self.page.requirements_by(None)
                return CaseBasis(
                    case=self.page.case,
                    sessions=self.page.sessions,
                    reading=self.page.reading,
                    owners=self.page.owners,
                    risk=self.page.risk,
                    requirements=requirements,
                    today=today,
                )
            return case_basis.of_case(self.page.case, today)
        except NothingInForce:
            return None

    @property
    def requirements(self) -> CaseRequirements | None:
        return self.present.requirements if self.present else None

    @property
    def listed(self) -> RequirementList | None:
        return RequirementList(self.page.case, self.requirements) if self.requirements else None

    @cached_property
    def decisions(self) -> list[Decision]:
        """Every decision and proposal of the case, the newest first."""
        return proposals.of_case(self.page.case)

    @property
    def newest(self) -> Decision | None:
        return self.decisions[0] if self.decisions else None

    @property
    def awaited(self) -> Decision | None:
        """The proposal that waits for a second person."""
        return self.newest if self.newest and self.newest.is_awaited else None

    @property
    def made(self) -> Decision | None:
        """The decision that closed the case."""
        is_made = self.page.case.is_decided and self.newest is not None and self.newest.is_confirmed
        return self.newest if is_made else None

    @property
    def shown(self) -> Decision | None:
        """The proposal that is shown with what it rests on: the newest, unless the case was reopened since."""
        return proposals.newest_of(self.page.case, self.decisions)

    @property
    def earlier(self) -> list[Decision]:
        """The decisions and proposals that came before the one that is shown."""
        return [row for row in self.decisions if row != self.shown]

    @property
    def open_conditions(self) -> list[RequirementLine]:
        """The conditions of the decision that nobody has shown yet."""
        statuses = self.requirements.statuses if self.requirements else ()
        return [
            RequirementLine(status, own_address(self.page.case, status.required.id))
            for status in statuses
            if status.required.check is Check.CONDITION and status.state.is_open
        ]

    # --- What it rests on ---

    @property
    def parts(self) -> list[PartRow]:
        """Each part of what the proposal rests on, then and now."""
        return [
            PartRow(name.words, _said(self._then, name), _said(self._now, name), self._changes_of(name))
            for name in PartName
        ]

    @property
    def has_changed(self) -> bool:
        """Is what the proposal rests on another now?"""
        return bool(self._changes)

    @cached_property
    def _then(self) -> Basis | None:
        return proposals.basis_of(self.shown) if self.shown else None

    @cached_property
    def _now(self) -> Basis | None:
        if self.shown is None or self.present is None or self.present.is_out_of_reach:
            return None
        return self.present.of(self.shown)

    @property
    def is_known_now(self) -> bool:
        """Can it be told what the proposal rests on now? Not while what was captured is out of reach."""
        return self._now is not None

    @cached_property
    def _changes(self) -> tuple[Change, ...]:
        return self._then.changes_to(self._now) if self._then and self._now else ()

    def _changes_of(self, name: PartName) -> tuple[Change, ...]:
        return tuple(change for change in self._changes if change.part is name)

    @cached_property
    def beside(self) -> str:
        """What happened since the proposal that does not touch it, in words; '' if nothing did."""
        if self.awaited is None:
            return ""
        events = AuditEvent.objects.of_case(self.page.case).filter(at__gt=self.awaited.at)
        verbs = list(events.with_verbs(Verb.COMMENTED, Verb.ARTEFACT_CAPTURED).values_list("verb", "subject"))
        comments = sum(verb == Verb.COMMENTED for verb, _subject in verbs)
        pdfs = sum(_is_pdf(subject) for verb, subject in verbs if verb == Verb.ARTEFACT_CAPTURED)
        counted = [
            *([ngettext("%(n)d comment", "%(n)d comments", comments) % {"n": comments}] if comments else []),
            *([ngettext("%(n)d late PDF", "%(n)d late PDFs", pdfs) % {"n": pdfs}] if pdfs else []),
        ]
        return ", ".join(counted)

    # --- Proposing ---

    @property
    def why_not_propose(self) -> str | Promise:
        """Why the reader cannot propose a decision now; '' if they can."""
        return proposing.why_not(self.page.case, self.page.user)

    @cached_property
    def decision_form(self) -> DecisionForm:
        return self.form or served(*self.seen, self._kept)

    @property
    def seen(self) -> tuple[int, str]:
        """What a form that is served now shows: the newest decision, and the digest of an approval."""
        digest = self.present.of_approval.digest if self.present else ""
        return (self.newest.number if self.newest else 0), digest

    @property
    def _kept(self) -> Kept:
        """What was written before: of the newest proposal, if it came to nothing; else the day of the class."""
        latest = self.latest_review
        before = self.newest
        if before is None or before.is_confirmed or self.page.case.state == CaseState.REOPENED:
            return Kept(next_review=latest)
        review = before.next_review or latest
        if review and latest:
            review = min(review, latest)
        return Kept(before.rationale, review, tuple(before.conditions))

    @property
    def latest_review(self) -> datetime.date | None:
        """The last day on which the next review may be."""
        months = self.present.review_months if self.present else None
        return latest_review(timezone.localdate(self.page.now), months) if months else None

    @property
    def blocked_by(self) -> list[RequirementLine]:
        """What an approval waits for: each requirement, and where it is met."""
        found = self.refused_for or (self.present.blocking if self.present else ())
        case = self.page.case
        return [RequirementLine(status, place_of_work(case, status)) for status in found]

    @property
    def blocked_because(self) -> str | Promise:
        """What beside requirements keeps the case from being approved."""
        return proposing.blocked_because(self.present) if self.present else ""

    @property
    def not_now(self) -> str | Promise:
        """What keeps the case from any decision just now."""
        return proposing.not_now(self.present) if self.present else ""

    @property
    def is_blocked(self) -> bool:
        return bool(self.blocked_by or self.blocked_because)

    # --- Answering and reopening ---

    @property
    def may_send_back(self) -> bool:
        """Can the reader be the second person at all? Whom only a superior may countersign for, may send back."""
        return self.awaited is not None and not countersigning.why_not_answer(self.awaited, self.page.user)

    @property
    def written_in_vain(self) -> str:
        """What somebody wrote in a form that has no place on the page any more, so that it is not lost."""
        if self.form is not None and self.why_not_propose:
            return str(self.form.data.get("rationale", ""))
        if self.answer is not None and not self.may_send_back:
            return str(self.answer.initial.get("words", "") or self.answer.data.get("words", ""))
        if self.reopen is not None and not self.may_reopen:
            return str(self.reopen.data.get("reason", ""))
        return ""

    @property
    def is_own(self) -> bool:
        return self.awaited is not None and self.awaited.by_id == self.page.user.pk

    @property
    def why_not_answer(self) -> str | Promise:
        """Why the reader cannot answer the proposal that waits; '' if they can."""
        return countersigning.why_not(self.awaited, self.page.user) if self.awaited else ""

    @cached_property
    def second_persons(self) -> list[User]:
        """Who can answer the proposal that waits, by name: told to its maker."""
        return countersigning.who_can(self.awaited) if self.awaited else []

    @cached_property
    def answer_form(self) -> SecondForm:
        digest = self.awaited.digest if self.awaited else ""
        return self.answer or SecondForm(initial={"digest": digest})

    @property
    def may_reopen(self) -> bool:
        return not reopening.why_not(self.page.case, self.page.user)

    @cached_property
    def reopen_form(self) -> ReopenForm:
        return self.reopen or ReopenForm()


def _said(basis: Basis | None, name: PartName) -> str:
    part = basis.part(name) if basis else None
    return part.words if part else _("not known")


def _is_pdf(subject: str) -> bool:
    found = EventSubject.parse(subject)
    return found is not None and found.part != ArtefactKind.JSON
