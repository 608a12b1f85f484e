"""Equal is the same spelling or a usual transliteration; what only sounds alike is near; other people are neither."""

import pytest

from cases.findings.names.transliterations import is_written_so
from cases.findings.screening.comparison import NEAR
from tests.findings.identity.test_compared import BORN, compared, hit, person
from tests.findings.names.test_names import best

TRANSLITERATED = [
    ("Щербаков", "Shcherbakov"),
    ("Хрущёв", "Khrushchev"),
    ("Жуков", "Zhukov"),
    ("Юлия", "Yuliya"),
    ("Юлия", "Iuliia"),
    ("Ельцин", "Yeltsin"),
    ("Горький", "Gorky"),
    ("Алексей", "Aleksei"),
    ("Алексей", "Alexey"),
    ("Ганна", "Hanna"),
    ("Щукіна", "Shchukina"),
    ("Кузьмін", "Kuzmin"),
    ("Восход 11", "Voskhod 11"),
    ("Ευάγγελος Μπαλτάς", "Evangelos Baltas"),
    ("Ντίνος Γκίκας", "Dinos Gkikas"),
    ("Χρήστος Παπαδόπουλος", "Christos Papadopoulos"),
]
SOUNDING_ALIKE = [
    ("Саров Пётр", "Sharov Petr"),
    ("Зуев Иван", "Zhuev Ivan"),
    ("Жук Пётр", "Zuk Petr"),
    ("Шишкин Иван", "Siskin Ivan"),
    ("Чан Иван", "Tsan Ivan"),
    ("Хасан Али", "Khassan Alli"),
    ("Анна Ким", "Ana Kim"),
    ("Восход 11", "Voskhod 1"),
    ("Nordlys 11", "Nordlys 1"),
    ("Shishkin Ivan", "Siskin Ivan"),
]
SPELLED_LOOSELY = [
    ("Abd al-Rahman Khalid", "Abdulrahman Khaled"),
    ("Abdel Rahman Khaled", "Abdurrahman Halid"),
    ("Nur ad-Din Mahmud", "Noureddine Mahmoud"),
    ("Nasser El-Din", "Nasir Aldin"),
    ("Bashar Al Assad", "Bachar el-Assad"),
    ("Saif al-Islam Qadhafi", "Seif el Islam Gaddafi"),
    ("Hassan Al Bashir", "Hasan Elbeshir"),
    ("Salah ad-Din Yusuf", "Salahuddin Yousef"),
    ("Oleh Hryhoriiev", "Oleg Grigoriev"),
    ("Siarhei Kavaliou", "Sergey Kovalev"),
    ("Александр Жуков", "Oleksandr Joukov"),
    ("Zhanna Zhukova", "Janna Joukova"),
    ("Igor Sechin", "Igor Setchine"),
    ("Andrey Petrov", "Andrei Petroff"),
    ("Georgios Hatzis", "George Chatzis"),
    ("Mc Donald Ian", "MacDonald Ian"),
    ("Ian Mac Kenzie", "McKenzie Ian"),
    ("Pat O Brien", "O'Brien Pat"),
    ("Jan van der Berg", "Vanderberg Jan"),
    ("Otto von Habsburg", "Habsburg Otto"),
    ("Maria de la Cruz", "Delacruz Maria"),
    ("Jan v.d. Berg", "van der Berg Jan"),
    ("MK Solberg", "Solberg Mads Kristian"),
    ("PO Hansen", "Per Olav Hansen"),
    ("Hansen JPH", "Jens Petter Hansen Hansen"),
]
OTHERS = [
    ("Ingrid Solvang", "Aarne Koskela"),
    ("Gro Hansen", "Kari Hansen"),
    ("Geir Nilsen", "Kåre Olsen"),
    ("Marit Olsen", "Morten Lien"),
    ("Abd al-Rahman Khalid", "Abd al-Aziz Mansour"),
    ("Mohamed Alsayed", "Mahmoud Alhadi"),
    ("Saif al-Islam Qadhafi", "Nur al-Islam Haddad"),
    ("Ivan Petrov", "Igor Pavlov"),
    ("Sergey Kovalev", "Sergio Cavallo"),
    ("Oleg Grigoriev", "Olga Gorbunova"),
    ("Albert Berg", "Britt Borg"),
    ("Eva Li", "Ivo Lo"),
    ("Жанна Ким", "Иван Ким"),
    ("PO Hansen", "Anna Hansen"),
    ("MK Solberg", "Solberg Per Olav"),
    ("Γιώργος Παππάς", "Georg Pape"),
]


LEGAL_FORMS = """
    OÜ Nordlys|Nordlys OÜ|OU NORDLYS|Nordlys osaühing
    Nordlys GmbH|Nordlys Gesellschaft mbH|Nordlys Gesellschaft m.b.H.|Nordlys G.m.b.H.
    Nordlys GmbH & Co. KG|Nordlys GmbH und Co KG|Nordlys GmbH and Co. KG
    Nordlys SA|Samvirkeforetaket Nordlys|Nordlys samvirkeforetak
    Nordlys hf.|Hlutafélagið Nordlys|Nordlys hlutafélag|Einkahlutafélagið Nordlys
    Nordlys BA|Nordlys selskap med begrenset ansvar
    PrAT Nordlys|ПрАТ Nordlys|Pryvatne aktsionerne tovarystvo Nordlys
    NAO Nordlys|НАО Nordlys|Nordlys Non-public Joint Stock Company
    Nordlys S.A.|Nordlys Société Anonyme
    Nordlys Sp. z o.o.|Nordlys Spółka z ograniczoną odpowiedzialnością
"""


def test_a_legal_form_is_none_of_the_name_however_it_is_written() -> None:
    rows = [line.strip().split("|") for line in LEGAL_FORMS.strip().splitlines()]
    apart = [(row[0], text) for row in rows for text in row if best(row[0], text) != 1]
    assert apart == []


def test_a_usual_transliteration_is_equal() -> None:
    apart = [(ours, theirs) for ours, theirs in TRANSLITERATED if best(ours, theirs) != 1]
    assert apart == []
    assert [pair for pair in TRANSLITERATED if best(*reversed(pair)) != 1] == []


def test_what_only_sounds_alike_is_near_and_never_equal() -> None:
    pairs = [*SOUNDING_ALIKE, *SPELLED_LOOSELY]
    assert [(*pair, best(*pair)) for pair in pairs if not NEAR <= best(*pair) < 1] == []


def test_it_is_found_in_a_crowd_whichever_side_has_which_spelling() -> None:
    crowd = [
        person(f"{first} {last}", None)
        for first, last in zip(["Per", "Kari", "Ola", "Eva", "Nils"] * 8, FILLING, strict=False)
    ]
    for ours, theirs in [*SPELLED_LOOSELY, *(reversed(pair) for pair in SPELLED_LOOSELY)]:
        found = compared(hit(theirs), *crowd, person(ours, None))
        assert (found["party"], found["lines"]["name"]) == (ours, "near"), (ours, theirs)


FILLING = [
    f"{front}{back}"
    for front in ("Lind", "Berg", "Dal", "Vik", "Sand")
    for back in ("mo", "heim", "rud", "set")
]


def test_other_people_stay_different() -> None:
    assert [(*pair, best(*pair)) for pair in OTHERS if best(*pair) >= NEAR] == []
    for ours, theirs in OTHERS:
        found = compared(hit(theirs), person(ours, None))
        assert (found["party"], found["lines"]["name"]) == (None, "different"), (ours, theirs)


@pytest.mark.parametrize(
    ("owners", "theirs", "party"),
    [
        (["Саров Пётр", "Шаров Пётр"], "Sharov Petr", "Шаров Пётр"),
        (["Шаров Пётр", "Саров Пётр"], "Sarov Petr", "Саров Пётр"),
        (["Zhuev Ivan", "Zuev Ivan"], "Зуев Иван", "Zuev Ivan"),
        (["Zuev Ivan", "Zhuev Ivan"], "Жуев Иван", "Zhuev Ivan"),
        (["Voskhod 1", "Voskhod 11"], "Восход 11", "Voskhod 11"),
    ],
)
def test_of_candidates_the_exact_transliteration_wins(owners: list[str], theirs: str, party: str) -> None:
    found = compared(hit(theirs), *(person(owner, None) for owner in owners))
    assert (found["party"], found["lines"]["name"]) == (party, "equal")


def test_what_only_sounds_alike_raises_no_alarm() -> None:
    for ours, theirs in SOUNDING_ALIKE:
        found = compared(hit(theirs, BORN), person(ours))
        assert (found["lines"]["name"], found["lines"]["born"]) == ("near", "equal"), (ours, theirs)


def test_no_word_is_slow_to_compare_with_its_transliteration() -> None:
    assert is_written_so("й" * 200, "y" * 200)
    assert not is_written_so("ьъ" * 100, "ie" * 99 + "x")
