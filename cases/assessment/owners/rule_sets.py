"""The rules by which shares make a beneficial owner: those in force, and those to come."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One set of rules; `counts_at_limit`: so much as the limit itself is enough. No `valid_from`: in force."""

    id: str
    title: Words
    words: Words
    limit: Decimal
    counts_at_limit: bool
    valid_from: datetime.date | None = None

    def is_met(self, share: Decimal) -> bool:
        """Is so large a share, in per cent, enough?"""
        return share > self.limit or (self.counts_at_limit and share == self.limit)

    def is_in_force(self, today: datetime.date) -> bool:
        """Do the rules apply on this day?"""
        return self.valid_from is None or self.valid_from <= today


LAW_TODAY = RuleSet(
    id="law_today",
    title=_("Law today"),
    words=_("over 25 %, half or more at each step"),
    limit=Decimal(25),
    counts_at_limit=False,
)
EU_2027 = RuleSet(
    id="eu_2027",
    title=_("AMLR 2027"),
    words=_("25 % or more, multiplied along the chain, from 10 July 2027 (EU Regulation 2024/1624)"),
    limit=Decimal(25),
    counts_at_limit=True,
    valid_from=datetime.date(2027, 7, 10),
)
RULE_SETS = (LAW_TODAY, EU_2027)
