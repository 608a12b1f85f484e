"""Changes, computed key figures and pictures: never a misleading sign, never an error."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.findings.financials import ratios, statements, year_bars
from cases.findings.financials.statements import change
from cases.findings.vocabulary import formats
from tests.findings.reading import codes, one_spaced, page, result

amounts = st.decimals(Decimal("-1e30"), Decimal("1e30"), allow_nan=False) | st.sampled_from(
    [None, "", "about 5", Decimal(0), Decimal("1e-15"), Decimal("-1e30")]
)


def accounts(*years: tuple[Any, dict[str, Any]], sheet: str = "balanceSheet") -> dict[str, Any]:
    return {"financials": {"accounting": {"years": [{"year": year, sheet: item} for year, item in years]}}}


def shown(newer: Any, older: Any) -> str:
    return one_spaced(change(newer, older).text)


@pytest.mark.parametrize(
    ("older", "newer", "text"),
    [
        ("100", "108.7", "+8.7 %"),
        ("100", "50", "−50 %"),
        ("100", "-150", "−250 %"),
        ("3", "4", "+33.3 %"),
        ("100000", "100001", "≈ 0 %"),
        ("100", "100", "0 %"),
        ("1", "1e9", "> +1 000 %"),
        ("1", "-1e9", "< −1 000 %"),
        ("0", "0", "0 %"),
        ("0", "5000", "+5 000"),
        ("0", "-5000", "−5 000"),
        ("-100", "-100", "0 %"),
        ("-100", "50", "+150"),
        ("-100", "-50", "+50"),
        ("-100", "-400", "−300"),
    ],
)
def test_a_change_is_per_cent_only_of_what_was_above_zero(older: str, newer: str, text: str) -> None:
    assert shown(Decimal(newer), Decimal(older)) == text


@pytest.mark.parametrize(
    ("older", "newer", "why"),
    [
        (None, Decimal(1), "not stated in both years"),
        (Decimal(1), None, "not stated in both years"),
        ("6 000 000", Decimal(1), "not a number in both years"),
        (Decimal(0), Decimal(1), "from zero"),
        (Decimal(-1), Decimal(1), "from a negative amount"),
    ],
)
def test_a_change_that_is_no_per_cent_says_why(older: Any, newer: Any, why: str) -> None:
    assert str(change(newer, older).why) == why


@given(amounts, amounts)
def test_no_two_amounts_make_an_error_or_a_wrong_sign(newer: Any, older: Any) -> None:
    found = change(newer, older)
    if not (isinstance(newer, Decimal) and isinstance(older, Decimal)):
        assert found.text == "–"
    elif newer > older:
        assert found.text[0] in "+>≈"
    elif newer < older:
        assert found.text[0] in "−<≈"
    assert "e" not in found.exact.lower()


def test_across_a_missing_year_no_change_is_told() -> None:
    document = accounts((2025, {"equity": 30}), (2023, {"equity": 10}), (2022, {"equity": 5}))
    text = page(result(document), "financials/_financials").text
    assert "2025 2024 missing 2023 Change 2022" in text
    assert "Equity 30 –the two are not consecutive years 10 +100 % 5" in text


@pytest.mark.parametrize("years", [(2025, None), (2025, 2025), (None, None), ("2025/26", 2024)])
def test_years_that_do_not_follow_each_other_have_no_change(years: tuple[Any, Any]) -> None:
    document = accounts((years[0], {"equity": 30}), (years[1], {"equity": 10}))
    text = page(result(document), "financials/_financials").text
    assert "not consecutive" in text
    assert "%" not in text.partition("Balance sheet")[2].partition("As reported, currency")[0]


def test_one_year_stands_alone_and_thirty_are_laid_out_in_blocks() -> None:
    assert "Change" not in page(result(accounts((2025, {"equity": 30}))), "financials/_financials").text
    many = result(accounts(*((2025 - n, {"equity": n + 1}) for n in range(30)))).financials.accounting
    assert [len(block.columns) for block in many.balance_blocks] == [3] * 10
    across = many.balance_blocks[0].rows[0].cells[-1].change
    assert across is not None
    assert across.percent is not None


# --- What the portal computes ---


def computed(*years: dict[str, Any]) -> dict[str, list[str]]:
    found = result(accounts(*((2025 - place, year) for place, year in enumerate(years))))
    return {
        ratio.code: [one_spaced(value.text) for value in ratio.values]
        for ratio in found.financials.accounting.derived
    }


def test_ratios_are_computed_where_both_parts_are_stated() -> None:
    year = {"equity": 41, "sumAssets": 100, "operatingProfits": -5, "totalRevenues": 200, "netProfits": 1}
    assert computed(year, {"equity": 1}) == {
        "equity_ratio": ["41 %", "–"],
        "operating_margin": ["−2.5 %", "–"],
        "result_margin": ["0.5 %", "–"],
    }


@pytest.mark.parametrize("assets", [0, -5])
def test_nothing_is_divided_by_zero_or_less(assets: int) -> None:
    assert computed({"equity": 41, "sumAssets": assets}) == {"equity_ratio": ["–"]}


def test_it_is_said_how_a_figure_was_computed_and_of_what() -> None:
    document = accounts((2025, {"equity": 1, "sumAssets": 2}), (2024, {"equity": 1, "sumEquityAndDebt": 4}))
    text = page(result(document), "financials/_financials").text
    assert "Equity ÷ Total assets; Equity ÷ Total equity and debt" in text
    assert "Computed by the portal from the amounts as reported" in text


def test_of_very_many_years_the_newest_are_computed_and_it_is_said() -> None:
    years = [(2025 - place, {"equity": 1, "sumAssets": 2}) for place in range(9)]
    text = page(result(accounts(*years)), "financials/_financials").text
    table = text.partition("Computed by the portal from the amounts as reported, the newest six years")[2]
    assert table.count("50 %") == 6


def test_key_figures_alone_are_computed_too_and_kept_apart_from_the_reported() -> None:
    figures = {"turnOver": 200, "operatingProfit": 50, "metadata": {"accountingYear": 2025}}
    text = page(result({"financials": {"keyFigures": figures}}), "financials/_financials").text
    assert "Computed by the portal Operating margin Operating profit ÷ Turnover 25 %" in text
    assert "As reported, currency not stated. Accounting year 2025." in text


# --- What the figures warn of ---


def test_negative_equity_and_losses_warn_with_their_years() -> None:
    document = accounts((2025, {"equity": -5, "netProfits": -1}), (2024, {"equity": 7, "netProfits": -2}))
    texts = [one_spaced(str(caution.text)) for caution in result(document).financials.cautions]
    assert texts == ["Equity is negative: 2025 (−5).", "A loss is reported: 2025 (−1), 2024 (−2)."]


def test_a_loss_of_the_past_is_told_quietly() -> None:
    document = accounts((2025, {"netProfits": 1}), (2024, {"netProfits": -2}))
    assert [(caution.code, caution.level) for caution in result(document).financials.cautions] == [
        ("loss", "check")
    ]


def test_key_figures_warn_where_the_accounts_say_nothing() -> None:
    document = {"financials": {"keyFigures": {"equity": -5, "earnings": -1}}}
    found = result(document).financials.cautions
    assert [(caution.code, caution.rests_on) for caution in found] == [
        ("negative_equity", "financials.keyFigures"),
        ("loss", "financials.keyFigures"),
    ]


def test_a_balance_sheet_that_does_not_balance_is_a_finding() -> None:
    document = accounts((2025, {"sumAssets": 100, "sumEquityAndDebt": 90}), (2024, {"sumAssets": 100}))
    assert codes(result(document)).count("balance_unequal") == 1
    assert "balance_unequal" not in codes(
        result(accounts((2025, {"sumAssets": 100, "sumEquityAndDebt": 100.4})))
    )


# --- Pictures ---


def drawn(*years: tuple[int, Any]) -> year_bars.Chart:
    document = accounts(*((year, {"equity": amount}) for year, amount in years))
    (chart,) = result(document).financials.accounting.charts
    return chart


def test_bars_go_from_the_oldest_year_to_the_newest_below_the_line_for_a_loss() -> None:
    chart = drawn((2025, -50), (2024, 100))
    old, new = chart.bars
    assert (old.year, new.year) == ("2024", "2025")
    assert old.top + old.height == chart.zero == new.top
    assert old.height == 2 * new.height
    assert new.is_negative
    assert new.label_at < chart.years_at - 12


def test_a_missing_year_is_a_gap_with_words_and_one_without_the_amount_another() -> None:
    chart = drawn((2025, 5), (2023, 3), (2022, None))
    assert [(bar.year, str(bar.gap)) for bar in chart.bars] == [
        ("2022", "not stated"),
        ("2023", ""),
        ("2024", "missing"),
        ("2025", ""),
    ]
    assert one_spaced(chart.alternative) == "Equity: 2022 not stated; 2023 3; 2024 missing; 2025 5"


def test_a_picture_says_the_same_in_words() -> None:
    tags = page(result(accounts((2025, {"equity": 93_480_000}))), "financials/_financials").tags
    (chart,) = [attributes for tag, attributes in tags if tag == "svg" and attributes.get("role") == "img"]
    assert one_spaced(chart["aria-label"] or "") == "Equity: 2025 93 480 000"


def test_one_picture_shows_one_figure_the_one_that_most_years_state() -> None:
    document = accounts((2025, {"totalRevenues": 9, "salesRevenues": 8}), (2024, {"salesRevenues": 7}))
    (chart,) = result(document).financials.accounting.charts
    assert str(chart.title) == "Sales revenues"


@given(st.lists(st.tuples(st.integers(-5, 99999), amounts), max_size=12))
def test_no_amounts_and_no_years_break_a_picture_or_leave_it(years: list[tuple[int, Any]]) -> None:
    document = accounts(*((year, {"equity": amount}) for year, amount in years))
    for chart in result(document).financials.accounting.charts:
        assert 1 <= len(chart.bars) <= year_bars.MOST_YEARS
        for bar in chart.bars:
            assert 0 <= bar.top <= bar.top + bar.height <= chart.height - year_bars.BOTTOM
            assert 0 <= bar.left < bar.left + year_bars.BAR <= chart.width


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("182400000", "182.4 M"),
        ("999960", "1 M"),
        ("1500", "1.5 k"),
        ("-4500000", "−4.5 M"),
        ("1e12", "1 tn"),
        ("1e21", "1.0e21"),
        ("12.34", "12.3"),
        ("0", "0"),
        ("0.001", "<0.1"),
    ],
)
def test_a_picture_writes_numbers_shortly(number: str, text: str) -> None:
    assert one_spaced(formats.short_words(Decimal(number))) == text


def test_the_names_of_the_figures_are_words_the_portal_knows() -> None:
    from cases.findings.vocabulary.code_words import FIGURES

    for names in (ratios.REVENUE, ratios.OPERATING, ratios.RESULT, ratios.EQUITY, ratios.ASSETS):
        assert set(names) <= set(FIGURES)


def test_a_text_or_a_huge_number_may_wrap_in_its_cell() -> None:
    wide = statements.blocks((Decimal(2025),), (statements.Line(None, (Decimal("1e29"),)),))[0].rows[0]  # type: ignore[arg-type]
    assert wide.cells[0].is_wide
    tags = page(
        result(accounts((2025, {"equity": "sixty million kroner or so"}))), "financials/_financials"
    ).tags
    assert ("td", {"class": "num wide"}) in tags
