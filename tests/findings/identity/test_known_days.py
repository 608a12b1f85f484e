"""Which dates say something."""

from cases.findings.identity.known_days import says_something
from cases.provider.result.scalars import date


def test_dates_that_say_nothing() -> None:
    nothing = [
        "",
        "0001-01-01",
        "0001-01-01T00:00:00",
        "1900-01-01",
        "1753-01-01",
        "1899-12-30",
        "9999-12-31",
    ]
    nothing += [
        "0000",
        "0000-00-00",
        "1900",
        "unknown",
        "N/A",
        "-",
        "2999-01-01",
        "0001-01-01T00:00:00.0000000+02:00",
    ]
    assert [text for text in nothing if says_something(date(text))] == []
    something = ["1950-02-03", "2019", "in March 2019", "2019-05", "02.11.1968", "1900-05-04", "1968-01-01"]
    assert [text for text in something if not says_something(date(text))] == []
