"""A small bar chart over the years: where each bar stands. Pure arithmetic.

Drawn by templates/findings/financials/_bars.html.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.formats import number_words, short_words
from cases.findings.vocabulary.wording import Words

SLOT = 58  # one year, in the units of the picture, which is read at its own size
BAR = 30
TOP = 22  # room above the bars for the amount
PLOT = 96
BOTTOM = 24  # room below for the year
MOST_YEARS = 5  # as many as a narrow window shows at the size they are drawn
NO_ACCOUNTS = _("missing")
NOT_STATED = _("not stated")


@dataclass(frozen=True, slots=True)
class Bar:
    """One year. Without an amount it is a gap, and `gap` says why."""

    year: str
    middle: int
    left: int
    top: int
    height: int
    label: str
    label_at: int
    is_negative: bool
    gap: Words = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the oldest year to the newest; `alternative` says the same in words."""

    title: Words
    bars: tuple[Bar, ...]
    width: int
    height: int
    zero: int
    years_at: int
    alternative: str
    left_out: int


def chart(title: Words, years: Sequence[int], amounts: Mapping[int, Decimal | None]) -> Chart | None:
    """Draw the newest of the years, one slot each; one without accounts is not in `amounts`. None if all are gaps."""
    shown = sorted(years)[-MOST_YEARS:]
    stated = [amount for year in shown if (amount := amounts.get(year)) is not None]
    if not stated:
        return None
    most, least = max([*stated, Decimal(0)]), min([*stated, Decimal(0)])
    foot = TOP if least < 0 else 0
    zero = TOP + _scaled(most, most - least)
    height = TOP + PLOT + foot + BOTTOM
    return Chart(
        title=title,
        bars=tuple(
            _bar(year, amounts.get(year), place * SLOT, zero, most - least)
            if year in amounts
            else _gap(year, place * SLOT, zero, NO_ACCOUNTS)
            for place, year in enumerate(shown)
        ),
        width=SLOT * len(shown),
        height=height,
        zero=zero,
        years_at=height - 7,
        alternative=_alternative(title, shown, amounts),
        left_out=len(years) - len(shown),
    )


def _scaled(amount: Decimal, span: Decimal) -> int:
    return round(float(amount / span) * PLOT) if span else 0


def _bar(year: int, amount: Decimal | None, start: int, zero: int, span: Decimal) -> Bar:
    if amount is None:
        return _gap(year, start, zero, NOT_STATED)
    long = max(_scaled(amount.copy_abs(), span), 1 if amount else 0)
    below = amount < 0
    return Bar(
        year=str(year),
        middle=start + SLOT // 2,
        left=start + (SLOT - BAR) // 2,
        top=zero if below else zero - long,
        height=long,
        label=short_words(amount),
        label_at=zero + long + 15 if below else zero - long - 6,
        is_negative=below,
    )


def _gap(year: int, start: int, zero: int, why: Words) -> Bar:
    return Bar(str(year), start + SLOT // 2, start, zero, 0, "", zero - 6, False, why)


def _alternative(title: Words, years: Sequence[int], amounts: Mapping[int, Decimal | None]) -> str:
    parts = []
    for year in years:
        amount = amounts.get(year)
        if amount is None:
            parts.append(f"{year} {NOT_STATED if year in amounts else NO_ACCOUNTS}")
        else:
            parts.append(f"{year} {number_words(amount)}")
    return f"{title}: {'; '.join(parts)}"
