"""What the chapter `financials` holds, and what follows from it year by year."""

from dataclasses import dataclass
from decimal import Decimal

from cases.findings.financials import ratios, statements, year_bars
from cases.findings.financials.statements import Amount, Line
from cases.findings.vocabulary.code_words import FIGURES
from cases.findings.vocabulary.presence import Nothing
from cases.findings.vocabulary.source import NO_SOURCE, Source

PICTURES = (ratios.REVENUE, ratios.RESULT, ratios.EQUITY)


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The key figures: single amounts, of which each of `lines` holds one."""

    nothing: Nothing | None
    lines: tuple[Line, ...] = ()
    source: Source = NO_SOURCE

    @property
    def figures(self) -> ratios.Figures:
        """The amounts by name in upper case."""
        return {line.name.code: line.amounts[0] for line in self.lines}

    @property
    def derived(self) -> tuple[ratios.Ratio, ...]:
        """The ratios that the portal computes of the key figures."""
        return ratios.ratios((self.figures,))


@dataclass(frozen=True, slots=True)
class Firm:
    """The auditor or the accountant."""

    nothing: Nothing | None
    name: str | None = None
    number: str | None = None
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class Accounting:
    """The accounts, newest year first; every line has as many amounts as there are years."""

    nothing: Nothing | None
    years: tuple[Amount, ...] = ()
    income: tuple[Line, ...] = ()
    balance: tuple[Line, ...] = ()
    missing_years: tuple[int, ...] = ()
    unread: int = 0
    source: Source = NO_SOURCE
    nothing_of_years: Nothing | None = None

    def is_consecutive(self, place: int) -> bool:
        """Is the year after that place in the list the year before in time?"""
        return statements.are_consecutive(self.years[place], self.years[place + 1 : place + 2])

    @property
    def income_blocks(self) -> tuple[statements.Block, ...]:
        """The income statements as tables."""
        return statements.blocks(self.years, self.income)

    @property
    def balance_blocks(self) -> tuple[statements.Block, ...]:
        """The balance sheets as tables."""
        return statements.blocks(self.years, self.balance)

    @property
    def figures(self) -> tuple[ratios.Figures, ...]:
        """For each year its amounts by name in upper case, of both statements."""
        lines = [(line.name.code, line.amounts) for line in (*self.income, *self.balance)]
        return tuple(
            {name: amounts[place] for name, amounts in lines if amounts[place] is not None}
            for place in range(len(self.years))
        )

    @property
    def derived(self) -> tuple[ratios.Ratio, ...]:
        """The ratios that the portal computes of the accounts, year by year."""
        return ratios.ratios(self.figures)

    @property
    def charts(self) -> tuple[year_bars.Chart, ...]:
        """A bar chart over the years for each main figure; none if the years are not told apart by numbers."""
        of_year: dict[int, ratios.Figures] = {}
        for year, figures in zip(self.years, self.figures, strict=True):
            if isinstance(year, Decimal) and 1000 <= year <= 9999 and year == int(year):
                of_year.setdefault(int(year), figures)
        drawn = (self._chart(names, of_year) for names in PICTURES)
        return tuple(chart for chart in drawn if chart)

    def _chart(self, names: tuple[str, ...], of_year: dict[int, ratios.Figures]) -> year_bars.Chart | None:
        """Draw one figure throughout: the one that most years state."""
        count = {
            name: sum(isinstance(year_amounts.get(name), Decimal) for year_amounts in of_year.values())
            for name in names
        }
        name = max(count, key=lambda name: count[name])
        amounts = {year: ratios.amount(figures, (name,)) for year, figures in of_year.items()}
        return year_bars.chart(FIGURES[name], [*of_year, *self.missing_years], amounts)
