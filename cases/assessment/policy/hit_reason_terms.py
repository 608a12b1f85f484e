"""What the hit reasons hold: verdicts, coded reasons with the compared lines they need, and who must confirm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.findings.identity.verdict import Verdict as Line
from cases.findings.vocabulary.wording import Words


class HitVerdict(StrEnum):
    """What a person judges a hit to be; stored with each judgement."""

    FALSE_POSITIVE = "FALSE_POSITIVE"
    TRUE_MATCH = "TRUE_MATCH"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    CANNOT_TELL = "CANNOT_TELL"

    @property
    def words(self) -> Words:
        """The verdict as a reader sees it."""
        return VERDICT_WORDS[self]


VERDICT_WORDS: dict[HitVerdict, Words] = {
    HitVerdict.FALSE_POSITIVE: _("Not the same"),
    HitVerdict.TRUE_MATCH: _("The same"),
    HitVerdict.NOT_APPLICABLE: _("No measure applies"),
    HitVerdict.CANNOT_TELL: _("Cannot tell yet"),
}


class Weight(StrEnum):
    """What a compared line is worth: a decisive one can clear a hit alone, a supporting one with another."""

    DECISIVE = "decisive"
    SUPPORTING = "supporting"
    BY_EVIDENCE = "by evidence"


class SecondIf(StrEnum):
    """When ‘not the same’ needs a second person beside a high match number, in the words of a document."""

    NOTHING_DECISIVE = "no decisive attribute is DIFFERENT"
    DECISIVE_ALIKE = "any decisive attribute is EQUAL or NEAR"
    MAIN_LIST = "list is UN_CONSOLIDATED or EU_GLOBAL and reason is not alone:true"


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded reason of one verdict.

    `lines`: of each attribute it needs, the outcomes that allow it. `stated`: what the result does not hold and a
    person says (`function`, `document`, `answer`), '' if nothing. `or_stated`: saying it does instead of the lines.
    `partners`: of a reason that is not enough alone, those of which one must stand beside it. `needs`: what must be
    said with it, in words.
    """

    code: str
    verdict: HitVerdict
    words: str
    lines: Mapping[str, frozenset[Line]] = field(default_factory=dict)
    stated: str = ""
    or_stated: bool = False
    has_attachment: bool = False
    is_alone: bool = True
    partners: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    escalate: str = ""
    is_of_system: bool = False


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Whose judgements a second person confirms: verdicts always, and ‘not the same’ by evidence and by a sample."""

    always: frozenset[HitVerdict]
    match_at_least: int
    conditions: frozenset[SecondIf]
    sample_percent: int


@dataclass(frozen=True, slots=True)
class HitReasons:
    """The document, read: reasons by code in their order; months after which a verdict expires, None for never."""

    weights: Mapping[str, Weight]
    reasons: Mapping[str, Reason]
    expires_months: Mapping[HitVerdict, int | None]
    second: SecondPerson
    most_at_once: int

    def of(self, verdict: HitVerdict) -> tuple[Reason, ...]:
        """The reasons of a verdict that a person may choose from, in their order."""
        return tuple(
            reason
            for reason in self.reasons.values()
            if reason.verdict == verdict and not reason.is_of_system
        )
