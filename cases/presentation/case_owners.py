"""The beneficial owners of a case: each candidate with what is reckoned and what people concluded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.candidates import Candidate, FamilyQuestion, Reckoning
from cases.assessment.owners.concluded import Concluded, OwnersConcluded, reckoned_of, why_not
from cases.assessment.owners.grounds import Conclusion
from cases.assessment.owners.listed import NOT_KNOWN, HitsOnPeople, PersonHits, WordsNeeded, words_needed
from cases.findings.screening.chapter import Screening
from cases.findings.vocabulary.formats import exact_words
from cases.findings.vocabulary.wording import Words
from cases.models import OwnerConclusion

MOST_ON_PAPER = 200
MOST_IN_A_FAMILY = 20  # names that are said of a family question
NOT_NAMED = _("The capture that is read does not name them any more.")


@dataclass(frozen=True)
class OwnerRow:
    """A person to conclude on, or concluded on: a candidate (None of somebody added), and the newest conclusion.

    `why_not`: why that does not count any more; '' if it does. `is_manager`: of board or management, and no candidate.
    `hits`: those on a candidate; `words_needed`: why the words on them matter, whichever it is.
    """

    key: str
    name: str
    candidate: Candidate | None
    newest: OwnerConclusion | None
    why_not: Words = ""
    questions: tuple[FamilyQuestion, ...] = ()
    is_manager: bool = False
    hits: PersonHits = NOT_KNOWN
    words_needed: WordsNeeded | None = None

    @property
    def counts(self) -> bool:
        """Is there a conclusion that counts?"""
        return self.newest is not None and not self.why_not

    def as_json(self) -> dict[str, Any]:
        """It in plain values."""
        candidate, newest = self.candidate, self.newest if self.counts else None
        reckoned = reckoned_of(candidate)["by_rule_set"] if candidate else {}
        return {
            "name": self.name,
            "candidate_because": [str(because) for because in candidate.because] if candidate else [],
            "conclusion": newest.conclusion if newest else None,
            "ground": (newest.ground or None) if newest else None,
            "percent": exact_words(newest.percent) if newest and newest.percent is not None else None,
            "words": newest.words if newest else None,
            "by": newest.by.name if newest else None,
            "at": newest.at.isoformat() if newest else None,
            "by_rule_set": {
                reckoning.rule_set.id: {**reckoned[reckoning.rule_set.id], "words": str(reckoning.words)}
                for reckoning in (candidate.by_rule_set if candidate else ())
            },
            "questions": [
                {
                    "why": str(question.why),
                    "names": list(question.names[:MOST_IN_A_FAMILY]),
                    "members": len(question.members),
                    "together": exact_words(question.together),
                }
                for question in self.questions
            ],
            "not_counted": str(self.why_not) or None,
        }


@dataclass(frozen=True)
class CaseOwners:
    """What is reckoned of a result, and every conclusion of a case, the newest first.

    `capture`: the result's key; `screening`: what it says of hits, None where it may not be used.
    """

    reckoning: Reckoning
    conclusions: Sequence[OwnerConclusion]
    capture: int | None
    screening: Screening | None = None

    @cached_property
    def rows(self) -> list[OwnerRow]:
        """The candidates, then whom people added."""
        newest = self._newest
        candidates = [self._row(candidate) for candidate in self.reckoning.candidates]
        added = [
            OwnerRow(key, conclusion.name, None, conclusion)
            for key, conclusion in newest.items()
            if conclusion.is_added
        ]
        return [*candidates, *added]

    @cached_property
    def managers(self) -> list[OwnerRow]:
        """Board and chief executive, as far as they are no candidates."""
        keys = {row.key for row in self.rows}
        return [
            self._row(candidate, is_manager=True)
            for candidate in self.reckoning.senior_managers
            if candidate.key not in keys
        ]

    @cached_property
    def gone(self) -> list[OwnerRow]:
        """On whom people concluded, and whom the capture that is read does not name any more."""
        there = {row.key for row in (*self.rows, *self.managers)}
        return [
            OwnerRow(key, conclusion.name, None, conclusion, NOT_NAMED)
            for key, conclusion in self._newest.items()
            if key not in there
        ]

    @property
    def on_paper(self) -> list[OwnerRow]:
        """Whom a report shows: those concluded on as managers too, and of very many the first."""
        return self._for_paper[:MOST_ON_PAPER]

    @property
    def not_on_paper(self) -> int:
        """How many a report leaves out."""
        return max(0, len(self._for_paper) - MOST_ON_PAPER)

    @cached_property
    def _for_paper(self) -> list[OwnerRow]:
        return [*(row for row in self.managers if row.counts), *self.rows, *self.gone]

    @property
    def open(self) -> list[OwnerRow]:
        """The candidates that somebody must still conclude on."""
        return [row for row in self.rows if not row.counts]

    @property
    def concluded(self) -> OwnersConcluded:
        """How far it is concluded, in the terms of the assessment."""
        counting = [row for row in (*self.rows, *self.managers) if row.counts]
        found = [(row, row.newest) for row in counting if row.newest is not None]
        return OwnersConcluded(
            reckoning=self.reckoning,
            open_names=tuple(row.name for row in self.open),
            owners=_named(found, Conclusion.BENEFICIAL_OWNER),
            managers=_named(found, Conclusion.SENIOR_MANAGER),
            by=tuple(dict.fromkeys(conclusion.by.name for _row, conclusion in found)),
            refs=tuple(conclusion.number for _row, conclusion in found),
        )

    def row(self, key: str) -> OwnerRow | None:
        """The row of a person; None if they are neither candidate nor manager nor added."""
        return next((row for row in (*self.rows, *self.managers) if row.key == key), None)

    @property
    def newest_number(self) -> int:
        """The number of the newest conclusion, 0 if there is none."""
        return self.conclusions[0].number if self.conclusions else 0

    def as_json(self, searches: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        """The owners in plain values; `searches`: what is known of searches of each, by key."""
        return {
            "known": self.reckoning.is_known,
            "nobody_found": self.reckoning.nobody_found,
            "incomplete": [str(words) for words in self.reckoning.incomplete_because],
            "rule_sets": [
                {
                    "id": rule_set.id,
                    "words": str(rule_set.words),
                    "from": rule_set.valid_from.isoformat() if rule_set.valid_from else None,
                }
                for rule_set in self.reckoning.rule_sets
            ],
            "owners": [_with_searches(row, searches) for row in self.rows],
            "senior_managers": [_with_searches(row, searches) for row in self.managers],
            "no_longer_named": [_with_searches(row, searches) for row in self.gone],
        }

    @cached_property
    def _newest(self) -> dict[str, OwnerConclusion]:
        return {conclusion.person: conclusion for conclusion in reversed(self.conclusions)}

    def _row(self, candidate: Candidate, *, is_manager: bool = False) -> OwnerRow:
        newest = self._newest.get(candidate.key)
        reason: Words = ""
        if newest is not None:
            held = Concluded(newest.reckoned, newest.capture_id)
            reason = why_not(held, candidate, self.capture)
        hits = self._hits.on(candidate.names, candidate.places)
        return OwnerRow(
            candidate.key,
            candidate.name or "?",
            candidate,
            newest,
            reason,
            tuple(self._questions.get(candidate.key, ())),
            is_manager,
            hits,
            words_needed(candidate, hits),
        )

    @cached_property
    def _hits(self) -> HitsOnPeople:
        return HitsOnPeople(self.screening)

    @cached_property
    def _questions(self) -> dict[str, list[FamilyQuestion]]:
        """The family questions that each candidate is part of."""
        found: dict[str, list[FamilyQuestion]] = {}
        for question in self.reckoning.family_questions:
            for key in question.members:
                found.setdefault(key, []).append(question)
        return found


def _named(found: Sequence[tuple[OwnerRow, OwnerConclusion]], conclusion: Conclusion) -> tuple[str, ...]:
    return tuple(row.name for row, newest in found if newest.conclusion == conclusion)


def _with_searches(row: OwnerRow, searches: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {**row.as_json(), "searches": searches.get(row.key, {})}
