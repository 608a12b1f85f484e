"""The years side by side."""

from tests.findings.reading import of, page, result


def test_the_years_stand_newest_first_whatever_their_order() -> None:
    years = [{"year": year, "incomeStatement": {"taxes": year}} for year in (2023, "2025", None, 2024)]
    found = result({"financials": {"accounting": {"years": years}}}).financials.accounting
    assert found.years == (2025, 2024, 2023, None)
    assert found.income[0].amounts == (2025, 2024, 2023, None)


def test_every_line_of_every_statement_is_there() -> None:
    found = of("no_full").financials.accounting
    assert len(found.income) == 19
    assert [line.name.raw for line in found.balance][:3] == ["currentAssets", "fixedAssets", "sumAssets"]
    assert all(len(line.amounts) == 3 for line in (*found.income, *found.balance))


def test_a_line_that_only_one_year_has_is_not_stated_for_the_others() -> None:
    found = of("no_bankrupt").financials.accounting
    lines = {line.name.raw: line.amounts for line in found.income}
    assert lines["newLine"] == (None, 7, None)


def test_missing_and_repeated_years_are_findings() -> None:
    found = of("no_bankrupt").financials
    assert found.accounting.missing_years == (2023, 2022)
    years = [{"year": 2024}, {"year": 2024}]
    twice = result({"financials": {"accounting": {"years": years}}}).financials
    assert [caution.code for caution in twice.cautions] == ["years_repeated"]


def test_a_year_beyond_all_reason_does_not_make_a_million_missing_ones() -> None:
    years = [{"year": 2024}, {"year": 10**20}]
    assert result({"financials": {"accounting": {"years": years}}}).financials.accounting.missing_years == ()


def test_amounts_are_grouped_negative_ones_have_a_minus_and_odd_ones_stay() -> None:
    text = page(of("no_bankrupt"), "financials/_financials").text
    assert "−1 200.5" in text
    assert "−4 500 000" in text
    assert "6 000 000" in text
    assert "As reported, currency not stated." in text


def test_the_parts_have_each_their_own_nothing() -> None:
    found = of("no_clean").financials
    assert [str(part.nothing.words) for part in (found.auditor, found.accountant) if part.nothing] == [
        "Searched, nothing found",
        "Failed: not delivered by the provider",
    ]
