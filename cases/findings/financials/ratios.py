"""Key figures the portal computes of two reported amounts, told apart from those reported themselves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.financials.statements import Amount
from cases.findings.vocabulary.code_words import FIGURES
from cases.findings.vocabulary.formats import WIDE, exact_words, ratio_words
from cases.findings.vocabulary.wording import Words

HUNDRED = Decimal(100)

# What the wire calls an amount, the first that is stated counts; upper case, as in words.FIGURES.
REVENUE = ("TOTALREVENUES", "SALESREVENUES", "TURNOVER")
OPERATING = ("OPERATINGPROFITS", "OPERATINGPROFIT")
RESULT = ("NETPROFITS", "EARNINGS", "ORDINARYPROFITS")
EQUITY = ("EQUITY",)
ASSETS = ("SUMASSETS", "SUMEQUITYANDDEBT")

NOT_STATED = _("not both stated")
NOT_ABOVE_ZERO = _("the divisor is not above zero")


@dataclass(frozen=True, slots=True)
class Value:
    """A ratio in per cent, or why there is none."""

    percent: Decimal | None
    why: Words = ""

    @property
    def text(self) -> str:
        """What a reader sees, with one decimal: '41 %'."""
        return "–" if self.percent is None else ratio_words(self.percent)

    @property
    def exact(self) -> str:
        """The ratio for machines, to four decimals; '' if there is none."""
        return "" if self.percent is None else exact_words(self.percent)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A key figure, how it is computed, and its value for every year."""

    code: str
    name: Words
    how: Words
    values: tuple[Value, ...]


KINDS: tuple[tuple[str, Words, tuple[str, ...], tuple[str, ...]], ...] = (
    ("equity_ratio", _("Equity ratio"), EQUITY, ASSETS),
    ("operating_margin", _("Operating margin"), OPERATING, REVENUE),
    ("result_margin", _("Result margin"), RESULT, REVENUE),
)

Figures = Mapping[str, Amount]


def amount(figures: Figures, names: Iterable[str]) -> Decimal | None:
    """Give the first amount under these names that is stated as a number; None if there is none."""
    name, found = _first(figures, names)
    return found if name else None


def ratios(years: tuple[Figures, ...]) -> tuple[Ratio, ...]:
    """Compute the ratios of each year's amounts (by name in upper case), without one no year has the parts of."""
    return tuple(_ratios(years))


def _first(figures: Figures, names: Iterable[str]) -> tuple[str, Decimal]:
    for name in names:
        found = figures.get(name)
        if isinstance(found, Decimal):
            return name, found
    return "", Decimal(0)


def _ratios(years: tuple[Figures, ...]) -> Iterator[Ratio]:
    for code, name, above, below in KINDS:
        parts = [(_first(year, above), _first(year, below)) for year in years]
        # Years may state different parts; every way it was computed is said.
        ways = dict.fromkeys(
            (dividend, divisor) for (dividend, _amount), (divisor, _other) in parts if dividend and divisor
        )
        if ways:
            how = "; ".join(f"{FIGURES[dividend]} ÷ {FIGURES[divisor]}" for dividend, divisor in ways)
            yield Ratio(code, name, how, tuple(_value(*part) for part in parts))


def _value(above: tuple[str, Decimal], below: tuple[str, Decimal]) -> Value:
    if not above[0] or not below[0]:
        return Value(None, NOT_STATED)
    if below[1] <= 0:
        return Value(None, NOT_ABOVE_ZERO)
    return Value(WIDE.divide(WIDE.multiply(above[1], HUNDRED), below[1]))
