"""What of a result was left out because it holds more than can be taken up."""

from collections.abc import Iterator, Mapping

from django.utils.translation import ngettext_lazy

from cases.findings.vocabulary.caution import Caution
from cases.provider.result.bounds import (
    EVERYTHING_AFTER,
    MOST_CHARACTERS,
    MOST_IN_ALL,
    MOST_OF_A_CHAPTER,
    MOST_OF_A_LIST,
    MOST_OF_A_STRING,
)
from cases.provider.result.scalars import visible

LONGEST_NAME = 60  # characters of a chapter's name in a sentence; it is the provider's

OF_A_CHAPTER = ngettext_lazy(
    "The result holds more in “%(chapter)s” than can be taken up (%(list)d entries of one list, %(most)d elements, "
    "%(text)d characters of one text): %(n)d more of the same is not shown, counted or compared. The file as captured "
    "holds all of it.",
    "The result holds more in “%(chapter)s” than can be taken up (%(list)d entries of one list, %(most)d elements, "
    "%(text)d characters of one text): %(n)d more of the same are not shown, counted or compared. The file as captured "
    "holds all of them.",
    "n",
)
OF_THE_REST = ngettext_lazy(
    "The result holds more than can be taken up (%(most)d elements, %(text)d characters): %(n)d chapter after that is "
    "not shown, counted or compared. The file as captured holds all of it.",
    "The result holds more than can be taken up (%(most)d elements, %(text)d characters): %(n)d chapters after that "
    "are not shown, counted or compared. The file as captured holds all of them.",
    "n",
)


def cautions(cut: Mapping[str, int]) -> Iterator[Caution]:
    """Warn of each chapter that is not whole; `cut` tells how many entries or values were left out of it."""
    for chapter, left_out in cut.items():
        if chapter == EVERYTHING_AFTER:
            limits = {"most": MOST_IN_ALL, "text": MOST_CHARACTERS}
            text = OF_THE_REST % {**limits, "n": left_out}
            yield Caution("result_too_large", text, "keyInformation")
        else:
            name = visible(chapter)[:LONGEST_NAME]
            limits = {"list": MOST_OF_A_LIST, "most": MOST_OF_A_CHAPTER, "text": MOST_OF_A_STRING}
            yield Caution("result_too_large", OF_A_CHAPTER % {**limits, "chapter": name, "n": left_out}, name)
