"""The JSON result as the provider sends it, declared so loosely that no element hides another.

Reading never raises (contract §7). A value that is not of the declared form is None here (a list or object
where a single value belongs is NOT_SINGLE), an element of a list that is no object leaves None at its place, and
names that are not declared stay in `model_extra`. `cases.provider.result.coverage` tells what was not taken up.
"""

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, Field

from cases.provider.result.bounds import Document
from cases.provider.result.chapter import Chapter
from cases.provider.result.holders import Holder, Roles
from cases.provider.result.nodes import Node, Nodes, Wire
from cases.provider.result.scalars import Date, Names, Number, RoleWords, Text, Texts


class SanctionStatus(StrEnum):
    SANCTION = "SANCTION"
    NONE = "NONE"
    UNKNOWN = "UNKNOWN"


class RuleStatus(StrEnum):
    CONCLUSIVE = "CONCLUSIVE"
    IN_CONCLUSIVE = "IN_CONCLUSIVE"
    NOT_SET = "NOT_SET"


class HolderType(StrEnum):
    PERSON = "PERSON"
    ORGANIZATION = "ORGANIZATION"


class Employees(Wire):
    least: Number = Field(None, alias="from")
    most: Number = Field(None, alias="to")


class Sector(Wire):
    code: Text = None
    description: Text = None


class KeyInformation(Chapter):
    old_names: ClassVar[dict[str, str]] = {"metaData": "metadata", "lei": "leiNumber"}
    name: Text = None
    organization_number: Text = None
    duns_number: Text = None
    lei_number: Text = None
    organization_type: Text = None
    phone_number: Text = None
    country: Text = None
    registered_date: Date = None
    established_date: Date = None
    webpage: Text = None
    purpose: Text = None
    employees: Node[Employees] = None
    member_of_registries: Texts = None
    institutional_sector: Node[Sector] = None
    industry_sector: Node[Sector] = None
    status_codes: Texts = None


class Address(Wire):
    street: Text = None
    postal_code: Text = None
    city: Text = None
    country: Text = None


class Addresses(Chapter):
    visiting_address: Node[Address] = None
    postal_address: Node[Address] = None


class KeyFigures(Chapter):
    """Amounts by name, in the order they came."""

    reads_every_name: ClassVar[bool] = True
    __pydantic_extra__: dict[str, Number]


class Firm(Chapter):
    name: Text = None
    organization_number: Text = None


class Statement(Wire):
    """An income statement or a balance sheet: amounts by name, in the order they came."""

    reads_every_name: ClassVar[bool] = True
    __pydantic_extra__: dict[str, Number]


class AccountingYear(Wire):
    year: Number = None
    income_statement: Node[Statement] = None
    balance_sheet: Node[Statement] = None


class Accounting(Chapter):
    years: Nodes[AccountingYear] = None


class Financials(Wire):
    key_figures: Node[KeyFigures] = None
    auditor: Node[Firm] = None
    accountant: Node[Firm] = None
    accounting: Node[Accounting] = None


class Beneficial(Holder):
    old_names: ClassVar[dict[str, str]] = {**Holder.old_names, "officialRoles": "roles"}
    percentage_control: Number = None
    integrated_ownership: Number = None
    address: Node[Address] = None
    roles: RoleWords = None
    reason: Text = None
    reason_phrase: Text = None


class Shareholder(Holder):
    percentage: Number = None
    type: Text = None


class Subsidiary(Wire):
    name: Text = None
    organization_number: Text = None
    percentage: Number = None


class Indicators(Wire):
    """Numbers that describe the structure; their names are not public (contract §7)."""

    reads_every_name: ClassVar[bool] = True
    __pydantic_extra__: dict[str, Number]


class Ownership(Chapter):
    old_names: ClassVar[dict[str, str]] = {"metaData": "metadata", "beneficial": "beneficials"}
    beneficials: Nodes[Beneficial] = None
    shareholders: Nodes[Shareholder] = None
    subsidiaries: Nodes[Subsidiary] = None
    indicators: Node[Indicators] = None


class Signatory(Wire):
    name: Text = None
    date_of_birth: Date = None
    role: Text = None


class SigningOption(Wire):
    required: Nodes[Signatory] = None


class RuleRemark(Wire):
    category: Text = None
    comment: Text = None


class SignatureRule(Wire):
    status: Text = None
    description: Text = None
    options: Nodes[SigningOption] = None
    remarks: Nodes[RuleRemark] = None


class Authorities(Chapter):
    signature_rights: Node[SignatureRule] = None
    power_of_procuration: Node[SignatureRule] = None


class ListAddress(Wire):
    country_name: Text = None
    country_code: Text = None
    street: Text = None
    post_code: Text = None
    city: Text = None


class SanctionResult(Chapter):
    match_indicator: Number = None
    match_indicator_description: Text = None
    name: Text = None
    title: Text = None
    function: Text = None
    comment: Text = None
    alias_list: Names = None
    address_list: Nodes[ListAddress] = None
    url_list: Texts = None
    provider: Text = None
    source: Text = None
    external_id: Text = None
    first_update: Date = None
    last_update: Date = None
    birth_date: Date = None
    birth_date_info: Texts = None
    name_match_value: Number = None


class Sanction(Chapter):
    status: Text = None
    message: Text = None
    sanction_results: Nodes[SanctionResult] = None


class Link(Wire):
    href: Text = None
    content_type: Text = None
    rel: Text = None


class Links(Wire):
    reports: Nodes[Link] = None
    external: Nodes[Link] = None


class Organization(Wire):
    """The whole result of one organisation."""

    old_names: ClassVar[dict[str, str]] = {**Holder.old_names, "officialRoles": "roles"}
    key_information: Node[KeyInformation] = None
    address: Node[Addresses] = None
    financials: Node[Financials] = None
    ownership: Node[Ownership] = None
    authorities: Node[Authorities] = None
    roles: Annotated[Roles | None, BeforeValidator(Roles.node)] = None
    sanction: Node[Sanction] = None
    links: Node[Links] = None

    @classmethod
    def read(cls, document: dict[str, Any]) -> Self:
        """Read any JSON object; it never raises."""
        return cls.model_validate(document)


def cut_of(document: object) -> dict[str, int]:
    """Name the chapters that are not whole, by their present names, with how much was left out (bounds.Document)."""
    cut: dict[str, int] = {}
    for name, left_out in document.cut.items() if isinstance(document, Document) else ():
        present = Organization.present_name(name) or name
        cut[present] = cut.get(present, 0) + left_out
    return cut
