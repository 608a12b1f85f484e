"""Which roles a legal form can have, by country; nothing is said of a form that is not listed here."""

from collections.abc import Mapping

from cases.findings.vocabulary import countries
from cases.findings.vocabulary.code_words import Word
from cases.provider.result.scalars import code

BOARD = frozenset({"CHAIRMAN", "DEPUTYCHAIRMAN", "BOARDMEMBERS", "DEPUTYBOARDMEMBERS"})
MANAGED = BOARD | {"CEO"}
CONTACT = frozenset({"CEO", "CONTACTPERSON"})
ESTATE = frozenset({"TRUSTEE"})

# By code of country and word of the form: elements of `roles` (contract §7).
ROLES_OF: Mapping[str, Mapping[str, frozenset[str]]] = {
    "NO": {
        **dict.fromkeys(
            (
                "LIMITED_COMPANY",
                "PUBLIC_LIMITED_COMPANY",
                "COMPANY_WITH_LIMITED_LIABILITY",
                "GENERAL_PARTNERSHIP",
                "GENERAL_PARTNERSHIP_WITH_SHARED_LIABILITY",
                "LIMITED_PARTNERSHIP",
                "HOUSE_BUILDING_COOPERATIVE",
                "HOUSING_COOPERATIVE",
                "COOPERATIVE",
                "EUROPEAN_COMPANY",
                "EUROPEAN_COOPERATIVE_SOCIETY",
                "FOUNDATION",
                "SAVINGS_BANK",
                "MUTUAL_INSURANCE_COMPANY",
                "PENSION_FUND",
                "PUBLIC_CORPORATION",
                "INTERMUNICIPAL_COMPANY",
                "MUNICIPAL_BUSINESS_ENTERPRISE",
                "COUNTY_MUNICIPAL_BUSINESS_ENTERPRISE",
                "HEALTH_AUTHORITIES_AND_HEALTH_TRUSTS",
                "REGIONAL_HEALTH_AUTHORITIES_AND_HEALTH_TRUSTS",
                "JOINTLY_OWNED_SHIPPING_COMPANY",
            ),
            MANAGED,
        ),
        "NORWEGIAN_REGISTERED_FOREIGN_BUSINESS": MANAGED | {"REPRESENTATIVEFOREIGNENTITY"},
        "ASSOCIATION_CLUB_ORGANIZATION": MANAGED | {"CONTACTPERSON"},
        "CONDOMINIUM_FLAT_OWNER": BOARD | {"CONTACTPERSON"},
        "SOLE_PROPRIETORSHIP": frozenset({"PROPRIETOR"}),
        **dict.fromkeys(("BANKRUPT_ESTATE", "OTHER_ESTATES"), ESTATE),
        **dict.fromkeys(
            (
                "ADMINISTRATIVE_ENTITY_PUBLIC_SECTOR",
                "MUNICIPALITY",
                "COUNTY_MUNICIPALITY",
                "ORGANIZATIONAL_SECTION",
                "SPECIALLY_SECTIONED_UNIT",
                "THE_CHURCH_OF_NORWAY",
            ),
            CONTACT,
        ),
    },
    "SE": {"AKTIEBOLAG": MANAGED},
    "FI": {"OSAKEYHTIO": MANAGED},
    "DK": {"AKTIESELSKAB": MANAGED, "ANPARTSSELSKAB": MANAGED},
}


def can_have(role: str, form: Word | None, country: Word | None) -> bool:
    """Can an organisation of this legal form have the role? No, if the form or the country is not known."""
    land = countries.alpha_2(country.raw) if country else None
    known = ROLES_OF.get(land or "", {})
    return code(role) in known.get(form.code if form else "", ())
