"""Who is named among the roles by first and last name alone is known like everybody else."""

from typing import Any

from cases.findings.as_json.findings import plain
from cases.findings.authority.powers import Power
from cases.findings.authority.signatory_check import people
from cases.findings.result import Result
from cases.findings.search import searchable
from tests.findings.reading import codes, result
from tests.findings.rules import rule_of

BORN = {"dateOfBirth": "1970-03-04"}
KARI = {"firstName": "Kari", "lastName": "Nordmann", **BORN}
SIGNER = {"name": "Kari Nordmann", **BORN}


def signed_by(*signers: Any, roles: Any, shareholders: Any = ()) -> Result:
    """A result in which these are the one set of signers."""
    return result(
        {
            "roles": roles,
            "ownership": {"shareholders": [*shareholders]},
            "authorities": {"signatureRights": rule_of([*signers])},
        }
    )


def test_a_holder_named_in_parts_is_the_owner_and_the_signer_of_that_name() -> None:
    gone = {**SIGNER, "percentage": 40, "otherInformation": {"deceased": True}}
    found = signed_by(SIGNER, roles={"ceo": KARI}, shareholders=[gone])
    (holder,) = found.roles.holders
    assert (holder.name, holder.other_names, holder.names_apart) == ("Kari Nordmann", (), ())
    assert (holder.is_owner, holder.share, holder.signature) == (True, 40, Power.ALONE)
    assert holder.is_deceased
    (person,) = people(found.roles, found.authorities, found.ownership)
    assert ([role.raw for role in person.roles], person.is_named, person.is_deceased, person.namesake) == (
        ["ceo"],
        True,
        True,
        False,
    )
    assert "signer_not_in_roles" not in codes(found)


def test_a_name_that_cannot_be_read_leaves_the_first_and_last_name() -> None:
    (holder,) = result({"roles": {"ceo": {**KARI, "name": ["odd"]}}}).roles.holders
    assert (holder.name, holder.names_apart) == ("Kari Nordmann", ())


def test_two_spellings_in_parts_are_two_names_and_never_one_of_both() -> None:
    kari, loud = KARI, {**KARI, "firstName": "KARI"}
    found = signed_by(SIGNER, roles={"ceo": kari, "chairman": loud})
    assert [(role["name"], role["other_names"]) for role in plain(found)["roles"]] == [
        ("Kari Nordmann", ["KARI Nordmann"])
    ]
    assert [person.name for person in people(found.roles, found.authorities, found.ownership)] == [
        "Kari Nordmann"
    ]
    assert not {"signer_not_in_roles", "signer_born_otherwise"} & {*codes(found)}


def test_each_first_name_stays_with_its_last_name_beside_another_name() -> None:
    firm = {"name": "Trading name", "organizationNumber": "7077"}
    roles = {
        "ceo": {**firm, "firstName": "Kari", "lastName": "Nordmann"},
        "chairman": {**firm, "firstName": "Kari Anne", "lastName": "Nordmann"},
    }
    hits = {"sanctionResults": [{"name": "Kari Anne Nordmann"}]}
    found = result({"roles": roles, "sanction": hits})
    texts = {text for text, _what in searchable.entries(found)}
    assert {"Kari Nordmann", "Kari Anne Nordmann"} <= texts
    assert "Kari Kari Anne Nordmann" not in texts
    compared = plain(found)["hits"][0]["compared"]
    assert (compared["party"], compared["lines"]["name"]) == ("Kari Anne Nordmann", "equal")


def test_who_may_sign_alone_by_one_spelling_may_sign_alone() -> None:
    anne, ola = ({**SIGNER, "name": name} for name in ("Kari Anne Nordmann", "Ola Hansen"))
    spelled = {
        "ceo": {**SIGNER, "organizationNumber": "7077"},
        "chairman": {**anne, "organizationNumber": "7077"},
    }
    for sets in ([[SIGNER], [anne, ola]], [[anne, ola], [SIGNER]], [[SIGNER, ola], [anne]]):
        found = result({"roles": spelled, "authorities": {"signatureRights": rule_of(*sets)}})
        assert [holder.signature for holder in found.roles.holders] == [Power.ALONE], sets
