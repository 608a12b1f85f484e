"""What a result says more than once, each time otherwise."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from cases.findings.coverage.near_names import named
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.sections import SCREENING
from cases.provider.result.coverage import chapter_of

LONGEST_PLACE = 120  # characters of a place in a sentence; the names in it are the provider's


def of_screening(places: Iterable[str]) -> tuple[str, ...]:
    """Pick the contradictory places that are the chapter `sanction`, or a part of it."""
    return tuple(place for place in places if chapter_of(place) == SCREENING)


def cautions(places: Iterable[str]) -> Iterator[Caution]:
    """Warn of every place; of the screening once and gravest, for one of its versions may be a hit."""
    every = [*places]
    if screened := of_screening(every):
        text = OF_SCREENING % {"places": named(screened)}
        yield Caution("screening_contradictory", text, screened[0] if len(screened) == 1 else SCREENING)
    for place in every:
        if place not in screened:
            yield Caution("contradictory", OF_ANYTHING % {"place": place[:LONGEST_PLACE]}, place)


OF_SCREENING = _(
    "The screening contradicts itself: %(places)s came more than once, each time otherwise. No version can be "
    "relied upon; all of them stand in ‘As it came’."
)
OF_ANYTHING = _(
    "The result contradicts itself: “%(place)s” came more than once, each time otherwise. All versions stand in "
    "‘As it came’."
)
