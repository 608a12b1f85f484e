"""What of a result was left out because it holds more than can be taken up."""

from collections.abc import Iterator, Mapping

from django.utils.translation import ngettext_lazy

from cases.findings.vocabulary.caution import Caution
from cases.provider.result.bounds import EVERYTHING_AFTER, MOST_IN_ALL, MOST_OF_A_CHAPTER, MOST_OF_A_LIST
from cases.provider.result.scalars import visible

LONGEST_NAME = 60  # characters of a chapter's name in a sentence; it is the provider's

OF_A_CHAPTER = ngettext_lazy(
    "The result holds more in “%(chapter)s” than can be taken up (%(list)d entries of one list, %(most)d elements): "
    "%(n)d more of the same is not shown, counted or compared. The file as captured holds all of it.",
    "The result holds more in “%(chapter)s” than can be taken up (%(list)d entries of one list, %(most)d elements): "
    "%(n)d more of the same are not shown, counted or compared. The file as captured holds all of them.",
    "n",
)
OF_THE_REST = ngettext_lazy(
    "The result holds more than can be taken up (%(most)d elements): %(n)d chapter after that is not shown, counted or "
    "compared. The file as captured holds all of it.",
    "The result holds more than can be taken up (%(most)d elements): %(n)d chapters after that are not shown, counted "
    "or compared. The file as captured holds all of them.",
    "n",
)


def cautions(cut: Mapping[str, int]) -> Iterator[Caution]:
    """Warn of each chapter that is not whole; `cut` tells how many entries or values were left out of it."""
    for chapter, left_out in cut.items():
        if chapter == EVERYTHING_AFTER:
            text = OF_THE_REST % {"most": MOST_IN_ALL, "n": left_out}
            yield Caution("result_too_large", text, "keyInformation")
        else:
            name = visible(chapter)[:LONGEST_NAME]
            limits = {"list": MOST_OF_A_LIST, "most": MOST_OF_A_CHAPTER}
            yield Caution("result_too_large", OF_A_CHAPTER % {**limits, "chapter": name, "n": left_out}, name)
