"""The numbers and names that captures taught us of organisations, and which of them are one firm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.models.casework.organisation import Country, IdentifierKind, Organisation
from cases.models.names import NAME_LENGTH
from cases.models.state_machine import one_of
from cases.provider.numbers.identifiers import DUNS, ORG, Identifier, display

MOST_LINKED = 100  # organisations with one number: more are a placeholder that nobody knows as one


class IdentityKind(models.TextChoices):
    ORG = "ORG", _("Organisation number")
    DUNS = "DUNS", _("DUNS number")
    LEI = "LEI", _("LEI")
    NAME = "NAME", _("Name")


class OrganisationIdentity(models.Model):
    """A number or a name that a capture of an organisation stated: it stays when a later one says otherwise.

    Another organisation may have the same, if it was asked for by another number; they are then linked, never merged.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="identities")
    kind = models.CharField(_("kind"), max_length=4, choices=IdentityKind)
    # Of an organisation number; '' for what is the same in every country.
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    value = models.CharField(_("identity"), max_length=NAME_LENGTH)
    learned_from = models.ForeignKey("cases.Artefact", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("identity")
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["value", "kind"], name="identity_by_value")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "country", "value"], name="identity_once_in_organisation"
            ),
            one_of("kind", IdentityKind, "identity_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=IdentityKind.ORG, country__in=Country.values)
                | (~Q(kind=IdentityKind.ORG) & Q(country="")),
                name="identity_country_of_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind}"


class Number(NamedTuple):
    """A number by which an organisation is known; DUNS numbers and LEIs belong to no country."""

    kind: str
    country: str
    value: str

    @classmethod
    def of(cls, identifier: Identifier) -> Number:
        country = "" if identifier.kind == DUNS else identifier.country
        return cls(identifier.kind, country, identifier.value)

    @property
    def text(self) -> str:
        """The number as people write it: 'NO 317 835 337', '30-123-4567', an LEI as it is."""
        if self.kind == IdentityKind.ORG:
            return f"{self.country.upper()} {display(Identifier(self.country, ORG, self.value))}"
        return display(Identifier("", DUNS, self.value)) if self.kind == IdentityKind.DUNS else self.value


@dataclass(frozen=True)
class Firm:
    """The organisations, by key, that are one firm as far as captures tell, and every number they are known by.

    `contradicted` share a DUNS number or an LEI with it, but have another organisation number of the same country.
    """

    numbers: frozenset[Number]
    organisations: frozenset[int]
    contradicted: frozenset[int]


def firm_of(*numbers: Number) -> Firm:
    """Find the firm with these numbers: whatever is known by one of them, and by another number of those."""
    near = _known_as(numbers)
    ours = _of_register(numbers) or _of_register(number for found in near.values() for number in found)
    theirs = {number for found in near.values() if not _contradict(ours, found) for number in found}
    everybody = near | _known_as(theirs - {*numbers})
    contradicted = {pk for pk, found in everybody.items() if _contradict(ours, found)}
    same = everybody.keys() - contradicted
    return Firm(
        numbers=frozenset({*numbers}.union(*(everybody[pk] for pk in same))),
        organisations=frozenset(same),
        contradicted=frozenset(contradicted),
    )


def is_number_shared(organisation: Organisation) -> bool:
    """Was its DUNS number or LEI learned of another organisation too? Asks once, where firm_of() asks several times."""
    everybody = OrganisationIdentity.objects.exclude(kind__in=(IdentityKind.ORG, IdentityKind.NAME))
    others = everybody.filter(kind=OuterRef("kind"), value=OuterRef("value")).exclude(
        organisation=organisation.pk
    )
    return everybody.filter(Exists(others), organisation=organisation.pk).exists()


def _of_register(numbers: Iterable[Number]) -> set[Number]:
    return {number for number in numbers if number.kind == IdentityKind.ORG}


def _contradict(ours: set[Number], theirs: Iterable[Number]) -> bool:
    """Do both hold organisation numbers of one country, and none in common? `ours` holds such numbers alone."""
    of_theirs = _of_register(theirs)
    countries = {number.country for number in ours} & {number.country for number in of_theirs}
    return bool(countries) and not ours & of_theirs


def _known_as(numbers: Iterable[Number]) -> dict[int, set[Number]]:
    """Find the organisations that were asked for by one of these numbers or learned to have it, with all of theirs."""
    numbers = list(numbers)
    ordered_as, learned = Q(pk__in=[]), Q(pk__in=[])
    for number in numbers:
        learned |= Q(kind=number.kind, country=number.country, value=number.value)
        if number.kind in IdentifierKind.values:
            countries = [number.country] if number.country else Country.values
            ordered_as |= Q(kind=number.kind, country__in=countries, value=number.value)
    if not numbers:
        return {}
    everybody = {row.pk: row for row in Organisation.objects.filter(ordered_as)[:MOST_LINKED]}
    knows = OrganisationIdentity.objects.filter(learned).values_list("organisation", flat=True)[:MOST_LINKED]
    everybody |= Organisation.objects.in_bulk({*knows} - everybody.keys())
    found: defaultdict[int, set[Number]] = defaultdict(set)
    for row in everybody.values():
        found[row.pk].add(Number.of(row.identifier))
    rows = OrganisationIdentity.objects.filter(organisation__in=everybody).exclude(kind=IdentityKind.NAME)
    for pk, kind, country, value in rows.values_list("organisation", "kind", "country", "value"):
        found[pk].add(Number(kind, country, value))
    return dict(found)
