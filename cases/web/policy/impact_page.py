"""What the page of a draft shows of its impact: how many cases, what of them would change, and each of them by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.assessment.policy.risk_terms import CLASS_WORDS
from cases.assessment.requirements.found import STATES, State
from cases.findings.vocabulary.wording import Wording
from cases.models import PolicyImpact, PolicyVersion, User
from cases.models.people.permissions import Perm
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework.impact import REASON_NOT_ALLOWED, SECOND_NEEDED
from cases.workflows.policy import impacts, versions

CLASS = "class"
WATCHED_SECONDS = 3
CLASSES = Wording({str(word): words for word, words in CLASS_WORDS.items()})
STATE_WORDS = Wording({str(word): words for word, words in STATES.items()})


@dataclass(frozen=True)
class Tally:
    """So many changes of a kind: of what, from what to what."""

    what: str
    was: str
    now: str
    number: int


@dataclass(frozen=True)
class ChangedCase:
    """One change of one case, with the tab where it is seen."""

    reference: str
    tab: str
    change: Tally


@dataclass
class ImpactPage:
    """A draft with what is known of its impact, as one person sees it."""

    version: PolicyVersion
    user: User

    @cached_property
    def latest(self) -> PolicyImpact | None:
        """The one that was ordered last, whatever became of it."""
        return impacts.latest(self.version)

    @cached_property
    def known(self) -> PolicyImpact | None:
        """The newest that was worked out."""
        return impacts.newest_worked_out(self.version)

    @property
    def is_under_way(self) -> bool:
        return bool(self.latest and self.latest.is_ordered)

    @property
    def failed(self) -> PolicyImpact | None:
        """The latest, if it could not be worked out."""
        is_over = self.latest and not (self.latest.is_ordered or self.latest.is_worked_out)
        return self.latest if is_over else None

    @property
    def watched_seconds(self) -> int:
        return WATCHED_SECONDS

    @cached_property
    def why_not_seen(self) -> str | Promise:
        """Why nobody can know yet what it would do; '' if that is known, or there is no open case."""
        return impacts.why_not_seen(self.version)

    @property
    def is_of_no_case(self) -> bool:
        """Is there no open case on which it could do anything?"""
        return not self.why_not_seen and self.known is None

    @property
    def is_out_of_date(self) -> bool:
        """Was another version put in force since it was worked out?"""
        return bool(self.known and self.why_not_seen)

    @property
    def may_order(self) -> bool:
        return self.version.is_draft and not self.is_under_way and self.user.has_perm(Perm.EDIT_POLICY)

    @property
    def sees_cases(self) -> bool:
        return self.user.has_perm(Perm.VIEW_CASE)

    @cached_property
    def tallies(self) -> Sequence[Tally]:
        """How many changes there are of each kind, the most first."""
        rows = self.known.tallies if self.known else []
        return [Tally(*self._in_words(row), row["number"]) for row in rows]

    @cached_property
    def open_by_requirement(self) -> list[tuple[str, int, int]]:
        """Of each requirement: in how many cases it would newly be open, and would not be open any more."""
        newly, no_more = Counter[str](), Counter[str]()
        rows = self.known.tallies if self.known else []
        for row in rows:
            if row["what"] not in (CLASS, REASON_NOT_ALLOWED, SECOND_NEEDED):
                was, now = (_is_open(row[name]) for name in ("was", "now"))
                newly[row["what"]] += row["number"] if now and not was else 0
                no_more[row["what"]] += row["number"] if was and not now else 0
        names = sorted(name for name in {*newly, *no_more} if newly[name] or no_more[name])
        return [(self._requirement(name), newly[name], no_more[name]) for name in names]

    @cached_property
    def changes(self) -> list[ChangedCase]:
        """The changes that are named, in the order of the cases."""
        rows = self.known.changes if self.known else []
        return [
            ChangedCase(row["case"], _tab_of(row["what"]), Tally(*self._in_words(row), 1)) for row in rows
        ]

    @property
    def more(self) -> int:
        """How many changes are counted and not named."""
        return sum(tally.number for tally in self.tallies) - len(self.changes)

    @property
    def why_not_activate(self) -> str | Promise:
        """Why this person cannot put the draft in force; '' if they can, or it is no draft."""
        if not self.version.is_draft:
            return ""
        if not self.user.has_perm(Perm.ACTIVATE_POLICY):
            return _("Your role does not allow putting policy in force.")
        if self.version.author_id == self.user.pk:
            return _("You wrote this draft: another person must put it in force.")
        return _("It lacks what stands below.") if self.lacking else self.why_not_seen

    @cached_property
    def lacking(self) -> Sequence[Any]:
        """What a draft lacks before it can be put in force."""
        return versions.unfilled(self.version) if self.version.is_draft else ()

    @property
    def may_discard(self) -> bool:
        return self.version.is_draft and self.user.has_perm(Perm.EDIT_POLICY)

    def _in_words(self, row: dict[str, Any]) -> tuple[str, str, str]:
        what, was, now = row["what"], row["was"], row["now"]
        if what == CLASS:
            return _("Risk class"), str(CLASSES.of(was)), str(CLASSES.of(now))
        if what == REASON_NOT_ALLOWED:
            return _("Reason %(code)s") % {"code": now}, _("allowed"), _("not allowed any more")
        if what == SECOND_NEEDED:
            return _("Second person"), _("not needed"), _("needed")
        before, after = (str(STATE_WORDS.of(word)) or _("not required") for word in (was, now))
        return self._requirement(what), before, after

    @cached_property
    def _titles(self) -> dict[str, str]:
        against = self.known.against if self.known else None
        rows = [*(against.content.get("requirements", []) if against else [])]
        rows += self.version.content.get("requirements", [])
        return {row.get("id", ""): str(row.get("title", "")) for row in rows}

    def _requirement(self, name: str) -> str:
        title = self._titles.get(name)
        return f"{name} {title}" if title else name


def _is_open(word: str) -> bool:
    return word in {State.OPEN, State.CANNOT_BE_KNOWN}


def _tab_of(what: str) -> str:
    """On which tab of a case a change is seen."""
    if what == CLASS:
        return Tab.RISK
    return Tab.SCREENING if what in (REASON_NOT_ALLOWED, SECOND_NEEDED) else Tab.REQUIREMENTS
