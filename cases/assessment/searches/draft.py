"""What a person fills in of a search of parties, and what speaks against keeping it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.assessment.months import months_from
from cases.assessment.objection import Objection
from cases.assessment.searches.terms import PartyOutcome, SearchMeans, SearchTopic

PARTIES, TOPICS, OUTCOME, MEANS, SOURCE, LISTS, DAY, WORDS = (
    *("parties", "topics", "outcome", "means", "source"),
    *("lists", "day", "words"),
)


@dataclass(frozen=True, slots=True)
class SearchDraft:
    """What was filled in; `parties` are keys. `of_the_rest`: it is about everybody who is not searched yet too."""

    topics: tuple[SearchTopic, ...]
    parties: tuple[str, ...]
    outcome: PartyOutcome
    of_the_rest: bool = False
    means: SearchMeans = SearchMeans.NONE
    source: str = ""
    lists: str = ""
    day: datetime.date | None = None
    words: str = ""


def objections(
    draft: SearchDraft, months: dict[SearchTopic, int | None], today: datetime.date
) -> tuple[Objection, ...]:
    """Everything that speaks against keeping a draft; `months`: for how long a search of a topic counts."""
    return tuple(_objections(draft, months, today))


def _objections(
    draft: SearchDraft, months: dict[SearchTopic, int | None], today: datetime.date
) -> Iterator[Objection]:
    if not draft.parties and not draft.of_the_rest:
        yield Objection(PARTIES, _("Choose whom it is about."))
    if draft.of_the_rest and draft.outcome is not PartyOutcome.NOTHING_FOUND:
        yield Objection(PARTIES, _("Choose each whom that is about: it is hardly so of all the rest."))
    if not draft.topics:
        yield Objection(TOPICS, _("Choose what it was about."))
    if draft.outcome is not PartyOutcome.NOTHING_FOUND and not draft.words.strip():
        is_found = draft.outcome is PartyOutcome.FOUND
        yield Objection(WORDS, _("Say what was found.") if is_found else _("Say why it is taken back."))
    if draft.outcome is PartyOutcome.TAKEN_BACK:
        return
    if draft.outcome is PartyOutcome.FOUND and len(draft.topics) > 1:
        yield Objection(TOPICS, _("Something was found: record each on its own, so that it is known what."))
    yield from _of_search(draft)
    yield from _of_day(draft, months, today)


def _of_search(draft: SearchDraft) -> Iterator[Objection]:
    if draft.means is SearchMeans.NONE:
        yield Objection(MEANS, _("Say how it is known."))
    if not draft.source.strip():
        yield Objection(SOURCE, _("Say where: which tool or register, or to whom it was declared."))
    if SearchTopic.SANCTIONS not in draft.topics:
        return
    if draft.means is SearchMeans.DECLARATION:
        yield Objection(MEANS, _("Nobody declares of themselves that no list has them: search the lists."))
    if not draft.lists.strip():
        yield Objection(LISTS, _("Name the lists that were searched."))


def _of_day(
    draft: SearchDraft, months: dict[SearchTopic, int | None], today: datetime.date
) -> Iterator[Objection]:
    if draft.day is None or draft.day > today:
        yield Objection(DAY, _("Give the day of it, today at the latest."))
        return
    for topic in draft.topics:
        counted = months.get(topic)
        if counted is not None and today >= months_from(draft.day, counted):
            words = _("Too long ago for %(topic)s: it may be at most %(n)d months.")
            yield Objection(DAY, words % {"topic": topic.words, "n": counted})
