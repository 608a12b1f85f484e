"""What stands where nothing is known identifies nobody, and says nothing."""

from cases.provider.result.placeholders import is_placeholder

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
