"""Why a second person confirms a judgement."""

from collections.abc import Iterator
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.assessment.judging.compared_lines import is_alike, is_told_apart
from cases.assessment.policy.hit_reason_terms import HitReasons, HitVerdict, SecondIf
from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.wording import Words

MAIN_LISTS = ("UN_CONSOLIDATED", "EU_GLOBAL")


class Because(StrEnum):
    """Why; stored with the judgement."""

    VERDICT = "verdict"
    MATCH = "match"
    NOTHING_DECISIVE = "nothing_decisive"
    DECISIVE_ALIKE = "decisive_alike"
    MAIN_LIST = "main_list"
    OVERTURNS = "overturns"
    SAMPLE = "sample"

    @property
    def words(self) -> Words:
        """Why, as a part of a sentence."""
        return WORDS[self]


WORDS: dict[Because, Words] = {
    Because.VERDICT: _("every judgement of this kind is confirmed"),
    Because.MATCH: _("the match number is high"),
    Because.NOTHING_DECISIVE: _("no line that could tell them apart is different"),
    Because.DECISIVE_ALIKE: _("a line that could tell them apart is the same or similar"),
    Because.MAIN_LIST: _("it is on a main list, and the reason is not enough alone"),
    Because.OVERTURNS: _("it overturns what two people judged"),
    Because.SAMPLE: _("it was drawn for the sample"),
}


def because(
    policy: HitReasons, hit: Hit, verdict: HitVerdict, reasons: tuple[str, ...]
) -> tuple[Because, ...]:
    """Why a second person must confirm, by what is known of the hit; the sample is drawn beside it."""
    if verdict in policy.second.always:
        return (Because.VERDICT,)
    return tuple(_by_evidence(policy, hit, reasons)) if verdict is HitVerdict.FALSE_POSITIVE else ()


def _by_evidence(policy: HitReasons, hit: Hit, reasons: tuple[str, ...]) -> Iterator[Because]:
    second = policy.second
    # Without a match number nobody says that it is low.
    if hit.on_scale is None or hit.on_scale >= second.match_at_least:
        yield Because.MATCH
    if SecondIf.NOTHING_DECISIVE in second.conditions and not is_told_apart(policy, hit):
        yield Because.NOTHING_DECISIVE
    if SecondIf.DECISIVE_ALIKE in second.conditions and is_alike(policy, hit):
        yield Because.DECISIVE_ALIKE
    is_on_main = hit.list_name is not None and hit.list_name.code in MAIN_LISTS
    is_alone = any(policy.reasons[code].is_alone for code in reasons if code in policy.reasons)
    if SecondIf.MAIN_LIST in second.conditions and is_on_main and not is_alone:
        yield Because.MAIN_LIST
