"""Elements that came in another form than they are read in: content that no verdict may pass over."""

import re
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from cases.findings.coverage.near_names import named
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.sections import JUDGED_CHAPTERS, SCREENING
from cases.provider.result.coverage import Coverage, chapter_of

# What other cautions of the screening tell: its words and its hits.
TOLD_ELSEWHERE = re.compile(r"sanction(\.(status|message|sanctionResults\[\d+\](\..*)?))?")
# What says where a chapter comes from, and bears on nothing: not the names of its sources.
BESIDE_THE_POINT = re.compile(r".*\.metadata\.(accountingYear|lastChanged|urls)(\[\d+\])?")


def found(coverage: Coverage) -> dict[str, tuple[str, ...]]:
    """Give the places that came in another form, by chapter, of the chapters that a verdict rests on."""
    places: dict[str, dict[str, None]] = {}
    for place in coverage.misshapen:
        chapter = chapter_of(place)
        is_ours = TOLD_ELSEWHERE.fullmatch(place) is None and BESIDE_THE_POINT.fullmatch(place) is None
        if chapter in JUDGED_CHAPTERS and is_ours:
            places.setdefault(chapter, {})[place] = None
    return {chapter: tuple(paths) for chapter, paths in places.items()}


def cautions(places: Mapping[str, tuple[str, ...]], failed: Collection[str]) -> Iterator[Caution]:
    """Warn of each chapter but the screening, which warns of itself; parts that `failed` are told as not readable."""
    for chapter, paths in places.items():
        others = [place for place in paths if not _is_of_failed(place, failed)]
        if others and chapter != SCREENING:
            text = _(
                "Something came empty or in another form than it is read in: %(names)s. It may say more than is shown; "
                "see ‘As it came’."
            )
            yield Caution("elements_not_read", text % {"names": named(others)}, chapter)


def _is_of_failed(place: str, failed: Collection[str]) -> bool:
    """Is it a part that came in no form that can be read, or the chapter of such parts?"""
    return place.removesuffix("[0]") in failed or f"{place}.shareholders" in failed
