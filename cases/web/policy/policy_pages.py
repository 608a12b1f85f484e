"""What the pages of policy show: the documents with their versions, and one version part by part."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.differences import Difference, differences
from cases.assessment.policy.problems import Problem
from cases.models import PolicyKind, PolicyState, PolicyVersion, User
from cases.models.people.permissions import Perm
from cases.workflows.policy import versions


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
    user: User

    @cached_property
    def content(self) -> dict[str, Any]:
        return self.version.content

    @property
    def tables(self) -> list["Table"]:
        """The document as tables: each list of objects one, everything else in the first."""
        return tables_of(self.content)

    @cached_property
    def differences(self) -> list[tuple[Difference, str, str]]:
        """What differs from the version beside it, with both values as text."""
        if self.beside is None:
            return []
        found = differences(self.beside.content, self.content)
        return [(difference, text_of(difference.was), text_of(difference.now)) for difference in found]

    @property
    def lacking(self) -> Sequence[Problem]:
        """What a draft lacks before it can be put in force."""
        return versions.unfilled(self.version) if self.version.is_draft else ()

    @property
    def why_not_activate(self) -> str | Promise:
        """Why this person cannot put the draft in force; '' if they can, or it is no draft."""
        if not self.version.is_draft:
            return ""
        if not self.user.has_perm(Perm.ACTIVATE_POLICY):
            return _("Your role does not allow putting policy in force.")
        if self.version.author_id == self.user.pk:
            return _("You wrote this draft: another person must put it in force.")
        return _("It lacks what stands below.") if self.lacking else ""

    @property
    def may_discard(self) -> bool:
        return self.version.state == PolicyState.DRAFT and self.user.has_perm(Perm.EDIT_POLICY)


@dataclass(frozen=True)
class Table:
    """A part of a document: its title, the columns, and a row for each entry."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_of(content: dict[str, Any]) -> list[Table]:
    """Put a document into tables, in its own order."""
    plain = {name: value for name, value in content.items() if not _is_table(value)}
    found = [Table("", ("", ""), tuple((name, text_of(value)) for name, value in plain.items()))]
    for name, value in content.items():
        if _is_table(value):
            entries = (
                value if isinstance(value, list) else [{"": key, **below} for key, below in value.items()]
            )
            columns = tuple(dict.fromkeys(column for entry in entries for column in entry))
            rows = tuple(tuple(text_of(entry.get(column)) for column in columns) for entry in entries)
            found.append(Table(name, columns, rows))
    return found


def _is_table(value: Any) -> bool:
    below = list(value.values()) if isinstance(value, dict) else value
    return isinstance(below, list) and bool(below) and all(isinstance(entry, dict) for entry in below)


def text_of(value: Any) -> str:
    """A value of a document on one line: '' for nothing, names with their values, entries with commas."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(not isinstance(entry, dict | list) for entry in value):
        return ", ".join(text_of(entry) for entry in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {text_of(below)}" for name, below in value.items())
    return json.dumps(value, ensure_ascii=False)
