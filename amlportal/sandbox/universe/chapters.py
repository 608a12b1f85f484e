"""Single chapters of a result, in the forms of contract §7."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from amlportal.sandbox.universe.dice import Dice
from amlportal.sandbox.universe.words import WORDS

LAST_CHANGED = "2026-03-02T00:00:00"
LISTS = ("EU_GLOBAL", "UN_CONSOLIDATED", "OFAC", "HMTREASURY")
LATEST_YEAR = 2025
NO_HIT = "No result from sanction screening."
# Reasons of beneficial owners, and their phrases.
DIRECT_OWNERSHIP = ("DIRECT_OWNERSHIP", "Direct ownership of more than 25 %")
INDIRECT_CONTROL = ("INDIRECT_CONTROL", "Indirect control or ownership")
CONTROL_BY_ROLE = ("CONTROL_BY_ROLE", "Control by role in the organisation")


@dataclass(frozen=True)
class Person:
    """A synthetic person; `born` is YYYY-MM-DD or None."""

    first_name: str
    last_name: str
    born: str | None

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.first_name} {self.last_name}".strip()

    def role(self) -> dict[str, Any]:
        """Return the person as roles show it."""
        return {
            "name": self.name,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "dateOfBirth": self.born,
        }


def metadata(*sources: str, year: int | None = None) -> dict[str, Any]:
    """Return the metadata of a chapter: its sources, accounting year and last change."""
    return {"sources": list(sources), "urls": [], "accountingYear": year, "lastChanged": LAST_CHANGED}


def beneficial_owner(owner: Person, reason: str, phrase: str, died: str | None = None) -> dict[str, Any]:
    """Return a beneficial owner's entry, without shares, address and roles; `died` is a date."""
    return {
        **owner.role(),
        "percentageControl": None,
        "integratedOwnership": None,
        "address": None,
        "otherInformation": {"deceased": died is not None, "deceasedDate": died},
        "roles": [],
        "reason": reason,
        "reasonPhrase": phrase,
    }


def some_person(dice: Dice, country: str) -> Person:
    """Make a person of a country."""
    words = WORDS[country]
    born = f"{dice.number(1945, 2004)}-{dice.number(1, 12):02d}-{dice.number(1, 28):02d}"
    return Person(dice.pick(words.first_names), dice.pick(words.last_names), born)


def addresses(dice: Dice, country: str, place: tuple[str, str] | None = None) -> dict[str, Any]:
    """Make the address chapter."""
    words = WORDS[country]
    postal_code, city = place or dice.pick(words.places)
    visiting = {
        "street": f"{dice.pick(words.streets)} {dice.number(1, 140)}",
        "postalCode": postal_code,
        "city": city,
        "country": country,
    }
    postal = {**visiting, "street": f"Postboks {dice.number(10, 900)}"} if country == "NO" else None
    return {"visitingAddress": visiting, "postalAddress": postal, "metadata": metadata(words.source)}


def accounting_year(year: int, turnover: float, margin: float, equity_share: float) -> dict[str, Any]:
    """Make one year of accounts whose sums agree; money in whole units."""
    sales = round(turnover)
    other = round(turnover * 0.012)
    operating = round(turnover * margin)
    depreciation = round(turnover * 0.04)
    salaries = round(turnover * 0.28)
    rest = round(turnover * 0.06)
    goods = sales + other - operating - depreciation - salaries - rest
    financial_income, financial_costs = round(turnover * 0.004), round(turnover * 0.015)
    before_tax = operating + financial_income - financial_costs
    taxes = round(max(before_tax, 0) * 0.22)
    assets = round(turnover * 1.1)
    equity = round(assets * equity_share)
    current = round(assets * 0.42)
    return {
        "year": year,
        "incomeStatement": {
            "salesRevenues": sales,
            "otherRevenues": other,
            "totalRevenues": sales + other,
            "costOfGoodsSold": goods,
            "inventoryChanges": 0,
            "salaryCosts": salaries,
            "financialCosts": financial_costs,
            "financialIncome": financial_income,
            "depreciations": depreciation,
            "amortizations": None,
            "otherOperatingCosts": rest,
            "operatingProfits": operating,
            "ordinaryProfits": before_tax,
            "taxes": taxes,
            "extraordinaryRevenues": None,
            "extraordinaryCosts": None,
            "minorityInterests": None,
            "resultBeforeTax": before_tax,
            "netProfits": before_tax - taxes,
        },
        "balanceSheet": {
            "currentAssets": current,
            "fixedAssets": assets - current,
            "sumAssets": assets,
            "equity": equity,
            "debt": assets - equity,
            "sumEquityAndDebt": assets,
        },
    }


def accounts(
    dice: Dice, turnover: float, margin: float, equity_share: float, years: Sequence[int]
) -> list[dict[str, Any]]:
    """Make several years of accounts, the newest first, each a little different from the one after it."""
    made = []
    for year in years:
        made.append(accounting_year(year, turnover, margin, equity_share))
        turnover *= dice.share(0.82, 1.06)
        margin += dice.share(-0.02, 0.02)
    return made


def financials(
    years: list[dict[str, Any]],
    share_capital: float | None,
    source: str,
    auditor: dict[str, Any],
    accountant: dict[str, Any],
) -> dict[str, Any]:
    """Put the financials together; key figures are those of the newest year."""
    if not years:
        return {"keyFigures": {}, "auditor": auditor, "accountant": accountant, "accounting": {"years": []}}
    newest = years[0]
    income, balance = newest["incomeStatement"], newest["balanceSheet"]
    return {
        "keyFigures": {
            "shareCapital": share_capital,
            "turnOver": income["salesRevenues"],
            "operatingProfit": income["operatingProfits"],
            "equity": balance["equity"],
            "earnings": income["netProfits"],
            "metadata": metadata("BISNODE", year=newest["year"]),
        },
        "auditor": auditor,
        "accountant": accountant,
        "accounting": {"years": years, "metadata": metadata(source, year=newest["year"])},
    }


def no_hit() -> dict[str, Any]:
    """Return the screening chapter of somebody who is on no list."""
    return {
        "status": "NONE",
        "message": NO_HIT,
        "sanctionResults": [],
        "metadata": metadata(*LISTS),
    }
