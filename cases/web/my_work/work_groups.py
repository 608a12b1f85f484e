"""My work: whose turn a case is and how pressing, each case in its most urgent group only."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary import durations
from cases.models import Case, PolicyKind, PolicyVersion, User
from cases.models.capture import capture_groups as stands
from cases.models.casework.case import CaseQuerySet, overdue
from cases.models.casework.pressing import Urgency
from cases.models.people.permissions import Perm
from cases.models.urgency import WorkOf, first_of, urgency_now
from cases.presentation import kept_risk
from cases.presentation.kept_risk import KeptRisk
from cases.presentation.screening_note import ScreeningNote, of_screening
from cases.web.case_list.case_list import group_word
from cases.web.my_work import reminders
from cases.web.my_work.case_tasks import CaseSituation, Task, task
from cases.web.my_work.reminders import Reminder

MOST_IN_A_GROUP = 50


@dataclass(frozen=True)
class Kind:
    """What a work group is: its urgency, its icon, and what it says beside its title."""

    urgency: Urgency
    icon: str
    aside: str | Promise = ""

    @property
    def key(self) -> str:
        return group_word(self.urgency)

    @property
    def title(self) -> str:
        return str(self.urgency.label)

    @property
    def query(self) -> str:
        """The query of the case list that shows the whole group: the very cases that are counted here."""
        return f"group={group_word(self.urgency)}&sort=risk"


# In the order of urgency.
KINDS = (
    Kind(Urgency.ALARM, "shield-alert", _("look at these first")),
    Kind(Urgency.NEEDS_PERSON, "user", _("nothing goes on by itself here")),
    Kind(Urgency.NOT_USABLE, "file-warning", _("rest nothing on these yet")),
    Kind(Urgency.EXPIRING, "timer", _("the provider keeps them two hours")),
    Kind(Urgency.OVERDUE, "calendar"),
    Kind(Urgency.SENT_BACK, "rotate-ccw", _("by a second person")),
    Kind(Urgency.OPEN_HITS, "circle-alert"),
    Kind(Urgency.CONDITIONS, "list-checks", _("of decided cases, overdue or within seven days")),
    Kind(Urgency.THIS_WEEK, "calendar", _("within seven days")),
    Kind(Urgency.UNREAD, "inbox"),
    Kind(Urgency.AWAITED, "hourglass", _("this goes on by itself")),
    Kind(Urgency.UNASSIGNED, "users"),
    Kind(Urgency.OTHER, "folder-open"),
)


@dataclass(frozen=True)
class Row:
    """One case in a group. `takes`: its button takes the case."""

    case: Case
    task: Task
    is_under_way: bool
    takes: bool
    note: ScreeningNote
    risk: KeptRisk

    @property
    def key(self) -> str:
        return str(self.case.pk)


@dataclass(frozen=True)
class Group:
    """One group of the page; `count` may exceed the rows shown. `above`: how many more stand in a graver group."""

    kind: Kind
    count: int
    rows: list[Row]
    above: int = 0

    @property
    def is_folded(self) -> bool:
        return self.kind.urgency == Urgency.OTHER


@dataclass(frozen=True)
class WorkGroups:
    """The page My work: its groups, and marks by which a browser learns that something changed.

    `overdue` and `expiring` count all cases of the page, whichever group they stand in; `soonest` is when the first
    result expires, `soonest_case` whose it is. `house` counts those of everybody, for who watches the provider.
    """

    groups: list[Group]
    today: datetime.date
    overdue: int = 0
    expiring: int = 0
    soonest: datetime.datetime | None = None
    soonest_case: str = ""
    left: str = ""
    house: stands.Tally | None = None

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def first(self) -> str:
        """The key of the row whose button stands out."""
        return self.rows[0].key if self.rows else ""

    @property
    def is_waiting(self) -> bool:
        return any(row.is_under_way for row in self.rows)

    @property
    def overdue_above(self) -> int:
        """How many of the overdue stand in a graver group than theirs."""
        return self.overdue - self._size(Urgency.OVERDUE)

    @property
    def expiring_above(self) -> int:
        return self.expiring - self._size(Urgency.EXPIRING)

    def _size(self, urgency: Urgency) -> int:
        return sum(group.count for group in self.groups if group.kind.urgency == urgency)

    @property
    def shown(self) -> str:
        """The keys of the cases that have a place on the page, short enough for an address."""
        return ".".join(row.key for row in self.rows)

    def rows_of(self, shown: str) -> list[Row]:
        """The rows that have a place on a page whose cases are named in `shown`, as that page sent it."""
        keys = set(shown.split("."))
        return [row for row in self.rows if row.key in keys]

    @property
    def order_mark(self) -> str:
        """A mark that changes when a case comes, goes or moves to another group."""
        return _mark(
            f"{group.kind.key} {group.count} {row.case.reference} {row.case.assignee_id}"
            for group in self.groups
            for row in group.rows
        )

    @property
    def state_mark(self) -> str:
        """A mark that changes with what must happen with a case, and with what its screening says."""
        return _mark(
            f"{row.case.reference} {row.task} {row.case.screening} {row.case.hit_count} {row.risk}"
            for row in self.rows
        )


def _mark(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def work_groups_of(user: User) -> WorkGroups:
    """Lay out this person's work: two queries count all of it, and one for each group finds its first cases."""
    now = timezone.now()
    # An index leads to the cases of one person, and to those of nobody, but not to both at once.
    parts = (Case.objects.open().filter(assignee=user), Case.objects.unassigned_for(user))
    work = WorkOf.at(user, now)
    of_others = work.of_others()
    sizes = _sizes(parts, of_others, work)
    keys = {
        urgency: first_of(parts, urgency, work, MOST_IN_A_GROUP, of_others.get(urgency))
        for urgency in sizes.of_groups
    }
    rows = _rows(keys, work)
    soonest, soonest_case = _soonest(parts, now) if sizes.expiring else (None, "")
    return WorkGroups(
        [
            Group(kind, count, rows[kind.urgency], sizes.fitting(kind.urgency) - count)
            for kind in KINDS
            if kind.urgency in rows and (count := sizes.of_groups.get(kind.urgency))
        ],
        timezone.localdate(now),
        overdue=sizes.overdue,
        expiring=sizes.expiring,
        soonest=soonest,
        soonest_case=soonest_case,
        left=durations.span((soonest - now).total_seconds()) if soonest and soonest > now else "",
        house=stands.tally(now) if user.has_perm(Perm.VIEW_PROVIDER) else None,
    )


@dataclass(frozen=True)
class Sizes:
    """How many cases stand in each group, and how many are overdue and expiring, whichever group they stand in."""

    of_groups: dict[Urgency, int]
    overdue: int
    expiring: int

    def fitting(self, urgency: Urgency) -> int:
        """How many the reason of a group fits; those of graver groups are counted for what comes with time."""
        counted = {Urgency.OVERDUE: self.overdue, Urgency.EXPIRING: self.expiring}
        return counted.get(urgency, self.of_groups[urgency])


def _sizes(parts: Sequence[CaseQuerySet], of_others: dict[Urgency, Q], work: WorkOf) -> Sizes:
    of_groups: Counter[Urgency] = Counter()
    late = soon = 0
    for part in parts:
        counted = part.values(urgency=urgency_now(work)).annotate(
            size=Count("pk"),
            overdue=Count("pk", filter=overdue(work.today)),
            expiring=Count("pk", filter=stands.expiring(work.now)),
        )
        for row in counted.order_by():
            of_groups[Urgency(row["urgency"])] += row["size"]
            late, soon = late + row["overdue"], soon + row["expiring"]
    for urgency, condition in of_others.items():  # none of these stands among the parts
        of_groups[urgency] += Case.objects.filter(condition).count()
    return Sizes({urgency: size for urgency, size in of_groups.items() if size}, late, soon)


def _rows(keys: dict[Urgency, list[int]], work: WorkOf) -> dict[Urgency, list[Row]]:
    """The rows of the groups. A case stands once, where it belongs when it is read, and nowhere if it is gone."""
    shown = Case.objects.filter(pk__in={key for of_group in keys.values() for key in of_group})
    found = shown.annotate(urgency=urgency_now(work)).select_related("organisation", "assignee")
    cases = {case.pk: case for case in found}
    sessions = stands.newest_sessions(cases.values())
    may_order, may_take = work.user.has_perm(Perm.CAPTURE_CASE), work.user.has_perm(Perm.TAKE_CASE)
    model = PolicyVersion.objects.key_in_force(PolicyKind.RISK_MODEL)
    follow_ups = reminders.follow_ups(cases, work.today)
    reminded = _reminders(keys, cases, work)
    rows: dict[Urgency, list[Row]] = {}
    for group, of_group in keys.items():
        for case in filter(None, (cases.pop(key, None) for key in of_group)):
            session, urgency = sessions.get(case.pk), _urgency(case, Urgency(case.urgency), group, work.user)
            if urgency is None:
                continue
            situation = CaseSituation(
                case, session, work.now, may_order, follow_ups.get(case.pk, ()), reminded.get(case.pk)
            )
            row = Row(
                case,
                task(situation, urgency),
                session is not None and session.is_active,
                may_take and case.assignee_id is None and not case.is_closed,
                of_screening(case, session),
                kept_risk.of_case(case, model, work.now),
            )
            rows.setdefault(urgency, []).append(row)
    return rows


def _urgency(case: Case, now: Urgency, group: Urgency, user: User) -> Urgency | None:
    """Where a case that was found for a group stands as it was read; None if nowhere any more."""
    if group == Urgency.CONDITIONS:
        return group if case.condition_due is not None else None
    if group == Urgency.SENT_BACK and case.assignee_id not in {None, user.pk}:
        return group
    return now


def _reminders(
    keys: dict[Urgency, list[int]], cases: Mapping[int, Case], work: WorkOf
) -> dict[int, Reminder]:
    """What is said of the cases of the groups that are made by what people said, by the key of the case."""
    found = {}
    if back := keys.get(Urgency.SENT_BACK):
        found.update(reminders.sent_back(back, work))
    if due := [cases[key] for key in keys.get(Urgency.CONDITIONS, ()) if key in cases]:
        found.update(reminders.conditions(due))
    return found


def _soonest(parts: Sequence[CaseQuerySet], now: datetime.datetime) -> tuple[datetime.datetime | None, str]:
    """When the first result of these cases expires, and the reference of its case."""
    first = [
        part.filter(stands.expiring(now))
        .order_by("next_expiry", "reference")
        .values_list("next_expiry", "reference")
        .first()
        for part in parts
    ]
    return min(filter(None, first), default=(None, ""))
