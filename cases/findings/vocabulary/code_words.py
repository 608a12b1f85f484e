"""The provider's code words as people say them; one that is not here is shown as it came."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary import countries
from cases.findings.vocabulary.nordic_forms import NORDIC_FORMS
from cases.findings.vocabulary.wording import Words
from cases.provider.result.scalars import NOT_SINGLE, code


@dataclass(frozen=True, slots=True)
class Word:
    """A code word: `raw` as it came, `words` for people or None if nobody knows it."""

    raw: str
    words: Words | None = None

    @property
    def code(self) -> str:
        """The word as it is compared with those of the contract, whatever its case."""
        return code(self.raw)

    @property
    def text(self) -> Words:
        """What a reader sees: the wording, or the word as it came if it is not known."""
        return self.raw if self.words is None else self.words


def word(table: Mapping[str, Words], raw: str | None) -> Word | None:
    """Look a code word up; None if there is none."""
    if raw is None or (not raw and raw is not NOT_SINGLE):
        return None
    return named(table, raw)


def named(table: Mapping[str, Words], raw: str) -> Word:
    """Look up a name that is a word, such as that of a role's element; it may be empty."""
    return Word(raw, table.get(code(raw)))


def is_pep_list(name: Word) -> bool:
    """Is this the name of a list of politically exposed persons?"""
    return _is_list_of(PEP, name)


def is_ofac_list(name: Word) -> bool:
    """Is this the name of a list of OFAC's?"""
    return _is_list_of(OFAC, name)


def _is_list_of(whose: str, name: Word) -> bool:
    """Tell by its words: NON_OFAC says that it is none, PEP_NOT_SEARCHED that it was not searched."""
    parts = NO_LETTER.split(name.code)
    return whose in parts and NEGATIONS.isdisjoint(parts)


def words(table: Mapping[str, Words], raw: Iterable[str | None] | None) -> tuple[Word, ...]:
    """Look several code words up, in their order, without those that are null."""
    return tuple(found for found in (word(table, text) for text in raw or ()) if found)


def once(words: Iterable[Word]) -> tuple[Word, ...]:
    """Leave out words that say to a reader what one before them said."""
    found: dict[str, Word] = {}
    for item in words:
        found.setdefault(str(item.text), item)
    return tuple(found.values())


STATUS_BANKRUPT = ("BANKRUPT", "BANKRUPTCY", "IN_BANKRUPTCY", "UNDER_BANKRUPTCY")
STATUS_LIQUIDATION = (
    "UNDER_LIQUIDATION",
    "IN_LIQUIDATION",
    "LIQUIDATION",
    "UNDER_COMPULSORY_LIQUIDATION",
    "FORCED_LIQUIDATION",
)
STATUS_DELETED = ("DELETED", "DISSOLVED", "STRUCK_OFF")

STATUSES: dict[str, Words] = {
    "ACTIVE": _("Active"),
    "BANKRUPT": _("Bankrupt"),
    "BANKRUPTCY": _("Bankrupt"),
    "IN_BANKRUPTCY": _("Bankrupt"),
    "UNDER_BANKRUPTCY": _("Bankrupt"),
    "UNDER_LIQUIDATION": _("Under liquidation"),
    "IN_LIQUIDATION": _("Under liquidation"),
    "LIQUIDATION": _("Under liquidation"),
    "UNDER_COMPULSORY_LIQUIDATION": _("Under compulsory liquidation"),
    "FORCED_LIQUIDATION": _("Under compulsory liquidation"),
    "DELETED": _("Deleted from the register"),
    "DISSOLVED": _("Dissolved"),
    "STRUCK_OFF": _("Struck off the register"),
}

ORGANISATION_TYPES: dict[str, Words] = {
    "ADMINISTRATIVE_ENTITY_PUBLIC_SECTOR": _("Administrative entity, public sector"),
    "OTHER_BODY_CORPORATE": _("Other body corporate"),
    "GENERAL_PARTNERSHIP": _("General partnership (ANS)"),
    "LIMITED_COMPANY": _("Limited company (AS)"),
    "PUBLIC_LIMITED_COMPANY": _("Public limited company (ASA)"),
    "COMPANY_WITH_LIMITED_LIABILITY": _("Company with limited liability (BA)"),
    "HOUSE_BUILDING_COOPERATIVE": _("House building cooperative"),
    "OTHER_ESTATES": _("Other estate"),
    "HOUSING_COOPERATIVE": _("Housing cooperative"),
    "GENERAL_PARTNERSHIP_WITH_SHARED_LIABILITY": _("General partnership with shared liability (DA)"),
    "SOLE_PROPRIETORSHIP": _("Sole proprietorship (ENK)"),
    "EUROPEAN_COOPERATIVE_SOCIETY": _("European cooperative society"),
    "EUROPEAN_ECONOMIC_ENTERPRISE_GROUP": _("European economic interest grouping"),
    "CONDOMINIUM_FLAT_OWNER": _("Condominium"),
    "COUNTY_MUNICIPAL_BUSINESS_ENTERPRISE": _("County municipal enterprise"),
    "ASSOCIATION_CLUB_ORGANIZATION": _("Association, club or organisation"),
    "COUNTY_MUNICIPALITY": _("County municipality"),
    "MUTUAL_INSURANCE_COMPANY": _("Mutual insurance company"),
    "HEALTH_AUTHORITIES_AND_HEALTH_TRUSTS": _("Health trust"),
    "OTHER_NONBODY_CORPORATE": _("Other entity without legal personality"),
    "INTERMUNICIPAL_COMPANY": _("Intermunicipal company"),
    "BANKRUPT_ESTATE": _("Bankrupt estate"),
    "MUNICIPAL_BUSINESS_ENTERPRISE": _("Municipal enterprise"),
    "THE_CHURCH_OF_NORWAY": _("The Church of Norway"),
    "MUNICIPALITY": _("Municipality"),
    "LIMITED_PARTNERSHIP": _("Limited partnership (KS)"),
    "JOINT_OFFICE": _("Joint office"),
    "NORWEGIAN_REGISTERED_FOREIGN_BUSINESS": _("Norwegian-registered foreign business (NUF)"),
    "SPECIALLY_SECTIONED_UNIT": _("Specially sectioned unit"),
    "ORGANIZATIONAL_SECTION": _("Organisational section"),
    "OTHER_INDIVIDUALS_REGISTERED_IN_AFFILIATED_REGISTER": _("Other individual in an affiliated register"),
    "PENSION_FUND": _("Pension fund"),
    "JOINTLY_OWNED_SHIPPING_COMPANY": _("Jointly owned shipping company"),
    "REGIONAL_HEALTH_AUTHORITIES_AND_HEALTH_TRUSTS": _("Regional health authority"),
    "COOPERATIVE": _("Cooperative (SA)"),
    "JOINT_OWNERSHIP_ACCORDING_TO_THE_LAW_OF_PROPERTY": _("Joint ownership under property law"),
    "EUROPEAN_COMPANY": _("European company (SE)"),
    "PUBLIC_CORPORATION": _("State enterprise (SF)"),
    "SAVINGS_BANK": _("Savings bank"),
    "STATE": _("State"),
    "FOUNDATION": _("Foundation"),
    **NORDIC_FORMS,
}
BANKRUPT_ESTATE, OTHER_ESTATES = "BANKRUPT_ESTATE", "OTHER_ESTATES"

OFAC, PEP = "OFAC", "PEP"
NO_LETTER = re.compile("[^A-Z]+")
NEGATIONS = frozenset(
    {
        *("NON", "NO", "NOT", "WITHOUT", "EXCEPT", "EXCLUDING", "EXCLUDED"),
        *("FAILED", "UNAVAILABLE", "SKIPPED", "MISSING"),
    }
)
SOURCES: dict[str, Words] = {
    "BISNODE": _("Bisnode"),
    "BRREG": _("Brønnøysund Register Centre"),
    "UN_CONSOLIDATED": _("UN consolidated list"),
    "EU_GLOBAL": _("EU consolidated list"),
    "HMTREASURY": _("HM Treasury (UK)"),
    "OFAC": _("OFAC (US)"),
    "PEP_AC": _("PEP list AC"),
    "PEP_EDGE": _("PEP list EDGE"),
    "GLEIF": _("GLEIF"),
    "NO_NATIONAL_REGISTRY": _("Norwegian National Registry"),
    "NO_BANK_ID": _("BankID"),
}

REGISTRIES: dict[str, Words] = {
    "FORETAKSREGISTERET": _("Register of Business Enterprises"),
    "MVA_REGISTERET": _("VAT Register"),
    "NAV_AA_REGISTERET": _("Register of Employers and Employees"),
    "STIFTELSESREGISTERET": _("Register of Foundations"),
    "FRIVILLIGHETSREGISTERET": _("Register of Non-Profit Organisations"),
    "ENHETSREGISTERET": _("Central Coordinating Register for Legal Entities"),
}

ROLES: dict[str, Words] = {
    # names of elements below `roles`
    "CEO": _("Chief executive"),
    "CHAIRMAN": _("Chair of the board"),
    "DEPUTYCHAIRMAN": _("Deputy chair of the board"),
    "PROPRIETOR": _("Proprietor"),
    "BOARDMEMBERS": _("Board member"),
    "DEPUTYBOARDMEMBERS": _("Deputy board member"),
    "CONTACTPERSON": _("Contact person"),
    "COMPANYSECRETARY": _("Company secretary"),
    "REPRESENTATIVEFOREIGNENTITY": _("Representative of a foreign entity"),
    "TRUSTEE": _("Trustee"),
    # role words
    "UNKNOWN": _("Role not known to the provider"),
    "CHAIRMAN_OF_THE_BOARD": _("Chair of the board"),
    "DEPUTY_CHAIRMAN_OF_THE_BOARD": _("Deputy chair of the board"),
    "BOARD_MEMBER": _("Board member"),
    "EMPLOYEES_REPRESENTATIVE": _("Employees’ representative"),
    "DEPUTY_BOARD_MEMBER": _("Deputy board member"),
    "OBSERVER": _("Observer"),
    "REPRESENTATIVE_FOREIGN_ENTITY": _("Representative of a foreign entity"),
    "LIABLE_PARTNER": _("Liable partner"),
    "COMPANY_SECRETARY": _("Company secretary"),
    "AUDITOR": _("Auditor"),
    "AUDIT_EXEMPTION": _("Audit exemption"),
    "CERTIFIED_ACCOUNTANT": _("Certified accountant"),
    "CONTACT": _("Contact person"),
    "PARTICIPANT_WITH_SHARED_LIABILITY": _("Participant with shared liability"),
    "PARTICIPANT_WITH_UNLIMITED_LIABILITY": _("Participant with unlimited liability"),
    "MANAGING_OWNER": _("Managing owner"),
    "OWNERSHIP_COUNTY": _("Owning county"),
    "COMPLEMENTARY": _("General partner"),
    "JOINT_OWNER": _("Joint owner"),
}

HOLDER_TYPES: dict[str, Words] = {"PERSON": _("Person"), "ORGANIZATION": _("Organisation")}

REASONS: dict[str, Words] = {
    "DIRECT_OWNERSHIP": _("Direct ownership"),
    "INDIRECT_OWNERSHIP": _("Indirect ownership"),
    "INDIRECT_CONTROL": _("Indirect control or ownership"),
    "ROLE": _("By role"),
}

RULE_STATUSES: dict[str, Words] = {
    "CONCLUSIVE": _("Conclusive"),
    "IN_CONCLUSIVE": _("Not conclusive"),
    "NOT_SET": _("No rule set"),
}

REMARK_CATEGORIES: dict[str, Words] = {
    "EXCEPTIONS_POSSIBLE": _("Exceptions are possible"),
    "SUPPLEMENTED": _("Supplemented"),
    "INCOMPLETE_DATA": _("The data is incomplete"),
}

SANCTION_STATUSES: dict[str, Words] = {
    "SANCTION": _("Hits found"),
    "NONE": _("No hits"),
    "UNKNOWN": _("The provider could not tell"),
}

COUNTRIES: dict[str, Words] = {
    **countries.NAMES,
    **{code: countries.NAMES[alpha_2] for code, alpha_2 in countries.ALIASES.items()},
}

LINKS: dict[str, Words] = {
    "AML": _("AML report"),
    "CERTIFICATE_OF_REGISTRATION": _("Certificate of registration"),
    "CERTIFICATE_OF_INCORPORATION": _("Certificate of incorporation"),
}

INDICATORS: dict[str, Words] = {
    "NUMBEROFSHAREHOLDERS": _("Number of shareholders"),
    "OWNERSHIPLEVELS": _("Levels of ownership"),
    "NUMBEROFSUBSIDIARIES": _("Number of subsidiaries"),
    "NUMBEROFBENEFICIALOWNERS": _("Number of beneficial owners"),
}

FIGURES: dict[str, Words] = {
    "SHARECAPITAL": _("Share capital"),
    "TURNOVER": _("Turnover"),
    "OPERATINGPROFIT": _("Operating profit"),
    "EARNINGS": _("Earnings"),
    "SALESREVENUES": _("Sales revenues"),
    "OTHERREVENUES": _("Other revenues"),
    "TOTALREVENUES": _("Total revenues"),
    "COSTOFGOODSSOLD": _("Cost of goods sold"),
    "INVENTORYCHANGES": _("Changes in inventory"),
    "SALARYCOSTS": _("Salaries"),
    "FINANCIALCOSTS": _("Financial costs"),
    "FINANCIALINCOME": _("Financial income"),
    "DEPRECIATIONS": _("Depreciation"),
    "AMORTIZATIONS": _("Amortisation"),
    "OTHEROPERATINGCOSTS": _("Other operating costs"),
    "OPERATINGPROFITS": _("Operating profit"),
    "ORDINARYPROFITS": _("Ordinary profit"),
    "TAXES": _("Taxes"),
    "EXTRAORDINARYREVENUES": _("Extraordinary revenues"),
    "EXTRAORDINARYCOSTS": _("Extraordinary costs"),
    "MINORITYINTERESTS": _("Minority interests"),
    "RESULTBEFORETAX": _("Result before tax"),
    "NETPROFITS": _("Net profit"),
    "CURRENTASSETS": _("Current assets"),
    "FIXEDASSETS": _("Fixed assets"),
    "SUMASSETS": _("Total assets"),
    "EQUITY": _("Equity"),
    "DEBT": _("Debt"),
    "SUMEQUITYANDDEBT": _("Total equity and debt"),
}
