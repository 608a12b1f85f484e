"""What of a result was left out because it holds more than can be taken up."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from cases.findings.caution import Caution
from cases.findings.presence import Words
from cases.provider.bounds import EVERYTHING_AFTER, MOST_IN_ALL, MOST_OF_A_CHAPTER
from cases.provider.scalars import visible

LONGEST_NAME = 60  # characters of a chapter's name in a sentence; it is the provider's

OF_A_CHAPTER: Words = _(
    "The result holds more in “%(chapter)s” than can be taken up (%(most)d elements): what comes after is not shown, "
    "counted or compared. The file as captured holds all of it."
)
OF_THE_REST: Words = _(
    "The result holds more than can be taken up (%(most)d elements): the chapters after that are not shown, counted "
    "or compared. The file as captured holds all of it."
)


def cautions(cut: Sequence[str]) -> Iterator[Caution]:
    """Warn of each chapter that is not whole."""
    for chapter in cut:
        if chapter == EVERYTHING_AFTER:
            yield Caution("result_too_large", OF_THE_REST % {"most": MOST_IN_ALL}, "keyInformation")
        else:
            name = visible(chapter)[:LONGEST_NAME]
            text = OF_A_CHAPTER % {"chapter": name, "most": MOST_OF_A_CHAPTER}
            yield Caution("result_too_large", text, name)
