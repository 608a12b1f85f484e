"""Reports the portal makes of a case: numbered, made once, never changed."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models.capture.session import AmlSession
from cases.models.casework.case import Case
from cases.models.lease import Leased, LeasedQuerySet
from cases.models.state_machine import move, one_of


class ReportKind(models.TextChoices):
    """What a report is: how it is called, and in `order_words` what a person presses to have it made."""

    FULL = "FULL", _("Report")

    @property
    def order_words(self) -> str | Promise:
        return ORDER_WORDS[self]


ORDER_WORDS: dict[ReportKind, str | Promise] = {ReportKind.FULL: _("Make a report")}


class ReportState(models.TextChoices):
    ORDERED = "ASKED", _("Being made")
    MADE = "MADE", _("Made")
    FAILED = "FAILED", _("Could not be made")


_s = ReportState
MOVES: dict[str, set[str]] = {_s.ORDERED: {_s.MADE, _s.FAILED}, _s.MADE: set(), _s.FAILED: set()}


class ReportQuerySet(LeasedQuerySet["CaseReport"]):
    def due(self, now: datetime.datetime) -> ReportQuerySet:
        return self.unfinished().unheld(now).order_by("ordered_at", "pk")

    def unfinished(self) -> ReportQuerySet:
        return self.filter(state=_s.ORDERED)

    def made(self) -> ReportQuerySet:
        return self.filter(state=_s.MADE)


class CaseReport(Leased):
    """One report. `session` is the capture it tells of, None if the case has none."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("number in its case"))
    kind = models.CharField(_("kind"), max_length=20, choices=ReportKind, default=ReportKind.FULL)
    state = models.CharField(_("state"), max_length=6, choices=ReportState, default=ReportState.ORDERED)
    reason = models.CharField(max_length=40, blank=True)
    session = models.ForeignKey(AmlSession, models.PROTECT, null=True, related_name="reports_made")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_column="asked_by_id"
    )
    ordered_at = models.DateTimeField(db_column="asked_at")
    made_at = models.DateTimeField(null=True)
    # One press of the button makes one report, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        db_table = "cases_report"
        verbose_name = _("report")
        default_permissions = ()
        ordering = ["case", "-number"]
        constraints = [
            one_of("kind", ReportKind, "report_kind_known"),
            one_of("state", ReportState, "report_state_known"),
            models.UniqueConstraint(fields=["case", "number"], name="report_number_once"),
            models.CheckConstraint(
                condition=(
                    Q(state=_s.MADE, made_at__isnull=False, size__isnull=False) & ~Q(sha256="") & ~Q(file="")
                )
                | (~Q(state=_s.MADE) & Q(made_at=None, size=None, sha256="", file="")),
                name="report_made_has_bytes",
            ),
            models.CheckConstraint(
                condition=~Q(state=_s.FAILED) | ~Q(reason=""), name="report_failed_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.state}"

    @property
    def title(self) -> str:
        """What it is called in its case: 'Report 3'."""
        return f"{self.get_kind_display()} {self.number}"

    @property
    def is_made(self) -> bool:
        return self.state == _s.MADE

    @property
    def is_ordered(self) -> bool:
        return self.state == _s.ORDERED

    def mark_made(self, at: datetime.datetime, *, file: str, sha256: str, size: int, pages: int) -> None:
        move(self, MOVES, _s.MADE)
        self.made_at, self.file, self.sha256, self.size, self.pages = at, file, sha256, size, pages
        self.reason = ""

    def mark_failed(self, reason: str) -> None:
        move(self, MOVES, _s.FAILED)
        self.reason = reason
