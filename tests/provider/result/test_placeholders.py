"""What stands where nothing is known identifies nobody, and says nothing."""

from cases.provider.numbers.placeholders import is_placeholder, says_something
from cases.provider.result.scalars import date

NOBODY = [
    "N/A",
    "n.a.",
    "na",
    "-",
    "—",
    "?",
    "...",
    "0",
    "000",
    "unknown",
    "UNKNOWN NAME",
    "Ukjent",
    "ukjent eier",
]
NOBODY += [
    "Okänd",
    "okand",
    "Uppgift saknas",
    "Tuntematon",
    "ei tiedossa",
    "Ukendt",
    "ikke oplyst",
    "N.N.",
    "null",
]
NOBODY += [
    "Nicht verfügbar",
    "Неизвестно",
    "(unknown)",
    "«ukjent»",
    " n/a ",
    "ＵＮＫＮＯＷＮ",
    "Xxxx",
    "",
    None,
]
NOBODY += ["Ukjent Ukjent", "Unknown (unknown)", "NN NN", "FNU LNU", "Fornavn Etternavn", "Skyddad identitet"]
NOBODY += [
    "Sperret",
    "Anonym",
    "Förnamn Efternamn",
    "Ukjent eier 1",
    "Unknown, Unknown",
    "Hemmelig adresse",
    "N/A 0",
]
NOBODY += [
    "Ägare okänd",
    "Aegare okaend",
    "AEGARE OKAEND",
    "Øvrige aksjonærer",
    "Oevrige aksjonaerer",
    "Oevriga aktieaegare",
    "Oevrige aksjonaerer 2",
    "Aktieaegare okaend",
    "Direktoer",
]
SOMEBODY = [
    "Bræk",
    "Braek",
    "Naa",
    "Aegir Okland",
    "Oeystein Aaker",
    "Na Na",
    "Nil X",
    "X 2",
    "Sperre Fisk",
    "Anonym Kunst AS",
    "Ola Fornavn",
    "Na Li",
    "Ola Ukjent",
    "Unknown Pleasures AS",
    "Nil Nilsen",
    "X AS",
    "7",
    "Nada",
    "None Hansen",
    "さとう",
]


def test_names_that_name_nobody() -> None:
    assert [text for text in NOBODY if not is_placeholder(text)] == []
    assert [text for text in SOMEBODY if is_placeholder(text)] == []


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
