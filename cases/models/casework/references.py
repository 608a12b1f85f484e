"""References of cases: given out one after the other, in each year anew."""

from django.db import models
from django.db.models import F


class ReferenceCounter(models.Model):
    """The last number given out in a year. Its row is the lock that keeps references unique and without gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def next_reference(cls, year: int) -> str:
        """The next reference of a year: 'C-2026-000123'. Call inside the transaction that creates the case."""
        (reference,) = cls.next_references(year, 1)
        return reference

    @classmethod
    def next_references(cls, year: int, number: int) -> list[str]:
        """So many, one after the other. Call inside the transaction that creates the cases."""
        cls.objects.get_or_create(year=year)
        cls.objects.filter(year=year).update(last=F("last") + number)
        last = cls.objects.get(year=year).last
        return [f"C-{year}-{one:06d}" for one in range(last - number + 1, last + 1)]
