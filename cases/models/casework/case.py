from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.findings.screening.hit_counts import HitCount
from cases.findings.search.folded_words import Query
from cases.findings.verdicts import signs
from cases.models.casework.assessed import BY_MODEL_IN_FORCE, Assessed, KeptClass
from cases.models.casework.case_states import (
    CLOSED,
    DECIDED,
    MOVES,
    CaseState,
    EvidenceState,
    NewestCapture,
    Screening,
)
from cases.models.casework.identity import Number, firm_of
from cases.models.casework.organisation import Organisation
from cases.models.casework.pressing import BY_GRAVITY, IS_UNREAD, LASTING_URGENCY, LOST, OPEN
from cases.models.casework.search_index import FoundBy
from cases.models.state_machine import move, one_of
from cases.provider.numbers.identifiers import Identifier

# Of these the work clock stands still: their due day presses on nobody.
WAITING = Q(state=CaseState.WAITING)


def due_before(day: datetime.date) -> Q:
    """The condition for cases whose due day presses before a day: not for those that wait for information."""
    return Q(due__lt=day) & ~WAITING


def overdue(today: datetime.date) -> Q:
    """The condition for cases whose due day has passed, unless they wait for information."""
    return due_before(today)


def of_or_unassigned(user: models.Model) -> Q:
    """The condition for cases assigned to the user, and those assigned to nobody that the user is not recused from."""
    return Q(assignee=user) | (Q(assignee=None) & ~Q(recusals__person=user.pk))


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        """The cases that are still worked on."""
        return self.filter(OPEN)

    def not_withdrawn(self) -> CaseQuerySet:
        """The cases whose results are fetched and counted as long as any may come: those decided too."""
        return self.exclude(state=CaseState.WITHDRAWN)

    def about(self, identifier: Identifier) -> CaseQuerySet:
        """The cases on one firm, whichever of its numbers they were ordered by, newest first.

        Also those that share a number with it although others contradict (identity.Firm.contradicted).
        """
        return self.known_by(Number.of(identifier))

    def known_by(self, number: Number) -> CaseQuerySet:
        """The cases on the firm known by this number, of any kind, newest first."""
        firm = firm_of(number)
        found = self.filter(organisation__in=firm.organisations | firm.contradicted)
        return found.order_by("-opened_at", "-pk")

    def unassigned(self) -> CaseQuerySet:
        return self.open().filter(assignee=None)

    def unassigned_for(self, user: models.Model) -> CaseQuerySet:
        """The unassigned cases that a person may take: not those they are recused from."""
        return self.unassigned().exclude(recusals__person=user.pk)

    def with_unconfirmed_hits(self) -> CaseQuerySet:
        """The open cases with judged hits that wait for a second person."""
        return self.open().filter(unconfirmed_hit_count__gt=0)

    def waiting(self) -> CaseQuerySet:
        """The cases that wait for information."""
        return self.filter(WAITING)

    def unread(self) -> CaseQuerySet:
        return self.filter(is_unread=True)

    def found_by(self, query: Query) -> CaseQuerySet:
        """The cases that a search finds; none if it holds nothing that can be searched for."""
        if not query.parts:
            return self.none()
        return self.filter(FoundBy("pk", query))


class Case(Assessed):
    """The work on one organisation: what was ordered, what came, and in later steps what was decided."""

    State = CaseState
    Screening = Screening

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    state = models.CharField(_("status"), max_length=12, choices=CaseState, default=CaseState.NEW)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assigned_cases"
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    updated_at = models.DateTimeField(_("updated"))
    due = models.DateField(_("due"), null=True, blank=True)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    customer_reference = models.CharField(_("customer reference"), max_length=100, blank=True)
    # The number of the event that told of the last change of organisation or purpose; the database wants it with one.
    change_event = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_reason = models.CharField(_("reason for withdrawing"), max_length=300, blank=True)
    # Of a case that waits for information: what for, and the day on which it is looked at again.
    waits_for = models.CharField(_("waits for"), max_length=300, blank=True)
    waits_until = models.DateField(_("waits until"), null=True)
    # One filled-in form makes one case, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    # Derived from the findings of the capture that is read, for lists, search and sorting only
    # (workflows/results/derive.py).
    screening = models.CharField(max_length=10, choices=Screening, default=Screening.NOT_RUN)
    hit_count = models.PositiveIntegerField(default=0)
    likely_hit_count = models.PositiveIntegerField(default=0)
    # Of the open hits, those that were judged and wait for a second person.
    unconfirmed_hit_count = models.PositiveIntegerField(default=0)
    evidence = models.CharField(max_length=13, choices=EvidenceState, default=EvidenceState.USABLE)
    # State of each of the six verdicts, by its topic; that of the documents as of the day the last of them changed.
    verdicts = models.JSONField(default=dict, blank=True)
    certificate_from = models.DateField(null=True)
    beneficial_owner_count = models.PositiveIntegerField(null=True)
    result_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    # How the sessions of the case stand (workflows/capture_columns.py), for the same purposes.
    newest_session = models.ForeignKey("cases.AmlSession", models.PROTECT, null=True, related_name="+")
    newest_capture = models.CharField(
        max_length=9, choices=NewestCapture, default=NewestCapture.NOTHING_ORDERED, blank=True
    )
    newest_ended_at = models.DateTimeField(null=True)
    # When the first result that is ready and not captured expires, of whichever session.
    next_expiry = models.DateTimeField(null=True)
    # Of the newest session: a result expired before it was captured; its JSON result is captured; it lacks something
    # that no earlier session lacked.
    has_expired = models.BooleanField(default=False)
    has_result = models.BooleanField(default=False)
    misses_anew = models.BooleanField(default=False)

    # What follows from the columns above, kept by the database itself.
    is_unread = models.GeneratedField(
        expression=IS_UNREAD, output_field=models.BooleanField(), db_persist=True
    )
    lasting_urgency = models.GeneratedField(
        expression=LASTING_URGENCY, output_field=models.PositiveSmallIntegerField(), db_persist=True
    )
    # None if nobody works on the case any more.
    screening_gravity = models.GeneratedField(
        expression=BY_GRAVITY, output_field=models.SmallIntegerField(null=True), db_persist=True
    )

    objects = CaseQuerySet.as_manager()
    # The columns that a move changes.
    MOVED = ("state", "waits_for", "waits_until", "updated_at")

    class Meta:
        verbose_name = _("case")
        default_permissions = ("view",)
        permissions = [
            ("open_case", "Can open a case"),
            ("take_case", "Can take a case"),
            ("change_case", "Can change a case, correct its number, withdraw it and hand it over"),
            ("assign_case", "Can hand over the cases of others"),
            ("reopen_case", "Can reopen a case that was decided"),
            ("capture_case", "Can order captures and resolve those that are stuck"),
            ("note_case", "Can write in the timeline of a case"),
            ("report_case", "Can make reports and check signatures again"),
            ("view_provider", "Can see provider and queue"),
        ]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="case_newest"),
            models.Index(fields=["assignee", "due"], name="case_by_assignee"),
            # My work reads nothing else of the cases of a person, and of those of nobody.
            models.Index(
                fields=[
                    *("assignee", "lasting_urgency", "next_expiry", "due"),
                    *("opened_at", "likely_hit_count", "state", "risk_rank", "id"),
                ],
                name="case_work",
                condition=OPEN,
            ),
            # Filters of the list, in its usual order.
            models.Index(fields=["state", "-updated_at", "-id"], name="case_state"),
            models.Index(fields=["assignee", "-updated_at", "-id"], name="case_assignee"),
            models.Index(fields=["newest_capture", "-updated_at", "-id"], name="case_capture"),
            models.Index(fields=["screening", "-updated_at", "-id"], name="case_screening"),
            models.Index(fields=["-updated_at", "-id"], name="case_unread", condition=Q(is_unread=True)),
            models.Index(fields=["-updated_at", "-id"], name="case_lost", condition=LOST),
            models.Index(
                fields=["-updated_at", "-id"],
                name="case_unconfirmed",
                condition=Q(unconfirmed_hit_count__gt=0),
            ),
            models.Index(
                fields=["next_expiry"], name="case_expiring", condition=Q(next_expiry__isnull=False)
            ),
            models.Index(fields=["risk_class", "-updated_at", "-id"], name="case_risk"),
            models.Index(
                fields=["-updated_at", "-id"], name="case_provisional", condition=Q(risk_is_provisional=True)
            ),
            # What is to be worked out anew, and what is by another model than the one in force.
            models.Index(fields=["assess_at"], name="case_assess", condition=Q(assess_at__isnull=False)),
            models.Index(fields=["risk_model"], name="case_risk_model", condition=BY_MODEL_IN_FORCE),
            models.Index(
                fields=["assignee", "condition_due"],
                name="case_condition",
                condition=Q(condition_due__isnull=False),
            ),
            # Orders of the list. What nothing is known of stands last both ways, which on PostgreSQL takes a further
            # index for each (migration 0034).
            models.Index(fields=["due", "-id"], name="case_due"),
            models.Index(fields=["risk_rank", "-id"], name="case_by_risk"),
            models.Index(fields=["beneficial_owner_count", "-id"], name="case_owners"),
            models.Index(
                fields=["screening_gravity", "likely_hit_count", "hit_count", "-id"], name="case_gravity"
            ),
        ]
        constraints = [
            one_of("state", CaseState, "case_state_known"),
            one_of("screening", Screening, "case_screening_known"),
            one_of("evidence", EvidenceState, "case_evidence_known"),
            one_of("risk_class", KeptClass, "case_risk_known"),
            models.CheckConstraint(
                condition=(Q(state=CaseState.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""))
                | (~Q(state=CaseState.WITHDRAWN) & Q(withdrawn_at=None, withdrawn_reason="")),
                name="case_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state=CaseState.WAITING, waits_until__isnull=False) & ~Q(waits_for=""))
                | (~Q(state=CaseState.WAITING) & Q(waits_until=None, waits_for="")),
                name="case_waits_for_something",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_usable(self) -> bool:
        """May what was captured be used?"""
        return self.evidence == EvidenceState.USABLE

    @property
    def open_hits(self) -> HitCount:
        """How many hits wait to be judged."""
        return signs.hit_count(self.verdicts, self.hit_count, self.likely_hit_count)

    @property
    def are_all_judged(self) -> bool:
        """Was every open hit judged, so that all of them wait for a second person?"""
        return 0 < self.hit_count <= self.unconfirmed_hit_count

    @property
    def screening_has_failed(self) -> bool:
        """Did the provider say that it failed? An unknown outcome does not mean that anything was screened."""
        return signs.has_failed(self.verdicts)

    @property
    def screening_is_unclear(self) -> bool:
        """Did the screening end without failing, and without a ‘no hits’ to go by?"""
        return self.screening == Screening.UNCERTAIN and self.verdicts.get("sanctions") == "points_to_check"

    def is_overdue(self, today: datetime.date) -> bool:
        """Is the due day of the case before today, and does it not wait for information?"""
        return self.due is not None and self.due < today and not self.is_waiting

    def begin_review(self) -> None:
        if self.state == CaseState.NEW:
            self.move_to(CaseState.IN_REVIEW)

    def can_move_to(self, state: CaseState) -> bool:
        """Does the table of moves lead there from here?"""
        return state in MOVES[self.state]

    def move_to(self, state: CaseState) -> None:
        """Move on to another state, waiting for nothing any more. Saves nothing. Raises IllegalMove."""
        move(self, MOVES, state)
        self.waits_for, self.waits_until = "", None

    def wait(self, for_what: str, until: datetime.date) -> None:
        """Wait for information, until a day. Saves nothing. Raises IllegalMove."""
        self.move_to(CaseState.WAITING)
        self.waits_for, self.waits_until = for_what, until

    def withdraw(self, reason: str, at: datetime.datetime) -> None:
        self.move_to(CaseState.WITHDRAWN)
        self.withdrawn_at, self.withdrawn_reason = at, reason

    @property
    def is_decided(self) -> bool:
        """Did two people decide it?"""
        return self.state in DECIDED

    @property
    def is_closed(self) -> bool:
        """Is it only read: decided, or withdrawn?"""
        return self.state in CLOSED

    @property
    def is_waiting(self) -> bool:
        """Does it wait for information?"""
        return self.state == CaseState.WAITING

    @property
    def is_withdrawn(self) -> bool:
        return self.state == CaseState.WITHDRAWN
