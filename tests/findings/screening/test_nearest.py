"""Whom a hit is laid beside: whoever the result names, by name and birth before numbers in words."""

from typing import Any

import pytest

from cases.findings.as_json.findings import plain
from tests.findings.identity.test_compared import BORN, COMPANY, compared, firm, hit, person
from tests.findings.reading import result

NUMBER = COMPANY["organizationNumber"]


def signing(*signers: dict[str, Any]) -> dict[str, Any]:
    return {"status": "CONCLUSIVE", "options": [{"required": [signer]} for signer in signers]}


# --- Everybody who is named ---


@pytest.mark.parametrize(
    ("rule", "what"), [("signatureRights", "Signer"), ("powerOfProcuration", "Signer by procuration")]
)
def test_who_is_named_only_as_a_signer_is_compared_and_raises_the_alarm(rule: str, what: str) -> None:
    others = [{"name": "Ola Nord", "dateOfBirth": "1960-02-03"}, {"name": "Ola Nord"}, {"name": None}]
    authorities = {rule: signing(*others, {"name": "Per Sign", "dateOfBirth": BORN})}
    listed = hit("SIGN Per", BORN)
    found = compared(listed, authorities=authorities)
    assert (found["party"], found["what"]) == ("Per Sign", [what])
    assert found["rests_on"] == [f"authorities.{rule}.options[3].required[0]"]
    document = {
        "keyInformation": COMPANY,
        "authorities": authorities,
        "sanction": {"sanctionResults": [listed]},
    }
    assert "likely_hit" in {item["code"] for item in plain(result(document))["warnings"]}


def test_a_signer_in_many_sets_is_one_and_is_the_holder_of_the_role() -> None:
    kari = {"name": "Kari Sign", "dateOfBirth": BORN}
    chapters = {
        "authorities": {"signatureRights": signing(kari, kari), "powerOfProcuration": signing(kari)},
        "roles": {"ceo": kari},
    }
    found = compared(hit("Kari Sign", BORN), **chapters)
    assert found["what"] == ["Chief executive", "Signer", "Signer by procuration"]
    assert found["namesakes"] == found["same_day"] == 0


@pytest.mark.parametrize("form", ["list", "alone", "named", "wrapped"])
def test_a_holder_of_a_role_is_found_in_whatever_shape_the_roles_come(form: str) -> None:
    per = {"name": "Per Rolle", "dateOfBirth": BORN, "role": "CHAIRMAN"}
    roles = {
        "list": [per, {"name": "Ola"}],
        "alone": per,
        "named": {"chairman": per},
        "wrapped": [{"chairman": per}],
    }
    found = compared(hit("Per Rolle", BORN), roles=roles[form])
    assert (found["party"], found["lines"]["name"], found["lines"]["born"]) == ("Per Rolle", "equal", "equal")


# --- Numbers in words ---

NAMES_THE_FIRM = f"General director of PRØVE EIENDOM AS, reg. {NUMBER}"


@pytest.mark.parametrize(
    ("listed", "owner", "party"),
    [
        (hit("Sergej Wolkow", comment=NAMES_THE_FIRM), person("Sergei Volkov", None), "Sergei Volkov"),
        (hit("Sergej Wolkow", comment=NAMES_THE_FIRM), {"name": "Sergei Volkov"}, "Sergei Volkov"),
        (hit("Sergej Wolkow", "1970", comment=NAMES_THE_FIRM), person("Sergei Volkov"), "Sergei Volkov"),
        (hit("Xaver Quill", BORN, comment=NAMES_THE_FIRM), person("Ola Nord"), "Ola Nord"),
        (hit("S. Volkov", function=NAMES_THE_FIRM), person("Sergei Volkov", None), "Sergei Volkov"),
        (hit("Xaver Quill", "1950-02-03", comment=NAMES_THE_FIRM), person("Ola Nord"), COMPANY["name"]),
        (hit("Xaver Quill", function=NAMES_THE_FIRM), person("Ola Nord"), COMPANY["name"]),
    ],
)
def test_a_person_is_laid_beside_a_firm_its_words_name_only_if_nobody_else_is_near(
    listed: dict[str, Any], owner: dict[str, Any], party: str
) -> None:
    document = {"ownership": {"shareholders": [owner]}, "sanction": {"sanctionResults": [listed]}}
    beside = result({"keyInformation": COMPANY, **document}).screening.hits[0].comparison
    assert beside is not None
    number = next(line for line in beside.lines if line.attribute == "number")
    assert (beside.party.name, str(number.verdict)) == (
        party,
        "near" if party == COMPANY["name"] else "unknown",
    )
    if party == COMPANY["name"]:
        assert "its number is only named in the list’s words" in beside.words
    else:
        assert str(number.note) == "the list’s words name the number of PRØVE EIENDOM AS"


def test_the_number_of_a_listed_firm_is_its_own() -> None:
    for name in ("Another Name LLC", "Another Name"):
        found = compared(hit(name, comment=f"Reg. no. {NUMBER}"), person("Ola Nord"))
        assert (found["party"], found["lines"]["number"]) == (COMPANY["name"], "equal"), name
    both = [firm("Another Name AS"), firm("Alfa", organizationNumber="559657-0704")]
    assert compared(hit("Another Name", comment="559657-0704"), *both)["party"] == "Alfa"


@pytest.mark.parametrize(
    ("ours", "more", "verdict"),
    [
        ("20140305", {"comment": "Council decision of 20140305"}, None),
        ("20140305", {"comment": "Council decision of 2014.03.05"}, None),
        ("20140305", {"comment": "CVR 20140305"}, "equal"),
        ("317835337", {"externalId": "317835337"}, None),
        ("559657-0704", {"comment": "559657–0704"}, "equal"),
        ("559657-0704", {"comment": "Org.nr 559657−0704"}, "equal"),
        ("559657-0704", {"title": "559657‑0704"}, "equal"),
        ("317835337", {"comment": "Reg. no. ３１７８３５３３７"}, "equal"),
        ("DK42914177", {"comment": "FI42914177"}, None),
        ("DK42914177", {"comment": "Passport 42914178"}, None),
        ("DK42914177", {"comment": "Reg. 42914177"}, "equal"),
        ("42914177", {"comment": "DK 42914177"}, "equal"),
    ],
)
def test_what_is_a_number_in_the_words_of_a_list(
    ours: str, more: dict[str, str], verdict: str | None
) -> None:
    found = compared(hit("Zzyx Ltd", **more), firm("Alfa", organizationNumber=ours), company={})
    assert (found["party"], found["lines"]["number"]) == ("Alfa" if verdict else None, verdict or "unknown")


# --- Other scripts, and no name at all ---


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("佐藤 太郎", "Sato Taro"),
        ("김정은", "Kim Jong Un"),
        ("Kim Jong Un", "김정은"),
        ("חיים כהן", "Ingrid Solvang"),
        ("أحمد حسن", "Иван Петров"),
        ("Ola Nord", "Unknown"),
        ("Ola Nord", "Ukjent Ukjent"),
        ("Ola Nord", None),
    ],
)
def test_what_cannot_be_compared_with_one_of_ours_is_unknown_and_not_different(
    ours: str, theirs: str | None
) -> None:
    found = compared(hit(theirs), person(ours, None), person("Anders Vik", None))
    assert (found["party"], found["lines"]["name"]) == (None, "unknown")


def test_a_name_that_can_be_compared_with_everybody_is_different() -> None:
    for theirs in ("Sato Taro", "Иван Зуев", "Γιώργος Παππάς"):
        assert compared(hit(theirs), person("Anders Vik", None))["lines"]["name"] == "different", theirs


# --- Born on one day ---


@pytest.mark.parametrize(
    ("theirs", "party"),
    [
        ("El-Sayyid Muhammed", "Mohamed Alsayed"),
        ("Noureddine Mahmoud", "Nur ad-Din Mahmud"),
        ("Norr, Kari Anne", "Kari Nor"),
        ("Kåre Norr", "Kari Nor"),
        ("佐藤 太郎", "Anders Aas"),
    ],
)
def test_of_those_born_on_the_day_the_nearest_name_wins_and_the_others_are_told(
    theirs: str, party: str
) -> None:
    owners = [person(text) for text in ("Anders Aas", "Mohamed Alsayed", "Nur ad-Din Mahmud", "Kari Nor")]
    found = compared(hit(theirs, BORN), *owners)
    assert (found["party"], found["same_day"], found["lines"]["born"]) == (party, 3, "equal")
    listed = {"sanctionResults": [hit(theirs, BORN)]}
    beside = result({"ownership": {"shareholders": owners}, "sanction": listed}).screening.hits[0].comparison
    assert beside is not None
    born = next(line for line in beside.lines if line.attribute == "born")
    assert str(born.note) == "3 others in the result have the same date of birth"
