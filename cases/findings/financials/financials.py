"""Chapter `financials`: key figures, auditor, accountant, and the years side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from cases.findings.financials import warnings
from cases.findings.financials.accounts import Accounting, Firm, KeyFigures
from cases.findings.financials.statements import Line
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.code_words import FIGURES, Word, named
from cases.findings.vocabulary.presence import Nothing, Presence
from cases.findings.vocabulary.source import source
from cases.provider.result import wire

LONGEST_GAP = 50  # years; a wider one is a wrong year, not a gap


@dataclass(frozen=True, slots=True)
class Financials:
    """The four parts of the chapter, each with its own kind of nothing. Amounts are as reported."""

    key_figures: KeyFigures
    auditor: Firm
    accountant: Firm
    accounting: Accounting

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What the figures warn of."""
        return warnings.cautions(self.accounting, self.key_figures)


def read(read: wire.Financials | None, presence: Presence) -> Financials:
    """Read the chapter `financials`."""
    read = read or wire.Financials()
    return Financials(
        key_figures=_key_figures(read.key_figures, presence.nothing_at("financials.keyFigures")),
        auditor=_firm(read.auditor, presence.nothing_at("financials.auditor")),
        accountant=_firm(read.accountant, presence.nothing_at("financials.accountant")),
        accounting=_accounting(read.accounting, presence),
    )


def _key_figures(read: wire.KeyFigures | None, nothing: Nothing | None) -> KeyFigures:
    if read is None:
        return KeyFigures(nothing)
    lines = tuple(Line(_named(name), (amount,)) for name, amount in read.extras.items())
    return KeyFigures(nothing, lines, source(read.metadata))


def _firm(read: wire.Firm | None, nothing: Nothing | None) -> Firm:
    if read is None:
        return Firm(nothing)
    return Firm(nothing, read.name, read.organization_number, source(read.metadata))


def _accounting(read: wire.Accounting | None, presence: Presence) -> Accounting:
    nothing = presence.nothing_at("financials.accounting")
    if read is None:
        return Accounting(nothing)
    years = sorted((one for one in read.years or () if one), key=_newest_first)
    return Accounting(
        nothing=nothing,
        years=tuple(one.year for one in years),
        income=_lines(years, lambda year: year.income_statement),
        balance=_lines(years, lambda year: year.balance_sheet),
        missing_years=_missing(years),
        unread=sum(one is None for one in read.years or ()),
        source=source(read.metadata),
        nothing_of_years=presence.element_at("financials.accounting.years"),
    )


def _newest_first(year: wire.AccountingYear) -> tuple[bool, Decimal]:
    return (False, -year.year) if isinstance(year.year, Decimal) else (True, Decimal(0))


def _lines(
    years: list[wire.AccountingYear], statement: Callable[[wire.AccountingYear], wire.Statement | None]
) -> tuple[Line, ...]:
    """Lay the years side by side: every name that any of them has, in the order of the first that has it."""
    amounts = [found.extras if (found := statement(year)) else {} for year in years]
    names = dict.fromkeys(name for amount in amounts for name in amount)
    return tuple(Line(_named(name), tuple(amount.get(name) for amount in amounts)) for name in names)


def _named(name: str) -> Word:
    return named(FIGURES, name)


def _missing(years: list[wire.AccountingYear]) -> tuple[int, ...]:
    stated = {int(one.year) for one in years if isinstance(one.year, Decimal)}
    if not stated or max(stated) - min(stated) > LONGEST_GAP:
        return ()
    return tuple(year for year in range(max(stated), min(stated), -1) if year not in stated)
