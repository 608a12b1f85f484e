"""The per cent that a result states of a party, or why what it states cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.doubts import Doubts
from cases.findings.ownership.holders import Share
from cases.findings.ownership.parties import WHOLE, Party
from cases.findings.vocabulary.formats import added
from cases.findings.vocabulary.wording import Words
from cases.provider.result.scalars import NOT_SINGLE

NOT_STATED = _("The share is not stated.")
NOT_A_NUMBER = _("What is stated is not a number.")
OUTSIDE = _("What is stated is not between 0 and 100 %.")
CONTRADICTORY = _("What is stated contradicts itself.")


@dataclass(frozen=True, slots=True)
class Amount:
    """Per cent; without a number and a problem, nothing is stated and nothing was to be."""

    number: Decimal | None = None
    problem: Words = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a party holds directly, its control by the provider, and its share along the chain by the provider."""

    direct: Amount = Amount()
    control: Amount = Amount()
    integrated: Amount = Amount()


def amounts(party: Party | None, doubts: Doubts) -> Amounts:
    """Give what is stated of a party; `doubts` are those of the result."""
    if party is None:
        return Amounts()
    is_doubted = doubts.concern(entry.place for entry in party.controls)
    return Amounts(
        direct(party, doubts),
        _one([control.control for control in party.controls], is_doubted=is_doubted),
        _one([control.integrated for control in party.controls], is_doubted=is_doubted),
    )


def direct(party: Party, doubts: Doubts) -> Amount:
    """Give what it holds directly, the sum of its entries."""
    if not party.holdings:
        return Amount()
    if doubts.concern(entry.place for entry in party.holdings):
        return Amount(problem=CONTRADICTORY)
    problem = next((found for share in party.shares if (found := _problem(share))), None)
    return Amount(problem=problem) if problem else _bounded(added(numbers(party.shares)))


def numbers(shares: Sequence[Share]) -> list[Decimal]:
    """The numbers among what is stated."""
    return [share for share in shares if isinstance(share, Decimal) and share.is_finite()]


def is_unstated(share: Share) -> bool:
    """Is nothing stated?"""
    return share is None or (share == "" and share is not NOT_SINGLE)


def _one(stated: Sequence[Share], *, is_doubted: bool) -> Amount:
    values = [value for value in stated if not is_unstated(value)]
    if is_doubted or len({*values}) > 1:
        return Amount(problem=CONTRADICTORY)
    if not values:
        return Amount()
    problem = _problem(values[0])
    return Amount(problem=problem) if problem else _bounded(numbers(values)[0])


def _problem(share: Share) -> Words | None:
    if is_unstated(share):
        return NOT_STATED
    if not isinstance(share, Decimal) or not share.is_finite():
        return NOT_A_NUMBER
    return OUTSIDE if _bounded(share).problem else None


def _bounded(number: Decimal) -> Amount:
    return Amount(number) if 0 <= number <= WHOLE else Amount(problem=OUTSIDE)
