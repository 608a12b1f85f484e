"""Chapter `keyInformation`: who the organisation is, and what its status warns of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.findings.company import distress_signs
from cases.findings.identity import number_checks
from cases.findings.vocabulary import countries
from cases.findings.vocabulary.caution import Caution, gravest_first
from cases.findings.vocabulary.code_words import (
    BANKRUPT_ESTATE,
    COUNTRIES,
    ORGANISATION_TYPES,
    OTHER_ESTATES,
    REGISTRIES,
    STATUS_BANKRUPT,
    STATUS_DELETED,
    STATUS_LIQUIDATION,
    STATUSES,
    Word,
    once,
    word,
    words,
)
from cases.findings.vocabulary.presence import Nothing, Presence
from cases.findings.vocabulary.source import NO_SOURCE, Link, Source, source, web_page
from cases.provider.numbers.number_forms import with_register
from cases.provider.result import wire
from cases.provider.result.placeholders import is_placeholder
from cases.provider.result.scalars import Day

# Elements that say something by coming empty.
ELEMENTS = ("statusCodes", "employees", "memberOfRegistries", "institutionalSector", "industrySector")


@dataclass(frozen=True, slots=True)
class Sector:
    """A code of a classification with its description."""

    code: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Employees:
    """How many people work there: at least, and at most."""

    least: Decimal | str | None
    most: Decimal | str | None


@dataclass(frozen=True, slots=True)
class Company:
    """Key information; None is 'not stated'. An LEI that is missing says why in `lei_nothing`, an element that came
    empty in `elements`, by its name on the wire."""

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
    elements: Mapping[str, Nothing] = field(default_factory=dict)
    # Places of what may tell of bankruptcy or winding up.
    signs_of_distress: tuple[str, ...] = ()

    @property
    def told_number(self) -> str | None:
        """The organisation number, with its country in front where only that tells which register gave it."""
        return with_register(self.number, countries.alpha_2(self.country.raw) if self.country else None)

    @property
    def number_check(self) -> number_checks.Check | None:
        """What the country's rule says of the organisation number; None if there is none, or no rule for it."""
        return number_checks.organisation_number(self.number, self.country.raw if self.country else None)

    @property
    def duns_check(self) -> number_checks.Check | None:
        """Whether the DUNS number is of the right form: it carries no check digit."""
        return number_checks.duns(self.duns)

    @property
    def lei_verdict(self) -> number_checks.Check | None:
        """What the LEI's own check says (ISO 17442)."""
        return number_checks.lei(self.lei)

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What its status and form warn of, the gravest first."""
        found = [*_of_statuses(self.statuses), *self._of_identifiers(), *_of_form(self.form)]
        if not any(caution.is_alarm for caution in found):
            found += distress_signs.of_name(self.name)
        return gravest_first((*found, *distress_signs.of_places(self.signs_of_distress)))

    @property
    def graded_statuses(self) -> tuple[tuple[Word, str], ...]:
        """Every status with how grave it is: danger, warning (nobody knows it) or neutral."""
        grave = {*STATUS_BANKRUPT, *STATUS_LIQUIDATION, *STATUS_DELETED}
        return tuple(
            (
                status,
                "danger" if status.code in grave else "neutral" if status.words is not None else "warning",
            )
            for status in once(self.statuses)
        )

    def _of_identifiers(self) -> Iterator[Caution]:
        """Warn of numbers that fail their check: they may still be right, and are never refused."""
        for code, place, check in (
            ("number_check", "keyInformation.organizationNumber", self.number_check),
            ("duns_check", "keyInformation.dunsNumber", self.duns_check),
            ("lei_check", "keyInformation.leiNumber", self.lei_verdict),
        ):
            if check and not check.is_right:
                yield Caution(code, number_checks.SENTENCES[code] % {"what": check.words}, place)


def read(read: wire.KeyInformation | None, presence: Presence) -> Company:
    """Read the chapter `keyInformation`."""
    nothing = presence.nothing_at("keyInformation")
    lei_nothing = presence.nothing_at("keyInformation.leiNumber")
    if read is None:
        signs = distress_signs.found(presence.read, is_estate=False)
        return Company(nothing, lei_nothing=lei_nothing, signs_of_distress=signs)
    form = word(ORGANISATION_TYPES, read.organization_type)
    is_estate = form is not None and form.code in {BANKRUPT_ESTATE, OTHER_ESTATES}
    return Company(
        nothing=nothing,
        name=read.name,
        number=read.organization_number,
        duns=read.duns_number,
        lei=read.lei_number,
        lei_nothing=lei_nothing,
        form=form,
        country=word(COUNTRIES, read.country),
        statuses=words(STATUSES, read.status_codes),
        registered=read.registered_date,
        established=read.established_date,
        phone=read.phone_number,
        webpage=web_page(read.webpage),
        purpose=read.purpose,
        employees=_employees(read.employees),
        registries=words(REGISTRIES, read.member_of_registries),
        institutional_sector=_sector(read.institutional_sector),
        industry_sector=_sector(read.industry_sector),
        source=source(read.metadata),
        elements=presence.elements_of("keyInformation", *ELEMENTS),
        signs_of_distress=distress_signs.found(presence.read, is_estate=is_estate),
    )


def _employees(read: wire.Employees | None) -> Employees | None:
    return None if read is None else Employees(read.least, read.most)


def _sector(read: wire.Sector | None) -> Sector | None:
    return None if read is None else Sector(read.code, read.description)


def _of_form(form: Word | None) -> Iterator[Caution]:
    place = "keyInformation.organizationType"
    if form is None or is_placeholder(form.raw):
        return
    if form.code == BANKRUPT_ESTATE:
        yield Caution("bankrupt_estate", _("This is a bankrupt estate."), place)
    elif form.code == OTHER_ESTATES:
        yield Caution("estate", _("This is an estate: find out whose, and who acts for it."), place)
    elif form.words is None:
        text = _("The register gives a legal form this portal does not know: “%(word)s”.")
        yield Caution("unknown_form", text % {"word": form.raw}, place)


def _of_statuses(statuses: tuple[Word, ...]) -> Iterator[Caution]:
    place = "keyInformation.statusCodes"
    for status in statuses:
        raw = status.code
        if raw in STATUS_BANKRUPT:
            yield Caution("bankrupt", _("The organisation is bankrupt."), place)
        elif raw in STATUS_LIQUIDATION:
            yield Caution("liquidation", _("The organisation is under liquidation."), place)
        elif raw in STATUS_DELETED:
            yield Caution("deleted", _("The organisation no longer exists in the register."), place)
        elif status.words is None:
            text = _("The register reports a status this portal does not know: “%(word)s”.")
            yield Caution("unknown_status", text % {"word": status.raw}, place)
