"""The list of cases: what of it is shown and in which order, as the address bar says."""

import datetime
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case as FirstOf
from django.db.models import Count, Expression, F, IntegerField, OrderBy, Q, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.findings.names.collation import sort_key
from cases.findings.search.folded_words import Query
from cases.findings.vocabulary.wording import Words
from cases.models import Case, CaseState, Country, NewestCapture, Screening, User
from cases.models.capture.capture_groups import expiring
from cases.models.casework.assessed import KeptClass
from cases.models.casework.case import CaseQuerySet, of_or_unassigned, overdue
from cases.models.casework.pressing import LOST, NEEDS_PERSON, OPEN, UNDER_WAY, Urgency
from cases.models.urgency import THIS_WEEK, WorkOf, judgements_sent_back
from cases.web.case_list.found import Found
from cases.web.listed import InParts, Listed

# Among cases of one rank.
NEWEST_FIRST = (F("updated_at").desc(), F("pk").desc())
# A column, and its values in their order.
Ranks = tuple[str, Sequence[str | int]]
PAGE_SIZE = 50
LONGEST_SEARCH = 100
MOST_WORDS = 8


def _has(column: str, value: str | int | None) -> Q:
    return Q(**({f"{column}__isnull": True} if value is None else {column: value}))


def ranked(column: str, values: Iterable[str | int]) -> FirstOf:
    """The place of a column's value among `values`; none for other values, which stand last."""
    whens = [When(**{column: value}, then=Value(place)) for place, value in enumerate(values)]
    return FirstOf(*whens, default=None, output_field=IntegerField())


CAPTURES: dict[str, tuple[Words, Callable[[datetime.datetime], Q]]] = {
    "at_risk": (gettext_lazy("results about to expire or past their time"), expiring),
    "lost": (gettext_lazy("lost before capture"), lambda _now: LOST),
    "waiting": (gettext_lazy("ordered, awaited"), lambda _now: UNDER_WAY),
    "stuck": (gettext_lazy("waiting for a person"), lambda _now: NEEDS_PERSON),
    "captured": (gettext_lazy("captured"), lambda _now: Q(newest_capture=NewestCapture.COMPLETE)),
    "partial": (gettext_lazy("partly captured"), lambda _now: Q(newest_capture=NewestCapture.PARTIAL)),
    "failed": (gettext_lazy("failed"), lambda _now: Q(newest_capture=NewestCapture.FAILED)),
    "unknown": (
        gettext_lazy("order not confirmed or stopped"),
        lambda _now: Q(newest_capture=NewestCapture.STUCK),
    ),
    "unread": (gettext_lazy("results not read yet"), lambda _now: Q(is_unread=True)),
    "none": (gettext_lazy("nothing ordered"), lambda _now: Q(newest_capture=NewestCapture.NOTHING_ORDERED)),
}

DUES: dict[str, tuple[Words, Callable[[datetime.date], Q]]] = {
    "overdue": (gettext_lazy("overdue"), overdue),
    "today": (gettext_lazy("today"), lambda today: Q(due=today)),
    "week": (
        gettext_lazy("within seven days"),
        lambda today: Q(due__gte=today, due__lt=today + THIS_WEEK),
    ),
    "later": (gettext_lazy("later"), lambda today: Q(due__gte=today + THIS_WEEK)),
    "none": (gettext_lazy("no date"), lambda today: Q(due=None)),
}


HITS: dict[str, tuple[Words, Q]] = {
    "to_judge": (
        gettext_lazy("to judge"),
        Q(screening=Screening.HITS, hit_count__gt=F("unconfirmed_hit_count")),
    ),
    "second": (gettext_lazy("waiting for a second person"), Q(unconfirmed_hit_count__gt=0)),
    "sent_back": (
        gettext_lazy("sent back"),
        Q(pk__in=judgements_sent_back().values("hit__case")),
    ),
}

RISKS: dict[str, tuple[Words, Q]] = {
    **{word: (label, Q(risk_class=word)) for word, label in KeptClass.choices if word},
    "provisional": (gettext_lazy("provisional"), Q(risk_is_provisional=True)),
    "not_known": (KeptClass.NOT_KNOWN.label, Q(risk_class=KeptClass.NOT_KNOWN)),
}


def group_word(urgency: Urgency) -> str:
    """The word for a work group in an address."""
    return urgency.name.lower()


GROUPS = {group_word(urgency): urgency for urgency in Urgency}

# A column's word in the address, and what it is sorted by; nothing where its values rank in an order of ours.
SORTS: dict[str, tuple[str | Expression, ...]] = {
    "reference": ("reference",),
    "organisation": ("organisation__sort_key", "organisation__country", "organisation__value"),
    "status": (),
    "risk": ("risk_rank",),
    "screening": ("screening_gravity", "likely_hit_count", "hit_count"),
    "owners": ("beneficial_owner_count",),
    "assignee": (),
    "due": ("due",),
    "updated": ("updated_at",),
}
NEVER_NOTHING = {
    *("reference", "organisation__country", "organisation__value", "updated_at"),
    *("likely_hit_count", "hit_count"),
}
# What is filtered by when one looks for work: closed cases are none, unless their status is asked for.
OF_WORK = {"capture", "due", "assignee", "group", "hits"}
# What a case that was decided may still wait for: it is fetched all the same.
STILL_TO_COME = {"at_risk", "waiting"}
USUAL_SORT = "-updated"
# Filters that ask for one value of a column.
COLUMNS = {"status": "state", "country": "organisation__country", "screening": "screening"}


def plain(text: str) -> str:
    """The text in one line without control characters (PostgreSQL refuses a NUL), cut to what a search may have."""
    visible = "".join(
        " " if unicodedata.category(char)[0] == "C" else char for char in text[: LONGEST_SEARCH * 4]
    )
    return " ".join(visible.split()[:MOST_WORDS])[:LONGEST_SEARCH].strip()


@dataclass(frozen=True)
class Filter:
    """One thing that cases are filtered by: its word in the address, and value, name pairs to choose from."""

    name: str
    label: Words
    choices: tuple[tuple[str, Words], ...]
    chosen: str

    @property
    def chosen_label(self) -> Words:
        return dict(self.choices).get(self.chosen, self.chosen)


@dataclass(frozen=True)
class CaseList:
    """The list of cases that an address asks for. What it asks for in vain is left out, and shows no chip."""

    filters: tuple[Filter, ...]
    text: str
    sort: str
    user: User
    people: tuple[int, ...]  # the keys of those who have cases, by last name

    @classmethod
    def asked_for(cls, query: Mapping[str, str], text: str, user: User, people: list[User]) -> "CaseList":
        filters = []
        for name, label, choices in _filters(people):
            value = query.get(name, "")
            filters.append(Filter(name, label, choices, value if value in dict(choices) else ""))
        sort = query.get("sort", "")
        sort = sort if sort.removeprefix("-") in SORTS else USUAL_SORT
        return cls(
            tuple(filters), plain(text), sort, user, tuple(person.pk for person in _by_name(people, user))
        )

    @property
    def query(self) -> QueryDict:
        """The address of this list, without page and without the text searched for."""
        query = QueryDict(mutable=True)
        query.update({filter_.name: filter_.chosen for filter_ in self.filters if filter_.chosen})
        if self.sort != USUAL_SORT:
            query["sort"] = self.sort
        return query

    def chosen(self) -> Iterator[Filter]:
        return (filter_ for filter_ in self.filters if filter_.chosen)

    @cached_property
    def search(self) -> Query:
        """The text that is searched for, as a query."""
        return Query(self.text)

    def keys(self) -> Listed[int] | Found:
        """The keys of the cases asked for, in the order asked for: nothing else is sorted and counted."""
        cases = self._cases()
        if self.text:
            return Found(cases, self.search, is_filtered=any(self.chosen()))
        keys, ranks = cases.values_list("pk", flat=True), self._ranks()
        if ranks is None:
            return Listed(keys)
        column, ranked_values = ranks
        values = [*(ranked_values[::-1] if self.sort.startswith("-") else ranked_values), None]
        newest_first = keys.order_by(*NEWEST_FIRST)

        def sizes() -> list[int]:
            counted = dict(cases.order_by().values_list(column).annotate(Count("pk")))
            return [counted.get(value, 0) for value in values]

        return InParts(keys, [newest_first.filter(_has(column, value)) for value in values], sizes)

    def _ranks(self) -> Ranks | None:
        """The column that ranks the cases, if no order of the database does."""
        ranks: dict[str, Ranks] = {
            "status": ("state", CaseState.values),
            "assignee": ("assignee", self.people),
        }
        return ranks.get(self.sort.removeprefix("-"))

    def _cases(self) -> CaseQuerySet:
        """The cases that the filters let through, in the order asked for."""
        now, cases = timezone.now(), self._unfiltered()
        for filter_ in self.chosen():
            cases = cases.filter(self._condition(filter_, now))
        return cases.order_by(*self._order())

    def _unfiltered(self) -> CaseQuerySet:
        """The cases that are filtered: where one looks for work, not those that are closed."""
        chosen = {filter_.name: filter_.chosen for filter_ in self.chosen()}
        of_work = OF_WORK & set(chosen)
        if not of_work or "status" in chosen:
            return Case.objects.all()
        if "group" in of_work:  # which says itself that closed cases are none, but for those with conditions
            return Case.objects.all()
        if of_work == {"capture"} and chosen["capture"] in STILL_TO_COME:
            return Case.objects.not_withdrawn()
        return Case.objects.open()

    def rows(self, keys: Iterable[int]) -> list[Case]:
        """The cases of a page, in its order, with what a row shows."""
        keys = list(keys)
        cases = Case.objects.filter(pk__in=keys).select_related("organisation", "assignee")
        found = {case.pk: case for case in cases}
        return [found[key] for key in keys if key in found]

    def _condition(self, filter_: Filter, now: datetime.datetime) -> Q:
        name, chosen = filter_.name, filter_.chosen
        if name in COLUMNS:
            return OPEN if chosen == "open" else Q(**{COLUMNS[name]: chosen})
        conditions: dict[str, Callable[[], Q]] = {
            "capture": lambda: CAPTURES[chosen][1](now),
            "due": lambda: DUES[chosen][1](timezone.localdate(now)),
            "hits": lambda: HITS[chosen][1],
            "risk": lambda: RISKS[chosen][1],
            "group": lambda: WorkOf.at(self.user, now).in_group(GROUPS[chosen]),
            "assignee": lambda: self._assigned(chosen),
        }
        return conditions[name]()

    def _assigned(self, chosen: str) -> Q:
        if chosen == "nobody":
            return Q(assignee=None)
        if chosen == "me_or_nobody":
            return of_or_unassigned(self.user)
        return Q(assignee=self.user if chosen == "me" else int(chosen))

    def _order(self) -> list[OrderBy]:
        downwards = self.sort.startswith("-")
        name = self.sort.removeprefix("-")
        ranks = self._ranks()
        if ranks:
            return [_ordered(ranked(*ranks), downwards), *NEWEST_FIRST]
        return [*(_ordered(column, downwards) for column in SORTS[name]), F("pk").desc()]


def _ordered(column: str | Expression, downwards: bool) -> OrderBy:
    """Sort by a column, NULL last both ways; left unsaid where there is no NULL, as no index is of that order."""
    by, nulls_last = F(column) if isinstance(column, str) else column, column not in NEVER_NOTHING or None
    return by.desc(nulls_last=nulls_last) if downwards else by.asc(nulls_last=nulls_last)


def _by_name(people: list[User], user: User) -> list[User]:
    return sorted(
        (*people, user),
        key=lambda person: sort_key(f"{person.last_name} {person.first_name} {person.username}"),
    )


def _filters(people: list[User]) -> Iterator[tuple[str, Words, tuple[tuple[str, Words], ...]]]:
    yield "status", gettext_lazy("Status"), (("open", _("Open")), *CaseState.choices)
    yield "country", gettext_lazy("Country"), tuple(Country.choices)
    unclear = {Screening.UNCERTAIN: _("failed, or outcome not known")}
    screened = tuple((word, unclear.get(Screening(word), words)) for word, words in Screening.choices)
    yield "screening", gettext_lazy("Screening"), screened
    yield "hits", gettext_lazy("Hits"), tuple((word, label) for word, (label, _q) in HITS.items())
    yield "risk", gettext_lazy("Risk"), tuple((word, label) for word, (label, _q) in RISKS.items())
    yield "capture", gettext_lazy("Capture"), tuple((word, label) for word, (label, _q) in CAPTURES.items())
    somebody = tuple((str(person.pk), person.name) for person in people)
    usual = (("me", _("me")), ("nobody", _("nobody")), ("me_or_nobody", _("me or nobody")))
    yield "assignee", gettext_lazy("Assigned to"), (*usual, *somebody)
    yield "due", gettext_lazy("Due"), tuple((word, label) for word, (label, _q) in DUES.items())
    yield "group", gettext_lazy("My work"), tuple((word, group.label) for word, group in GROUPS.items())
