"""Who is named among the roles by first and last name alone is known like everybody else."""

from typing import Any

from cases.findings.authority.powers import Power
from cases.findings.authority.signatory_check import people
from cases.findings.result import Result
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
