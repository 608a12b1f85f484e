"""A placeholder, or nothing where a name belongs, earns nothing: no verdict is in order by it."""

from typing import Any

from cases.findings.identity.number_checks import duns, lei, organisation_number
from cases.findings.names.nameless import names_nobody
from tests.findings.reading import codes, result
from tests.findings.verdicts.test_verdicts import changed, judged, states

PERSON = {"dateOfBirth": "1968-11-02", "type": "PERSON"}
NAMED = {**PERSON, "name": "Ingrid Solvang"}
NO_NAMES: tuple[dict[str, Any], ...] = (
    {},
    {"name": None},
    {"name": ""},
    {"name": "Ukjent"},
    {"name": "N/A"},
    {"name": {"odd": 1}},
    {"firstName": "N/A", "lastName": "Unknown"},
)

NOBODY = """
    Navn sperret|Navnet er skjermet|Gradert|Beskyttet|Strengt fortrolig|Skjult identitet|Navne- og adressebeskyttelse
    Name protected|Name withheld by the owner|Hidden|Redacted|Name not public|No name|Company name withheld
    Ukjendt|Ukjendt ejer|Eieren er ukjent|Ukjent aksjonaer|Uten navn|Navn mangler|Navn slettet|Unntatt offentlighet
    Eier|Ejeren|Ägare|Omistaja|Owner|The owner|Owner 1|Eier B|Person|Private person|Reell rettighetshaver
    Nominee account|Nominee registered|Forvalterregistrert|Förvaltarregistrerade aktier|hallintarekisteroity
    Sekretessmarkerad person|Skyddad identitet|Turvakielto|Tuntemattomat omistajat|Salattu nimi|Ei nimeä
    Unbekannter Eigentümer|Name unbekannt|Styreleder|Board member|Daglig leder
    Klausulert|Kode 6|Taushetsbelagt|Person uten norsk fødselsnummer|Ukjent utenlandsk eier|Ukjent (utland)
    Aksjonær nr. 3|Navn under beskyttelse|Skyddad folkbokföring|Kvarskrivning|Namnet är sekretessbelagt
    Utländsk ägare okänd|Verklig huvudman kan inte fastställas|Reelle ejere kan ikke identificeres
    Udenlandsk ejer ukendt|Ei todellisia edunsaajia|Tietoa ei saatavilla|Salassa pidettävä
    Nimeä ei ole ilmoitettu|Muut osakkaat yhteensä
    Ulkomainen omistaja tuntematon|Not publicly available|Not yet registered|Cannot be identified|Unable to identify
    Undisclosed principal|Foreign national|Minor shareholder|Not found|Bearer shares|The company itself
    AS|A/S|Ltd.|Limited|Limited Company|Aksjeselskap|Oy|Eier AS|Ukjent AS|Unknown Company Ltd|123|1 2 3|***|-
"""
SOMEBODY = """
    Owner Services AS|Ola Skjult|Kari Eier|Ole Person|Bo Leder|Andre Leder|Tom Hansen|Ingen Hansen|Jan Avoin|Name Hansen
    123 AS|1881 AS|Investor AB|Data AS|Konto AS|Party AB|Tieto Oyj|X AS|Holding AS|Telia Company AB|Sa Da|Na Li|An To
    Hidden Valley Ltd|Protected Trust Services Ltd|Nordea Nominees AB|Private Equity Partners AB|Egne Hjem AS
    Norsk Industri|Svensk Fastighet AB|Foreign Trade AS|Norsk Kommunikasjon AS|Kan Berg|Ole Nummedal|Total Norge AS
    National Oilwell Norway AS|Found Hansen|Ole Gradert|Founder Partners AS|Utland Reiser AS|Country House AB
    Skjultvik AS|Ledigheim AS|Per Sperre|Adresseavisen AS|Geheim Müller|Oy Gustav Paulig Ab|さとう|Alfa Holdings SA
"""


def each_of(table: str) -> list[str]:
    return [name.strip() for line in table.split("\n") for name in line.split("|") if name.strip()]


def because(found: dict[str, Any], topic: str) -> str:
    (verdict,) = [item for item in judged(found).verdicts if item.topic == topic]
    return " | ".join(map(str, verdict.because))


def test_what_tells_who_it_is_is_not_stated_by_a_placeholder() -> None:
    information: tuple[tuple[str, Any, str], ...] = (
        ("name", "Unknown", "Name not stated"),
        ("name", "  -  ", "Name not stated"),
        ("organizationType", "N/A", "Legal form not stated"),
        ("statusCodes", ["N/A"], "Status not stated"),
    )
    for name, value, words in information:
        found = changed(f"keyInformation.{name}", value)
        assert states(judged(found))["identity"] == "points_to_check", (name, value)
        assert words in because(found, "identity"), (name, value)
    for number in ("000000000", "N/A", "999999999", "0"):
        found = changed("keyInformation.organizationNumber", number)
        found["keyInformation"]["dunsNumber"] = number
        assert "Number not stated" in because(found, "identity"), number


def test_what_kind_of_nothing_stands_in_place_of_a_status_is_one_answer_for_chip_and_tab() -> None:
    for came, words in (([], "Searched, nothing found"), (5, "Failed"), ({"odd": 1}, "Failed")):
        found = changed("keyInformation.statusCodes", came)
        nothing = result(found).company.elements["statusCodes"]
        assert str(nothing.words).startswith(words), came
        assert f"Status: {nothing.words}" in because(found, "identity"), came
    assert "Status not stated" in because(changed("keyInformation.statusCodes", None), "identity")


def test_an_address_that_leads_nowhere_is_not_stated() -> None:
    for nowhere in (
        {"street": "N/A", "city": "Unknown"},
        {"country": "NO"},
        {"country": "NO", "street": "", "postalCode": "0000"},
        {"street": {"odd": 1}},
        {"street": "Address unknown", "postalCode": "0000"},
        {"street": "Ingen adresse", "city": "Poststed ukjent"},
        {"street": "No fixed abode"},
        {"street": "Osoite tuntematon"},
        {"street": "Uten fast bosted"},
    ):
        found = changed("address", {"visitingAddress": nowhere, "postalAddress": {"country": "NO"}})
        assert "Address not stated" in because(found, "identity"), nowhere
    for somewhere in ({"street": "Kaigata 1"}, {"postalCode": "5015", "city": "N/A"}, {"city": "Bergen"}):
        found = changed("address", {"postalAddress": somewhere})
        assert states(judged(found))["identity"] == "in_order", somewhere


def test_the_check_of_a_number_calls_a_placeholder_one() -> None:
    for number in ("000000000", "N/A", "unknown", "111111111", "-"):
        for country in ("NO", "SE", "FI", "DK", "US", None):
            check = organisation_number(number, country)
            assert check is not None
            assert (check.code, check.is_right) == ("placeholder", False), (number, country)
        for check in (duns(number), lei(number)):
            assert check is not None
            assert check.code == "placeholder", number
    assert "number_check" in codes(result({"keyInformation": {"organizationNumber": "000000000"}}))


def test_the_share_of_an_owner_without_a_name_explains_nothing() -> None:
    for nameless in NO_NAMES:
        holders = [{**NAMED, "percentage": 60}, {**nameless, "percentage": 40}]
        found = changed("ownership.shareholders", holders)
        assert states(judged(found))["owners"] == "points_to_check", nameless
        reasons = because(found, "owners")
        assert "All shares explained" not in reasons, nameless
        assert "Owners without a name: 40\N{NO-BREAK SPACE}%" in reasons, nameless
        assert "40\N{NO-BREAK SPACE}% not explained" in reasons, nameless
        read = result(found)
        assert {"owner_without_name", "unexplained_quarter"} <= {*codes(read)}, nameless
        assert (read.ownership.total, read.ownership.unexplained) == (100, 40), nameless


def test_too_much_is_still_said_where_an_owner_has_no_name() -> None:
    holders = [{**NAMED, "percentage": 90}, {"percentage": 30}]
    found = codes(result(changed("ownership.shareholders", holders)))
    assert {"shares_above_whole", "shares_below_whole", "owner_without_name"} <= {*found}


def test_who_has_no_name_is_no_beneficial_owner() -> None:
    for nameless in NO_NAMES:
        found = changed("ownership.beneficials", [nameless])
        assert states(judged(found))["owners"] == "points_to_check", nameless
        reasons = because(found, "owners")
        assert "1 beneficial owner" not in reasons, nameless
        assert "No beneficial owner named" in reasons, nameless
        both = because(changed("ownership.beneficials", [NAMED, nameless]), "owners")
        assert "1 beneficial owner" in both, nameless
        assert "An owner without a name" in both, nameless
        assert "No beneficial owner named" not in both, nameless


def test_an_owner_named_anywhere_has_a_name() -> None:
    number = {"organizationNumber": "923609016"}
    for named in (
        [{**number, "percentage": 60}, {**number, "name": "Fjordkraft Holding AS", "percentage": 40}],
        [{"firstName": "Ingrid", "lastName": "Solvang", "percentage": 100}],
        [{"name": "N/A", "lastName": "Solvang", "percentage": 100}],
    ):
        assert "owner_without_name" not in codes(result(changed("ownership.shareholders", named))), named


def test_a_holder_of_a_role_or_a_signer_without_a_name_is_a_point_to_check() -> None:
    for nameless in NO_NAMES[1:]:
        role = changed("roles", {"chairman": [{**NAMED}], "ceo": [nameless]})
        assert states(judged(role))["authority"] == "points_to_check", nameless
        assert "A role holder without a name" in because(role, "authority"), nameless
        for rule in ("signatureRights", "powerOfProcuration"):
            signers = {"status": "CONCLUSIVE", "options": [{"required": [NAMED]}, {"required": [nameless]}]}
            signing = changed(f"authorities.{rule}", signers)
            assert states(judged(signing))["authority"] == "points_to_check", (nameless, rule)


def test_a_name_of_such_words_alone_names_nobody_and_a_word_of_its_own_makes_it_a_name() -> None:
    assert [text for text in each_of(NOBODY) if not names_nobody(text)] == []
    assert [text for text in each_of(SOMEBODY) if names_nobody(text)] == []


def test_whoever_is_called_by_such_words_is_never_joined_and_never_equal() -> None:
    for name in ("Navn sperret", "Ukjendt", "Owner", "Eier AS", "123"):
        holders = [{**PERSON, "name": name, "percentage": 20}] * 2
        hit = {"name": name, "birthDate": PERSON["dateOfBirth"], "source": "OFAC"}
        found = result(
            {
                "ownership": {"shareholders": holders},
                "sanction": {"status": "SANCTION", "sanctionResults": [hit]},
            }
        )
        assert [party.share for party in found.ownership.parties] == [20, 20], name
        assert found.screening.hits[0].comparison.name.verdict == "unknown", name
        assert not found.screening.hits[0].is_likely, name


def test_who_signs_by_such_a_name_leaves_points_to_check() -> None:
    signer = {"name": "Navn sperret", "dateOfBirth": "1970-05-01", "role": "CHAIRMAN"}
    rule = {"status": "CONCLUSIVE", "options": [{"required": [signer]}]}
    found = changed("authorities.signatureRights", rule)
    assert states(judged(found))["authority"] == "points_to_check"
    for name in ("Navn mangler", "AS", "123", "Owner"):
        assert states(judged(changed("keyInformation.name", name)))["identity"] == "points_to_check", name
