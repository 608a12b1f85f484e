"""What each rule set says of one person: yes, no, or not known, by which per cent, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.candidates import Answer, Reckoned
from cases.assessment.owners.rule_sets import EU_2027, LAW_TODAY, RULE_SETS, RuleSet
from cases.assessment.owners.stated import Amount, Amounts
from cases.findings.vocabulary.formats import percent_words
from cases.findings.vocabulary.wording import Words

DIRECTLY, BY_CONTROL = _("%(share)s directly"), _("%(share)s by the provider’s control")
ALONG = _("%(share)s along the chain by the provider")
MET: dict[str, Words] = {LAW_TODAY.id: _("over %(limit)s"), EU_2027.id: _("%(limit)s or more")}
NOT_MET: dict[str, Words] = {LAW_TODAY.id: _("not over %(limit)s"), EU_2027.id: _("under %(limit)s")}
DIRECT_ALONE = _(
    "Rests on direct shares alone: the owners are not all explained, or not all to be relied upon."
)
NO_PERCENT = _("No percentage is stated.")
NO_OWNER = _("Not listed as an owner.")
STEPS_NOT_KNOWN = _("%(share)s along the chain: whether by half or more at each step is not in the result.")
CHAIN_NOT_STATED = _("%(share)s by the provider’s control: the share along the chain is not stated.")
NAMED_WITHOUT = _("Named by the provider, without the percentage that these rules need.")
BOARD, CHIEF, ON_BODY = _("member of the board"), _("chief executive"), _("member of the management body")
EMPLOYEES = _("Employees’ representative: whether a member of the board is not stated.")


@dataclass(frozen=True, slots=True)
class Position:
    """What one person is on: a member of the board, chief executive, a representative of the employees."""

    is_board: bool = False
    is_chief: bool = False
    is_of_employees: bool = False

    def __bool__(self) -> bool:
        return self.is_board or self.is_chief or self.is_of_employees


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person; `position` only where the legal form makes it count.

    `is_all_known`: the owners are explained and can be relied upon.
    """

    amounts: Amounts
    is_owner: bool
    is_named: bool
    is_all_known: bool
    position: Position = Position()


def by_rule_set(known: Known) -> tuple[Reckoned, ...]:
    """Give the answers, in the order of the rule sets."""
    return tuple(_by_position(rule_set, known) or _by_share(rule_set, known) for rule_set in RULE_SETS)


def _by_position(rule_set: RuleSet, known: Known) -> Reckoned | None:
    """Answer by the legal form, where that decides."""
    position = known.position
    if position.is_board or position.is_chief:
        return Reckoned(rule_set, Answer.YES, None, ", ".join(map(str, _positions(rule_set, position))))
    return None


def _positions(rule_set: RuleSet, position: Position) -> Iterator[Words]:
    if position.is_chief:
        yield CHIEF
    if rule_set is EU_2027:
        yield ON_BODY
    elif position.is_board:
        yield BOARD


def _by_share(rule_set: RuleSet, known: Known) -> Reckoned:
    held, further, how = known.amounts.direct, known.amounts.control, BY_CONTROL
    if rule_set is EU_2027:
        further, how = known.amounts.integrated, ALONG
    usable = [
        (amount.number, way) for amount, way in ((held, DIRECTLY), (further, how)) if _is_number(amount)
    ]
    largest, way = max(usable, key=lambda pair: pair[0] or 0, default=(None, how))
    if largest is not None and rule_set.is_met(largest):
        return Reckoned(rule_set, Answer.YES, largest, _compared(rule_set, largest, way, MET))
    doubt = held.problem or further.problem or _unsaid(rule_set, known, further)
    if largest is None:
        return Reckoned(rule_set, Answer.UNKNOWN, None, doubt or _nothing(known))
    words = _compared(rule_set, largest, way, NOT_MET)
    if doubt:
        return Reckoned(rule_set, Answer.UNKNOWN, largest, f"{words}. {doubt}")
    return Reckoned(rule_set, Answer.NO, largest, words if known.is_all_known else f"{words}. {DIRECT_ALONE}")


def _is_number(amount: Amount) -> bool:
    return amount.number is not None


def _compared(rule_set: RuleSet, share: Decimal, way: Words, result: dict[str, Words]) -> str:
    limit = str(result[rule_set.id]) % {"limit": percent_words(rule_set.limit)}
    return f"{str(way) % {'share': percent_words(share)}}: {limit}"


def _unsaid(rule_set: RuleSet, known: Known, further: Amount) -> Words:
    """Say what keeps a small share from being all; '' if nothing does."""
    if known.position.is_of_employees:
        return EMPLOYEES
    integrated, control = known.amounts.integrated.number, known.amounts.control.number
    if rule_set is LAW_TODAY and integrated is not None and rule_set.is_met(integrated):
        return STEPS_NOT_KNOWN % {"share": percent_words(integrated)}
    if further.number is not None:
        return ""
    if rule_set is EU_2027 and control is not None and rule_set.is_met(control):
        return CHAIN_NOT_STATED % {"share": percent_words(control)}
    return NAMED_WITHOUT if known.is_named else ""


def _nothing(known: Known) -> Words:
    return NO_PERCENT if known.is_owner else NO_OWNER
