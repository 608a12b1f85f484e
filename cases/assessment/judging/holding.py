"""Whether a judgement still holds for a hit as it now comes, and if not, why."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.assessment.judging.allowed_reasons import refusal
from cases.assessment.judging.compared_content import (
    CONTENT_LABELS,
    content_of,
    differences,
)
from cases.assessment.policy.hit_reason_terms import HitReasons, HitVerdict
from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.wording import Words

MOST_NAMED = 3


class Change(StrEnum):
    """What no longer holds."""

    ENTRY = "entry_changed"
    OURS = "our_side_changed"
    NEW_PARTY = "new_party"
    EXPIRED = "expired"
    REASON = "reason_not_allowed"
    MATCH = "match_rose"


@dataclass(frozen=True, slots=True)
class Reopening:
    """Why a hit is open again: what changed, as a word and a sentence; of an entry, the field, what it was and is."""

    change: Change
    words: Words
    field: str = ""
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judgement was made on: the entry by field, our parties by key, the party compared (its key, '' if nobody
    was near), the match number held to its scale, and until when it holds.
    """

    verdict: HitVerdict
    reasons: tuple[str, ...]
    content: Mapping[str, list[str]]
    parties: Mapping[str, str]
    party: str
    match: int | None
    expires_on: datetime.date | None = None


def reopenings(
    policy: HitReasons,
    judged: Judged,
    hit: Hit,
    ours: Mapping[str, str],
    today: datetime.date,
) -> tuple[Reopening, ...]:
    """Why a judgement does not hold any more; none if it does.

    `policy` is the version it was made by; `ours` are our parties now, by key (compared_content.parties_of).
    """
    return (
        *_of_entry(judged, hit),
        *_of_parties(judged, ours),
        *_of_time(judged, today),
        *_of_reasons(policy, judged, hit),
        *_of_match(policy, judged, hit),
    )


def _of_entry(judged: Judged, hit: Hit) -> Iterator[Reopening]:
    for name, (was, now) in differences(judged.content, content_of(hit)).items():
        words = _("The entry changed: %(field)s.") % {"field": str(CONTENT_LABELS[name]).lower()}
        yield Reopening(Change.ENTRY, words, name, tuple(was), tuple(now))


def _of_parties(judged: Judged, now: Mapping[str, str]) -> Iterator[Reopening]:
    """Tell of parties that came, and of those of whom something else is known; who left changes nothing by that.

    But the party that the hit was compared with must still be there, as it was.
    """
    new = [name for key, name in now.items() if key not in judged.parties]
    gone = {name for key, name in judged.parties.items() if key not in now}
    compared = judged.parties.get(judged.party)
    changed = [name for name in new if name in gone]
    if compared is not None and judged.party not in now and compared not in changed:
        words = _("%(name)s, with whom the entry was compared, is not named any more.")
        yield Reopening(Change.OURS, words % {"name": _named([compared])})
    if changed:
        yield Reopening(Change.OURS, _("What is known of %(name)s changed.") % {"name": _named(changed)})
    if came := [name for name in new if name not in gone]:
        yield Reopening(Change.NEW_PARTY, _("A new party of ours: %(name)s.") % {"name": _named(came)})


def _named(names: list[str]) -> str:
    shown = [name or str(_("without a name")) for name in names]
    more = len(shown) - MOST_NAMED
    text = ", ".join(shown[:MOST_NAMED])
    return str(_("%(names)s and %(n)d more") % {"names": text, "n": more}) if more > 0 else text


def _of_time(judged: Judged, today: datetime.date) -> Iterator[Reopening]:
    if judged.expires_on is not None and judged.expires_on <= today:
        yield Reopening(Change.EXPIRED, _("The judgement has expired."))


def _of_reasons(policy: HitReasons, judged: Judged, hit: Hit) -> Iterator[Reopening]:
    for code in judged.reasons:
        reason = policy.reasons.get(code)
        if reason is not None and (line := refusal(reason, hit)):
            words = _("“%(reason)s” cannot be given any more: %(line)s.")
            yield Reopening(Change.REASON, words % {"reason": reason.words, "line": line})


def _of_match(policy: HitReasons, judged: Judged, hit: Hit) -> Iterator[Reopening]:
    limit, was, now = policy.second.match_at_least, judged.match, hit.on_scale
    if (
        judged.verdict is HitVerdict.FALSE_POSITIVE
        and was is not None
        and now is not None
        and was < limit <= now
    ):
        words = _("The match number rose over %(limit)d: it was %(was)d, and is %(now)d.")
        yield Reopening(Change.MATCH, words % {"limit": limit, "was": was, "now": now})
