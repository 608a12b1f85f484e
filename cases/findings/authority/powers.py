"""Whether a person may sign by a rule, and whether alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.findings.authority.signing_rules import Rule
from cases.findings.identity.dates_of_birth import full_day
from cases.findings.identity.same_party import Identity, by_birth, folded, traits
from cases.findings.names.nameless import names_nobody
from cases.findings.vocabulary.wording import Words
from cases.provider.result.scalars import Day


class Power(StrEnum):
    """What a rule lets somebody do."""

    ALONE = "alone"
    TOGETHER = "together"
    NAMED = "named"
    NAMESAKE = "namesake"

    @property
    def words(self) -> Words:
        """The statement as a reader sees it."""
        return WORDS[self]


WORDS: dict[Power, Words] = {
    Power.ALONE: _("alone"),
    Power.TOGETHER: _("together with others"),
    Power.NAMED: _("named, but the rule is not conclusive"),
    Power.NAMESAKE: _("somebody of this name is; not known to be the same"),
}
STRONGEST_FIRST = (
    Power.ALONE,
    Power.TOGETHER,
    Power.NAMED,
)  # of what a rule says of one person by several names


@dataclass(frozen=True, slots=True)
class Powers:
    """What one rule says, by person; `names` are those of all signers, `unborn` of those without a date of birth."""

    by_person: dict[Identity, Power]
    names: frozenset[str]
    unborn: frozenset[str]

    def of(self, names: Iterable[str], births: Iterable[Day]) -> Power | None:
        """Give the strongest power of a person with these names and births; None if the rule asks for nobody such."""
        names, births = list(names), list(births)
        found = {self.by_person.get(who) for who in traits(names, (), births).others}
        known = next((power for power in STRONGEST_FIRST if power in found), None)
        of_this_name = self.unborn if any(full_day(born) for born in births) else self.names
        if known is None and any(folded(name) in of_this_name for name in names):
            return Power.NAMESAKE
        return known


def powers(rule: Rule | None) -> Powers:
    """Give the power of each person that a rule names; without a rule there are none."""
    found: dict[Identity, Power] = {}
    signers = [(member, option) for option in (rule.options if rule else None) or () for member in option]
    is_conclusive = rule is not None and rule.is_conclusive
    for signer, option in signers:
        who = by_birth(signer.name, signer.born)
        if who is None:
            continue
        if not is_conclusive:
            found[who] = Power.NAMED
        elif len(option) == 1:
            found[who] = Power.ALONE
        else:
            found.setdefault(who, Power.TOGETHER)
    names = [
        (folded(member.name or ""), full_day(member.born) is not None)
        for member, _option in signers
        if not names_nobody(member.name)
    ]
    return Powers(
        by_person=found,
        names=frozenset(name for name, _born in names),
        unborn=frozenset(name for name, born in names if not born),
    )
