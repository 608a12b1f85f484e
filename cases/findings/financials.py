"""Chapter `financials`: key figures, auditor, accountant, and the years side by side."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.caution import Caution, Level
from cases.findings.formats import plain_words
from cases.findings.presence import Nothing, Presence
from cases.findings.source import NO_SOURCE, Source, source
from cases.findings.words import FIGURES, Word
from cases.provider import wire

Amount = Decimal | str | None
LONGEST_GAP = 50  # years; a wider one is a wrong year, not a gap


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement: an amount for each year, None where it is not stated."""

    name: Word
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Single amounts; `lines` hold one each."""

    nothing: Nothing | None
    lines: tuple[Line, ...] = ()
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class Firm:
    """The auditor or the accountant."""

    nothing: Nothing | None
    name: str | None = None
    number: str | None = None
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class Accounting:
    """Years, newest first; every line has as many amounts as there are years."""

    nothing: Nothing | None
    years: tuple[Amount, ...] = ()
    income: tuple[Line, ...] = ()
    balance: tuple[Line, ...] = ()
    missing_years: tuple[int, ...] = ()
    unread: int = 0
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class Financials:
    """The four parts of the chapter, each with its own kind of nothing. Amounts are as reported."""

    key_figures: KeyFigures
    auditor: Firm
    accountant: Firm
    accounting: Accounting

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What is missing or stands twice."""
        return tuple(_cautions(self.accounting))


def read(read: wire.Financials | None, presence: Presence) -> Financials:
    """Read the chapter `financials`."""
    read = read or wire.Financials()
    return Financials(
        key_figures=_key_figures(read.key_figures, presence.nothing_at("financials.keyFigures")),
        auditor=_firm(read.auditor, presence.nothing_at("financials.auditor")),
        accountant=_firm(read.accountant, presence.nothing_at("financials.accountant")),
        accounting=_accounting(read.accounting, presence.nothing_at("financials.accounting")),
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


def _accounting(read: wire.Accounting | None, nothing: Nothing | None) -> Accounting:
    if read is None:
        return Accounting(nothing)
    years = sorted((each for each in read.years or () if each), key=_newest_first)
    return Accounting(
        nothing=nothing,
        years=tuple(each.year for each in years),
        income=_lines(years, lambda year: year.income_statement),
        balance=_lines(years, lambda year: year.balance_sheet),
        missing_years=_missing(years),
        unread=sum(each is None for each in read.years or ()),
        source=source(read.metadata),
    )


def _newest_first(year: wire.AccountingYear) -> tuple[bool, Decimal]:
    return (False, -year.year) if isinstance(year.year, Decimal) else (True, Decimal(0))


def _lines(
    years: list[wire.AccountingYear], statement: Callable[[wire.AccountingYear], wire.Statement | None]
) -> tuple[Line, ...]:
    """Lay the years side by side: every name that any of them has, in the order of the first that has it."""
    amounts = [found.extras if (found := statement(year)) else {} for year in years]
    names = dict.fromkeys(name for each in amounts for name in each)
    return tuple(Line(_named(name), tuple(each.get(name) for each in amounts)) for name in names)


def _named(name: str) -> Word:
    return Word(name, FIGURES.get(name.upper()))


def _missing(years: list[wire.AccountingYear]) -> tuple[int, ...]:
    stated = {int(each.year) for each in years if isinstance(each.year, Decimal)}
    if not stated or max(stated) - min(stated) > LONGEST_GAP:
        return ()
    return tuple(year for year in range(max(stated), min(stated), -1) if year not in stated)


def _cautions(chapter: Accounting) -> Iterator[Caution]:
    place = "financials.accounting.years"
    if chapter.missing_years:
        text = _("No accounts came for %(years)s.")
        years = {"years": ", ".join(str(year) for year in chapter.missing_years)}
        yield Caution("years_missing", text % years, place, Level.INFO)
    twice = [year for year, count in Counter(chapter.years).items() if count > 1 and year is not None]
    if twice:
        text = _("More than one set of accounts came for %(years)s.")
        years = {"years": ", ".join(plain_words(year) for year in twice)}
        yield Caution("years_repeated", text % years, place)
    if chapter.unread:
        text = _("Accounts of a year came in a form that cannot be read; see ‘As it came’.")
        yield Caution("year_not_read", text, place)
