from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.findings.names.collation import sort_key
from cases.models.names import NAME_LENGTH
from cases.models.state_machine import one_of
from cases.provider.numbers.identifiers import Identifier, display


class Country(models.TextChoices):
    NO = "no", _("Norway")
    SE = "se", _("Sweden")
    FI = "fi", _("Finland")
    DK = "dk", _("Denmark")


class IdentifierKind(models.TextChoices):
    ORG = "ORG", _("Organisation number")
    DUNS = "DUNS", _("DUNS number")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def rename(self, name: str) -> int:
        """Save a name, and its place in a list by name. Gives how many organisations were called otherwise."""
        return self.exclude(name=name).update(name=name, sort_key=sort_key(name) or None)


class Organisation(models.Model):
    """An organisation that was asked about: country, identifier kind and value, in canonical form (contract §8)."""

    country = models.CharField(_("country"), max_length=2, choices=Country)
    kind = models.CharField(_("kind"), max_length=4, choices=IdentifierKind, default=IdentifierKind.ORG)
    value = models.CharField(_("identifier"), max_length=20)
    # Its name as the newest readable result states it; '' until there is one.
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    # Its place in a list by name (findings/names/collation.py); none without a name, which stands last.
    sort_key = models.CharField(max_length=200, null=True, editable=False)  # noqa: DJ001

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        default_permissions = ()
        indexes = [models.Index(fields=["sort_key", "country", "value"], name="organisation_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["country", "kind", "value"], name="organisation_once"),
            one_of("country", Country, "organisation_country_known"),
            one_of("kind", IdentifierKind, "organisation_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.number

    @property
    def identifier(self) -> Identifier:
        return Identifier(self.country, "DUNS" if self.kind == IdentifierKind.DUNS else "ORG", self.value)

    @property
    def number(self) -> str:
        """The identifier as people write it, with its country: 'NO 317 835 337'."""
        kind = "DUNS " if self.kind == IdentifierKind.DUNS else ""
        return f"{self.country.upper()} {kind}{display(self.identifier)}"
