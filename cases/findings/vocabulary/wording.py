"""What a person reads for the words that rows and results keep."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Wording:
    """One table of words and what is said for each.

    `of_unknown` is said for a word that is not in it, as a newer version or the provider may have written; without one
    the word itself is.
    """

    table: Mapping[str, Words]
    of_unknown: Words = ""

    def of(self, word: str) -> Words:
        """What is said for a word; '' for none."""
        return self.table.get(word, self.of_unknown or word) if word else ""
