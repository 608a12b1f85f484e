"""What is typed and what is printed meet, however either is written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.findings.search.folded_words import Query, words
from cases.provider.numbers.identifiers import DUNS, display, lei_in, parse
from tests.provider.result.labels import LABELLED, LEIS

FOUND = [
    # typed, printed
    ("storsjon", "Storsjön Bygg AB"),
    ("storsjoen", "Storsjön Bygg AB"),
    ("STORSJÖN", "storsjon"),
    ("skjaergaard", "SKJÆRGÅRD DRIFT AS"),
    ("skjærgård", "Skjaergaard Drift AS"),
    ("skjargard", "SKJÆRGÅRD"),
    ("SKJÆRGÅRD", "Østskjærgård Rederi AS"),
    ("skjær", "Østskjærgård Rederi AS"),
    ("vainola", "Väinölä Oy"),
    ("vaeinoelae", "Väinölä Oy"),
    ("asbryn", "Åsbryn Invest AS"),
    ("aasbryn", "Åsbryn Invest AS"),
    ("Åsbryn", "Aasbryn Invest"),
    ("bryn", "Åsbryn Invest AS"),
    ("mueller", "Jürgen Müller"),
    ("muller", "Jürgen Mueller"),
    ("lodz", "Łódź Sp. z o.o."),
    ("strasse", "Straße GmbH"),
    ("gunh bratt", "Gunhild Brattholmen"),
    ("brattholmen gunhild", "Gunhild Brattholmen"),
    ("anne-marie", "Annemarie Dahl"),
    ("annemarie", "Anne-Marie Dahl"),
    ("d'arc", "Jeanne D’Arc"),
    ("a/s", "Nordlys A/S"),
    ("a hansen", "A Hansen"),
    ("a hansen", "Anna Hansen"),
    ("gunhild b", "Gunhild Brattholmen"),
    ("G. Brattholmen", "Gunhild Brattholmen"),
    ("brattholmen, g.", "Gunhild Brattholmen"),
    ("G.Brattholmen", "Gunhild Brattholmen"),
    ("g b brattholmen", "Gunhild Berit Brattholmen"),
    ("J.R. Hansen", "Jon Rune Hansen"),
    ("J.-P. Dahl", "Jan Petter Dahl"),
    ("Å. Dahl", "Åse Dahl"),
    ("nordlys a/s", "Nordlys A/S"),
    ("иван", "Иван Петров"),
    ("317835337", "NO 317 835 337"),
    ("317 835 337", "317835337"),
    ("317 835", "317835337"),
    ("NO 317 835 337", "317835337"),
    ("NO317835337MVA", "317835337"),
    ("no 317.835.337 mva", "317835337"),
    ("317835337", "NO 317 835 337 MVA"),
    ("SE556036079301", "556036-0793"),
    ("se 5560360793", "556036-0793"),
    ("556036", "556036-0793"),
    ("165560360793", "556036-0793"),
    ("556036-0793", "SE556036079301"),
    ("700501-1234", "19700501-1234"),
    ("197005011234", "700501-1234"),
    ("700501-1234-001", "19700501-1234"),
    ("19700501-1234", "700501-1234-001"),
    ("19700501-1234-002", "700501-1234"),
    ("FI01120389", "0112038-9"),
    ("112038-9", "0112038-9"),
    ("DK-24 25 67 90", "24256790"),
    ("51-536-7214", "515367214"),
    ("DUNS 515367214", "51-536-7214"),
    ("NO DUNS 51-536-7214", "515367214"),
    ("5493001KJTIIGC8Y1R12", "5493001kjtiigc8y1r12"),
    ("5493 001K JTII GC8Y 1R12", "5493001KJTIIGC8Y1R12"),
    ("HE 412345", "HE412345"),
    ("Org.nr. 317 835 337", "317835337"),
    ("orgnr 317835337 MVA", "317835337"),
    ("Y-tunnus: 0112038-9", "01120389"),
    ("CVR-nr. 24 25 67 90", "24256790"),
    ("317835337", "Org.nr. 317 835 337"),
    ("٣١٧٨٣٥٣٣٧", "317835337"),
    ("C-42", "C-2026-000042"),
    ("c42", "C-2026-000042"),
    ("C 42", "C-2026-000042"),
    ("C–42", "C-2026-000042"),
    ("c\u221242", "C-2026-000042"),
    (" C - 42 ", "C-2026-000042"),
    ("C–2026–000042", "C-2026-000042"),
    ("c 2026 42", "C-2026-000042"),
    ("C-000042", "C-2026-000042"),
    ("c-2026-42", "C-2026-000042"),
    ("C-2026-000042", "C-2026-000042"),
    ("c-2026", "C-2026-000042"),
    ("C-2026-0000", "C-2026-000042"),
    ("000042", "C-2026-000042"),
    ("2026-000042", "C-2026-000042"),
    ("k77", "K-77"),
    ("KYC-12", "KYC-12345"),
    ("7 eleven", "7-Eleven AS"),
    ("fjellheim 24", "Fjellheim 24 7 AS"),
    ("1234-5678", "KYC-1234-5678"),
    ("1234 5678", "KYC 1234 5678"),
    ("317835337 556036-0793", "NO 317 835 337, SE 556036-0793"),
]
NOT_FOUND = [
    ("C-42", "C-2026-000420"),
    ("C 42", "C-2026-000420"),
    ("C 42", "Bygg C 42 AS"),
    ("C-42", "C-2026-000142"),
    ("C-2025-42", "C-2026-000042"),
    ("hansen", "Johanson"),
    ("skj", "Østskjærgård"),  # too short for an inner part
    ("b hansen", "A Hansen"),
    ("h", "Hansen"),
    ("g b", "Gunhild Brattholmen"),  # letters alone are words
    ("g.", "Gunhild"),
    ("h. brattholmen", "Gunhild Brattholmen"),
    ("nordlys a/s", "Nordlys Alta Sjø"),
    ("rathol g", "Gunhild Brattholmen"),
    ("gård nordlys", "Skjærgård"),
    ("317835338", "317835337"),
    ("835337", "317835337"),
    ("", "Hansen"),
    ("%", "Hansen"),
    ("_", "Hansen"),
]


def test_what_is_typed_finds_what_is_printed() -> None:
    wrong = [(typed, printed) for typed, printed in FOUND if not Query(typed).finds([printed])]
    assert not wrong
    passed_over = [
        (typed, printed)
        for typed, printed in FOUND
        if not all(p.may_be_in(printed) for p in Query(typed).parts)
    ]
    assert not passed_over


def test_what_is_something_else_is_not_found() -> None:
    wrong = [(typed, printed) for typed, printed in NOT_FOUND if Query(typed).finds([printed])]
    assert not wrong


def test_every_form_of_a_number_that_a_new_case_takes_is_found() -> None:
    wrong = []
    for typed, kind, country in LABELLED:
        found = parse(country or "no", kind, typed)[0]
        duns = "DUNS " if kind == DUNS else ""
        printed = f"{found.country.upper()} {duns}{display(found)}"
        if not (Query(typed).finds([printed]) and Query(printed).finds([typed])):
            wrong.append((typed, printed))
    wrong += [(typed, "") for typed in LEIS if not Query(typed).finds([lei_in(typed) or ""])]
    assert wrong == []


def test_the_parts_of_a_search_may_be_found_in_different_places() -> None:
    assert Query("gunhild 317 835 337").finds(["Gunhild Brattholmen", "317835337", "something else"])
    assert not Query("gunhild 317 835 338").finds(["Gunhild Brattholmen", "317835337"])


@pytest.mark.parametrize("text", ["", " ", "%_", "\0", "’", "\ud83d", "\u202e"])
def test_what_has_no_letter_and_no_digit_searches_for_nothing(text: str) -> None:
    assert not Query(text).parts


@given(st.text(max_size=60))
def test_whatever_is_printed_is_found_by_itself(printed: str) -> None:
    query = Query(printed)
    assert query.finds([printed]) == bool(query.parts)
    assert all(part.may_be_in(printed) for part in query.parts)
    assert all(word and word == "".join(word.split()) for word in words(printed))


@given(st.integers(1, 999_999_999), st.sampled_from(["", "NO", "NO "]), st.sampled_from(["", "MVA", " MVA"]))
def test_a_norwegian_number_is_found_in_every_form(number: int, before: str, behind: str) -> None:
    digits = f"{number:09}"
    shown = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    for typed in (digits, shown, shown.replace(" ", "\xa0"), shown.replace(" ", ".")):
        assert Query(f"{before}{typed}{behind}").finds([digits])


def test_words_that_stand_before_numbers_are_gone_over_once() -> None:
    began = time.process_time()
    assert words("no " * 40_000) == {"no"}
    assert time.process_time() - began < 5
