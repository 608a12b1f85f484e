"""Does a PDF's own text name the organisation it should be about?"""

import pytest

from cases.signatures.pdf import pdf_text
from tests.signatures.pdfs import signed_pdfs


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Org.nr. 317835337 MVA", "317835337"),
        ("NO 317 835 337", "317835337"),
        ("NO 317\u00a0835\u00a0337", "317835337"),
        ("317-835-337.", "317835337"),
        ("3 1 7 8 3 5 3 3 7", "317835337"),
        ("org.nr 559657-0704", "5596570704"),
        ("165596570704", "5596570704"),
        ("Y-tunnus 1234567-8", "12345678"),
        ("3 1 7 8 3 5 3 3 7".replace(" ", "\n"), "317835337"),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, number: str) -> None:
    assert pdf_text.holds_number(text, number)


@pytest.mark.parametrize("text", ["1317835337", "3178353371", "317 835 338", "", "317835"])
def test_a_longer_or_another_number_is_not_it(text: str) -> None:
    assert not pdf_text.holds_number(text, "317835337")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("FJELLHEIM  ENERGI\nAS", "Fjellheim Energi AS"),
        ("Sørøya Fiske AS", "SOROYA FISKE AS"),
        ("Storsjön Invest AB (publ)", "Storsjon Invest AB"),
        ("ŁÓDŹ ÐORÐE ÞÓR ŒUVRE ĐAKOVO AS", "Lodz Dorde Thor Oeuvre Dakovo AS"),
        ("O’Brien Fisk AS", "OBrien Fisk AS"),
        ("Fjellheim Ener\ngi AS", "Fjellheim Energi AS"),
        ("F J E L L H E I M E N E R G I", "Fjellheim Energi"),
        ("Selskap: FjellheimEnergi AS", "Fjellheim Energi"),
        ("Norsk Eiendomsmegling AS for NorskEiendom", "Norsk Eiendom"),
    ],
)
def test_a_name_is_found_whatever_its_case_accents_and_breaks(text: str, name: str) -> None:
    assert pdf_text.holds_name(text, name)


@pytest.mark.parametrize(
    ("text", "name"), [("Masten AS", "Sten AS"), ("anything", ""), ("Fjellheim", "Fjellheim Energi AS")]
)
def test_a_part_of_another_name_is_not_it(text: str, name: str) -> None:
    assert pdf_text.holds_name(text, name) is False


def test_letters_that_end_within_a_word_do_not_tell_whether_it_is_the_name() -> None:
    for text, name in (
        ("Vi er Norsk Eiendomsmegling AS", "Norsk Eiendom"),
        ("Nordea Bankkonsult", "Nordea Bank"),
        ("Storsparebanken Vest", "Sparebanken Vest"),
        ("N O R S K E I E N D O M S M E G L I N G", "Norsk Eiendom"),
        ("S T O R S P A R E B A N K E N", "Sparebanken"),
        ("SelskapFjellheimEnergiASForretningsadresse", "Fjellheim Energi AS"),
    ):
        assert pdf_text.holds_name(text, name) is None, text
    pdf = signed_pdfs.report("Report", "Norsk Eiendomsmegling AS", "NO 912 345 678", "and some more words")
    assert pdf_text.names(pdf, "999999999", "Norsk Eiendom") is None


def test_a_pdf_names_its_organisation_by_number_or_by_name() -> None:
    pdf = signed_pdfs.report("Report", "Fjellheim Energi AS", "NO 317 835 337", "and some more words")
    assert pdf_text.names(pdf, "317835337", "Somebody else AS") is True
    assert pdf_text.names(pdf, "999999999", "FJELLHEIM ENERGI AS") is True
    assert pdf_text.names(pdf, "999999999", "Storfjord Fisk AS") is False


def test_without_a_name_to_look_for_it_cannot_be_told_to_be_about_another() -> None:
    assert (
        pdf_text.names(signed_pdfs.report("A report about somebody, in many words"), "999999999", "") is None
    )


@pytest.mark.parametrize("text", ["", "Page 1 of 1", "\ue000\ue001\ue002" * 40])
def test_a_text_that_cannot_be_read_tells_nothing(text: str) -> None:
    assert not pdf_text.is_readable(text)


def test_a_page_without_text_tells_nothing() -> None:
    assert pdf_text.names(signed_pdfs.report(" "), "317835337", "Fjellheim Energi AS") is None
