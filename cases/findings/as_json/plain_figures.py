"""Figures as plain values (docs/findings.md)."""

from decimal import Decimal

from cases.findings.as_json.plain_values import Plain
from cases.findings.financials import ratios, statements
from cases.findings.financials.accounts import Accounting, Firm, KeyFigures

HEADLINES = {"revenue": ratios.REVENUE, "result": ratios.RESULT, "equity": ratios.EQUITY}


def figures(accounting: Accounting) -> list[Plain]:
    """Give one entry a year, newest first; changes start from the year before."""
    found = []
    derived = accounting.derived
    headlines = [
        {name: ratios.amount(figures, words) for name, words in HEADLINES.items()}
        for figures in accounting.figures
    ]
    for place, (year, headline) in enumerate(zip(accounting.years, headlines, strict=True)):
        older = headlines[place + 1] if accounting.is_consecutive(place) else {}
        found.append(
            {
                "year": year,
                **headline,
                "changes": {name: _change(headline[name], older.get(name)) for name in headline},
                "computed": {ratio.code: _value(ratio.values[place]) for ratio in derived},
                "income": {line.name.raw: line.amounts[place] for line in accounting.income},
                "balance": {line.name.raw: line.amounts[place] for line in accounting.balance},
            }
        )
    return found


def key_figures(chapter: KeyFigures) -> Plain:
    """Give the reported key figures and the ratios that the portal computes of them."""
    return {
        "year": chapter.source.accounting_year,
        "reported": {line.name.raw: line.amounts[0] for line in chapter.lines},
        "computed": {ratio.code: _value(ratio.values[0]) for ratio in chapter.derived},
    }


def _change(newer: Decimal | None, older: Decimal | None) -> Plain:
    change = statements.change(newer, older)
    return {
        "percent": None if change.percent is None else Decimal(change.exact),
        "amount": change.amount,
    }


def _value(value: ratios.Value) -> Decimal | None:
    return None if value.percent is None else Decimal(value.exact)


def firm(firm: Firm) -> Plain | None:
    """Give name and number; None if neither came."""
    if firm.name is None and firm.number is None:
        return None
    return {"name": firm.name, "number": firm.number}
