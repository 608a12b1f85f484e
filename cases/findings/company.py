"""Chapter `keyInformation`: who the organisation is, and what its status warns of."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.caution import Caution, Level
from cases.findings.presence import Nothing, Presence, Words
from cases.findings.source import NO_SOURCE, Link, Source, link, source
from cases.findings.words import (
    BANKRUPT_ESTATE,
    COUNTRIES,
    ORGANISATION_TYPES,
    REGISTRIES,
    STATUS_BANKRUPT,
    STATUS_DELETED,
    STATUS_LIQUIDATION,
    STATUSES,
    Word,
    word,
    words,
)
from cases.provider import wire
from cases.provider.identifiers import check_lei
from cases.provider.scalars import Day

LEI_CHECKS: dict[str, Words] = {
    "valid": _("the check digits are right"),
    "check_digit": _("the check digits are wrong"),
    "length": _("not 20 characters long"),
    "characters": _("holds characters that no LEI has"),
}


@dataclass(frozen=True, slots=True)
class Sector:
    """A code of a classification with its description."""

    code: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Employees:
    """Between how many and how many work there."""

    least: Decimal | str | None
    most: Decimal | str | None


@dataclass(frozen=True, slots=True)
class Company:
    """Key information; None is 'not stated'. An LEI that is missing says why in `lei_nothing`."""

    nothing: Nothing | None
    name: str | None = None
    number: str | None = None
    duns: str | None = None
    lei: str | None = None
    lei_nothing: Nothing | None = None
    form: Word | None = None
    country: Word | None = None
    statuses: tuple[Word, ...] = ()
    registered: Day | None = None
    established: Day | None = None
    phone: str | None = None
    webpage: Link | None = None
    purpose: str | None = None
    employees: Employees | None = None
    registries: tuple[Word, ...] = ()
    institutional_sector: Sector | None = None
    industry_sector: Sector | None = None
    source: Source = NO_SOURCE

    @property
    def lei_check(self) -> Words | None:
        """What the LEI's own check says (ISO 17442)."""
        return LEI_CHECKS[check_lei(self.lei)] if self.lei else None

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What its status and form warn of, the gravest first."""
        found = [*_of_statuses(self.statuses)]
        if self.form and self.form.raw.upper() == BANKRUPT_ESTATE:
            place = "keyInformation.organizationType"
            found.append(Caution("bankrupt_estate", _("This is a bankrupt estate."), place, Level.DANGER))
        return tuple(sorted(found, key=lambda caution: caution.level is not Level.DANGER))


def read(read: wire.KeyInformation | None, presence: Presence) -> Company:
    """Read the chapter `keyInformation`."""
    nothing = presence.nothing_at("keyInformation")
    lei_nothing = presence.nothing_at("keyInformation.leiNumber")
    if read is None:
        return Company(nothing, lei_nothing=lei_nothing)
    return Company(
        nothing=nothing,
        name=read.name,
        number=read.organization_number,
        duns=read.duns_number,
        lei=read.lei_number,
        lei_nothing=lei_nothing,
        form=word(ORGANISATION_TYPES, read.organization_type),
        country=word(COUNTRIES, read.country),
        statuses=words(STATUSES, read.status_codes),
        registered=read.registered_date,
        established=read.established_date,
        phone=read.phone_number,
        webpage=link(read.webpage),
        purpose=read.purpose,
        employees=_employees(read.employees),
        registries=words(REGISTRIES, read.member_of_registries),
        institutional_sector=_sector(read.institutional_sector),
        industry_sector=_sector(read.industry_sector),
        source=source(read.metadata),
    )


def _employees(read: wire.Employees | None) -> Employees | None:
    return None if read is None else Employees(read.least, read.most)


def _sector(read: wire.Sector | None) -> Sector | None:
    return None if read is None else Sector(read.code, read.description)


def _of_statuses(statuses: tuple[Word, ...]) -> Iterator[Caution]:
    place = "keyInformation.statusCodes"
    for status in statuses:
        raw = status.raw.upper()
        if raw in STATUS_BANKRUPT:
            yield Caution("bankrupt", _("The organisation is bankrupt."), place, Level.DANGER)
        elif raw in STATUS_LIQUIDATION:
            yield Caution("liquidation", _("The organisation is under liquidation."), place, Level.DANGER)
        elif raw in STATUS_DELETED:
            yield Caution(
                "deleted", _("The organisation no longer exists in the register."), place, Level.DANGER
            )
        elif status.words is None:
            text = _("The register reports a status this portal does not know: “%(word)s”.")
            yield Caution("unknown_status", text % {"word": status.raw}, place)
