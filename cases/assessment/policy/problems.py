"""What is wrong with a policy document, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Problem:
    """One fault of a document: `place` as a path into its JSON (`factors[3].bands`, '' for the whole), `words` a
    sentence that says what to do."""

    place: str
    words: str | Promise


class PolicyRefused(ValueError):
    """The document cannot be used as policy; `problems` are in the order of the document."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"the policy document has {len(problems)} faults")
        self.problems = tuple(problems)
