"""What the figures warn of: losses, lost equity, years that are missing or stand twice, sums that do not agree."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.financials import ratios
from cases.findings.financials.accounts import Accounting, KeyFigures
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.formats import WIDE, number_words, plain_words
from cases.findings.vocabulary.wording import Words

ACCOUNTS = "financials.accounting.years"
KEY_FIGURES = "financials.keyFigures"
SENTENCES: dict[str, Words] = {
    "negative_equity": _("Equity is negative"),
    "loss": _("A loss is reported"),
}
ROUNDING = Decimal(1)  # sums of rounded amounts may differ by as much
NAMED = 5  # years that a sentence names


def cautions(accounts: Accounting, key_figures: KeyFigures) -> tuple[Caution, ...]:
    """Everything the chapter warns of. Accounts speak first; key figures where these are silent."""
    return (
        *_below_zero(accounts, key_figures, "negative_equity", ratios.EQUITY),
        *_below_zero(accounts, key_figures, "loss", ratios.RESULT),
        *_unequal(accounts),
        *_years(accounts),
    )


def _below_zero(
    accounts: Accounting, key_figures: KeyFigures, code: str, names: tuple[str, ...]
) -> Iterator[Caution]:
    text = SENTENCES[code]
    amounts = [
        (place, year, amount)
        for place, (year, figures) in enumerate(zip(accounts.years, accounts.figures, strict=True))
        if (amount := ratios.amount(figures, names)) is not None
    ]
    if not amounts:
        yield from _key_figure_below_zero(key_figures, code, names, text)
        return
    below = [(year, amount) for _place, year, amount in amounts if amount < 0]
    if below:
        sentences = [
            f"{'–' if year is None else plain_words(year)} ({number_words(amount)})"
            for year, amount in below[:NAMED]
        ]
        more = " …" if len(below) > NAMED else ""
        words = _("%(what)s: %(years)s.") % {"what": text, "years": f"{', '.join(sentences)}{more}"}
        yield Caution(code, words, ACCOUNTS)


def _key_figure_below_zero(
    chapter: KeyFigures, code: str, names: tuple[str, ...], text: Words
) -> Iterator[Caution]:
    amount = ratios.amount(chapter.figures, names)
    if amount is not None and amount < 0:
        words = _("%(what)s in the key figures: %(amount)s.") % {
            "what": text,
            "amount": number_words(amount),
        }
        yield Caution(code, words, KEY_FIGURES)


def _unequal(chapter: Accounting) -> Iterator[Caution]:
    for year, figures in zip(chapter.years, chapter.figures, strict=True):
        assets, total = (ratios.amount(figures, (name,)) for name in ratios.ASSETS)
        if assets is None or total is None or WIDE.subtract(assets, total).copy_abs() <= ROUNDING:
            continue
        words = _(
            "The balance sheet of %(year)s does not balance: assets %(assets)s, equity and debt %(total)s."
        )
        values = {
            "year": "–" if year is None else plain_words(year),
            "assets": number_words(assets),
            "total": number_words(total),
        }
        yield Caution("balance_unequal", words % values, ACCOUNTS)


def _years(chapter: Accounting) -> Iterator[Caution]:
    if chapter.missing_years:
        text = _("No accounts came for %(years)s.")
        years = {"years": ", ".join(str(year) for year in chapter.missing_years)}
        yield Caution("years_missing", text % years, ACCOUNTS)
    twice = [year for year, count in Counter(chapter.years).items() if count > 1 and year is not None]
    if twice:
        text = _("More than one set of accounts came for %(years)s.")
        years = {"years": ", ".join(plain_words(year) for year in twice)}
        yield Caution("years_repeated", text % years, ACCOUNTS)
    if chapter.unread:
        text = _("Accounts of a year came in a form that cannot be read; see ‘As it came’.")
        yield Caution("year_not_read", text, ACCOUNTS)
