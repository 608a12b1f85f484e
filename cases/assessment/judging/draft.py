"""What a person fills in to judge a hit, and everything that speaks against keeping it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.assessment.judging.allowed_reasons import refusal
from cases.assessment.objection import Objection
from cases.assessment.policy.hit_reason_terms import HitReasons, HitVerdict, Reason
from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.wording import Words

LATEST_WAKE_UP = datetime.timedelta(days=14)
LONGEST_WORDS = 5000
VERDICT, REASONS, RATIONALE, PARTICULARS = "verdict", "reasons", "rationale", "particulars"
CONTACTED, WAKE_UP, ATTACHMENT = "contacted", "wake_up", "attachment"


@dataclass(frozen=True, slots=True)
class Draft:
    """One judgement as it is filled in. `particulars`: what a reason asks to be said with it.

    `contacted`, `wake_up`: whom, and when the hit is to be looked at again, if it cannot be told yet.
    `attachments`: how many files stand with it.
    """

    verdict: str = ""
    reasons: tuple[str, ...] = ()
    rationale: str = ""
    particulars: str = ""
    contacted: str = ""
    wake_up: datetime.date | None = None
    attachments: int = 0


def objections(policy: HitReasons, hit: Hit, draft: Draft, today: datetime.date) -> tuple[Objection, ...]:
    """Everything that speaks against keeping a draft; none if it can be kept."""
    if draft.verdict not in [*HitVerdict]:
        return (Objection(VERDICT, _("Choose one of the four verdicts.")),)
    verdict = HitVerdict(draft.verdict)
    allowed = {reason.code: reason for reason in policy.of(verdict)}
    chosen = [allowed[code] for code in dict.fromkeys(draft.reasons) if code in allowed]
    return (
        *_of_reasons(verdict, chosen, draft, hit),
        *_of_words(chosen, draft),
        *(_of_waiting(draft, today) if verdict is HitVerdict.CANNOT_TELL else ()),
    )


def _of_reasons(verdict: HitVerdict, chosen: list[Reason], draft: Draft, hit: Hit) -> Iterator[Objection]:
    if len(chosen) < len(set(draft.reasons)):
        yield Objection(REASONS, _("A reason does not belong to this verdict: choose again."))
    elif not chosen:
        yield Objection(REASONS, _("Choose a reason: a verdict needs one."))
    for reason in chosen:
        if words := refusal(reason, hit):
            text = _("“%(reason)s” cannot be given: %(line)s.")
            yield Objection(REASONS, text % {"reason": reason.words, "line": words})
    if verdict is not HitVerdict.FALSE_POSITIVE:
        if len(chosen) > 1:
            yield Objection(REASONS, _("Choose one reason: with this verdict there is only one."))
        return
    codes = {reason.code for reason in chosen}
    for reason in chosen:
        if not reason.is_alone and codes.isdisjoint(reason.partners):
            text = _("“%(reason)s” is not enough alone: choose another reason with it.")
            yield Objection(REASONS, text % {"reason": reason.words})


def _of_words(chosen: list[Reason], draft: Draft) -> Iterator[Objection]:
    if not says_something(draft.rationale):
        yield Objection(RATIONALE, _("Say in your words why: without them nothing is kept."))
    for name, text in (
        (RATIONALE, draft.rationale),
        (PARTICULARS, draft.particulars),
        (CONTACTED, draft.contacted),
    ):
        if len(text) > LONGEST_WORDS:
            words = _("Use at most %(most)d characters; this has %(count)d.")
            yield Objection(name, words % {"most": LONGEST_WORDS, "count": len(text)})
    asking = [reason for reason in chosen if asks_for(reason)]
    if asking and not says_something(draft.particulars):
        rests = _("Say what “%(reason)s” rests on: %(needs)s.")
        yield Objection(PARTICULARS, rests % {"reason": asking[0].words, "needs": asks_for(asking[0])})
    if not draft.attachments and (needing := next((one for one in chosen if one.has_attachment), None)):
        file = _("“%(reason)s” needs the document that shows it: attach a file.")
        yield Objection(ATTACHMENT, file % {"reason": needing.words})


def _of_waiting(draft: Draft, today: datetime.date) -> Iterator[Objection]:
    if not says_something(draft.contacted):
        yield Objection(CONTACTED, _("Say whom you ask, or where you look."))
    if draft.wake_up is None:
        yield Objection(WAKE_UP, _("Give the day on which the hit is to be looked at again."))
    elif not today < draft.wake_up <= today + LATEST_WAKE_UP:
        yield Objection(WAKE_UP, _("Give a day after today, and within 14 days."))


STATED_WORDS: dict[str, Words] = {
    "function": _("which function, and where it is stated"),
    "document": _("which document, and what it shows"),
    "answer": _("who answered, and when"),
}


def asks_for(reason: Reason) -> Words:
    """What must be said with a reason, in words; '' if nothing."""
    if reason.stated:
        return STATED_WORDS[reason.stated]
    if reason.or_stated:
        return _("where it is stated")
    return ", ".join(reason.needs)


def says_something(text: str) -> bool:
    """Does a text hold anything that can be read?"""
    return any(letter.isprintable() and not letter.isspace() for letter in text)
