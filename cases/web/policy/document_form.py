"""The form of a policy document: tables whose cells are inputs, and at each cell what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from cases.assessment.policy.problems import Problem
from cases.models import PolicyVersion
from cases.presentation.policy.assembled import assemble, own_problems, place_problems
from cases.presentation.policy.drawing import draw, offer
from cases.presentation.policy.drawn import Part, Place
from cases.presentation.policy.shapes import SECTIONS
from cases.workflows.policy import versions

# Inputs of the largest document that a reader takes are more; those of one that people can still work on are not.
MOST_FIELDS = 10_000


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: where, if it is drawn, and what to do."""

    at: Place | None
    place: str
    words: Any


class DocumentForm:
    """A version as a form, with what was sent for it. `adds` names the table that gets a row more."""

    def __init__(self, copied: PolicyVersion, sent: QueryDict | None = None) -> None:
        self.copied = copied
        self.adds = sent.get("add", "") if sent is not None else ""
        self.parts: Sequence[Part] = draw(SECTIONS[copied.kind], copied.content, sent, self.adds)
        self.document = assemble(self.parts, copied.content)
        offer(self.parts, self.document)
        self.wrong: list[Wrong] = []

    @cached_property
    def is_as_it_was(self) -> bool:
        """Does it still say what the version says?"""
        return bool(self.document == self.copied.content)

    def check(self) -> bool:
        """Read the document as any other is read, and say at each cell what is wrong with it."""
        own = own_problems(self.parts)
        problems = versions.problems_of(self.copied.kind, self.document)
        self.wrong = [Wrong(place, "", words) for place, words in own]
        self.say(problems)
        return not self.wrong

    def say(self, problems: Sequence[Problem]) -> None:
        """Say problems at their cells, and in the summary."""
        self.wrong += [
            Wrong(place, problem.place, problem.words)
            for place, problem in place_problems(self.parts, problems)
        ]
