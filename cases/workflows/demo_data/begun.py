"""One case as people begin and work on it, step by step. Its rows are made here and saved elsewhere.

Every step moves the rows by the verbs of the models and plans the events of the engine, at its own time.
"""

import datetime
import random
import uuid
from collections.abc import Sequence

from cases.findings.search.searchable import Entry
from cases.models import (
    AmlSession,
    Artefact,
    AuditChain,
    Case,
    Hit,
    Organisation,
    Unplaced,
    User,
    Verb,
)
from cases.models.audit.subject import CASE, EventSubject
from cases.provider.result.wire import KeyInformation
from cases.workflows import provider
from cases.workflows.audit import recorded_columns
from cases.workflows.capture.patience import patience
from cases.workflows.demo_data.rows import Order, PlannedEvent, Subject
from cases.workflows.ordering.session_requests import ResultRequest
from cases.workflows.results.parsed_result import ParsedResult


class Begun:
    """A case that grows. `at` is the time in the history, and never passes `until`."""

    def __init__(
        self,
        subject: Subject,
        dice: random.Random,
        submission: uuid.UUID,
        at: datetime.datetime,
        until: datetime.datetime,
    ) -> None:
        self.about, self.dice, self.at, self.until = subject, dice, at, until
        self.organisation = Organisation(
            country=subject.identifier.country, kind=subject.identifier.kind, value=subject.identifier.value
        )
        self.case = Case(opened_at=at, updated_at=at, submission=submission)
        self.chain = AuditChain(case=self.case)
        self.orders: list[Order] = []
        self.planned_events: list[PlannedEvent] = []
        self.files: dict[str, bytes] = {}
        self.hits: dict[str, Hit] = {}
        self.unplaced: list[Unplaced] = []
        self.parsed_results: dict[str, ParsedResult] = {}  # of its results, by their SHA-256
        self.names: Sequence[Entry] = ()  # what its newest result tells that it is found by
        self.stated: list[tuple[Artefact, KeyInformation | None]] = []  # by what each says it is known

    # --- Time, and what is told ---

    def wait(self, least: float, most: float) -> None:
        """Let so many seconds pass."""
        self.at = min(self.at + datetime.timedelta(seconds=self.dice.uniform(least, most)), self.until)

    def plan_event(
        self,
        verb: Verb,
        subject: EventSubject,
        *,
        actor: User | None = None,
        was: str = "",
        now: str = "",
        rests_on: str = "",
        hits: tuple[Hit, ...] = (),
        of_row: recorded_columns.RecordedRow | None = None,
        **detail: str | int | float | list[str] | None,
    ) -> None:
        self.planned_events.append(
            PlannedEvent(
                self.at, verb, actor, subject, was, now, rests_on, {**detail, **(of_row or {})}, hits
            )
        )

    # --- What people do ---

    def opens(self, actor: User, assignee: User | None) -> None:
        self.case.opened_by, self.case.assignee = actor, assignee
        if assignee:
            self.case.begin_review()
        self.plan_event(
            Verb.CASE_CREATED,
            CASE,
            actor=actor,
            now=self.case.state,
            organisation=self.organisation.number,
            assignee=assignee.name if assignee else "",
            of_row=recorded_columns.of_case(self.case),
        )

    def withdraws(self, actor: User, reason: str) -> None:
        """Close the case, of which nothing came."""
        was = self.case.state
        self.case.withdraw(reason, self.at)
        self.case.updated_at = self.at
        self.plan_event(
            Verb.CASE_WITHDRAWN, CASE, actor=actor, was=was, now=self.case.state, withdrawn_reason=reason
        )

    def takes(self, actor: User) -> None:
        was = self.case.state
        self.case.begin_review()
        self.case.assignee, self.case.updated_at = actor, self.at
        self.plan_event(Verb.CASE_TAKEN, CASE, actor=actor, was=was, now=self.case.state)

    def opens_page(self, actor: User) -> None:
        self.plan_event(Verb.CASE_VIEWED, CASE, actor=actor)
        if self.case.assignee in {None, actor}:
            self.case.read_at = self.at

    def reads(self, actor: User, artefact: Artefact) -> None:
        subject = EventSubject.result(artefact.session.number, artefact.kind)
        self.plan_event(Verb.DOCUMENT_VIEWED, subject, actor=actor, rests_on=artefact.sha256)

    def orders_results(
        self, actor: User | None, result_request: ResultRequest, *, with_ofac: bool = True, years_ago: int = 0
    ) -> Order:
        contract = provider.contract()
        session = AmlSession(
            case=self.case,
            number=len(self.orders) + 1,
            ordered_reports=list(result_request.reports),
            expands=list(result_request.expands),
            language=result_request.language,
            requested_by=actor,
            requested_at=self.at,
            give_up_at=self.at + patience(),
            next_step_at=self.at,
            granted_scopes=[contract.scope_basic, *([contract.scope_ofac] if with_ofac else [])],
        )
        kinds = contract.ordered_kinds(result_request.reports, result_request.expands)
        order = Order(
            session,
            result_request,
            {kind: Artefact(session=session, kind=kind) for kind in kinds},
            years_ago=years_ago,
        )
        self.orders.append(order)
        self.plan_event(
            Verb.SESSION_REQUESTED,
            order.subject,
            actor=actor,
            now=session.state,
            results=list(kinds),
            language=result_request.language,
            of_row=recorded_columns.of_order(session),
        )
        self.case.updated_at = self.at
        return order
