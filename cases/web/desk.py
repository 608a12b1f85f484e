"""My work: whose turn a case is and how pressing, each case in its most urgent group only."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case as Choice
from django.db.models import CharField, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case, User
from cases.models import standing as stands
from cases.models.case import UNREAD as HAS_UNREAD
from cases.web.capture_words import Standing, standing

MOST_IN_A_GROUP = 50
THIS_WEEK = datetime.timedelta(days=7)

AT_RISK, STUCK, OVERDUE, THIS_WEEKS = "at_risk", "stuck", "overdue", "this_week"
UNREAD, WAITING, UNASSIGNED, REST = "unread", "waiting", "unassigned", "rest"


@dataclass(frozen=True)
class Kind:
    """A group: its title, what it says beside it, what it says when it is empty, and the list that shows it whole."""

    key: str
    title: str | Promise
    aside: str | Promise
    empty: str | Promise
    query: str


# In the order of urgency.
KINDS = (
    Kind(
        AT_RISK,
        _("Capture at risk"),
        _("results disappear two hours after they are ready"),
        _("no result of ours is about to expire"),
        "capture=at_risk",
    ),
    Kind(
        STUCK,
        _("Stuck: needs a decision"),
        _("nothing goes on by itself here"),
        _("nothing is stuck"),
        "assignee=me&capture=stuck",
    ),
    Kind(OVERDUE, _("Overdue"), "", _("nothing is overdue"), "assignee=me&due=overdue&sort=due"),
    Kind(
        THIS_WEEKS,
        _("Due this week"),
        _("within seven days"),
        _("nothing is due within seven days"),
        "assignee=me&due=week&sort=due",
    ),
    Kind(
        UNREAD,
        _("New results to read"),
        "",
        _("everything that came has been read"),
        "assignee=me&capture=unread",
    ),
    Kind(
        WAITING,
        _("Waiting for the provider"),
        _("this goes on by itself"),
        _("nothing is under way"),
        "assignee=me&capture=waiting",
    ),
    Kind(UNASSIGNED, _("Unassigned"), "", _("every case has somebody"), "assignee=nobody&sort=due"),
    Kind(REST, _("Also yours"), _("nothing presses here"), "", "assignee=me"),
)
FOR_ALL = (AT_RISK, UNASSIGNED)


@dataclass(frozen=True)
class Row:
    """One case in a group."""

    case: Case
    standing: Standing
    is_under_way: bool

    @property
    def key(self) -> str:
        return str(self.case.pk)


@dataclass(frozen=True)
class Group:
    """One group of the page; `count` may exceed the rows shown."""

    kind: Kind
    count: int
    rows: list[Row]


@dataclass(frozen=True)
class Desk:
    """The page: what lies where, and marks by which a browser learns that something changed."""

    groups: list[Group]
    today: datetime.date

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def is_waiting(self) -> bool:
        return any(row.is_under_way for row in self.rows)

    @property
    def shown(self) -> str:
        """Names the cases that have a place on the page, short enough for an address."""
        return ".".join(row.key for row in self.rows)

    def rows_of(self, shown: str) -> list[Row]:
        """Those that a page with these cases (`shown`, as it told us) has a place for."""
        keys = set(shown.split("."))
        return [row for row in self.rows if row.key in keys]

    @property
    def order_mark(self) -> str:
        """Changes when a case comes, goes or moves to another group."""
        return _mark(
            f"{group.kind.key} {group.count} {row.case.reference} {row.case.assignee_id}"
            for group in self.groups
            for row in group.rows
        )

    @property
    def standing_mark(self) -> str:
        """Changes when how a capture stands does, or what it says."""
        return _mark(
            f"{row.case.reference} {row.standing} {row.case.screening} {row.case.hit_count}"
            for row in self.rows
        )


def _mark(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def desk_of(user: User) -> Desk:
    """Lay out this person's work, in three queries however much it is."""
    now = timezone.now()
    cases = list(_placed(_sorted_into_groups(user, now)))
    sessions = stands.newest_sessions(cases)
    rows: dict[str, list[Row]] = {}
    counts: dict[str, int] = {}
    for case in cases:
        group, size = getattr(case, "group", UNASSIGNED), getattr(case, "group_size", 0)
        session = sessions.get(case.pk)
        row = Row(case, standing(session, now), session is not None and session.is_active)
        rows.setdefault(group, []).append(row)
        counts[group] = size
    kinds = KINDS if user.has_perm("cases.take_case") else [kind for kind in KINDS if kind.key in FOR_ALL]
    return Desk(
        [Group(kind, counts.get(kind.key, 0), rows.get(kind.key, [])) for kind in kinds],
        timezone.localdate(now),
    )


def _sorted_into_groups(user: User, now: datetime.datetime) -> QuerySet[Case]:
    today = timezone.localdate(now)
    mine = Q(assignee=user)
    cases = stands.with_risk(Case.objects.of_or_unassigned(user), now)
    return cases.annotate(
        group=Choice(
            When(stands.AT_RISK, then=Value(AT_RISK)),
            When(mine & stands.NEEDS_DECISION, then=Value(STUCK)),
            When(mine & Q(due__lt=today), then=Value(OVERDUE)),
            When(mine & Q(due__lt=today + THIS_WEEK), then=Value(THIS_WEEKS)),
            When(mine & HAS_UNREAD, then=Value(UNREAD)),
            When(mine & stands.UNDER_WAY, then=Value(WAITING)),
            When(mine, then=Value(REST)),
            default=Value(UNASSIGNED),
            output_field=CharField(),
        )
    )


def _placed(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The first of each group, with the group's size."""
    order = [
        F("risk_at").asc(nulls_last=True),
        F("due").asc(nulls_last=True),
        F("opened_at").asc(),
        F("pk").asc(),
    ]
    return (
        cases.annotate(
            place=Window(RowNumber(), partition_by=F("group"), order_by=order),
            group_size=Window(Count("pk"), partition_by=F("group")),
        )
        .filter(place__lte=MOST_IN_A_GROUP)
        .select_related("organisation", "assignee")
        .order_by("place")
    )
