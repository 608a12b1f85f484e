"""Elements that this portal has no place for: no verdict of their chapter is in order beside them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext_lazy

from cases.findings.company import distress_signs
from cases.findings.coverage.near_names import OF_LISTS, named
from cases.findings.coverage.outcomes import holds, is_known_good, tells_of_trouble
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.sections import JUDGED_CHAPTERS, SCREENING
from cases.provider.result.coverage import Coverage, chapter_of
from cases.provider.result.element_names import folded
from cases.provider.result.scalars import visible
from cases.provider.result.wire import Organization

# At the top of a result: what the names of an element may concern beside the organisation, folded.
KEY_INFORMATION = "keyInformation"
CONCERNS: Mapping[str, re.Pattern[str]] = {
    "ownership": re.compile("owner|beneficial|share|ubo|eier|aksj|ägare|ejer|omistaj|holding|subsidiar"),
    "authorities": re.compile("role|sign|procur|prokur|authori|board|director|fullmakt|mandate|chairman"),
    SCREENING: re.compile(f"{OF_LISTS.pattern}|screen|^(is)?pep|hits|adverse"),
}
PLACE_IN_LIST = re.compile(r"\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is not read: its place in the result, and what stands there."""

    place: str
    value: Any


def found(coverage: Coverage) -> tuple[Part, ...]:
    """Give every part without a place that holds something."""
    return tuple(Part(place, value) for place, value in coverage.unplaced if holds(value))


def by_chapter(parts: Iterable[Part], known: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Give the unread places by the chapters they concern, each kind once; without those `known` from elsewhere."""
    elsewhere = {chapter: frozenset(places) for chapter, places in known.items()}
    places: dict[str, dict[str, None]] = {}
    for part in parts:
        if not _is_good(part):
            for chapter in concerned(part):
                if part.place not in elsewhere.get(chapter, ()):
                    places.setdefault(chapter, {})[PLACE_IN_LIST.sub("[]", part.place)] = None
    return {chapter: tuple(paths) for chapter, paths in places.items()}


def concerned(part: Part) -> tuple[str, ...]:
    """Name the chapters a part concerns: its own; at the top the organisation, and those that its names tell of.

    On accounts and links no verdict rests: there only what tells of trouble concerns the organisation.
    """
    chapter = chapter_of(part.place)
    if chapter in JUDGED_CHAPTERS:
        return (chapter,)
    is_trouble = tells_of_trouble(_name(part.place), part.value)
    if Organization.present_name(chapter) and chapter != part.place:
        return (KEY_INFORMATION,) if is_trouble else ()
    names = [folded(name) for name in _names(part)]
    beside = (other for other, words in CONCERNS.items() if is_trouble or any(map(words.search, names)))
    return (KEY_INFORMATION, *beside)


def may_list_hits(place: str) -> bool:
    """May the place hold listed parties, who are no named parties of the result?"""
    chapter = chapter_of(place)
    if Organization.present_name(chapter):
        return Organization.present_name(chapter) == SCREENING
    return any(CONCERNS[SCREENING].search(folded(name)) for name in place.split("."))


def cautions(places: Mapping[str, tuple[str, ...]]) -> Iterator[Caution]:
    """Warn of each chapter that holds parts that are not read."""
    for chapter, paths in places.items():
        text = ngettext_lazy(
            "The result holds %(n)d thing here that this portal does not read: %(names)s. It may say more than is "
            "shown; see ‘As it came’.",
            "The result holds %(n)d things here that this portal does not read: %(names)s. They may say more than is "
            "shown; see ‘As it came’.",
            "n",
        )
        in_short = ngettext_lazy("%(n)d thing not read", "%(n)d things not read", "n") % {"n": len(paths)}
        yield Caution("parts_not_read", text % {"n": len(paths), "names": named(paths)}, chapter, in_short)


def _is_good(part: Part) -> bool:
    name = _name(part.place)
    return is_known_good(name, part.value) or distress_signs.is_denied(name, part.value)


def _name(place: str) -> str:
    return place.rpartition(".")[2]


def _names(part: Part) -> Iterator[str]:
    """Yield the place of a part and the names of all elements inside it."""
    yield part.place
    waiting = [part.value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from map(visible, value)
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
