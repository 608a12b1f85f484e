"""Elements under unknown names that may mean what a known name means: content that is not read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.coverage.counted import counted_by
from cases.findings.coverage.outcomes import is_known_good, tells_of_trouble
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.sections import JUDGED_CHAPTERS, SCREENING
from cases.findings.vocabulary.wording import Words
from cases.provider.result.chapter import Metadata
from cases.provider.result.coverage import Coverage, chapter_of
from cases.provider.result.element_names import folded
from cases.provider.result.scalars import visible
from cases.provider.result.wire import Organization, Sanction

MOST_NAMED, LONGEST_NAME = 5, 80
# Names, folded, under which the outcome of a search in lists may stand.
OF_LISTS = re.compile(
    r"sanction|screening|watchlist|adversemedia|politically|^(is)?pep(?!p)|pep(hit|result|list|statu)"
)
# Names, folded, of what is known to be no outcome: when, under which number, in which version.
OF_ITSELF = re.compile("(id|at|date|time|timestamp|reference|number|version|language)$")
OF_HITS = re.compile("(sanctions?|possible|open)*(hits?|match(es)?|results?|sanctions)")


def found(document: dict[str, object], read: Organization, coverage: Coverage) -> dict[str, tuple[str, ...]]:
    """Give the places under near names, by chapter, of the chapters that a verdict rests on."""
    places: dict[str, list[str]] = {}
    for place in coverage.near_misses:
        if (chapter := _chapter(place)) in JUDGED_CHAPTERS:
            places.setdefault(chapter, []).append(place)
    if of_screening := [*_of_screening(document, read.sanction)]:
        places.setdefault(SCREENING, []).extend(of_screening)
    return {chapter: tuple(dict.fromkeys(paths)) for chapter, paths in places.items()}


def _of_screening(document: dict[str, object], read: Sanction | None) -> Iterator[str]:
    """Yield elements of unknown names, in the screening or beside it, that may be hits, or lists that failed."""
    for name, value in (read.extras if read else {}).items():
        is_told = (
            _says_more(name, value) or tells_of_trouble(name, value) or _counts_others(name, value, read)
        )
        if is_told and not Sanction.present_name(name):
            yield f"{SCREENING}.{visible(name)}"
    for name, value in (read.metadata.extras if read and read.metadata else {}).items():
        if _says(value) and not Metadata.present_name(name):
            yield f"{SCREENING}.metadata.{visible(name)}"
    for name, value in document.items():
        if not Organization.present_name(name) and _concerns_screening(name, value):
            yield visible(name)


def _counts_others(name: str, value: object, read: Sanction | None) -> bool:
    """Does a number count more or fewer hits than are listed?"""
    listed = len((read.sanction_results if read else None) or ())
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return is_number and OF_HITS.fullmatch(counted_by(name)) is not None and value != listed


def _concerns_screening(name: str, value: object) -> bool:
    """Is an element of the result named like a search in lists, or does it say that something failed?"""
    return (_says(value) and _chapter(name) == SCREENING) or tells_of_trouble(name, value)


def _says(value: object) -> bool:
    return value is not False and value not in (None, "", [], {})


def _says_more(name: str, value: object) -> bool:
    """May an element be an outcome: a list, object, word or yes, neither known to be good nor a date or an id?"""
    if isinstance(value, list | dict):
        return bool(value)
    is_one = value is True or (isinstance(value, str) and bool(value.strip()))
    return is_one and not is_known_good(name, value) and not OF_ITSELF.search(folded(name))


def _chapter(place: str) -> str:
    """Name the chapter that a place is in, or beside; whatever is called like a search in lists is of the screening."""
    name = chapter_of(place)
    if OF_LISTS.search(folded(name)):
        return SCREENING
    return Organization.near_name(name) or name


def cautions(places: Mapping[str, tuple[str, ...]]) -> Iterator[Caution]:
    """Warn of each chapter but the screening, which warns of itself."""
    for chapter, paths in places.items():
        if chapter != SCREENING:
            text = _(
                "Something came under a name that this portal does not know, and that is near to one it reads: "
                "%(names)s. It was not read; see ‘As it came’."
            )
            yield Caution("elements_not_read", text % {"names": named(paths)}, chapter)


def named(places: Iterable[str]) -> Words:
    """Name places in a sentence, the first of them if there are many."""
    every = [place[:LONGEST_NAME] for place in places]
    names = ", ".join(f"“{text}”" for text in every[:MOST_NAMED])
    if len(every) <= MOST_NAMED:
        return names
    return _("%(names)s and %(n)d more") % {"names": names, "n": len(every) - MOST_NAMED}
