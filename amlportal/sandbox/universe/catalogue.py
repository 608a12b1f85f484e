"""Finding an organisation by its number or its DUNS number."""

import json
from importlib.resources import files

from amlportal.sandbox.identifiers import Identifier, next_number, read
from amlportal.sandbox.universe.cast import cast
from amlportal.sandbox.universe.dice import Dice
from amlportal.sandbox.universe.faulty_organisations import organisations_with_faults
from amlportal.sandbox.universe.generated import generate
from amlportal.sandbox.universe.organisation import Organisation

NOT_FOUND = {"NO": "899", "SE": "00", "FI": "000", "DK": "99", "DUNS": "00"}
"""Beginnings of identifiers nobody has; `DUNS` is for DUNS numbers where they can be told apart."""

EXAMPLES = {
    "no_full": "The whole of a result: two hits, an owner in Finland through a holding company.",
    "no_holding": "A holding company with few chapters.",
    "no_clean": "Clean: every chapter searched, most of them empty.",
    "no_odd": "Odd in every field: markup in the name, unknown words, nulls, a percentage of 120.",
    "se": "Sweden: no signing options, an owner without percentage.",
    "fi": "Finland: old names of elements, an owner of everything.",
    "dk": "Denmark: empty ownership, roles and screening.",
}
TEST_NUMBERS = ("123456789", "234567891", "345678912", "456789123", "567891234")


class Universe:
    """Every organisation there is; anything else well-formed is made up when it is asked for."""

    def __init__(self, organisations: tuple[Organisation, ...] | None = None) -> None:
        self.organisations = organisations if organisations is not None else everything()
        self._by_number = {one.scope: one for one in self.organisations}
        self._by_duns = {one.duns: one for one in self.organisations if one.duns}

    def find(self, country: str, text: str) -> Organisation | None:
        """Return the organisation of an identifier, None when nobody has it; MalformedIdentifier.

        Nine digits in Norway may be either: an organisation number of the universe goes first, then a DUNS
        number of it, and else they are an organisation number. A DUNS number finds organisations of the
        country that is asked only.
        """
        identifier = read(country, text)
        if identifier.may_be_number and (known := self._by_number.get(f"{country}-{identifier.digits}")):
            return known
        if identifier.may_be_duns and (known := self._by_duns.get(identifier.digits)):
            return known if known.country == country else None
        return self._made_up(identifier)

    def another(self, organisation: Organisation) -> Organisation:
        """Return some other organisation."""
        return next(one for one in self.organisations if one.scope != organisation.scope)

    def _made_up(self, identifier: Identifier) -> Organisation | None:
        prefix = NOT_FOUND[identifier.country if identifier.may_be_number else "DUNS"]
        if identifier.digits.startswith(prefix):
            return None
        if identifier.may_be_number:
            return generate(identifier.country, identifier.digits)
        return generate(
            identifier.country,
            number_for_duns(identifier),
            duns=identifier.digits,
            about="Made up from its DUNS number.",
        )


def number_for_duns(identifier: Identifier) -> str:
    """Return the digits of an organisation number that always goes with this DUNS number."""
    dice = Dice("duns", identifier.country, identifier.digits)
    length = {"NO": 9, "SE": 10, "FI": 8, "DK": 8}[identifier.country]
    stem = int("31" + str(dice.number(0, 10 ** (length - 3) - 2)).zfill(length - 3))
    return next_number(identifier.country, stem).replace("-", "")


def everything() -> tuple[Organisation, ...]:
    """Return the examples, the connected universe, the standing faults and the provider's test organisations."""
    known = examples()
    return (*known, *cast(known), *organisations_with_faults(), *test_organisations())


def examples() -> tuple[Organisation, ...]:
    """Read the example organisations, exactly as they are."""
    made = []
    for file_name, about in EXAMPLES.items():
        text = files(__package__).joinpath("examples", f"{file_name}.json").read_text(encoding="utf-8")
        result = json.loads(text)
        key = result["keyInformation"]
        country = str(key["country"]).upper()
        duns = key.get("dunsNumber")
        made.append(
            Organisation(
                country, key["organizationNumber"], key["name"].strip(), "example", about, result, duns
            )
        )
    return tuple(made)


def test_organisations() -> tuple[Organisation, ...]:
    """Return the provider's own test organisations, whose numbers fail modulus 11."""
    about = "The provider's own test organisation; its number fails modulus 11."
    return tuple(
        generate("NO", digits, name=f"PRØVEORGANISASJON {place} AS", kind="test", about=about)
        for place, digits in enumerate(TEST_NUMBERS, start=1)
    )
