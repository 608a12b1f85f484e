"""What the pages of policy show: the documents with their versions, and one version part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cases.models import PolicyKind, PolicyVersion
from cases.presentation.policy.compared import Line, compare, drawn
from cases.presentation.policy.drawn import Part
from cases.presentation.policy.shapes import SECTIONS


@dataclass(frozen=True)
class Document:
    """A kind of policy with the version in force, drafts that wait, and all versions, the newest first."""

    kind: PolicyKind
    versions: Sequence[PolicyVersion]

    @property
    def in_force(self) -> PolicyVersion | None:
        return next((version for version in self.versions if version.is_in_force), None)

    @property
    def drafts(self) -> list[PolicyVersion]:
        return [version for version in self.versions if version.is_draft]


def documents() -> list[Document]:
    """Every document, in the order of their kinds."""
    found = list(PolicyVersion.objects.select_related("author", "activated_by").defer("document"))
    return [Document(kind, [version for version in found if version.kind == kind]) for kind in PolicyKind]


@dataclass
class VersionPage:
    """One version, beside another of the same document (`beside`), as a person sees it."""

    version: PolicyVersion
    beside: PolicyVersion | None

    @cached_property
    def parts(self) -> Sequence[Part]:
        """The document section by section, in the words of its form."""
        return drawn(SECTIONS[self.version.kind], self.version.content)

    @cached_property
    def lines(self) -> list[Line]:
        """What differs from the version beside it."""
        if self.beside is None:
            return []
        return compare(SECTIONS[self.version.kind], self.beside.content, self.version.content)
