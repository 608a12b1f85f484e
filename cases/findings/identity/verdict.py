"""What a comparison of two values comes to."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words


class Verdict(StrEnum):
    """What a comparison comes to; UNKNOWN if either side states nothing, or if the two cannot be compared."""

    EQUAL = "equal"
    NEAR = "near"
    DIFFERENT = "different"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Words:
        """The verdict as a reader sees it."""
        return WORDS[self]


WORDS: dict[Verdict, Words] = {
    Verdict.EQUAL: _("same"),
    Verdict.NEAR: _("similar"),
    Verdict.DIFFERENT: _("different"),
    Verdict.UNKNOWN: _("unknown"),
}
