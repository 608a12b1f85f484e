"""Whom each hit is compared with, and what it comes to, as findings tell it: each spelling, script, form and date."""

import time
from typing import Any

from cases.findings.as_json.findings import plain
from tests.findings.reading import result

COMPANY = {"name": "PRØVE EIENDOM AS", "organizationNumber": "317835337", "country": "NO"}
BORN = "1970-05-01"
Person = dict[str, Any]


def person(name: str | None, born: str | None = BORN, **more: Any) -> Person:
    return {"name": name, "dateOfBirth": born, "type": "PERSON", **more}


def firm(name: str, **more: Any) -> Person:
    return {"name": name, "type": "ORGANIZATION", **more}


def hit(name: str | None, born: str | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "birthDate": born, **more}


def compared(
    listed: dict[str, Any], *owners: Person, company: Any = COMPANY, **chapters: Any
) -> dict[str, Any]:
    ownership = {"shareholders": [*owners]}
    sanction = {"status": "SANCTION", "sanctionResults": [listed]}
    document = {"keyInformation": company, "ownership": ownership, **chapters, "sanction": sanction}
    found: dict[str, Any] = plain(result(document))["hits"][0]["compared"]
    return found


def wrong(wanted: dict[tuple[str, str], set[str]], owner: Any, born: str | None = None) -> list[object]:
    """Those whose names came to something else, or that were laid beside somebody else."""
    found = {(ours, theirs): compared(hit(theirs, born), owner(ours)) for ours, theirs in wanted}
    return [
        (names, item["party"], item["lines"]["name"])
        for names, item in found.items()
        if item["party"] != names[0] or item["lines"]["name"] not in wanted[names]
    ]


EQUAL, NEAR, EITHER = {"equal"}, {"near"}, {"equal", "near"}


def test_nordic_letters_are_the_same_in_every_usual_spelling() -> None:
    wanted = {
        ("Olav Østby", "OESTBY Olav"): EQUAL,
        ("Olav Østby", "Ostby, Olav"): EQUAL,
        ("Olav Østby", "Olav Östby"): EQUAL,
        ("Oestby Olav", "Olav Ostby"): EITHER,
        ("Åse Kjærgård", "AASE KJAERGAARD"): EQUAL,
        ("Åse Kjærgård", "Ase Kjaergard"): EQUAL,
        ("Åse Kjærgård", "Aase Kjärgard"): EQUAL,
        ("Jörg Müller", "JOERG MUELLER"): EQUAL,
        ("Jörg Müller", "Jorg Muller"): EQUAL,
        ("Päivi Väinölä", "PAIVI VAINOLA"): EQUAL,
        ("Päivi Väinölä", "Paeivi Vaeinoelae"): EQUAL,
        ("Þór Guðmundsson", "Thor Gudmundsson"): EQUAL,
        ("Milošević Đorđe", "Djordje Milosevic"): EQUAL,
        ("Хрущев Михаил", "Mihail Hruščev"): EQUAL,
        ("Сергей Жуков", "Sergej Žukov"): EQUAL,
        ("Hruščev Mihail", "Khrushchev Mihail"): EITHER,
        ("Škoda Jiří", "Skoda Jiri"): EQUAL,
        ("Bjo\u0308rn Ola\u030aker", "Bjoern Olaaker"): EQUAL,
    }
    assert wrong(wanted, person) == []
    assert wrong({(theirs, ours): verdicts for (ours, theirs), verdicts in wanted.items()}, person) == []


def test_transliterations_meet() -> None:
    wanted = {
        ("Sergei Volkov", "Сергей Волков"): EITHER,
        ("Sergey Wolkow", "Сергей Волков"): EITHER,
        ("Elena Khodorkovskaya", "Yelena Hodorkovskaja"): EITHER,
        ("Yuri Andreev", "Iurii Andreyev"): EITHER,
        ("Dmitriy Shcherbakov", "Дмитрий Щербаков"): EITHER,
        ("Pyotr Fedorov", "Пётр Фёдоров"): EITHER,
        ("Alexis Tsipras", "Αλέξης Τσίπρας"): EITHER,
        ("Mohamed Ali Hassan", "محمد علي حسن"): NEAR,
        ("Сергей Волков", "VOLKOV Sergey"): EITHER,
    }
    assert wrong(wanted, person) == []


def test_initials_patronymics_and_words_joined_or_parted_are_near() -> None:
    wanted = {
        ("Anne-Marie Lund", "Annemarie Lund"): NEAR,
        ("Annemarie Lund", "LUND Anne Marie"): NEAR,
        ("Sergei Ivanovich Volkov", "Sergei Volkov"): NEAR,
        ("Sergei Ivanovich Volkov", "S. I. Volkov"): NEAR,
        ("Sergei Ivanovich Volkov", "Volkov S.I."): NEAR,
        ("S. Volkov", "Sergei Ivanovich Volkov"): NEAR,
        ("Jens Petter Hansen", "J. P. Hansen"): NEAR,
        ("Jens Petter Hansen", "HANSEN JP"): NEAR,
        ("Jens Petter Hansen", "J. P. H."): NEAR,
    }
    assert wrong(wanted, person) == []
    assert wrong({("A B C AS", "ABC AS"): NEAR, ("ABC Shipping AS", "A.B.C. Shipping Ltd"): NEAR}, firm) == []


def test_legal_forms_written_out_before_or_behind_make_no_difference() -> None:
    forms = {
        "Arktur": [
            "OOO Arktur",
            "LIMITED LIABILITY COMPANY ARKTUR",
            "Arktur Limited Liability Company",
            "Obshchestvo s ogranichennoy otvetstvennostyu Arktur",
            "OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTIU ARKTUR",
            "Общество с ограниченной ответственностью «Арктур»",
            "Public Joint-Stock Company Arktur",
            "Otkrytoye aktsionernoye obshchestvo Arktur",
            "PJSC Arktur",
            "Gesellschaft mit beschränkter Haftung Arktur",
            "Arktur Aktiengesellschaft",
            "Arktur GmbH & Co. KG",
            "Aksjeselskapet Arktur",
            "Arktur Aktieselskab",
            "Anpartsselskabet Arktur",
            "Aktiebolaget Arktur",
            "Arktur AB (publ)",
            "Arktur osakeyhtiö",
            "Oy Arktur Ab",
            "Arktur Public Limited Company",
            "Arktur Co., Ltd.",
            "ANS Arktur",
            "GmbH Arktur",
            "SARL Arktur",
            "Uždaroji akcinė bendrovė Arktur",
            "Sabiedrība ar ierobežotu atbildību Arktur",
            "Sp. z o.o. Arktur",
            "IP Arktur",
            "ИП Арктур",
            "Individual entrepreneur Arktur",
        ]
    }
    wanted = {(ours, theirs): EQUAL for ours, written in forms.items() for theirs in written}
    assert wrong(wanted, firm) == []
    assert wrong({(ours, theirs): EQUAL for theirs, ours in wanted}, firm) == []
    assert wrong({("Aksel As", "AKSEL Ås"): EQUAL, ("Ole Aas", "Aas Ole"): EQUAL}, person) == []


def test_marks_that_are_letters_in_their_script_tell_names_apart() -> None:
    for ours, theirs in [
        ("さとう たろう", "ざどう だろう"),
        ("กากา", "ก้ากี้"),
        ("राम कुमार", "रिम कामर"),
        ("Сергей", "Сергеи"),
    ]:
        found = compared(hit(theirs, BORN), person(ours))
        assert found["lines"]["name"] in {"near", "different"}, (ours, theirs)
        assert compared(hit(ours), person(ours))["lines"]["name"] == "equal", ours


def test_names_that_differ_are_not_near_however_they_are_folded() -> None:
    for ours, theirs in [("Ingrid Solvang", "Aarne Koskela"), ("Nordlys AS", "Vindkammen AS"), ("Oe", "Ö Å")]:
        assert compared(hit(theirs), person(ours, None))["party"] is None, (ours, theirs)


# --- Whom ---


def test_whoever_is_born_on_the_day_is_compared_and_the_customer_is_no_fallback() -> None:
    crowd = [person(f"Ola Nordmann {n}", f"19{n + 10}-02-03") for n in range(60)]
    for name in ("Сергей Волков", "司馬遷", "Entirely Different", None, "N/A"):
        found = compared(hit(name, BORN), *crowd, person("Kari Prøvesen"))
        assert (found["party"], found["lines"]["born"]) == ("Kari Prøvesen", "equal"), name
        assert found["rests_on"] == ["ownership.shareholders[60]"]


def test_a_crowd_born_on_one_day_hides_nobody() -> None:
    crowd = [person(f"Nr{n} Olsen{n}") for n in range(400)]
    assert compared(hit("Kari Provesen", BORN), *crowd, person("Kari Prøvesen"))["party"] == "Kari Prøvesen"


def test_a_crowd_of_one_surname_hides_nobody() -> None:
    crowd = [person(f"Kari{n} Hansen", None) for n in range(800)]
    for name in ("Sergei Hansen", "S. Hansen", "Hansen, Sergei Ivanovich"):
        assert compared(hit(name), *crowd, person("Sergei Hansen", None))["party"] == "Sergei Hansen", name


def test_a_person_is_laid_beside_the_owner_or_the_holder_of_a_role_and_not_beside_the_firm() -> None:
    company = {**COMPANY, "name": "Ola Hansen AS"}
    assert compared(hit("Ola Hansen"), person("Ola Hansen", None), company=company)["what"] == ["Shareholder"]
    by_role = compared(hit("HANSEN Ola", BORN), company=company, roles={"ceo": {"name": "Ola Hansen"}})
    assert by_role["what"] == ["Chief executive"]
    assert compared(hit("Ola Hansen LLC"), person("Ola Hansen", None), company=company)["what"] == [
        "the organisation itself"
    ]


def test_near_to_nobody_is_null_and_nothing_is_claimed_of_it() -> None:
    found = compared(
        hit("Zyx Wvu", "1960-01-02", addressList=[{"countryCode": "NO"}]), person("Kari Prøvesen")
    )
    assert found == {
        "party": None,
        "what": [],
        "rests_on": [],
        "namesakes": 0,
        "same_day": 0,
        "lines": {
            **dict.fromkeys(["kind", "born", "country", "city", "number"], "unknown"),
            "name": "different",
        },
    }


def test_namesakes_are_counted_and_stay_apart() -> None:
    twice = [person("Ola Nordhagen", "0001-01-01T00:00:00")] * 2
    found = compared(hit("Ola Nordhagen"), *twice)
    assert (found["party"], found["rests_on"], found["namesakes"]) == (
        "Ola Nordhagen",
        ["ownership.shareholders[0]"],
        1,
    )


# --- What says nothing ---


def test_a_placeholder_for_a_date_dismisses_and_confirms_nothing() -> None:
    for day in (
        "0001-01-01T00:00:00",
        "1900-01-01",
        "1753-01-01",
        "9999-12-31",
        "unknown",
        "",
        "2999-05-01",
        "0",
    ):
        for theirs, ours in ((day, BORN), (BORN, day), (day, day)):
            found = compared(hit("Ola Prøvesen", theirs), person("Ola Prøvesen", ours))
            assert (found["party"], found["lines"]["born"]) == ("Ola Prøvesen", "unknown"), (theirs, ours)
            assert found["lines"]["kind"] != "different"


def test_a_year_alone_is_near_and_never_equal() -> None:
    for stated in ("1970", "1970-05", "1970-00-00"):
        assert compared(hit("Ola Prøvesen", stated), person("Ola Prøvesen"))["lines"]["born"] == "near"


def test_a_placeholder_for_a_name_or_number_is_nobodys() -> None:
    for name in ("N/A", "Unknown", "ukjent", "okänd", "-"):
        assert compared(hit(name), person(name, None))["party"] is None, name
    for number in ("N/A", "000000000", "999999999", "0"):
        listed = hit("Zyx", comment=f"Reg. no. {number}")
        assert compared(listed, firm("Alfa", organizationNumber=number))["party"] is None, number


def test_a_number_that_the_list_names_is_found_in_every_form() -> None:
    for ours, words in {
        "559657-0704": "Swedish reg. no. SE559657070401",
        "16559657-0704": "org. 559657-0704",
        "317835337": "VAT NO 317 835 337 MVA",
        "0110704-3": "Business ID 110704-3 (Finland)",
        "19700501-1234": "personnummer 700501-1234",
    }.items():
        found = compared(
            hit("Another Name", comment=words), firm("Alfa", organizationNumber=ours), company={}
        )
        assert (found["party"], found["lines"]["number"]) == ("Alfa", "equal"), words
    dated = compared(
        hit("Another Name", comment="since 1970-05-01"), firm("Alfa", organizationNumber="19700501")
    )
    assert dated["party"] is None


def test_a_sole_proprietorship_is_a_person_too() -> None:
    for company in (
        {"name": "KARI PRØVESEN", "organizationType": "SOLE_PROPRIETORSHIP"},
        {"name": "Kari Prøvesen", "organizationType": "ENK"},
        {"name": "Kari Prøvesen ENK"},
        {"name": "Enkeltpersonforetak Kari Prøvesen"},
        {"name": "Tmi Kari Prøvesen"},
        {"name": "Kari Prøvesen Enskild Firma"},
        {"name": "Kari Prøvesen", "organizationNumber": "19700501-1234"},
    ):
        for listed in (hit("PRØVESEN Kari", BORN), hit("Kari Prøvesen", function="Minister")):
            found = compared(listed, company=company)
            assert found["what"] == ["the organisation itself"], company
            assert (found["lines"]["name"], found["lines"]["kind"]) == ("equal", "equal"), company
    sole = compared(hit("PRØVESEN Kari", BORN), firm("Kari Prøvesen ENK"))
    assert (sole["party"], sole["lines"]["kind"]) == ("Kari Prøvesen ENK", "equal")


# --- Hostile ---


def test_names_made_to_be_slow_are_not() -> None:
    nasty = [
        " ".join("a" * (n % 3 + 1) for n in range(30)),
        "ø" * 200,
        "å-" * 100,
        "a." * 100,
        "ye" * 100,
        "า" * 200,
    ]
    owners = [person(f"{name} {n}") for n in range(40) for name in nasty]
    began = time.process_time()
    for name in nasty:
        compared(hit(name, BORN, aliasList=[f"{name} {n}" for n in range(100)]), *owners)
    assert time.process_time() - began < 20


def test_what_somebody_is_reads_each_word_once() -> None:
    auditor = {"name": "REVISJON PRØVE AS", "organizationNumber": "310562955"}
    chair = {"name": "Kari Prøve", "dateOfBirth": BORN}
    found: dict[str, Any] = plain(
        result(
            {
                "roles": {
                    "auditor": [auditor],
                    "chairman": chair,
                    "others": [chair | {"role": "CHAIRMAN_OF_THE_BOARD"}],
                },
                "financials": {"auditor": auditor},
                "sanction": {"sanctionResults": [hit("Kari Prøve", BORN), hit("REVISJON PRØVE AS")]},
            }
        )
    )
    assert [item["compared"]["what"] for item in found["hits"]] == [["Chair of the board"], ["Auditor"]]
